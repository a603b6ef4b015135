"""Every page that anybody can open, at both widths: no violation, nothing cut off, no fault."""

import pytest

from survey.app import create_app
from tests.browser.checks import BY_LAYOUT, assert_good

pytestmark = pytest.mark.browser

FOR_ALL = [
    "/",
    "/sign-in",
    "/sign-in/forgotten",
    "/help/",
    "/help/answering",
    "/help/privacy",
    "/help/using",
    "/help/profile",
    "/help/methods",
    "/help/questionnaires",
    "/help/running",
    "/help/benchmark",
    "/help/webhooks",
    "/api/v1/docs",
    "/no-such-page",
    "/invitations/no-such-token",
]

PHONE = 400
"""Pixels: no phone is wider."""

FILES = (".csv", ".json", ".parquet", ".png", ".po", ".sav", ".svg", ".xlsx", "/download")


def sign_in(page, server, role):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(f"{role}@anytown.example")
    page.get_by_label("Password").fill(server.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def rules_at_this_width(page):
    """All of them on a phone; on a desktop those whose answer may be another there."""
    return BY_LAYOUT if page.viewport_size["width"] > PHONE else None


@pytest.mark.parametrize("address", FOR_ALL)
def test_a_page_for_everybody_is_good(page, address):
    page.goto(address)
    assert_good(page, rules=rules_at_this_width(page))


@pytest.fixture(scope="module")
def kind_of():
    """What kind of page an address is: its endpoint, and of an admin's pages which wave's, since
    those of an open one and of a closed one differ."""
    app = create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "k" * 32})
    addresses = app.url_map.bind("localhost")

    def kind(address):
        endpoint, values = addresses.match(address)
        return endpoint, endpoint.startswith("running.") and values.get("wave")

    return kind


def visit_all(page, kind_of, start, inside):
    """Open every page that can be reached by links, one of each kind; which kinds these were."""
    waiting, kinds = [start], {kind_of(start)}
    rules = rules_at_this_width(page)
    while waiting:
        page.goto(waiting.pop(0))
        assert_good(page, rules=rules)
        for link in page.eval_on_selector_all("main a[href]", "all => all.map(a => a.pathname)"):
            wanted = (
                link.startswith(inside)
                and not link.partition("?")[0].endswith(FILES)
                and "/exports/" not in link
            )
            if wanted and kind_of(link) not in kinds:
                kinds.add(kind_of(link))
                waiting.append(link)
    return {endpoint for endpoint, _ in kinds}


def test_every_page_of_a_lead_is_good(page, server, kind_of):
    sign_in(page, server, "lead")
    assert len(visit_all(page, kind_of, "/profiles/", "/profiles/")) >= 2
    page.goto("/profiles/")
    closed = page.locator("li", has_text="closed").locator("a").first.get_attribute("href")
    found = visit_all(page, kind_of, closed, "/profiles/")
    assert {"profile.benchmark", "profile.unit_units", "planning.change", "planning.agreed"} < found
    assert len(found) >= 16


def test_every_page_of_an_admin_is_good(page, server, kind_of):
    sign_in(page, server, "admin")
    found = visit_all(page, kind_of, "/admin/", "/admin/")
    assert {"running.diagnostics", "running.results", "running.benchmark"} < found
    written = {"edit", "comments", "history", "exports", "rehearsal", "own_library", "settings"}
    assert {f"authoring.{page}" for page in written} < found
    assert len(found) >= 36


def test_every_page_of_whoever_moderates_is_good(page, server, kind_of):
    sign_in(page, server, "admin")
    assert len(visit_all(page, kind_of, "/comments/", "/comments/")) == 2


def test_every_page_of_the_library_is_good(page, server, kind_of):
    sign_in(page, server, "viewer")
    assert len(visit_all(page, kind_of, "/library/", "/library/")) >= 4
