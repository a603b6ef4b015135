"""A passkey is made and used with the virtual authenticator of Chromium."""

import pytest

from survey.database import session_scope
from survey.migrating import migrate
from survey.operations import accounts, organising
from tests.browser.checks import assert_good
from tests.browser.conftest import DESKTOP
from tests.browser.serving import free_port, pages_served, settings_of

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "ada@anytown.example", "three random words"


@pytest.fixture
def product(tmp_path):
    """The product at a name, which passkeys need; not at a number."""
    port, url = free_port(), f"sqlite:///{tmp_path / 'passkeys.db'}"
    migrate(url)
    with session_scope(url) as session:
        anytown = organising.create_organisation(session, "anytown", "Anytown")
        accounts.create_account(
            session, EMAIL, role="admin", organisation=anytown, password=PASSWORD
        )
        session.commit()
    address = f"http://localhost:{port}"
    with pages_served(port, settings_of(address, url)):
        yield address


@pytest.fixture
def page(product, chromium):
    """A page of a device with an authenticator built in."""
    context = chromium.new_context(viewport=DESKTOP, base_url=product)
    opened = context.new_page()
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    added = device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    opened.device, opened.authenticator = device, added["authenticatorId"]
    yield opened
    context.close()


def sign_in(page):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/**")


def make_passkey(page):
    sign_in(page)
    page.goto("/account")
    page.get_by_label("Name of this device").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey is added").wait_for()
    assert_good(page)


def sign_out(page):
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(lambda url: "/account" not in url)


def test_a_passkey_lets_in_without_a_password(page):
    make_passkey(page)
    sign_out(page)
    page.goto("/sign-in?next=/account")
    assert_good(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("My laptop", exact=False).first.wait_for()


def test_a_passkey_that_was_removed_opens_nothing(page):
    make_passkey(page)
    page.get_by_role("button", name="Remove My laptop").click()
    sign_out(page)
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That did not work").wait_for()


def test_a_device_that_was_not_unlocked_opens_nothing(page):
    make_passkey(page)
    sign_out(page)
    page.device.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": page.authenticator, "isUserVerified": False},
    )
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That did not work").wait_for()
    page.goto("/account")
    assert "/sign-in" in page.url
