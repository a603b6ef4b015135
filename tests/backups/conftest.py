"""A database of one kind to back up, and an address of the other kind to restore into."""

import pytest

from tests.conftest import copied, named, run_on

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="module", params=KINDS)
def both(request, tmp_path_factory):
    """Addresses: a migrated, empty database, and one of the other kind with nothing there."""
    folder = tmp_path_factory.mktemp("backups")
    source = copied(request, "source", folder)
    if request.param == "postgresql":
        return source, f"sqlite:///{folder / 'target.db'}"
    return source, nothing_on(request.getfixturevalue("postgresql_server"))


def nothing_on(server):
    """The address of a PostgreSQL database without tables."""
    run_on(server, "DROP DATABASE IF EXISTS target WITH (FORCE)", "CREATE DATABASE target")
    return named(server, "target")
