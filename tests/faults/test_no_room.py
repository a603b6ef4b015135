"""A disk that is full, or no file handle left: a sentence, nothing half done, and all works again
as soon as there is room."""

import pwd
import resource
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from survey.app import create_app
from survey.cli.main import main
from survey.database import session_scope
from survey.storage.drafts import Draft, Submission
from survey.storage.organisations import Person
from survey.storage.responses import Comment, Response, Untallied
from tests import make_stored as make
from tests.conftest import named, run_on
from tests.faults.journeys import answer, answer_all, is_said
from tests.web.pages import Browser

NO_ROOM = "There is no room left"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@contextmanager
def files_no_longer_than(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_more_files():
    """Within it this process can open no file, and no connection."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def counts(url):
    tables = (Draft, Submission, Response, Comment, Untallied)
    with session_scope(url) as session:
        found = (session.scalar(select(func.count()).select_from(one)) for one in tables)
        return tuple(found)


@on_sqlite
def test_a_disk_that_fills_up_while_answers_are_sent(begun, product, database_url):
    answer_all(begun)
    file = Path(database_url.removeprefix("sqlite:///"))
    with files_no_longer_than(file.with_name(f"{file.name}-wal").stat().st_size):
        begun.send()
        is_said(begun, NO_ROOM)
    assert counts(database_url) == (1, 0, 0, 0, 0)
    begun.send()
    assert begun.heading == "Your answers have been sent"
    assert counts(database_url) == (0, 1, 1, 1, 1)


@on_sqlite
def test_no_file_handle_left(begun, product, database_url):
    answer(begun)
    product.extensions["database"].kw["bind"].dispose()
    with no_more_files():
        answer(begun)
    is_said(begun, "does not answer at the moment")
    begun.send()
    answer_all(begun)
    begun.send()
    assert begun.heading == "Your answers have been sent"


@on_sqlite
def test_a_file_of_people_for_which_there_is_no_room_is_not_half_taken(database_url, tmp_path):
    file = tmp_path / "people.csv"
    rows = "".join(f"somebody.{number}@anytown.example,parks\n" for number in range(2000))
    file.write_text(f"email,unit\n{rows}")
    with session_scope(database_url) as session:
        make.organisation(session)
        session.commit()
    command = ("people", "import", "anytown", str(file))
    environment = {"SURVEY_DATABASE_URL": database_url}
    with files_no_longer_than(64 * 1024):
        refused = CliRunner().invoke(main, command, env=environment)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("The database refused: ")
    assert len(refused.stderr.splitlines()) == 1
    assert people(database_url) == 0
    assert CliRunner().invoke(main, command, env=environment).exit_code == 0
    assert people(database_url) == 2000


def people(url):
    with session_scope(url) as session:
        return session.scalar(select(func.count()).select_from(Person))


@pytest.fixture
def small_disk():
    """A disk of a few megabytes, where the database's own user may go, too."""
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    made = ["mount", "-t", "tmpfs", "-o", "size=24m,mode=777", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(made, check=False).returncode:
        pytest.skip("this user may not make a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@contextmanager
def filled(folder):
    """Within it the disk of this folder is full to the last byte."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as written:
        while True:
            written.write(bytes(4096))
    yield
    filler.unlink()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def on_small_disk(request, small_disk):
    """The address of a migrated, empty database on it."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("sqlite_template"), small_disk / "survey.db")
        yield f"sqlite:///{file}"
        return
    uri = request.getfixturevalue("postgresql_server")
    place = small_disk / "postgresql"
    place.mkdir()
    shutil.chown(place, pwd.getpwnam("pgserver").pw_uid)
    run_on(
        uri,
        f"CREATE TABLESPACE small LOCATION '{place}'",
        "CREATE DATABASE small TEMPLATE template TABLESPACE small",
    )
    yield named(uri, "small")
    run_on(uri, "DROP DATABASE small WITH (FORCE)", "DROP TABLESPACE small")


def test_a_real_disk_that_is_full(on_small_disk, small_disk):
    with session_scope(on_small_disk) as session:
        token, _ = make.invitation(session, make.wave(session))
        session.commit()
    product = create_app({"DATABASE_URL": on_small_disk, "SECRET_KEY": "k" * 32, "TESTING": True})
    browser = Browser(product)
    browser.open(f"/invitations/{token}")
    with filled(small_disk):
        browser.send()
        is_said(browser, NO_ROOM)
    assert counts(on_small_disk) == (0, 0, 0, 0, 0)
    browser.send()
    assert "/questions/" in browser.path
    product.extensions["database"].kw["bind"].dispose()
