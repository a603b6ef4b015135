"""What a mean would be had other shares of people come from each unit, of what is shown alone."""

from datetime import timedelta

import pytest

from survey.maturity.disclosure import SHOWN
from survey.operations import reporting
from survey.operations.unit_mix import as_if_even
from tests import make_stored as make
from tests.maturity.counting import row_of

DESIGN = "digital/design"
INVITED = {"anytown": 80, "adults": 40, "places": 40, "parks": 40}


@pytest.fixture
def anytown(session):
    return make.organisation(session)


def closed(session, anytown, answers, year=0, **changes):
    return make.closed_wave(
        session,
        answers,
        of=anytown,
        slug=f"wave-{year}",
        opened_at=make.NOON + timedelta(days=365 * year),
        **changes,
    )


def capability(session, wave, unit=None):
    return reporting.capability_report(session, wave.slug, DESIGN, None, unit)


def mixes(session, wave):
    report = reporting.change_report(session, wave.slug, None)
    row = next(row for row in report.capabilities if row.id == DESIGN)
    return [moment.at_former_mix for moment in row.moments]


def test_where_one_unit_answered_less_its_people_would_have_counted_for_more(session, anytown):
    answers = {"adults": [4] * 30, "parks": [2] * 10}
    found = capability(session, closed(session, anytown, answers, invited=INVITED)).as_if_even
    assert (found.mean, found.weighted_mean) == (3.5, pytest.approx(3.0))
    assert found.is_worth_saying


def test_those_in_no_unit_that_is_shown_are_one_part(session, anytown):
    """Four of adults are hidden, and so is places: all are one part, and there is no other."""
    wave = closed(session, anytown, {"adults": [4] * 4, "parks": [2] * 10}, invited=INVITED)
    assert capability(session, wave).as_if_even is None
    wave = closed(
        session,
        anytown,
        {"anytown": [5] * 6, "adults": [4] * 6, "parks": [2] * 10},
        1,
        invited=INVITED | {"anytown": 100},
    )
    found = capability(session, wave).as_if_even
    assert found.weighted_mean == pytest.approx((40 * 4 + 40 * 2 + 20 * 5) / 100)


def test_an_open_link_says_nothing_of_who_was_asked(session, anytown):
    invited = {"anytown": 20, "adults": 5, "places": 15, "parks": 15}
    answers = {"adults": [4] * 30, "parks": [2] * 10}
    wave = closed(session, anytown, answers, invited=invited, open_link=True)
    assert capability(session, wave).as_if_even is None


def test_imported_results_say_nothing_of_who_was_asked(session, anytown):
    wave = closed(session, anytown, {"adults": [4] * 30, "parks": [2] * 10})
    assert capability(session, wave).as_if_even is None


def test_a_unit_without_units_has_no_mix(session, anytown):
    wave = closed(session, anytown, {"adults": [4] * 30, "parks": [2] * 10}, invited=INVITED)
    assert capability(session, wave, "parks").as_if_even is None


def test_weights_that_leave_too_few_peoples_worth_of_answers_give_no_figure():
    def row(people, step):
        return row_of([people * (at == step) for at in range(1, 6)])

    parts = [(row(8, 4), SHOWN), (row(2, 2), SHOWN)]
    whole = (row(8, 4) + row(2, 2), SHOWN)
    assert as_if_even(whole, parts, [40, 20, 20], 6).effective_n == pytest.approx(6.4)
    assert as_if_even(whole, parts, [40, 20, 20], 7) is None


def test_a_change_that_is_only_another_mix_of_units_is_told_as_one(session, anytown):
    closed(session, anytown, {"adults": [4] * 30, "parks": [2] * 10})
    last = closed(session, anytown, {"adults": [4] * 10, "parks": [2] * 30}, 1)
    assert mixes(session, last) == [None, pytest.approx(3.5)]


def test_a_change_at_the_same_mix_is_not_told_twice(session, anytown):
    closed(session, anytown, {"adults": [4] * 30, "parks": [2] * 10})
    last = closed(session, anytown, {"adults": [5] * 30, "parks": [3] * 10}, 1)
    assert mixes(session, last) == [None, None]


def test_of_a_unit_that_is_withheld_no_mix_is_told(session, anytown):
    closed(session, anytown, {"adults": [4] * 3, "parks": [2] * 10})
    last = closed(session, anytown, {"adults": [4] * 30, "parks": [2] * 10}, 1)
    assert mixes(session, last) == [None, None]


def test_after_a_reorganisation_no_mix_is_told(session, anytown):
    closed(session, anytown, {"adults": [4] * 30, "parks": [2] * 10})
    parks = make.unit(session, "parks")
    parks.parent_id, parks.path = (
        make.unit(session, "adults").id,
        (f"{make.unit(session, 'adults').path}{parks.id}/"),
    )
    session.flush()
    last = closed(session, anytown, {"adults": [4] * 10, "parks": [2] * 30}, 1)
    assert mixes(session, last) == [None, None]
