"""Every problem in the catalogue: a file that has it, and where it is told to be.

The examples have no other problem. The places were marked by hand in the files.
"""

from pathlib import Path

import pytest

from survey.questionnaire.faults import sentences
from survey.questionnaire.library import check_file
from survey.questionnaire.problem_catalogue import CATALOGUE
from survey.questionnaire.source import MAX_BYTES

FILES = Path(__file__).parent.parent / "questionnaires"
EXAMPLES = {path.stem: path for path in (FILES / "problems").rglob("*.json")}
PLACES = {
    "empty-file": (1, 1),
    "not-utf-8": (4, 16),
    "byte-order-mark": (1, 1),
    "unpaired-surrogate": (4, 12),
    "nested-too-deep": (10, 44),
    "duplicate-key": (10, 3),
    "number-too-large": (7, 69),
    "trailing-comma": (7, 69),
    "missing-comma": (8, 7),
    "missing-colon": (2, 12),
    "missing-value": (2, 13),
    "unquoted-key": (2, 3),
    "wrong-quotes": (4, 12),
    "comment": (4, 3),
    "not-a-number": (7, 69),
    "bad-number": (7, 69),
    "bad-word": (7, 70),
    "unclosed-text": (4, 12),
    "control-character": (4, 15),
    "bad-escape": (4, 15),
    "wrong-bracket": (8, 5),
    "unclosed": (9, 4),
    "extra-text": (11, 1),
    "stray-character": (2, 14),
    "unknown-file": (1, 1),
    "unknown-key": (6, 19),
    "misplaced-key": (7, 70),
    "missing-key": (7, 7),
    "wrong-type": (7, 45),
    "empty-text": (7, 45),
    "too-long": (4, 12),
    "bad-id": (7, 14),
    "unknown-value": (7, 29),
    "unknown-format": (2, 13),
    "out-of-range": (6, 11),
    "bad-weight": (7, 57),
    "bad-step": (7, 104),
    "bad-url": (6, 10),
    "bad-digest": (7, 90),
    "not-five-steps": (5, 12),
    "not-four-cut-points": (7, 72),
    "too-few-options": (7, 70),
    "empty-section": (6, 48),
    "too-few": (6, 64),
    "too-many": (7, 70),
    "too-many-languages": (10, 19),
    "not-one-operator": (8, 65),
    "too-many-problems": (509, 3),
    "id-used-twice": (8, 14),
    "asked-twice": (8, 21),
    "listed-twice": (6, 32),
    "reserved-id": (7, 104),
    "id-not-file-name": (2, 9),
    "unknown-capability": (7, 22),
    "unknown-framework": (7, 21),
    "unknown-role": (6, 13),
    "unknown-language": (5, 15),
    "main-language-translated": (11, 20),
    "unknown-text-key": (10, 27),
    "unknown-answer-set": (7, 70),
    "same-text": (5, 74),
    "cut-points-not-monotone": (7, 72),
    "cut-point-outside": (7, 97),
    "minimum-above-maximum": (7, 69),
    "evidence-without-step": (7, 123),
    "evidence-below-two": (7, 119),
    "evidence-gap": (7, 85),
    "about-you-kind": (5, 39),
    "too-many-questions": (5, 15),
    "unknown-question": (8, 78),
    "later-question": (7, 78),
    "wrong-operator": (8, 87),
    "impossible-value": (8, 109),
    "condition-too-long": (8, 65),
    "never-shown": (8, 65),
    "modules-without-number": (6, 45),
    "number-without-modules": (10, 3),
    "too-many-modules": (10, 29),
}
"""Code to line and column."""

MADE = {"too-large"}
"""Codes whose example is too large to keep: a test makes it."""


def problems_of(path, library):
    return check_file(path.relative_to(FILES).as_posix(), path.read_bytes(), library)


@pytest.mark.parametrize("code", PLACES)
def test_each_problem_is_found_in_its_example_and_nowhere_else(code, small_library):
    found = problems_of(EXAMPLES[code], small_library)
    if code == "too-many-problems":
        found = found[-1:]
    assert [(one.code, (one.line, one.column)) for one in found] == [(code, PLACES[code])]


@pytest.mark.parametrize("code", PLACES)
def test_each_problem_says_in_whole_sentences_what_is_wrong_and_how_to_mend_it(code, small_library):
    problem = problems_of(EXAMPLES[code], small_library)[-1]
    for told in (problem.message, problem.mend):
        assert told[0].isupper() or told[0] in "“"
        assert told.rstrip("”")[-1] in ".?"
        assert "\n" not in told
        assert "{}" not in told.replace('{"per_person": 1}', "")


def test_a_file_larger_than_the_limit_is_not_read(small_library):
    at_the_limit = b"[" + b" " * (MAX_BYTES - 2) + b"]"
    assert [one.code for one in check_file("x.json", at_the_limit, small_library)] == [
        "unknown-file"
    ]
    assert [one.code for one in check_file("x.json", at_the_limit + b" ", small_library)] == [
        "too-large"
    ]
    in_letters_of_two_bytes = '"' + "ŵ" * (MAX_BYTES // 2) + '"'
    assert [p.code for p in check_file("x.json", in_letters_of_two_bytes, small_library)] == [
        "too-large"
    ]


def test_the_catalogue_and_the_examples_are_the_same_set():
    assert set(CATALOGUE) == set(EXAMPLES) | MADE
    assert set(PLACES) == set(EXAMPLES)


def test_every_sentence_can_be_told_with_hostile_names():
    hostile = {"name": "{0}\n\x1b[31m" + "x" * 1000, "known": ("{name}", "a" * 1000)}
    message, mend = sentences("unknown-key", hostile)
    assert "U+000A" in message
    assert "U+001B" in message
    assert len(message + mend) < 400
