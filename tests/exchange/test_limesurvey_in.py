"""LimeSurvey’s surveys, in tab-separated form, made questionnaires of ours."""

import csv
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.exchange.imported import NotImportable
from survey.exchange.limesurvey_in import from_limesurvey
from tests.exchange.importing import entries, expanded, options, problems, told

HEADER = ("class", "type/scale", "name", "relevance", "text", "help", "language", "id")


def table(*rows):
    """A file of rows: the cells of the columns above, then others by name."""
    others = list(
        dict.fromkeys(name for *_, last in rows if isinstance(last, dict) for name in last)
    )
    file = StringIO()
    writer = csv.writer(file, delimiter="\t")
    writer.writerow([*HEADER, *others])
    for row in rows:
        more = row[-1] if isinstance(row[-1], dict) else {}
        cells = [cell for cell in row if not isinstance(cell, dict)]
        cells += [""] * (len(HEADER) - len(cells))
        writer.writerow([*cells, *(more.get(name, "") for name in others)])
    return file.getvalue()


def q(kind, name, text="", relevance="1", help="", **more):
    return ("Q", kind, name, relevance, text or f"{name}?", help, "en", more)


def sq(name, text="", relevance="1"):
    return ("SQ", "0", name, relevance, text or name, "", "en")


def a(name, text="", **more):
    return ("A", "0", name, "", text or name, "", "en", more)


def group(name, relevance="1", text=""):
    return ("G", "", name, relevance, text, "", "en")


def survey(*rows):
    return from_limesurvey(table(group("G"), *rows).encode())


RICH = table(
    ("S", "", "language", "", "en"),
    ("S", "", "sid", "", "4711"),
    ("SL", "", "surveyls_title", "", "Our work", "", "en"),
    ("SL", "", "surveyls_title", "", "Ein gwaith", "", "cy"),
    ("SL", "", "surveyls_welcometext", "", "<p>Welcome!</p><script>x()</script>", "", "en"),
    ("SL", "", "surveyls_endtext", "", "Thanks", "", "en"),
    ("QTA", "", "men", "", "50"),
    ("G", "", "You", "1", "<p>First you.</p>", "", "en", "7"),
    ("Q", "L", "Role", "1", "Your <b>role</b>?", "Choose one.", "en", "8",
     {"mandatory": "Y", "other": "Y"}),
    a("A1", "Front line"),
    a("A2", "Manager"),
    a("A3", "Don’t know"),
    q("Y", "leads", "Do you lead a team?"),
    q("N", "size", "How many?", 'leads.NAOK == "Y"', min_num_value_n="1", max_num_value_n="99"),
    ("G", "", "Work", '4711X7X8.NAOK != "A1"', "", "", "en", "9"),
    q("M", "tools", "Which do you use?"),
    sq("mail", "E-mail"),
    sq("chat", "Chat"),
    q("F", "habits", "How often do you"),
    sq("SQ1", "talk to users?"),
    sq("SQ2", "test?"),
    a("n", "Never"),
    a("o", "Often"),
    q("A", "views", "How far?"),
    sq("V1", "We share."),
    q("T", "why", "Why?", 'tools_chat.NAOK == "Y" and !is_empty(habits_SQ1.NAOK)'),
    q("X", "note", "<em>Nearly done.</em>"),
    q("D", "since", "Since when?", "0"),
    q("|", "cv"),
    ("G", "", "Chi", "1", "Chi’n gyntaf.", "", "cy", "7"),
    ("Q", "L", "Role", "1", "Eich rôl?", "", "cy", "8"),
    ("A", "0", "A1", "", "Rheng flaen", "", "cy"),
    ("Q", "M", "tools", "1", "Pa rai?", "", "cy"),
    ("SQ", "0", "mail", "", "E-bost", "", "cy"),
)  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_rich_survey_becomes_a_valid_questionnaire(encoding):
    made = from_limesurvey(RICH.encode(encoding))
    questionnaire = expanded(made)
    assert (questionnaire.id, questionnaire.title) == ("our-work", "Our work")
    assert questionnaire.introduction == "Welcome!"
    assert [(s.title, s.introduction) for s in questionnaire.sections] == [
        ("You", "First you."),
        ("Work", "Nearly done."),
    ]
    assert [(one.id, one.kind) for one in questionnaire.questions] == [
        *(("role", "choice"), ("role-other", "text"), ("leads", "choice"), ("size", "number")),
        *(("tools-mail", "choice"), ("tools-chat", "choice")),
        *(("habits-sq1", "choice"), ("habits-sq2", "choice"), ("views-v1", "choice")),
        ("why", "text"),
    ]


def test_conditions_name_questions_by_code_or_number():
    asked = entries(from_limesurvey(RICH.encode()))
    not_front_line = {"not": {"question": "role", "is": "a1"}}
    assert asked["size"]["show_if"] == {"question": "leads", "is": "y"}
    assert asked["tools-mail"]["show_if"] == not_front_line
    assert asked["why"]["show_if"] == {
        "all": [
            not_front_line,
            {"question": "tools-chat", "is": "yes"},
            {"question": "habits-sq1", "answered": True},
        ]
    }


def test_its_languages_become_translations():
    made = from_limesurvey(RICH.encode())
    cy = made.document["translations"]["cy"]
    assert cy["title"] == "Ein gwaith"
    assert cy["you.title"] == "Chi"
    assert cy["you.introduction"] == "Chi’n gyntaf."
    assert cy["role.text"] == "Eich rôl?"
    assert cy["role.a1"] == "Rheng flaen"
    assert cy["tools-mail.text"] == "Pa rai? E-bost"


def test_hints_bounds_and_rows_are_kept():
    asked = entries(from_limesurvey(RICH.encode()))
    assert asked["role"]["text"] == "Your role?"
    assert asked["role"]["hint"] == "Choose one."
    assert (asked["size"]["minimum"], asked["size"]["maximum"]) == (1, 99)
    assert asked["habits-sq1"]["text"] == "How often do you: talk to users?"
    assert asked["habits-sq1"]["options"] == asked["habits-sq2"]["options"] == "habits"
    assert asked["habits-sq1"]["x-original"] == "habits_SQ1"


def test_what_has_no_place_is_told():
    assert told(from_limesurvey(RICH.encode())).keys() == {
        *("quotas", "what is said at the end", "an answer that is required", "a file"),
        *("several options to tick", "a note between questions", "the option “Don’t know”"),
        *("a question whose condition never holds", "a date"),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([q("5", "x")], {"x": "choice"}),
        ([q("G", "x")], {"x": "choice"}),
        ([q("!", "x"), a("a"), a("b")], {"x": "choice"}),
        ([q("O", "x"), a("a"), a("b")], {"x": "choice", "x-comment": "text"}),
        ([q("P", "x"), sq("a"), sq("b")], {"x-a": "choice", "x-b": "choice"}),
        ([q("K", "x"), sq("a"), sq("b")], {"x-a": "number", "x-b": "number"}),
        ([q("Q", "x"), sq("a")], {"x-a": "text"}),
        ([q("S", "x")], {"x": "text"}),
        ([q("U", "x")], {"x": "text"}),
        ([q("D", "x")], {"x": "text"}),
        ([q("B", "x"), sq("a")], {"x-a": "choice"}),
        ([q("C", "x"), sq("a")], {"x-a": "choice"}),
        ([q("E", "x"), sq("a")], {"x-a": "choice"}),
        ([q("H", "x"), sq("a"), a("n"), a("o")], {"x-a": "choice"}),
        ([q("L", "x")], {"x": "text"}),
        ([q("Z", "x")], {"x": "text"}),
        *(([q(kind, "x"), q("S", "y")], {"y": "text"}) for kind in ("R", "|", "*", "I", "1", ":")),
    ],
)
def test_types_become_the_nearest_kind(rows, expected):
    made = survey(*rows)
    assert {id: entry["kind"] for id, entry in entries(made).items()} == expected


def test_uncertain_is_left_to_the_survey():
    made = survey(q("C", "x"), sq("a"), q("S", "y", relevance='x_a == "U"'))
    assert options(made, "x-a") == ["y", "n"]
    assert entries(made)["y"]["show_if"] == {"question": "x-a", "is": "dont-know"}


def test_a_table_of_agreement_becomes_questions_of_agreement():
    steps = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
    made = survey(
        q("F", "x", "How far do you agree?"),
        sq("a", "We share."),
        *(a(f"A{n}", text) for n, text in enumerate(steps, start=1)),
        q("S", "y", relevance='x_a.NAOK == "A5"'),
    )
    assert entries(made)["x-a"]["kind"] == "agreement"
    assert entries(made)["y"]["show_if"] == {"question": "x-a", "is": 5}


def test_other_that_is_ticked_is_asked_for_in_words():
    made = survey(
        q("M", "x", "Which?", other="Y", other_replace_text="Else"),
        sq("a"),
        q("S", "y", relevance='x_other.NAOK != ""'),
    )
    asked = entries(made)
    assert asked["x-other"]["text"] == "Which? Else"
    assert asked["x-other-text"]["show_if"] == {"question": "x-other", "is": "yes"}
    assert asked["y"]["show_if"] == {"question": "x-other-text", "answered": True}


def test_old_conditions_hidden_questions_and_scores_are_told():
    made = survey(
        q("L", "x"),
        a("a", assessment_value="3"),
        a("b"),
        q("S", "y"),
        ("C", "0", "4711X1X2", "==", "A1"),
        q("S", "z", hidden="1"),
        q("S", "w", random_group="r", em_validation_q="strlen(w) > 3"),
        ("AS", "", "good", "", "10"),
    )
    assert list(entries(made)) == ["x", "y", "w"]
    assert {
        *("conditions of the old kind", "scores of answers", "rules of assessment"),
        *("choices or questions in random order", "a check of what is answered"),
    } <= told(made).keys()


def test_sliders_rows_and_groups_keep_what_can_be_said():
    made = from_limesurvey(
        table(
            ("G", "", "G", "sum(a) > 1", "", "", "en", {"random_group": "r"}),
            q("K", "x", slider_layout="1", slider_min="1", slider_max="9"),
            sq("a", relevance="rand() > 1"),
            q("M", "m"),
            sq("a", relevance='x_a > "3"'),
            q("X", "n", relevance="x_a > 3"),
        ).encode()
    )
    assert (entries(made)["x-a"]["minimum"], entries(made)["x-a"]["maximum"]) == (1, 9)
    assert told(made).keys() == {
        *("asked only where sum(a) > 1", "asked only where rand() > 1", "groups in random order"),
        *("choices that depend on another answer", "several options to tick"),
        *("a note that only some people see", "a note between questions"),
    }


def test_a_cell_masked_from_spreadsheets_reads_as_it_was_written():
    made = survey(q("S", "x", "'=5 or more?"), q("S", "y", "’tis said?"))
    assert [one["text"] for one in entries(made).values()] == ["=5 or more?", "’tis said?"]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "empty"),
        (b"name\ttext\n", "no column “class”"),
        ("\t".join(HEADER).encode(), "no row below its header"),
        (table(group("G"), q("X", "n")).encode(), "no question in it"),
        (table(("S", "", "language", "", "en")).encode(), "no question in it"),
        (b"\xff\x00\xff", "not a text in UTF-8"),
        (table(group("G")).encode() + b'"' + b"x" * 200_000, "tab-separated values"),
        (b"class\ttype/scale\tname\ttext\n" + b"Q\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_what_is_no_survey_is_refused(file, message):
    with pytest.raises(NotImportable, match=message) as refused:
        from_limesurvey(file)
    assert refused.value.mend


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)), st.booleans())
def test_no_bytes_bring_it_down(some, after_a_header):
    start = "\t".join(HEADER).encode() + b"\n" if after_a_header else b""
    with suppress(NotImportable):
        assert problems(from_limesurvey(start + some)) == []


WORDS = st.one_of(
    st.sampled_from(["", "a", "x", "q", "N/A", "Agree", "scale", "<b>", "{x}"]), st.text(max_size=5)
)
ROWS = st.tuples(
    st.sampled_from(["S", "SL", "G", "Q", "Q", "SQ", "SQ", "A", "A", "C", "QTA", ""]),
    st.sampled_from([*"L!O5YGMPNKSTUQXFHABCED1:R", ""]),
    WORDS,
    st.sampled_from(["", "1", "0", 'x == "a"', "is_empty(q)", "x_a > 2", "(("]),
    WORDS,
    WORDS,
    st.sampled_from(["", "en", "cy", "xx"]),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(ROWS, max_size=12))
def test_whatever_is_in_a_survey_what_comes_of_it_is_valid(rows):
    scaled = [(one[0], "0", *one[2:]) if one[0] in ("SQ", "A") else one for one in rows]
    made = from_limesurvey(table(group("G"), q("S", "first"), *scaled).encode("utf-8", "ignore"))
    assert set(problems(made)) <= {"never-shown"}
