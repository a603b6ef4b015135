"""A disk that is full, or no file handle left: a sentence, nothing half done, and all works again
as soon as there is room."""

import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey.database import session_scope
from survey.storage.drafts import Draft, Submission
from survey.storage.responses import Comment, Response, Untallied
from tests.faults.journeys import answer, answer_all, is_said

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
