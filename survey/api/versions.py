"""Questionnaires that were published: listed, read, compared. They never change."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from flask import Response
from marshmallow import Schema, fields
from marshmallow.validate import Regexp

from survey.api import pages
from survey.api.conditions import NEVER_CHANGES, tagged, unless_known
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_AN_ORGANISATION, Resource
from survey.api.schemas import ComparisonSchema, VersionInListSchema, VersionSchema
from survey.api.tokens import organisation_of, token
from survey.database import db
from survey.operations import api_reading, publishing
from survey.operations.api_tokens import READ
from survey.operations.versions import questionnaire_of
from survey.questionnaire.compare import compare
from survey.questionnaire.minutes import estimated_minutes

if TYPE_CHECKING:
    from survey.storage.accounts import Account

ONE: Final = "/<string(length=64):digest>"

_REFERENCE: Final[dict[str, Any]] = {
    "required": True,
    "validate": Regexp("^[a-z0-9]+(-[a-z0-9]+)*$", error="This names no version."),
    "metadata": {
        "description": "A version’s SHA-256 or the first 8 or more digits of it; or a "
        "questionnaire’s id, which means its latest version."
    },
}

bp = Resource(
    "versions",
    __name__,
    under=f"{OF_AN_ORGANISATION}/versions",
    description="Questionnaires that were published, each known by the SHA-256 of its content.",
    parts={"digest": "The version’s SHA-256, in hexadecimal."},
)


class CompareQuery(Schema):
    """Which two versions are compared."""

    old = fields.String(**_REFERENCE)
    new = fields.String(**_REFERENCE)


@bp.get("")
@token(READ)
@bp.arguments(PageSchema, location="query")
@bp.response(200, VersionInListSchema(many=True), headers=pages.HEADERS)
def list_versions(asking: Account, page: Page, organisation: str) -> tuple[Any, dict[str, str]]:
    """List what was published, the latest first."""
    owner = organisation_of(asking, organisation)
    found = api_reading.published(db.session, owner.id, first=page.first, at_most=page.size)
    return found.rows, pages.headers_of(page, found.total)


@bp.get(ONE)
@token(READ)
@bp.response(200, VersionSchema)
def read_version(asking: Account, organisation: str, digest: str) -> dict[str, Any]:
    """Read what is known of a version."""
    owner = organisation_of(asking, organisation)
    found = api_reading.published_version(db.session, owner.id, digest)
    questionnaire = questionnaire_of(db.session, found.version)
    return dict(found._mapping) | {
        "languages": questionnaire.languages,
        "questions": len(questionnaire.questions),
        "minutes": ceil(estimated_minutes(questionnaire)),
    }


@bp.get(f"{ONE}/content")
@token(READ)
@unless_known
@bp.response(200, {}, description="The version’s canonical JSON (RFC 8785).")
def read_content(asking: Account, organisation: str, digest: str) -> Response:
    """Read a version: every text in it, nothing left to look up.

    These are the bytes of which the version is the SHA-256.
    """
    owner = organisation_of(asking, organisation)
    content = api_reading.content_of(db.session, owner.id, digest)
    return _file(content, digest)


@bp.get(f"{ONE}/source")
@token(READ)
@unless_known
@bp.response(200, {}, description="The file as its author wrote it.")
def read_source(asking: Account, organisation: str, digest: str) -> Response:
    """Read the file that was published, as its author wrote it.

    There is none of what was published before such files were kept.
    """
    owner = organisation_of(asking, organisation)
    source = api_reading.source_of(db.session, owner.id, digest)
    return _file(source.encode(), f"source-of-{digest}")


@bp.get("/compare")
@token(READ)
@bp.arguments(CompareQuery, location="query")
@bp.response(200, ComparisonSchema)
def compare_versions(asking: Account, query: dict[str, str], organisation: str) -> dict[str, Any]:
    """Say what changed from one version to another, question by question, and whether results
    stay comparable."""
    owner = organisation_of(asking, organisation)
    old, new = (
        publishing.publication(db.session, owner.id, query[name]).version_digest
        for name in ("old", "new")
    )
    before, after = (questionnaire_of(db.session, digest) for digest in (old, new))
    return {"old": old, "new": new, "changes": compare(before, after)}


def _file(content: bytes, tag: str) -> Response:
    headers = tagged(tag) | NEVER_CHANGES
    return Response(content, headers=headers, mimetype="application/json")
