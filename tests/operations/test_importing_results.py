"""Results that were counted elsewhere become a closed wave, under the same rules as any other."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from survey.maturity.profile import Shown, Withheld
from survey.operations import planning, reporting, running
from survey.operations.csv_rows import InvalidRows
from survey.operations.errors import Conflict, Refused
from survey.operations.importing_results import EarlierSurvey, import_results, remove_results
from survey.operations.tallying import recount
from survey.operations.viewing import view_closed
from survey.storage.audit import AuditEvent
from survey.storage.tallies import Tally
from survey.storage.waves import Wave
from tests import make_stored as make

DESIGN, SHARING = "digital/design", "data/sharing"
HEADER = "capability,unit,1,2,3,4,5,dont_know,not_applicable"
ENDED = date(2023, 5, 1)
LOW = [1, 2, 2, 3] * 10


@pytest.fixture
def anytown(session):
    found = make.organisation(session)
    make.publication(session, found.id, make.version(session))
    return found


def take(session, anytown, *rows, header=HEADER, **changes):
    file = "\n".join([header, *rows]).encode()
    return take_file(session, anytown, file, **changes)


def take_file(session, anytown, file, **changes):
    values = {
        "slug": "before",
        "name": "Survey 2023",
        "ended_on": ENDED,
        "version_digest": make.version(session),
        "minimum_group": 5,
    }
    return import_results(session, anytown, EarlierSurvey(**values | changes), file, now=make.NOON)


def figure(session, wave, capability=DESIGN, unit=None):
    profile = reporting.organisation_profile(session, wave.slug, None, unit)
    return next(one for one in profile.capabilities if one.id == capability).measure


def problems(session, anytown, *rows, **changes):
    with pytest.raises(InvalidRows) as refused:
        take(session, anytown, *rows, **changes)
    assert session.scalar(select(Tally)) is None
    assert all(one.mend for one in refused.value.problems)
    return [(one.row, one.column, one.code) for one in refused.value.problems]


def test_counts_become_a_closed_wave_with_their_figures(session, anytown):
    wave = take(session, anytown, f"{DESIGN},,1,2,3,4,5,6,7", f"{DESIGN},parks,1,1,1,1,1,0,0")
    assert (wave.state, wave.imported) == ("closed", "other-questions")
    shown = figure(session, wave)
    assert shown.counts == (1, 2, 3, 4, 5)
    assert (shown.dont_know, shown.not_applicable) == (6, 7)
    assert shown.mean == pytest.approx(55 / 15)
    assert figure(session, wave, unit="parks").n == 5


def test_what_has_no_row_is_the_sum_of_what_is_below_it(session, anytown):
    wave = take(session, anytown, f"{DESIGN},parks,0,5,0,0,0,0,0", f"{DESIGN},adults,0,0,6,0,0,0,0")
    assert figure(session, wave).counts == (0, 5, 6, 0, 0)
    assert figure(session, wave, unit="places").counts == (0, 5, 0, 0, 0)
    assert figure(session, wave, SHARING) == Withheld("too-few")


def test_of_few_nothing_is_shown_as_in_any_wave(session, anytown):
    wave = take(
        session,
        anytown,
        f"{DESIGN},,0,10,10,0,0,0,0",
        f"{DESIGN},parks,0,4,0,0,0,0,0",
        f"{DESIGN},adults,0,6,10,0,0,0,0",
    )
    assert figure(session, wave, unit="parks") == Withheld("too-few")
    assert figure(session, wave, unit="adults") == Withheld("protects-another")


def test_columns_units_and_capabilities_go_by_their_usual_names_too(session, anytown):
    workbook = Workbook()
    workbook.active.append(["Topic", "Team", "1 Explorer", "Level 2", "Embedded", "4", "Step 5"])
    workbook.active.append(["Design", "Anytown / Places", 1, 2, 3, None, 4])
    file = io.BytesIO()
    workbook.save(file)
    wave = take_file(session, anytown, file.getvalue())
    assert figure(session, wave, unit="places").counts == (1, 2, 3, 0, 4)


def test_how_many_answered_is_at_least_the_most_that_any_capability_has(session, anytown):
    wave = take(session, anytown, f"{DESIGN},,0,5,0,0,0,2,0", f"{SHARING},,0,6,0,0,0,3,0")
    profile = reporting.organisation_profile(session, wave.slug, None)
    assert profile.responded == 9
    found = reporting.as_json(profile)
    assert (found["imported"], found["invited"]) == (True, None)


def later(session, anytown, **changes):
    opened = make.NOON + timedelta(days=30)
    return make.closed_wave(
        session, {"parks": [4] * 40}, of=anytown, slug="later", opened_at=opened, **changes
    )


def moments(session, wave):
    report = reporting.change_report(session, wave.slug, None)
    return next(row for row in report.capabilities if row.id == DESIGN).moments


def test_later_waves_are_compared_where_the_very_questions_were_asked(session, anytown):
    take(session, anytown, f"{DESIGN},,10,20,10,0,0,0,0", imported="same-questions")
    before, now = moments(session, later(session, anytown))
    assert isinstance(before.measure, Shown)
    assert (before.broken, now.change.words) == ("", "higher")


def test_other_questions_stand_beside_later_waves_and_are_never_compared(session, anytown):
    take(session, anytown, f"{DESIGN},,10,20,10,0,0,0,0")
    before, now = moments(session, later(session, anytown))
    assert before.broken == "Imported from a survey with other questions."
    assert now.change is None


def test_it_stands_where_its_day_puts_it_and_not_the_import(session, anytown):
    wave = later(session, anytown)
    take(session, anytown, f"{DESIGN},,10,20,10,0,0,0,0")
    assert [one.slug for one in running.waves(session, anytown.id)] == ["later", "before"]
    report = reporting.change_report(session, wave.slug, None)
    assert [one.slug for one in report.waves] == ["before", "later"]


def test_rates_are_not_compared_with_results_that_say_of_nobody_who_was_asked(session, anytown):
    take(session, anytown, f"{DESIGN},,10,20,10,0,0,0,0")
    wave = later(session, anytown, invited={"anytown": 80, "parks": 60})
    profile = reporting.organisation_profile(session, wave.slug, None)
    assert {unit.rate_before for unit in profile.units} == {None}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("digital/unheard-of,,1,2,3,4,5,0,0", ("capability", "unknown-capability")),
        (f"{DESIGN},nowhere,1,2,3,4,5,0,0", ("unit", "unknown-unit")),
        (f"{DESIGN},,1.5,2,3,4,5,0,0", ("1", "bad-count")),
        (f"{DESIGN},,12%,2,3,4,5,0,0", ("1", "bad-count")),
        (f"{DESIGN},,99999999999999999999,2,3,4,5,0,0", ("1", "bad-count")),
        (f"{DESIGN},,²,2,3,4,5,0,0", ("1", "bad-count")),
        (f"{DESIGN},,1,2,3,4,5,few,0", ("dont_know", "bad-count")),
        (f"{DESIGN},,=1+1,2,3,4,5,0,0", ("1", "formula")),
        (f"{DESIGN},,1,2,3", ("", "wrong-number-of-cells")),
    ],
)
def test_each_problem_is_said_by_row_and_column_and_nothing_is_taken(session, anytown, row, said):
    assert (2, *said) in problems(session, anytown, row)


def test_all_problems_are_said_at_once(session, anytown):
    found = problems(session, anytown, f"{DESIGN},nowhere,x,2,3,4,5,0,0", ",,1,2,3,4,5,0,0")
    assert [(row, column) for row, column, _ in found] == [(2, "unit"), (2, "1"), (3, "capability")]


def test_a_row_that_comes_twice_is_refused(session, anytown):
    found = problems(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0", "Design,anytown,1,2,3,4,5,0,0")
    assert found == [(3, "capability", "twice")]


def test_a_unit_has_no_fewer_people_than_those_below_it(session, anytown):
    rows = (f"{DESIGN},places,9,2,9,9,9,0,0", f"{DESIGN},parks,1,3,0,0,0,0,0")
    assert problems(session, anytown, *rows) == [(2, "2", "fewer-than-below")]


@pytest.mark.parametrize("file", [b"", b"\xff\xfe", b"PK\x03\x04 no workbook", b"capability\n"])
def test_a_file_that_is_no_table_is_refused(session, anytown, file):
    with pytest.raises(InvalidRows):
        take_file(session, anytown, file)


def test_a_file_without_rows_is_refused(session, anytown):
    assert problems(session, anytown) == [(2, "", "empty-file")]


@pytest.mark.parametrize("day", [date(2026, 9, 2), date(1066, 10, 14)])
def test_an_earlier_survey_has_ended_on_a_day_that_has_passed(session, anytown, day):
    with pytest.raises(Refused):
        take(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0", ended_on=day)


def test_a_short_name_belongs_to_one_wave(session, anytown):
    take(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0")
    with pytest.raises(Conflict):
        take(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0")


def test_imported_results_have_no_answers_to_count_again(session, anytown):
    wave = take(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0")
    with pytest.raises(Refused):
        recount(session, wave)


def test_imported_results_can_be_removed_and_taken_anew(session, anytown):
    wave = take(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0")
    remove_results(session, wave)
    assert session.scalar(select(Wave)) is None
    assert take(session, anytown, f"{DESIGN},,5,2,3,4,5,0,0")
    actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("wave.import") == 2
    assert "wave.remove" in actions


def test_what_people_answered_here_cannot_be_removed(session, anytown):
    wave = later(session, anytown)
    with pytest.raises(Refused):
        remove_results(session, wave)


def test_results_that_a_plan_rests_on_stay(session, anytown):
    wave = take(session, anytown, f"{DESIGN},,1,2,3,4,5,0,0")
    wording = planning.Wording(DESIGN, "Ask users", "Head of design", date(2027, 1, 1))
    planning.plan_action(session, view_closed(session, wave.slug, None), wording)
    with pytest.raises(Refused):
        remove_results(session, wave)
