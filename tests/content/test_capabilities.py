"""Every capability that is shipped is written to one standard."""

import json
from itertools import combinations

import pytest

from survey.config import ROOT
from survey.operations.shipped import FOLDER, library
from survey.questionnaire.reading import grade
from survey.questionnaire.wording import advise
from tests.content.standard import (
    american,
    falls,
    likeness,
    runs,
    sentences_in,
    trigrams,
    words,
)

CAPABILITIES = library().capabilities
SOURCE_MATERIAL = ROOT.parent / "shared" / "reference"
"""Texts of the frameworks that were drawn on; not part of the product."""

HIGHEST_GRADE = 12
MOST_ALIKE = 0.5
DOMAINS = ("digital", "data", "innovation")

each = pytest.mark.parametrize("capability", CAPABILITIES.values(), ids=lambda one: one.id)


@each
def test_its_wording_calls_for_no_advice(capability):
    assert [str(one) for one in advise(capability) if one.level != "note"] == []


@each
def test_its_texts_are_as_long_as_people_will_read(capability):
    assert len(words(capability.summary)) <= 30
    lengths = [len(words(step)) for step in capability.steps]
    assert min(lengths) >= 8
    assert max(lengths) <= min(28, 2 * min(lengths))
    assert 2 <= len(capability.practices) <= 5
    assert all(len(words(one.text)) <= 20 for one in capability.practices)
    assert 1 <= len(capability.enables) <= 2


@each
def test_its_steps_are_easily_read(capability):
    assert [step for step in capability.steps if grade([step]) > HIGHEST_GRADE] == []


@each
def test_its_ladder_never_reaches_less_far_on_a_higher_step(capability):
    assert not falls(capability.steps)


def test_a_falling_ladder_would_be_found():
    assert falls(["Left to chance.", "Each team tests.", "Some teams test.", "Tested.", "Shared."])
    assert not falls(["Each for itself.", "Some do.", "Each team does.", "Measured.", "Shared."])


@each
def test_its_spelling_is_british(capability):
    source = (FOLDER / "capabilities" / f"{capability.id}.json").read_text()
    texts = sentences_in(json.loads(source))
    assert [found for text in texts for found in american(text)] == []


@each
def test_it_says_who_delivers_it_where_it_comes_from_and_what_it_belongs_to(capability):
    assert capability.roles
    assert capability.sources
    for source in capability.sources:
        groups = library().frameworks[source.framework].groups
        assert any(capability.id in group.capabilities for group in groups), source.framework


@each
def test_what_it_is_related_to_is_related_to_it(capability):
    one_way = [id_ for id_ in capability.related if capability.id not in back(id_)]
    assert one_way == []


def back(id_):
    return CAPABILITIES[id_].related


def test_no_two_descriptors_are_alike():
    steps = [
        (f"{one.id} {number}", trigrams(step))
        for one in CAPABILITIES.values()
        for number, step in enumerate(one.steps, start=1)
    ]
    alike = [
        (first, second, round(likeness(one, other), 2))
        for (first, one), (second, other) in combinations(steps, 2)
        if len(one & other) > MOST_ALIKE * max(len(one), len(other))
        and likeness(one, other) > MOST_ALIKE
    ]
    assert alike == []


def test_alike_is_told_from_different():
    step = trigrams("Some teams run a survey, once and after the main decisions.")
    assert likeness(step, trigrams("Some teams run surveys once, after main decisions.")) > 0.5
    assert likeness(step, trigrams("Attacks are rehearsed twice a year by all who must.")) < 0.2


def test_every_role_carries_something():
    carried = {role for one in CAPABILITIES.values() for role in one.roles}
    assert set(library().roles) - carried == set()


def test_no_sentence_is_carried_over_from_a_source():
    """Only where the source material lies beside the product."""
    theirs = {
        run
        for file in SOURCE_MATERIAL.glob("*.json")
        for text in sentences_in(json.loads(file.read_text()))
        for run in runs(text)
    }
    shipped = (path for path in FOLDER.rglob("*.json") if path.parent.name != "schema")
    ours = {
        (path.name, run)
        for path in shipped
        for text in sentences_in(json.loads(path.read_text()))
        for run in runs(text)
    }
    assert [found for found in sorted(ours) if found[1] in theirs] == []


def test_a_sentence_that_is_carried_over_would_be_found():
    sentence = "People learn from each other in communities of practice, in and out of work."
    assert runs(f"It is said: {sentence}") & runs(sentence)
    assert not runs("People learn from each other at work.") & runs(sentence)


def test_american_spelling_would_be_found():
    assert american("We organize the center’s programs and analyze behavior.") == [
        "organize",
        "center",
        "programs",
        "analyze",
        "behavior",
    ]
    assert american("Citizens seize prizes of the right size, and organise.") == []
