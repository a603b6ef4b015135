"""An author tries a draft out: as wide as a phone and a desk, with scripts and without."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from survey.database import session_scope
from survey.operations import writing
from survey.operations.organising import organisation
from survey.operations.shipped import ready_made
from tests.browser.checks import assert_good
from tests.browser.test_every_page import sign_in

pytestmark = pytest.mark.browser

TEXT = ready_made()["quick-check"]


@pytest.fixture
def preview(server):
    """The address of the preview of a new draft."""
    with session_scope(server.environment["SURVEY_DATABASE_URL"]) as session:
        owner = organisation(session, "anytown")
        made = writing.begin(session, owner.id, TEXT, by=None, now=datetime.now(UTC))
        session.commit()
        return f"{server.address}/admin/anytown/questionnaires/{made.id}/preview"


def width_of(survey):
    return survey.locator("html").evaluate("() => innerWidth")


def test_a_draft_is_tried_out_and_no_choice_loses_an_answer(page, server, preview):
    sign_in(page, server, "author")
    page.goto(f"{preview}?at={TEXT.index('tested-share')}")
    survey = page.frame_locator("iframe")
    field = survey.get_by_label("Of the last ten changes")
    expect(field).to_be_visible()
    assert_good(page)
    assert width_of(survey) == min(390, page.viewport_size["width"] - 32)
    field.fill("11")
    survey.get_by_role("button", name="Save and continue").click()
    expect(survey.locator(".govuk-error-summary")).to_contain_text("Enter 10 or less")
    survey.get_by_label("Of the last ten changes").fill("9")
    survey.get_by_role("button", name="Save and continue").click()

    page.get_by_role("link", name="Desktop").click()
    assert width_of(survey) >= 1024
    page.get_by_role("link", name="Cymraeg").click()
    expect(survey.locator("html[lang=cy]")).to_be_attached()
    page.get_by_label("Begin at").select_option("why-low")
    page.get_by_role("button", name="Show").click()
    expect(survey.get_by_role("complementary")).to_contain_text("is asked only if")
    page.get_by_role("link", name="Fill with made-up answers").click()
    expect(survey.get_by_role("heading", level=1)).to_contain_text("Gwiriwch eich atebion")
    expect(survey.get_by_text("9", exact=True)).to_be_visible()
    survey.get_by_role("button", name="Anfon fy atebion").click()
    expect(survey.get_by_text("Yr hyn a ddywedoch")).to_be_visible()

    for start in ("?question=why-low&language=cy", "?fill=all"):
        page.goto(f"{preview}/survey{start}")
        assert_good(page)


def test_without_scripts_each_choice_is_a_link_and_moving_on_a_button(chromium, server, preview):
    context = chromium.new_context(java_script_enabled=False, base_url=server.address)
    page = context.new_page()
    sign_in(page, server, "author")
    page.goto(preview)
    page.get_by_role("link", name="Desktop").click()
    page.get_by_label("As").select_option(label="Somebody who is asked all of them")
    page.get_by_role("button", name="Show").click()
    survey = page.frame_locator("iframe")
    survey.get_by_role("button", name="Start").click()
    survey.get_by_role("button", name="Fill this page").click()
    survey.get_by_role("button", name="Save and continue").click()
    survey.get_by_role("button", name="Back").click()
    expect(survey.get_by_role("radio", checked=True)).to_have_count(1)
    survey.get_by_role("button", name="Fill all and check").click()
    survey.get_by_role("button", name="Change").first.click()
    survey.get_by_role("button", name="Save and go back to your answers").click()
    survey.get_by_role("button", name="Send my answers").click()
    expect(survey.get_by_text("Your answers have been sent")).to_be_visible()
    context.close()
