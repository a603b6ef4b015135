"""The demonstration: a council that looks real, says that it is not, and can be made again."""

from random import Random

import pytest
from sqlalchemy import func, select

from survey.database import session_scope
from survey.maturity.profile import Shown
from survey.operations import (
    accounts,
    answering,
    benchmark_importing,
    demonstration,
    organising,
    reporting,
    running,
)
from survey.operations.anytown import SLUG, people_csv
from survey.operations.benchmark_reporting import benchmark_report
from survey.operations.shipped import library, ready_made
from survey.operations.simulating import Respondent, Simulation, answers_to
from survey.questionnaire.answers import drop_hidden
from survey.questionnaire.check import expand
from survey.questionnaire.model import DONT_KNOW
from survey.questionnaire.rating import pack
from survey.storage.benchmarks import BenchmarkFigure
from survey.storage.responses import Response
from tests.make_stored import NOON

PASSWORD, SECRET = "three random words", "a secret of the tests"
SOMEBODY = Respondent("ada@anytown.example", ("places", "housing", "housing-repairs"))


@pytest.fixture(scope="module")
def council(sqlite_template, tmp_path_factory):
    """A session on a database with the demonstration of 120 people; tests only read it."""
    file = tmp_path_factory.mktemp("demonstration") / "demo.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as session:
        create(session, 120)
        session.commit()
        yield session


def create(session, people, progress=lambda line: None):
    return demonstration.create(
        session,
        people=people,
        password=PASSWORD,
        secret=SECRET,
        library=library(),
        ready_made=ready_made(),
        now=NOON,
        progress=progress,
    )


def waves(session):
    return running.waves(session, demonstration.find(session).id)


def test_two_waves_are_closed_and_one_is_open_and_all_say_they_are_simulated(council):
    found = waves(council)
    assert [wave.slug for wave in found] == ["anytown-2026", "anytown-2025", "anytown-2024"]
    assert [wave.state for wave in found] == ["open", "closed", "closed"]
    assert all(wave.simulated for wave in found)


def test_units_are_three_deep(council):
    units = organising.units(council, demonstration.find(council).id)
    depths = [unit.path.count("/") - 1 for unit in units]
    assert [depths.count(depth) for depth in (0, 1, 3)] == [1, 5, 38]
    assert depths.count(2) >= 15
    assert max(depths) == 3


def test_about_two_thirds_answer(council):
    _, _, first = waves(council)
    assert 0.5 < running.participation(council, first).rate < 0.8


def test_a_profile_can_be_read_and_some_of_it_is_withheld(council):
    account = accounts.account_named(council, "lead@anytown.example")
    whole = reporting.organisation_profile(council, "anytown-2025", account)
    measures = [one.measure for group in whole.groups for one in group.capabilities]
    assert len(measures) == 12
    assert all(isinstance(measure, Shown) for measure in measures)
    assert all(sum(measure.counts[step] > 0 for step in range(5)) >= 3 for measure in measures)
    assert {measure.step for measure in measures} >= {2, 3}
    assert any(one.target for group in whole.groups for one in group.capabilities)
    team = reporting.organisation_profile(
        council, "anytown-2025", account, "parks-and-culture-parks"
    )
    assert not any(
        isinstance(c.measure, Shown) for group in team.groups for c in group.capabilities
    )


def test_the_later_wave_is_higher_in_some_capabilities(council):
    def means(slug):
        profile = reporting.organisation_profile(council, slug, None)
        return [c.measure.mean for group in profile.groups for c in group.capabilities]

    changes = [
        new - old for old, new in zip(means("anytown-2024"), means("anytown-2025"), strict=True)
    ]
    assert max(changes) > 0.25
    assert min(changes) < 0.2


def test_the_accounts_can_sign_in_with_one_password(council):
    for role in ("admin", "author", "lead", "viewer"):
        assert accounts.sign_in(council, f"{role}@anytown.example", PASSWORD, now=NOON)


def test_an_invitation_is_left_to_try(council):
    token = demonstration.invitation_to_try(council, SECRET)
    assert answering.start_page_of_invitation(council, token).wave_slug == "anytown-2026"
    assert demonstration.closed_wave(council) == "anytown-2025"


def test_making_it_again_gives_the_same_answers(session, council):
    create(session, 120)

    def ratings(of):
        return sorted(of.scalars(select(Response.ratings)))

    assert ratings(session) == ratings(council)


def test_a_dozen_invented_councils_are_there_to_compare_with(council):
    found = benchmark_importing.neighbours(council, demonstration.find(council).id)
    assert len(found) == 12
    assert all(one.source.name.startswith("Simulated council") for one in found)
    assert all(one.source.latest.simulated and one.source.confirmed_at for one in found)
    standings = benchmark_report(council, "anytown-2025", None).standings
    assert len({one.quarter for one in standings} - {None}) >= 3


def test_removing_leaves_nothing_and_others_alone(session):
    other = organising.create_organisation(session, "elsewhere", "Elsewhere")
    accounts.create_account(
        session, "eve@elsewhere.example", role="admin", organisation=other, password=PASSWORD
    )
    create(session, 50)
    assert demonstration.remove(session)
    assert demonstration.find(session) is None
    for table in (Response, BenchmarkFigure):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert accounts.account_named(session, "admin@anytown.example") is None
    assert accounts.sign_in(session, "eve@elsewhere.example", PASSWORD, now=NOON)
    assert [unit.slug for unit in organising.units(session, other.id)] == ["elsewhere"]
    create(session, 50)
    assert demonstration.find(session).slug == SLUG


def test_progress_is_shown(session):
    lines = []
    create(session, 50, lines.append)
    assert len(lines) >= 7


def test_every_kind_of_question_gets_an_answer_that_counts():
    asked = expand(ready_made()["quick-check"], library())
    modules = [section.id for section in asked.modules]
    for number in range(40):
        respondent = Respondent(f"p{number}@anytown.example", SOMEBODY.units)
        found = answers_to(asked.questions, Simulation(1, 0), respondent)
        answers = {id_: answer for id_, answer in found.items() if answer is not None}
        kept, _ = drop_hidden(asked, answers, modules)
        assert set(pack(asked, kept)) <= set(range(8))
        assert all(q.id in answers for q in asked.questions if q.kind != "text")


def test_one_answer_in_twenty_is_not_known():
    asked = expand(ready_made()["digital-data-innovation-core"], library())
    given = [
        answer
        for number in range(300)
        for answer in answers_to(
            asked.questions, Simulation(1, 0), Respondent(f"p{number}@anytown.example", ())
        ).values()
        if answer is not None
    ]
    assert given.count(DONT_KNOW) / len(given) == pytest.approx(0.05, abs=0.01)


def test_people_have_addresses_or_numbers_of_their_own():
    rows = people_csv(3000, Random(1)).decode().splitlines()[1:]
    known_by = [row.rpartition(",")[0] for row in rows]
    assert len(set(known_by)) == 3000
    assert 0 < sum(one.startswith(",") for one in known_by) < 600, "some work outdoors"
