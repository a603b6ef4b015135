"""`survey token …`."""

import re
from datetime import UTC, datetime

import pytest

from survey.database import session_scope
from survey.operations import api_tokens

EMAIL = "ada@anytown.example"


@pytest.fixture
def anytown(survey):
    survey.does("organisation", "create", "anytown", "--name", "Anytown")
    survey.does(
        "account", "create", EMAIL, "--role", "author", "--password-file", "-", input="three words!"
    )
    return survey


def scopes_of(database_url, token):
    with session_scope(database_url) as session:
        found = api_tokens.bearer(session, token, now=datetime.now(UTC))
        return found and set(found.scopes)


def test_a_token_is_made_listed_and_revoked(anytown, database_url):
    scopes = ("--scope", "questionnaires:read", "--scope", "questionnaires:write")
    said = anytown.does("token", "create", EMAIL, "--name", "Pipeline", *scopes, "--days", "30")
    token = re.search(r"Token, shown only now: (ms_\S+)\n", said)[1]
    assert scopes_of(database_url, token) == {"questionnaires:read", "questionnaires:write"}
    (line,) = anytown.does("token", "list", EMAIL).splitlines()
    assert "Pipeline  questionnaires:read questionnaires:write  until 2" in line
    assert token not in line
    anytown.does("token", "revoke", EMAIL, line.split()[0])
    assert scopes_of(database_url, token) is None
    assert "revoked" in anytown.does("token", "list", EMAIL)


def test_what_cannot_be_is_refused(anytown):
    create = ("token", "create", EMAIL, "--scope", "questionnaires:read")
    assert anytown(*create).exit_code == 2
    assert anytown(*create, "--name", "x", "--days", "31").exit_code == 2
    assert anytown(*create, "--name", "x", "--scope", "all").exit_code == 2
    (line,) = anytown.refuses(*create, "--name", " ")
    assert "needs a name" in line
    (line,) = anytown.refuses("token", "list", "nobody@anytown.example")
    assert "no account" in line
    (line,) = anytown.refuses("token", "revoke", EMAIL, 7)
    assert "no such token" in line
