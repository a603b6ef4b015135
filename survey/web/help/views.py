"""Help: short pages for staff, leads, admins and authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, render_template
from flask_babel import lazy_gettext

from survey import access
from survey.database import db
from survey.findings import words
from survey.maturity.profile import Shown
from survey.operations import permissions, running
from survey.questionnaire.model import STEP_NAMES
from survey.web import languages
from survey.web.help import example, stored
from survey.web.help.methods import METHODS
from survey.web.profile.images import as_image

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from survey.storage.waves import Wave

bp = Blueprint("help", __name__, url_prefix="/help")

TITLES: Final = {
    "answering": lazy_gettext("How to answer"),
    "privacy": lazy_gettext("What happens with your answers"),
    "profile": "How to read a profile",
    "using": "Five ways to use the result",
    "methods": "How figures are worked out",
    "questionnaires": "How to write a questionnaire",
    "running": "How to run a survey",
    "benchmark": "How to compare with other organisations",
    "webhooks": "How to be told by webhooks",
}

FOR_STAFF: Final = ("answering", "privacy")
"""The topics that staff are led to, which they may read in their own language."""

READERS: Final = (
    (
        "If you are asked",
        (
            ("answering", "Choosing a step, not knowing, stopping and coming back."),
            ("privacy", "What is kept, who sees what, what is deleted, and how to check it."),
        ),
    ),
    (
        "If you lead",
        (
            ("profile", "One example, picture by picture; the first in three minutes."),
            ("using", "Meetings, talks with units, targets, learning, and telling staff."),
            ("methods", "Every figure with its formula in words, and its source."),
        ),
    ),
    (
        "If you run surveys",
        (
            ("running", "From the staff list to the certificate of deletion."),
            ("benchmark", "Files that organisations exchange, and what they hold."),
            ("webhooks", "What other programs are told, and how they know that it is true."),
        ),
    ),
    (
        "If you write questionnaires",
        (("questionnaires", "The file, its kinds of question, and the workbench."),),
    ),
)
"""Whom each topic is for, and what it is about."""


@bp.get("/")
@access.public
def contents() -> ResponseReturnValue:
    """All pages of help."""
    return render_template("help/contents.html", titles=TITLES, readers=READERS)


@bp.get("/<topic>")
@access.public
def topic(topic: str) -> ResponseReturnValue:
    """One page of help."""
    if topic not in TITLES:
        abort(404)
    if topic in FOR_STAFF:
        languages.choose()
    return render_template(f"help/{topic}.html", title=TITLES[topic], **_shown_on(topic))


@bp.get("/charts/<name>.svg")
@access.public
def chart(name: str) -> Response:
    """A picture of the example by which reading a profile is explained."""
    pictures = example.charts(example.example())
    if name not in pictures:
        abort(404)
    return as_image(pictures[name])


def _shown_on(topic: str) -> dict[str, Any]:
    if topic == "profile":
        return _example()
    if topic == "using":
        return {"wave": _newest_closed_wave()}
    return {"methods": METHODS, "tables": stored.TABLES}


def _example() -> dict[str, Any]:
    shown = example.example()
    return {
        "example": shown,
        "capability": example.CAPABILITY,
        "council": example.COUNCIL,
        "years": example.YEARS,
        "scale": STEP_NAMES,
        "charts": example.charts(shown),
        "words": words,
        "is_shown": lambda measure: isinstance(measure, Shown),
    }


def _newest_closed_wave() -> Wave | None:
    """That of whoever is signed in, to lead to its pages; None where there is none to read."""
    account = access.signed_in_account()
    if account is None:
        return None
    closed = (
        wave
        for organisation in permissions.organisations_of(account)
        if permissions.units_of(account, "read-profile", organisation.id) != frozenset()
        for wave in running.waves(db.session, organisation.id)
        if wave.state == "closed"
    )
    return next(closed, None)
