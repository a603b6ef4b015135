"""The plan as a document: what to do, with room to fill in, for everybody to read."""

import io
import itertools
from dataclasses import replace

import docx
import pytest

from survey.findings import sentences, words
from survey.reports import plan_document
from survey.reports.contents import Brand
from tests.reports import make_contents as make
from tests.reports.office_files import logo, made, texts


def opened(told, **how):
    return docx.Document(io.BytesIO(made(plan_document, told, **how)))


def said_in(document):
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def headings(document):
    return [
        (int(one.style.name[-1]), one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]


@pytest.fixture(scope="module")
def told():
    return make.contents()


@pytest.fixture(scope="module")
def document(told):
    return opened(told, brand=Brand("Anytown", logo(), "image/png"))


def test_each_priority_says_where_we_are_and_what_the_next_step_is(told, document):
    said = said_in(document)
    for work in told.priorities.work:
        assert (2, work.figure.name) in headings(document)
        assert f"mean {words.fixed(work.shown.mean)}" in said
        assert f"the mean is {words.fixed(work.priority.gap)} below it" in said
        following = min(work.shown.step + 1, work.target)
        assert work.capability.steps[following - 1] in said
    assert sentences.headline(told.profile) in said
    assert sentences.priorities(told.priorities) in said


def test_headings_follow_one_another_without_a_gap(document):
    levels = [level for level, _ in headings(document)]
    assert levels[0] == 1
    pairs = itertools.pairwise(levels)
    assert all(following - level <= 1 for level, following in pairs)


def test_actions_stand_in_a_table_with_rows_to_fill_in(told, document):
    tables = [one for one in document.tables if one.cell(0, 0).text == "Action"]
    assert len(tables) == len(told.priorities.work)
    planned = next(one for one in tables if len(one.rows) == 3)
    assert [cell.text for cell in planned.rows[1].cells] == [
        *("Ask five residents", "Head of design", "24 December 2026", "Planned", "Fewer calls")
    ]
    assert {cell.text for cell in planned.rows[2].cells} == {""}
    without = next(one for one in tables if one is not planned)
    assert [cell.text for row in without.rows[1:] for cell in row.cells] == [""] * 15


def test_tables_have_a_head_that_repeats_and_are_described(document):
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")[0]


def test_roles_are_named_and_for_what_they_are_needed(told, document):
    said = said_in(document)
    assert "User researcher" in said
    assert "Data steward" in said
    assert words.fixed(told.priorities.needs[0].value) in said


def test_what_is_done_and_what_has_no_priority_is_in_it_too(told):
    profile = told.profile
    plan = replace(
        told.plan,
        to_do=(make.planned(profile, 1, title="A register"),),
        done=(make.planned(profile, 0, title="Tests with residents", state="done"),),
    )
    document = opened(replace(told, plan=plan))
    assert (1, "Other actions") in headings(document)
    assert (1, "Done") in headings(document)
    assert "A register" in said_in(document)
    assert "Tests with residents" in said_in(document)


def test_with_everything_withheld_it_says_so():
    document = opened(make.contents(withheld=range(4)))
    assert "Too few people answered to say what to do first" in said_in(document)
    assert not [one for one in document.tables if one.cell(0, 0).text == "Action"]


def test_the_document_has_a_language_numbered_pages_and_an_owner(told):
    for language, locale in (("en", "en-GB"), ("cy", "cy-GB")):
        file = made(plan_document, told, language=language)
        parts = texts(file)
        assert f'w:val="{locale}"' in parts["word/styles.xml"]
        assert 'w:instr="NUMPAGES"' in "".join(
            said for name, said in parts.items() if "footer" in name
        )
        known = docx.Document(io.BytesIO(file)).core_properties
        assert (known.author, known.language) == ("Anytown", locale)
        assert "python-docx" not in "".join(parts.values())


def test_in_welsh_it_is_welsh(told):
    said = said_in(opened(told, language="cy"))
    assert "What to do first" not in said
    assert "24 Rhagfyr 2026" in said


def test_the_logo_says_whose_it_is(document):
    picture = document.inline_shapes[0]
    assert picture._inline.docPr.get("descr") == "Logo of Anytown"


def test_names_of_any_length_and_script_are_whole():
    long = "Finding out what people need before anything is built " * 4
    names = (long, "Service design", "ניהול נתונים", "Data ethics")
    document = opened(make.contents(names))
    assert (2, " ".join(long.split())) in headings(document)
    right_to_left = [one for one in document.paragraphs if "ניהול" in one.text]
    assert any(one._p.xpath("./w:pPr/w:bidi") for one in right_to_left)
