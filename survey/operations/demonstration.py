"""A council to look at: units, people, questionnaires, two closed waves and one open, filled by
simulated answers that go the same way as real ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from survey.operations import (
    accounts,
    agreeing,
    answering,
    moderating,
    organising,
    planning,
    publishing,
    reporting,
    running,
    signing_off,
    writing,
)
from survey.operations.anytown import AGREED, DOMAIN, NAME, PLANNED, SLUG, people_csv, units_csv
from survey.operations.errors import Refused
from survey.operations.inviting import unanswered
from survey.operations.neighbouring import invite_neighbours
from survey.operations.simulating import Respondent, Simulation, answers_to
from survey.operations.tallying import tally_new_responses
from survey.operations.tokens import token_of
from survey.operations.versions import questionnaire_of
from survey.operations.viewing import view_closed
from survey.questionnaire.model import Library
from survey.storage.accounts import Account, Grant
from survey.storage.benchmarks import BenchmarkKey, BenchmarkSource
from survey.storage.diagnostics import Diagnostics
from survey.storage.drafts import Draft, Submission
from survey.storage.manuscripts import Manuscript, forget
from survey.storage.messages import Mailing, Message, Outgoing
from survey.storage.organisations import Organisation, Person, Unit
from survey.storage.own_library import OwnPart
from survey.storage.plans import Action, AgreedStep
from survey.storage.responses import Comment, Response, Untallied
from survey.storage.tallies import BreakdownTally, Tally, Target
from survey.storage.versions import Publication
from survey.storage.waves import Invitation, Wave, WaveDay, WaveTree

ASKED: Final = "digital-data-innovation-core"
ALSO_PUBLISHED: Final = "bcs-learning-capability"
BEING_WRITTEN: Final = "quick-check"
REMARK: Final = ("Should we ask for a year, or for the last ten services?", "tested-share")
SEED: Final = 2026
WAVES: Final = 3
DAYS: Final = 10
LEFT_WAITING: Final = 3
OPEN_SHARE: Final = 0.4
"""How many of those who will answer the open wave have."""

TABLES_OF_A_WAVE: Final = (
    Response,
    Untallied,
    Comment,
    Tally,
    BreakdownTally,
    Diagnostics,
    Draft,
    Submission,
    Invitation,
    WaveTree,
    WaveDay,
    Mailing,
    Outgoing,
    Message,
    Action,
    AgreedStep,
)

TABLES_OF_A_COUNCIL: Final = (
    Wave,
    Target,
    Publication,
    OwnPart,
    Person,
    Unit,
    BenchmarkKey,
    BenchmarkSource,  # and with it, in the database, its files and figures
)

Progress = Callable[[str], None]


def find(session: Session) -> Organisation | None:
    """The demonstration council, if it has been created."""
    return session.scalar(select(Organisation).where(Organisation.slug == SLUG))


def create(
    session: Session,
    *,
    people: int,
    password: str,
    secret: str | bytes,
    library: Library,
    ready_made: Mapping[str, str],
    now: datetime,
    progress: Progress,
) -> Organisation:
    """Make the council. The same number of people gives the same council.

    password: of the accounts admin@, author@, lead@ and viewer@. now: what the waves are dated by.
    """
    random = Random(SEED)  # noqa: S311 -- a simulation
    council = organising.create_organisation(session, SLUG, NAME)
    organising.import_units(session, council, units_csv())
    progress(f"{people} people in {len(organising.units(session, council.id))} units")
    organising.import_people(session, council, people_csv(people, random))
    by_role = {
        role: accounts.create_account(
            session, f"{role}@{DOMAIN}", role=role, organisation=council, password=password
        )
        for role in ("admin", "author", "lead", "viewer")
    }
    _write(session, council, ready_made[BEING_WRITTEN], by_role, now)
    digests = [
        publishing.publish(
            session, ready_made[name], organisation=council, library=library, now=now
        ).version_digest
        for name in (ALSO_PUBLISHED, ASKED)
    ]
    for number in range(WAVES):
        _run_wave(session, council, number, digests[-1], secret, now, random, progress)
    _set_targets(session, council, digests[-1])
    last = closed_wave(session)
    if last is not None:
        councils = invite_neighbours(session, council, last, now=now, random=random)
        progress(f"{councils} invented councils to compare with")
    return council


def _write(
    session: Session,
    council: Organisation,
    source: str,
    by_role: Mapping[str, Account],
    now: datetime,
) -> None:
    """A questionnaire that is being written, on which a colleague has something to say."""
    made = writing.begin(session, council.id, source, by=by_role["author"].id, now=now)
    signing_off.comment(session, made, by_role["admin"], *REMARK, now=now)


def _run_wave(
    session: Session,
    council: Organisation,
    number: int,
    digest: str,
    secret: str | bytes,
    now: datetime,
    random: Random,
    progress: Progress,
) -> None:
    is_last = number == WAVES - 1
    opens = now - timedelta(days=10 + 365 * (WAVES - 1 - number))
    closes = opens + timedelta(days=30)
    wave = running.create_wave(
        session,
        council,
        slug=f"{SLUG}-{opens.year}",
        name=f"Maturity survey {opens.year}",
        version_digest=digest,
        minimum_group=10,
        closes_at=closes,
        shares_figures=True,
        simulated=True,
    )
    invited = running.open_wave(session, wave, secret=secret, now=opens, random=random)
    progress(f"{wave.name}: {invited} invitations")
    answered = _answer(session, wave, Simulation(SEED, number), secret, random, is_last, progress)
    if is_last:
        progress(f"{wave.name}: {answered} answers so far, and it is open")
    else:
        running.close_wave(session, wave, now=closes)
        _moderate(session, wave)
        _plan(session, wave, closes.date(), first=not number)
        progress(f"{wave.name}: {answered} answers, counted and closed")


def _moderate(session: Session, wave: Wave) -> None:
    """Clear what was written, but for a few comments that wait for somebody to try it."""
    for comment in moderating.queue(session, wave, "waiting")[LEFT_WAITING:]:
        moderating.decide(session, wave, comment.id, "clear", comment.text)


def _plan(session: Session, wave: Wave, closed_on: date, *, first: bool) -> None:
    """What leads make of the first wave: some actions; of the second: a step agreed."""
    if not first:
        seen = view_closed(session, wave.slug, None)
        agreeing.agree_on(session, seen, *AGREED, revision=0)
        return
    for unit, capability, title, owner, days, state, evidence in PLANNED:
        due = closed_on + timedelta(days=days)
        wording = planning.Wording(capability, title, owner, due, state, evidence)
        planning.plan_action(session, view_closed(session, wave.slug, None, unit), wording)


def _answer(
    session: Session,
    wave: Wave,
    simulation: Simulation,
    secret: str | bytes,
    random: Random,
    is_last: bool,
    progress: Progress,
) -> int:
    answered = 0
    for day, those in groupby(_by_day(session, wave, simulation, is_last, random), itemgetter(0)):
        for _, invitation_id, respondent in those:
            token = token_of(secret, wave.id, invitation_id)
            _answer_one(session, token, simulation, respondent, random)
            answered += 1
            if answered % 100 == 0:
                progress(f"{wave.name}: {answered} answers")
        tally_new_responses(session, wave, today=day)
    return answered


def _by_day(
    session: Session, wave: Wave, simulation: Simulation, is_last: bool, random: Random
) -> list[tuple[date, int, Respondent]]:
    """Who answers on which day: many at once, then fewer."""
    opened = wave.opened_at.date() if wave.opened_at else date.min
    found = [
        (opened + timedelta(days=int(DAYS * random.random() ** 2)), invitation_id, respondent)
        for invitation_id, respondent in _respondents(session, wave)
        if simulation.answers_by(respondent) and not (is_last and random.random() > OPEN_SHARE)
    ]
    return sorted(found, key=itemgetter(0))


def _respondents(session: Session, wave: Wave) -> list[tuple[int, Respondent]]:
    units = select(Unit.id, Unit.slug).where(Unit.organisation_id == wave.organisation_id)
    slugs = {row.id: row.slug for row in session.execute(units)}
    known_by = func.coalesce(Person.email, Person.staff_number)
    rows = session.execute(
        select(Invitation.id, known_by, Unit.path)
        .join(Person, Person.id == Invitation.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Invitation.wave_id == wave.id)
        .order_by(known_by)
    )
    return [
        (id_, Respondent(person, tuple(slugs[int(part)] for part in path.split("/")[1:-1])))
        for id_, person, path in rows
    ]


def _answer_one(
    session: Session,
    token: str,
    simulation: Simulation,
    respondent: Respondent,
    random: Random,
) -> None:
    start = answering.start_page_of_invitation(session, token)
    key = answering.draft_key(token)
    draft = answering.begin(
        session, wave=start.wave, invitation=start.invitation, key=key, random=random
    )
    page_id = answering.first_unanswered(draft)
    while page_id is not None:
        shown = answering.open_page(draft, page_id)
        answers = answers_to(shown.questions, simulation, respondent)
        page_id = answering.save_page(session, draft, shown, answers)
        draft = answering.open_draft(session, draft.wave_slug, key)
    answering.submit(session, draft)


def _set_targets(session: Session, council: Organisation, digest: str) -> None:
    measured = list(questionnaire_of(session, digest).capabilities)
    for capability in measured[::3]:
        reporting.set_target(
            session, council.id, capability, 4, "Chosen by the leadership for the next two years."
        )


def invitation_to_try(session: Session, secret: str | bytes) -> str | None:
    """The token of an invitation to the open wave that nobody has used."""
    wave = session.scalar(
        select(Wave)
        .join(Organisation, Organisation.id == Wave.organisation_id)
        .where(Organisation.slug == SLUG, Wave.state == "open")
    )
    left = unanswered(session, wave, secret=secret) if wave else ()
    return next((token for _, token in left), None)


def closed_wave(session: Session) -> str | None:
    """The short name of the council's last closed wave, whose profile can be read."""
    return session.scalar(
        select(Wave.slug)
        .join(Organisation, Organisation.id == Wave.organisation_id)
        .where(Organisation.slug == SLUG, Wave.state == "closed")
        .order_by(Wave.id.desc())
    )


def remove(session: Session) -> bool:
    """Delete the council and all that belongs to it; whether there was one.

    Raises Refused where somebody has asked real people in it.
    """
    council = find(session)
    if council is None:
        return False
    waves = list(session.scalars(select(Wave).where(Wave.organisation_id == council.id)))
    if not all(wave.simulated for wave in waves):
        raise Refused(
            f"{council.name} has waves whose answers are not simulated.",
            "Nothing was deleted. Leave this organisation as it is.",
        )
    ids = [wave.id for wave in waves]
    for of_wave in TABLES_OF_A_WAVE:
        session.execute(delete(of_wave).where(of_wave.wave_id.in_(ids)))
    written = select(Manuscript.id).where(Manuscript.organisation_id == council.id)
    for manuscript in list(session.scalars(written)):
        forget(session, manuscript)
    granted = select(Grant.account_id).where(Grant.organisation_id == council.id)
    mine = set(session.scalars(granted))
    session.execute(delete(Grant).where(Grant.organisation_id == council.id))
    for of_council in TABLES_OF_A_COUNCIL:
        session.execute(delete(of_council).where(of_council.organisation_id == council.id))
    others = select(Grant.account_id)
    session.execute(delete(Account).where(Account.id.in_(mine), Account.id.not_in(others)))
    session.execute(delete(Organisation).where(Organisation.id == council.id))
    session.expire_all()
    return True
