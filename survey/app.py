"""Wires everything: settings, database, sign-in, pages, headers, errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from survey import access, config
from survey.api import setup as api
from survey.cli.main import add_commands
from survey.database import db
from survey.jobs import Jobs
from survey.monitoring import logs, tracing
from survey.web import (
    errors,
    headers,
    health,
    home,
    languages,
    navigation,
    numbers,
    observing,
    pictured,
    plain_text,
    session_cookie,
    static_files,
)
from survey.web.account import single_sign_on
from survey.web.account import views as account
from survey.web.answer import views as answer
from survey.web.authoring import views as authoring
from survey.web.connecting import views as connecting
from survey.web.help import views as help_pages
from survey.web.library import views as library
from survey.web.markdown import markdown
from survey.web.moderating import views as moderating
from survey.web.planning import views as planning
from survey.web.profile import views as profile
from survey.web.reporting import views as reporting
from survey.web.running import views as running
from survey.web.sharing import open_pages
from survey.web.sharing import views as sharing

WEB = Path(__file__).parent / "web"

LARGEST_REQUEST = 24 * 1024 * 1024
"""Bytes: a staff list of 20 MiB, with room for the rest of its form."""

LARGEST_FIELD = 4 * 1024 * 1024
"""Bytes of a form's texts together: a questionnaire of 1 MiB, escaped for sending."""

BLUEPRINTS = (
    home.bp,
    health.bp,
    help_pages.bp,
    account.bp,
    answer.bp,
    profile.bp,
    planning.bp,
    reporting.bp,
    sharing.bp,
    open_pages.bp,
    authoring.bp,
    running.bp,
    connecting.bp,
    moderating.bp,
    library.bp,
)


class Application(Flask):
    """Flask, which needs not ask of each function before each call whether it is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function: no view and no hook of ours is a coroutine."""
        return func


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application. `settings` go before those of the environment.

    Raises config.WrongSetting.
    """
    app = Application(__name__, template_folder=WEB / "templates", static_folder=WEB / "static")
    app.config |= config.from_environ(os.environ) | dict(settings or {})
    secure = headers.is_https(app)
    app.config |= {
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FIELD,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        # Browsers take a cookie of this name from this host alone, and over https alone.
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch still works
        "WTF_CSRF_SSL_STRICT": False,  # it asks for a Referer, and our pages send none
    }
    logs.set_up(app.config)
    observing.init_app(app)
    tracing.init_app(app, but=observing.is_of_staff)
    _set_up_templates(app)
    session_cookie.init_app(app)
    db.init_app(app)
    app.extensions["jobs"] = Jobs(app.config)
    access.init_app(app)
    single_sign_on.init_app(app)
    CSRFProtect(app)
    numbers.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.init_app(app)
    db.share_reading(app)
    plain_text.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    errors.be_ready(app)
    _serve_static_files(app)
    _believe_proxies(app)
    add_commands(app)
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["markdown"] = markdown
    static_files.init_app(app)
    navigation.init_app(app)
    languages.init_app(app)
    pictured.init_app(app)


def _serve_static_files(app: Flask) -> None:
    folder = WEB / "static"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # as Flask says to wrap it
        app.wsgi_app,
        root=folder,
        prefix="static/",
        immutable_file_test=lambda _path, _url: True,
        max_age=31536000,
        allow_all_origins=False,
        add_headers_function=headers.of_files(app),
    )


def _believe_proxies(app: Flask) -> None:
    """Take who asked, and over what, from the proxies that the settings name."""
    number = app.config["PROXIES"]
    if number:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask says to wrap it
            app.wsgi_app, x_for=number, x_proto=number
        )
