"""`survey account …`."""

from datetime import UTC, datetime

import pytest

from survey.database import session_scope
from survey.operations import accounts

EMAIL = "ada@anytown.example"
NOW = datetime.now(UTC)


@pytest.fixture
def anytown(survey):
    survey.does("organisation", "create", "anytown", "--name", "Anytown")
    return survey


def may_sign_in(database_url, password):
    with session_scope(database_url) as session:
        return accounts.sign_in(session, EMAIL, password, now=NOW) is not None


def test_a_password_is_made_and_shown_once(anytown, database_url):
    said = anytown.does("account", "create", EMAIL, "--role", "admin")
    assert said.startswith(f"{EMAIL} may sign in as admin of Anytown.\n")
    assert may_sign_in(database_url, said.rpartition(" ")[2].strip())


def test_a_password_is_read_from_standard_input(anytown, database_url):
    create = ("account", "create", EMAIL, "--role", "lead", "--password-file", "-")
    said = anytown.does(*create, input="three random words\n")
    assert "three random words" not in said
    assert may_sign_in(database_url, "three random words")


def test_a_password_that_is_too_short_is_refused(anytown):
    create = ("account", "create", EMAIL, "--role", "lead", "--password-file", "-")
    (line,) = anytown.refuses(*create, input="short\n")
    assert "12 to 200" in line


def test_a_role_may_be_limited_to_a_unit(anytown, tmp_path):
    file = tmp_path / "units.csv"
    file.write_text("slug,name,parent\nparks,Parks,\n")
    anytown.does("units", "import", "anytown", file)
    anytown.does("account", "create", EMAIL, "--role", "lead", "--unit", "parks")
    (line,) = anytown.refuses("account", "create", "b@c.example", "--role", "lead", "--unit", "x")
    assert "no unit" in line


def test_of_several_organisations_one_must_be_named(anytown):
    anytown.does("organisation", "create", "elsewhere", "--name", "Elsewhere")
    create = ("account", "create", EMAIL, "--role", "viewer")
    (line,) = anytown.refuses(*create)
    assert "anytown, elsewhere" in line
    anytown.does(*create, "--organisation", "elsewhere")


def test_an_unknown_role_is_wrong_usage(anytown):
    assert anytown("account", "create", EMAIL, "--role", "emperor").exit_code == 2
