"""XLSForms that others wrote, made questionnaires of ours."""

import pytest

from survey.exchange.xlsform_in import from_xlsform
from tests.exchange.importing import entries, expanded, options, told
from tests.exchange.xlsforms import LIKERT, form, listed, simple

EN, CY = "label::English (en)", "label::Cymraeg (cy)"
RICH = {
    "survey": [
        {"type": "start", "name": "start"},
        {"type": "note", "name": "hello", EN: "Welcome to **our** survey.", CY: "Croeso."},
        {"type": "begin_group", "name": "Team_1", EN: "Your team", CY: "Eich tîm"},
        {"type": "note", "name": "n1", EN: "<p>Think of <b>last year</b>.</p>"},
        {"type": "select_one role", "name": "role", EN: "Your role?", CY: "Eich rôl?",
         "hint::English (en)": "The one that fits best.", "required": "yes"},
        {"type": "select_one likert", "name": "we_test", EN: "We test with users."},
        {"type": "select_multiple tools", "name": "tools", EN: "Which do you use?"},
        {"type": "integer", "name": "size", EN: "How many are you?",
         "constraint": ". > 0 and . <= 500"},
        {"type": "end_group", "name": "Team_1"},
        {"type": "begin_group", "name": "why", EN: "Why", "relevant": "${role} = 'mgr'"},
        {"type": "text", "name": "why", EN: "Why is that?",
         "relevant": "selected(${tools}, 'chat') and ${size} >= 10"},
        {"type": "date", "name": "since", EN: "Since when?"},
        {"type": "geopoint", "name": "place", EN: "Where are you?"},
        {"type": "calculate", "name": "double", "calculation": "${size} * 2"},
        {"type": "end_group"},
    ],
    "choices": [
        *({"list_name": "role", "name": name, EN: text, CY: welsh} for name, text, welsh in (
            ("staff", "Front line", "Rheng flaen"), ("mgr", "Manager", "Rheolwr"),
            ("na", "Not applicable", "Ddim yn berthnasol"), ("dk", "Don’t know", "Ddim yn gwybod"),
        )),
        *({"list_name": "likert", "name": f"a{5 - n}", EN: text} for n, text in enumerate(LIKERT)),
        *({"list_name": "tools", "name": name, EN: text} for name, text in (
            ("mail", "E-mail"), ("chat", "Chat"), ("none", "None of these"),
        )),
    ],
    "settings": {"form_title": "Our team", "form_id": "Our_Team", "default_language": "English"},
}  # fmt: skip


def test_a_rich_form_becomes_a_valid_questionnaire():
    made = from_xlsform(form(**RICH))
    questionnaire = expanded(made)
    assert [(one.id, one.title) for one in questionnaire.sections] == [
        ("team-1", "Your team"),
        ("why", "Why"),
    ]
    assert questionnaire.introduction == "Welcome to **our** survey."
    assert questionnaire.sections[0].introduction == "Think of last year."
    assert [(one.id, one.kind) for one in questionnaire.questions] == [
        ("role", "choice"),
        ("we-test", "agreement"),
        ("tools-mail", "choice"),
        ("tools-chat", "choice"),
        ("size", "number"),
        ("why", "text"),
        ("since", "text"),
    ]
    assert made.document["id"] == "our-team"
    assert made.document["x-original"] == "Our_Team"
    assert entries(made)["we-test"]["x-original"] == "we_test"


def test_its_languages_become_translations():
    document = from_xlsform(form(**RICH)).document
    assert document["language"] == "en"
    assert document["translations"]["cy"] == {
        "introduction": "Croeso.",
        "role.text": "Eich rôl?",
        "role.staff": "Rheng flaen",
        "role.mgr": "Rheolwr",
        "team-1.title": "Eich tîm",
        "yes-no.yes": "Ie",
        "yes-no.no": "Na",
    }


def test_ways_not_to_answer_are_left_to_the_survey():
    made = from_xlsform(form(**RICH))
    assert options(made, "role") == ["staff", "mgr"]
    assert entries(made)["role"]["not_applicable"] is True
    assert {"the option “Don’t know”", "the option “Not applicable”"} <= told(made).keys()


def test_conditions_of_groups_and_questions_follow_to_new_ids():
    asked = entries(from_xlsform(form(**RICH)))
    manager = {"question": "role", "is": "mgr"}
    assert asked["since"]["show_if"] == manager
    assert asked["why"]["show_if"] == {
        "all": [
            manager,
            {"question": "tools-chat", "is": "yes"},
            {"question": "size", "at_least": 10},
        ]
    }


def test_what_has_no_place_is_told_with_what_became_of_it():
    made = from_xlsform(form(**RICH))
    assert told(made) == {
        "a record of when and where": "It is left out: nothing but answers is recorded here.",
        "an answer that is required": "Every question can be passed over here.",
        "a date": "It is asked for in people’s own words.",
        "a place on a map": "It is left out: people choose, write, or enter a number here.",
        "a calculated or hidden value": "It is left out: nothing is calculated here.",
        "the option “Not applicable”": told(made)["the option “Don’t know”"],
        "the option “Don’t know”": told(made)["the option “Don’t know”"],
        "five answers from disagree to agree": "It is a question of agreement here: the survey has "
        "its own words for the five.",
        "the option that none is true": "It is left out: people leave the others unticked, or "
        "answer each with no.",
        "several options to tick": told(made)["several options to tick"],
    }
    assert "survey, row 6: role" in [one.where for one in made.left_out]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"type": "integer", "constraint": ". > 0 and . < 10"}, {"minimum": 1, "maximum": 9}),
        ({"type": "decimal", "constraint": "0 <= ."}, {"minimum": 0}),
        ({"type": "range", "parameters": "start=1 end=7 step=1"}, {"minimum": 1, "maximum": 7}),
        ({"type": "integer", "constraint": "regex(., '^1')"}, {}),
        ({"type": "integer", "constraint": ". >= 5 and . <= 5"}, {}),
    ],
)
def test_bounds_of_a_number_are_kept_where_they_are_plain(row, expected):
    made = entries(simple({"name": "n", "label": "How many?"} | row))["n"]
    assert made == {"id": "n", "kind": "number", "text": "How many?"} | expected


def test_a_constraint_that_is_more_than_bounds_is_quoted():
    made = simple({"type": "integer", "name": "n", "label": "N", "constraint": ". != 13"})
    assert "the constraint . != 13" in told(made)


def test_a_condition_that_cannot_be_said_is_quoted_and_asks_everybody():
    made = simple(
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "text", "name": "t", "label": "T", "relevant": "${n} * 2 > 4"},
    )
    assert "show_if" not in entries(made)["t"]
    line = next(one for one in made.left_out if one.what == "asked only where ${n} * 2 > 4")
    assert line.where == "survey, row 3: t"
    assert "because “* 2 > 4” was not understood" in line.became


def test_a_question_that_is_never_asked_is_left_out():
    made = simple(
        {"type": "text", "name": "a", "label": "A"},
        {"type": "text", "name": "b", "label": "B", "relevant": "false()"},
    )
    assert list(entries(made)) == ["a"]
    assert "a question whose condition never holds" in told(made)


def test_lists_that_are_shared_become_answer_sets():
    made = simple(
        {"type": "select_one how_often", "name": "a", "label": "A"},
        {"type": "select_one how_often", "name": "b", "label": "B"},
        choices=listed("never", "always", list_name="how_often"),
    )
    assert entries(made)["b"]["options"] == "how-often"
    assert options(made, "b") == ["never", "always"]


def test_other_is_asked_for_in_words():
    made = simple(
        {"type": "select_one l or_other", "name": "q", "label": "Which?"},
        {"type": "text", "name": "t", "label": "T", "relevant": "${q_other} != ''"},
        choices=listed("a", "b"),
    )
    asked = entries(made)
    assert options(made, "q") == ["a", "b", "other"]
    assert asked["q-other"]["show_if"] == {"question": "q", "is": "other"}
    assert asked["t"]["show_if"] == {"question": "q-other", "answered": True}


def test_choices_that_are_not_there_are_asked_for_in_words():
    made = simple(
        {"type": "select_one nowhere", "name": "a", "label": "A"},
        {"type": "select_one_from_file towns.csv", "name": "b", "label": "B"},
    )
    assert {one["kind"] for one in entries(made).values()} == {"text"}
    assert "the choices “nowhere”, which are not there" in told(made)
    assert "a choice from a list in another file" in told(made)


def test_options_that_read_alike_are_told_apart():
    made = simple(
        {"type": "select_one l", "name": "q", "label": "Q"},
        choices=[{"list_name": "l", "name": n, "label": "Same"} for n in ("a", "b", "a")],
    )
    assert [one["text"] for one in entries(made)["q"]["options"]] == [
        "Same",
        "Same (2)",
        "Same (3)",
    ]
    assert options(made, "q") == ["a", "b", "a-2"]


def test_questions_in_groups_within_groups_stay_in_order():
    made = simple(
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin group", "name": "g", "label": "Outer"},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "begin repeat", "name": "r", "label": "Inner"},
        {"type": "text", "name": "c", "label": "C"},
        {"type": "end repeat"},
        {"type": "begin group", "name": "plain"},
        {"type": "text", "name": "d", "label": "D"},
        {"type": "end group"},
        {"type": "end group"},
    )
    assert [(s.title, [q.id for q in s.questions]) for s in expanded(made).sections] == [
        ("Part 1", ["a"]),
        ("Outer", ["b"]),
        ("Inner", ["c"]),
        ("Outer", ["d"]),
    ]
    assert "questions that are repeated" in told(made)


def test_a_note_between_questions_moves_to_the_introduction():
    made = simple(
        {"type": "begin_group", "name": "g", "label": "G"},
        {"type": "text", "name": "a", "label": "A"},
        {"type": "note", "name": "n", "label": "Now the future."},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "end_group"},
    )
    assert expanded(made).sections[0].introduction == "Now the future."
    assert "a note between questions" in told(made)


def test_markup_and_scripts_arrive_as_plain_text():
    made = simple(
        {"type": "text", "name": "a", "label": "<b>Is 1 &lt; 2?</b><script>alert(1)</script>",
         "hint": 'See <a href="javascript:alert(1)" onclick="x()">this</a>&nbsp;first'},
        {"type": "text", "name": "b", "label": "Fewer than <5 people & more"},
        form_title="<img src=x onerror=alert(1)>Ours",
    )  # fmt: skip
    asked = entries(made)
    assert asked["a"]["text"] == "Is 1 < 2?"
    assert asked["a"]["hint"] == "See this first"
    assert asked["b"]["text"] == "Fewer than <5 people & more"
    assert made.document["title"] == "Ours"


def test_an_answer_put_into_a_text_is_told():
    made = simple(
        {"type": "text", "name": "who", "label": "Who?"},
        {"type": "text", "name": "why", "label": "Why ${who}?"},
    )
    assert "an earlier answer put into a text" in told(made)
