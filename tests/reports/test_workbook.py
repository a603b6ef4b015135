"""The workbook: exact numbers in cells, a sheet for each question, nothing withheld."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.findings import words
from survey.maturity.profile import Shown
from survey.reports import workbook
from survey.reports.contents import Brand
from survey.reports.office_text import as_shown
from survey.reports.workbook_look import sheet_name
from tests.reports import make_contents as make
from tests.reports.office_files import logo, made, texts

LONG = "How we find out what people need before anything is built " * 3


def opened(told, **how):
    return openpyxl.load_workbook(io.BytesIO(made(workbook, told, **how)))


def table_of(sheet, head):
    """Rows below a head as {column: value}."""
    heads = [cell.value for cell in sheet[head]]
    rows = sheet.iter_rows(min_row=head + 1, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def told():
    return make.contents()


@pytest.fixture(scope="module")
def book(told):
    return opened(told, brand=Brand("Anytown", logo(), "image/png"))


def test_there_is_a_sheet_for_each_question_between_the_others(told, book):
    names = book.sheetnames
    assert names[:3] == ["Summary", "Capabilities", "1 User research"]
    assert names[-6:] == ["Units", "Heat map", "Changes", "Priorities", "Plan", "Method"]
    assert len(names) == 8 + len(told.profile.questions)


def test_capabilities_have_their_exact_figures(told, book):
    rows = {row["Capability"]: row for row in table_of(book["Capabilities"], 3)}
    for one in told.profile.capabilities:
        row, shown = rows[one.name], one.measure
        assert row["Mean"] == pytest.approx(shown.mean, abs=2e-9)
        assert (row["Very likely from"], row["to"]) == pytest.approx(shown.interval, abs=2e-9)
        assert row["People"] == shown.n
        assert [row[words.step_name(n, make.SCALE)] for n in range(1, 6)] == list(shown.counts)
        assert row["Step"] == words.step_name(shown.step, make.SCALE)
        assert row["Gap"] == (pytest.approx(one.gap, abs=2e-9) if one.gap is not None else None)


def test_a_question_has_its_wording_counts_shares_and_a_chart(told, book):
    sheet, question = book["1 User research"], told.profile.questions[0]
    assert sheet["A1"].value == question.text
    for step, row in enumerate(table_of(sheet, 4)[:5], start=1):
        assert row["Answer"] == words.step_name(step, make.SCALE)
        assert row["Wording"] == f"User research is done in manner {step}."
        assert row["People"] == question.measure.counts[step - 1]
        share = question.measure.counts[step - 1] / question.measure.n
        assert row["Share"] == pytest.approx(share, abs=2e-9)
    assert len(sheet._charts) == 1
    figures = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=11)}
    assert figures["Don’t know"] == question.measure.dont_know
    assert figures["Mean"] == pytest.approx(question.measure.mean, abs=2e-9)
    assert figures["Agreement, from −1 to 1"] == pytest.approx(question.measure.agreement)


def test_units_without_a_response_that_may_be_said_say_so():
    book = opened(make.contents(units=("Adults", "Places", "Parks")))
    rows = {row["Unit"]: row for row in table_of(book["Units"], 3)}
    assert rows["Adults"]["Answered"] == 11
    assert (rows["Parks"]["Answered"], rows["Parks"]["Share"]) == ("withheld", None)


def test_units_and_capabilities_meet_in_the_heat_map(told, book):
    rows = {row["Capability"]: row for row in table_of(book["Heat map"], 3)}
    for row in told.heat.rows:
        for unit, cell in zip(told.heat.units, row.cells, strict=True):
            expected = pytest.approx(cell.mean, abs=2e-9) if isinstance(cell, Shown) else "Withheld"
            assert rows[row.name][unit.name] == expected


def test_changes_priorities_and_plan_have_their_rows(told, book):
    changes = {row["Capability"]: row for row in table_of(book["Changes"], 3)}
    assert changes["User research"]["Mean now"] == pytest.approx(
        told.profile.capabilities[0].measure.mean, abs=2e-9
    )
    order = [row["Capability"] for row in table_of(book["Priorities"], 3)]
    assert order == [one.figure.name for one in told.priorities.work]
    assert table_of(book["Plan"], 3)[0]["Who"] == "Head of design"
    assert table_of(book["Method"], 3)[0]["About"] == "Step"


def test_heads_stay_and_are_printed_on_each_page(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages as it needs, one wide


def test_a_text_is_never_a_formula():
    told = make.contents(("=1+1", "@SUM(A1)", "+44", "https://example.org"))
    told = make.replace(told, plan=make.plan(told.profile, title="=HYPERLINK(1)", owner="-2"))
    file = made(workbook, told)
    assert "<f>" not in "".join(
        said for name, said in texts(file).items() if name.startswith("xl/worksheets/")
    )
    book = openpyxl.load_workbook(io.BytesIO(file))
    assert book["Plan"]["A4"].value == "=HYPERLINK(1)"
    assert book["Plan"]["A4"].data_type == "s"


def test_a_withheld_question_has_its_reason_but_no_number_and_no_chart():
    book = opened(make.contents(withheld=(0,)))
    sheet = book["1 User research"]
    assert not sheet._charts
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Withheld: too few people answered." in values
    assert not any(isinstance(value, int | float) for value in values)


def test_names_of_sheets_are_legal_and_apart():
    names = (LONG + "a", LONG + "b", "a/b\\c?*[x]:'y'", "🧭" * 60, "History")
    book = opened(make.contents(names))
    assert len({one.casefold() for one in book.sheetnames}) == len(book.sheetnames)


@given(st.text(max_size=60))
def test_a_sheet_name_is_short_enough_whatever_it_is_made_of(name):
    made_ = sheet_name(f"1 {name}")
    assert len(made_.encode("utf-16-le")) <= 62
    assert not set(made_) & set("[]:*?/\\'")


@given(st.floats(-5, 5), st.sampled_from((0, 2)))
def test_a_spreadsheet_shows_a_number_as_the_pages_do(number, places):
    said = f"{as_shown(number, places):.{places}f}"
    expected = words.fixed(number, places).replace(words.MINUS, "-")
    assert float(said) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize(
    ("number", "expected"), [(2.125, "2.12"), (2.135, "2.13"), (-0.125, "-0.12")]
)
def test_what_lies_midway_is_shown_rounded_down(number, expected):
    assert f"{as_shown(number):.2f}" == expected
    assert as_shown(number) == pytest.approx(number, abs=2e-9)


def test_in_welsh_the_sheets_are_welsh(told):
    names = opened(told, language="cy").sheetnames
    assert "Galluoedd" in names
    assert "Capabilities" not in names


def test_the_workbook_says_whose_it_is(told, book):
    assert book.properties.creator == "Anytown"
    assert book.properties.title == "Autumn 2026"
