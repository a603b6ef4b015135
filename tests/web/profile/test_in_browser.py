"""Pages as they are seen: nothing in the way of anybody, charts that come alive and need not."""

from __future__ import annotations

import threading

import pytest
from werkzeug.serving import make_server

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = pytest.mark.browser

OVERVIEW = "/profiles/autumn"
CAPABILITY = "/profiles/autumn/capabilities/digital/design"
PAGES = ["/profiles/", OVERVIEW, f"{OVERVIEW}/units/adults", CAPABILITY, "/profiles/spring"]
PAGES += [f"{OVERVIEW}/priorities?domain=digital", f"{OVERVIEW}/compare?unit=adults&unit=places"]
SCREENS = [(360, "dark"), (1280, "light")]


@pytest.fixture(scope="module")
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(chromium, address, lead):
    """Opens a page as a lead; what the browser complained of, and what it asked for, is noted."""
    contexts = []

    def visited(path, width=1280, light="light", scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=light,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        cookie = {"name": "session", "value": lead.get_cookie("session").value, "url": address}
        context.add_cookies([cookie])
        page = context.new_page()
        page.complaints, page.asked_for = [], []
        page.on("request", lambda request: page.asked_for.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield visited
    for context in contexts:
        context.close()


def look_at_all_charts(page):
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".chart__live svg").wait_for()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "light"), SCREENS)
def test_a_page_stands_in_nobodys_way(visit, path, width, light):
    page = visit(path, width, light)
    look_at_all_charts(page)
    violations = axe.Axe().run(page).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_mark_says_its_figures_under_the_pointer(visit):
    page = visit(CAPABILITY)
    look_at_all_charts(page)
    live = page.locator("[data-chart]").first
    live.locator("path[fill]").nth(3).hover(force=True)
    tip = live.locator(".chart-tip")
    tip.wait_for()
    assert "of 16" in tip.inner_text()


def test_charts_are_there_without_scripts(visit):
    page = visit(OVERVIEW, scripts=False)
    images = page.locator("[data-chart] img").all()
    assert images
    for image in images:
        image.scroll_into_view_if_needed()
        assert image.get_attribute("alt")
    page.wait_for_load_state("networkidle")
    assert page.locator(".chart__live").count() == 0


def test_the_drawing_stays_where_the_chart_library_does_not_come(visit):
    page = visit("/profiles/spring")
    page.route("**/vega.js*", lambda route: route.abort())
    page.goto(page.url.replace("spring", "autumn"))
    page.locator("[data-chart] img").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-chart] picture").count() > 0
    assert page.locator(".chart__live").count() == 0


def test_a_phone_in_the_dark_is_given_the_drawing_made_for_it(visit):
    page = visit(OVERVIEW, 360, "dark")
    look_at_all_charts(page)
    drawings = [asked for asked in page.asked_for if ".svg?" in asked and "/charts/" in asked]
    assert len(drawings) == page.locator("[data-chart]").count()
    assert all("width=narrow" in drawing and "light=dark" in drawing for drawing in drawings)
