"""All that pages are made of, in real Chromium: light and dark, small and large, and printed."""

import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from survey.app import create_app
from tests.browser.checks import assert_good
from tests.browser.conftest import DESKTOP, SMALLEST
from tests.web.gallery import add_gallery

pytestmark = pytest.mark.browser

TALL_ENOUGH = """() => [...document.querySelectorAll(`button, select, summary, .govuk-input,
  .govuk-back-link, .govuk-radios__input, .govuk-checkboxes__input, .band a, .foot a`)]
  .filter(element => element.getBoundingClientRect().height < 44)
  .map(element => element.outerHTML)"""

PRESSED_TWICE = """button => {
  let sent = 0;
  button.form.addEventListener("submit", event => { sent += 1; event.preventDefault(); });
  button.click();
  button.click();
  return sent;
}"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """The address of the gallery; it needs no database."""
    nowhere = tmp_path_factory.mktemp("gallery") / "none.db"
    app = create_app({"DATABASE_URL": f"sqlite:///{nowhere}", "SECRET_KEY": "k" * 32})
    add_gallery(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/gallery"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["light", "dark"])
def shown(chromium, gallery, request):
    """Opens the gallery at a size, in light or dark."""
    contexts = []

    def opened(size, **options):
        context = chromium.new_context(viewport=size, color_scheme=request.param, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(gallery)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [SMALLEST, DESKTOP], ids=["phone", "desktop"])
def test_everything_passes_before_and_after_it_is_sent(shown, size):
    page = shown(size)
    assert_good(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".govuk-error-summary")
    assert_good(page)


def test_everything_one_presses_is_as_tall_as_a_thumb(shown):
    assert shown(SMALLEST).evaluate(TALL_ENOUGH) == []


def test_the_error_summary_takes_the_focus_and_leads_to_a_field(shown):
    page = shown(DESKTOP)
    page.get_by_role("button", name="Save").click()
    page.locator(".govuk-error-summary:focus").wait_for()
    page.get_by_role("link", name="Choose a step.").click()
    page.locator("#step-0:focus").wait_for(state="attached")


def test_a_form_is_sent_once_however_often_its_button_is_pressed(shown):
    save = shown(DESKTOP).get_by_role("button", name="Save")
    assert save.evaluate(PRESSED_TWICE) == 1


def test_without_scripts_everything_is_still_there(shown):
    page = shown(SMALLEST, java_script_enabled=False)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_role("link", name="Enter a name.")).to_be_visible()
