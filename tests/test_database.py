"""The tables are what the migrations make, and no update is lost."""

from threading import Thread

import pytest
from sqlalchemy import select, text, update

from survey.database import differences, engine, migrate, session_scope
from survey.storage.organisations import Organisation


def test_upgrading_from_nothing_twice_leaves_nothing_to_do(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    migrate(url)
    migrate(url)
    assert differences(url) == []


def test_migrations_make_the_tables_of_the_code(database_url):
    assert differences(database_url) == []


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
