"""What is printed, for people whom no e-mail reaches. Letters by unit, so that whoever leads it
can hand them out: to everybody, whether they have answered or not. And a poster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.drafting import closed
from survey.operations.errors import NotFound
from survey.operations.inviting import InvitationLink, links_of
from survey.operations.message_texts import Kind, Wording, Written, wordings, write
from survey.operations.message_values import values_of, with_link
from survey.storage.organisations import Organisation, Person
from survey.storage.waves import Invitation, Wave, frozen_units

MOST_LETTERS: Final = 100
"""Letters on one page: more take a browser too long to print."""


@dataclass(frozen=True, slots=True)
class UnitLetters:
    """How many letters a unit needs: people placed in it, and those of them without address."""

    slug: str
    name: str
    people: int
    without_email: int


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A sheet of paper: whom it is for (nobody in particular: empty), where its picture leads."""

    person: str
    unit: str
    link: str
    written: Written


def letters_by_unit(session: Session, wave: Wave) -> list[UnitLetters]:
    """The units in which somebody is invited, in the order of the tree. Raises Closed."""
    if wave.state != "open":
        raise closed(wave.state)
    rows = session.execute(
        select(Invitation.unit_id, func.count(), func.count(Person.email))
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == wave.id)
        .group_by(Invitation.unit_id)
    )
    counted = {unit_id: (people, people - with_email) for unit_id, people, with_email in rows}
    return [
        UnitLetters(unit["slug"], unit["name"], *counted[unit["id"]])
        for unit in frozen_units(session, wave.id) or ()
        if unit["id"] in counted
    ]


def letters(
    session: Session,
    wave: Wave,
    unit: str,
    *,
    everybody: bool,
    part: int,
    secret: str | bytes,
    base_url: str,
) -> list[PrintedLetter]:
    """The letters to people in this unit, and not in those below it: those without an e-mail
    address, or everybody.

    part: which `MOST_LETTERS` of them, from 1. Raises Closed; NotFound; Refused where another
    secret made the invitations.
    """
    units = {one["slug"]: one["id"] for one in frozen_units(session, wave.id) or ()}
    if unit not in units:
        raise NotFound("There is no such unit in this wave.")
    whose: list[ColumnElement[bool]] = [Invitation.unit_id == units[unit]]
    if not everybody:
        whose.append(Person.email.is_(None))
    links = links_of(session, wave, secret=secret, base_url=base_url, whose=whose)
    wanted = links[(part - 1) * MOST_LETTERS : part * MOST_LETTERS]
    auditing.note(
        session,
        "invitations.letters",
        f"wave:{wave.slug}",
        wave.organisation_id,
        unit=unit,
        letters=len(wanted),
    )
    return _written(session, wave, wanted)


def _written(session: Session, wave: Wave, links: Sequence[InvitationLink]) -> list[PrintedLetter]:
    texts, values = _texts_and_values(session, wave, "letter")
    return [
        PrintedLetter(to.person, to.unit, to.url, write(texts, with_link(values, to.url)))
        for to in links
    ]


def poster(session: Session, wave: Wave, *, link: str) -> PrintedLetter:
    """A poster with the address at which anybody may answer. Raises NotFound."""
    if not wave.open_link:
        raise NotFound("This wave has no open address.", "Each person has a link of their own.")
    texts, values = _texts_and_values(session, wave, "poster")
    return PrintedLetter("", "", link, write(texts, with_link(values, link)))


def _texts_and_values(
    session: Session, wave: Wave, kind: Kind
) -> tuple[Mapping[str, Wording], Mapping[str, Mapping[str, str]]]:
    organisation = session.get_one(Organisation, wave.organisation_id)
    return (
        wordings(session, wave.id, kind, wave.languages),
        values_of(session, wave, organisation, wave.languages),
    )
