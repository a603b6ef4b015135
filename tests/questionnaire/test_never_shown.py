"""A question that no answers bring up is found; one that some bring up is not accused."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.questionnaire.check import check
from survey.questionnaire.conditions import holds

STATEMENT = {"id": "s", "kind": "agreement", "text": "We ask."}
CHOICE = {
    "id": "c",
    "kind": "choice",
    "text": "Which?",
    "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
}
CHECKLIST = {
    "id": "k",
    "kind": "checklist",
    "text": "Which?",
    "not_applicable": True,
    "options": [{"id": "a", "text": "A", "step": 2}, {"id": "b", "text": "B", "step": 3}],
}
NUMBER = {"id": "n", "kind": "number", "text": "How many?", "minimum": 0, "maximum": 10}
EARLIER = [STATEMENT, CHOICE, CHECKLIST, NUMBER]


def question(condition, id_="q"):
    return {"id": id_, "kind": "text", "text": "Why?", "show_if": condition}


def codes(library, *sections, **changes):
    sections = [{"title": "One"} | one for one in sections]
    file = {"format": 1, "id": "example", "title": "Example", "sections": sections} | changes
    return [one.code for one in check(json.dumps(file), library).problems]


def codes_with(library, *conditions):
    questions = [question(one, f"q{place}") for place, one in enumerate(conditions)]
    return codes(library, {"id": "one", "questions": [*EARLIER, *questions]})


def test(name, **operator):
    return {"question": name} | operator


test.__test__ = False  # it makes a test of a condition

IMPOSSIBLE = [
    {"all": [test("s", is_=1), test("s", is_=2)]},
    {"all": [test("s", at_least=3), test("s", at_most=2)]},
    {"all": [test("s", answered=False), test("s", at_least=1)]},
    {"not": {"any": [test("s", answered=True), test("s", answered=False)]}},
    {"all": [test("s", is_="dont-know"), test("s", at_least=1)]},
    {"all": [test("c", is_="a"), {"not": test("c", in_=["a", "b"])}]},
    {"all": [test("k", includes="a"), test("k", is_="not-applicable")]},
    {"all": [test("n", at_least=9), {"not": test("n", at_least=8.5)}]},
]
POSSIBLE = [
    {"all": [test("s", at_least=2), test("s", at_most=2)]},
    {"not": test("s", answered=True)},
    {"all": [{"not": test("c", is_="a")}, {"not": test("c", is_="b")}]},
    {"all": [test("k", includes="a"), test("k", includes="b")]},
    {"all": [test("k", answered=True), {"not": test("k", includes="a")}]},
    {"all": [{"not": test("n", at_most=2)}, {"not": test("n", at_least=2.1)}]},
    {"all": [test("n", answered=True), {"not": test("n", at_least=0)}]},
    {"any": [{"all": [test("s", is_=1), test("s", is_=2)]}, test("c", is_="a")]},
]


def plain(condition):
    """With `is` and `in` for the `is_` and `in_` that Python needs."""
    return json.loads(json.dumps(condition).replace('_":', '":'))


@pytest.mark.parametrize("condition", IMPOSSIBLE, ids=json.dumps)
def test_a_condition_that_contradicts_itself_is_found(condition, small_library):
    assert codes_with(small_library, plain(condition)) == ["never-shown"]


@pytest.mark.parametrize("condition", POSSIBLE, ids=json.dumps)
def test_a_condition_that_can_be_met_is_not_accused(condition, small_library):
    assert codes_with(small_library, plain(condition)) == []


def test_a_condition_that_contradicts_an_earlier_one_is_found(small_library):
    first = {"question": "s", "at_most": 2}
    then = {"all": [{"question": "q0", "answered": True}, {"question": "s", "at_least": 4}]}
    assert codes_with(small_library, first, then) == ["never-shown"]


def test_a_question_that_asks_about_one_never_shown_is_never_shown_either(small_library):
    never = {"all": [{"question": "s", "is": 1}, {"question": "s", "is": 2}]}
    then = {"question": "q0", "answered": True}
    assert codes_with(small_library, never, then) == ["never-shown", "never-shown"]


def test_an_answer_from_another_module_is_not_there_where_each_person_gets_one(small_library):
    asking = {"id": "one", "module": True, "questions": [STATEMENT]}
    then = {"id": "two", "module": True, "questions": [question({"question": "s", "is": 1})]}
    assert codes(small_library, asking, then, modules={"per_person": 1}) == ["never-shown"]
    assert codes(small_library, asking, then, modules={"per_person": 2}) == []
    last = {"id": "two", "questions": [question({"question": "s", "is": 1})]}
    assert codes(small_library, asking, last, modules={"per_person": 1}) == []


def test_a_condition_with_another_fault_is_not_called_impossible(small_library):
    fault = {"all": [{"question": "s", "is": 1}, {"question": "s", "is": 7}]}
    assert codes_with(small_library, fault) == ["impossible-value"]


def test_conditions_of_the_longest_kind_are_checked_in_time(small_library):
    statements = [STATEMENT | {"id": f"s{n}"} for n in range(25)]
    never = [
        part
        for n in range(25)
        for part in ({"question": f"s{n}", "is": 1}, {"question": f"s{n}", "is": 2})
    ]
    questions = [question({"all": never}, f"q{n}") for n in range(200)]
    assert codes(small_library, {"id": "one", "questions": [*statements, *questions]}) == []


TESTS = st.one_of(
    st.builds(
        lambda o, v: {"question": "s", o: v}, st.sampled_from(["is", "at_least"]), st.integers(1, 5)
    ),
    st.builds(lambda v: {"question": "s", "at_most": v}, st.integers(1, 5)),
    st.builds(lambda v: {"question": "c", "is": v}, st.sampled_from(["a", "b", "dont-know"])),
    st.builds(lambda n, v: {"question": n, "answered": v}, st.sampled_from("sc"), st.booleans()),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONDITIONS)
def test_it_agrees_with_trying_every_answer(small_library, condition):
    every = [
        {name: value for name, value in (("s", s), ("c", c)) if value is not None}
        for s in (None, 1, 2, 3, 4, 5, "dont-know")
        for c in (None, "a", "b", "dont-know")
    ]
    can_be_shown = any(holds(condition, answers) for answers in every)
    assert codes_with(small_library, condition) == ([] if can_be_shown else ["never-shown"])
