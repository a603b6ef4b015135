"""Whether a question is shown: each operator, on each kind of answer, and on none."""

import pytest

from survey.questionnaire.conditions import holds, questions_named

ANSWERS = {
    "step": 2,
    "role": "manager",
    "ticked": ["a", "c"],
    "nothing-ticked": [],
    "share": 3.5,
    "unsure": "dont-know",
    "why": "Too little time.",
}


@pytest.mark.parametrize(
    ("question", "test", "expected"),
    [
        ("step", {"is": 2}, True),
        ("step", {"is": 3}, False),
        ("role", {"is": "manager"}, True),
        ("unsure", {"is": "dont-know"}, True),
        ("step", {"is": "dont-know"}, False),
        ("step", {"in": [1, 2]}, True),
        ("role", {"in": ["front-line"]}, False),
        ("ticked", {"includes": "c"}, True),
        ("ticked", {"includes": "b"}, False),
        ("nothing-ticked", {"includes": "a"}, False),
        ("unsure", {"includes": "dont"}, False),
        ("step", {"at_least": 2}, True),
        ("step", {"at_least": 3}, False),
        ("share", {"at_most": 3.5}, True),
        ("share", {"at_most": 3}, False),
        ("unsure", {"at_least": 1}, False),
        ("unsure", {"at_most": 5}, False),
        ("unsure", {"answered": True}, True),
        ("nothing-ticked", {"answered": True}, True),
        ("why", {"answered": True}, True),
        ("why", {"answered": False}, False),
    ],
)
def test_a_test_asks_one_thing_of_an_answer(question, test, expected):
    assert holds({"question": question} | test, ANSWERS) is expected


@pytest.mark.parametrize(
    "test",
    [
        {"is": 1},
        {"in": [1]},
        {"includes": "a"},
        {"at_least": 1},
        {"at_most": 5},
        {"answered": True},
    ],
)
def test_a_test_of_a_question_nobody_answered_is_false_and_not_of_it_true(test):
    condition = {"question": "unasked"} | test
    assert not holds(condition, ANSWERS)
    assert holds({"not": condition}, ANSWERS)


def test_answered_false_is_true_of_a_question_nobody_answered():
    assert holds({"question": "unasked", "answered": False}, ANSWERS)


LOW = {"question": "step", "at_most": 2}
FRONT_LINE = {"question": "role", "is": "front-line"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ({"all": [LOW, FRONT_LINE]}, False),
        ({"any": [FRONT_LINE, LOW]}, True),
        ({"not": {"all": [LOW, FRONT_LINE]}}, True),
        ({"all": [LOW, {"not": {"any": [FRONT_LINE, {"question": "share", "is": 4}]}}]}, True),
    ],
)
def test_tests_are_joined_by_all_any_and_not(condition, expected):
    assert holds(condition, ANSWERS) is expected


def test_every_question_that_a_condition_names_is_found_once_in_its_order():
    condition = {"all": [FRONT_LINE, {"any": [LOW, {"not": FRONT_LINE}]}]}
    assert questions_named(condition) == ("role", "step")
    assert questions_named(None) == ()
