"""Accounts of tests, and browsers in which they are signed in."""

from survey.operations import accounts
from tests.web.pages import Browser

PASSWORD = "three random words"


def account(session, organisation, role):
    """An account with one role; its e-mail address."""
    email = f"{role}@{organisation.slug}.example"
    accounts.create_account(session, email, role=role, organisation=organisation, password=PASSWORD)
    return email


def sign_in(app, email):
    """A browser in which this account is signed in."""
    browser = Browser(app)
    browser.open("/sign-in")
    browser.send({"email": email, "password": PASSWORD})
    assert "Sign out" in browser.page.text
    return browser
