"""Every capability in every unit directly below one, as far as it may be seen."""

import pytest

from survey.maturity.profile import Shown, Withheld
from survey.operations import reporting
from survey.operations.errors import NotFound
from survey.operations.heat_map_reporting import MOST_UNITS, heat_map
from tests import make_stored as make

DESIGN = "digital/design"


@pytest.fixture
def wave(session):
    answers = {"adults": [4] * 10, "places": [3] * 6, "parks": [2] * 9}
    return make.closed_wave(session, answers)


def test_each_cell_is_what_the_units_own_profile_shows(session, wave):
    found = heat_map(session, wave.slug, None)
    assert [unit.slug for unit in found.units] == ["adults", "places"]
    for place, unit in enumerate([None, "adults", "places"]):
        own = reporting.organisation_profile(session, wave.slug, None, unit)
        measures = {one.id: one.measure for one in own.capabilities}
        for row in found.rows:
            assert (row.whole, *row.cells)[place] == measures[row.id]


def test_it_goes_down_from_unit_to_unit(session, wave):
    found = heat_map(session, wave.slug, None, "places")
    assert [unit.slug for unit in found.units] == ["parks"]
    assert heat_map(session, wave.slug, None, "parks").units == ()


def test_how_far_units_are_apart_is_of_those_that_are_shown(session, wave):
    row = heat_map(session, wave.slug, None).rows[0]
    assert row.spread == pytest.approx(4 - (6 * 3 + 9 * 2) / 15)
    few = make.closed_wave(
        session, {"adults": [4] * 10, "parks": [2] * 3}, slug="few", of=anytown(session)
    )
    row = heat_map(session, few.slug, None).rows[0]
    assert row.spread is None
    assert {type(cell) for cell in row.cells} == {Withheld}


def anytown(session):
    return session.query(make.Organisation).one()


def test_of_very_many_units_the_largest_are_shown(session):
    units = {"anytown": None} | {f"unit-{number:03}": "anytown" for number in range(50)}
    of = make.organisation(session, units=units)
    invited = {slug: place for place, slug in enumerate(units)}
    wave = make.closed_wave(session, {"unit-049": [3] * 9}, of=of, invited=invited)
    found = heat_map(session, wave.slug, None)
    assert (len(found.units), found.of_units) == (MOST_UNITS, 50)
    assert [unit.slug for unit in found.units][::29] == ["unit-020", "unit-049"]
    assert isinstance(found.rows[0].cells[-1], Shown)


def test_an_account_sees_its_part_and_nothing_before_the_end(session, wave):
    lead = make.account(session, wave.organisation_id, unit_slug="places")
    assert heat_map(session, wave.slug, lead).unit.slug == "places"
    with pytest.raises(NotFound):
        heat_map(session, wave.slug, lead, "adults")
    with pytest.raises(NotFound):
        heat_map(session, make.wave(session, anytown(session), slug="open").slug, None)
