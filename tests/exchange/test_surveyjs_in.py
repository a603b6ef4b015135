"""SurveyJS surveys that others wrote, made questionnaires of ours."""

import json

import pytest

from survey.exchange.surveyjs_in import from_surveyjs
from tests.exchange.importing import entries, expanded, told
from tests.exchange.surveys import LIKERT, survey

RICH = {
    "title": {"default": "How we work", "cy": "Sut rydym yn gweithio"},
    "description": "<p>Ten minutes.</p>",
    "completedHtml": "<h3>Thank you</h3>",
    "triggers": [{"type": "complete"}],
    "pages": [
        {
            "name": "page1",
            "title": "You",
            "elements": [
                {"type": "html", "name": "hi", "html": "<b>Hello</b><script>x()</script>"},
                {
                    "type": "radiogroup",
                    "name": "Role",
                    "title": {"default": "Your role?", "cy": "Eich rôl?", "xx": "?"},
                    "description": "The main one.",
                    "isRequired": True,
                    "choices": [
                        "Front line",
                        {"value": 2, "text": {"default": "Manager", "cy": "Rheolwr"}},
                    ],
                    "showOtherItem": True,
                    "showDontKnowItem": True,
                },
                {"type": "boolean", "name": "leads", "title": "Do you lead a team?"},
                {
                    "type": "checkbox",
                    "name": "tools",
                    "title": "Which do you use?",
                    "visibleIf": "{leads} = true",
                    "choices": ["mail", "chat"],
                    "showNoneItem": True,
                },
            ],
        },
        {
            "name": "work",
            "title": "Work",
            "visibleIf": "{Role} notempty",
            "elements": [
                {
                    "type": "matrix",
                    "name": "habits",
                    "title": "How often do you",
                    "columns": [{"value": "n", "text": "Never"}, {"value": "o", "text": "Often"}],
                    "rows": [{"value": "talk", "text": "talk to users"}, "test"],
                },
                {
                    "type": "matrix",
                    "name": "views",
                    "title": "How far do you agree?",
                    "columns": LIKERT,
                    "rows": ["We share.", "We learn."],
                },
                {
                    "type": "panel",
                    "name": "numbers",
                    "title": "Numbers",
                    "description": "Roughly.",
                    "visibleIf": "{habits.talk} = 'o' and {tools} contains 'chat'",
                    "elements": [
                        {
                            "type": "text",
                            "name": "size",
                            "inputType": "number",
                            "min": 1,
                            "validators": [{"type": "numeric", "maxValue": 50}],
                            "defaultValue": 3,
                        },
                        {
                            "type": "rating",
                            "name": "mood",
                            "rateMax": 3,
                            "minRateDescription": "Bad",
                        },
                        {"type": "comment", "name": "why", "visibleIf": "{size} > 5"},
                    ],
                },
                {
                    "type": "multipletext",
                    "name": "who",
                    "title": "Who is",
                    "items": [{"name": "boss", "title": "your boss?"}, {"name": "next"}],
                },
                {"type": "file", "name": "photo"},
                {"type": "text", "name": "born", "inputType": "date", "title": "Born?"},
            ],
        },
    ],
}


def test_a_rich_survey_becomes_a_valid_questionnaire():
    made = from_surveyjs(json.dumps(RICH).encode())
    questionnaire = expanded(made)
    assert (questionnaire.id, questionnaire.title) == ("how-we-work", "How we work")
    assert questionnaire.introduction == "Ten minutes."
    sections = questionnaire.sections
    assert [(s.title, s.introduction, [q.id for q in s.questions]) for s in sections] == [
        ("You", "Hello", ["role", "role-other", "leads", "tools-mail", "tools-chat"]),
        ("Work", "", ["habits-talk", "habits-test", "views-we-share", "views-we-learn"]),
        ("Numbers", "Roughly.", ["size", "mood", "why"]),
        ("Work", "", ["who-boss", "who-next", "born"]),
    ]  # fmt: skip
    assert questionnaire.translations["cy"]["role.2"] == "Rheolwr"
    assert questionnaire.translations["cy"]["title"] == "Sut rydym yn gweithio"


def test_rows_of_a_table_share_their_answers():
    asked = entries(from_surveyjs(json.dumps(RICH).encode()))
    assert asked["habits-talk"] == {
        "id": "habits-talk",
        "kind": "choice",
        "text": "How often do you: talk to users",
        "options": "habits",
        "show_if": {"question": "role", "answered": True},
        "x-original": "habits.talk",
    }
    assert asked["views-we-share"]["kind"] == "agreement"
    assert asked["views-we-share"]["text"] == "We share."
    assert asked["views-we-share"]["hint"] == "How far do you agree?"


def test_conditions_of_pages_panels_and_questions_come_together():
    asked = entries(from_surveyjs(json.dumps(RICH).encode()))
    around = [
        {"question": "role", "answered": True},
        {"question": "habits-talk", "is": "o"},
        {"question": "tools-chat", "is": "yes"},
    ]
    assert asked["tools-mail"]["show_if"] == {"question": "leads", "is": "true"}
    assert asked["size"]["show_if"] == {"all": around}
    assert asked["why"]["show_if"]["all"] == [
        *around,
        {"question": "size", "at_least": 5},
        {"not": {"question": "size", "is": 5}},
    ]


def test_what_has_no_place_is_told():
    made = from_surveyjs(json.dumps(RICH).encode())
    assert told(made).keys() == {
        *("what is said at the end", "triggers", "the language “xx”"),
        *("an answer that is required", "an answer filled in beforehand", "a file", "a date"),
        *("the option “Don’t know”", "the option that none is true", "several options to tick"),
        "five answers from disagree to agree",
    }
    assert "page 2: size" in [one.where for one in made.left_out]


def test_numbers_and_ratings_keep_their_bounds():
    asked = entries(from_surveyjs(json.dumps(RICH).encode()))
    assert (asked["size"]["minimum"], asked["size"]["maximum"]) == (1, 50)
    assert [one["text"] for one in asked["mood"]["options"]] == ["1 – Bad", "2", "3"]


@pytest.mark.parametrize(
    ("element", "kind"),
    [
        ({"type": "rating"}, "choice"),
        ({"type": "rating", "minRateDescription": "Strongly disagree",
          "maxRateDescription": "Strongly agree"}, "agreement"),
        ({"type": "radiogroup", "choices": LIKERT}, "agreement"),
        ({"type": "dropdown", "choices": [*LIKERT[::-1], "N/A"]}, "agreement"),
        ({"type": "radiogroup", "choices": LIKERT[:4]}, "choice"),
        ({"type": "buttongroup", "choices": ["a", "b"]}, "choice"),
        ({"type": "imagepicker", "choices": ["a", "b"]}, "choice"),
        ({"type": "slider", "min": 0, "max": 10}, "number"),
        ({"type": "text", "maskType": "numeric", "maskSettings": {"min": 1}}, "number"),
        ({"type": "text", "inputType": "email"}, "text"),
        ({"type": "comment"}, "text"),
        ({"type": "dropdown", "choicesByUrl": {"url": "https://example.org"}}, "text"),
    ],
)  # fmt: skip
def test_elements_become_the_nearest_kind(element, kind):
    assert entries(survey({"name": "q", "title": "Q?"} | element))["q"]["kind"] == kind


def test_a_scale_that_runs_the_other_way_is_the_same_scale():
    made = survey(
        {"type": "radiogroup", "name": "a", "choices": LIKERT[::-1]},
        {"type": "comment", "name": "b", "visibleIf": "{a} = 'Agree'"},
    )
    assert entries(made)["a"].keys() == {"id", "kind", "text"}
    assert entries(made)["b"]["show_if"] == {"question": "a", "is": 4}


def test_a_survey_in_another_language_says_so():
    made = survey(
        {
            "type": "comment",
            "name": "q",
            "title": {"default": "Why?", "cy": "Pam?", "de": "Wieso?"},
        },
        locale="cy",
        title="Arolwg",
    )
    assert made.document["language"] == "cy"
    assert entries(made)["q"]["text"] == "Pam?"
    assert made.document["translations"] == {"de": {"q.text": "Wieso?"}}


def test_an_old_survey_without_pages_is_read():
    old = {"questions": [{"type": "text", "name": "q1", "title": "First?"}]}
    made = from_surveyjs(b"\xef\xbb\xbf" + json.dumps(old).encode())
    assert entries(made)["q1"]["text"] == "First?"
    assert made.document["title"] == "Imported questionnaire"


def test_properties_of_our_exports_are_read_back():
    made = survey(
        {
            "type": "checkbox",
            "name": "digital/user-research:seen",
            "maturityKind": "checklist",
            "maturityWeight": 4,
            "maturityNotApplicable": True,
            "choices": [
                {"value": "a", "text": "A", "maturityStep": 2},
                {"value": "b", "text": "B", "maturityStep": 3},
                {"value": "none", "text": "None of these"},
                {"value": "dont-know", "text": "?"},
            ],
        },
        {
            "type": "text",
            "name": "n",
            "visibleIf": "{digital/user-research:seen} contains 'b'",
            "inputType": "number",
            "maturityKind": "number",
            "maturityCutPoints": [1, 2, 3, 4],
        },
    )
    checklist, number = expanded(made).questions
    assert checklist.id == "digital/user-research:seen"
    assert [(one.id, one.step) for one in checklist.options] == [("a", 2), ("b", 3)]
    assert (checklist.weight, checklist.not_applicable) == (4, True)
    assert number.cut_points == (1, 2, 3, 4)
    assert number.condition == {"question": checklist.id, "includes": "b"}
    assert made.left_out == ()


def test_what_surveyjs_can_do_beside_is_told():
    made = survey(
        {
            "type": "dropdown",
            "name": "q",
            "choices": ["a", {"value": "b", "visibleIf": "{x} = 1"}],
            "choicesOrder": "random",
            "validators": [{"type": "expression"}],
            "correctAnswer": "a",
            "enableIf": "{x} = 1",
            "showCommentArea": True,
        },
        {"type": "imagepicker", "name": "p", "choices": ["a", "b"], "multiSelect": True},
        {"type": "panel", "elements": [{"type": "html", "html": "Hm", "visibleIf": "{q} = 'a'"}]},
        {"type": "sparkles", "name": "s"},
        calculatedValues=[{"name": "c"}],
        questionsOrder="random",
    )
    assert entries(made)["q-comment"]["text"] == "q: Is there anything you want to add?"
    assert told(made).keys() == {
        *("questions or choices in random order", "calculated values", "a choice between pictures"),
        *("choices that depend on another answer", "a check of what is answered"),
        *("the right answer of a quiz", "a question that is shown but locked"),
        *("several options to tick", "an element of type “sparkles”", "a note between questions"),
        "a note that only some people see",
    }


def test_elements_that_are_hidden_are_left_out():
    made = survey(
        {"type": "text", "name": "a"},
        {"type": "text", "name": "b", "visible": False},
        {"type": "panel", "name": "p", "visibleIf": "false", "elements": [
            {"type": "text", "name": "c"}]},
    )  # fmt: skip
    assert list(entries(made)) == ["a"]
