"""The tables are what the migrations make, and no update is lost."""

from threading import Thread

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import NotSupportedError

from survey.database import session_scope
from survey.engines import engine
from survey.migrating import differences, migrate
from survey.operations.inviting import unanswered
from survey.operations.tokens import digest_of, draft_key, token_of
from survey.outages import outage_of
from survey.storage.accounts import Account
from survey.storage.drafts import Draft
from survey.storage.manuscripts import Manuscript, history
from survey.storage.model import WHOLE
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave
from tests.conftest import BOTH, named, run_on


def test_upgrading_from_nothing_twice_leaves_nothing_to_do(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrate(url)
    migrate(url)
    assert differences(url) == []


def test_migrations_make_the_tables_of_the_code(database_url):
    assert differences(database_url) == []


@pytest.fixture(params=BOTH)
def old_url(request, tmp_path):
    """A database as the first release made it, with an open wave: one has answered, one begun."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        run_on(server, "DROP DATABASE IF EXISTS old WITH (FORCE)", "CREATE DATABASE old")
        url = named(server, "old")
    migrate(url, "0001")
    with session_scope(url) as session:
        for statement in OLD:
            session.execute(text(statement))
        for id_, used in ((1, True), (2, False), (3, False)):
            digest = digest_of(token_of(SECRET, 1, id_))
            session.execute(
                text("INSERT INTO invitation VALUES (1, :id, :id, 1, :digest, 0, :used)"),
                {"id": id_, "digest": digest, "used": used},
            )
        session.execute(
            text("INSERT INTO draft VALUES (1, :digest, 2, 1, 0, '{}', 0)"), {"digest": b"old"}
        )
        session.commit()
    return url


SECRET = "a secret of the tests, as long as it must be"
OLD = (
    "INSERT INTO organisation VALUES (1, 'anytown', 'Anytown')",
    "INSERT INTO unit VALUES (1, 1, NULL, 'anytown', 'Anytown', '1/')",
    "INSERT INTO account VALUES (1, 'ada@anytown.example', NULL, true, 'unique')",
    "INSERT INTO \"grant\" VALUES (1, 1, 1, NULL, 'admin')",
    "INSERT INTO version VALUES ('d', '')",
    "INSERT INTO wave VALUES "
    "(1, 'autumn', 1, 'd', 'Autumn', 'open', 10, false, NULL, NULL, NULL, false)",
    "INSERT INTO wave_tree VALUES (1, '[]')",
    "INSERT INTO manuscript VALUES (7, 1, 'Ours', '{}', 3, '2026-01-01 00:00:00+00:00')",
    *(f"INSERT INTO person VALUES ({n}, 1, 1, 'p{n}@anytown.example', true)" for n in (1, 2, 3)),
)


def test_an_upgrade_loses_nothing_and_lets_nobody_answer_twice(old_url, monkeypatch):
    monkeypatch.setenv("SURVEY_SECRET_KEY", SECRET)
    migrate(old_url)
    assert differences(old_url) == []
    with session_scope(old_url) as session:
        account = session.scalars(select(Account)).unique().one()
        assert [grant.role for grant in account.grants] == ["admin"]
        wave = session.scalars(select(Wave)).one()
        assert (wave.state, wave.goal, wave.languages) == ("open", 60, ["en"])
        left = [id_ for id_, _ in unanswered(session, wave, secret=SECRET)]
        assert left == [2, 3]
        begun = draft_key(token_of(SECRET, 1, 2))
        assert session.scalars(select(Draft.key_digest)).all() == [digest_of(begun)]
        written = session.scalars(select(Manuscript)).one()
        assert (written.kind, written.source, written.revision) == ("questionnaire", "{}", 3)
        assert [(one.revision, one.source) for one, _ in history(session, written.id)] == [
            (3, "{}")
        ]


def increment(url, times):
    """Read, add one, write: the classic way to lose an update."""
    with session_scope(url) as session:
        for _ in range(times):
            row = session.scalars(select(Organisation).with_for_update()).one()
            row.name = str(int(row.name) + 1)
            session.commit()
            session.expire_all()


def increment_on_condition(url, times):
    with session_scope(url) as session:
        done = 0
        while done < times:
            seen = session.scalar(select(Organisation.name))
            changed = session.execute(
                update(Organisation)
                .where(Organisation.name == seen)
                .values(name=str(int(seen) + 1))
                .execution_options(synchronize_session=False)
            )
            session.commit()
            done += changed.rowcount


@pytest.mark.parametrize("way", [increment, increment_on_condition])
def test_eight_writers_lose_no_update(database_url, way):
    with session_scope(database_url) as session:
        session.add(Organisation(slug="anytown", name="0"))
        session.commit()
    writers = [Thread(target=way, args=(database_url, 50)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with session_scope(database_url) as session:
        assert session.scalar(select(Organisation.name)) == "400"


def test_reading_waits_for_no_writer_on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrate(url)
    with session_scope(url) as writer, session_scope(url) as reader:
        writer.add(Organisation(slug="anytown", name="Anytown"))
        writer.flush()
        assert reader.scalars(select(Organisation)).all() == []


def test_a_rolled_back_transaction_leaves_nothing(database_url):
    with session_scope(database_url) as session:
        session.add(Organisation(slug="anytown", name="Anytown"))
        session.flush()
        session.rollback()
    with session_scope(database_url) as session:
        assert session.scalars(select(Organisation)).all() == []


def test_a_savepoint_can_be_undone_alone(database_url):
    with session_scope(database_url) as session:
        session.add(Organisation(slug="kept", name="Kept"))
        with session.begin_nested() as savepoint:
            session.add(Organisation(slug="undone", name="Undone"))
            session.flush()
            savepoint.rollback()
        session.commit()
    with session_scope(database_url) as session:
        assert session.scalars(select(Organisation.slug)).all() == ["kept"]


def test_sqlite_keeps_its_promises(tmp_path):
    made = engine(f"sqlite:///{tmp_path / 'new.db'}")
    with made.connect() as connection:
        settings = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    made.dispose()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 15000,
    }


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_was_ended_just_now_is_replaced_unnoticed(database_url):
    made = engine(database_url)
    number = text("SELECT pg_backend_pid()")
    with made.connect() as first:
        ended = first.scalar(number)
    with made.connect() as again:
        assert again.scalar(number) == ended
    run_on(database_url, f"SELECT pg_terminate_backend({ended}, 5000)")
    with made.connect() as another:
        assert another.scalar(number) != ended
    made.dispose()


@pytest.fixture
def direct(database_url):
    """A connection to PostgreSQL, and the driver's."""
    made = engine(database_url)
    with made.connect() as connection:
        yield connection, connection.connection.driver_connection
        connection.rollback()
    made.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_only_reads_holds_no_transaction_and_what_writes_or_locks_does(direct):
    connection, driver = direct
    held = {}
    for way, statement in (
        ("read", select(Organisation.name)),
        ("lock a row", select(Organisation.name).with_for_update()),
        ("lock a wave", select(func.pg_advisory_xact_lock(1, 1))),
        ("set", select(func.set_config("lock_timeout", "1s", True))),
        ("change", update(Organisation).values(name="Anytown")),
        ("read many", select(Organisation.name).execution_options(yield_per=10)),
    ):
        connection.execute(statement).close()
        held[way] = driver.info.transaction_status.name
        connection.rollback()
        driver.autocommit = True
    assert held.pop("read") == "IDLE"
    assert set(held.values()) == {"INTRANS"}


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_statement_that_is_a_whole_transaction_is_one_unless_another_has_begun(direct):
    connection, driver = direct
    connection.execute(insert(Organisation).values(slug="anytown", name="0"))
    connection.commit()
    driver.autocommit = True
    alone = update(Organisation).values(name="1").execution_options(**WHOLE)
    connection.execute(alone)
    assert driver.info.transaction_status.name == "IDLE"
    connection.rollback()
    assert connection.scalar(select(Organisation.name)) == "1"
    connection.rollback()
    connection.execute(update(Organisation).values(slug="elsewhere"))
    connection.execute(alone.values(name="2"))
    connection.rollback()
    assert connection.scalar(select(Organisation.name)) == "1"


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_upgrade_of_what_was_prepared_is_told_as_an_outage_and_passes(database_url):
    made = engine(database_url)
    asked = text("SELECT name FROM changed")
    run_on(database_url, "CREATE TABLE changed (name varchar(10))")
    with made.connect() as connection:
        for _ in range(10):
            connection.execute(asked).all()
    run_on(database_url, "ALTER TABLE changed ALTER COLUMN name TYPE text")
    with made.connect() as connection, pytest.raises(NotSupportedError) as told:
        connection.execute(asked)
    assert outage_of(told.value).kind == "busy"
    with made.connect() as connection:
        assert connection.execute(asked).all() == []
    made.dispose()
