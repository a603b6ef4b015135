"""Accounts of tests, and browsers in which they are signed in."""

from survey.operations import accounts
from tests import make_stored as make
from tests.web.pages import Browser

PASSWORD = "three random words"


def account(session, organisation, role):
    """An account with one role; its e-mail address."""
    email = f"{role}@{organisation.slug}.example"
    accounts.create_account(session, email, role=role, organisation=organisation, password=PASSWORD)
    return email


def with_accounts(session, *roles):
    """An organisation in which there is an account for each of these roles, kept."""
    made = make.organisation(session)
    for role in roles:
        account(session, made, role)
    session.commit()
    return made


def sign_in(app, email):
    """A browser in which this account is signed in."""
    browser = Browser(app)
    browser.open("/sign-in")
    browser.send({"email": email, "password": PASSWORD})
    assert "Sign out" in browser.page.text
    return browser
