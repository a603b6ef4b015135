"""The front door, and what operations ask of a running process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from survey import access
from survey.database import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)


@bp.get("/")
@access.public
def front() -> ResponseReturnValue:
    """What this is; a way in for staff with a code, and for those with an account."""
    return render_template("home.html")


@bp.get("/enter")
@access.public
def enter() -> ResponseReturnValue:
    """Go to the survey whose code was typed."""
    code = request.args.get("code", "").strip().rstrip("/").rpartition("/")[2]
    if not code:
        return render_template("home.html", error="Enter the code of your survey."), 422
    return redirect(url_for("answer.open_link", wave=code.lower()), 303)


@bp.get("/healthz")
@access.public
def healthz() -> ResponseReturnValue:
    """The process is up."""
    return {"status": "up"}


@bp.get("/readyz")
@access.public
def readyz() -> ResponseReturnValue:
    """The database answers and its migrations have run."""
    if db.is_ready():
        return {"status": "ready"}
    return {"status": "not ready", "mend": "survey database upgrade"}, 503
