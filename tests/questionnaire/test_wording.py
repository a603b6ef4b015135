"""Advice on wording: what each rule finds, and what it leaves alone."""

from dataclasses import replace

import pytest
from hypothesis import given

from survey.questionnaire.model import Option
from survey.questionnaire.wording import advise
from survey.questionnaire.wording_rules import RULES
from tests import make
from tests.questionnaire.strategies import questionnaires


def found(subject):
    return {(advice.place, advice.code) for advice in advise(subject)}


def codes(*parts, **changes):
    return {advice.code for advice in advise(make.questionnaire(*parts, **changes))}


def asked(text, kind="choice", **changes):
    options = {"options": (Option("here", "Here"), Option("there", "There"))}
    options = options if kind == "choice" else {}
    return make.question("q", kind, text=text, **options | changes)


def item(text):
    """Something to agree with, in a section that says who “we” are."""
    return make.section(asked(text, "agreement"), introduction="Think of your team.")


def ladder(first):
    return make.question(steps=(first, *make.DESCRIPTORS[1:]))


def option_list(*options):
    return asked("How much?", options=tuple(Option(t.lower(), t, s) for t, s in options))


FIVE = (("Never", 1), ("Seldom", 2), ("Half", 3), ("Mostly", 4), ("Each time", 5))


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("double-barrelled", asked("Are services fast and cheap?")),
        ("double-barrelled", asked("Are services fast/cheap?")),
        ("double-barrelled", item("We test as well as measure our services.")),
        ("double-barrelled", ladder("Some ask users and listen and change what they do.")),
        ("double-barrelled", ladder("Some ask users; few do more.")),
        ("negative", item("We do not wait.")),
        ("negative", item("We don’t wait.")),
        ("negative", item("Nothing starts without research.")),
        ("leading", asked("Surely services are tested?")),
        ("leading", item("It is obviously right to test.")),
        ("absolute", item("We test every service.")),
        ("absolute", ladder("All teams always test every service.")),
        ("vague", item("We test often.")),
        ("vague", ladder("Teams usually test once.")),
        ("jargon", asked("Do you use an API?")),
        ("long", asked("Is " + "very " * 20 + "long?")),
        ("long", ladder("Teams " + "test " * 25)),
        ("long", asked("Is it?", hint="Think " + "hard " * 26 + ".")),
        ("referent", make.section(asked("We test services here.", "agreement"))),
        ("scale", ladder("Nobody.")),
        ("scale", ladder("Some teams ask people twice.")),
        ("scale", option_list(*FIVE[:3])),
        ("scale", option_list(FIVE[0], FIVE[2], FIVE[3], FIVE[4])),
        ("scale", option_list(FIVE[1], FIVE[0], *FIVE[2:])),
        ("order", option_list(*FIVE[::-1])),
        ("opt-out", option_list(*FIVE, ("Don’t know", None))),
        ("opt-out", option_list(*FIVE, ("Not applicable", None))),
        ("opt-out", option_list(*FIVE, ("Not sure", None))),
    ],
)
def test_each_rule_finds_what_it_is_for(code, part):
    assert code in codes(part)


@pytest.mark.parametrize(
    "part",
    [
        asked("Which best describes your role?"),
        asked("How many of ten services were tested?"),
        asked("How often are services tested?"),
        asked("Who answers for health and safety?"),
        asked("Are two or more people trained?"),
        asked("Does the UK team use an application programming interface (API)?"),
        asked("Are services tested?", hint="We mean research and trials. It may be short."),
        item("We test services with the people who use them."),
        item("Our notes are written down."),
        ladder("Nobody asks people what they need and want."),
        option_list(*FIVE),
        make.question("n", "number", text="How many of ten?"),
        make.section(asked("Our team tests services.", "agreement")),
    ],
)
def test_plain_wording_is_left_alone(part):
    assert codes(part) == set()


def test_a_second_negative_is_worse():
    levels = {
        text: {advice.level for advice in advise(make.questionnaire(item(text)))}
        for text in ("We never wait.", "We never wait without reason.")
    }
    assert levels == {
        "We never wait.": {"advice"},
        "We never wait without reason.": {"strong", "advice"},
    }


def test_we_and_you_do_not_mix_in_a_section():
    we = make.question("we", "agreement", text="Our team tests services.")
    you = make.question("you", "agreement", text="You write notes.")
    assert ("section", "referent") in found(make.questionnaire(we, you))
    apart = make.questionnaire(
        make.section(we, id="one"), make.section(you, id="two", introduction="In your team:")
    )
    assert found(apart) == set()


def test_ladders_that_run_both_ways_are_a_strong_matter():
    up = make.question("up", "choice", options=option_list(*FIVE).options)
    down = replace(up, id="down", options=up.options[::-1])
    advice = next(a for a in advise(make.questionnaire(up, down)) if a.code == "order")
    assert (advice.place, advice.level) == ("down", "strong")


def test_eleven_questions_with_the_same_answers_in_a_row_are_too_many():
    alike = [make.question(f"q{n}", "agreement", text=f"Our team does {n}.") for n in range(11)]
    other = make.question("other", "number", text="How many?")
    assert found(make.questionnaire(*alike)) == {("q0", "monotony")}
    assert found(make.questionnaire(*alike[:6], other, *alike[6:])) == set()


@pytest.mark.parametrize(("words", "level"), [(2300, None), (2500, "advice"), (3800, "strong")])
def test_ten_minutes_are_enough_and_fifteen_too_many(words, level):
    long = make.questionnaire(asked("Is it?"), introduction="Short words. " * (words // 2))
    levels = [advice.level for advice in advise(long) if advice.code == "minutes"]
    assert levels == ([level] if level else [])


HARD = "Organisational capabilities necessitate multidisciplinary collaboration. "


def test_a_section_that_is_hard_to_read_is_graded_once_it_is_long_enough():
    hard = [make.question(f"q{n}", "text", text=HARD * 5) for n in range(5)]
    assert ("section", "grade") in found(make.questionnaire(*hard))
    assert ("section", "grade") not in found(make.questionnaire(*hard[:1]))


def test_one_text_used_in_many_places_is_remarked_on_once():
    options = option_list(*FIVE[:3]).options
    alike = [make.question(name, "choice", options=options) for name in "abc"]
    assert found(make.questionnaire(*alike)) == {("a", "scale")}


def test_the_name_of_a_capability_is_not_part_of_the_asking():
    within = make.library(make.capability(name="Talent and leadership"))
    survey = make.expanded({"capability": "digital/user-research"}, within=within)
    assert found(survey) == set()


def test_a_capability_is_advised_on_by_itself():
    hasty = make.capability(
        steps=(*make.DESCRIPTORS[:4], "People ask and listen and learn and decide.")
    )
    assert found(hasty) == {("digital/user-research.steps.5", "double-barrelled")}


def test_english_rules_are_for_english_only():
    welsh = make.questionnaire(asked("A oes and or never?", "agreement"), language="cy")
    assert found(welsh) == set()
    assert found(replace(welsh, language="en-GB"))


def test_each_remark_says_how_to_mend_it_and_where_the_rule_comes_from():
    (advice,) = advise(make.questionnaire(asked("Surely services are tested?")))
    assert advice.place == "q.text"
    assert "“surely”" in advice.message
    assert advice.mend == RULES["leading"].mend
    assert advice.source.startswith("Willis & Lessler")
    assert str(advice) == f"q.text: leading {advice.message} (mend: {advice.mend})"


@given(questionnaires())
def test_advice_never_fails_and_is_the_same_each_time(questionnaire):
    advice = advise(questionnaire)
    assert advice == advise(questionnaire)
    assert {one.code for one in advice} <= set(RULES)
