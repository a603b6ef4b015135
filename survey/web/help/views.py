"""Help: short pages for staff, leads and authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, render_template

from survey import access

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("help", __name__, url_prefix="/help")

TITLES: Final = {
    "answering": "How to answer",
    "privacy": "What happens with your answers",
    "profile": "How to read a profile",
    "questionnaires": "How to write a questionnaire",
    "running": "How to run a survey",
}


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
    return render_template(f"help/{topic}.html", title=TITLES[topic], titles=TITLES)
