"""Some units side by side, as far as each may be seen."""

import pytest

from survey.maturity.profile import Shown, Withheld
from survey.operations.errors import NotFound, Refused
from survey.operations.reporting import organisation_profile
from survey.operations.unit_comparing import MOST_COMPARED, compare_units
from tests import make_stored as make


@pytest.fixture
def wave(session):
    return make.closed_wave(session, {"adults": [4] * 10, "places": [3] * 6, "parks": [2] * 3})


def test_units_stand_in_the_order_in_which_they_were_chosen(session, wave):
    found = compare_units(session, wave.slug, None, ["places", "adults", "places"])
    assert [unit.slug for unit in found.map.units] == ["places", "adults"]
    assert [unit.slug for unit in found.choices] == ["adults", "places", "parks"]


def test_each_is_what_its_own_profile_shows(session, wave):
    found = compare_units(session, wave.slug, None, ["adults", "parks"])
    for place, slug in enumerate(("adults", "parks")):
        own = organisation_profile(session, wave.slug, None, slug)
        measures = {one.id: one.measure for one in own.capabilities}
        assert {row.id: row.cells[place] for row in found.map.rows} == measures
    assert {type(row.cells[0]) for row in found.map.rows} == {Shown}
    assert {type(row.cells[1]) for row in found.map.rows} == {Withheld}


def test_none_may_be_chosen(session, wave):
    found = compare_units(session, wave.slug, None, [])
    assert found.map.units == ()
    assert all(row.cells == () for row in found.map.rows)


def test_more_than_can_be_told_apart_are_refused(session, wave):
    slugs = [f"unit-{number}" for number in range(MOST_COMPARED + 1)]
    with pytest.raises(Refused, match="You chose 5 units"):
        compare_units(session, wave.slug, None, slugs)


@pytest.mark.parametrize("slug", ["no-such", "anytown"])
def test_only_units_below_can_be_chosen(session, wave, slug):
    with pytest.raises(NotFound):
        compare_units(session, wave.slug, None, [slug])


def test_who_is_limited_to_a_unit_compares_units_in_it(session, wave):
    limited = make.account(session, wave.organisation_id, "lead", "places")
    found = compare_units(session, wave.slug, limited, ["parks"])
    assert found.map.unit.slug == "places"
    assert [unit.slug for unit in found.choices] == ["parks"]
    with pytest.raises(NotFound):
        compare_units(session, wave.slug, limited, ["adults"])


def test_there_is_nothing_to_compare_before_the_wave_has_closed(session):
    with pytest.raises(NotFound):
        compare_units(session, make.wave(session).slug, None, [])
