"""Properties are checked without a stopwatch: how fast a machine is decides nothing here."""

from pathlib import Path

import pytest
from hypothesis import settings

from survey.questionnaire.library import read_library

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

EXAMPLES = Path(__file__).parent.parent / "questionnaires"


@pytest.fixture(scope="session")
def small_library():
    """The library in tests/questionnaires/library: two capabilities, a map, a role."""
    folder = EXAMPLES / "library"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")
    }
    library, problems = read_library(files)
    assert not problems
    return library
