"""Files as they come out of other systems: other names of columns, workbooks, names of units."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from survey.operations import organising
from survey.operations.csv_rows import InvalidRows
from survey.operations.sheets import guess_columns, read_sheet
from survey.operations.unit_names import slug_from
from survey.storage.organisations import Person, Unit

UNITS = b"slug,name,parent\nplaces,Places,\nparks,Parks and culture,places\nadults,Adults,\n"


@pytest.fixture
def anytown(session):
    made = organising.create_organisation(session, "anytown", "Anytown Council")
    organising.import_units(session, made, UNITS)
    return made


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet(xml, *more):
    """A workbook whose sheet says this, with more empty files."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook(("email",)))) as usual, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in usual.namelist():
            is_sheet = name.startswith("xl/worksheets/")
            made.writestr(name, xml if is_sheet else usual.read(name))
        for name in more:
            made.writestr(name, "")
    return out.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
START, END = f"{SHEET}<sheetData>", "</sheetData></worksheet>"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>email</t></is></c></row>'
LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)
)


def said_by(entities, name):
    """A sheet with a cell that is this entity."""
    return f"<!DOCTYPE worksheet [{entities}]>{START}{HEADER.replace('email', f'&{name};')}{END}"


BOMBS = {
    "more rows than there may be": SHEET
    + f'<dimension ref="A1:XFD1048576"/><sheetData>{HEADER}{END}',
    "rows as wide as they get": START
    + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 300))
    + END,
    "an entity of entities": said_by(LAUGHS, "l9"),
    "a file of this machine": said_by('<!ENTITY l SYSTEM "file:///etc/hostname">', "l"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_workbook_cannot_fill_the_memory_nor_read_other_files(bomb):
    tracemalloc.start()
    with pytest.raises(InvalidRows) as refused:
        read_sheet(with_sheet(BOMBS[bomb]))
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 5_000_000
    assert refused.value.problems[0].code in ("bad-workbook", "too-large", "empty-file")


def test_a_workbook_has_no_more_parts_than_any_needs():
    with pytest.raises(InvalidRows) as refused:
        read_sheet(with_sheet(START + HEADER + END, *(f"x{number}" for number in range(1_000))))
    assert refused.value.problems[0].code == "too-large"


def staff(session):
    rows = session.execute(
        select(Person.email, Unit.slug).join(Unit, Unit.id == Person.unit_id).where(Person.active)
    )
    return {row.email: row.slug for row in rows}


def tree(session, organisation):
    units = organising.units(session, organisation.id)
    names = {str(unit.id): unit.name for unit in units}
    return [" / ".join(names[id_] for id_ in unit.path.strip("/").split("/")) for unit in units]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("email,unit", {"email": "email", "unit": "unit"}),
        ("Work Email;Department;Grade", {"email": "Work Email", "unit": "Department"}),
        ("Post,E_MAIL,TEAM", {"email": "E_MAIL", "unit": "TEAM"}),
        ("Kontakt,Bereich", {"email": "Kontakt"}),
        ("Name,Unit", {"unit": "Unit"}),
    ],
)
def test_columns_are_guessed_by_their_names_and_by_what_is_in_them(header, found):
    separator = ";" if ";" in header else ","
    width = header.count(separator)
    row = ["ada@a.example"] if header.startswith("Kontakt") else ["x"]
    cells = separator.join(row + ["Parks"] * width)
    sheet = read_sheet(f"{header}\n{cells}\n".encode())
    assert guess_columns(sheet, ("email", "unit")) == found


def test_no_column_is_taken_for_two_things():
    sheet = read_sheet(b"name,code\nParks,p1\n")
    assert guess_columns(sheet, ("name", "slug", "parent")) == {"name": "name", "slug": "code"}


def test_a_workbook_is_read_as_a_csv_file_is(session, anytown):
    rows = [
        ("E-mail", "Unit", None),
        ("ada@a.example", "Parks and culture", None),
        (None, None, None),
    ]
    assert organising.import_people(session, anytown, workbook(*rows)).added == 1
    assert staff(session) == {"ada@a.example": "parks"}


def test_what_is_wrong_in_a_workbook_is_said_by_row(session, anytown):
    file = workbook(("email", "unit"), ("ada@a.example", "parks"), (42, "parks"), ("=1+1", "x"))
    with pytest.raises(InvalidRows) as refused:
        organising.import_people(session, anytown, file)
    assert [(one.row, one.column) for one in refused.value.problems][:1] == [(3, "email")]


def test_units_are_found_by_short_name_name_and_the_way_to_them(session, anytown):
    rows = (
        "a@a.example,parks\nb@a.example,parks and Culture\nc@a.example,Places / Parks and culture\n"
    )
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    assert set(staff(session).values()) == {"parks"}


def test_a_name_that_several_units_have_needs_the_way_to_it(session, anytown):
    organising.import_units(session, anytown, b"slug,name,parent\np2,Parks and culture,adults\n")
    with pytest.raises(InvalidRows) as refused:
        organising.import_people(session, anytown, b"email,unit\na@a.example,Parks and culture\n")
    assert "Several units" in refused.value.problems[0].message
    file = b"email,unit\na@a.example,Adults > Parks and culture\n"
    organising.import_people(session, anytown, file)
    assert staff(session) == {"a@a.example": "p2"}


def test_whoever_is_not_in_the_file_has_left_if_it_is_said_so(session, anytown):
    both = b"email,unit\na@a.example,parks\nb@a.example,parks\n"
    organising.import_people(session, anytown, both)
    one = b"email,unit\na@a.example,adults\n"
    assert organising.import_people(session, anytown, one).left == 0
    result = organising.import_people(session, anytown, one, others_left=True)
    assert (result.left, result.unchanged) == (1, 1)
    assert staff(session) == {"a@a.example": "adults"}
    back = organising.import_people(session, anytown, both, others_left=True)
    assert (back.added, back.changed, back.moved, back.left) == (0, 2, 1, 0)


def test_units_need_no_short_names(session):
    elsewhere = organising.create_organisation(session, "elsewhere", "Elsewhere")
    rows = ("Unit name,Part of", "Adult Social Care,", "Home care,Adult social care")
    file = "\n".join((*rows, "Café & Bar,Home care\n")).encode()
    assert organising.import_units(session, elsewhere, file).added == 3
    assert tree(session, elsewhere) == [
        "Elsewhere",
        "Elsewhere / Adult Social Care",
        "Elsewhere / Adult Social Care / Home care",
        "Elsewhere / Adult Social Care / Home care / Café & Bar",
    ]
    assert organising.import_units(session, elsewhere, file).unchanged == 3
    assert organising.unit(session, elsewhere.id, "cafe-bar").name == "Café & Bar"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Café & Bar", "cafe-bar"), ("公园", "unit"), ("Parks", "parks-2"), ("x" * 300, "x" * 75)],
)
def test_a_short_name_is_made_of_a_name(name, slug):
    assert slug_from(name, {"parks"}) == slug
