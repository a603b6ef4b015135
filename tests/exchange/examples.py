"""Questionnaires to exchange: one small file a feature, and some that are asked in earnest."""

from functools import cache
from pathlib import Path

from survey.operations.shipped import library, ready_made
from survey.questionnaire.check import expand
from survey.questionnaire.library import read_library

EXAMPLES = Path(__file__).parent.parent / "questionnaires"
GOOD = tuple(sorted(path.stem for path in (EXAMPLES / "good").glob("*.json")))
READY_MADE = ("quick-check", "ten-minute-check", "digital-data-innovation-core")


@cache
def small_library():
    """The library in tests/questionnaires/library."""
    folder = EXAMPLES / "library"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")
    }
    return read_library(files)[0]


def library_of(name):
    """What an example, or a questionnaire that is shipped, may name."""
    return library() if name in READY_MADE else small_library()


@cache
def example(name):
    """An example, or a questionnaire that is shipped, expanded."""
    if name in READY_MADE:
        return expand(ready_made()[name], library())
    return expand((EXAMPLES / "good" / f"{name}.json").read_bytes(), small_library())
