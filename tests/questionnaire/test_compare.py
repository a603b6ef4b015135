"""What changed between two versions, and which results stay comparable."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.compare import compare
from tests import make
from tests.questionnaire.strategies import questionnaires

STEP = make.question("step")
CHOICE = make.question("choice", "choice")
ROLE = make.question("role", "choice", options=make.options(None))


def kinds(old, new):
    return {change.question: change.kind for change in compare(old, new)}


def only_change(old, new):
    (change,) = compare(make.questionnaire(old), make.questionnaire(new))
    return change


@given(questionnaires())
def test_a_version_is_the_same_as_itself(questionnaire):
    changes = compare(questionnaire, questionnaire)
    assert [change.question for change in changes] == [q.id for q in questionnaire.questions]
    assert all(change.kind == "same" and change.comparable for change in changes)


def test_questions_are_added_and_removed():
    old, new = make.questionnaire(STEP, ROLE), make.questionnaire(STEP, CHOICE)
    assert [(c.question, c.kind, c.comparable) for c in compare(old, new)] == [
        ("step", "same", True),
        ("choice", "added", False),
        ("role", "removed", False),
    ]


@pytest.mark.parametrize(
    ("old", "changes"),
    [
        (STEP, {"text": "What about it now?"}),
        (STEP, {"hint": "Think of last year."}),
        (STEP, {"steps": (*make.DESCRIPTORS[:4], "Another fifth step.")}),
        (STEP, {"not_applicable": True}),
        (STEP, {"condition": {"question": "role", "is": "manager"}}),
        (CHOICE, {"options": (replace(CHOICE.options[0], text="Never"), *CHOICE.options[1:])}),
        (CHOICE, {"options": CHOICE.options[::-1]}),
        (ROLE, {"options": (*ROLE.options, make.Option("other", "Other"))}),
        (make.question("n", "number"), {"maximum": 10}),
    ],
)
def test_other_words_are_comparable_only_where_the_author_says_so(old, changes):
    change = only_change(old, replace(old, **changes))
    assert (change.kind, change.comparable) == ("reworded", False)
    assert change.details
    prefix = digest(canonical(make.questionnaire(old)))[:12]
    vouched = only_change(old, replace(old, comparable_with=("0123abcd", prefix), **changes))
    assert (vouched.kind, vouched.comparable) == ("reworded", True)


@pytest.mark.parametrize(
    ("old", "changes", "detail"),
    [
        (STEP, {"weight": 3}, "Its weight was 1 and is now 3."),
        (STEP, {"capability": "data/x"}, "Its capability was none and is now data/x."),
        (STEP, {"kind": "agreement", "steps": ()}, "Its kind was maturity and is now agreement."),
        (
            make.question("a", "agreement"),
            {"reverse": True},
            "Its direction was straight and is now turned round.",
        ),
        (
            make.question("n", "number"),
            {"cut_points": (1, 2.5, 6, 9)},
            "Its list of cut points was 1, 3, 6, 9 and is now 1, 2.5, 6, 9.",
        ),
        (
            CHOICE,
            {"options": (replace(CHOICE.options[0], step=2), *CHOICE.options[1:])},
            "The step of “one” was 1 and is now 2.",
        ),
        (CHOICE, {"options": CHOICE.options[:2]}, "The option “five” is gone."),
        (CHOICE, {"options": (*CHOICE.options, *make.options(4))}, "The option “four” is new."),
    ],
)
def test_another_rating_rule_is_never_comparable(old, changes, detail):
    prefix = digest(canonical(make.questionnaire(old)))
    new = replace(old, text="Other words too.", comparable_with=(prefix,), **changes)
    change = only_change(old, new)
    assert (change.kind, change.comparable) == ("rescored", False)
    assert detail in change.details


def test_an_empty_prefix_vouches_for_nothing():
    assert not only_change(STEP, replace(STEP, text="New.", comparable_with=("",))).comparable


def test_a_question_in_another_section_moved_and_stays_comparable():
    one, other = make.section(STEP, id="one"), make.section(ROLE, id="two", title="Another")
    old = make.questionnaire(make.section(CHOICE, STEP, id="one"), other)
    new = make.questionnaire(make.section(CHOICE, id="one"), replace(one, id="two", title="More"))
    change = next(c for c in compare(old, new) if c.question == "step")
    assert (change.kind, change.comparable) == ("moved", True)
    assert change.details == ("It moved from “A section” to “More”.",)


def test_a_section_with_another_title_moves_nothing():
    old = make.questionnaire(make.section(STEP))
    new = make.questionnaire(make.section(STEP, title="Another title"))
    assert kinds(old, new) == {"step": "same"}


def test_as_few_questions_as_can_be_are_said_to_have_moved():
    old = make.questionnaire(*map(make.question, "abcdef"))
    new = make.questionnaire(*map(make.question, "bcdeaf"))
    assert [c.question for c in compare(old, new) if c.kind == "moved"] == ["a"]


@given(st.permutations("abcdefg"))
def test_questions_that_did_not_move_stand_in_their_old_order(order):
    old = make.questionnaire(*map(make.question, "abcdefg"))
    new = make.questionnaire(*map(make.question, order))
    stayed = [change.question for change in compare(old, new) if change.kind == "same"]
    assert stayed
    assert stayed == sorted(stayed)


def test_removing_a_question_moves_no_other():
    old = make.questionnaire(*map(make.question, "abc"))
    new = make.questionnaire(*map(make.question, "bc"))
    assert kinds(old, new) == {"a": "removed", "b": "same", "c": "same"}


def test_other_names_for_the_steps_reword_what_shows_them():
    old = make.questionnaire(STEP, CHOICE)
    new = replace(old, scale=("Start", "Try", "Do", "Lead", "Teach"))
    assert kinds(old, new) == {"step": "reworded", "choice": "same"}


def test_a_mended_translation_rewords_and_a_new_one_does_not():
    old = make.questionnaire(STEP, CHOICE, translations={"cy": {"step.text": "Beth?"}})
    mended = replace(old, translations={"cy": {"step.text": "Pa un?", "choice.text": "Beth?"}})
    assert kinds(old, mended) == {"step": "reworded", "choice": "same"}
