"""What machines ask of a running process: is it up, may it be sent requests, how does it fare."""

from __future__ import annotations

import os
from hmac import compare_digest
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, request

from survey import access
from survey.database import db
from survey.monitoring import metrics

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@access.public
def healthz() -> ResponseReturnValue:
    """The process is up."""
    return {"status": "up"}


@bp.get("/readyz")
@access.public
def readyz() -> ResponseReturnValue:
    """The database answers and its migrations have run; else what is wrong, and how to mend it."""
    hindered = db.why_not_ready()
    if hindered is None:
        return {"status": "ready"}
    reason, mend = hindered
    return {"status": "not ready", "reason": reason, "mend": mend}, 503


@bp.get("/metrics")
@access.public
def figures() -> ResponseReturnValue:
    """Figures for Prometheus, for whoever shows the token; where none is set, no such page."""
    token: str = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    sent = request.authorization
    shown = (sent.token or "") if sent and sent.type == "bearer" else ""
    if not compare_digest(shown.encode(), token.encode()):
        return Response(
            "Show the token.\n", 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain"
        )
    told = metrics.exposition(
        current_app.extensions["database"], os.environ.get(metrics.FOLDER, "")
    )
    return Response(told, content_type=metrics.CONTENT_TYPE)
