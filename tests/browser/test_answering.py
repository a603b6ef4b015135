"""A member of staff answers on a phone and at a desk, by the keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good

pytestmark = pytest.mark.browser


def answer_page(page, choice="3"):
    """Choose, type or leave empty whatever the page asks, and go on."""
    for group in page.locator("fieldset").all():
        radios = group.locator(f'input[type=radio][value="{choice}"]')
        (radios if radios.count() else group.locator("input").first).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()


def test_an_invitation_is_answered_from_start_to_result(page, server):
    page.goto(server.new_invitation())
    assert_good(page)
    page.get_by_role("button", name="Start").click()
    seen = set()
    while "/questions/" in page.url:
        kind = page.locator("form").first.inner_html().count("<textarea")
        if kind not in seen:
            assert_good(page)
            seen.add(kind)
        answer_page(page)
    assert_good(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.get_by_role("button", name="Send my answers").click()
    assert_good(page)
    expect(page.get_by_text("What you said")).to_be_visible()
    expect(page.get_by_text("3 Embedded").nth(11)).to_be_visible()


def test_a_page_left_empty_moves_the_focus_to_the_summary(page, server):
    page.goto(server.new_invitation())
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Save and continue").click()
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert_good(page)
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.type") == "radio"


def test_the_keyboard_alone_is_enough(page, server):
    page.goto(server.new_invitation())
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/**")
    first = page.url
    for group in page.locator("fieldset").all():
        group.locator("input").first.focus()
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save and continue").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    assert "/questions/" in page.url


def test_coming_back_by_the_same_link_goes_on_where_one_stopped(page, server, chromium):
    link = server.new_invitation()
    page.goto(link)
    page.get_by_role("button", name="Start").click()
    answer_page(page)
    waiting = page.url
    other_device = chromium.new_context().new_page()
    other_device.goto(link)
    other_device.get_by_role("button", name="Continue").click()
    assert other_device.url == waiting
    other_device.context.close()


def test_everything_works_at_320_pixels_without_scripts(chromium, server):
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(server.new_invitation())
    page.get_by_role("button", name="Start").click()
    while "/questions/" in page.url:
        answer_page(page, "2")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("What you said")).to_be_visible()
    context.close()
