"""Leads plan what to do, and the next wave shows what came of it. Two who change the same action at
once overwrite nothing unseen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from survey.maturity.profile import Withheld
from survey.operations import planning, reporting
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.plan_reporting import plan_report, planned
from survey.operations.planning import Wording
from survey.operations.viewing import view, view_closed
from survey.storage.audit import AuditEvent
from survey.storage.plans import Action
from tests import make_stored as make

DESIGN, SHARING = "digital/design", "data/sharing"
LOW, HIGH = [1, 2, 2, 3] * 10, [3, 4, 4, 5] * 10
DAY = date(2027, 3, 1)
TEST_FORMS = Wording(DESIGN, "Test every form", "Head of design", DAY)


@pytest.fixture
def anytown(session):
    return make.organisation(session)


def closed(session, anytown, year, answers=None, **changes):
    opened = make.NOON + timedelta(days=365 * year)
    return make.closed_wave(
        session,
        answers or {"parks": LOW, "adults": LOW},
        of=anytown,
        slug=f"wave-{year}",
        opened_at=opened,
        **changes,
    )


@pytest.fixture
def wave(session, anytown):
    return closed(session, anytown, 0)


def seen(session, wave, unit=None, account=None):
    return view_closed(session, wave.slug, account, unit)


def plan(session, wave, wording=TEST_FORMS, unit=None):
    return planning.plan_action(session, seen(session, wave, unit), wording)


def titles(actions):
    return [one.action.title for one in actions]


def test_the_earliest_due_comes_first_and_what_is_over_stands_apart(session, wave):
    plan(session, wave)
    plan(session, wave, replace(TEST_FORMS, title="Ask users", due=DAY - timedelta(days=1)))
    plan(session, wave, replace(TEST_FORMS, title="Ready", state="done"))
    plan(session, wave, replace(TEST_FORMS, title="Not worth it", state="dropped"))
    plan(session, wave, replace(TEST_FORMS, title="Begun", state="under-way"))
    report = plan_report(session, seen(session, wave))
    assert titles(report.to_do) == ["Ask users", "Test every form", "Begun"]
    assert titles(report.done) == ["Ready"]
    assert titles(report.dropped) == ["Not worth it"]


def test_only_what_is_still_to_be_done_is_overdue(session, wave):
    plan(session, wave)
    plan(session, wave, replace(TEST_FORMS, state="done"))
    open_one, done = planned(session, seen(session, wave))
    assert not open_one.is_overdue(DAY)
    assert open_one.is_overdue(DAY + timedelta(days=1))
    assert not done.is_overdue(DAY + timedelta(days=1))


def test_a_unit_sees_what_is_planned_for_it_and_below_it(session, wave):
    for unit in (None, "places", "parks", "adults"):
        plan(session, wave, replace(TEST_FORMS, title=str(unit)), unit)
    assert titles(planned(session, seen(session, wave, "places"))) == ["places", "parks"]
    assert len(planned(session, seen(session, wave))) == 4


def test_an_action_follows_its_unit_through_a_reorganisation(session, anytown):
    first = closed(session, anytown, 0)
    plan(session, first, unit="parks")
    ended, successor = make.unit(session, "parks"), make.unit(session, "adults")
    plan(session, first, replace(TEST_FORMS, title="Of nobody"), unit="places")
    ended.ended_at = make.unit(session, "places").ended_at = make.NOON
    ended.successor_id = successor.id
    session.flush()
    second = closed(session, anytown, 1, {"adults": HIGH})
    tree = make.WaveTree
    stored = session.get(tree, second.id)
    stored.units = [one for one in stored.units if one["slug"] in ("anytown", "adults")]
    session.flush()
    session.expire_all()
    assert titles(planned(session, seen(session, second, "adults"))) == ["Test every form"]
    whole = planned(session, seen(session, second))
    assert {(one.action.title, one.unit.slug) for one in whole} == {
        ("Test every form", "adults"),
        ("Of nobody", "anytown"),
    }


def test_the_next_wave_shows_what_came_of_it(session, anytown):
    first = closed(session, anytown, 0, {"parks": LOW, "adults": LOW})
    plan(session, first)
    plan(session, first, replace(TEST_FORMS, title="For adults", capability=SHARING), "adults")
    second = closed(session, anytown, 1, {"parks": HIGH, "adults": LOW})
    whole, adults = plan_report(session, seen(session, second)).to_do
    shown = reporting.organisation_profile(session, first.slug, None).capabilities[0].measure
    assert (whole.before.measure, whole.differs.words) == (shown, "higher")
    assert adults.differs.words == "no clear change"


def test_in_the_wave_it_was_planned_from_nothing_has_come_of_it_yet(session, wave):
    plan(session, wave)
    (one,) = plan_report(session, seen(session, wave)).to_do
    assert one.before is one.now is one.differs is None


def test_a_unit_that_is_withheld_shows_no_progress(session, anytown):
    first = closed(session, anytown, 0, {"parks": LOW, "adults": [1, 2]})
    plan(session, first, unit="adults")
    second = closed(session, anytown, 1, {"parks": LOW, "adults": [4, 5]})
    (one,) = plan_report(session, seen(session, second)).to_do
    assert isinstance(one.now.measure, Withheld)
    assert one.differs is None


def test_a_wave_shows_no_plan_that_was_made_after_it(session, anytown):
    first, second = closed(session, anytown, 0), closed(session, anytown, 1)
    plan(session, second)
    assert not planned(session, seen(session, first))


def test_a_capability_that_is_no_longer_asked_keeps_its_action(session, anytown):
    first = closed(session, anytown, 0)
    action = plan(session, first)
    second = closed(session, anytown, 1, asked=make.questionnaire((SHARING,)))
    (one,) = plan_report(session, seen(session, second)).to_do
    assert (one.name, one.now) == ("Design", None)
    done = replace(TEST_FORMS, state="done")
    planning.change_action(session, seen(session, second), action, done, action.revision)
    with pytest.raises(Refused):
        plan(session, second)


def test_of_two_who_change_an_action_at_once_the_later_is_told(session, wave):
    action = plan(session, wave)
    mine = seen(session, wave)
    planning.change_action(session, mine, action, replace(TEST_FORMS, owner="Ada"), 1)
    with pytest.raises(Conflict):
        planning.change_action(session, mine, action, replace(TEST_FORMS, owner="Bo"), 1)
    with pytest.raises(Conflict):
        planning.remove_action(session, action, 1)
    assert planning.action_of(session, wave.organisation_id, action.id).owner == "Ada"
    planning.remove_action(session, action, 2)
    with pytest.raises(NotFound):
        planning.action_of(session, wave.organisation_id, action.id)


def test_an_action_can_move_to_another_unit(session, wave):
    action = plan(session, wave)
    planning.change_action(session, seen(session, wave, "parks"), action, TEST_FORMS, 1)
    (one,) = planned(session, seen(session, wave))
    assert one.unit.slug == "parks"


def test_nobody_reaches_an_action_of_another_organisation(session, wave):
    action = plan(session, wave)
    with pytest.raises(NotFound):
        planning.action_of(session, wave.organisation_id + 1, action.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"owner": ""},
        {"state": "forgotten"},
        {"evidence": "x" * 2001},
        {"capability": "digital/unheard-of"},
    ],
)
def test_what_is_no_action_is_refused_and_nothing_is_kept(session, wave, wrong):
    with pytest.raises(Refused) as refused:
        plan(session, wave, replace(TEST_FORMS, **wrong))
    assert refused.value.what_to_do
    assert session.scalar(select(Action)) is None


def test_the_log_says_who_changed_which_action_and_none_of_its_words(session, wave):
    action = plan(session, wave)
    planning.change_action(
        session, seen(session, wave), action, replace(TEST_FORMS, state="done"), 1
    )
    planning.remove_action(session, action, 2)
    events = session.scalars(select(AuditEvent).where(AuditEvent.action.like("action.%"))).all()
    assert [event.action for event in events] == ["action.plan", "action.change", "action.remove"]
    assert "Test every form" not in str([(event.object, event.details) for event in events])


def test_there_is_no_plan_before_a_wave_has_closed(session, anytown):
    wave = make.wave(session, anytown)
    assert view(session, wave.slug, None)
    with pytest.raises(NotFound):
        view_closed(session, wave.slug, None)
