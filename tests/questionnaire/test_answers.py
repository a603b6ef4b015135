"""What is sent for a question becomes an answer, or a sentence that says how to mend it."""

import pytest
from hypothesis import given

from survey.questionnaire.answers import InvalidAnswer, drop_hidden, parse
from survey.questionnaire.path import visible_questions
from tests import make
from tests.questionnaire.strategies import answered

SHARE = make.question("share", "number", minimum=0, maximum=2000)


@pytest.mark.parametrize(
    ("kind", "sent", "answer"),
    [
        ("maturity", "3", 3),
        ("maturity", ["3"], 3),
        ("agreement", " 5 ", 5),
        ("importance", "1", 1),
        ("choice", "three", "three"),
        ("checklist", ["four", "two"], ["two", "four"]),
        ("checklist", ["none"], []),
        ("number", "1,000", 1000),
        ("number", "3.5", 3.5),
        ("number", "-2", -2),
        ("number", "3.0", 3),
        ("text", "  Too little time.\r\nAnd no money. ", "Too little time.\nAnd no money."),
        ("text", "dont-know", "dont-know"),
        ("text", "a\x00b\ud800c\td", "abc\td"),
    ],
)
def test_what_is_sent_is_read_as_its_kind_of_answer(kind, sent, answer):
    read = parse(make.question(kind=kind), sent)
    assert read == answer
    assert type(read) is type(answer)


@pytest.mark.parametrize("kind", ["maturity", "choice", "checklist", "number", "text"])
@pytest.mark.parametrize("sent", [None, "", "  ", [], [""], "\x00"])
def test_what_is_left_empty_is_no_answer(kind, sent):
    assert parse(make.question(kind=kind), sent) is None


@pytest.mark.parametrize(
    "kind", ["maturity", "agreement", "choice", "checklist", "number", "importance"]
)
def test_everybody_may_say_that_they_do_not_know(kind):
    assert parse(make.question(kind=kind), ["dont-know"]) == "dont-know"


def test_an_empty_box_beside_do_not_know_is_do_not_know():
    assert parse(SHARE, ["", "dont-know"]) == "dont-know"


def test_does_not_apply_is_an_answer_only_where_it_is_offered():
    assert parse(make.question(not_applicable=True), "not-applicable") == "not-applicable"
    with pytest.raises(InvalidAnswer):
        parse(make.question(), "not-applicable")


@pytest.mark.parametrize(
    ("kind", "sent", "message"),
    [
        ("maturity", "6", "Choose one"),
        ("maturity", "2.5", "Choose one"),
        ("maturity", ["1", "2"], "Choose one"),
        ("maturity", "٣", "Choose one"),
        ("choice", "two", "Choose one"),
        ("checklist", ["two", "nine"], "Choose"),
        ("checklist", ["two", "none"], "Keep one"),
        ("checklist", ["two", "dont-know"], "Keep one"),
        ("number", ["3", "dont-know"], "Keep one"),
        ("number", "about 3", "Enter a number in figures"),
        ("number", "1,00", "Enter a number in figures"),
        ("number", "1e9", "Enter a number in figures"),
        ("number", "nan", "Enter a number in figures"),
        ("number", "9" * 400, "Enter a number in figures"),
        ("text", "x" * 2001, "Shorten this to 2,000 characters"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_do(kind, sent, message):
    with pytest.raises(InvalidAnswer, match=message):
        parse(make.question(kind=kind), sent)


@pytest.mark.parametrize(("sent", "message"), [("-1", "0 or more"), ("2,001", "2,?000 or less")])
def test_a_number_out_of_range_is_told_the_range(sent, message):
    with pytest.raises(InvalidAnswer, match=message):
        parse(SHARE, sent)


@pytest.mark.parametrize("sent", ["0", "2000"])
def test_the_ends_of_the_range_are_in_it(sent):
    assert parse(SHARE, sent) == int(sent)


@given(answered())
def test_answers_are_kept_exactly_where_their_question_is_shown(case):
    questionnaire, answers, modules = case
    kept, dropped = drop_hidden(questionnaire, answers, modules)
    shown = {question.id for question in visible_questions(questionnaire, answers, modules)}
    assert kept | dropped == answers
    assert set(kept) == set(answers) & shown
    assert set(dropped) == set(answers) - shown


@given(answered())
def test_dropping_hidden_answers_hides_nothing_more(case):
    questionnaire, answers, modules = case
    kept, _ = drop_hidden(questionnaire, answers, modules)
    before = visible_questions(questionnaire, answers, modules)
    assert visible_questions(questionnaire, kept, modules) == before
