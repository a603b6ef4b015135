"""`survey doctor` on an installation in which something stays undone, or nothing can be done."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from survey.cli import doctor_machine
from survey.config import ROOT
from survey.database import session_scope
from survey.migrating import migrate
from survey.operations import accounts
from survey.operations.standing import WORK
from survey.revisions import migrations_missing, newest_revision
from survey.storage import leases
from survey.storage.messages import Outgoing
from survey.storage.webhooks import Webhook
from tests import make_stored as make
from tests.cli.conftest import Survey

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(hours=1)


@pytest.fixture
def stored(sqlite_url):
    with session_scope(sqlite_url) as session:
        yield session


@pytest.fixture
def ill(sqlite_url):
    """Commands on that database."""
    return Survey({"SURVEY_DATABASE_URL": sqlite_url, "SURVEY_SECRET_KEY": "k" * 32})


def worked(session, until):
    leases.take(session, WORK, "me", now=until - timedelta(minutes=2), until=until)
    leases.give_back(session, WORK, "me", now=until)
    session.commit()


def test_a_worker_that_has_not_looked_for_work_is_missed(ill, stored):
    worked(stored, LONG_AGO)
    (line,) = ill.refuses("doctor")
    assert line.startswith(f"worker: None has looked for work since {LONG_AGO:%Y-%m-%d %H:%M} UTC.")
    assert "survey worker" in line


def test_a_worker_that_has_just_looked_is_good(ill, stored):
    worked(stored, datetime.now(UTC))
    assert "worker: good" in ill.does("doctor")


def test_what_waits_too_long_is_named(ill, stored):
    wave = make.wave(stored)
    waits = {"mailing": 1, "sealed": 1, "state": "waiting"}
    stored.add(Outgoing(wave_id=wave.id, id=UUID(int=1), due_at=LONG_AGO, **waits))
    stored.commit()
    (line,) = ill.refuses("doctor")
    assert line.startswith("queue: Too long has waited: 1 messages, the oldest since ")


def test_webhooks_that_fail_are_named(ill, stored):
    known = {"events": ["wave.opened"], "salt": b"s", "renewed_at": NOW, "made_at": NOW}
    of = make.organisation(stored)
    stored.add(
        Webhook(organisation_id=of.id, url="https://a.example", failing_since=LONG_AGO, **known)
    )
    stored.commit()
    (line,) = ill.refuses("doctor")
    assert line.startswith("webhooks: 1 receivers fail, the first since ")


def test_it_says_how_many_migrations_are_missing(tmp_path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    migrate(url, "0001")
    (line,) = Survey({"SURVEY_DATABASE_URL": url}).refuses("doctor")
    missing = len(list((ROOT / "migrations/versions").glob("*.py"))) - 1
    assert (
        f"migrations: They stand at 0001, not {newest_revision()}: {missing} are missing." in line
    )


def test_a_database_of_newer_code_lacks_nothing_that_this_code_knows():
    assert migrations_missing("9999") is None
    assert migrations_missing(newest_revision()) == 0


def test_a_key_that_can_be_guessed_is_named(ill):
    weak = Survey(ill.environment | {"SURVEY_SECRET_KEY": "short"})
    (line,) = weak.refuses("doctor")
    assert "SURVEY_SECRET_KEY has fewer than 32 characters" in line


def test_a_folder_that_cannot_be_written_to_is_named(ill, monkeypatch):
    def refuses(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor_machine.tempfile, "TemporaryFile", refuses)
    (line,) = ill.refuses("doctor")
    assert line.startswith("folders: Nothing can be written to ")
    assert "Permission denied" in line


def test_a_full_disk_is_named(ill, monkeypatch):
    monkeypatch.setattr(doctor_machine, "LEAST_FREE", 2**62)
    (line,) = ill.refuses("doctor")
    assert line.startswith("disk: ")


def test_a_folder_that_cannot_be_made_is_named(ill, tmp_path):
    (tmp_path / "file").touch()
    elsewhere = Survey(ill.environment | {"SURVEY_INSTANCE": f"{tmp_path}/file/kept"})
    (line,) = elsewhere.refuses("doctor")
    assert line.startswith(f"folders: Nothing can be written to {tmp_path}/file/kept ")


def test_it_counts_who_lacks_the_second_factor_that_is_required(ill, stored):
    assert "second factor" not in ill.does("doctor")
    strict = Survey(ill.environment | {"SURVEY_SECOND_FACTOR": "required"})
    assert "second factor: good\n" in strict.does("doctor")
    anytown = make.organisation(stored)
    for name in ("ada", "jo"):
        accounts.create_account(
            stored,
            f"{name}@a.example",
            role="lead",
            organisation=anytown,
            password="three random words",
        )
    stored.commit()
    assert "second factor: good (2 accounts have none yet" in strict.does("doctor")
    wrong = Survey(ill.environment | {"SURVEY_SECOND_FACTOR": "wanted"})
    (line,) = wrong.refuses("doctor")
    assert line.startswith("configuration: SURVEY_SECOND_FACTOR is 'wanted'")
