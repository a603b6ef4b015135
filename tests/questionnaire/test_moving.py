"""Sections and questions are put in another order; nothing else of the file changes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.editing import edited
from survey.questionnaire.moving import landing, moved, moved_one_further, one_further
from survey.questionnaire.source import read

TEXT = """{
  "title": "Ours",
  "about_you": [{"id": "grade"}],
  "sections": [
    {"id": "one", "questions": [
      {"id": "a"},
      {"id": "b"}
    ]},
    {"framework": "map"},
    {"id": "two", "questions": [{"id": "c"}]}
  ]
}
"""


def ids(text):
    """Each section's id or map, and the ids of its questions."""
    sections = json.loads(text)["sections"]
    return [
        (one.get("id", "map"), "".join(q["id"] for q in one.get("questions", ())))
        for one in sections
    ]


def after(pointer, way):
    return ids(edited(TEXT, moved_one_further(read(TEXT), pointer, way)))


@pytest.mark.parametrize(
    ("pointer", "way", "expected"),
    [
        ("/sections/0/questions/1", "up", [("one", "ba"), ("map", ""), ("two", "c")]),
        ("/sections/0/questions/0", "down", [("one", "ba"), ("map", ""), ("two", "c")]),
        ("/sections/0/questions/1", "down", [("one", "a"), ("map", ""), ("two", "bc")]),
        ("/sections/2/questions/0", "up", [("one", "abc"), ("map", ""), ("two", "")]),
        ("/sections/2", "up", [("one", "ab"), ("two", "c"), ("map", "")]),
        ("/sections/0", "down", [("map", ""), ("one", "ab"), ("two", "c")]),
    ],
)
def test_an_entry_goes_one_place_up_or_down_also_into_the_next_section(pointer, way, expected):
    assert after(pointer, way) == expected


@pytest.mark.parametrize(
    ("pointer", "way"),
    [
        ("/sections/0", "up"),
        ("/sections/2", "down"),
        ("/sections/0/questions/0", "up"),
        ("/sections/2/questions/0", "down"),
        ("/about_you/0", "down"),
        ("/sections/9", "up"),
        ("/title", "up"),
        ("", "up"),
        ("/sections/0", "sideways"),
    ],
)
def test_what_cannot_go_further_stays(pointer, way):
    assert moved_one_further(read(TEXT), pointer, way) == ()


def test_a_text_that_cannot_be_read_is_left_alone():
    broken = read(TEXT[:-3])
    assert moved_one_further(broken, "/sections/2", "up") == ()
    assert moved(broken, "/sections/2", "/sections", 0) == ()


def test_the_rest_stays_as_its_author_wrote_it():
    swapped = edited(TEXT, moved_one_further(read(TEXT), "/sections/0/questions/0", "down"))
    assert swapped == TEXT.replace(
        '{"id": "a"},\n      {"id": "b"}', '{"id": "b"},\n      {"id": "a"}'
    )


@given(st.integers(0, 4), st.integers(0, 5))
def test_where_an_entry_lands_is_where_it_then_stands(place, target):
    entries = [{"id": name} for name in "abcde"]
    text = json.dumps({"sections": [{"questions": entries}]}, indent=2)
    pointer, to = f"/sections/0/questions/{place}", "/sections/0/questions"
    new = json.loads(edited(text, moved(read(text), pointer, to, target)))
    where = int(landing(pointer, to, target).rpartition("/")[2])
    assert new["sections"][0]["questions"][where] == entries[place]


@given(st.integers(0, 4), st.sampled_from([-1, 1]))
def test_one_up_and_one_down_again_is_where_it_was(place, by):
    text = json.dumps({"sections": [{"questions": [{"id": name} for name in "abcde"]}]})
    pointer = f"/sections/0/questions/{place}"
    target = one_further(read(text), pointer, by)
    if target is None:
        assert place == (0 if by < 0 else 4)
        return
    there = edited(text, moved(read(text), pointer, *target))
    back = one_further(read(there), landing(pointer, *target), -by)
    assert json.loads(
        edited(there, moved(read(there), landing(pointer, *target), *back))
    ) == json.loads(text)
