"""XLSForms with languages, with columns of ours, at the limits and beyond."""

import re
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from survey.exchange import xlsform_sheets
from survey.exchange.imported import NotImportable
from survey.exchange.xlsform_in import from_xlsform
from tests.exchange.importing import entries, expanded, problems, told
from tests.exchange.xlsforms import GROUP, LIKERT, TEXT, form, listed, saved, simple
from tests.make import library


@pytest.mark.parametrize(
    ("columns", "settings", "languages"),
    [
        (["label"], {}, ["en"]),
        (["label"], {"default_language": "cy"}, ["cy"]),
        (["label::Français"], {}, ["fr"]),
        (["label::Polish (pl)", "label::en"], {"default_language": "en"}, ["en", "pl"]),
        (["label::Klingon"], {}, ["en"]),
        (["label", "label::Klingon"], {}, ["en"]),
        (["label:Welsh"], {}, ["cy"]),
    ],
)
def test_languages_are_known_by_name_or_code(columns, settings, languages):
    row = {"type": "text", "name": "a"} | {column: f"A {column}" for column in columns}
    document = simple(row, **settings).document
    assert [document["language"], *document.get("translations", {})] == languages
    assert document["sections"][0]["questions"][0]["text"].startswith("A label")


def test_columns_of_our_exports_are_read_back():
    steps = [
        {"list_name": "e", "name": n, "label": n, "maturity::step": s}
        for n, s in zip("abc", (2, 3, 3), strict=True)
    ]
    made = simple(
        {"type": "select_multiple e", "name": "e", "label": "Which?", "maturity::kind": "checklist",
         "maturity::capability": "digital/user-research", "maturity::weight": "3"},
        {"type": "decimal", "name": "n", "label": "How many?", "maturity::kind": "number",
         "maturity::cut_points": "9, 6, 3, 1", "maturity::not_applicable": "yes"},
        {"type": "select_one five", "name": "f", "label": "Agreed?", "maturity::kind": "agreement",
         "maturity::reverse": "true"},
        {"type": "note", "name": "d", "maturity::capability": "digital/user-research",
         "maturity::depth": "full"},
        choices=[*steps, *listed(*"12345", list_name="five")],
    )  # fmt: skip
    questionnaire = expanded(made, library())
    checklist, number, agreement, *derived = questionnaire.questions
    assert [one.step for one in checklist.options] == [2, 3, 3]
    assert (checklist.capability, checklist.weight) == ("digital/user-research", 3)
    assert (number.cut_points, number.not_applicable) == ((9, 6, 3, 1), True)
    assert agreement.reverse
    assert [one.id.partition(":")[2] for one in derived] == [
        *("", "observe", "include", "importance", "comment")
    ]
    assert made.left_out == ()


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("kind", "checklist"),
        ("kind", "guess"),
        ("capability", "User research"),
        ("weight", "101"),
        ("cut_points", "1, 3, 2, 4"),
    ],
)
def test_columns_of_ours_that_cannot_be_used_are_told(column, cell):
    made = simple({"type": "decimal", "name": "n", "label": "N", f"maturity::{column}": cell})
    assert problems(made) == []
    assert any(cell in what for what in told(made))


def test_what_xlsform_can_do_beside_is_told():
    row = {
        "type": "select_one l",
        "name": "q",
        "label": "Q",
        "default": "a",
        "choice_filter": "x=1",
    }
    row |= {
        "parameters": "randomize = true",
        "media::image": "q.png",
        "guidance_hint": "Ask twice.",
    }
    choices = [one | {"maturity_step": "6"} for one in listed("a", "b")]
    made = simple(row, {"name": "untyped", "label": "U"}, choices=choices)
    assert entries(made)["q"]["hint"] == "Ask twice."
    assert {
        *("an answer filled in beforehand", "choices that depend on another answer"),
        *("choices in random order", "a picture or recording", "the step “6”"),
        "a row without a type",
    } == told(made).keys()


def test_an_option_that_stands_alone_is_no_choice():
    made = simple(
        TEXT,
        {"type": "select_one l", "name": "q", "label": "Agreed?"},
        choices=listed("yes"),
    )
    assert list(entries(made)) == ["t"]
    assert "a question with one option" in told(made)


def test_a_capability_is_derived_once():
    row = {"type": "note", "name": "d", "label": "And research?", "maturity::depth": "step"}
    row |= {"maturity::capability": "digital/user-research", "maturity::weight": "2"}
    made = simple(row, row | {"label": "Again?"})
    assert made.document["sections"][0]["questions"] == [
        {
            "capability": "digital/user-research",
            "depth": "step",
            "text": "And research?",
            "weight": 2,
        }
    ]
    assert "the capability “digital/user-research”" in told(made)


def test_cut_points_outside_the_bounds_are_left_out():
    row = {"type": "integer", "name": "n", "label": "N", "constraint": ". <= 5"}
    made = simple(row | {"maturity::kind": "number", "maturity::cut_points": "1, 2, 3, 9"})
    assert "cut_points" not in entries(made)["n"]
    assert "cut points" in told(made)


def test_conditions_that_are_too_long_together_ask_everybody():
    many = " or ".join(["${t} != ''"] * 30)
    made = simple(
        TEXT,
        GROUP | {"relevant": many},
        {"type": "text", "name": "u", "label": "U", "relevant": many},
        {"type": "end_group"},
    )
    assert "show_if" not in entries(made)["u"]
    assert any("asks more than 50 things" in one for one in told(made).values())


def test_no_more_languages_than_ours_are_taken():
    first, second = "aa ab af ak am an ar as av ay az ba", "be bg bi bm bn bo br bs ca ce"
    codes = re.findall(r"\w+", f"{first} {second}")
    row = TEXT | {f"label::{code}": f"T {code}" for code in codes}
    made = simple(row)
    assert len(made.document["translations"]) == 20
    assert {"the language “ca”", "the language “ce”"} == told(made).keys()


def test_translations_of_ids_that_are_too_long_are_told():
    text = {"label::English (en)": "Q", "label::Welsh (cy)": "C"}
    row = {"type": "text", "name": "q", "maturity::id": "x" * 98} | text
    made = simple(row)
    assert problems(made) == []
    assert "translations" in told(made)


def test_a_form_has_at_most_as_many_questions_as_ours():
    made = simple(*({"type": "text", "name": f"q{n}", "label": "Q"} for n in range(510)))
    assert len(entries(made)) == 500
    assert "questions beyond the limit" in told(made)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([TEXT, GROUP, TEXT], "the group that begins in row 3 has no end"),
        ([TEXT, {"type": "end_group"}], "row 3 ends a group that never began"),
        ([{"type": "text", "label": "T"}], "has no column “name”"),
        ([{"name": "a", "label": "T"}], "has no column “type”"),
        ([{"type": "note", "name": "n", "label": "N"}], "no question in it that can be asked"),
    ],
)
def test_a_form_that_is_broken_says_where_and_how_to_mend_it(rows, message):
    with pytest.raises(NotImportable) as refused:
        from_xlsform(form(rows))
    assert message in refused.value.message
    assert refused.value.mend.endswith((".", "?"))


def test_a_sheet_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(xlsform_sheets, "MOST_ROWS", 3)
    assert len(entries(simple(*[TEXT] * 3))) == 3
    with pytest.raises(NotImportable, match="“survey” has more than 3 rows"):
        simple(*[TEXT] * 4)


def test_a_workbook_without_questions_is_refused():
    with pytest.raises(NotImportable, match="no sheet “survey”"):
        from_xlsform(saved(Workbook()))


def bomb():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 40_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "of an old kind"),
        (b"type,name", "not an Excel workbook"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"PK\x03\x04" + b" " * 1024**2, "larger than 1 MiB"),
        (bomb(), "too large"),
    ],
)
def test_what_is_no_workbook_is_refused(file, message):
    with pytest.raises(NotImportable, match=message):
        from_xlsform(file)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=64), st.integers(0, 5000), st.booleans())
def test_no_bytes_bring_it_down(some, place, is_start):
    whole = form([TEXT])
    place %= len(whole)
    file = b"PK\x03\x04" + some if is_start else whole[:place] + some + whole[place + len(some) :]
    with suppress(NotImportable):
        assert problems(from_xlsform(file)) == []


WORDS = st.sampled_from(
    ["", "a", "q", "Ünï", "text", "dont-know", "Don’t know", "1", "N/A", *LIKERT]
)
ROWS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            [
                *("select_one l", "select_multiple l", "select_one l or_other", "integer", "range"),
                *("text", "note", "date", "rank l", "begin_group", "end_group", "nonsense", ""),
            ]
        ),
        "name": WORDS,
        "label": WORDS,
        "label::Welsh (cy)": WORDS,
        "relevant": st.sampled_from(["", "${q} = 'a'", "selected(${q}, 'a')", "${a} >= 3", "x("]),
        "maturity::kind": st.sampled_from(["", "", "maturity", "checklist", "agreement"]),
        "maturity::id": WORDS,
    }
)
CHOICES = st.fixed_dictionaries(
    {"list_name": st.just("l"), "name": WORDS, "label": WORDS, "maturity_step": WORDS}
)


@settings(deadline=None, max_examples=20)
@given(st.lists(ROWS, max_size=8), st.lists(CHOICES, max_size=7))
def test_whatever_is_in_a_form_what_comes_of_it_is_valid(rows, choices):
    with suppress(NotImportable):
        made = from_xlsform(form([TEXT, *rows], choices or [{"list_name": "none"}]))
        assert set(problems(made)) <= {"never-shown"}
