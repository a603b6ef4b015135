"""A questionnaire file is checked whole: all its problems at once, or the questionnaire."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.questionnaire.canonical import canonical, thaw
from survey.questionnaire.check import check, expand
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import MOST_PROBLEMS

FILES = Path(__file__).parent.parent / "questionnaires"
GOOD = {path.stem: path for path in (FILES / "good").glob("*.json")}
RESEARCH = "digital/user-research"
WRITING = "digital/content-design"
ASKED = {
    "about-you": ["grade", RESEARCH],
    "agreement": ["heard", "unheard"],
    "answer-sets": ["often", "evidence"],
    "any-characters": ["why"],
    "checklist": ["evidence"],
    "choice": ["often"],
    "comparable-with": ["why"],
    "conditions": [RESEARCH, "share", "tick", "any", "all", "not", "out"],
    "depth-full": [
        RESEARCH,
        f"{RESEARCH}:observe",
        f"{RESEARCH}:include",
        f"{RESEARCH}:importance",
        f"{RESEARCH}:comment",
        WRITING,
        f"{WRITING}:importance",
        f"{WRITING}:comment",
    ],
    "depth-practices": [RESEARCH, f"{RESEARCH}:observe", f"{RESEARCH}:include"],
    "depth-step": [RESEARCH],
    "importance": ["matters"],
    "map-in-a-section": [RESEARCH, WRITING],
    "map-of-sections": [RESEARCH, f"{RESEARCH}:observe", f"{RESEARCH}:include", WRITING],
    "maturity": ["asking"],
    "modules": [RESEARCH, WRITING, "why"],
    "number": ["share", "days", "staff"],
    "overridden": [RESEARCH],
    "own-keys": ["why"],
    "scale": [RESEARCH],
    "text": ["why"],
    "translations": [
        RESEARCH,
        f"{RESEARCH}:observe",
        f"{RESEARCH}:include",
        f"{RESEARCH}:importance",
        f"{RESEARCH}:comment",
        "why",
    ],
}

TEN_FAULTS = """{
  "format": 2,
  "id": "Example",
  "titel": "Example",
  "title": "Example",
  "title": "Example",
  "sections": [
    {"id": "one", "title": "", "questions": [
      {"capability": "digital/user-reserch", "weight": 0},
      {"id": "n", "kind": "number", "text": "How many?", "cut_points": [4, 3, 9, 1]},
      {"id": "n", "kind": "text", "text": "Why?", "show_if": {"question": "x", "answered": true}}
    ]},
    {"id": "one", "title": "Two", "questions": []}
  ],
  "translations": {"xx": {}, "cy": {"title": 5}}
}
"""


def codes(file, library):
    return [one.code for one in check(file, library).problems]


def document(*questions, **changes):
    section = {"id": "one", "title": "One", "questions": list(questions)}
    return {"format": 1, "id": "example", "title": "Example", "sections": [section]} | changes


def written(*questions, **changes):
    return json.dumps(document(*questions, **changes))


@pytest.mark.parametrize("name", ASKED)
def test_a_file_without_problems_becomes_the_questionnaire_that_it_describes(name, small_library):
    checked = check(GOOD[name].read_bytes(), small_library)
    assert checked.problems == ()
    assert [one.id for one in checked.questionnaire.questions] == ASKED[name]
    assert thaw(canonical(checked.questionnaire)) == checked.questionnaire


def test_every_feature_has_its_example():
    assert set(GOOD) == set(ASKED)


def test_all_faults_of_a_file_are_found_at_once_in_file_order(small_library):
    found = check(TEN_FAULTS, small_library).problems
    assert [(one.line, one.code) for one in found] == [
        (2, "unknown-format"),
        (3, "bad-id"),
        (4, "unknown-key"),
        (6, "duplicate-key"),
        (8, "empty-text"),
        (9, "unknown-capability"),
        (9, "bad-weight"),
        (10, "cut-points-not-monotone"),
        (11, "id-used-twice"),
        (11, "unknown-question"),
        (13, "id-used-twice"),
        (13, "empty-section"),
        (15, "unknown-language"),
        (15, "wrong-type"),
    ]
    assert list(found) == sorted(found)


def test_a_faulty_file_gives_no_questionnaire_and_expanding_it_tells_why(small_library):
    assert check(TEN_FAULTS, small_library).questionnaire is None
    with pytest.raises(InvalidFile, match="2:13: unknown-format") as raised:
        expand(TEN_FAULTS, small_library)
    assert raised.value.problems == list(check(TEN_FAULTS, small_library).problems)
    good = GOOD["text"].read_text()
    assert expand(good, small_library) == check(good.encode(), small_library).questionnaire


def test_what_follows_from_a_fault_of_the_text_is_not_told_again(small_library):
    file = written({"capability": RESEARCH, "weight": 5}).replace("5", "9" * 30)
    assert codes(file, small_library) == ["number-too-large"]


def test_no_more_problems_are_told_than_a_person_can_read(small_library):
    found = check(written(**{f"k{n}": 1 for n in range(5000)}), small_library).problems
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].code == "too-many-problems"
    assert "5001" in found[-1].message


@pytest.mark.parametrize("value", [None, True, 3, "text", [], [{}], {}])
def test_any_json_at_all_can_be_checked(value, small_library):
    assert check(json.dumps(value), small_library).problems


def test_a_key_that_begins_with_x_is_kept_wherever_it_stands(small_library):
    checked = check(GOOD["own-keys"].read_bytes(), small_library)
    assert checked.questionnaire.extensions == {"x-owner": "Digital team", "x-": True}


def test_a_derived_question_and_a_written_one_cannot_share_an_id(small_library):
    observe = {"id": f"{RESEARCH}:observe", "kind": "text", "text": "Why?"}
    derived = {"capability": RESEARCH, "depth": "practices"}
    assert codes(written(derived, observe), small_library) == ["id-used-twice"]
    assert codes(written(observe, derived), small_library) == ["id-used-twice"]


def test_a_question_about_the_person_shares_its_ids_with_all_others(small_library):
    grade = {"id": "grade", "kind": "choice", "text": "Which?", "options": "o"}
    sets = {"o": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}
    file = written(grade, about_you=[grade], answer_sets=sets)
    assert codes(file, small_library) == ["id-used-twice"]


@pytest.mark.parametrize("id_", ["response", "unit", "scale"])
def test_ids_that_exports_and_translations_need_are_reserved(id_, small_library):
    question = {"id": id_, "kind": "text", "text": "Why?"}
    assert codes(written(question), small_library) == ["reserved-id"]


def test_an_answer_set_cannot_be_called_like_a_question(small_library):
    options = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    question = {"id": "often", "kind": "choice", "text": "How often?", "options": "often"}
    file = written(question, answer_sets={"often": options})
    assert codes(file, small_library) == ["id-used-twice"]


def test_the_groups_of_a_map_are_sections_with_ids_of_their_own(small_library):
    section = {"id": "users", "title": "Users", "questions": [{"capability": RESEARCH}]}
    file = written(sections=[section, {"framework": "small"}])
    assert codes(file, small_library) == ["asked-twice", "id-used-twice"]


def test_questions_are_counted_after_derivation(small_library):
    texts = [{"id": f"q{n}", "kind": "text", "text": "Why?"} for n in range(498)]
    assert codes(written({"framework": "small"}, *texts), small_library) == []
    deeper = {"framework": "small", "depth": "practices"}
    assert codes(written(deeper, *texts), small_library) == ["too-many-questions"]


def test_unseen_characters_are_refused_however_they_are_written(small_library):
    file = written({"id": "q", "kind": "text", "text": "Why\x00?"})
    assert codes(file, small_library) == ["control-character"]


@pytest.mark.parametrize("language", ["en", "cy", "en-GB", "zh-Hant", "zh-Hant-TW"])
def test_languages_are_named_by_their_codes(language, small_library):
    question = {"id": "q", "kind": "text", "text": "Why?"}
    assert codes(written(question, language=language), small_library) == []


@pytest.mark.parametrize("language", ["", "EN", "xx", "english", "en_GB", "en-gb"])
def test_what_is_no_language_is_refused(language, small_library):
    question = {"id": "q", "kind": "text", "text": "Why?"}
    assert codes(written(question, language=language), small_library) == ["unknown-language"]


def test_the_name_of_what_a_question_measures_can_be_translated(small_library):
    question = {
        "id": "q",
        "kind": "agreement",
        "text": "We do.",
        "capability": "digital/user-research",
    }
    welsh = {"capability:digital/user-research.name": "Ymchwil defnyddwyr"}
    file = written(question, translations={"cy": welsh})
    assert codes(file, small_library) == []


def test_a_hint_or_introduction_that_is_not_there_cannot_be_translated(small_library):
    question = {"id": "q", "kind": "text", "text": "Why?"}
    keys = dict.fromkeys(("introduction", "one.introduction", "q.hint", "q.steps.1"), "…")
    file = written(question, translations={"cy": keys})
    assert codes(file, small_library) == ["unknown-text-key"] * 4


def nodes(value, way=()):
    yield way
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from nodes(one, (*way, key))


def replaced(value, way, other):
    """The value with another at the end of a way into it; with `...`, without what is there."""
    result = copy.deepcopy(value)
    if not way:
        return result
    target = result
    for key in way[:-1]:
        target = target[key]
    if other is ...:
        del target[way[-1]]
    else:
        target[way[-1]] = other
    return result


SOUND = [json.loads(path.read_text()) for path in GOOD.values()]
ANYTHING = st.just(...) | st.recursive(
    st.sampled_from([None, True, 0, 1, 7, -1, 2.5, "", "a", "grade", RESEARCH, "dont-know"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "question", "is", "all", "any", "not", "_schema"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.sampled_from(SOUND), st.integers(0, 10_000), ANYTHING)
def test_whatever_is_written_in_its_place_gives_problems_or_a_questionnaire(
    small_library, sound, place, other
):
    ways = list(nodes(sound))
    changed = replaced(sound, ways[place % len(ways)], other)
    checked = check(json.dumps(changed), small_library)
    assert (checked.questionnaire is None) == bool(checked.problems)
    if checked.questionnaire is not None:
        assert thaw(canonical(checked.questionnaire)) == checked.questionnaire
