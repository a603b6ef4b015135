"""A program dies in the middle of its work, and another does it again: nothing that was confirmed
is lost, nothing is doubled, nothing stays half done. `python -m tests.faults.walk` walks every
step; here it is every so-manieth, from another on each database."""

import pytest

from tests.faults.dying import processes
from tests.faults.scenes import SCENES
from tests.faults.walk import PostgreSql, Sqlite, Walker, table

EVERY = 43
EVERY_OF_MANY = 293
FIRST = {"SQLite": 5, "PostgreSQL": 16}


@pytest.fixture(scope="module")
def dying():
    with processes() as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request, tmp_path):
    if request.param == "sqlite":
        return Sqlite(tmp_path, request.getfixturevalue("sqlite_template"))
    return PostgreSql(request.getfixturevalue("postgresql_server"))


@pytest.mark.parametrize("operation", SCENES)
def test_whoever_dies_loses_and_doubles_nothing(operation, databases, dying, tmp_path):
    first = FIRST[databases.name]
    every = EVERY_OF_MANY if operation == "all background work" else EVERY
    walk = Walker(databases, dying, tmp_path).walk(operation, every=every, first=first)
    assert not walk.lost + walk.doubled, table([walk])
    assert walk.killed, "too few steps to die at one"
