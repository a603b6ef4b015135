"""A backup comes back whole, in either database, or changes nothing."""

import shutil
from dataclasses import replace
from io import BytesIO
from random import Random
from threading import Condition, Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DataError

from survey.backups.archive import compressed, heading_line, heading_of, table_lines
from survey.backups.restoring import restore, rows_held
from survey.backups.sealed import Unreadable, seal
from survey.backups.shapes import line_of
from survey.backups.taking import LEFT_OUT
from survey.database import differences, migrate, session_scope
from survey.operations import answering, auditing, reporting
from survey.operations.errors import Refused
from survey.storage import audit
from survey.storage.drafts import Draft, Submission
from survey.storage.model import Model, is_postgresql
from survey.storage.organisations import Organisation, Unit
from survey.storage.responses import Comment, Response
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.backups.make_backup import KEY, SECRET, backup_of, counted, fill_every_table
from tests.conftest import named, run_on

pytestmark = pytest.mark.postgresql

PEOPLE = 24
WRITERS = 3


def test_every_table_comes_back_in_the_other_database(source_url, target_url):
    with session_scope(source_url) as session:
        fill_every_table(session)
    content = backup_of(source_url)
    kept = {table.name for table in Model.metadata.sorted_tables} - LEFT_OUT
    assert {name for name, (rows, _) in counted(content).items() if rows} == kept - {"audit_event"}
    restored = restore(target_url, BytesIO(content), KEY, secret=SECRET)
    assert restored.same_secret
    assert counted(backup_of(target_url)) == counted(content)
    assert differences(target_url) == []


def test_a_backup_taken_while_people_send_answers_is_whole(source_url, target_url):
    """Nobody is half in it: each who sent has a response, and no draft."""
    links = a_busy_organisation(source_url)
    sent, changed = [], Condition()

    def send(some):
        with session_scope(source_url) as session:
            for link in some:
                answering.submit(session, answering.open_draft(session, "spring", link))
                session.commit()
                with changed:
                    sent.append(link)
                    changed.notify()

    def while_they_send(length):
        """Between the first look at the database and the rest, some answers come in."""
        with changed:
            seen = len(sent)
            assert changed.wait_for(lambda: len(sent) >= seen + 3, timeout=30)
        return bytes(length)

    writers = [Thread(target=send, args=(links[n::WRITERS],)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    content = backup_of(source_url, while_they_send)
    for writer in writers:
        writer.join()
    assert len(sent) == PEOPLE
    restore(target_url, BytesIO(content), KEY, secret=SECRET)
    with session_scope(target_url) as session:
        spring = session.scalar(select(Wave.id).where(Wave.slug == "spring"))
        numbers = [how_many(session, table, spring) for table in (Submission, Response, Comment)]
        assert numbers[0] == numbers[1] == numbers[2] <= PEOPLE - 3
        assert how_many(session, Draft, spring) == PEOPLE - numbers[0]
    assert counted(backup_of(target_url)) == counted(content)
    assert profile_in(target_url) == profile_in(source_url)


def a_busy_organisation(url):
    """A closed wave, and an open one with drafts that are ready to be sent; their keys."""
    with session_scope(url) as session:
        closed = make.closed_wave(session, {"parks": [2, 3, 3, 4, 5, 5, 1], "adults": [2] * 6})
        anytown = session.get(Organisation, closed.organisation_id)
        wave = make.wave(session, of=anytown, slug="spring")
        keys = []
        for person in range(PEOPLE):
            token, invited = make.invitation(session, wave, email=f"p{person}@anytown.example")
            keys.append(answering.draft_key(token))
            begun = answering.begin(
                session, wave=wave, invitation=invited, key=keys[-1], random=Random(1)
            )
            answers = make.all_answers(begun.questionnaire)
            answers["digital/design:comment"] = f"Said by {person}"
            session.get(Draft, (wave.id, begun.key_digest)).answers = answers
        session.commit()
    return keys


def how_many(session, table, wave_id):
    found = select(func.count()).select_from(table).where(table.wave_id == wave_id)
    return session.scalar(found)


def profile_in(url):
    with session_scope(url) as session:
        return reporting.as_json(reporting.organisation_profile(session, "autumn", None))


def test_rows_lie_in_the_order_of_their_random_keys(source_url, target_url):
    """What is restored tells even less than what was there: no order, one transaction."""
    a_busy_organisation(source_url)
    restore(target_url, BytesIO(backup_of(source_url)), KEY, secret=SECRET)
    with session_scope(target_url) as session:
        on_postgresql = is_postgresql(session)
        order = text("ctid" if on_postgresql else "rowid")
        keys = session.scalars(select(Draft.key_digest).order_by(order)).all()
        assert len(keys) == PEOPLE
        assert keys == sorted(keys)
        if on_postgresql:
            for name in ("response", "comment"):
                lying = session.execute(text(f"SELECT id FROM {name} ORDER BY ctid")).all()
                assert lying == sorted(lying)
            written = "SELECT xmin::text FROM response UNION SELECT xmin::text FROM draft"
            assert len(session.execute(text(written)).all()) == 1


def test_units_refer_to_their_parents_and_successors(source_url, target_url):
    with session_scope(source_url) as session:
        make.organisation(session)
        first, last = make.unit(session, "anytown"), make.unit(session, "parks")
        first.ended_at, first.successor_id = make.NOON, last.id  # the first refers to the last
        session.commit()
    restore(target_url, BytesIO(backup_of(source_url)), KEY, secret=SECRET)
    with session_scope(target_url) as session:
        assert make.unit(session, "anytown").successor_id == make.unit(session, "parks").id
        assert make.unit(session, "parks").parent_id == make.unit(session, "places").id


def test_numbers_go_on_above_those_that_were_given(source_url, target_url):
    with session_scope(source_url) as session:
        session.add(Organisation(id=7, slug="anytown", name="Anytown"))
        session.commit()
    restore(target_url, BytesIO(backup_of(source_url)), KEY, secret=SECRET)
    with session_scope(target_url) as session:
        added = Organisation(slug="elsewhere", name="Elsewhere")
        session.add(added)
        session.commit()
        assert added.id == 8


def test_a_number_whose_row_is_gone_is_not_given_again(postgresql_server):
    for name in ("source", "target"):
        run_on(postgresql_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run_on(postgresql_server, "CREATE DATABASE source TEMPLATE template", "CREATE DATABASE target")
    source, target = (named(postgresql_server, name) for name in ("source", "target"))
    with session_scope(source) as session:
        gone = Organisation(slug="gone", name="Gone")
        session.add(gone)
        session.flush()
        session.delete(gone)
        session.commit()
    restore(target, BytesIO(backup_of(source)), KEY, secret=SECRET)
    with session_scope(target) as session:
        added = Organisation(slug="anytown", name="Anytown")
        session.add(added)
        session.commit()
        assert added.id == gone.id + 1


def test_a_database_that_is_not_empty_is_left_alone_unless_it_is_to_be_replaced(source_url):
    """Its own backup is put back into it: all that came since is gone."""
    with session_scope(source_url) as session:
        fill_every_table(session)
    content = backup_of(source_url)
    with session_scope(source_url) as session:
        session.add(Organisation(slug="since", name="Since"))
        session.commit()
    rows = rows_held(source_url)
    with pytest.raises(Refused, match="not empty"):
        restore(source_url, BytesIO(content), KEY, secret=SECRET)
    assert rows_held(source_url) == rows
    restore(source_url, BytesIO(content), KEY, secret="another secret", replace=True)
    assert counted(backup_of(source_url)) == counted(content)


def test_the_audit_log_goes_on_and_says_that_a_backup_was_restored(source_url, target_url):
    with session_scope(source_url) as session:
        auditing.note(session, "backup.make", "database")
        session.commit()
    restored = restore(target_url, BytesIO(backup_of(source_url)), KEY, secret="another secret")
    assert not restored.same_secret
    with session_scope(target_url) as session:
        assert [state.broken_at for state in auditing.verify(session)] == [None]
        actions = [event.action for event in audit.events(session, audit.INSTALLATION)]
        assert actions == ["backup.make", "backup.restore"]


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


def test_a_backup_of_an_older_version_is_upgraded(source_url, target_url):
    content = older(backup_of(source_url), "0018")
    restore(target_url, BytesIO(content), KEY, secret=SECRET)
    assert differences(target_url) == []
    with session_scope(target_url) as session:
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
def test_a_damaged_backup_changes_nothing(source_url, spoil):
    with session_scope(source_url) as session:
        make.organisation(session)
        session.commit()
    content = spoil(backup_of(source_url))
    before = rows_held(source_url)
    with pytest.raises(Unreadable, match="damaged"):
        restore(source_url, BytesIO(content), KEY, secret=SECRET, replace=True)
    assert rows_held(source_url) == before


def test_what_the_other_database_cannot_hold_undoes_everything(
    postgresql_server, sqlite_template, tmp_path
):
    """SQLite does not mind how long a text is, PostgreSQL does."""
    run_on(postgresql_server, "DROP DATABASE IF EXISTS target WITH (FORCE)")
    run_on(postgresql_server, "CREATE DATABASE target TEMPLATE template")
    source = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'source.db')}"
    with session_scope(source) as session:
        session.add(Organisation(slug="anytown", name="Anytown" * 100))
        session.commit()
    target = named(postgresql_server, "target")
    with pytest.raises(DataError):
        restore(target, BytesIO(backup_of(source)), KEY, secret=SECRET, replace=True)
    assert differences(target) == []
    assert rows_held(target) == 0
