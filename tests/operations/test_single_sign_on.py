"""Who comes by single sign-on is who the provider says, and nobody else."""

import pytest

from survey.operations import accounts
from survey.operations.errors import Refused
from survey.operations.single_sign_on import account_of
from tests import make_stored

ISSUER = "https://provider.example"


@pytest.fixture
def ada(session):
    anytown = make_stored.organisation(session)
    return accounts.create_account(
        session, "ada@anytown.example", role="lead", organisation=anytown
    )


def claims(subject="s1", email="ada@anytown.example", verified=True, issuer=ISSUER):
    found = {"iss": issuer, "sub": subject, "email": email}
    return found if verified is None else found | {"email_verified": verified}


def test_the_first_time_an_address_that_is_vouched_for_leads_to_the_account(session, ada):
    assert account_of(session, claims(email="Ada@Anytown.example")) is ada
    assert (ada.issuer, ada.subject) == (ISSUER, "s1")


def test_afterwards_the_subject_counts_whatever_the_address(session, ada):
    account_of(session, claims())
    assert account_of(session, claims(email="married@anytown.example", verified=None)) is ada


@pytest.mark.parametrize("verified", [False, None, "true"])
def test_an_address_that_nobody_vouches_for_leads_nowhere(session, ada, verified):
    with pytest.raises(Refused, match="no account"):
        account_of(session, claims(verified=verified))


def test_a_provider_of_one_organisation_can_be_trusted_with_addresses(session, ada):
    assert account_of(session, claims(verified=None), trust_email=True) is ada


def test_somebody_else_with_the_same_address_does_not_get_in(session, ada):
    account_of(session, claims())
    for other in (claims("s2"), claims(issuer="https://other.example")):
        with pytest.raises(Refused):
            account_of(session, other)


def test_an_account_that_is_switched_off_stays_out(session, ada):
    account_of(session, claims())
    ada.active = False
    session.flush()
    with pytest.raises(Refused):
        account_of(session, claims())
