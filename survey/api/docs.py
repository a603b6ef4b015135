"""What the API can do: as a document for programs, and as a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, jsonify, render_template

from survey import access
from survey.api.document import groups_of, shapes_of, shared_of
from survey.api.errors import KINDS, PREFIX
from survey.api.openapi import document
from survey.operations.api_tokens import SCOPES

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("api", __name__, url_prefix=PREFIX)


@bp.get("/openapi.json")
@access.public
def openapi() -> ResponseReturnValue:
    """The document (OpenAPI 3.1)."""
    return jsonify(document(current_app))


@bp.get("/docs")
@access.public
def docs() -> ResponseReturnValue:
    """The same as a page."""
    told = document(current_app)
    return render_template(
        "api/docs.html",
        about=told["info"]["description"],
        base=current_app.config["BASE_URL"],
        prefix=PREFIX,
        groups=groups_of(told),
        shapes=shapes_of(told),
        shared=shared_of(told),
        kinds=KINDS,
        scopes=SCOPES,
    )
