"""Two organisations are compared only where they asked alike."""

from dataclasses import replace

import pytest

from survey.questionnaire.likeness import fingerprints
from survey.questionnaire.model import Option
from tests.make import capability, options, question, questionnaire

ID = "digital/user-research"


def asked(*questions, **changes):
    found = questions or (question("q", capability=ID),)
    return questionnaire(*found, capabilities={ID: capability(ID)}, **changes)


USUAL = fingerprints(asked())[ID]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "In other words?"},
        {"hint": "Think of the last year."},
        {"steps": ("a", "b", "c", "d", "e")},
        {"weight": 2},
        {"not_applicable": True},
        {"condition": {"question": "other", "is": "yes"}},
        {"kind": "agreement", "steps": ()},
    ],
)
def test_whatever_people_read_or_scores_it_makes_it_another_question(changes):
    changed = replace(question("q", capability=ID), **changes)
    assert fingerprints(asked(changed))[ID] != USUAL


@pytest.mark.parametrize(
    "other",
    [
        asked(language="cy"),
        asked(scale=("One", "Two", "Three", "Four", "Five")),
        asked(question("other", capability=ID, text="What about q?")),
        asked(question("q", capability=ID), question("more", "agreement", capability=ID)),
    ],
)
def test_so_do_another_language_scale_id_or_further_question(other):
    assert fingerprints(other)[ID] != USUAL


def test_an_option_that_scores_otherwise_makes_it_another_question():
    def chosen(*those):
        return fingerprints(asked(question("q", "choice", capability=ID, options=those)))[ID]

    usual = options(1, 3, 5)
    assert chosen(*usual) != chosen(*usual[:2], Option("five", "Five", 4))


@pytest.mark.parametrize(
    "other",
    [
        asked(id="another", title="Another questionnaire"),
        asked(translations={"cy": {"q.text": "Beth am q?"}}),
        asked(question("before"), question("q", capability=ID)),
        asked(question("q", capability=ID, comparable_with=("1f0c9a7e",))),
        asked(question("q", capability=ID), question("w", "importance", capability=ID)),
    ],
)
def test_what_stands_around_it_does_not_matter(other):
    assert fingerprints(other)[ID] == USUAL


def test_what_is_not_rated_has_none():
    assert fingerprints(asked(question("q", "text", capability=ID))) == {}
