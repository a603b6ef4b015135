"""Pages that only read are read from a real copy of the database, unless who reads has just
written, or the copy cannot be relied on."""

import logging
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event

from survey import replica
from survey.database import session_scope
from survey.engines import limit_statements
from survey.operations import api_tokens
from survey.revisions import newest_revision
from survey.storage.accounts import Account
from survey.storage.organisations import Organisation
from tests.attacks.addresses import TOKEN
from tests.cli.conftest import Survey
from tests.conftest import run_on
from tests.deployment.conftest import application, signed_in
from tests.deployment.postgresql import Copy
from tests.deployment.walking import LINK, answer, pages_of_each_kind
from tests.web.pages import Browser

pytestmark = pytest.mark.postgresql

LEAD = "lead@anytown.example"
WHY = "Because whoever waits, waits too long."
SLOW = "SELECT pg_sleep(60)"
LATER = replica.WROTE_LATELY + timedelta(seconds=1)


@pytest.fixture(scope="module")
def copy(council, postgresql_server):
    with Copy(postgresql_server) as made:
        yield made


@pytest.fixture(scope="module")
def app(council, copy):
    with application(council.url, DATABASE_REPLICA_URL=copy.url("council")) as made:
        yield made


@pytest.fixture
def asked(app, copy, council):
    """What the copy is asked from here on, but for how it is. It has all that there is."""
    tell_something(council, copy)
    found = []

    def note(_connection, _cursor, statement, *_more):
        if "pg_is_in_recovery" not in statement:
            found.append(statement)

    extension = app.extensions["replica"]
    extension.doubt()
    event.listen(extension.engine, "before_cursor_execute", note)
    yield found
    event.remove(extension.engine, "before_cursor_execute", note)


def said(page):
    """A page without the token of its form, which is another each second."""
    assert page.status_code == 200
    return TOKEN.sub(b"", page.data)


def tell_something(council, copy):
    """Write, and wait until the copy has it, too."""
    with session_scope(council.url) as session:
        session.query(Organisation).one().glossary += "word\n"
        session.commit()
    copy.catch_up()


@pytest.fixture
def lead(app, asked):
    """A lead who signed in some minutes ago."""
    browser = signed_in(Browser(app), LEAD)
    asked.clear()
    with later():
        yield browser


@contextmanager
def later():
    with time_machine.travel(datetime.now(UTC) + LATER):
        yield


def test_every_page_that_only_reads_is_read_from_the_copy(app, council, lead, asked, caplog):
    from_copy = set()
    for address, page in pages_of_each_kind(app, lead.client, [f"/profiles/{council.closed}"]):
        assert page.status_code == 200, address
        if asked:
            from_copy.add(address.split("/")[1])
        asked.clear()
    assert from_copy == {"profiles"}
    assert "read again" not in caplog.text


def test_what_the_copy_says_is_what_the_database_says(app, council, lead, asked):
    address = f"/profiles/{council.closed}"
    from_copy = said(lead.open(address))
    assert asked
    asked.clear()
    with lead.client.session_transaction() as kept:
        kept["wrote"] = int(datetime.now(UTC).timestamp())
    assert said(lead.open(address)) == from_copy
    assert asked == []


def test_who_answers_never_reads_from_it(app, council, asked):
    answer(Browser(app), council.tokens.pop())
    assert asked == []


def test_who_has_just_written_reads_where_it_was_written(app, council, copy, lead, asked):
    viewer = signed_in(Browser(app), "viewer@anytown.example")
    copy.ask("SELECT pg_wal_replay_pause()")
    lead.open(f"/profiles/{council.closed}")
    address = next(one for one in LINK.findall(lead.page.text) if "/capabilities/" in one)
    lead.open(address)
    lead.send({"step": "5", "reason": WHY})
    assert WHY in lead.open(address).text
    with later():
        assert WHY not in viewer.open(address).text
        copy.ask("SELECT pg_wal_replay_resume()")
        copy.catch_up()
        assert WHY in viewer.open(address).text


@pytest.mark.parametrize(
    ("scopes", "from_copy"), [(["waves:read"], True), (["waves:read", "waves:run"], False)]
)
def test_a_program_that_cannot_write_reads_from_it(app, council, asked, scopes, from_copy):
    with session_scope(council.url) as session:
        account = session.query(Account).filter_by(email="admin@anytown.example").one()
        now = datetime.now(UTC)
        token, _ = api_tokens.make_token(
            session, account, name="nightly", scopes=scopes, days=30, now=now
        )
        session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    told = app.test_client().get("/api/v1/organisations/anytown/waves", headers=headers)
    assert told.status_code == 200
    assert bool(asked) is from_copy


def test_a_copy_that_is_far_behind_is_not_read(app, council, lead, asked, monkeypatch):
    monkeypatch.setattr(replica, "BEHIND_AT_MOST", timedelta(0))
    assert lead.open(f"/profiles/{council.closed}").status_code == 200
    assert asked == []


def test_a_copy_that_dies_is_not_missed_and_is_read_again_once_it_is_back(
    app, council, copy, lead, asked, caplog
):
    address = f"/profiles/{council.closed}"
    first = said(lead.open(address))
    copy.stop()
    try:
        with caplog.at_level(logging.WARNING):
            assert said(lead.open(address)) == first, "it died since it was last looked at"
            assert said(lead.open(address)) == first, "it is known to be dead"
    finally:
        copy.start()
    assert "read again" in caplog.text
    assert "does not answer" in caplog.text
    tell_something(council, copy)
    asked.clear()
    app.extensions["replica"].doubt()
    assert said(lead.open(address)) == first
    assert asked


def test_what_took_too_long_in_the_copy_is_not_begun_once_more(council, copy, caplog):
    """It would take as long in the main database, and the server would cut off whoever waits."""

    def slowly(_connection, _cursor, statement, parameters, *_more):
        return (statement if "pg_is_in_recovery" in statement else SLOW), parameters

    tell_something(council, copy)
    with application(council.url, DATABASE_REPLICA_URL=copy.url("council")) as made:
        lead = signed_in(Browser(made), LEAD)
        pool = made.extensions["replica"].engine
        limit_statements(pool, 0.1)
        event.listen(pool, "before_cursor_execute", slowly, retval=True)
        with later():
            assert lead.open(f"/profiles/{council.closed}").status_code == 503
    assert "(57014)" in caplog.text
    assert "read again" not in caplog.text


def test_a_database_that_is_no_copy_is_not_read(council, copy):
    with application(council.url, DATABASE_REPLICA_URL=council.url) as alone:
        assert not alone.extensions["replica"].is_usable()


@pytest.fixture
def doctor(council, copy, tmp_path):
    """What the doctor says of a copy that keeps up, or of one at another address."""
    tell_something(council, copy)

    def ask(elsewhere=None):
        asked = Survey(
            {
                "SURVEY_DATABASE_URL": council.url,
                "SURVEY_DATABASE_REPLICA_URL": elsewhere or copy.url("council"),
                "SURVEY_INSTANCE": str(tmp_path / "instance"),
                "SURVEY_SECRET_KEY": "k" * 32,
            }
        )("doctor")
        (line,) = [one for one in asked.output.splitlines() if one.startswith("replica: ")]
        return line

    return ask


def test_the_doctor_says_how_far_behind_a_copy_is(doctor):
    assert re.fullmatch(r"replica: good \(\d+ seconds behind at most\)", doctor())


def test_the_doctor_says_that_a_copy_hears_nothing(doctor, monkeypatch):
    monkeypatch.setattr(replica, "BEHIND_AT_MOST", timedelta(0))
    line = doctor()
    assert re.match(r"replica: It has heard nothing for \d+ seconds\. Pages are read from", line)
    assert "survey worker" in line


def test_the_doctor_says_that_a_database_is_no_copy(doctor, council):
    assert doctor(council.url).startswith("replica: It is no replica, or no longer one.")


def test_the_doctor_says_that_a_copy_lacks_migrations(doctor, council, copy):
    newest = newest_revision()
    copy.ask("SELECT pg_wal_replay_pause()")
    run_on(council.url, "UPDATE alembic_version SET version_num = '9999'")
    try:
        line = doctor()
    finally:
        run_on(council.url, f"UPDATE alembic_version SET version_num = '{newest}'")
        copy.ask("SELECT pg_wal_replay_resume()")
    assert f"Its migrations stand at {newest}, the main database’s at 9999." in line


def test_the_doctor_says_that_a_copy_does_not_answer(doctor, tmp_path):
    line = doctor(f"postgresql://nobody@/none?host={tmp_path}")
    assert "Pages are read from the main database meanwhile." in line
    assert "SURVEY_DATABASE_REPLICA_URL" in line


def test_the_doctor_says_nothing_of_a_copy_where_there_is_to_be_none(council, tmp_path):
    settings = {"SURVEY_DATABASE_URL": council.url, "SURVEY_INSTANCE": str(tmp_path)}
    assert "replica" not in Survey(settings)("doctor").output
