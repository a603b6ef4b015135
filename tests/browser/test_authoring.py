"""An author mends a broken file by following what the page says, and publishes it."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.test_every_page import sign_in

pytestmark = pytest.mark.browser

BROKEN = """{
  "format": 1,
  "id": "bins",
  "title": "How well do we collect bins?",
  "language": "en",
  "sections": [
    {"id": "rounds", "title": "Rounds", "questions": [
      {"capability": "digital/user-reserch"},
      {"id": "planned", "kind": "number", "text": "Of ten rounds, how many run as planned?",
       "capability": "digital/user-research", "minimum": 0, "maximum": 10,
       "cut_point": [1, 3, 6, 9]}
    ]},
  ]
}"""

MENDS = {
    "line 12, column 7": ("]},\n  ]", "]}\n  ]"),
    "digital/user-research": ("user-reserch", "user-research"),
    "cut_points": ('"cut_point"', '"cut_points"'),
}
"""What a message says, and what an author does who believes it."""


def test_a_broken_file_is_mended_by_following_its_messages(page, server):
    sign_in(page, server, "author")
    page.goto("/admin/anytown/questionnaires/new")
    with page.expect_navigation():
        page.get_by_role("button", name="Begin with a small example").click()
    source = page.locator("textarea[name=source]")
    source.fill(BROKEN)
    for says, (wrong, right) in MENDS.items():
        page.get_by_role("button", name="Save and check").click()
        assert_good(page)
        summary = page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(says, ignore_case=True)
        source.fill(source.input_value().replace(wrong, right))
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_text("No problems")).to_be_visible()
    page.get_by_role("link", name="Preview").click()
    page.get_by_text("Of ten rounds, how many run as planned?").wait_for()
    assert_good(page)
    page.go_back()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("published").first).to_be_visible()
    assert_good(page)
