"""Help: short pages for staff, leads and authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, render_template
from flask_babel import lazy_gettext

from survey import access
from survey.web import languages
from survey.web.help.methods import METHODS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("help", __name__, url_prefix="/help")

TITLES: Final = {
    "answering": lazy_gettext("How to answer"),
    "privacy": lazy_gettext("What happens with your answers"),
    "profile": "How to read a profile",
    "methods": "How figures are worked out",
    "questionnaires": "How to write a questionnaire",
    "running": "How to run a survey",
    "benchmark": "How to compare with other organisations",
}

FOR_STAFF: Final = ("answering", "privacy")
"""The topics that staff are led to, which they may read in their own language."""


@bp.get("/")
@access.public
def contents() -> ResponseReturnValue:
    """All pages of help."""
    return render_template("help/contents.html", titles=TITLES)


@bp.get("/<topic>")
@access.public
def topic(topic: str) -> ResponseReturnValue:
    """One page of help."""
    if topic not in TITLES:
        abort(404)
    if topic in FOR_STAFF:
        languages.choose()
    return render_template(
        f"help/{topic}.html", title=TITLES[topic], titles=TITLES, methods=METHODS
    )
