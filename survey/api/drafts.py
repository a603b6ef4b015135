"""Questionnaires that are being written: listed, begun, changed, deleted, published."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Response, url_for

from survey.api import pages
from survey.api.conditions import (
    CHANGES,
    ETAG,
    changed,
    check_meant,
    is_meant,
    on_condition,
    on_condition_if_said,
    tagged,
    unless_known,
)
from survey.api.idempotency import idempotent
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_AN_ORGANISATION, Resource, documented, faults
from survey.api.schemas import DraftInListSchema, DraftSchema, SavingSchema, VersionInListSchema
from survey.api.sent import takes_file, text_sent
from survey.api.tokens import organisation_of, token
from survey.database import db
from survey.operations import api_reading, own_library, signing_off, writing
from survey.operations.api_tokens import PUBLISH, READ, WRITE
from survey.operations.errors import Conflict, NotFound
from survey.operations.writing import Typed

if TYPE_CHECKING:
    from survey.storage.accounts import Account
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation

ONE: Final = "/<int:draft>"
LARGEST_ID: Final = 2**31 - 1
"""The largest number that the database knows."""

LOCATION: Final = {"Location": {"description": "Its address.", "schema": {"type": "string"}}}

Answer = tuple[Any, dict[str, str]] | tuple[Any, int, dict[str, str]]

bp = Resource(
    "drafts",
    __name__,
    under=f"{OF_AN_ORGANISATION}/drafts",
    description="Questionnaires that are being written, valid or not.",
    parts={"draft": "The draft’s number, as in the list."},
)


@bp.get("")
@token(READ)
@bp.arguments(PageSchema, location="query")
@bp.response(200, DraftInListSchema(many=True), headers=pages.HEADERS)
def list_drafts(asking: Account, page: Page, organisation: str) -> Answer:
    """List the drafts, the last saved first."""
    owner = organisation_of(asking, organisation)
    found = api_reading.drafts(db.session, owner.id, first=page.first, at_most=page.size)
    return found.rows, pages.headers_of(page, found.total)


@bp.post("")
@token(WRITE)
@idempotent
@takes_file
@documented(responses=faults(422))
@bp.response(201, DraftSchema, headers=ETAG | LOCATION)
def begin_draft(asking: Account, organisation: str) -> Answer:
    """Begin a draft with a file, which may have problems but has to be text."""
    owner = organisation_of(asking, organisation)
    now = datetime.now(UTC)
    made = writing.begin(db.session, owner.id, text_sent(), by=asking.id, now=now)
    db.session.commit()
    address = url_for("drafts.read_draft", organisation=owner.slug, draft=made.id)
    return made, tagged(made.revision) | {"Location": address}


@bp.get(ONE)
@token(READ)
@unless_known
@bp.response(200, DraftSchema)
def read_draft(asking: Account, organisation: str, draft: int) -> Answer:
    """Read a draft."""
    _, found = _owned(asking, organisation, draft)
    return found, tagged(found.revision) | CHANGES


@bp.put(ONE)
@token(WRITE)
@on_condition
@takes_file
@documented(responses=faults(422))
@bp.response(200, DraftSchema, headers=ETAG)
def replace_draft(asking: Account, organisation: str, draft: int) -> Answer:
    """Give a draft another text, which becomes its next revision.

    The text that it has already is no new revision, and is never refused for its ETag: a program
    that did not hear the answer can send the same again.
    """
    owner, found = _owned(asking, organisation, draft)
    seen = found.revision if is_meant(found.revision) else None
    typed = Typed(text_sent(), seen, asking.id, datetime.now(UTC))
    try:
        kept = writing.save(db.session, owner.id, draft, typed)
    except Conflict as fault:
        raise changed() from fault
    db.session.commit()
    return kept, tagged(kept.revision)


@bp.delete(ONE)
@token(WRITE)
@on_condition
@bp.response(204)
def delete_draft(asking: Account, organisation: str, draft: int) -> Response:
    """Delete a draft with its history. What was published of it stays."""
    _, found = _owned(asking, organisation, draft)
    check_meant(found.revision)
    try:
        writing.delete(db.session, found, seen=found.revision)
    except Conflict as fault:
        raise changed() from fault
    db.session.commit()
    return Response(status=204)


@bp.get(f"{ONE}/history")
@token(READ)
@bp.arguments(PageSchema, location="query")
@bp.response(200, SavingSchema(many=True), headers=pages.HEADERS)
def list_savings(asking: Account, page: Page, organisation: str, draft: int) -> Answer:
    """List the texts that a draft had, the last first."""
    _, found = _owned(asking, organisation, draft)
    rows = api_reading.savings(db.session, found.id, first=page.first, at_most=page.size)
    return rows.rows, pages.headers_of(page, rows.total)


@bp.post(f"{ONE}/publish")
@token(PUBLISH)
@idempotent
@on_condition_if_said
@documented(responses=faults(422))
@bp.response(200, VersionInListSchema, description="It was published before.", headers=LOCATION)
@bp.alt_response(201, schema=VersionInListSchema, description="Published.", headers=LOCATION)
def publish_draft(asking: Account, organisation: str, draft: int) -> Answer:
    """Publish a draft: freeze it as a version that surveys may ask.

    The same content is the same version: publishing it again changes nothing. Where the
    organisation asks for it, a second person has to have signed this very text off.
    """
    owner, found = _owned(asking, organisation, draft)
    check_meant(found.revision, needed=False)
    now = datetime.now(UTC)
    made = signing_off.publish_manuscript(
        db.session,
        found,
        organisation=owner,
        library=own_library.library_of(db.session, owner.id),
        by=asking.id,
        now=now,
    )
    db.session.commit()
    row = api_reading.published_version(db.session, owner.id, made.version_digest)
    address = url_for("versions.read_version", organisation=owner.slug, digest=row.version)
    return row, 201 if made.published_at == now else 200, {"Location": address}


def _owned(asking: Account, slug: str, draft: int) -> tuple[Organisation, Manuscript]:
    """The organisation and one of its drafts. Raises NotFound."""
    owner = organisation_of(asking, slug)
    found = writing.manuscript(db.session, owner.id, draft) if draft <= LARGEST_ID else None
    if found is None or found.kind != "questionnaire":
        raise NotFound("There is no such questionnaire.", "Choose one from the list.")
    return owner, found
