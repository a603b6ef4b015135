"""SurveyJS surveys at the limits, and beyond."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.exchange.imported import NotImportable
from survey.exchange.surveyjs_in import from_surveyjs
from tests.exchange.importing import entries, problems, told
from tests.exchange.surveys import LIKERT, survey


def test_ids_are_valid_and_never_twice():
    names = ["Unit", "unit", "scale", "Ärger!", "ärger", "", "a b", "a-b", "x" * 200]
    made = survey(*({"type": "text", "name": name} for name in names))
    asked = entries(made)
    assert list(asked) == [
        *("unit-2", "unit-3", "scale-2", "rger", "rger-2", "question", "a-b", "a-b-2", "x" * 60)
    ]
    assert asked["unit-2"]["x-original"] == "Unit"
    assert "x-original" not in asked["question"]


def test_texts_that_are_too_long_are_cut_and_told():
    made = survey({"type": "text", "name": "q", "title": "word " * 400})
    assert len(entries(made)["q"]["text"]) <= 1000
    assert "a text of 1,999 characters" in told(made)


def test_titles_stay_on_one_line():
    made = survey({"type": "text", "name": "q"}, title="One\n two")
    assert made.document["title"] == "One two"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "empty"),
        (b"{'a': 1}", "not JSON: in line 1"),
        (b'{"pages": [', "not JSON: in line 1"),
        (b'{"pages": 1}', "not a survey of SurveyJS"),
        (b"[]", "not a survey of SurveyJS"),
        (b'{"pages": []}', "no question in it"),
        (b'{"elements": [{"type": "html", "html": "Hi"}]}', "no question in it"),
        (b"\xff{}", "not a text in UTF-8"),
        (b" " * 1024**2 + b"{}", "larger than 1 MiB"),
    ],
)
def test_what_is_no_survey_is_refused(file, message):
    with pytest.raises(NotImportable, match=message) as refused:
        from_surveyjs(file)
    assert refused.value.mend


def test_what_would_be_too_large_is_refused():
    table = {"type": "matrix", "name": "m", "title": "é" * 900, "description": "ö" * 900}
    table |= {"columns": ["a", "b"], "rows": [f"row {n}" for n in range(400)]}
    with pytest.raises(NotImportable, match="would be larger than 1 MiB"):
        survey(table)


KEYS = st.sampled_from(["type", "name", "pages", "elements", "choices", "title", "rows", "text"])
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(KEYS, st.text(max_size=3)), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=80)
@given(st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode())))
def test_no_bytes_bring_it_down(file):
    with suppress(NotImportable):
        assert problems(from_surveyjs(file)) == []


SAID = st.one_of(
    st.sampled_from(["", "a", "q", "other", "N/A", "text", "<b>x</b>", *LIKERT]),
    st.text(max_size=6),
    st.integers(-1, 6),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.fixed_dictionaries({"default": st.text(max_size=3), "cy": st.text(max_size=3)}),
)
CHOICE = st.one_of(SAID, st.fixed_dictionaries({"value": SAID, "text": SAID, "maturityStep": SAID}))
ELEMENT = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            [
                *("radiogroup", "checkbox", "matrix", "rating", "boolean", "text", "multipletext"),
                *("comment", "imagepicker", "slider", "html", "panel", "file", "x"),
            ]
        ),
        "name": SAID,
        "title": SAID,
    },
    optional={
        "choices": st.lists(CHOICE, max_size=6),
        "columns": st.lists(CHOICE, max_size=6),
        "rows": st.lists(CHOICE, max_size=3),
        "items": st.lists(st.fixed_dictionaries({"name": SAID}), max_size=2),
        "elements": st.lists(st.fixed_dictionaries({"type": st.just("text")}), max_size=2),
        "visibleIf": st.sampled_from(["{q} = 'a'", "{a} notempty", "{a} > 2 or {q}", "x("]),
        "showOtherItem": st.booleans(),
        "showCommentArea": st.booleans(),
        "rateMax": SAID,
        "min": SAID,
        "max": SAID,
        "inputType": st.sampled_from(["number", "date"]),
        "maturityKind": st.sampled_from(["maturity", "agreement", "checklist", "number"]),
        "maturityCutPoints": st.one_of(SAID, st.lists(st.integers(-2, 9), min_size=4, max_size=4)),
        "maturityId": SAID,
    },
)
PAGE = st.fixed_dictionaries({"name": SAID, "title": SAID, "elements": st.lists(ELEMENT)})


@settings(deadline=None, max_examples=60)
@given(st.lists(PAGE, max_size=3), SAID, SAID)
def test_whatever_is_in_a_survey_what_comes_of_it_is_valid(pages, title, locale):
    pages = [{"elements": [{"type": "text", "name": "first"}]}, *pages]
    made = from_surveyjs(json.dumps({"pages": pages, "title": title, "locale": locale}).encode())
    assert set(problems(made)) <= {"never-shown"}
