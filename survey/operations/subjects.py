"""What is held of one person, and erasing it: their rights under data protection law. Answers are
not among it, since they are linked to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import delete, or_, select
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
    staff_number: str
    unit: str
    active: bool
    invitations: tuple[HeldInvitation, ...]


def find(session: Session, organisation: Organisation, known_by: str) -> int:
    """The id of the person with this e-mail address or staff number. Raises NotFound."""
    wanted = known_by.strip()
    found = session.scalar(
        select(Person.id)
        .where(
            Person.organisation_id == organisation.id,
            or_(Person.email == wanted.lower(), Person.staff_number == wanted),
        )
        .order_by(Person.email.nulls_last())
    )
    if found is None:
        raise NotFound("Nobody with this address or number is on the staff list.", "Check it.")
    return found


def held(session: Session, organisation: Organisation, person_id: int) -> HeldPerson:
    """What is held of this person. Raises NotFound."""
    person = _person(session, organisation, person_id)
    found = (
        select(Wave, Invitation.delivery)
        .join(Invitation, Invitation.wave_id == Wave.id)
        .where(Invitation.person_id == person.id)
        .order_by(Wave.id)
    )
    return HeldPerson(
        id=person.id,
        email=person.email or "",
        staff_number=person.staff_number or "",
        unit=session.get_one(Unit, person.unit_id).name,
        active=person.active,
        invitations=tuple(
            HeldInvitation(wave.slug, wave.name, wave.state, wave.opened_at, delivery)
            for wave, delivery in session.execute(found)
        ),
    )


def _person(session: Session, organisation: Organisation, person_id: int) -> Person:
    found = session.get(Person, person_id)
    if found is None or found.organisation_id != organisation.id:
        raise NotFound("This person is not on the staff list.", "They may have been erased.")
    return found


def erase(
    session: Session, organisation: Organisation, person_id: int, *, secret: str | bytes
) -> None:
    """Delete the person. Their links lead nowhere any more, and what they have begun and not sent
    is deleted, too. What they have sent is nobody's, and stays. Raises NotFound."""
    person = _person(session, organisation, person_id)
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
