"""A town that all modules look at, and none changes."""

import shutil

import pytest

from survey.database import session_scope
from tests.attacks import town
from tests.attacks.applications import opened
from tests.web import signed_in


@pytest.fixture(scope="session")
def here(sqlite_template, tmp_path_factory):
    """A town: its application, its actions, and the file of its database."""
    file = tmp_path_factory.mktemp("town") / "town.db"
    shutil.copy(sqlite_template, file)
    with session_scope(f"sqlite:///{file}") as session:
        found = town.build(session)
    return opened(file), found, file


@pytest.fixture(scope="session")
def browsers(here):
    """Who looks, by name."""
    app, *_ = here
    found = {name: signed_in.sign_in(app, town.email_of(name)).client for name in town.LOOKERS}
    found["stranger"] = signed_in.sign_in(app, "admin@elsewhere.example").client
    found["nobody"] = app.test_client()
    return found
