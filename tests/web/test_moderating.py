"""Moderators clear, reword or hold back what people wrote; leads read what was cleared."""

import re

import pytest

from tests import make_stored as make
from tests.web import signed_in

QUEUE = "/comments/autumn"
READ = "/profiles/autumn/comments"


@pytest.fixture
def wave(stored):
    wave = make.wave(stored, invited={"anytown": 12})
    for number in range(6):
        text = f"Comment {number} <b>of Ada</b>"
        make.responses(stored, wave, "parks", [3], **{"digital/design:comment": text})
    make.responses(stored, wave, "adults", [4] * 6)
    make.close(stored, wave)
    anytown = stored.get(make.Organisation, wave.organisation_id)
    for role in ("moderator", "lead", "author"):
        signed_in.account(stored, anytown, role)
    stored.commit()
    return wave


@pytest.fixture
def browser(web_app, wave):
    return lambda role: signed_in.sign_in(web_app, f"{role}@anytown.example")


def first_form(page):
    return re.search(r'action="(/comments/[^"]+)"', page.text)[1].replace("&amp;", "&")


def decide(browser, address=QUEUE, **typed):
    browser.open(address)
    return browser.send(typed, to=first_form(browser.page))


def test_comments_are_cleared_one_by_one_until_leads_can_read_them(browser):
    moderator, lead = browser("moderator"), browser("lead")
    assert "6 waiting" in moderator.open("/comments/").text
    assert "No comments can be read" in lead.open(READ).text
    for number in range(5):
        decide(moderator, wording=f"Safe words {number}", clear="yes")
        assert "Cleared: leads can read it." in moderator.page.text
    decide(moderator, hold="yes")
    assert "Nothing waits." in moderator.page.text
    page = lead.open(READ).text
    assert all(f"Safe words {number}" in page for number in range(5))
    assert "of Ada" not in page
    assert "1 comment<" in lead.open(f"{READ}?search=words+3&capability=digital/design").text


def test_what_was_written_is_shown_as_text(browser):
    page = browser("moderator").open(QUEUE).text
    assert "&lt;b&gt;of Ada&lt;/b&gt;" in page


def test_a_comment_without_words_is_refused_and_said_where(browser):
    moderator = browser("moderator")
    page = decide(moderator, wording=" ", clear="yes")
    assert page.status_code == 422
    assert "A comment that is cleared needs some words." in page.text


def test_what_was_cleared_can_be_changed_and_held_back_later(browser):
    moderator = browser("moderator")
    decide(moderator, wording="Safe", clear="yes")
    page = moderator.open(f"{QUEUE}?state=cleared").text
    assert "As it was written" in page
    decide(moderator, f"{QUEUE}?state=cleared", wording="Safe", hold="yes")
    assert "Held back (1)" in moderator.open(f"{QUEUE}?state=no-such-state").text


@pytest.mark.parametrize("role", ["lead", "author"])
def test_nobody_else_moderates(browser, role):
    someone = browser(role)
    assert someone.open(QUEUE).status_code == 404
    assert "Your account moderates no comments" in someone.open("/comments/").text


@pytest.mark.parametrize("role", ["moderator", "author"])
def test_who_does_not_lead_reads_no_comments_of_the_profile(browser, role):
    assert browser(role).open(READ).status_code == 404
