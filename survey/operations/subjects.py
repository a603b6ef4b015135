"""What is held of one person, and erasing it: their rights under data protection law. Answers are
not among it, since they are linked to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import NotFound
from survey.operations.tokens import digest_of, draft_key, token_of
from survey.storage.drafts import Draft
from survey.storage.organisations import Organisation, Person, Unit
from survey.storage.waves import TAKES_ANSWERS, Invitation, Wave


@dataclass(frozen=True, slots=True)
class HeldInvitation:
    """One wave in which the person was asked. Whether they answered is not known."""

    wave: str
    name: str
    state: str
    opened_at: datetime | None
    delivery: str


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """Everything that is held of a person."""

    id: int
    email: str
    unit: str
    active: bool
    invitations: tuple[HeldInvitation, ...]


def held(session: Session, organisation: Organisation, email: str) -> HeldPerson:
    """What is held of the person with this address. Raises NotFound."""
    person = _person(session, organisation, email)
    found = (
        select(Wave, Invitation.delivery)
        .join(Invitation, Invitation.wave_id == Wave.id)
        .where(Invitation.person_id == person.id)
        .order_by(Wave.id)
    )
    return HeldPerson(
        id=person.id,
        email=person.email,
        unit=session.get_one(Unit, person.unit_id).name,
        active=person.active,
        invitations=tuple(
            HeldInvitation(wave.slug, wave.name, wave.state, wave.opened_at, delivery)
            for wave, delivery in session.execute(found)
        ),
    )


def _person(session: Session, organisation: Organisation, email: str) -> Person:
    mine = select(Person).where(
        Person.organisation_id == organisation.id, Person.email == email.strip().lower()
    )
    found = session.scalar(mine)
    if found is None:
        raise NotFound("Nobody with this address is on the staff list.", "Check the address.")
    return found


def erase(session: Session, organisation: Organisation, email: str, *, secret: str | bytes) -> None:
    """Delete the person. Their links lead nowhere any more, and what they have begun and not sent
    is deleted, too. What they have sent is nobody's, and stays. Raises NotFound."""
    person = _person(session, organisation, email)
    invited = select(Invitation).where(Invitation.person_id == person.id)
    for invitation in session.scalars(invited):
        wave = session.get_one(Wave, invitation.wave_id)
        if wave.state in TAKES_ANSWERS:
            key = draft_key(token_of(secret, wave.id, invitation.id))
            mine = (Draft.wave_id == wave.id, Draft.key_digest == digest_of(key))
            session.execute(delete(Draft).where(*mine))
        # The row stays, so that nobody gets its number, and with it its link, once more.
        invitation.person_id, invitation.token_digest = None, token_bytes(32)
    session.flush()
    session.delete(person)
    session.flush()
    auditing.note(session, "person.erase", f"person:{person.id}", organisation.id)
