"""What one press mends, and that a mend changes nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.editing import Editing, NoSuchPlace, edited
from survey.questionnaire.library import check_file
from survey.questionnaire.mending import Mending, slug
from survey.questionnaire.source import read
from tests.questionnaire.test_problem_examples import EXAMPLES, FILES

MECHANICAL = {
    "asked-twice",
    "bad-escape",
    "bad-id",
    "bad-number",
    "bad-step",
    "bad-weight",
    "bad-word",
    "comment",
    "control-character",
    "id-used-twice",
    "listed-twice",
    "main-language-translated",
    "minimum-above-maximum",
    "misplaced-key",
    "missing-colon",
    "missing-comma",
    "modules-without-number",
    "number-without-modules",
    "out-of-range",
    "stray-character",
    "too-many-modules",
    "trailing-comma",
    "unclosed",
    "unclosed-text",
    "unknown-answer-set",
    "unknown-capability",
    "unknown-format",
    "unknown-framework",
    "unknown-question",
    "unknown-role",
    "unknown-text-key",
    "unknown-value",
    "unquoted-key",
    "wrong-bracket",
    "wrong-quotes",
    "wrong-type",
}
"""Those of the examples that take no thought to mend."""


def problems_of(name, text, library):
    return check_file(EXAMPLES[name].relative_to(FILES).as_posix(), text, library)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_mechanical_mend_leaves_a_file_without_problems(name, small_library):
    content = EXAMPLES[name].read_bytes()
    source = read(content)
    mends = [
        mend
        for problem in problems_of(name, content, small_library)
        if (mend := Mending(source).mend(problem))
    ]
    assert bool(mends) == (name in MECHANICAL)
    for mend in mends:
        assert mend.label
        left = problems_of(name, edited(source.text, mend.edits), small_library)
        assert name not in {one.code for one in left}
        assert not left or not source.is_read  # a text that ends early hides what follows


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("{“title”: 1}", '{"title": 1}'),
        ("{'title': 1}", '{"title": 1}'),
        ('{"a": True}', '{"a": true}'),
        ('{"a": None}', '{"a": null}'),
        ('{"a": +.5}', '{"a": 0.5}'),
        ('{"a": 007}', '{"a": 7}'),
        ('{"a": 1,, "b": 2}', '{"a": 1, "b": 2}'),
        ('{"a": "b}', '{"a": "b"}'),
        ('{"a": 1 // one\n}', '{"a": 1\n}'),
        ('{"a": 1 /* one */}', '{"a": 1}'),
        ('{"a": [1, 2}', '{"a": [1, 2]}'),
        ('{"a": [1, 2}}', '{"a": [1, 2]}'),
        ('{"a": "x\ty"}', '{"a": "x\\ty"}'),
        ("{title: 1}", '{"title": 1}'),
    ],
)
def test_a_slip_of_the_pen_is_mended_as_anybody_would(typed, mended):
    source = read(typed)
    assert edited(typed, Mending(source).mend(source.problems[0]).edits) == mended


def test_a_misspelt_key_is_renamed(small_library):
    typed = EXAMPLES["unknown-key"].read_text().replace(', "title": "One"', "")
    (missing, problem) = problems_of("unknown-key", typed, small_library)
    mended = edited(typed, Mending(read(typed)).mend(problem).edits)
    assert (problem.code, missing.code) == ("unknown-key", "missing-key")
    assert problems_of("unknown-key", mended, small_library) == ()


def test_no_mend_is_made_up_for_what_needs_a_thought():
    for typed in ("{“title: 1}", '{"a": NaN}', '{"a": }', '{"a": 1-}', ""):
        source = read(typed)
        assert Mending(source).mend(source.problems[0]) is None


@pytest.mark.parametrize(
    ("text", "made"),
    [("User research", "user-research"), ("Don’t know!", "dont-know"), ("Ŵy", "y"), ("??", "")],
)
def test_an_id_is_made_of_a_text(text, made):
    assert slug(text) == made


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('aé"\\ {[,', max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc~/", max_size=2), inner)
    ),
    max_leaves=20,
)
LAYOUTS = st.sampled_from([None, 0, 2, "\t"])


def pointers(value, pointer=""):
    """Every pointer below, each with its parent and key."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in members:
        below = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
        yield below, value, key
        if isinstance(inner, dict | list):
            yield from pointers(inner, below)


def laid_out(data):
    value = data.draw(st.lists(VALUES, min_size=1, max_size=4))
    text = json.dumps(value, indent=data.draw(LAYOUTS), ensure_ascii=data.draw(st.booleans()))
    return value, text, Editing(read(text))


@given(st.data())
def test_deleting_replacing_and_renaming_do_what_they_do_to_the_value(data):
    value, text, editing = laid_out(data)
    pointer, parent, key = data.draw(st.sampled_from(list(pointers(value))))
    assert editing.value(pointer) == parent[key]
    deleted = edited(text, [editing.delete(pointer)])
    replaced = edited(text, [editing.replace(pointer, {"new": [1]})])
    if isinstance(parent, dict):
        renamed = json.loads(edited(text, [editing.rename(pointer, "quite new")]))
        assert editing.value(pointer) == Editing(read(json.dumps(renamed))).value(
            f"{pointer.rpartition('/')[0]}/quite new"
        )
    parent[key] = {"new": [1]}
    assert json.loads(replaced) == value
    del parent[key]
    assert json.loads(deleted) == value


@given(st.data())
def test_inserting_does_what_it_does_to_the_value(data):
    value, text, editing = laid_out(data)
    containers = [("", value)] + [
        (pointer, parent[key])
        for pointer, parent, key in pointers(value)
        if isinstance(parent[key], dict | list)
    ]
    pointer, container = data.draw(st.sampled_from(containers))
    new = data.draw(VALUES)
    if isinstance(container, dict):
        made = editing.insert(pointer, "quite new", new)
        container["quite new"] = new
    else:
        place = data.draw(st.integers(0, len(container)))
        made = editing.insert(pointer, place, new)
        container.insert(place, new)
    assert json.loads(edited(text, [made])) == value


@given(st.data())
def test_moving_an_entry_moves_that_entry_alone(data):
    lists = data.draw(st.lists(st.lists(VALUES, max_size=4), min_size=1, max_size=3))
    text = json.dumps(lists, indent=data.draw(LAYOUTS))
    filled = [n for n, one in enumerate(lists) if one]
    if not filled:
        return
    old = data.draw(st.sampled_from(filled))
    entry = data.draw(st.integers(0, len(lists[old]) - 1))
    new = data.draw(st.integers(0, len(lists) - 1))
    place = data.draw(st.integers(0, len(lists[new])))
    edits = Editing(read(text)).move(f"/{old}/{entry}", f"/{new}", place)
    marked = object()
    lists[new].insert(place, marked)
    value = lists[old].pop(entry + (old == new and place <= entry))
    lists[new][lists[new].index(marked)] = value
    assert json.loads(edited(text, edits)) == lists


def test_what_is_written_keeps_the_layout_of_its_neighbours():
    text = '{\n  "a": 1,\n  "list": [\n    {"id": "x"},\n    {"id": "y"}\n  ]\n}\n'
    editing = Editing(read(text))
    added = edited(text, [editing.insert("/list", 1, {"id": "new"})])
    assert added == text.replace('{"id": "y"}', '{"id": "new"},\n    {"id": "y"}')
    moved = edited(text, editing.move("/list/1", "/list", 0))
    assert moved == '{\n  "a": 1,\n  "list": [\n    {"id": "y"},\n    {"id": "x"}\n  ]\n}\n'


def test_what_is_not_there_cannot_be_edited():
    editing = Editing(read('{"a": [1]}'))
    for pointer in ("/b", "/a/1", "/a/x", "/a/0/0"):
        with pytest.raises(NoSuchPlace):
            editing.delete(pointer)
    with pytest.raises(NoSuchPlace):
        editing.insert("/a/0", 0, 1)
    with pytest.raises(NoSuchPlace):
        editing.move("/a", "/a", 0)
