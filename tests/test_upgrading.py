"""An upgrade waits for its turn, and does not keep others waiting for long."""

import subprocess
import sys
from subprocess import PIPE

import pytest
from sqlalchemy import text

from survey.cli import database as commands
from survey.config import ROOT
from survey.engines import engine
from survey.migrating import differences, migrate
from survey.storage.model import Model
from survey.storage.transactions import Patience, snapshot
from tests.cli.conftest import Survey
from tests.conftest import BOTH, named, run_on
from tests.released import LATEST, columns_of

MIGRATE = """
import sys
from survey.migrating import migrate
print("ready", flush=True)
migrate(sys.argv[1])
"""


@pytest.fixture
def nothing_url(request, tmp_path):
    """The address of a database without tables, of the kind that the test asks for."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.db'}"
    server = request.getfixturevalue("postgresql_server")
    run_on(server, "DROP DATABASE IF EXISTS new WITH (FORCE)", "CREATE DATABASE new")
    return named(server, "new")


@pytest.mark.parametrize("nothing_url", BOTH, indirect=True)
def test_of_two_upgrades_at_once_one_waits_and_finds_nothing_to_do(nothing_url):
    other = subprocess.Popen(
        [sys.executable, "-c", MIGRATE, nothing_url], cwd=ROOT, stdout=PIPE, stderr=PIPE, text=True
    )
    assert other.stdout.readline() == "ready\n"
    migrate(nothing_url)
    said = other.communicate(timeout=60)
    assert (other.returncode, said) == (0, ("", ""))
    assert differences(nothing_url) == []


@pytest.fixture
def busy(postgresql_server):
    """A database of an older release in which somebody is changing the waves: its address, and what
    ends their transaction."""
    run_on(postgresql_server, "DROP DATABASE IF EXISTS busy WITH (FORCE)", "CREATE DATABASE busy")
    url = named(postgresql_server, "busy")
    migrate(url, "0018")
    changing = engine(url)
    with changing.connect() as connection:
        connection.execute(text("UPDATE wave SET name = name"))
        yield url, connection.rollback
        connection.rollback()
    changing.dispose()


@pytest.mark.postgresql
def test_an_upgrade_makes_way_for_others_and_tries_again_or_else_changes_nothing(busy, monkeypatch):
    url, end = busy
    before = columns_of(url)
    hasty = Patience(lock=0.05, tries=2, pause=lambda _: None)
    with monkeypatch.context() as patch:
        patch.setattr(commands, "migrate", lambda url: migrate(url, patience=hasty))
        assert Survey({"SURVEY_DATABASE_URL": url}).refuses("database", "upgrade") == [
            "Others kept using the tables, so nothing was upgraded. "
            "(mend: Try again at a quieter hour, or stop the product meanwhile.)"
        ]
    assert columns_of(url) == before
    waited = []

    def pause(seconds):
        waited.append(seconds)
        if len(waited) == 2:
            end()

    migrate(url, patience=Patience(lock=0.05, pause=pause))
    assert waited == [1, 2]
    assert columns_of(url) != before


@pytest.fixture
def database_of_now(request, nothing_url):
    """The address of a database with all migrations, of the same kind."""
    if nothing_url.startswith("sqlite"):
        return f"sqlite:///{request.getfixturevalue('sqlite_template')}"
    return named(request.getfixturevalue("postgresql_server"), "template")


NO_LONGER_USED = frozenset()
"""(table, column) that the last release had and did not use any more, so that this one may drop
them: see migrations/README.md."""


@pytest.mark.parametrize("nothing_url", BOTH, indirect=True)
def test_the_last_release_can_go_on_working_on_the_new_tables(nothing_url, database_of_now):
    """While nodes are upgraded one after the other, old code reads and writes what new code has
    migrated: all that it knows is there, and it need not fill what it does not know."""
    migrate(nothing_url, LATEST.revision)
    before, after = columns_of(nothing_url), columns_of(database_of_now)
    missing = {name for name in before if name not in after} - NO_LONGER_USED
    assert missing == set()
    changed = {name for name in before if name in after and after[name].type != before[name].type}
    assert changed == set()
    tables = {table for table, _ in before}
    needed = {name for name in after if name not in before and name[0] in tables}
    assert {name for name in needed if not after[name].may_be_left_out} == set()


def test_what_lies_in_no_order_on_sqlite_still_does_after_all_migrations(sqlite_template):
    """Altering a table writes it afresh there; with row numbers, it would tell who came when."""
    unordered = {
        table.name
        for table in Model.metadata.sorted_tables
        if not table.dialect_options["sqlite"]["with_rowid"]
    }
    found = text("SELECT name FROM pragma_table_list WHERE type = 'table' AND wr")
    with snapshot(engine(f"sqlite:///{sqlite_template}")) as connection:
        assert set(connection.scalars(found)) == unordered
