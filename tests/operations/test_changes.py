"""What changed between waves: like is compared with like, and a break is called one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.maturity.profile import Shown, Withheld
from survey.operations import reporting
from survey.operations.errors import NotFound
from survey.storage.organisations import Unit
from tests import make_stored as make

DESIGN = "digital/design"
LOW, HIGH = [1, 2, 2, 3] * 10, [3, 4, 4, 5] * 10


@pytest.fixture
def anytown(session):
    return make.organisation(session)


def closed(session, anytown, year, answers, **changes):
    opened = make.NOON + timedelta(days=365 * year)
    slug = f"wave-{year}"
    return make.closed_wave(session, answers, of=anytown, slug=slug, opened_at=opened, **changes)


def report(session, wave, unit=None, account=None):
    found = reporting.change_report(session, wave.slug, account, unit)
    return {row.id: row for row in found.capabilities}


def words(row):
    return [moment.change and moment.change.words for moment in row.moments]


def reworded(**changes):
    """The same questionnaire, but Design is asked in other words."""
    asked = make.questionnaire()
    first, *rest = asked.sections
    question = replace(first.questions[0], text="How good is design?", **changes)
    questions = (question, *first.questions[1:])
    return replace(asked, sections=(replace(first, questions=questions), *rest))


def test_each_wave_stands_beside_the_one_before(session, anytown):
    closed(session, anytown, 0, {"parks": LOW})
    closed(session, anytown, 1, {"parks": HIGH})
    last = closed(session, anytown, 2, {"parks": HIGH})
    row = report(session, last)[DESIGN]
    assert words(row) == [None, "higher", "no clear change"]
    assert [moment.wave.slug for moment in row.moments] == ["wave-0", "wave-1", "wave-2"]
    assert row.last.words == "no clear change"


def test_a_wave_looks_back_and_not_ahead(session, anytown):
    first = closed(session, anytown, 0, {"parks": LOW})
    closed(session, anytown, 1, {"parks": HIGH})
    make.wave(session, anytown, slug="open", opened_at=make.NOON - timedelta(days=1))
    assert [moment.wave for moment in report(session, first)[DESIGN].moments] == [first]


def test_figures_are_those_that_the_wave_itself_shows(session, anytown):
    first = closed(session, anytown, 0, {"parks": LOW, "adults": [1, 2, 3]})
    last = closed(session, anytown, 1, {"parks": HIGH})
    for unit in (None, "parks", "adults"):
        then = reporting.organisation_profile(session, first.slug, None, unit).capabilities[0]
        assert report(session, last, unit)[DESIGN].moments[0].measure == then.measure


def test_where_words_changed_the_trend_breaks(session, anytown):
    closed(session, anytown, 0, {"parks": LOW})
    last = closed(session, anytown, 1, {"parks": HIGH}, asked=reworded())
    found = report(session, last)
    assert found[DESIGN].moments[0].broken == (
        "It was asked in other words, or scored in another way."
    )
    assert words(found[DESIGN]) == [None, None]
    assert words(found["data/sharing"]) == [None, "higher"]


def test_an_author_may_vouch_for_new_words(session, anytown):
    first = closed(session, anytown, 0, {"parks": LOW})
    asked = reworded(comparable_with=(first.version_digest[:12],))
    last = closed(session, anytown, 1, {"parks": HIGH}, asked=asked)
    assert words(report(session, last)[DESIGN]) == [None, "higher"]


def test_a_capability_that_other_questions_ask_about_breaks(session, anytown):
    closed(session, anytown, 0, {"parks": LOW})
    asked = make.questionnaire()
    first, *rest = asked.sections
    fewer = replace(first, questions=(first.questions[0], *first.questions[2:]))
    last = closed(
        session, anytown, 1, {"parks": HIGH}, asked=replace(asked, sections=(fewer, *rest))
    )
    assert report(session, last)[DESIGN].moments[0].broken == "Other questions were asked about it."


def test_over_a_break_waves_before_and_after_are_compared(session, anytown):
    closed(session, anytown, 0, {"parks": LOW})
    closed(session, anytown, 1, {"parks": LOW}, asked=reworded())
    last = closed(session, anytown, 2, {"parks": HIGH})
    assert words(report(session, last)[DESIGN]) == [None, None, "higher"]


def test_a_capability_asked_in_one_wave_only_has_no_past(session, anytown):
    closed(session, anytown, 0, {"parks": LOW}, asked=make.questionnaire((DESIGN,)))
    last = closed(session, anytown, 1, {"parks": HIGH})
    row = report(session, last)["data/sharing"]
    assert row.moments[0].measure is None
    assert words(row) == [None, None]


def test_what_is_withheld_then_is_withheld_now(session, anytown):
    closed(session, anytown, 0, {"parks": [1, 2]})
    last = closed(session, anytown, 1, {"parks": HIGH})
    row = report(session, last)[DESIGN]
    assert row.moments[0].measure == Withheld("too-few")
    assert words(row) == [None, None]


def test_a_unit_is_compared_with_those_that_became_it(session, anytown):
    closed(session, anytown, 0, {"adults": LOW, "places": LOW})
    adults, places = make.unit(session, "adults"), make.unit(session, "places")
    adults.ended_at, adults.successor_id = make.NOON, places.id
    session.flush()
    last = without(session, closed(session, anytown, 1, {"places": HIGH}), "adults")
    then = report(session, last, "places")[DESIGN].moments[0].measure
    assert isinstance(then, Shown)
    assert then.n == 80


def test_of_joined_units_all_must_be_shown(session, anytown):
    closed(session, anytown, 0, {"adults": [1, 2], "places": LOW})
    adults, places = make.unit(session, "adults"), make.unit(session, "places")
    adults.ended_at, adults.successor_id = make.NOON, places.id
    session.flush()
    last = without(session, closed(session, anytown, 1, {"places": HIGH}), "adults")
    assert isinstance(report(session, last, "places")[DESIGN].moments[0].measure, Withheld)


def without(session, wave, slug):
    """The wave asked in a tree from which a unit has gone."""
    tree = session.get(make.WaveTree, wave.id)
    tree.units = [unit for unit in tree.units if unit["slug"] != slug]
    session.flush()
    return wave


def test_a_unit_that_is_new_has_no_past(session, anytown):
    closed(session, anytown, 0, {"parks": LOW})
    root = make.unit(session, "anytown")
    new = Unit(organisation_id=anytown.id, parent_id=root.id, slug="new", name="New", path="")
    session.add(new)
    session.flush()
    new.path = f"{root.path}{new.id}/"
    last = closed(session, anytown, 1, {"new": HIGH, "parks": HIGH})
    assert report(session, last, "new")[DESIGN].moments[0].measure is None


def test_there_is_nothing_before_the_wave_closes(session, anytown):
    wave = make.wave(session, anytown)
    with pytest.raises(NotFound):
        report(session, wave)


def test_who_may_see_a_unit_alone_sees_its_changes_alone(session, anytown):
    closed(session, anytown, 0, {"parks": LOW, "adults": LOW})
    last = closed(session, anytown, 1, {"parks": HIGH, "adults": HIGH})
    limited = make.account(session, anytown.id, unit_slug="adults")
    found = reporting.change_report(session, last.slug, limited)
    assert found.unit.slug == "adults"
    assert found.capabilities[0].moments[0].measure.n == 40
    with pytest.raises(NotFound):
        report(session, last, "parks", limited)


def test_another_organisations_waves_do_not_count(session, anytown):
    elsewhere = make.organisation(session, "elsewhere", {"elsewhere": None})
    closed(session, elsewhere, 0, {"elsewhere": LOW})
    last = closed(session, anytown, 1, {"parks": HIGH})
    assert len(report(session, last)[DESIGN].moments) == 1


def test_a_group_says_how_its_capabilities_stood_then_and_stand_now(session, anytown):
    closed(session, anytown, 0, {"parks": LOW})
    last = closed(session, anytown, 1, {"parks": HIGH})
    (group,) = reporting.change_report(session, last.slug, None).groups
    assert (group.then, group.now) == (2.0, 4.0)
    assert (group.higher, group.lower, group.compared, group.members) == (2, 0, 2, 2)


def test_of_a_group_that_can_hardly_be_compared_no_mean_is_said(session, anytown):
    closed(session, anytown, 0, {"parks": LOW}, asked=reworded())
    asked = make.questionnaire((DESIGN, "data/sharing", "data/quality"))
    last = closed(session, anytown, 1, {"parks": HIGH}, asked=asked)
    (group,) = reporting.change_report(session, last.slug, None).groups
    assert (group.then, group.now, group.compared, group.members) == (None, None, 1, 3)
