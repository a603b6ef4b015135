"""Tokens by which programs act for an account, within scopes and for a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from survey.operations import api_tokens
from survey.operations.api_tokens import ENDED_KEPT, MOST, PUBLISH, READ, WRITE
from survey.operations.errors import NotFound, Refused
from survey.storage.audit import AuditEvent
from survey.storage.tokens import ApiToken
from tests import make_stored
from tests.make_stored import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def ada(session):
    return make_stored.account(session, make_stored.organisation(session).id, "author")


def make(session, account, now=NOON, **changes):
    values = {"name": "Pipeline", "scopes": [READ], "days": 30} | changes
    return api_tokens.make_token(session, account, now=now, **values)


def test_a_token_lets_a_program_act_for_its_account(session, ada):
    token, made = make(session, ada, scopes=[PUBLISH, READ])
    assert token.startswith("ms_")
    assert len(token) > 40
    found = api_tokens.bearer(session, token, now=NOON)
    assert found.account is ada
    assert found.scopes == {READ, PUBLISH}
    assert made.scopes == [READ, PUBLISH]


def test_the_database_does_not_have_the_token(session, ada):
    token, made = make(session, ada)
    row = session.execute(select(*ApiToken.__table__.c)).one()
    assert all(token not in repr(cell) and token.encode() not in bytes(made.digest) for cell in row)
    assert len(made.digest) == 32


def test_no_two_tokens_are_alike(session, ada):
    assert len({make(session, ada)[0] for _ in range(MOST)}) == MOST


def test_a_token_works_until_it_expires(session, ada):
    token, made = make(session, ada, days=90)
    last = NOON + timedelta(days=90) - timedelta(seconds=1)
    assert api_tokens.bearer(session, token, now=last)
    assert api_tokens.bearer(session, token, now=made.expires_at) is None


@pytest.mark.parametrize("guessed", ["", "ms_", "ms_guessed", "x" * 10_000, "é"])
def test_what_is_no_token_is_nobodys(session, ada, guessed):
    make(session, ada)
    assert api_tokens.bearer(session, guessed, now=NOON) is None


def test_an_account_that_is_switched_off_is_off_for_programs_too(session, ada):
    token, _ = make(session, ada)
    ada.active = False
    session.flush()
    assert api_tokens.bearer(session, token, now=NOON) is None


def test_a_revoked_token_works_no_longer_and_that_is_noted_once(session, ada):
    token, made = make(session, ada)
    for hours in (1, 2):
        api_tokens.revoke(session, ada, made.id, now=NOON + hours * HOUR)
    assert made.revoked_at == NOON + HOUR
    assert api_tokens.bearer(session, token, now=NOON + HOUR) is None
    noted = session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)).all()
    assert noted == ["account.token-made", "account.token-revoked"]


def test_nobody_revokes_the_token_of_another(session, ada):
    _, made = make(session, ada)
    other = make_stored.account(session, ada.grants[0].organisation_id, "admin")
    for account, token_id in ((other, made.id), (ada, made.id + 1)):
        with pytest.raises(NotFound):
            api_tokens.revoke(session, account, token_id, now=NOON)


def test_its_last_use_is_written_once_an_hour(session, ada):
    token, made = make(session, ada)
    seen = [api_tokens.bearer(session, token, now=NOON + n * HOUR / 2) for n in range(4)]
    assert [one.used_now for one in seen] == [True, False, True, False]
    assert made.last_used_at == NOON + HOUR


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 101}, "at most 100"),
        ({"scopes": []}, "one scope"),
        ({"scopes": [READ, "everything"]}, "one scope"),
        ({"days": 31}, "31 days"),
    ],
)
def test_a_token_that_cannot_be_is_refused(session, ada, changes, says):
    with pytest.raises(Refused, match=says):
        make(session, ada, **changes)


def test_there_are_so_many_tokens_that_work_and_no_more(session, ada):
    tokens = [make(session, ada, scopes=[WRITE])[1] for _ in range(MOST)]
    with pytest.raises(Refused, match="at most 20"):
        make(session, ada)
    api_tokens.revoke(session, ada, tokens[0].id, now=NOON)
    assert make(session, ada)


def test_those_that_ended_stay_on_the_list_for_a_while(session, ada):
    _, first = make(session, ada)
    later = first.expires_at + ENDED_KEPT
    make(session, ada, now=later)
    assert len(api_tokens.tokens_of(session, ada)) == 2
    make(session, ada, now=later + HOUR)
    assert first not in api_tokens.tokens_of(session, ada)
