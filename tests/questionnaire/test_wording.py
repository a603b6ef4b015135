"""Advice on wording: what each rule finds, and what it leaves alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from survey.questionnaire.model import Option
from survey.questionnaire.wording import advise
from survey.questionnaire.wording_rules import RULES
from tests import make
from tests.questionnaire.strategies import questionnaires


def found(subject):
    return {(advice.place, advice.code) for advice in advise(subject)}


def codes(*parts, **changes):
    return {advice.code for advice in advise(make.questionnaire(*parts, **changes))}


HERE = (Option("here", "Here"), Option("there", "There"))


def asked(text, kind="choice", **changes):
    options = {"options": HERE} if kind == "choice" else {}
    return make.question("q", kind, text=text, **options | changes)


def item(text):
    """Something to agree with, in a section that says who “we” are."""
    return make.section(asked(text, "agreement"), introduction="Think of your team.")


def ladder(first):
    return make.question(steps=(first, *make.DESCRIPTORS[1:]))


def option_list(*options):
    return asked("How much?", options=tuple(Option(t.lower(), t, s) for t, s in options))


def checklist(*options):
    evidence = tuple(Option(text.lower(), text, 2) for text in options)
    return make.question("c", "checklist", text="What is tested?", options=evidence)


FIVE = (("Never", 1), ("Seldom", 2), ("Half", 3), ("Mostly", 4), ("Each time", 5))


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("double-barrelled", asked("Are services fast and cheap?")),
        ("double-barrelled", asked("Are services fast/cheap?")),
        ("double-barrelled", item("We test as well as measure our services.")),
        ("double-barrelled", ladder("Some ask users and listen and change what they do.")),
        ("double-barrelled", ladder("Some ask users; few do more.")),
        ("double-barrelled", asked("Do you walk or cycle?")),
        ("negative", item("We do not wait.")),
        ("negative", item("We don’t wait.")),
        ("negative", item("Nothing starts without research.")),
        ("leading", asked("Surely services are tested?")),
        ("leading", item("It is obviously right to test.")),
        ("leading", item("Clearly, our team tests its services.")),
        ("leading", asked("Don’t you test services?")),
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
        ("opt-out", option_list(*FIVE, ("I’d rather not say", None))),
        ("opt-out", checklist("Forms", "None of these")),
        ("opt-out", asked("If you manage staff, how do you meet them?")),
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
        asked("Who is told about Children and Families?"),
        asked("Does your team or service test forms?"),
        asked("Is the number between 1 and 5?"),
        asked("Do you use a device (a phone or a tablet)?"),
        asked("Do you use a device such as a phone or a tablet?"),
        asked("Do you work here or there?"),
        asked("How often do you meet?"),
        asked("Is testing regularly done?", hint="By “regularly” we mean each week."),
        asked("If you manage staff, how do you meet them?", not_applicable=True),
        asked(
            "If you manage staff, how do you meet them?", options=(*HERE, Option("i", "I don’t"))
        ),
        checklist("Forms", "Letters"),
        item("We test services with the people who use them."),
        item("Roles in our team are clearly described."),
        item("Our team answers no later than the next day."),
        item("Our team goes by what users say, not by hunches."),
        item("Our team meets every week, all year."),
        item("Our not-for-profit partners see all-staff letters."),
        item("Our team often (each week) tests services."),
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
    own = "How is talent and leadership done? Talent and leadership: how is it done?"
    named = {
        "capability": "digital/user-research",
        "text": "Talent and leadership: how is it done?",
    }
    assert found(make.expanded(named, within=within)) == set()
    joined = named | {"text": own}
    assert found(make.expanded(joined, within=within)) == {
        ("digital/user-research.text", "double-barrelled")
    }


HASTY = make.capability(
    summary="Learning " + "more " * 30 + "of what people need, through an API.",
    steps=("Surely often.", "Surely often now.", *make.DESCRIPTORS[2:]),
    practices=(make.Practice("ask", "We often ask and listen, never late."),),
)


@pytest.mark.parametrize("language", ["en", "en-GB", "cy"])
@pytest.mark.parametrize("depth", ["step", "practices", "full"])
def test_what_is_derived_and_left_as_it_is_draws_no_remark(depth, language):
    entry = {"capability": HASTY.id, "depth": depth}
    survey = make.expanded(entry, within=make.library(HASTY), language=language)
    assert found(survey) == set()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"text": "Surely it is done?"}, ".text"),
        ({"hint": "Do you use the CRM?"}, ".hint"),
        ({"steps": ["Teams; all of them.", *make.DESCRIPTORS[1:]]}, ".steps.1"),
    ],
)
def test_what_an_author_writes_instead_draws_remarks(changes, place):
    survey = make.expanded({"capability": HASTY.id} | changes, within=make.library(HASTY))
    assert {at for at, _ in found(survey)} == {HASTY.id + place}


def test_a_capability_is_advised_on_by_itself():
    hasty = make.capability(
        steps=(*make.DESCRIPTORS[:4], "People ask and listen and learn and decide.")
    )
    assert found(hasty) == {("digital/user-research.steps.5", "double-barrelled")}


def test_english_rules_are_for_english_only():
    welsh = make.questionnaire(
        make.question("q", "agreement", text="A oes and or never API granularity? Overall."),
        make.question("r", "agreement", text="We do not."),
        make.question("s", "agreement", text="You do not."),
        language="cy",
    )
    assert found(welsh) == set()
    assert found(replace(welsh, language="en-GB"))


def test_rules_on_length_scales_and_order_are_for_all_languages():
    long = make.question("long", "agreement", text="gair " * 21)
    uneven = make.question("uneven", steps=("Gair " * 20, *make.DESCRIPTORS[1:]))
    falling = replace(option_list(*FIVE[::-1]), id="falling")
    welsh = make.questionnaire(long, uneven, falling, language="cy")
    assert found(welsh) == {("long.text", "long"), ("uneven", "scale"), ("falling", "order")}


def test_each_remark_says_how_to_mend_it_and_where_the_rule_comes_from():
    (advice,) = advise(make.questionnaire(asked("Surely services are tested?")))
    assert advice.place == "q.text"
    assert "“surely”" in advice.message
    assert advice.mend == RULES["leading"].mend
    assert advice.source.startswith("Willis & Lessler")
    assert str(advice) == f"q.text: leading {advice.message} (mend: {advice.mend})"


def breakdown(id, count):
    options = tuple(Option(f"o{n}", f"O{n}") for n in range(count))
    return make.question(id, "choice", text="Which?", options=options)


ABOUT_YOU = (breakdown("grade", 4), breakdown("site", 5), make.question("why", "text", text="Why?"))


@pytest.mark.parametrize(
    ("about_you", "known", "is_said"),
    [
        (ABOUT_YOU, {"invited": 199}, True),
        (ABOUT_YOU, {"invited": 200}, False),
        (ABOUT_YOU, {"invited": 199, "minimum_group": 9}, False),
        (ABOUT_YOU, {}, False),
        ((), {"invited": 3}, False),
    ],
)
def test_too_many_kinds_of_people_for_those_who_are_invited(about_you, known, is_said):
    advice = advise(make.questionnaire(about_you=about_you), **known)
    expected = [("about_you", "identifying")] if is_said else []
    assert [(one.place, one.code) for one in advice] == expected


@settings(max_examples=40)
@given(questionnaires())
def test_advice_never_fails_and_is_the_same_each_time(questionnaire):
    advice = advise(questionnaire)
    assert advice == advise(questionnaire)
    assert {one.code for one in advice} <= {rule.code for rule in RULES.values()}
