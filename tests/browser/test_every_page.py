"""Every page that anybody can open, at both widths: no violation, nothing cut off, no fault."""

import pytest

from tests.browser.checks import assert_good

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FOR_ALL = [
    "/",
    "/sign-in",
    "/sign-in/forgotten",
    "/help/",
    "/help/answering",
    "/help/privacy",
    "/help/profile",
    "/help/methods",
    "/help/questionnaires",
    "/help/running",
    "/help/benchmark",
    "/no-such-page",
    "/invitations/no-such-token",
]


def sign_in(page, server, role):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(f"{role}@anytown.example")
    page.get_by_label("Password").fill(server.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.mark.parametrize("address", FOR_ALL)
def test_a_page_for_everybody_is_good(page, address):
    page.goto(address)
    assert_good(page)


def visit_all(page, start, inside, at_most=40):
    """Open every page that can be reached by links, one of each kind."""
    waiting, seen, kinds = [start], set(), set()
    while waiting and len(seen) < at_most:
        address = waiting.pop(0)
        seen.add(address)
        page.goto(address)
        assert_good(page)
        links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.pathname)")
        for link in links:
            kind = tuple(part for part in link.split("/") if "-" not in part and not part.isdigit())
            wanted = link.startswith(inside) and not link.endswith((".csv", ".json", "/download"))
            if wanted and link not in seen and kind not in kinds:
                kinds.add(kind)
                waiting.append(link)
    return seen


def test_every_page_of_a_lead_is_good(page, server):
    sign_in(page, server, "lead")
    assert len(visit_all(page, "/profiles/", "/profiles/")) >= 4
    page.goto("/profiles/")
    closed = page.locator("li", has_text="closed").locator("a").first.get_attribute("href")
    assert len(visit_all(page, closed, "/profiles/")) >= 11


def test_every_page_of_an_admin_is_good(page, server):
    sign_in(page, server, "admin")
    assert len(visit_all(page, "/admin/", "/admin/")) >= 17


def test_every_page_of_whoever_moderates_is_good(page, server):
    sign_in(page, server, "admin")
    assert len(visit_all(page, "/comments/", "/comments/")) >= 2


def test_every_page_of_the_library_is_good(page, server):
    sign_in(page, server, "viewer")
    assert len(visit_all(page, "/library/", "/library/")) >= 4
