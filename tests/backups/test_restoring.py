"""A backup comes back whole, in either database, or changes nothing."""

import shutil
from dataclasses import replace
from io import BytesIO
from random import Random
from threading import Event, Thread

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DataError

from survey.backups.archive import compressed, heading_line, heading_of, table_lines
from survey.backups.restoring import restore, rows_held
from survey.backups.sealed import Unreadable, seal
from survey.backups.shapes import line_of
from survey.backups.taking import LEFT_OUT
from survey.database import session_scope
from survey.engines import engine
from survey.migrating import differences, migrate
from survey.operations import answering, auditing, reporting
from survey.operations.errors import Refused
from survey.storage import audit
from survey.storage.drafts import Draft, Submission
from survey.storage.model import Model, is_postgresql
from survey.storage.organisations import Organisation, Unit
from survey.storage.responses import Comment, Response
from survey.storage.transactions import snapshot
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.backups.conftest import nothing_on
from tests.backups.make_backup import KEY, SECRET, backup_of, counted, fill_every_table
from tests.conftest import named, run_on

pytestmark = pytest.mark.postgresql

PEOPLE = 12
WRITERS = 2


@pytest.fixture(scope="module")
def restored(both):
    """A row in every table, units that were reorganised, a closed wave, and an open one in which
    people send their answers while the backup is made; restored into the other kind of database.

    Gives the addresses of both and the backup.
    """
    source, target = both
    with session_scope(source) as session:
        fill_every_table(session)
        auditing.note(session, "backup.make", "database")
        keys = a_busy_organisation(session)
        session.commit()
    content = while_they_send(source, keys)
    assert restore(target, BytesIO(content), KEY, secret=SECRET).same_secret
    return source, target, content


def a_busy_organisation(session):
    """A closed wave, and an open one with drafts that are ready to be sent; their keys."""
    closed = make.closed_wave(session, {"parks": [2, 3, 3, 4, 5, 5, 1], "adults": [2] * 6})
    first, last = make.unit(session, "adults"), make.unit(session, "parks")
    first.ended_at, first.successor_id = make.NOON, last.id  # it refers to a later row
    anytown = session.get(Organisation, closed.organisation_id)
    wave = make.wave(session, of=anytown, slug="spring")
    return [begun_by(session, wave, f"p{person}@anytown.example") for person in range(PEOPLE)]


def begun_by(session, wave, email):
    token, invited = make.invitation(session, wave, email=email)
    key = answering.draft_key(token)
    draft = answering.begin(session, wave=wave, invitation=invited, key=key, random=Random(1))
    answers = make.all_answers(draft.questionnaire) | {"digital/design:comment": f"By {email}"}
    session.get(Draft, (wave.id, draft.key_digest)).answers = answers
    return key


def while_they_send(url, keys):
    """A backup; some answers come in between its first look at the database and the rest."""
    sent, begun, went_on = [], Event(), Event()

    def send(some):
        half = len(some) // 2
        with session_scope(url) as session:
            for number, key in enumerate(some):
                if number == half:
                    assert begun.wait(30)
                answering.submit(session, answering.open_draft(session, "spring", key))
                session.commit()
                sent.append(key)
                if number > half:
                    went_on.set()

    def wait(length):
        begun.set()
        assert went_on.wait(30)
        return bytes(length)

    writers = [Thread(target=send, args=(keys[n::WRITERS],)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    content = backup_of(url, wait)
    for writer in writers:
        writer.join()
    assert len(sent) == PEOPLE
    return content


def test_every_table_comes_back_in_the_other_database(restored):
    _, target, content = restored
    kept = {table.name for table in Model.metadata.sorted_tables} - LEFT_OUT
    assert {name for name, (rows, _) in counted(content).items() if rows} == kept - {"audit_event"}
    assert counted(backup_of(target)) == counted(content)
    assert differences(target) == []


def test_nobody_is_half_in_a_backup_taken_while_people_send(restored):
    """Who sent has a response, a comment and no draft; who had not yet has a draft alone."""
    with session_scope(restored[1]) as session:
        spring = session.scalar(select(Wave.id).where(Wave.slug == "spring"))
        tables = (Submission, Response, Comment, Draft)
        sent, *others, unsent = (how_many(session, table, spring) for table in tables)
        assert [*others, sent + unsent] == [sent, sent, PEOPLE]
        assert unsent >= 3


def how_many(session, table, wave_id):
    found = select(func.count()).select_from(table).where(table.wave_id == wave_id)
    return session.scalar(found)


def test_the_profile_is_the_same(restored):
    source, target, _ = restored
    assert profile_in(target) == profile_in(source)


def profile_in(url):
    with session_scope(url) as session:
        return reporting.as_json(reporting.organisation_profile(session, "autumn", None))


def test_rows_lie_in_the_order_of_their_random_keys(restored):
    """What is restored tells even less than what was there: no order, one transaction."""
    with session_scope(restored[1]) as session:
        on_postgresql = is_postgresql(session)
        order = text("ctid" if on_postgresql else "rowid")
        keys = session.execute(select(Draft.wave_id, Draft.key_digest).order_by(order)).all()
        assert keys == sorted(keys)
        if on_postgresql:
            for name in ("response", "comment"):
                found = text(f"SELECT wave_id, id FROM {name} ORDER BY ctid")
                assert session.execute(found).all() == sorted(session.execute(found).all())
            written = "SELECT xmin::text FROM response UNION SELECT xmin::text FROM draft"
            assert len(session.execute(text(written)).all()) == 1


def test_units_refer_to_their_parents_and_successors(restored):
    with session_scope(restored[1]) as session:
        parks = make.unit(session, "parks")
        assert make.unit(session, "adults").successor_id == parks.id
        assert parks.parent_id == make.unit(session, "places").id


def test_numbers_go_on_above_those_that_were_given(restored):
    with session_scope(restored[1]) as session:
        highest = session.scalar(select(func.max(Organisation.id)))
        added = Organisation(slug="elsewhere", name="Elsewhere")
        session.add(added)
        session.flush()
        assert added.id == highest + 1


def test_the_audit_log_goes_on_and_says_that_a_backup_was_restored(restored):
    with session_scope(restored[1]) as session:
        last = list(audit.events(session, audit.INSTALLATION))[-2:]
        assert [event.action for event in last] == ["backup.make", "backup.restore"]


def test_a_number_whose_row_is_gone_is_not_given_again(postgresql_server):
    run_on(postgresql_server, "DROP DATABASE IF EXISTS source WITH (FORCE)")
    run_on(postgresql_server, "CREATE DATABASE source TEMPLATE template")
    url = named(postgresql_server, "source")
    with session_scope(url) as session:
        gone = Organisation(slug="gone", name="Gone")
        session.add(gone)
        session.flush()
        session.delete(gone)
        session.commit()
    restore(url, BytesIO(backup_of(url)), KEY, secret="another secret")
    with session_scope(url) as session:
        added = Organisation(slug="anytown", name="Anytown")
        session.add(added)
        session.flush()
        assert added.id == gone.id + 1


def test_a_database_that_is_not_empty_is_left_alone_unless_it_is_to_be_replaced(database_url):
    """Its own backup is put back into it: all that came since is gone."""
    with session_scope(database_url) as session:
        make.organisation(session)
        auditing.note(session, "backup.make", "database")
        session.commit()
    content = backup_of(database_url)
    with session_scope(database_url) as session:
        session.add(Organisation(slug="since", name="Since"))
        session.commit()
    rows = rows_held(database_url)
    with pytest.raises(Refused, match="not empty"):
        restore(database_url, BytesIO(content), KEY, secret=SECRET)
    assert rows_held(database_url) == rows
    restored = restore(database_url, BytesIO(content), KEY, secret="another secret", replace=True)
    assert not restored.same_secret
    assert counted(backup_of(database_url)) == counted(content)
    with session_scope(database_url) as session:
        assert [state.broken_at for state in auditing.verify(session)] == [None]


def older(content, revision):
    """A backup as the version with the tables of `revision` would have made it, with a unit of an
    organisation in it."""
    heading = heading_of(BytesIO(content), KEY)
    shapes = {shape.name: shape for shape in heading.tables}
    rows = {
        "organisation": (7, "anytown", "Anytown", False, ""),
        "unit": (9, 7, None, "anytown", "Anytown", "9/", None, None),
    }
    tables = tuple(shapes[name] for name in rows)
    lines = [heading_line(replace(heading, revision=revision, tables=tables))]
    for shape in tables:
        lines += table_lines([line_of(shape, rows[shape.name])], shape.name, None)
    return b"".join(seal(compressed(lines), KEY, bytes(32)))


def test_a_backup_of_an_older_version_is_upgraded(tmp_path, sqlite_template):
    content = older(backup_of(f"sqlite:///{sqlite_template}"), "0018")
    url = f"sqlite:///{tmp_path / 'new.db'}"
    restore(url, BytesIO(content), KEY, secret=SECRET)
    assert differences(url) == []
    with session_scope(url) as session:
        assert session.execute(select(Unit.id, Unit.organisation_id)).all() == [(9, 7)]


def test_a_backup_of_a_newer_version_is_refused(tmp_path, sqlite_template):
    content = older(backup_of(f"sqlite:///{sqlite_template}"), "9999")
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with pytest.raises(Refused, match="newer version"):
        restore(url, BytesIO(content), KEY, secret=SECRET)
    assert rows_held(url) == 0


def test_a_database_of_another_version_is_not_replaced(tmp_path, sqlite_template):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    migrate(url, "0018")
    content = backup_of(f"sqlite:///{sqlite_template}")
    with pytest.raises(Refused, match="tables of this version"):
        restore(url, BytesIO(content), KEY, secret=SECRET, replace=True)


SPOILT = {"cut": lambda raw: raw[:-1], "changed": lambda raw: raw[:-1] + bytes([raw[-1] ^ 1])}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_backup_changes_nothing(tmp_path, sqlite_template, spoil):
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'source.db')}"
    with session_scope(url) as session:
        make.organisation(session)
        session.commit()
    content = spoil(backup_of(url))
    before = rows_held(url)
    with pytest.raises(Unreadable, match="damaged"):
        restore(url, BytesIO(content), KEY, secret=SECRET, replace=True)
    assert rows_held(url) == before


def test_what_the_other_database_cannot_hold_undoes_everything(
    postgresql_server, sqlite_template, tmp_path
):
    """SQLite does not mind how long a text is, PostgreSQL does."""
    source = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'source.db')}"
    with session_scope(source) as session:
        session.add(Organisation(slug="anytown", name="Anytown" * 100))
        session.commit()
    target = nothing_on(postgresql_server)
    with pytest.raises(DataError):
        restore(target, BytesIO(backup_of(source)), KEY, secret=SECRET)
    with snapshot(engine(target)) as connection:
        assert inspect(connection).get_table_names() == []
