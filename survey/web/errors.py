"""Every fault, said on a page: what happened, and what to do. The one place where it is done."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from flask import Flask, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from survey.access import NoSecondFactor
from survey.monitoring.logs import request_id
from survey.operations.errors import NotSignedIn, SurveyError, where
from survey.outages import Outage, outage_of
from survey.web.languages import CATALOGUES

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

OUTAGES: Final = {
    "away": lazy_gettext("The place where everything is kept does not answer at the moment."),
    "busy": lazy_gettext("Too many people are here at once."),
    "full": lazy_gettext("There is no room left in the place where everything is kept."),
}
"""What is said of each kind of outage."""

A_PAGE_OF_STAFF: Final = "/surveys/any/check"
"""There, a page can be had in all languages."""

WITH_SECRETS: Final = ("account",)
"""The blueprints whose forms hold passwords and codes: what was sent to them is not sent back."""

KEPT_HEADERS: Final = ("Allow", "Retry-After")


def init_app(app: Flask) -> None:
    """Answer the faults of `app` with pages."""
    app.register_error_handler(SurveyError, refused)
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(HTTPException, http_fault)
    app.register_error_handler(Exception, our_fault)


def be_ready(app: Flask) -> None:
    """Read what the page of a fault needs, in each language: later there may be no file handle
    left to do it."""
    for language in CATALOGUES:
        asked = {"Accept-Language": language}
        with app.test_request_context(A_PAGE_OF_STAFF, headers=asked):
            _page(500, "", "", "")


def refused(error: SurveyError) -> ResponseReturnValue:
    """Something that an operation will not do."""
    if isinstance(error, NotSignedIn):
        return redirect(url_for("account.sign_in", next=_where_to_return()), 303)
    if isinstance(error, NoSecondFactor):
        return redirect(_where_to_show_it(error), 303)
    said = (_translated(one) for one in (error.title, error.message, error.what_to_do))
    return _page(error.status, *said)


def _where_to_show_it(error: NoSecondFactor) -> str:
    """Where a second factor is shown, or set up."""
    if error.is_there:
        return url_for("account.sign_in", next=_where_to_return(), factor=1)
    return url_for("account.turn_on", next=_where_to_return())


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
    """A fault of ours: logged with the id of the request, which the page shows. No detail leaves
    the server."""
    outage = outage_of(error)
    if outage is not None:
        return passing(outage)
    reference = request_id()
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


def passing(outage: Outage) -> ResponseReturnValue:
    """A fault that passes by itself. What was typed is kept on the page, to be sent again."""
    log.warning("The database is %s (%s): %s", outage.kind, outage.code, request.endpoint)
    sent = _sent_again()
    if request.method in ("GET", "HEAD"):
        what_to_do = gettext(
            "What you saved before is safe. Wait a minute, then load this page again."
        )
    elif sent:
        what_to_do = gettext(
            "What you saved before is safe. What you have just sent may not be saved yet, but this "
            "page keeps it. Wait a minute, then press “Try again”."
        )
    else:
        what_to_do = gettext(
            "What you saved before is safe. What you have just sent may not be saved yet. Wait a "
            "minute, go back, and send it again."
        )
    title = gettext("Please wait a minute")
    page, _ = _page(503, title, str(OUTAGES[outage.kind]), what_to_do, sent=sent)
    return page, 503, {"Retry-After": str(outage.seconds)}


def _sent_again() -> list[tuple[str, str]]:
    """The fields of the form that was sent, to be sent again; none where it held secrets or files,
    which a page cannot keep."""
    if request.method != "POST" or request.blueprint in WITH_SECRETS:
        return []
    if any(file.filename for file in request.files.values()):
        return []
    return list(request.form.items(multi=True))


def _where_to_return() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def _page(
    status: int,
    title: str,
    message: str,
    what_to_do: str,
    *,
    sent: Sequence[tuple[str, str]] = (),
) -> tuple[str, int]:
    page = render_template(
        "error.html", title=title, message=message, what_to_do=what_to_do, sent=sent
    )
    return page, status
