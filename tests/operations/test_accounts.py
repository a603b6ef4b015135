"""Accounts: addresses, passwords, roles."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from survey.operations import accounts, sessions
from survey.operations.errors import Conflict, NotFound, Refused
from survey.storage.accounts import Account
from tests import make_stored

PASSWORD = "three random words"
EMAIL = "ada@anytown.example"
NOON = make_stored.NOON


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


def create(session, organisation, email=EMAIL, password=PASSWORD, role="lead", **values):
    return accounts.create_account(
        session, email, role=role, organisation=organisation, password=password, **values
    )


def test_who_has_an_account_can_sign_in(session, anytown):
    made = create(session, anytown)
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=NOON) is made


def test_an_address_is_the_same_in_capitals_and_with_spaces(session, anytown):
    made = create(session, anytown, " Ada@Anytown.Example ")
    assert made.email == EMAIL
    assert accounts.sign_in(session, "ADA@anytown.example ", PASSWORD, now=NOON) is made


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "three random word"), (EMAIL, ""), ("bo@anytown.example", PASSWORD), ("", "")],
)
def test_a_wrong_address_or_password_opens_nothing(session, anytown, email, password):
    create(session, anytown)
    assert accounts.sign_in(session, email, password, now=NOON) is None


def test_an_account_that_was_switched_off_cannot_sign_in(session, anytown):
    made = create(session, anytown)
    made.active = False
    session.flush()
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=NOON) is None
    token = sessions.begin_session(session, made, "", now=NOON)
    assert sessions.account_of_session(session, token, now=NOON)[0] is None


def test_an_account_without_a_password_cannot_sign_in(session, anytown):
    session.add(Account(email=EMAIL, password=None, active=True))
    session.flush()
    assert accounts.sign_in(session, EMAIL, "", now=NOON) is None


def test_a_very_long_password_is_not_hashed(session, anytown):
    create(session, anytown)
    assert accounts.sign_in(session, EMAIL, "x" * 1_000_000, now=NOON) is None


def test_passwords_are_kept_as_argon2id(session, anytown):
    assert create(session, anytown).password.startswith("$argon2id$")


def test_a_weaker_hash_is_replaced_at_the_next_sign_in(session, anytown):
    made = create(session, anytown)
    made.password = weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=NOON) is made
    assert made.password != weak
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=NOON) is made


def test_a_new_password_ends_every_sign_in(session, anytown):
    made = create(session, anytown)
    before = sessions.begin_session(session, made, "", now=NOON)
    accounts.set_password(session, made, "another three words")
    assert sessions.account_of_session(session, before, now=NOON)[0] is None
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=NOON) is None
    assert accounts.sign_in(session, EMAIL, "another three words", now=NOON) is made


@pytest.mark.parametrize("password", ["", "short", "eleven char", "x" * 201])
def test_a_password_that_is_too_short_or_too_long_is_refused(session, anytown, password):
    with pytest.raises(Refused, match="12 to 200"):
        create(session, anytown, password=password)


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a b@c.example", "ada@x.example\0", "@"])
def test_what_is_no_address_is_refused(session, anytown, email):
    with pytest.raises(Refused, match="not an e-mail address"):
        create(session, anytown, email)


def test_an_address_has_one_account(session, anytown):
    create(session, anytown)
    with pytest.raises(Conflict):
        create(session, anytown, EMAIL.upper())


def test_the_same_role_twice_is_one_grant(session, anytown):
    made = create(session, anytown)
    accounts.add_grant(session, made, role="lead", organisation=anytown)
    assert len(made.grants) == 1


def test_only_leads_and_viewers_are_limited_to_a_unit(session, anytown):
    parks = make_stored.unit(session, "parks")
    with pytest.raises(Refused, match="whole organisation"):
        create(session, anytown, role="admin", unit=parks)
    assert create(session, anytown, role="viewer", unit=parks).grants[0].unit_id == parks.id


def test_a_unit_must_be_part_of_the_organisation(session, anytown):
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    with pytest.raises(Refused, match="not part of"):
        create(session, other, unit=make_stored.unit(session, "parks"))


def test_an_unknown_role_is_refused(session, anytown):
    with pytest.raises(Refused, match="no role"):
        create(session, anytown, role="emperor")


def test_after_five_wrong_passwords_the_right_one_waits(session, anytown):
    create(session, anytown)
    for _ in range(5):
        assert accounts.sign_in(session, EMAIL, "a wrong password", now=NOON) is None
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=NOON) is None
    later = NOON + timedelta(hours=1)
    assert accounts.sign_in(session, EMAIL, PASSWORD, now=later) is not None


def test_a_lock_lasts_longer_each_time_and_at_most_an_hour(session, anytown):
    made = create(session, anytown)
    waits = []
    for _ in range(20):
        accounts.note_failure(session, made, now=NOON)
        waits.append(made.locked_until and (made.locked_until - NOON).total_seconds() / 60)
    assert waits[:8] == [None, None, None, None, 1, 2, 4, 8]
    assert waits[-1] == 60
    accounts.note_success(session, made)
    assert (made.failures, made.locked_until) == (0, None)


def test_a_role_is_taken_away_but_not_from_the_last_admin(session, anytown):
    made = create(session, anytown, role="admin")
    other = create(session, anytown, "bo@anytown.example", role="lead")
    with pytest.raises(Refused, match="has to be admin"):
        accounts.revoke_grant(session, made, made.grants[0].id, anytown.id)
    accounts.revoke_grant(session, other, other.grants[0].id, anytown.id)
    assert other.grants == []
    with pytest.raises(NotFound):
        accounts.revoke_grant(session, other, 10**6, anytown.id)
    assert accounts.accounts_of(session, anytown.id) == [made]
