"""Conditions of other tools, read and said in our words."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.exchange.condition_dialects import LIMESURVEY, SURVEYJS, XLSFORM
from survey.exchange.conditions_said import Asked, Tick, Ticked, said, within_limits
from survey.exchange.foreign_conditions import CannotBeSaid, parse


def ticked(option):
    return {"question": f"tools-{option}", "is": "yes"}


MEANINGS = {
    "role": Asked("role", "choice", {"A1": "front-line", "A2": "manager", "dk": "dont-know"}),
    "sure": Asked("sure", "choice", {"true": "yes", "false": "no"}),
    "rate": Asked("rate", "choice", {str(n): f"r{n}" for n in range(1, 6)}),
    "agree": Asked("agree", "agreement", {str(n): n for n in range(1, 6)}),
    "turned": Asked("turned", "agreement", {str(n): 6 - n for n in range(1, 6)}),
    "age": Asked("age", "number", lowest=16, highest=99),
    "why": Asked("why", "text"),
    "tools": Ticked(
        {"mail": ticked("mail"), "chat": ticked("chat")},
        {"any": [ticked("mail"), ticked("chat")]},
    ),
    "tools_mail": Tick(ticked("mail")),
    "grid.row": Asked("grid-row", "choice", {"often": "often", "never": "never"}),
}
FRONT_LINE = {"question": "role", "is": "front-line"}
MANAGER = {"question": "role", "is": "manager"}
OLD = {"question": "age", "at_least": 60}


def answered(question, is_answered=True):
    return {"question": question, "answered": is_answered}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${role} = 'A1'", FRONT_LINE),
        ('${role}="A1"', FRONT_LINE),
        ("'A1' = ${role}", FRONT_LINE),
        ("selected(${role}, 'A1')", FRONT_LINE),
        ("${role} != 'A1'", {"not": FRONT_LINE}),
        ("not(${role} = 'A1')", {"not": FRONT_LINE}),
        ("not(not(${role} = 'A1'))", FRONT_LINE),
        ("${role} = 'dk'", {"question": "role", "is": "dont-know"}),
        ("${role} = 'A1' or ${role} = 'A2'", {"question": "role", "in": ["front-line", "manager"]}),
        ("${role} = 'A1' and ${age} >= 60", {"all": [FRONT_LINE, OLD]}),
        (
            "(${role} = 'A1' and ${age} >= 60) and ${why} != ''",
            {"all": [FRONT_LINE, OLD, answered("why")]},
        ),
        (
            "${role} = 'A1' or ${age} >= 60 and ${why} != ''",
            {"any": [FRONT_LINE, {"all": [OLD, answered("why")]}]},
        ),
        ("${why} = ''", answered("why", False)),
        ("string-length(${why}) > 0", answered("why")),
        ("selected(${tools}, 'mail')", ticked("mail")),
        ("count-selected(${tools}) >= 1", {"any": [ticked("mail"), ticked("chat")]}),
        ("count-selected(${tools}) = 0", {"not": {"any": [ticked("mail"), ticked("chat")]}}),
        ("${tools} = 'mail'", {"all": [ticked("mail"), {"not": ticked("chat")}]}),
        ("${agree} > 3", {"question": "agree", "at_least": 4}),
        ("${turned} > 3", {"question": "turned", "at_most": 2}),
        ("${agree} = 3.0", {"question": "agree", "is": 3}),
        ("${rate} < 3", {"question": "rate", "in": ["r1", "r2"]}),
        ("${age} < 10 or ${age} >= 60", None),
        ("60 <= ${age}", OLD),
        ("int(${age}) >= 60", OLD),
        ("${age} > 60", {"all": [OLD, {"not": {"question": "age", "is": 60}}]}),
        ("${age} >= 0", {"question": "age", "at_least": 16}),
        ("${age} <= 120", {"question": "age", "at_most": 99}),
        ("true()", True),
        ("false() or ${role} = 'A1'", FRONT_LINE),
        ("false()", False),
    ],
)
def test_xlsform_is_understood(source, expected):
    if expected is None:
        with pytest.raises(CannotBeSaid, match="no answer there is < 10"):
            said(parse(source, XLSFORM), MEANINGS)
    else:
        assert said(parse(source, XLSFORM), MEANINGS) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{role} = 'A1'", FRONT_LINE),
        ("{role} == A1", FRONT_LINE),
        ("{#role} equal 'A1'", FRONT_LINE),
        ("{role} <> 'A1'", {"not": FRONT_LINE}),
        ("{role} anyof ['A1', 'A2']", {"question": "role", "in": ["front-line", "manager"]}),
        ("{role} noneof ['A1']", {"not": FRONT_LINE}),
        ("{role} contains 'A'", {"question": "role", "in": ["front-line", "manager"]}),
        ("{tools} contains 'mail'", ticked("mail")),
        ("{tools} *= 'mail'", ticked("mail")),
        ("{tools} notcontains 'mail'", {"not": ticked("mail")}),
        ("{tools} allof ['mail', 'chat']", {"all": [ticked("mail"), ticked("chat")]}),
        ("{tools} anyof ['mail', 'chat']", {"any": [ticked("mail"), ticked("chat")]}),
        ("{why} empty", answered("why", False)),
        ("{why} notempty", answered("why")),
        ("!{why} empty", answered("why")),
        ("!({why} notempty)", {"not": answered("why")}),
        ("{sure} = true", {"question": "sure", "is": "yes"}),
        ("{sure}", {"question": "sure", "is": "yes"}),
        ("!{sure}", {"not": {"question": "sure", "is": "yes"}}),
        ("{grid.row} = 'often'", {"question": "grid-row", "is": "often"}),
        (
            "{age} greaterorequal 60 && {role} = 'A1' || {why} notempty",
            {"any": [{"all": [OLD, FRONT_LINE]}, answered("why")]},
        ),
        ("{agree} <= 2", {"question": "agree", "at_most": 2}),
        ("{rate} = 5", {"question": "rate", "is": "r5"}),
    ],
)
def test_surveyjs_is_understood(source, expected):
    assert said(parse(source, SURVEYJS), MEANINGS) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('role.NAOK == "A1"', FRONT_LINE),
        ("((role.NAOK == 'A1'))", FRONT_LINE),
        ('role eq "A1"', FRONT_LINE),
        ('role != "A1" && age ge 60', {"all": [{"not": FRONT_LINE}, OLD]}),
        ('role.value == "A1" or age >= 60', {"any": [FRONT_LINE, OLD]}),
        ("!is_empty(why.NAOK)", answered("why")),
        ("is_empty(why)", answered("why", False)),
        ('tools_mail.NAOK == "Y"', ticked("mail")),
        ('tools_mail != "Y"', {"not": ticked("mail")}),
        ('tools_mail == ""', {"not": ticked("mail")}),
        ("count(tools) > 0", {"any": [ticked("mail"), ticked("chat")]}),
        ("agree.NAOK >= 4", {"question": "agree", "at_least": 4}),
        ("1", True),
        ("0", False),
    ],
)
def test_limesurvey_is_understood(source, expected):
    assert said(parse(source, LIMESURVEY), MEANINGS) == expected


@pytest.mark.parametrize(
    ("source", "dialect", "why"),
    [
        ("${later} = 'A1'", XLSFORM, "“later” is not asked before it"),
        ("${role} = 'A9'", XLSFORM, "“A9” cannot be answered there"),
        ("${age} > 120", XLSFORM, "no answer there is > 120"),
        ("${why} = 'x'", XLSFORM, "what a text says cannot be asked"),
        ("${role} > 3", XLSFORM, "no answer there is > 3"),
        ("${why} > 3", XLSFORM, "more or less of what is no number"),
        ("${tools} > 3", XLSFORM, "more or less of what is no number"),
        ("${age} = ${rate}", XLSFORM, "compares answers with each other"),
        ("${age} + 1 > 60", XLSFORM, "“\\+ 1 > 60” was not understood"),
        ("regex(${why}, '^a$')", XLSFORM, "“regex” calculates something"),
        ("if(${age} > 3, 1, 0) = 1", XLSFORM, "“if” calculates something"),
        ("count-selected(${tools}) > 2", XLSFORM, "it counts"),
        ("selected(${tools}, 'fax')", XLSFORM, "“fax” is none of the options"),
        ("selected(${tools})", XLSFORM, "“selected” was given 1 values"),
        ("${age}", XLSFORM, "“true” cannot be answered there"),
        ("'x'", XLSFORM, "not a question of yes or no"),
        ("${role} = 'A1' and", XLSFORM, "it breaks off"),
        ("${role} = 'A1')", XLSFORM, "“\\)” was not understood"),
        ("", XLSFORM, "it breaks off"),
        ("{tools} = ['mail']", SURVEYJS, "a whole list"),
        ("{tools} anyof [{role}]", SURVEYJS, "more than plain values"),
        ("{role} contains 'Z'", SURVEYJS, "no answer there contains “Z”"),
        ("iif({age} > 3, 'a', 'b') = 'a'", SURVEYJS, "“iif” calculates something"),
        ("role = 'A1'", LIMESURVEY, "was not understood"),
        ("sum(age, rate) > 3", LIMESURVEY, "“sum” calculates something"),
        ("99999999999999999999 < age", LIMESURVEY, "is too large a number"),
        ("${age} = " * 600, XLSFORM, "longer than 4,000 characters"),
        ("(" * 25 + "1" + ")" * 25, LIMESURVEY, "nested more than 20 deep"),
        (" or ".join(["{why} notempty"] * 51), SURVEYJS, "asks more than 50 things"),
    ],
)
def test_what_cannot_be_said_is_told_with_a_reason(source, dialect, why):
    with pytest.raises(CannotBeSaid, match=why):
        said(parse(source, dialect), MEANINGS)


def test_what_is_said_fits_into_a_file():
    nested = {"not": {"question": "role", "is": "manager"}}
    for _ in range(5):
        nested = {"all": [FRONT_LINE, {"any": [MANAGER, nested]}]}
    with pytest.raises(CannotBeSaid, match="nested more than 10 deep"):
        within_limits(nested)
    assert within_limits(FRONT_LINE) == FRONT_LINE


PIECES = (
    *("${role}", "{role}", "role", "${age}", "{tools}", "'A1'", '"Y"', "60", "-1", "[", "]", ","),
    *("(", ")", "=", "==", "!=", "<", ">=", "and", "or", "!", "not(", "selected(", "empty"),
    *("anyof", "contains", "is_empty(", "true", ".", "+", "'", " ", "count(", "é"),
)


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)),
    st.sampled_from([XLSFORM, SURVEYJS, LIMESURVEY]),
)
def test_anything_else_is_refused_in_one_way(source, dialect):
    with suppress(CannotBeSaid):
        assert isinstance(said(parse(source, dialect), MEANINGS), bool | dict)
