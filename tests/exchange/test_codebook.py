"""The codebook tells what stands in every column of the exported responses."""

import csv
from io import StringIO

import pytest

from survey.exchange.codebook import to_codebook
from survey.operations.response_rows import COLUMNS
from survey.questionnaire.model import Option
from tests.exchange.examples import GOOD, READY_MADE, example
from tests.make import capability, options, question, questionnaire, section


def codebook(of):
    """Its rows, by column."""
    return {row["variable"]: row for row in csv.DictReader(StringIO(to_codebook(of), newline=""))}


@pytest.mark.parametrize("name", [*GOOD, *READY_MADE])
def test_there_is_a_row_for_every_column_and_none_for_a_text(name):
    questions = [one.id for one in example(name).questions if one.kind != "text"]
    assert list(codebook(example(name))) == [*COLUMNS, *questions]


def test_a_row_says_what_was_asked_and_where():
    measured = capability("digital/user-research", name="User research")
    made = questionnaire(
        section(
            question("q", text="How so?", hint="Today.", capability=measured.id, weight=3),
            title="Users",
            module=True,
        ),
        capabilities={measured.id: measured},
    )
    row = codebook(made)["q"]
    assert (row["question"], row["hint"], row["section"]) == ("How so?", "Today.", "Users")
    assert (row["kind"], row["weight"]) == ("maturity", "3")
    assert (row["capability"], row["capability_name"]) == (measured.id, "User research")
    assert row["module"] == "asked of some people only"


def test_values_stand_one_a_line_with_what_they_mean():
    made = questionnaire(question("a", "agreement"), question("c", "choice", options=options(1, 5)))
    found = codebook(made)
    assert found["a"]["values"].splitlines()[::4] == ["1 = Strongly disagree", "5 = Strongly agree"]
    assert found["c"]["values"] == "one = One\nfive = Five"


def test_a_step_is_told_with_its_name():
    values = codebook(example("scale"))["digital/user-research"]["values"].splitlines()
    assert values[0] == "1 = 1 Start: Nobody is asked."


def test_a_checklist_holds_what_was_ticked_or_that_nothing_is_true():
    options_ = (Option("a", "A", 2), Option("b", "B", 3))
    row = codebook(questionnaire(question("q", "checklist", options=options_)))["q"]
    assert row["values"].splitlines() == [
        "Those ticked, joined by “;”:",
        "a = A",
        "b = B",
        "none = None of these",
    ]


def test_missing_codes_are_told_apart_from_silence():
    made = questionnaire(question("q", not_applicable=True), about_you=(question("w", "choice"),))
    assert codebook(made)["q"]["missing"].splitlines() == [
        "dont-know = I don’t know",
        "not-applicable = Doesn’t apply here",
        "(empty) = not asked, or not answered",
    ]
    who = codebook(made)["w"]["missing"].splitlines()
    assert who[0] == "dont-know = Prefer not to say"
    assert "too few people" in who[1]


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (question("q"), "The step is the answer."),
        (question("q", "agreement"), "The step is the answer."),
        (
            question("q", "agreement", reverse=True),
            "The step is 6 minus the answer: to agree speaks for a low step.",
        ),
        (
            question("q", "choice", options=options(1, 5, None)),
            "The step of the option: one is step 1; five is step 5; unrated: no step.",
        ),
        (
            question("q", "number", cut_points=(1, 3, 6, 9.5)),
            "Below 1 is step 1; 1 or more is step 2; 3 or more is step 3; 6 or more is step 4;"
            " 9.5 or more is step 5.",
        ),
        (
            question("q", "number", cut_points=(30, 14, 7, 1)),
            "Above 30 is step 1; 30 or less is step 2; 14 or less is step 3; 7 or less is step 4;"
            " 1 or less is step 5.",
        ),
        (question("q", "number", cut_points=()), "It gives no step."),
        (question("q", "choice", options=options(None)), "It gives no step."),
        (
            question("q", "importance"),
            "It gives no step. It is read as the step that is wanted.",
        ),
    ],
)
def test_the_rating_rule_is_said_in_words(asked, rule):
    assert codebook(questionnaire(asked))["q"]["rating"] == rule


def test_the_rating_rule_of_a_checklist_names_the_evidence():
    made = questionnaire(question("q", "checklist", options=options(2, 3, 3)))
    rule = codebook(made)["q"]["rating"]
    assert rule.endswith("Evidence: for step 2 two; for step 3 three, three.")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"question": "m", "is": 2}, "the answer to “m” is “2 Enabler”"),
        (
            {"question": "m", "in": [1, "dont-know"]},
            "the answer to “m” is “1 Explorer” or “I don’t know”",
        ),
        ({"question": "m", "at_most": 2}, "the answer to “m” is “1 Explorer” or “2 Enabler”"),
        ({"question": "a", "at_least": 5}, "the answer to “a” is “Strongly agree”"),
        ({"question": "n", "at_least": 2.5}, "the answer to “n” is 2.5 or more"),
        ({"not": {"question": "n", "at_most": 3}}, "the answer to “n” is not 3 or less"),
        ({"question": "t", "includes": "two"}, "“Two” is ticked in “t”"),
        ({"not": {"question": "t", "includes": "two"}}, "“Two” is not ticked in “t”"),
        ({"question": "t", "answered": True}, "“t” is answered"),
        ({"question": "t", "answered": False}, "“t” is not answered"),
        ({"not": {"question": "t", "answered": False}}, "“t” is answered"),
        ({"question": "who", "is": "dont-know"}, "the answer to “who” is “Prefer not to say”"),
        (
            {
                "all": [
                    {"question": "n", "is": 1},
                    {"any": [{"question": "n", "is": 2}, {"question": "n", "is": 3}]},
                ]
            },
            "the answer to “n” is 1 and (the answer to “n” is 2 or the answer to “n” is 3)",
        ),
        (
            {"not": {"all": [{"question": "n", "is": 1}, {"not": {"question": "n", "is": 2}}]}},
            "the answer to “n” is not 1 or the answer to “n” is 2",
        ),
        ({"any": [{"all": [{"question": "n", "is": 1}]}]}, "the answer to “n” is 1"),
    ],
)
def test_a_condition_is_said_in_words(condition, said):
    made = questionnaire(
        question("m"),
        question("a", "agreement"),
        question("n", "number"),
        question("t", "checklist"),
        question("q", condition=condition),
        about_you=(question("who", "choice"),),
    )
    assert codebook(made)["q"]["condition"] == f"Asked only where {said}."


def test_no_cell_is_a_formula():
    made = questionnaire(question("q", text="=cmd()", hint="@x"))
    row = codebook(made)["q"]
    assert (row["question"], row["hint"]) == ("'=cmd()", "'@x")
