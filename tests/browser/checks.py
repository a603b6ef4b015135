"""What every page must pass, whatever is on it."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_good(page):
    """No violation that axe finds, nothing wider than the window, one first heading."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.violations_count == 0, found.generate_report()
    widest = page.evaluate("document.documentElement.scrollWidth")
    assert widest <= page.viewport_size["width"], f"{page.url} is {widest} px wide"
    assert page.locator("h1").count() == 1
