"""Units and people from CSV: all of a file, or a list of problems and nothing."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.operations import organising
from survey.operations.csv_rows import LARGEST, MOST_ROWS, InvalidRows
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.organising import ImportResult
from survey.storage.organisations import Person, Unit

UNITS = b"""slug,name,parent
adults,Adult social care,
places,Places,
parks,Parks,places
"""
PEOPLE = b"""email,unit
ada@anytown.example,parks
bo@anytown.example,adults
"""


@pytest.fixture
def anytown(session):
    return organising.create_organisation(session, "anytown", "Anytown Council")


@pytest.fixture
def staffed(session, anytown):
    organising.import_units(session, anytown, UNITS)
    organising.import_people(session, anytown, PEOPLE)
    return anytown


def tree(session, organisation):
    """Each unit's slug and those above it, in the order of the tree."""
    units = organising.units(session, organisation.id)
    slugs = {str(unit.id): unit.slug for unit in units}
    return ["/".join(slugs[id_] for id_ in unit.path.strip("/").split("/")) for unit in units]


def staff(session):
    rows = session.execute(select(Person.email, Unit.slug).join(Unit, Unit.id == Person.unit_id))
    return {row.email: row.slug for row in rows}


def problems(action, *arguments):
    with pytest.raises(InvalidRows) as refused:
        action(*arguments)
    return [(problem.row, problem.column, problem.code) for problem in refused.value.problems]


def test_an_organisation_begins_with_its_root_unit(session, anytown):
    assert tree(session, anytown) == ["anytown"]
    assert organising.organisation(session, "anytown") is anytown


@pytest.mark.parametrize("slug", ["", "Anytown", "any town", "-any", "any--town", "é", "x" * 81])
def test_a_short_name_has_small_letters_digits_and_hyphens(session, slug):
    with pytest.raises(Refused, match="short name"):
        organising.create_organisation(session, slug, "Anytown")


def test_a_short_name_belongs_to_one_organisation(session, anytown):
    with pytest.raises(Conflict):
        organising.create_organisation(session, "anytown", "Another")


def test_what_there_is_not_is_not_found(session, anytown):
    for absent in (
        lambda: organising.organisation(session, "elsewhere"),
        lambda: organising.unit(session, anytown.id, "nowhere"),
    ):
        with pytest.raises(NotFound):
            absent()


def test_units_form_a_tree(session, anytown):
    assert organising.import_units(session, anytown, UNITS) == ImportResult(3, 0, 0)
    assert tree(session, anytown) == [
        "anytown",
        "anytown/adults",
        "anytown/places",
        "anytown/places/parks",
    ]


def test_importing_the_same_files_again_changes_nothing(session, staffed):
    assert organising.import_units(session, staffed, UNITS) == ImportResult(0, 0, 3)
    assert organising.import_people(session, staffed, PEOPLE) == ImportResult(0, 0, 2)


def test_a_child_may_stand_before_its_parent(session, anytown):
    organising.import_units(session, anytown, b"slug,name,parent\nb,B,a\na,A,anytown\n")
    assert tree(session, anytown) == ["anytown", "anytown/a", "anytown/a/b"]


def test_a_unit_moves_with_all_that_is_below_it(session, staffed):
    changed = organising.import_units(session, staffed, b"slug,name,parent\nplaces,Place,adults\n")
    assert changed == ImportResult(0, 1, 0)
    assert tree(session, staffed)[-1] == "anytown/adults/places/parks"
    assert organising.unit(session, staffed.id, "places").name == "Place"


def test_people_move_and_join(session, staffed):
    file = b"email,unit\nada@anytown.example,adults\ncy@anytown.example,anytown\n"
    assert organising.import_people(session, staffed, file) == ImportResult(1, 1, 0, moved=1)
    assert staff(session) == {
        "ada@anytown.example": "adults",
        "bo@anytown.example": "adults",
        "cy@anytown.example": "anytown",
    }
    assert organising.number_of_people(session, staffed.id) == 3
    assert organising.people(session, staffed.id, first=1, at_most=1)[0].email.startswith("bo@")


def test_an_address_in_capitals_is_the_same_person(session, staffed):
    file = b"email,unit\nADA@Anytown.example,parks\n"
    assert organising.import_people(session, staffed, file) == ImportResult(0, 0, 1)


@pytest.mark.parametrize(
    "file",
    [
        b"\xef\xbb\xbfemail,unit\r\nada@anytown.example,anytown\r\n",
        b"email;unit\nada@anytown.example;anytown",
        b"unit\temail\nanytown\tada@anytown.example\n",
        b'"email","unit"\n"ada@anytown.example"," anytown "\n\n,\n',
    ],
    ids=["byte order mark", "semicolons", "tabs, other order", "quotes, spaces, empty rows"],
)
def test_what_spreadsheets_write_is_read(session, anytown, file):
    assert organising.import_people(session, anytown, file) == ImportResult(1, 0, 0)
    assert staff(session) == {"ada@anytown.example": "anytown"}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (b"", [(1, "", "empty-file")]),
        (b"\xef\xbb\xbf\n", [(1, "", "empty-file")]),
        (b"phone,unit\n", [(1, "email", "missing-column")]),
        (b"email,unit,unit\n", [(1, "unit", "column-twice")]),
        (b"a@b.example\n", [(1, "email", "missing-column"), (1, "unit", "missing-column")]),
        (b"email,unit\n\xe9@b.example,anytown\n", [(2, "", "not-utf-8")]),
        ("email,unit\na@b.example,anytown\n".encode("utf-16"), [(0, "", "not-utf-8")]),
        (b"PK\x03\x04rest", [(0, "", "bad-workbook")]),
        (b"email,unit\na@b.example,any\0town\n", [(2, "", "nul-character")]),
        (b'email,unit\n"a@b.example,anytown\n', [(2, "", "bad-quotes")]),
        (b'email,unit\n"a"b@c.example,anytown\n', [(2, "", "bad-quotes")]),
        (b"email,unit\na@b.example\n", [(2, "", "wrong-number-of-cells")]),
        (b"email,unit\na@b.example,anytown,\n", [(2, "", "wrong-number-of-cells")]),
        (b"email,unit\nada,anytown\n", [(2, "email", "bad-email")]),
        (b"email,unit\na@b.example,nowhere\n", [(2, "unit", "unknown-unit")]),
        (b"email,unit\na@b.example,\n", [(2, "unit", "unknown-unit")]),
        (
            b"email,unit\na@b.example,anytown\nc@d.example,anytown\nA@B.example,anytown\n",
            [(4, "email", "repeated-email")],
        ),
        (
            b'email,unit\n=a@b.example,anytown\na@b.example,"@anytown"\n',
            [(2, "email", "formula"), (3, "unit", "formula"), (3, "unit", "unknown-unit")],
        ),
    ],
)
def test_each_problem_of_people_is_said_by_row_and_column(session, anytown, file, expected):
    assert problems(organising.import_people, session, anytown, file) == expected
    assert staff(session) == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a,A,b\nb,B,a", [(2, "parent", "cycle"), (3, "parent", "cycle")]),
        ("a,A,a", [(2, "parent", "cycle")]),
        ("places,P,parks", [(2, "parent", "cycle")]),
        ("a,A,nowhere", [(2, "parent", "unknown-unit")]),
        ("a,A,\na,B,", [(3, "slug", "repeated-unit")]),
        ("Big Unit,A,", [(2, "slug", "bad-slug")]),
        ("a,,", [(2, "name", "bad-name")]),
        ('a,"A\nB",', [(2, "name", "bad-name")]),
        (f"a,{'x' * 201},", [(2, "name", "bad-name")]),
        ("anytown,Anytown,places", [(2, "parent", "parent-of-organisation")]),
        ("a,=1+1,", [(2, "name", "formula")]),
        (
            "\n".join(f"u{i},U,{f'u{i - 1}' if i else ''}" for i in range(21)),
            [(22, "parent", "too-deep")],
        ),
    ],
)
def test_each_problem_of_units_is_said_by_row_and_column(session, staffed, rows, expected):
    before = tree(session, staffed)
    file = f"slug,name,parent\n{rows}\n".encode()
    assert problems(organising.import_units, session, staffed, file) == expected
    assert tree(session, staffed) == before


def test_a_row_below_a_cell_of_two_lines_keeps_its_line(session, anytown):
    file = b'email,unit\n"a@b.example\n",anytown\nbad,anytown\n'
    assert problems(organising.import_people, session, anytown, file) == [(4, "email", "bad-email")]


def test_units_of_another_organisation_are_unknown(session, staffed):
    other = organising.create_organisation(session, "elsewhere", "Elsewhere")
    file = b"email,unit\na@b.example,parks\n"
    assert problems(organising.import_people, session, other, file) == [(2, "unit", "unknown-unit")]


def test_columns_that_nobody_needs_are_left_alone(session, anytown):
    file = b"grade,email,unit\n7,ada@anytown.example,anytown\n"
    assert organising.import_people(session, anytown, file) == ImportResult(1, 0, 0)


def test_a_column_with_nearly_the_right_name_is_understood(session, anytown):
    file = b"E-Mail Adress,Start,Department\nada@a.example,2020-01-01,anytown\n"
    assert organising.import_people(session, anytown, file).added == 1


def test_every_problem_has_a_sentence_that_mends_it(session, anytown):
    with pytest.raises(InvalidRows) as refused:
        organising.import_people(session, anytown, b"email,unit\nada,nowhere\n")
    first = refused.value.problems[0]
    assert str(first) == (
        "2:email: bad-email “ada” is not an e-mail address. "
        "(mend: Write it like name@council.example.)"
    )


def test_many_problems_are_listed_up_to_a_thousand(session, anytown):
    rows = "\n".join(f"bad{i},anytown" for i in range(1500))
    found = problems(organising.import_people, session, anytown, f"email,unit\n{rows}\n".encode())
    assert len(found) == 1001
    assert found[-1][2] == "more-problems"


def test_a_file_that_is_too_large_is_refused_unread(session, anytown):
    file = b"x" * (LARGEST + 1)
    assert problems(organising.import_people, session, anytown, file) == [(0, "", "too-large")]


def test_more_rows_than_any_council_has_are_refused(session, anytown):
    file = b"email,unit\n" + b"a@b.example,anytown\n" * (MOST_ROWS + 1)
    assert problems(organising.import_people, session, anytown, file) == [(0, "", "too-large")]


def staff_list(people, last=""):
    rows = "\n".join(f"person{i}@anytown.example,anytown" for i in range(people))
    return f"email,unit\n{rows}\n{last}".encode()


def test_one_bad_row_in_a_hundred_thousand_stops_all(session, anytown):
    file = staff_list(100_000, last="person1@anytown.example,anytown\n")
    assert problems(organising.import_people, session, anytown, file) == [
        (100_002, "email", "repeated-email")
    ]
    assert organising.number_of_people(session, anytown.id) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    file=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
)
def test_no_bytes_make_it_fail_otherwise(session, anytown, file):
    for action in (organising.import_units, organising.import_people):
        with suppress(InvalidRows):  # a header alone changes nothing
            action(session, anytown, file)
