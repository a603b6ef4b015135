"""What to do first: gaps in the order of work, and the roles that they call for."""

from dataclasses import replace

import pytest

from survey.operations.priority_reporting import priority_report
from survey.operations.reporting import set_target
from tests import make_stored as make

DESIGN, SHARING = "digital/design", "data/sharing"


@pytest.fixture
def wave(session):
    asked = make.questionnaire()
    roles = {DESIGN: ("designer", "owner"), SHARING: ("owner",)}
    capabilities = {id_: replace(one, roles=roles[id_]) for id_, one in asked.capabilities.items()}
    answers = {"parks": [2] * 20, "adults": [3] * 20}
    return make.closed_wave(session, answers, asked=replace(asked, capabilities=capabilities))


def aim(session, wave, **targets):
    for name, step in targets.items():
        capability = {"design": DESIGN, "sharing": SHARING}[name]
        set_target(session, wave.organisation_id, capability, step, "Agreed.")


def test_the_widest_gap_comes_first_with_its_factors(session, wave):
    aim(session, wave, design=3, sharing=5)
    found = priority_report(session, wave.slug, None)
    assert [one.figure.id for one in found.work] == [SHARING, DESIGN]
    first = found.work[0].priority
    assert (first.gap, first.importance, first.short) == (2.5, 5, 1)
    assert first.value == 2.5
    assert found.work[1].priority.short == 0.5


def test_roles_are_needed_by_the_sum_of_what_names_them(session, wave):
    aim(session, wave, design=3, sharing=5)
    needs = priority_report(session, wave.slug, None).needs
    assert [(need.role, need.value) for need in needs] == [("owner", 3.0), ("designer", 0.5)]
    assert needs[0].capabilities == (SHARING, DESIGN)


def test_what_is_reached_or_has_no_target_is_said_apart(session, wave):
    aim(session, wave, design=2)
    found = priority_report(session, wave.slug, None)
    assert (found.work, found.needs) == ((), ())
    assert [one.id for one in found.reached] == [DESIGN]
    assert [one.id for one in found.without_target] == [SHARING]


def test_practices_come_weakest_first_without_the_step_itself(session, wave):
    aim(session, wave, design=4)
    (work,) = priority_report(session, wave.slug, None).work
    assert [practice.id for practice in work.weakest] == [f"{DESIGN}:watch"]


def test_a_unit_has_an_order_of_its_own(session, wave):
    aim(session, wave, design=3)
    assert priority_report(session, wave.slug, None, "adults").work == ()
    (work,) = priority_report(session, wave.slug, None, "parks").work
    assert work.priority.gap == 1


def test_what_is_withheld_stands_in_no_order(session):
    wave = make.closed_wave(session, {"parks": [1, 2]})
    aim(session, wave, design=5)
    found = priority_report(session, wave.slug, None)
    assert (found.work, found.reached, found.without_target) == ((), (), ())
