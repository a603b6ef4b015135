"""Colleagues sign in by a real, certified OpenID provider on this machine."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import expect

from survey.database import session_scope
from survey.migrating import migrate
from survey.operations import accounts, organising
from tests.browser.checks import assert_good
from tests.browser.conftest import DESKTOP
from tests.browser.serving import free_port, pages_served, running, settings_of, wait_for

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parents[1] / "oidc"


@pytest.fixture(scope="session")
def provider_program():
    """The provider's program, with what it needs installed."""
    if shutil.which("npm") is None:
        if os.environ.get("CI"):
            pytest.fail("Node is needed: install nodejs and npm")
        pytest.skip("Node is not here: install nodejs and npm")
    if not (FOLDER / "node_modules").exists():
        _install()
    return FOLDER / "provider.mjs"


def _install():
    """Elsewhere first, then all at once: another process of the tests may be at it, too."""
    with TemporaryDirectory(dir=FOLDER) as aside:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(FOLDER / name, aside)
        install = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=aside, check=True)
        with suppress(OSError):  # the other was faster
            Path(aside, "node_modules").rename(FOLDER / "node_modules")


@pytest.fixture
def product(tmp_path, provider_program):
    """The product and the provider, both running: the product's address."""
    ours, theirs = free_port(), free_port()
    url, address = f"sqlite:///{tmp_path / 'sso.db'}", f"http://127.0.0.1:{ours}"
    migrate(url)
    with session_scope(url) as session:
        anytown = organising.create_organisation(session, "anytown", "Anytown")
        for email in ("ada@anytown.example", "unverified@anytown.example"):
            accounts.create_account(session, email, role="admin", organisation=anytown)
        session.commit()
    environment = settings_of(
        address,
        url,
        OIDC_ISSUER=f"http://127.0.0.1:{theirs}",
        OIDC_CLIENT_ID="maturity-survey",
        OIDC_CLIENT_SECRET="a secret of the tests, long enough",
        OIDC_NAME="your Anytown account",
    )
    back = f"{address}/sign-in/provider/back"
    command = ["node", provider_program, str(theirs), back]
    outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with running(command, **outputs) as provider:
        wait_for("ready", provider.stdout)
        with pages_served(ours, environment):
            yield address


@pytest.fixture
def page(product, chromium):
    context = chromium.new_context(viewport=DESKTOP, base_url=product)
    yield context.new_page()
    context.close()


def come_by_provider(page, email):
    page.goto("/sign-in?next=/admin/anytown/accounts")
    page.get_by_role("button", name="Sign in with your Anytown account").click()
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "anything")
    page.click("button[type=submit]")
    page.click("button[type=submit]")  # may it be told who you are?
    page.wait_for_load_state()


def test_whoever_was_invited_comes_in_and_goes_on_to_where_they_wanted(page):
    page.goto("/sign-in")
    assert_good(page)
    come_by_provider(page, "ada@anytown.example")
    assert page.url.endswith("/admin/anytown/accounts")
    expect(page.get_by_text("Accounts").first).to_be_visible()


@pytest.mark.parametrize("email", ["stranger@anytown.example", "unverified@anytown.example"])
def test_strangers_and_addresses_that_nobody_vouches_for_stay_out(page, email):
    come_by_provider(page, email)
    expect(page.get_by_text("There is no account for you here yet")).to_be_visible()
    page.goto("/account")
    assert "/sign-in" in page.url


def test_a_forged_answer_opens_nothing(page):
    page.goto("/sign-in/provider/back?code=forged&state=forged")
    expect(page.get_by_text("was not completed")).to_be_visible()
