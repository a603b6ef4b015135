"""A member of staff answers in Welsh, on a phone and at a desk, and changes language on the way."""

import re

import pytest
from playwright.sync_api import expect

from survey.config import ROOT
from tests.browser.checks import assert_good

pytestmark = pytest.mark.browser

START = "/surveys/arolwg"
SMALLEST = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def server(server):
    """The server, with a survey of another council in English and Welsh."""
    quick_check = str(ROOT / "questionnaires/surveys/quick-check.json")
    server.command("organisation", "create", "bilingual", "--name", "Cyngor Unrhywle")
    server.command("questionnaire", "publish", quick_check, "--organisation", "bilingual")
    options = ["--organisation", "bilingual", "--questionnaire", "quick-check", "--open-link"]
    server.command("wave", "create", "arolwg", *options, "--name", "Arolwg yr hydref")
    server.command("wave", "open", "arolwg")
    return server


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def is_in(page, language):
    expect(page.locator("html")).to_have_attribute("lang", language)


def answer_page(page):
    """Choose, type or leave empty whatever the page asks, and go on."""
    for group in page.locator("fieldset").all():
        group.locator("input").first.check()
    for number in page.locator("input[inputmode=decimal]").all():
        number.fill("3")
    press(page, "Cadw a pharhau")


def test_a_survey_is_answered_in_welsh_from_start_to_result(page):
    page.goto(START)
    with page.expect_navigation():
        page.get_by_role("link", name="Cymraeg").click()
    is_in(page, "cy")
    assert_good(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Hysbysiad preifatrwydd").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hysbysiad preifatrwydd")
    assert_good(page)
    page.goto("/help/answering")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sut i ateb")
    assert_good(page)
    page.goto(START)
    press(page, "Dechrau")
    press(page, "Cadw a pharhau")
    expect(page).to_have_title(re.compile("^Gwall: "))
    expect(page.get_by_role("heading", name="Mae problem wedi codi")).to_be_visible()
    assert_good(page)
    while "/questions/" in page.url:
        is_in(page, "cy")
        assert_good(page)
        answer_page(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gwiriwch eich atebion cyn eu hanfon")
    assert_good(page)
    press(page, "Anfon fy atebion")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mae eich atebion wedi’u hanfon")
    expect(page.get_by_text("Archwiliwr").first).to_be_visible()
    assert_good(page)


def test_switching_on_a_question_keeps_what_is_chosen(page):
    page.goto(START)
    press(page, "Start")
    page.get_by_role("radio").nth(1).check()
    press(page, "Cymraeg")
    is_in(page, "cy")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.get_by_role("button", name="Cymraeg")).to_have_attribute("aria-current", "true")
    assert_good(page)


def test_enter_goes_on_and_does_not_switch(page):
    page.goto(START)
    press(page, "Start")
    first = page.url
    page.get_by_role("radio").first.check()
    with page.expect_navigation():
        page.get_by_role("radio").first.press("Enter")
    expect(page).not_to_have_url(first)
    is_in(page, "en")


def test_the_languages_fit_beside_the_way_back_at_320_pixels_without_scripts(chromium, server):
    context = chromium.new_context(
        viewport=SMALLEST, java_script_enabled=False, base_url=server.address
    )
    page = context.new_page()
    page.goto(f"{START}?language=cy")
    press(page, "Dechrau")
    page.get_by_role("radio").first.check()
    press(page, "Cadw a pharhau")
    back = page.get_by_role("link", name="Yn ôl").bounding_box()
    languages = page.get_by_role("navigation", name="Iaith").bounding_box()
    assert abs(back["y"] - languages["y"]) < 24, "in one line"
    assert languages["x"] + languages["width"] <= SMALLEST["width"]
    assert languages["height"] >= 44
    press(page, "English")
    is_in(page, "en")
    context.close()
