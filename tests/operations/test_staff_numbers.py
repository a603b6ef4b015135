"""People without an e-mail address are known by a staff number, on the staff list and in files."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.operations import organising, uploading
from survey.operations.csv_rows import InvalidRows
from survey.storage.organisations import Person, Unit
from tests import make_stored as make


@pytest.fixture
def anytown(session):
    return make.organisation(session)


def load(session, anytown, rows, **options):
    return organising.import_people(session, anytown, rows.encode(), **options)


def staff(session):
    session.expire_all()
    listed = select(Person, Unit.slug).join(Unit).order_by(Person.id)
    return [(one.email, one.staff_number, slug) for one, slug in session.execute(listed)]


def problems(session, anytown, rows):
    with pytest.raises(InvalidRows) as refused:
        load(session, anytown, rows)
    return [(one.row, one.column, one.code) for one in refused.value.problems]


def test_a_file_may_have_numbers_alone(session, anytown):
    assert load(session, anytown, "Payroll number,Team\n0042,parks\n43,adults\n").added == 2
    assert staff(session) == [(None, "0042", "parks"), (None, "43", "adults")]
    assert load(session, anytown, "Payroll number,Team\n0042,parks\n43,adults\n").unchanged == 2


def test_a_file_may_have_either_in_each_row(session, anytown):
    load(session, anytown, "email,staff number,unit\na@a.example,,parks\n,42,parks\n")
    assert staff(session) == [("a@a.example", None, "parks"), (None, "42", "parks")]


def test_numbers_are_not_kept_where_everybody_has_an_address(session, anytown):
    load(session, anytown, "email,staff number,unit\na@a.example,1,parks\nb@a.example,2,parks\n")
    assert [number for _, number, _ in staff(session)] == [None, None]


def test_numbers_are_kept_where_the_columns_are_chosen(session, anytown):
    chosen = {"email": "email", "staff_number": "staff number", "unit": "unit"}
    load(session, anytown, "email,staff number,unit\na@a.example,1,parks\n", columns=chosen)
    assert staff(session) == [("a@a.example", "1", "parks")]


def test_the_number_says_who_it_is_when_the_address_changes(session, anytown):
    load(session, anytown, "email,staff number,unit\nmaiden@a.example,1,parks\n,2,parks\n")
    result = load(
        session, anytown, "email,staff number,unit\nmarried@a.example,1,parks\n,2,parks\n"
    )
    assert (result.added, result.changed, result.unchanged, result.moved) == (0, 1, 1, 0)
    assert staff(session)[0] == ("married@a.example", "1", "parks")


def test_the_address_says_who_it_is_when_the_number_is_new(session, anytown):
    load(session, anytown, "email,unit\na@a.example,parks\n")
    load(session, anytown, "email,staff number,unit\na@a.example,1,parks\n,2,parks\n")
    assert staff(session) == [("a@a.example", "1", "parks"), (None, "2", "parks")]


def test_what_a_file_leaves_out_stays(session, anytown):
    load(session, anytown, "email,staff number,unit\na@a.example,1,parks\n,2,parks\n")
    load(session, anytown, "staff number,unit\n1,adults\n")
    assert staff(session)[0] == ("a@a.example", "1", "adults")


def test_a_row_about_two_people_is_refused(session, anytown):
    load(session, anytown, "email,staff number,unit\na@a.example,,parks\n,2,parks\n")
    mixed = "email,staff number,unit\na@a.example,2,parks\n,3,parks\n"
    assert problems(session, anytown, mixed) == [(2, "staff_number", "two-people")]


def test_two_rows_about_one_person_are_refused(session, anytown):
    load(session, anytown, "email,staff number,unit\na@a.example,1,parks\n,2,parks\n")
    twice = "email,staff number,unit\na@a.example,,parks\n,1,parks\n"
    assert problems(session, anytown, twice) == [(3, "", "repeated-person")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (",,parks\n,1,parks\n", [(2, "email", "nobody")]),
        (",1,parks\n,1,adults\n", [(3, "staff_number", "repeated-staff_number")]),
        (f",{'9' * 41},parks\n", [(2, "staff_number", "bad-number")]),
        (",1,nowhere\n", [(2, "unit", "unknown-unit")]),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(session, anytown, rows, found):
    assert problems(session, anytown, f"email,staff number,unit\n{rows}") == found


def test_a_file_with_neither_column_is_refused(session, anytown):
    assert problems(session, anytown, "unit\nparks\n") == [(1, "email", "missing-column")]


def test_either_column_will_do_for_a_file_that_is_handed_in(session, anytown):
    made = uploading.hand_in(
        session, anytown, "people", "staff.csv", b"who,where\n1,parks\n", by=None, now=make.NOON
    )
    seen = uploading.seen(session, anytown.id, made.id)
    assert seen.missing({"unit": "where"}) == ["email"]
    assert seen.missing({"unit": "where", "email": "", "staff_number": "who"}) == []


known_by = st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "1", "2", "3"]))


@given(files=st.lists(st.lists(known_by, min_size=1, max_size=4), min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_files_come_nobody_is_there_twice_and_nothing_fails(session, anytown, files):
    attempt = session.begin_nested()
    for rows in files:
        cells = "".join(f"{e and e + '@a.example'},{n},parks\n" for e, n in rows)
        try:
            load(session, anytown, f"email,staff number,unit\n{cells}")
        except InvalidRows:
            continue
        again = load(session, anytown, f"email,staff number,unit\n{cells}")
        assert (again.added, again.changed) == (0, 0), "loading twice changes nothing"
    listed = staff(session)
    for known in ([email for email, *_ in listed], [number for _, number, _ in listed]):
        named = [one for one in known if one]
        assert len(named) == len(set(named))
    attempt.rollback()
