"""Whatever release somebody has, this one takes over all that is in it."""

import re

import pytest

from survey.config import ROOT
from survey.database import differences, migrate
from tests.conftest import BOTH, named, run_on
from tests.released import RELEASES, fill, rows_in

MADE_ANEW = {"0001": {("draft", "key_digest")}}
"""What migrations work out afresh, by the revision they come from: see 0002."""


@pytest.fixture
def database(request, tmp_path):
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    server = request.getfixturevalue("postgresql_server")
    run_on(server, "DROP DATABASE IF EXISTS old WITH (FORCE)", "CREATE DATABASE old")
    return named(server, "old")


@pytest.mark.parametrize("revision", sorted({one.revision for one in RELEASES}))
@pytest.mark.parametrize("database", BOTH, indirect=True)
def test_an_upgrade_from_each_release_loses_nothing(database, revision, monkeypatch):
    monkeypatch.setenv("SURVEY_SECRET_KEY", "a secret of the tests, as long as it must be")
    migrate(database, revision)
    before = fill(database)
    migrate(database)
    after = rows_in(database)
    assert set(before) <= set(after)
    for table, (row,) in before.items():
        assert lost(row, after[table], table, MADE_ANEW.get(revision, set())) == {}, table
    assert differences(database) == []


def lost(row, rows, table, made_anew):
    """The values of a row that no row of the table has any more, of columns that still are."""
    kept = [name for name in row if rows and name in rows[0] and (table, name) not in made_anew]
    values = {name: row[name] for name in kept}
    return {} if values in [{name: one[name] for name in kept} for one in rows] else values


def test_every_release_of_the_changelog_is_tried():
    released = re.findall(r"^## (\d+\.\d+\.\d+) ", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert [one.version for one in RELEASES] == released[::-1]
