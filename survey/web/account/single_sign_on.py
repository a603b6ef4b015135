"""Sign in by the organisation's own provider (OpenID Connect), such as Microsoft Entra ID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from requests import RequestException

from survey import access
from survey.database import db
from survey.operations import accounts
from survey.operations.errors import NotFound, Refused
from survey.operations.single_sign_on import account_of
from survey.web.account.onward import onward

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PROVIDER = "provider"


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of accounts."""
    bp.add_url_rule("/sign-in/provider", view_func=to_provider)
    bp.add_url_rule("/sign-in/provider/back", view_func=from_provider)


def init_app(app: Flask) -> None:
    """Know the provider, where one is set."""
    if not app.config["OIDC_ISSUER"]:
        return
    oauth = OAuth(app)
    oauth.register(
        PROVIDER,
        client_id=app.config["OIDC_CLIENT_ID"],
        client_secret=app.config["OIDC_CLIENT_SECRET"],
        server_metadata_url=f"{app.config['OIDC_ISSUER']}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "timeout": 10,
        },
    )


def _provider() -> object:
    oauth = current_app.extensions.get("authlib.integrations.flask_client")
    if oauth is None:
        raise NotFound("No single sign-on is set up here.", "Sign in with your password.")
    return oauth.create_client(PROVIDER)


@access.public
def to_provider() -> ResponseReturnValue:
    """Send the visitor to the provider."""
    session["onward"] = request.args.get("next", "")
    back = current_app.config["BASE_URL"] + url_for(".from_provider")
    try:
        answer: ResponseReturnValue = _provider().authorize_redirect(back)  # type: ignore[attr-defined]
    except RequestException as fault:
        raise _unreachable() from fault
    return answer


@access.public
def from_provider() -> ResponseReturnValue:
    """Let in whom the provider knows, if they have an account."""
    try:
        token = _provider().authorize_access_token()  # type: ignore[attr-defined]
    except OAuthError as fault:
        raise Refused(
            "Your organisation’s sign-in was not completed.", "Try again, or use your password."
        ) from fault
    except RequestException as fault:
        raise _unreachable() from fault
    trusted = current_app.config["OIDC_TRUST_EMAIL"]
    account = account_of(db.session, token["userinfo"], trust_email=trusted)
    accounts.note_success(db.session, account)
    access.sign_in(account, via="provider")
    db.session.commit()
    return redirect(onward(account, session.pop("onward", "")), 303)


def _unreachable() -> Refused:
    return Refused(
        "Your organisation’s sign-in cannot be reached.", "Try again later, or use your password."
    )
