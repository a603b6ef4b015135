"""How somebody comes into a wave: by an invitation's token, or by the wave's own address."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from survey.storage.drafts import Draft, Submission
from survey.storage.model import AnyRow, table_of
from survey.storage.organisations import Organisation
from survey.storage.waves import Invitation, Wave, WaveTree

# Statements of the busiest pages: Core, built once.
_invitation, _wave = table_of(Invitation).c, table_of(Wave).c
_draft, _submission = table_of(Draft).c, table_of(Submission).c

_ASKED = (
    _wave.id,
    _wave.slug,
    _wave.name,
    _wave.state,
    _wave.version_digest,
    _wave.languages,
    _wave.minimum_group,
    _wave.breakdowns,
    _wave.shares_figures,
    _wave.open_link,
    _wave.closes_at,
    _wave.simulated,
    table_of(Organisation).c.name.label("organisation_name"),
)

_BY_TOKEN = (
    select(
        *_ASKED,
        _invitation.unit_id,
        _invitation.sealed_shift,
        _draft.key_digest.is_not(None).label("has_draft"),
        _submission.key_digest.is_not(None).label("sent"),
    )
    .join_from(table_of(Invitation), table_of(Wave), _wave.id == _invitation.wave_id)
    .join(table_of(Organisation))
    .outerjoin(
        table_of(Draft),
        and_(_draft.wave_id == _invitation.wave_id, _draft.key_digest == bindparam("key_digest")),
    )
    .outerjoin(
        table_of(Submission),
        and_(
            _submission.wave_id == _invitation.wave_id,
            _submission.key_digest == bindparam("key_digest"),
        ),
    )
    .where(_invitation.token_digest == bindparam("token_digest"))
)

_BY_SLUG = (
    select(*_ASKED, table_of(WaveTree).c.units)
    .join_from(table_of(Wave), table_of(Organisation))
    .outerjoin(table_of(WaveTree))
    .where(_wave.slug == bindparam("slug"), _wave.open_link)
)


def wave_by_token(session: Session, token_digest: bytes, key_digest: bytes) -> AnyRow | None:
    """The invitation with this token, its wave and organisation, and whether the draft with this
    key is begun or sent."""
    digests = {"token_digest": token_digest, "key_digest": key_digest}
    return session.connection().execute(_BY_TOKEN, digests).one_or_none()


def wave_with_link(session: Session, slug: str) -> AnyRow | None:
    """A wave that anybody with its address may answer, its organisation and tree."""
    return session.connection().execute(_BY_SLUG, {"slug": slug}).one_or_none()
