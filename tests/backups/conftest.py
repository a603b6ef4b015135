"""A database of one kind to back up, and an address of the other kind to restore into."""

import pytest

from tests.conftest import copied, named, run_on

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture(params=OTHER)
def source_url(request, tmp_path):
    """A migrated, empty database."""
    return copied(request, "source", tmp_path)


@pytest.fixture
def target_url(source_url, postgresql_server, tmp_path):
    """An address of the other kind, with nothing there at all."""
    if source_url.startswith("postgresql"):
        return f"sqlite:///{tmp_path / 'target.db'}"
    run_on(postgresql_server, "DROP DATABASE IF EXISTS target WITH (FORCE)")
    run_on(postgresql_server, "CREATE DATABASE target")
    return named(postgresql_server, "target")
