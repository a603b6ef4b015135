"""A version's bytes: the same for the same content, and all of it."""

import json
from random import Random

import pytest
from hypothesis import given

from survey.questionnaire.canonical import canonical, digest, thaw
from survey.questionnaire.derive import expand_document
from tests import make
from tests.questionnaire.strategies import questionnaires

DOCUMENT = make.document(
    {"capability": "digital/user-research", "depth": "full"},
    {
        "id": "share",
        "kind": "number",
        "text": "How many of ten?",
        "minimum": 0,
        "maximum": 10,
        "cut_points": [1, 3, 6.5, 9],
        "show_if": {"any": [{"question": "digital/user-research", "at_most": 2}]},
    },
    {"id": "how", "kind": "choice", "text": "How?", "options": "extent"},
    answer_sets={
        "extent": [{"id": "no", "text": "No", "step": 1}, {"id": "yes", "text": "Yes", "step": 5}]
    },
    translations={"cy": {"title": "Arolwg"}, "fr": {"title": "Enquête"}},
    **{"x-owner": {"b": 1, "a": [True, None]}},
)


def shuffled(value, random):
    """The same JSON with the keys of every object in another order."""
    if isinstance(value, dict):
        keys = random.sample(list(value), len(value))
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(one, random) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_and_the_space_between_them_change_nothing(seed):
    random = Random(seed)
    text = json.dumps(shuffled(DOCUMENT, random), indent=random.randrange(4))
    again = expand_document(json.loads(text), make.library())
    assert canonical(again) == canonical(expand_document(DOCUMENT, make.library()))


def test_the_bytes_are_canonical_json():
    content = canonical(expand_document(DOCUMENT, make.library()))
    value = json.loads(content)
    again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert content == again.encode()
    assert value["format"] == 1


def test_a_version_holds_what_the_library_said_then():
    first = expand_document(DOCUMENT, make.library())
    later = expand_document(DOCUMENT, make.library(make.capability(summary="Another.")))
    assert digest(canonical(first)) != digest(canonical(later))
    assert thaw(canonical(first)).capabilities["digital/user-research"] == make.capability()


def test_the_digest_is_the_sha_256_of_the_bytes():
    # The first test vector of FIPS 180-2.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(b"abc") == expected


def test_what_is_thawed_is_what_was_frozen_order_included():
    frozen = expand_document(DOCUMENT, make.library())
    again = thaw(canonical(frozen))
    assert again == frozen
    assert again.languages == frozen.languages
    assert list(again.capabilities) == list(frozen.capabilities)


@given(questionnaires())
def test_thawing_gives_back_every_questionnaire(questionnaire):
    again = thaw(canonical(questionnaire))
    assert again == questionnaire
    assert canonical(again) == canonical(questionnaire)
