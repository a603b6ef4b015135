"""What an earlier question does to a later one, and in which order options and steps stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.model import Option
from survey.questionnaire.wording import advise
from tests import make

PLANNING = "digital/planning"


def places(*parts, code="order-effect", **changes):
    return [a.place for a in advise(make.questionnaire(*parts, **changes)) if a.code == code]


def step(id="step", **changes):
    return make.question(id, **changes)


def importance(**changes):
    return make.question("weight", "importance", text="How important is it?", **changes)


def comment(**changes):
    return make.question("words", "text", text="What else?", **changes)


def overall(kind="agreement", **changes):
    return make.question("sum", kind, text="Overall, is our council good at it?", **changes)


@pytest.mark.parametrize("first", [importance, comment])
def test_what_is_felt_about_a_capability_follows_how_it_is(first):
    felt, is_so = first(capability=PLANNING), step(capability=PLANNING)
    assert places(felt, is_so) == [felt.id]
    assert places(make.section(felt, id="a"), make.section(is_so, id="b")) == [felt.id]
    assert places(is_so, felt) == []
    assert places(felt, step(capability="digital/other")) == []
    assert places(felt, make.question("n", "text", capability=PLANNING)) == []


def test_a_verdict_on_the_whole_follows_its_parts():
    assert places(overall(), step("a"), step("b")) == ["sum"]
    assert places(overall(), step("a")) == []
    assert places(step("a"), step("b"), overall()) == []
    assert places(make.section(overall(), id="a"), make.section(step(), step("t"), id="b")) == []
    assert places(overall(), step("a"), step("b"), language="de") == []


def test_a_comment_does_not_open_a_section_of_rated_questions():
    assert places(comment(), step("a"), step("b")) == ["words"]
    assert places(step("z"), comment(), step("a"), step("b")) == []
    assert places(comment(), step("a"), make.question("t", "text")) == []
    assert places(about_you=(comment(),)) == []


def test_what_follows_from_an_answer_is_left_alone():
    if_low = {"question": "step", "at_most": 2}
    asked = (step(capability=PLANNING), comment(capability=PLANNING, condition=if_low))
    assert places(*asked, step("later", capability=PLANNING)) == []


def test_what_is_derived_stands_where_it_should():
    survey = make.expanded(
        {"capability": "digital/user-research", "depth": "full"},
        {"id": "n", "kind": "number", "text": "How many?", "capability": "digital/user-research"}
        | {"cut_points": [1, 2, 3, 4]},
    )
    assert advise(survey) == ()


def choice(*texts):
    options = tuple(Option(f"o{n}", text) for n, text in enumerate(texts))
    return make.question("q", "choice", text="How is it?", options=options)


TOWNS = (
    *("Aberystwyth", "Builth", "Cardiff", "Denbigh", "Ewloe", "Flint", "Gorseinon", "Holyhead"),
    *("Johnstown", "Kidwelly", "Llanelli", "Mold"),
)


def codes(question):
    return [(a.code, a.level) for a in advise(make.questionnaire(question))]


@pytest.mark.parametrize(
    "texts",
    [
        ("Strongly disagree", "Agree", "Disagree", "Strongly agree"),
        ("Very dissatisfied", "Satisfied", "Dissatisfied", "Very satisfied"),
        ("11 or more", "1 to 4", "5 to 10"),
        ("Under 25", "45 or over", "25 to 44"),
        ("5 people", "20 people", "10 people"),
    ],
)
def test_a_scale_out_of_order_is_found_by_its_words_and_numbers(texts):
    assert codes(choice(*texts)) == [("scale", "strong")]


@pytest.mark.parametrize(
    "texts",
    [
        ("Under 25", "25 to 44", "45 or over"),
        ("More than 1,000", "500 to 1,000", "Under 500"),
        ("30 minutes", "2 hours", "1 day"),
        ("3rd floor", "1st floor", "2nd floor"),
        ("Adults", "Places", "Digital"),
        ("Never", "Always"),
        ("It is two years ago", "It is six years ago", "It is ten years ago"),
        ("Often late", "Never late", "Always late"),
        ("Never", "Rarely", "Often", "Always", "I don’t know")[:4],
    ],
)
def test_options_in_order_or_without_one_are_left_alone(texts):
    assert codes(choice(*texts)) == []


def test_a_way_out_is_no_part_of_a_scale():
    uneven = choice("Poor", "Fair", "Good", "Very good", "I don’t know")
    assert codes(uneven) == [("opt-out", "advice"), ("scale", "advice")]


def test_of_a_long_list_only_neighbours_are_compared():
    """Every pair of a hundred options would take too long."""
    others = [f"{place} depot, where {number} of us work" for number, place in enumerate(TOWNS)]
    one, like = "The old hall by the church in town", "The old hall by the church in towns"
    assert codes(choice(one, like, *others)) == [("scale", "advice")]
    assert codes(choice(one, *others, like)) == []
    assert codes(choice(one, *others[:5], like)) == [("scale", "advice")]


@pytest.mark.parametrize(
    ("descriptors", "is_clear"),
    [
        (
            ("Each for themselves.", "Some ask.", "Each team asks.", "They count.", "They share."),
            True,
        ),
        (("No one asks.", "Some ask.", "Each team asks.", "They count.", "They share."), True),
        (("No one asks.", "Each team asks.", "Some ask.", "They count.", "They share."), False),
        (("No one asks.", "Some ask.", "They count.", "Nobody counts.", "They share."), False),
    ],
)
def test_a_higher_step_reaches_no_less_far(descriptors, is_clear):
    asked = make.question("q", steps=descriptors)
    assert places(asked, code="order") == ([] if is_clear else ["q"])


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=2, max_size=8))
def test_of_any_steps_it_can_be_told_whether_they_are_in_order(steps):
    options = tuple(Option(f"o{n}", f"O{n}", step) for n, step in enumerate(steps))
    asked = make.question("q", "choice", text="How is it?", options=options)
    listed = [step for step in steps if step]
    is_in_order = listed in (sorted(listed), sorted(listed, reverse=True))
    messages = [a.message for a in advise(make.questionnaire(asked)) if a.level == "strong"]
    assert [message.split(":")[0] for message in messages] == (
        [] if is_in_order else ["Its options are not in order"]
    )
