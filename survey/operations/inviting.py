"""Invitations: one person's way into one wave. Their links are made again when asked for, and
never stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.audience import asked
from survey.operations.drafting import closed
from survey.operations.errors import Refused
from survey.operations.tokens import digest_of, draft_key, seal_shift, token_of
from survey.operations.versions import questionnaire_of
from survey.questionnaire.modules import number_of_shifts, shift_sequence
from survey.storage import drafts
from survey.storage.model import AnyRow
from survey.storage.organisations import Person, Unit
from survey.storage.waves import Invitation, Wave, WaveTree


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """Where a person answers. Does not say whether they have. Who has no e-mail address, or no
    staff number, has an empty one."""

    email: str
    staff_number: str
    unit: str
    url: str

    @property
    def person(self) -> str:
        """What the person is known by."""
        return self.email or self.staff_number


def invite(session: Session, wave: Wave, *, secret: str | bytes, random: Random) -> int:
    """Invite whoever is to be asked and has no invitation yet; how many.

    The questionnaire's modules are dealt within each top-level unit, so that each unit answers
    every module as often as can be.
    Raises Closed unless the wave is open.
    """
    session.refresh(wave, with_for_update=True)
    tree = session.get(WaveTree, wave.id)
    if wave.state != "open" or tree is None:
        raise closed(wave.state)
    people = _not_yet_invited(session, wave, random)
    if not people:
        return 0
    first_id = 1 + (_last_id(session, wave.id) or 0)
    places = Places(tree.units)
    units = [places.of(person.path) for person in people]
    shifts = number_of_shifts(questionnaire_of(session, wave.version_digest))
    dealt = _dealt(shifts, [places.top_of(unit_id) for unit_id in units], random)
    rows = []
    for id_, (person, unit_id, shift) in enumerate(
        zip(people, units, dealt, strict=True), start=first_id
    ):
        token = token_of(secret, wave.id, id_)
        rows.append(
            {
                "wave_id": wave.id,
                "id": id_,
                "person_id": person.id,
                "unit_id": unit_id,
                "token_digest": digest_of(token),
                "sealed_shift": seal_shift(token, shift, shifts),
            }
        )
    session.execute(insert(Invitation), rows)
    tree.units = places.with_more_people(units)
    session.flush()
    auditing.note(
        session, "invitations.make", f"wave:{wave.slug}", wave.organisation_id, people=len(people)
    )
    return len(people)


def _not_yet_invited(session: Session, wave: Wave, random: Random) -> list[AnyRow]:
    """Who is asked and has no invitation. A sample is drawn once, when the wave opens."""
    mine = select(Invitation.person_id).where(Invitation.wave_id == wave.id)
    invited = set(session.scalars(mine))
    if invited and "sample" in wave.audience:
        return []
    return [one for one in asked(session, wave, random=random) if one.id not in invited]


def _last_id(session: Session, wave_id: int) -> int | None:
    return session.scalar(select(func.max(Invitation.id)).where(Invitation.wave_id == wave_id))


class Places:
    """A wave's frozen units, and where in them somebody belongs."""

    def __init__(self, units: list[dict[str, Any]]) -> None:
        self.units = units
        self.root: int = units[0]["id"]
        self.parents: dict[int, int | None] = {unit["id"]: unit["parent"] for unit in units}

    def of(self, path: str) -> int:
        """The unit with this path. One that is newer than the wave counts as the nearest one
        above it that the wave knows."""
        ids = (int(id_) for id_ in reversed(path.strip("/").split("/")))
        return next((id_ for id_ in ids if id_ in self.parents), self.root)

    def upwards(self, unit_id: int | None) -> Iterator[int]:
        """The unit and all above it, the root last."""
        while unit_id is not None:
            yield unit_id
            unit_id = self.parents[unit_id]

    def top_of(self, unit_id: int) -> int:
        """The unit below the root that this one belongs to; the root for itself."""
        above = list(self.upwards(unit_id))
        return above[-2] if len(above) > 1 else self.root

    def with_more_people(self, units: Iterable[int]) -> list[dict[str, Any]]:
        """The units with these counted among the invited, in each and all above."""
        more = dict.fromkeys(self.parents, 0)
        for unit_id in units:
            for above in self.upwards(unit_id):
                more[above] += 1
        return [unit | {"invited": unit["invited"] + more[unit["id"]]} for unit in self.units]


def _dealt(shifts: int, tops: list[int], random: Random) -> list[int]:
    if shifts == 1:
        return [0] * len(tops)
    dealers = {top: shift_sequence(shifts, random) for top in dict.fromkeys(tops)}
    return [next(dealers[top]) for top in tops]


def bounced(session: Session, wave_id: int) -> list[tuple[str, str]]:
    """Addresses that take no mail, each with the code that says why."""
    found = (
        select(Person.email, Invitation.bounce)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.wave_id == wave_id, Invitation.delivery == "bounced")
        .order_by(Person.email)
    )
    return [(email or "", code) for email, code in session.execute(found)]


def without_email(session: Session, wave_id: int) -> int:
    """How many of those who are invited have no e-mail address."""
    found = (
        select(func.count())
        .select_from(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == wave_id, Person.email.is_(None))
    )
    return session.scalar(found) or 0


def check_secret(session: Session, wave: Wave, secret: str | bytes) -> None:
    """Raises Refused where another secret made any of the invitations: links that are made now
    would not work, and who has answered could not be told."""
    mine = select(Invitation.id, Invitation.token_digest).where(
        Invitation.wave_id == wave.id, Invitation.person_id.is_not(None)
    )
    for id_, token_digest in session.execute(mine):
        if digest_of(token_of(secret, wave.id, id_)) != token_digest:
            raise Refused(
                "The secret key is not the one with which this wave was opened.",
                "Set SURVEY_SECRET_KEY to the former one, or close the wave and open another.",
            )


def is_answered(session: Session, wave_id: int, token: str) -> bool:
    """Whether the answers of the invitation with this token have been sent."""
    return drafts.is_sent(session, wave_id, digest_of(draft_key(token)))


def unanswered(session: Session, wave: Wave, *, secret: str | bytes) -> Iterator[tuple[int, str]]:
    """The id and token of each invitation whose answers have not been sent, in the order of ids.

    Only the secret tells: nothing that is stored says who has answered.
    """
    sent = drafts.sent_keys(session, wave.id)
    mine = select(Invitation.id).where(
        Invitation.wave_id == wave.id, Invitation.person_id.is_not(None)
    )
    for id_ in session.scalars(mine.order_by(Invitation.id)):
        token = token_of(secret, wave.id, id_)
        if digest_of(draft_key(token)) not in sent:
            yield id_, token


def invitation_links(
    session: Session, wave: Wave, *, secret: str | bytes, base_url: str
) -> list[InvitationLink]:
    """The links of a wave that is open, by e-mail address, then by staff number.

    Raises Closed; Refused where another secret made the invitations: its links would not work.
    """
    links = links_of(session, wave, secret=secret, base_url=base_url)
    auditing.note(
        session, "invitations.links", f"wave:{wave.slug}", wave.organisation_id, links=len(links)
    )
    return links


def links_of(
    session: Session,
    wave: Wave,
    *,
    secret: str | bytes,
    base_url: str,
    whose: Sequence[ColumnElement[bool]] = (),
) -> list[InvitationLink]:
    """The links of those of whom `whose` is true, which the caller notes in the audit log."""
    if wave.state != "open":
        raise closed(wave.state)
    check_secret(session, wave, secret)
    rows = session.execute(
        select(Invitation.id, Person.email, Person.staff_number, Unit.name)
        .join(Person, Person.id == Invitation.person_id)
        .join(Unit, Unit.id == Invitation.unit_id)
        .where(Invitation.wave_id == wave.id, *whose)
        .order_by(Person.email.nulls_last(), Person.staff_number)
    )
    address = f"{base_url.rstrip('/')}/invitations/"
    return [
        InvitationLink(
            row.email or "",
            row.staff_number or "",
            row.name,
            address + token_of(secret, wave.id, row.id),
        )
        for row in rows
    ]
