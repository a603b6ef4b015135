"""Every fault, said on a page: what happened, and what to do. The one place where it is done."""

from __future__ import annotations

import logging
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from flask import Flask, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from survey.operations.errors import NotSignedIn, SurveyError, where

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

log = logging.getLogger(__name__)

WORDS: Final = {
    400: (lazy_gettext("That could not be understood"), lazy_gettext("Go back and try again.")),
    403: (
        lazy_gettext("You may not do that"),
        lazy_gettext("Ask an administrator if you think you should."),
    ),
    404: (
        lazy_gettext("Page not found"),
        lazy_gettext("Check the address. If you followed a link, tell whoever sent it."),
    ),
    405: (
        lazy_gettext("That page cannot be used this way"),
        lazy_gettext("Go back and use the buttons on the page."),
    ),
    413: (
        lazy_gettext("That is too large"),
        lazy_gettext("A file may have 20 MiB, a questionnaire 1 MiB."),
    ),
    429: (lazy_gettext("Too many tries"), lazy_gettext("Wait a minute, then try again.")),
}

KEPT_HEADERS: Final = ("Allow", "Retry-After")


def init_app(app: Flask) -> None:
    """Answer the faults of `app` with pages."""
    app.register_error_handler(SurveyError, refused)
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(HTTPException, http_fault)
    app.register_error_handler(Exception, our_fault)


def refused(error: SurveyError) -> ResponseReturnValue:
    """Something that an operation will not do."""
    if isinstance(error, NotSignedIn):
        return redirect(url_for("account.sign_in", next=_where_to_return()), 303)
    said = (_translated(one) for one in (error.title, error.message, error.what_to_do))
    return _page(error.status, *said)


def _translated(sentence: str) -> str:
    return gettext(sentence) if sentence else ""  # of nothing, a catalogue says its own header


def form_too_old(_error: CSRFError) -> ResponseReturnValue:
    """A form whose token is missing or out of date."""
    return _page(
        400,
        gettext("This page was open for too long"),
        gettext(
            "For your safety a form can be sent only from a page that was opened lately in this "
            "browser, with cookies allowed. What you sent was not saved."
        ),
        gettext("Go back, reload the page, and send it again."),
    )


def http_fault(error: HTTPException) -> ResponseReturnValue:
    """A fault that the framework found: unknown address, wrong method, too large."""
    if error.response is not None or error.code is None:
        return error.get_response()
    title, what_to_do = WORDS.get(error.code, WORDS[400])
    page, status = _page(error.code, title, "", what_to_do)
    return page, status, _kept_headers(error)


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    return [(name, value) for name, value in error.get_headers() if name in KEPT_HEADERS]


def our_fault(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with an id that the page shows. No detail leaves the server."""
    reference = token_hex(4)
    log.error("Fault %s at endpoint %s: %s", reference, request.endpoint, where(error))
    return _page(
        500,
        gettext("Sorry, something went wrong"),
        gettext(
            "It is our fault, not yours, and it has been noted as %(reference)s.",
            reference=reference,
        ),
        gettext("Go back and try again. What you saved before is safe."),
    )


def _where_to_return() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def _page(status: int, title: str, message: str, what_to_do: str) -> tuple[str, int]:
    page = render_template("error.html", title=title, message=message, what_to_do=what_to_do)
    return page, status
