"""What an author's few lines stand for."""

import pytest

from survey.questionnaire.canonical import canonical
from survey.questionnaire.derive import expand_document, questionnaire_file
from survey.questionnaire.model import CapabilityGroup, Option
from tests import make

RESEARCH = "digital/user-research"
GOVERNANCE = make.capability("data/data-governance", name="Data governance")
SECURITY = make.capability("data/security")
THREE = make.library(make.capability(), GOVERNANCE, SECURITY)


def ids(questionnaire):
    return [question.id for question in questionnaire.questions]


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        ({}, [RESEARCH]),
        ({"depth": "step"}, [RESEARCH]),
        ({"depth": "practices"}, [RESEARCH, f"{RESEARCH}:observe", f"{RESEARCH}:include"]),
        (
            {"depth": "full"},
            [
                RESEARCH,
                f"{RESEARCH}:observe",
                f"{RESEARCH}:include",
                f"{RESEARCH}:importance",
                f"{RESEARCH}:comment",
            ],
        ),
    ],
)
def test_a_capability_stands_for_questions_as_deep_as_is_asked(depth, expected):
    assert ids(make.expanded({"capability": RESEARCH} | depth)) == expected


def test_each_derived_question_says_what_the_capability_says():
    step, observe, _, importance, comment = make.expanded(
        {"capability": RESEARCH, "depth": "full"}
    ).questions
    assert (step.kind, step.steps, step.hint) == (
        "maturity",
        make.DESCRIPTORS,
        "Learning what people need.",
    )
    assert step.text == "User research: which of these is most like where you work?"
    assert (observe.kind, observe.text) == ("agreement", "We watch people use a service.")
    assert (importance.kind, comment.kind) == ("importance", "text")
    assert {q.capability for q in (step, observe, importance, comment)} == {RESEARCH}


@pytest.mark.parametrize(("depth", "weight"), [("step", 1), ("practices", 2), ("full", 2)])
def test_the_step_weighs_as_much_as_the_practices_asked_with_it(depth, weight):
    questions = make.expanded({"capability": RESEARCH, "depth": depth}).questions
    assert questions[0].weight == weight
    assert all(question.weight == 1 for question in questions[1:])


def test_what_is_written_out_overrides_what_is_derived():
    steps = [f"Step {number} here." for number in range(1, 6)]
    written = {"text": "Where are we?", "hint": "", "steps": steps, "weight": 7}
    step, practice, *_ = make.expanded(
        {"capability": RESEARCH, "depth": "practices"} | written
    ).questions
    assert (step.text, step.hint, step.steps, step.weight) == (
        "Where are we?",
        "",
        tuple(steps),
        7,
    )
    assert (practice.text, practice.weight) == ("We watch people use a service.", 1)


def test_what_hides_a_capability_hides_all_its_questions():
    condition = {"question": "role", "is": "manager"}
    questions = make.expanded(
        {"id": "role", "kind": "choice", "text": "Role?", "options": []},
        {"capability": RESEARCH, "depth": "full", "show_if": condition, "not_applicable": True},
    ).questions[1:]
    assert all(question.condition == condition for question in questions)
    assert [q.not_applicable for q in questions] == [True, True, True, True, False]


def test_a_map_stands_for_a_section_a_group():
    document = make.document(sections=[{"framework": "map", "depth": "practices", "module": True}])
    questionnaire = expand_document(document, THREE)
    assert [(s.id, s.title, s.module) for s in questionnaire.sections] == [
        ("digital", "Digital", True),
        ("data", "Data", True),
    ]
    assert ids(questionnaire)[3::3] == ["data/data-governance", "data/security"]
    assert questionnaire.groups == THREE.frameworks["map"].groups


def test_a_map_named_among_questions_keeps_its_groups_in_the_profile():
    questionnaire = make.expanded({"framework": "map"}, within=THREE)
    assert [section.id for section in questionnaire.sections] == ["section"]
    assert ids(questionnaire) == [RESEARCH, "data/data-governance", "data/security"]
    assert questionnaire.groups == THREE.frameworks["map"].groups


def test_without_a_map_a_profile_shows_sections_and_each_capability_once():
    importance = {"id": "first", "kind": "importance", "text": "?", "capability": "data/security"}
    again = {"id": "again", "kind": "agreement", "text": "?", "capability": RESEARCH}
    document = make.document(
        sections=[
            {"id": "one", "title": "One", "questions": [{"capability": RESEARCH}, importance]},
            {"id": "two", "title": "Two", "questions": [again, {"capability": "data/security"}]},
            {"id": "three", "title": "Three", "questions": [again | {"id": "more"}]},
        ]
    )
    questionnaire = expand_document(document, THREE)
    assert questionnaire.groups == (
        CapabilityGroup("one", "One", (RESEARCH,)),
        CapabilityGroup("two", "Two", ("data/security",)),
    )
    assert list(questionnaire.capabilities) == [RESEARCH, "data/security"]


EXTENT = [{"id": "no", "text": "No", "step": 1}, {"id": "yes", "text": "Yes", "step": 5}]


def test_an_answer_set_is_written_into_each_question_that_names_it():
    question = {"kind": "choice", "text": "How?", "options": "extent"}
    questionnaire = make.expanded(
        {"id": "a"} | question,
        {"id": "b"} | question,
        answer_sets={"extent": EXTENT},
        translations={"cy": {"extent.no": "Na", "b.no": "Dim"}},
    )
    assert all(
        question.options == (Option("no", "No", 1), Option("yes", "Yes", 5))
        for question in questionnaire.questions
    )
    assert questionnaire.translations == {"cy": {"a.no": "Na", "b.no": "Dim"}}


WELSH = {
    "cy": {"name": "Ymchwil defnyddwyr", "steps.1": "Neb.", "practices.observe": "Rydym yn gwylio."}
}


def test_a_translated_capability_translates_its_questions():
    within = make.library(make.capability(translations=WELSH))
    questionnaire = make.expanded(
        {"capability": RESEARCH, "depth": "full", "steps": list(make.DESCRIPTORS)},
        within=within,
        translations={"cy": {"title": "Arolwg"}},
    )
    texts = questionnaire.translations["cy"]
    assert texts["title"] == "Arolwg"
    assert texts[f"{RESEARCH}.text"].startswith("Ymchwil defnyddwyr: pa un")
    assert texts[f"{RESEARCH}:observe.text"] == "Rydym yn gwylio."
    assert texts[f"{RESEARCH}:comment.text"].startswith("Ymchwil defnyddwyr: ")
    assert texts[f"capability:{RESEARCH}.steps.1"] == "Neb."
    # The author wrote the steps out, so their translation is the author's too.
    assert f"{RESEARCH}.steps.1" not in texts


def test_a_questionnaire_in_welsh_is_derived_in_welsh_and_translated_into_english():
    within = make.library(make.capability(translations=WELSH))
    questionnaire = make.expanded(
        {"capability": RESEARCH, "depth": "practices"},
        within=within,
        language="cy",
        translations={"en": {}},
    )
    step, observe, include = questionnaire.questions
    assert step.text.startswith("Ymchwil defnyddwyr: pa un")
    assert step.steps == ("Neb.", *make.DESCRIPTORS[1:])
    assert observe.text == "Rydym yn gwylio."
    assert include.text == "Our research includes disabled people."  # there is no other
    assert questionnaire.capabilities[RESEARCH].name == "Ymchwil defnyddwyr"
    assert questionnaire.translations["en"][f"{RESEARCH}:observe.text"].startswith("We watch")


def test_no_language_is_offered_that_the_author_does_not_name():
    within = make.library(make.capability(translations=WELSH))
    assert make.expanded({"capability": RESEARCH}, within=within).languages == ("en",)


def test_everything_written_about_a_question_is_kept():
    written = {
        "id": "share",
        "kind": "number",
        "text": "How many?",
        "hint": "Of ten.",
        "capability": RESEARCH,
        "minimum": 0,
        "maximum": 10,
        "cut_points": [9, 6, 3, 1],
        "weight": 3,
        "not_applicable": True,
        "show_if": {"question": RESEARCH, "at_most": 2},
        "comparable_with": ["0123abcd"],
    }
    question = make.expanded({"capability": RESEARCH}, written).questions[1]
    assert question == make.question(
        "share",
        "number",
        text="How many?",
        hint="Of ten.",
        capability=RESEARCH,
        minimum=0,
        maximum=10,
        cut_points=(9, 6, 3, 1),
        weight=3,
        not_applicable=True,
        condition={"question": RESEARCH, "at_most": 2},
        comparable_with=("0123abcd",),
    )


def test_everything_written_about_the_questionnaire_is_kept():
    questionnaire = make.expanded(
        {"capability": RESEARCH},
        about_you=[{"id": "role", "kind": "choice", "text": "?", "options": EXTENT}],
        introduction="Ten minutes.",
        licence="OGL-UK-3.0",
        scale=["A", "B", "C", "D", "E"],
        modules={"per_person": 2},
        **{"x-owner": "us"},
    )
    assert questionnaire.about_you[0].id == "role"
    assert questionnaire.introduction == "Ten minutes."
    assert questionnaire.licence == "OGL-UK-3.0"
    assert questionnaire.scale == ("A", "B", "C", "D", "E")
    assert questionnaire.modules_per_person == 2
    assert questionnaire.extensions == {"x-owner": "us"}


def test_a_file_derived_from_capabilities_asks_about_them_by_domain():
    file = questionnaire_file(THREE, capabilities=["data/security", RESEARCH], depth="step")
    questionnaire = expand_document(file, THREE)
    assert [section.title for section in questionnaire.sections] == ["Data", "Digital"]
    assert ids(questionnaire) == ["data/security", RESEARCH]


def test_a_file_derived_from_a_map_is_called_after_it():
    file = questionnaire_file(THREE, framework="map", depth="full")
    questionnaire = expand_document(file, THREE)
    assert (questionnaire.id, questionnaire.title) == ("map", "A map")
    assert len(questionnaire.questions) == 15


def test_expanding_twice_gives_the_same_bytes():
    document = make.document(sections=[{"framework": "map", "depth": "full"}])
    first, second = (canonical(expand_document(document, THREE)) for _ in range(2))
    assert first == second
