"""What a reader takes in first, as sentences about real figures."""

from dataclasses import replace

import pytest

from survey.findings import glance
from survey.operations.narrowing import WHOLE
from survey.operations.overviewing import overview
from survey.operations.reporting import set_target
from survey.operations.unit_comparing import compare_units
from tests import make_stored as make


@pytest.fixture
def wave(session):
    made = make.closed_wave(session, {"adults": [4] * 10, "places": [3] * 6, "parks": [2] * 9})
    set_target(session, made.organisation_id, "digital/design", 4, "Agreed.")
    return made


@pytest.fixture
def found(session, wave):
    return overview(session, wave.slug, None, None, WHOLE)


def test_where_we_are_names_both_ends(found):
    said = glance.standing(found.profile)
    assert said.finding.endswith("is furthest on")
    assert len(said.points) == 2
    assert said.points[0].said == "3 Embedded, mean 3.04"


def test_of_one_capability_there_are_no_two_ends(found):
    group = found.profile.groups[0]
    one = replace(group, capabilities=group.capabilities[:1])
    said = glance.standing(replace(found.profile, groups=(one,)))
    assert said.finding == "One capability can be shown"
    assert len(said.points) == 1


def test_people_who_differ_are_named_before_units_that_do(found):
    said = glance.disagreement(found.profile, found.findings.apart)
    assert said.finding == "Views are furthest apart on Sharing"
    assert [point.said for point in said.points] == [
        *("views differ", "views differ", "1.60 apart between units")
    ]


def test_where_people_agree_units_that_differ_are_the_finding(session):
    wave = make.closed_wave(session, {"adults": [3] * 9 + [4] * 20, "places": [3] * 20 + [4] * 9})
    found = overview(session, wave.slug, None, None, WHOLE)
    said = glance.disagreement(found.profile, found.findings.apart)
    assert said.finding == "Units are furthest apart on Sharing: 0.38 of a step"
    alone = glance.disagreement(found.profile, None)
    assert alone.finding == "On no capability are views far apart"


def test_what_to_do_first_says_how_far_it_is(found):
    said = glance.first(found.findings.priorities)
    assert said.finding == "Begin with Design"
    assert [point.said for point in said.points] == ["0.96 below 4 Expert"]


def test_units_side_by_side_say_who_stands_above_whom(session, wave):
    found = compare_units(session, wave.slug, None, ["places", "adults"]).map
    assert glance.compared(found) == "Adults stands 1.60 steps above Places on Sharing"


def test_units_that_see_everything_alike_say_so(session):
    wave = make.closed_wave(session, {"adults": [4] * 10, "places": [4] * 6})
    found = compare_units(session, wave.slug, None, ["places", "adults"]).map
    assert glance.compared(found) == "These units see every capability alike"


def test_of_too_few_nothing_is_compared(session):
    wave = make.closed_wave(session, {"adults": [4], "places": [4] * 2})
    found = compare_units(session, wave.slug, None, ["places", "adults"]).map
    assert glance.compared(found).startswith("Too few people answered")
