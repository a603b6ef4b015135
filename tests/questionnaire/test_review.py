"""What an author is told of the text in their editor: marks, mends, an outline, what to offer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.editing import edited
from survey.questionnaire.offers import offers
from survey.questionnaire.review import review, review_part
from tests import make

CAPABILITIES = (make.capability(), make.capability("data/sharing"))
LIBRARY = make.library(*CAPABILITIES)


def text_of(*entries, **changes):
    return json.dumps(make.document(*entries, **changes), indent=2, ensure_ascii=False)


def seen(*entries, **changes):
    return review(text_of(*entries, **changes), LIBRARY)


CHOICE = {
    "id": "which",
    "kind": "choice",
    "text": "Which?",
    "options": [{"id": "a", "text": "First"}, {"id": "b", "text": "Second"}],
}


def test_each_problem_is_marked_where_it_stands_and_mended_by_one_press():
    text = text_of({"capability": "digital/user-reserch"})
    found = review(text, LIBRARY)
    (problem,) = found.problems
    assert text[problem.start : problem.end] == '"digital/user-reserch"'
    assert found.questionnaire is None
    assert review(edited(text, problem.mend.edits), LIBRARY).problems == ()
    assert found.found(problem.name) is problem
    assert found.found("nothing@0") is None


def test_advice_is_marked_at_the_text_that_it_is_about():
    text = text_of({"id": "two", "kind": "agreement", "text": "We never ask and never listen."})
    found = review(text, LIBRARY)
    assert found.advice
    for remark in found.advice:
        assert text[remark.start : remark.end]
    negative = next(one for one in found.advice if one.advice.code == "negative")
    assert text[negative.start : negative.end] == '"We never ask and never listen."'


def test_characters_beyond_the_first_65536_count_as_one():
    text = text_of({"id": "a", "kind": "text", "text": "😀😀"}, {"capability": "digital/nothing"})
    (problem,) = review(text, LIBRARY).problems
    assert text[problem.start : problem.end] == '"digital/nothing"'


@given(st.text(max_size=200))
def test_any_text_is_reviewed(text):
    found = review(text, LIBRARY)
    assert found.problems or found.questionnaire
    for one in found.problems:
        assert 0 <= one.start <= one.end <= len(found.source.text)


def test_the_outline_names_sections_and_questions_with_minutes():
    outline = seen({"capability": "digital/user-research", "depth": "practices"}, CHOICE).outline
    (section,) = outline.sections
    assert [(one.name, one.kind, len(one.questions)) for one in section.entries] == [
        ("User research", "capability", 3),
        ("Which?", "choice", 1),
    ]
    assert section.minutes > 0.5
    assert outline.questions == section.questions == 4
    assert [(one.name, one.rated, one.others) for one in outline.coverage] == [
        ("User research", 3, 0)
    ]


def test_a_map_that_is_a_section_is_outlined_by_its_groups():
    outline = review(
        json.dumps(make.document(sections=[{"framework": "map", "depth": "step"}])), LIBRARY
    ).outline
    (section,) = outline.sections
    assert [(one.name, one.kind, len(one.questions)) for one in section.entries] == [
        ("Digital", "group", 1),
        ("Data", "group", 1),
    ]


def test_the_outline_of_a_faulty_file_shows_what_there_is():
    text = text_of({"capability": "digital/nothing"}, CHOICE, about_you=[CHOICE | {"id": "grade"}])
    about_you, section = review(text, LIBRARY).outline.sections
    assert about_you.title == "About you"
    assert [one.name for one in section.entries] == ["digital/nothing", "Which?"]
    assert section.minutes is None


def test_questions_answers_and_texts_of_the_file_are_offered():
    found = seen(
        {"capability": "digital/user-research", "depth": "practices"},
        CHOICE | {"options": "pick", "not_applicable": True},
        {"id": "why", "kind": "text", "text": "Why?"},
        answer_sets={"pick": CHOICE["options"]},
    )
    offered = offers(found.source, LIBRARY, found.questionnaire)
    assert offered.questions["which"] == "Which?"
    assert offered.questions["digital/user-research"] == "User research"
    assert offered.questions["digital/user-research:observe"] == "User research: observe"
    assert offered.answers["which"] == {
        "a": "First",
        "b": "Second",
        "dont-know": "I don’t know",
        "not-applicable": "Doesn’t apply here",
    }
    assert list(offered.answers["digital/user-research"]) == [*"12345", "dont-know"]
    assert offered.answers["why"] == {}
    assert offered.answer_sets == ("pick",)
    assert offered.texts["which.a"] == "First"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"sections": 7}', '{"answer_sets": []}'])
def test_of_what_is_no_questionnaire_nothing_is_offered(text):
    found = review(text, LIBRARY)
    offered = offers(found.source, LIBRARY, None)
    assert (dict(offered.questions), offered.answer_sets) == ({}, ())


def test_a_capability_is_checked_and_advised_on():
    one = {
        "id": "own/roads",
        "name": "Roads",
        "summary": "Repairing them.",
        "steps": [
            "Damage waits.",
            "Some is seen.",
            "All roads are inspected on a plan.",
            "What is found changes the plan.",
            "We always do everything completely, never less, for all and with all.",
        ],
        "practices": [{"id": "look", "text": "We do not look and never ask."}],
    }
    path = "capabilities/own/roads.json"
    text = json.dumps(one, indent=2)
    found = review_part(path, text, LIBRARY)
    assert found.problems == ()
    assert found.outline is None
    assert {remark.pointer for remark in found.advice} >= {"/practices/0/text"}
    faulty = review_part(path, text.replace('"Damage waits.",', ""), LIBRARY)
    assert [one.problem.code for one in faulty.problems] == ["not-five-steps"]
    elsewhere = review_part("capabilities/own/other.json", text, LIBRARY)
    assert [one.problem.code for one in elsewhere.problems] == ["id-not-file-name"]
