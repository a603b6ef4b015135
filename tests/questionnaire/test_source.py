"""JSON is read as the standard says, with the place of everything, whatever the file holds."""

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from survey.questionnaire.faults import below
from survey.questionnaire.source import read

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
FINITE = st.none() | st.booleans() | WHOLE | st.floats(-1e15, 1e15) | st.text()
JSON = st.recursive(
    FINITE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)
JSON_LIKE = st.text(alphabet='{}[]",:\\u0123eE+-.truefalsn /*\n\t\x00é')


def as_standard_library_reads(text):
    def refuse(word):
        raise ValueError(word)

    return json.loads(text, parse_constant=refuse)


@given(JSON, st.booleans(), st.sampled_from([None, 0, 1, "\t"]))
def test_json_is_read_as_the_standard_library_reads_it(value, is_ascii, indent):
    written = json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    for file in (written, written.encode()):
        source = read(file)
        assert source.problems == ()
        assert source.is_read
        assert source.value == json.loads(written)


@given(JSON_LIKE)
@example("[1,2,]")
@example('{"a":1}}')
@example('"\\u12"')
@example("01")
@example("")
def test_exactly_what_is_not_json_ends_the_reading(text):
    try:
        expected = as_standard_library_reads(text)
    except ValueError:
        expected = ...
    source = read(text)
    assert source.is_read == (expected is not ...)
    assert source.is_read or source.problems
    if source.is_read and not source.problems:
        assert source.value == expected


@given(st.binary() | st.text(alphabet=st.characters()) | JSON_LIKE)
def test_reading_never_raises_and_every_problem_lies_within_the_file(file):
    source = read(file)
    text = file.decode(errors="replace") if isinstance(file, bytes) else file
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in source.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(JSON)
def test_every_value_and_key_is_where_it_is_said_to_be(value):
    written = json.dumps(value, indent=1)
    source = read(written)
    lines = written.split("\n")

    def look(node, pointer):
        line, column = source.locate(pointer)
        rest = lines[line - 1][column - 1 :]
        if isinstance(node, dict | list):
            assert rest[0] in "{["
            for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
                look(inner, below(pointer, key))
        else:
            assert rest.startswith(json.dumps(node))
        if isinstance(node, dict):
            for key in node:
                line, column = source.locate(below(pointer, key), at_key=True)
                assert lines[line - 1][column - 1 :].startswith(json.dumps(key) + ":")

    look(value, "")


def test_places_count_characters_and_any_kind_of_line_end():
    source = read('{"ŵ😀": 1,\r\n "b":\r[2,\n3]}')
    assert source.locate("/ŵ😀") == (1, 8)
    assert source.locate("/b", at_key=True) == (2, 2)
    assert source.locate("/b/0") == (3, 2)
    assert source.locate("/b/1") == (4, 1)


def test_what_is_not_there_is_located_where_it_could_be():
    source = read('{"a": {"b": [1]}}')
    assert source.locate("/a/title") == source.locate("/a") == (1, 7)
    assert source.locate("/a/b/7") == source.locate("/a/b") == (1, 13)
    assert source.locate("/a/b/x") == (1, 13)
    assert source.locate("/a/b/²") == (1, 13)


def test_keys_are_named_as_rfc_6901_says():
    source = read('{"a/b": 1, "m~n": 2, "": 3}')
    assert [source.locate(one) for one in ("/a~1b", "/m~0n", "/")] == [(1, 9), (1, 19), (1, 26)]


def test_a_byte_order_mark_is_a_problem_and_takes_no_column():
    source = read(b'\xef\xbb\xbf{"a": 1}')
    assert [one.code for one in source.problems] == ["byte-order-mark"]
    assert source.value == {"a": 1}
    assert source.locate("/a") == (1, 7)


def test_faults_of_the_text_that_are_not_of_syntax_are_found_together():
    source = read('\ufeff{"a": 1e999, "a": "\\ud800",\n "b": 12345678901234567890}')
    assert [one.code for one in source.problems] == [
        "byte-order-mark",
        "number-too-large",
        "duplicate-key",
        "unpaired-surrogate",
        "number-too-large",
    ]


def test_after_a_fault_of_syntax_nothing_more_is_told():
    source = read('{"a": 1, "a": 2, b: 3, "a": 4}')
    assert [one.code for one in source.problems] == ["duplicate-key", "unquoted-key"]
    assert not source.is_read
    assert source.value is None


def test_a_pair_of_surrogates_is_a_character_and_half_of_one_is_not():
    assert read('"\\ud83d\\ude00"').value == "😀"
    assert [one.code for one in read('["\\ude00\\ud83d"]').problems] == ["unpaired-surrogate"]
    assert [one.code for one in read("[1, \ud83d]").problems] == ["unpaired-surrogate"]


@pytest.mark.parametrize(
    ("written", "code", "column"),
    [
        ("[-]", "bad-number", 2),
        ("[+1]", "bad-number", 2),
        ("[1.]", "bad-number", 2),
        ("[01]", "bad-number", 2),
        ("[-Infinity]", "not-a-number", 2),
        ("[undefined]", "bad-word", 2),
        ('["a', "unclosed-text", 2),
        ('["a\\"]', "unclosed-text", 2),
        ('["\\u12"]', "bad-escape", 3),
        ("['a']", "wrong-quotes", 2),
        ("[“a”]", "wrong-quotes", 2),
        ("[1 2]", "missing-comma", 4),
        ("[1,,2]", "missing-value", 4),
        ("[,1]", "missing-value", 2),
        ("{,}", "missing-value", 2),
        ("[1, ]", "trailing-comma", 3),
        ('{"a": 1, }', "trailing-comma", 8),
        ('{"a"}', "missing-colon", 5),
        ('{"a" = 1}', "missing-colon", 6),
        ('{"a": }', "missing-value", 7),
        ("{1: 2}", "unquoted-key", 2),
        ("[1}", "wrong-bracket", 3),
        ("[1", "unclosed", 3),
        ("]", "stray-character", 1),
        ("[1;]", "stray-character", 3),
        ("[\u00a01]", "stray-character", 2),
        ("[1] 2", "extra-text", 5),
        ("[1] # one", "comment", 5),
        ("/* one */ [1]", "comment", 1),
        ("\x00", "stray-character", 1),
        (" \n ", "empty-file", 1),
    ],
)
def test_a_fault_of_syntax_is_told_by_its_kind_and_place(written, code, column):
    (problem,) = read(written).problems
    assert (problem.code, problem.line, problem.column) == (code, 1, column)


@pytest.mark.parametrize(
    "file",
    [
        b"[" * 2**20,
        b'{"a":' * 200_000,
        b"[[]," * 200_000,
        b"[" + b"1," * 500_000 + b"1]",
        b'"' + b"\\u0061" * 170_000,
        b'{"a":1,' + b'"a":1,' * 100_000 + b'"a":1}',
        b"[" * 64 * 2**20,
    ],
    ids=["lists", "objects", "many", "wide", "escapes", "duplicates", "huge"],
)
def test_hostile_files_are_read_within_bounds(file):
    began = time.process_time()
    source = read(file)
    assert source.problems or source.is_read
    assert time.process_time() - began < 10


def test_ten_thousand_levels_are_one_problem():
    source = read("[" * 10_000 + "]" * 10_000)
    assert [(one.code, one.column) for one in source.problems] == [("nested-too-deep", 33)]


def test_thirty_two_levels_are_read():
    source = read("[" * 32 + "]" * 32)
    assert source.problems == ()
