"""How a person comes in: by an invitation, or by an open link."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from survey.operations.drafting import OpenDraft, already_sent, closed, open_draft
from survey.operations.errors import NotFound, Refused
from survey.operations.tokens import digest_of, draft_key, open_shift
from survey.operations.versions import kept, questionnaire_of
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.modules import number_of_shifts
from survey.questionnaire.translate import offered
from survey.storage import drafts, waves, ways_in
from survey.storage.waves import TAKES_ANSWERS, Wave


@dataclass(frozen=True, slots=True)
class AskedWave:
    """The wave that a person is asked to answer."""

    id: int
    slug: str
    name: str
    state: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation says of who came with it: nothing but where they work, and which
    modules they are asked."""

    unit_id: int
    shift: int


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that somebody with an open link may say they belong to; the root has depth 0."""

    id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class StartPage:
    """What is said before the first question. `languages`: those it can be read in, the main one
    first. `breakdowns`: by which questions about oneself results are split. `shares_figures`:
    whether others may be given figures of everybody together."""

    wave: AskedWave
    organisation_name: str
    digest: str
    questionnaire: Questionnaire = field(compare=False)  # the one with this digest
    languages: tuple[str, ...]
    minutes: float
    minimum_group: int
    breakdowns: tuple[str, ...]
    shares_figures: bool
    invitation: Invited | None = None
    has_draft: bool = False
    units: tuple[UnitChoice, ...] = ()

    @property
    def wave_slug(self) -> str:
        """The wave's name in addresses."""
        return self.wave.slug

    @property
    def for_anybody(self) -> StartPage:
        """The same, with nothing on it of who came."""
        return replace(self, invitation=None)


def start_page_of_invitation(session: Session, token: str) -> StartPage:
    """What a person sees who comes with an invitation's token.

    Raises NotFound, Closed, AlreadyUsed.
    """
    row = ways_in.wave_by_token(session, digest_of(token), digest_of(draft_key(token)))
    if row is None:
        raise NotFound(
            "This link leads to no survey.",
            "Open the link in your e-mail or letter again. If that fails, ask who sent it.",
        )
    if row.state not in TAKES_ANSWERS or (row.state == "closing" and not row.has_draft):
        raise closed(row.state)
    if row.sent:
        raise already_sent()
    asked = _asked(session, row)
    shift = open_shift(token, row.sealed_shift, number_of_shifts(asked["questionnaire"]))
    return StartPage(**asked, invitation=Invited(row.unit_id, shift), has_draft=row.has_draft)


def start_page_of_open_link(session: Session, slug: str) -> StartPage:
    """What a person sees who comes by the address of a wave that anybody may answer.

    Raises NotFound, Closed.
    """
    row = ways_in.wave_with_link(session, slug)
    if row is None:
        raise NotFound(
            "This link leads to no survey.",
            "Check the address, or use the link in your invitation.",
        )
    if row.state != "open":
        raise closed(row.state)
    return StartPage(**_asked(session, row), units=_choices(row.units or []))


def _asked(session: Session, row: Any) -> dict[str, Any]:
    questionnaire = questionnaire_of(session, row.version_digest)
    return {
        "wave": AskedWave(row.id, row.slug, row.name, row.state, row.simulated),
        "organisation_name": row.organisation_name,
        "digest": row.version_digest,
        "questionnaire": questionnaire,
        "languages": offered(questionnaire, row.languages),
        "minutes": _minutes(questionnaire),
        "minimum_group": row.minimum_group,
        "breakdowns": tuple(row.breakdowns),
        "shares_figures": row.shares_figures,
    }


_minutes = kept(estimated_minutes)


def _choices(units: list[dict[str, Any]]) -> tuple[UnitChoice, ...]:
    depth: dict[int | None, int] = {None: -1}
    for unit in units:  # parents come first
        depth[unit["id"]] = depth[unit["parent"]] + 1
    return tuple(UnitChoice(unit["id"], unit["name"], depth[unit["id"]]) for unit in units)


def begin(
    session: Session,
    *,
    wave: AskedWave | Wave,
    invitation: Invited | None,
    key: str | bytes,
    unit_id: int | None = None,
    random: Random,
) -> OpenDraft:
    """Begin a draft, or go on with the one that the key has.

    unit_id: what somebody with an open link chose; None means the organisation as a whole. An
    invitation has its own. `random` deals the modules of an open link.
    Raises AlreadyUsed, Closed, Refused (a unit that is not in the wave).
    """
    if invitation is not None:
        unit_id, shift = invitation.unit_id, invitation.shift
    else:
        unit_id = _chosen(session, wave.id, unit_id)
        shift = _dealt(session, wave.id, random)
    drafts.begin_draft(session, wave.id, digest_of(key), unit_id=unit_id, shift=shift)
    return open_draft(session, wave.slug, key)


def _chosen(session: Session, wave_id: int, unit_id: int | None) -> int:
    units: list[int] = [unit["id"] for unit in waves.frozen_units(session, wave_id) or ()]
    chosen = units[0] if unit_id is None and units else unit_id
    if chosen is None or chosen not in units:
        raise Refused("That team is not part of this survey.", "Choose one from the list.")
    return chosen


def _dealt(session: Session, wave_id: int, random: Random) -> int:
    digest = waves.version_digest_of(session, wave_id)
    return random.randrange(max(1, number_of_shifts(questionnaire_of(session, digest))))
