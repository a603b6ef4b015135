"""Authors write in the workbench: guided by messages, and without losing a letter."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.conftest import DESKTOP
from tests.browser.test_every_page import sign_in

pytestmark = pytest.mark.browser

NEW = "/admin/anytown/questionnaires/new"

OWN = [
    {
        "id": "waiting",
        "kind": "number",
        "text": "How many days do people wait for an answer?",
        "cut_points": [20, 10, 5, 2],
    },
    {
        "id": "why-slow",
        "kind": "text",
        "text": "What would make it quicker?",
        "show_if": {"question": "waiting", "at_least": 10},
    },
]
WELSH = {"title": "Model Gallu Dysgu", "waiting.text": "Sawl diwrnod y mae pobl yn aros am ateb?"}

MISTAKES = {
    "Delete the second comma": ('"language": "en",', '"language": "en",,'),
    "Change to “bcs-lcm”": ('"framework": "bcs-lcm"', '"framework": "bcs-lmc"'),
    "Change to “at_least”": ('"at_least"', '"at_leest"'),
    "Change to “waiting.text”": ('"waiting.text"', '"waiting.txt"'),
    "Change to “waiting”": ('"question": "waiting"', '"question": "wating"'),
}
"""What an author presses who believes the message, and the mistake that it mends."""


def read(page):
    """The text in the editor, as it would be sent."""
    return page.locator("#editor .cm-content").evaluate(
        "(content) => content.cmTile.view.state.doc.toString()"
    )


def write(page, text):
    page.locator("#editor .cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def begin(page, server, button):
    sign_in(page, server, "author")
    page.goto(NEW)
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()
    expect(page.locator("#editor")).to_be_visible()


@pytest.fixture
def desk(chromium, server):
    """A page at a desk, for what is the same on a phone."""
    context = chromium.new_context(viewport=DESKTOP, base_url=server.address)
    yield context.new_page()
    context.close()


def test_from_a_map_to_a_published_questionnaire_by_following_messages(page, server):
    sign_in(page, server, "author")
    page.goto(NEW)
    assert_good(page)
    page.get_by_label("Capability map").select_option("bcs-lcm")
    with page.expect_navigation():
        page.get_by_role("button", name="Begin with this map").click()
    expect(page.locator("#findings")).to_contain_text("No problems")

    document = json.loads(read(page))
    document["sections"].append({"id": "ours", "title": "Our own", "questions": OWN})
    document["translations"] = {"cy": WELSH}
    right = wrong = json.dumps(document, indent=2, ensure_ascii=False)
    for good, bad in MISTAKES.values():
        assert good in wrong
        wrong = wrong.replace(good, bad)
    write(page, wrong)
    for mend in MISTAKES:
        # A mended mistake may let another be seen: the file can be read further.
        button = page.get_by_role("button", name=mend)
        expect(button).to_be_visible()
        button.click()
    expect(page.locator("#findings")).to_contain_text("No problems")
    assert json.loads(read(page)) == json.loads(right)
    expect(page.locator("#findings")).to_contain_text("texts are translated into Cymraeg")
    expect(page.locator("#outline")).to_contain_text("What would make it quicker?")
    assert_good(page)

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published").first).to_be_visible()
    assert_good(page)


def test_keys_and_names_are_offered_while_typing(desk, server):
    begin(desk, server, "Begin with a small example")
    write(desk, '{"format": 1, "sections": [{"questions": [{"capability": ""')
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.type("content des")
    offered = desk.locator("#editor .cm-tooltip-autocomplete li")
    expect(offered.first).to_contain_text("Content designers")
    offered.first.click()
    assert '"capability": "digital/content-designers-in-teams"' in read(desk)
    desk.get_by_text('"digital/content-designers-in-teams"').hover()
    expect(desk.locator("#editor .hover")).to_have_text("Content designers in service teams")


def test_the_survey_stands_beside_the_text_at_the_question_that_is_written(desk, server):
    begin(desk, server, "Begin with a small example")
    desk.get_by_role("link", name="Is there anything you want to add?").click()
    desk.get_by_role("button", name="Preview", exact=True).click()
    beside = desk.frame_locator("#beside iframe")
    expect(beside.locator("h1")).to_have_text("Is there anything you want to add?")
    assert_good(desk)
    write(desk, read(desk).replace("Is there anything you want to add?", "What else?"))
    desk.get_by_role("button", name="Outline", exact=True).click()
    desk.get_by_role("link", name="What else?").click()
    desk.get_by_role("button", name="Preview", exact=True).click()
    expect(beside.locator("h1")).to_have_text("What else?")
    desk.keyboard.press("ControlOrMeta+Home")
    write(desk, "{")
    expect(desk.locator("#beside-state")).to_contain_text("when the problems are mended")
    expect(beside.locator("h1")).to_have_text("What else?")


def test_a_question_goes_elsewhere_by_its_buttons_and_by_dragging(desk, server):
    begin(desk, server, "Begin with a small example")
    entries = desk.locator("#outline .outline__entry .outline__name")
    expect(entries).to_have_text(["User research", "Is there anything you want to add?"])
    desk.get_by_role("button", name="Move “User research” down").click()
    expect(entries).to_have_text(["Is there anything you want to add?", "User research"])
    expect(desk.get_by_role("button", name="Move “User research” down")).to_be_focused()
    rows = desk.locator("#outline .outline__entry")
    rows.nth(1).drag_to(rows.nth(0), target_position={"x": 30, "y": 3})
    expect(entries).to_have_text(["User research", "Is there anything you want to add?"])
    desk.locator("#editor .cm-content").focus()
    desk.keyboard.press("ControlOrMeta+z")
    expect(entries).to_have_text(["Is there anything you want to add?", "User research"])


def test_what_is_typed_while_signed_out_is_there_after_signing_in(desk, server):
    begin(desk, server, "Begin with a small example")
    edit = desk.url
    desk.context.clear_cookies()
    write(desk, '{"title": "Typed while signed out"}')
    expect(desk.locator("#state")).to_contain_text("You were signed out")
    desk.evaluate("window.onbeforeunload = null")
    desk.on("dialog", lambda dialog: dialog.accept())
    sign_in(desk, server, "author")
    desk.goto(edit)
    expect(desk.locator("#state")).to_contain_text("kept")
    assert read(desk) == '{"title": "Typed while signed out"}'
    desk.reload()
    expect(desk.locator("h1")).to_have_text("Typed while signed out")


def test_what_was_sent_and_did_not_arrive_is_there_when_the_page_is_opened_again(desk, server):
    begin(desk, server, "Begin with a small example")
    edit = desk.url
    desk.route(
        "**", lambda sent: sent.abort() if sent.request.method == "POST" else sent.fallback()
    )
    write(desk, '{"title": "Sent into the void"}')
    with desk.expect_event("requestfailed", lambda sent: sent.url == edit):
        desk.get_by_role("button", name="Publish").click()
    desk.unroute("**")
    desk.goto(edit)
    expect(desk.locator("#state")).to_contain_text("kept")
    assert read(desk) == '{"title": "Sent into the void"}'


def test_of_two_who_write_at_once_neither_loses_anything(desk, server):
    begin(desk, server, "Begin with a small example")
    other = desk.context.new_page()
    other.goto(desk.url)
    expect(other.locator("#editor")).to_be_visible()
    write(other, '{"title": "Theirs"}')
    expect(other.locator("#state")).to_contain_text("kept")
    write(desk, '{"title": "Mine"}')
    expect(desk.locator("#state")).to_contain_text("Somebody else saved this meanwhile")
    with desk.expect_navigation():
        desk.get_by_role("button", name="See both texts").click()
    expect(desk.locator(".difference__out")).to_contain_text("Theirs")
    expect(desk.locator(".difference__in")).to_contain_text("Mine")
    assert read(desk) == '{"title": "Mine"}'
    desk.get_by_role("button", name="Save and check").click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    desk.get_by_role("link", name="History").click()
    expect(desk.get_by_role("link", name="Saved, revision 2")).to_be_visible()
