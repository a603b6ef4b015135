"""Two texts line by line: what went, what came, and what is left out between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.web.authoring.differences import differences


def test_a_changed_line_goes_and_comes_with_the_lines_around_it():
    old = "\n".join("abcdefghij")
    new = old.replace("e", "E")
    told = [(one.kind, one.text, one.old, one.new) for one in differences(old, new)]
    assert told == [
        ("same", "b", 2, 2),
        ("same", "c", 3, 3),
        ("same", "d", 4, 4),
        ("out", "e", 5, None),
        ("in", "E", None, 5),
        ("same", "f", 6, 6),
        ("same", "g", 7, 7),
        ("same", "h", 8, 8),
    ]


def test_what_is_alike_between_two_changes_is_a_gap():
    old = "\n".join(f"line {number}" for number in range(40))
    new = old.replace("line 2\n", "line two\n").replace("line 35\n", "line thirty-five\n")
    assert [one.kind for one in differences(old, new)].count("gap") == 1


@pytest.mark.parametrize("text", ["", "one", "one\ntwo\n"])
def test_the_same_text_does_not_differ(text):
    assert differences(text, text) == ()


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_every_line_of_both_texts_that_is_not_alike_is_shown(old, new):
    lines = differences("\n".join(old), "\n".join(new))
    for line in lines:
        if line.old is not None:
            assert old[line.old - 1] == line.text
        if line.new is not None:
            assert new[line.new - 1] == line.text
    went = sum(one.kind == "out" for one in lines)
    came = sum(one.kind == "in" for one in lines)
    assert len(old) - went == len(new) - came


def test_texts_that_differ_nearly_everywhere_are_not_told_apart_line_by_line():
    old = "\n".join(["same", *(str(number % 200) for number in range(6_000))])
    new = "\n".join(["same", *(str(number % 199) for number in range(1, 6_001))])
    kinds = {one.kind for one in differences(old, new)}
    assert kinds <= {"out", "in"}
    assert len(differences(old, new)) == 2_000
