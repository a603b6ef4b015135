"""What every page must pass, whatever is on it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

BY_LAYOUT = ["target-size", "scrollable-region-focusable"]
"""What axe judges by how large things are and where they lie: it differs by width."""

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_good(page, *, rules=None):
    """No violation that axe finds, by all rules of WCAG or by these, nothing wider than the window,
    one first heading."""
    page.wait_for_load_state()
    asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found = Axe().run(page, options={"runOnly": asked})
    assert found.violations_count == 0, found.generate_report()
    widest = page.evaluate("document.documentElement.scrollWidth")
    assert widest <= page.viewport_size["width"], f"{page.url} is {widest} px wide"
    expect(page.locator("h1")).to_have_count(1)
