"""A council whose first wave has closed and whose second is open, and those who look at them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from survey.app import create_app
from survey.database import session_scope
from survey.operations import accounts, reporting, running
from survey.storage.api_use import forget_uses
from tests.make_stored import NOON, organisation, responses, unit, wave

PASSWORD = "correct horse battery staple"
PEOPLE = {"adults": [1, 2, 3, 3, 3, 4, 4, 5], "parks": [2, 2, 3, 3, 3, 4], "places": [1, 5]}
INVITED = {"anytown": 40, "adults": 20, "places": 20, "parks": 16}
DESIGN = "digital/design"


@pytest.fixture(scope="module")
def database(sqlite_template, tmp_path_factory):
    """Anytown: adults and parks have enough people to be shown, places on its own has not."""
    file = tmp_path_factory.mktemp("council") / "council.db"
    shutil.copy(sqlite_template, file)
    with session_scope(f"sqlite:///{file}") as session:
        anytown = organisation(session)
        autumn = wave(session, anytown, slug="autumn", name="Autumn", invited=INVITED)
        autumn.breakdowns = ["grade"]
        for slug, steps in PEOPLE.items():
            grade = "front-line" if slug == "adults" else "manager"
            responses(session, autumn, slug, steps, grade=grade)
        running.close_wave(session, autumn, now=NOON)
        quiet = wave(session, anytown, slug="quiet", name="Quiet", invited=INVITED)
        responses(session, quiet, "parks", [2, 3])
        running.close_wave(session, quiet, now=NOON)
        wave(session, anytown, slug="spring", name="Spring", invited=INVITED)
        reporting.set_target(session, anytown.id, DESIGN, 4, "Agreed in May.")
        for name, role, where in (
            ("admin", "admin", None),
            ("lead", "lead", None),
            ("viewer", "viewer", None),
            ("author", "author", None),
            ("adults", "lead", "adults"),
        ):
            accounts.create_account(
                session,
                f"{name}@anytown.example",
                role=role,
                organisation=anytown,
                unit=where and unit(session, where),
                password=PASSWORD,
            )
        elsewhere = organisation(session, "elsewhere", {"elsewhere": None})
        accounts.create_account(
            session,
            "stranger@elsewhere.example",
            role="admin",
            organisation=elsewhere,
            password=PASSWORD,
        )
        session.commit()
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def app(database, tmp_path_factory):
    made = create_app({"DATABASE_URL": database, "SECRET_KEY": "k" * 32, "TESTING": True})
    made.config["WTF_CSRF_ENABLED"] = False
    yield made
    made.extensions["drawings"].draughtsman.close()


@pytest.fixture(autouse=True)
def _nothing_counted_yet(app):
    """What earlier tests tried does not keep this one from signing in."""
    with app.extensions["counts"]() as counts:
        forget_uses(counts, datetime.now(UTC) + timedelta(days=1))


@pytest.fixture(autouse=True)
def drawings_of_the_test(app, tmp_path, monkeypatch):
    """Drawings go to a folder of the test's own."""
    monkeypatch.setattr(app.extensions["drawings"], "_folder", tmp_path / "charts")


@pytest.fixture
def sign_in(app):
    """A client of whoever is named; nobody signs in where none is."""

    def signed_in(name=None, at="anytown"):
        client = app.test_client()
        if name:
            form = {"email": f"{name}@{at}.example", "password": PASSWORD}
            assert client.post("/sign-in", data=form).status_code == 303
        return client

    return signed_in


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")
