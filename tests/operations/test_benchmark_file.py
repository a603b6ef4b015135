"""A file of figures says what it said when it was signed, or it is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.operations.benchmark_file import fingerprint_of, read_signed
from survey.questionnaire.problems import InvalidFile
from tests import make_benchmarks as make

FILE = make.file()
KEY = make.key("Elsewhere").public_key().public_bytes_raw().hex()


def problems(file):
    with pytest.raises(InvalidFile) as fault:
        read_signed(file)
    return fault.value.problems


def codes(file):
    return [problem.code for problem in problems(file)]


def resigned(**changes):
    """A file in which something was changed before it was signed."""
    return make.signed(replace(make.shared(), **changes), make.key("Elsewhere"))


def test_what_was_signed_is_read():
    found = read_signed(FILE)
    assert found.shared == make.shared()
    assert found.key == KEY


def test_the_same_figures_make_the_same_file():
    assert make.file() == FILE
    assert read_signed(make.file()).digest == read_signed(FILE).digest


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_says_the_same(place, mask):
    changed = bytearray(FILE)
    changed[place] ^= mask
    try:
        found = read_signed(bytes(changed))
    except InvalidFile:
        return
    assert found.shared == make.shared()
    assert found.key == KEY


def edited(change):
    document = json.loads(FILE)
    change(document)
    return json.dumps(document).encode()


CHANGES = {
    "another name": lambda d: d["content"].update(organisation="Somewhere"),
    "another mean": lambda d: d["content"]["capabilities"][make.DESIGN].update(mean=5),
    "another key": lambda d: d.update(key=make.key("Other").public_key().public_bytes_raw().hex()),
    "another signature": lambda d: d.update(signature="0" * 128),
    "capital letters": lambda d: d.update(signature=d["signature"].upper()),
    "no text": lambda d: d.update(signature=None),
    "no signature": lambda d: d.pop("signature"),
    "no key": lambda d: d.pop("key"),
    "something more": lambda d: d.update(more="unsigned"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_breaks_the_signature(change):
    (problem,) = problems(edited(CHANGES[change]))
    assert problem.code == "bad-signature"
    assert "changed on the way" in problem.message
    assert "Ask for the file again" in problem.mend


def test_another_kind_of_file_is_told_apart():
    assert codes(b"{}") == codes(b"[1]") == ["not-a-benchmark"]
    assert "closed wave" in problems(b"{}")[0].mend


def test_a_later_form_is_told_apart():
    (problem,) = problems(edited(lambda d: d.update(version=2)))
    assert problem.code == "unknown-version"
    assert "up to date" in problem.mend


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "empty-file"),
        (FILE[:-1], "unclosed"),
        (b"\xff", "not-utf-8"),
        (b" " * 2**21, "too-large"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(file, code):
    problem = problems(file)[0]
    assert problem.code == code
    assert problem.line >= 1
    assert "Ask for the file again" in problem.mend


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"organisation": ""}, "/content/organisation", "empty-text"),
        ({"organisation": "x" * 201}, "/content/organisation", "too-long"),
        ({"organisation": "A\nB"}, "/content/organisation", "control-character"),
        ({"wave_name": "A\u202eB"}, "/content/wave_name", "control-character"),
        ({"month": 13}, "/content/month", "out-of-range"),
        ({"people": 4}, "/content/people", "out-of-range"),
        ({"simulated": 1}, "/content/simulated", "wrong-type"),
        (
            {"capabilities": {"design": make.figure("d" * 64)}},
            "/content/capabilities/design",
            "bad-id",
        ),
    ],
)
def test_what_no_such_file_holds_is_refused_though_it_is_signed(changes, pointer, code):
    (problem,) = problems(resigned(**changes))
    assert (problem.pointer, problem.code) == (pointer, code)


@pytest.mark.parametrize(
    ("figure", "key", "code"),
    [
        (make.SharedFigure("d" * 64, (1, 1, 1, 1, 0), 3.0), "counts", "out-of-range"),
        (make.SharedFigure("d" * 64, (5, 5), 3.0), "counts", "not-five-steps"),
        (make.SharedFigure("d" * 64, (5, 5, 5, 5, -1), 3.0), "counts/4", "out-of-range"),
        (make.SharedFigure("d" * 64, (5, 5, 5, 5, 5), 5.5), "mean", "out-of-range"),
        (make.SharedFigure("d" * 8, (5, 5, 5, 5, 5), 3.0), "asked", "bad-digest"),
    ],
)
def test_so_is_a_figure_that_is_none(figure, key, code):
    (problem,) = problems(resigned(capabilities={make.DESIGN: figure}))
    assert (problem.pointer, problem.code) == (f"/content/capabilities/digital~1design/{key}", code)


def test_a_fingerprint_can_be_read_out():
    groups = fingerprint_of(KEY).split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert fingerprint_of(KEY) != fingerprint_of("0" * 64)
