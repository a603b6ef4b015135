"""The contents of help, and “Five ways to use the result”, which leads to one’s own profile."""

from survey.web.help.views import READERS, TITLES
from tests import make_stored as make
from tests.web.signed_in import account, sign_in


def test_every_topic_is_under_one_kind_of_reader():
    listed = [topic for _, topics in READERS for topic, _ in topics]
    assert sorted(listed) == sorted(TITLES)


def test_there_are_five_ways_each_with_who_and_when(browser):
    page = browser.open("/help/using").text
    assert [f">{number}. " in page for number in range(1, 7)] == [True] * 5 + [False]
    assert page.count("What comes of it") == 5
    assert "/profiles/autumn" not in page


def test_whoever_may_read_a_closed_wave_is_led_to_it(web_app, stored):
    anytown = make.organisation(stored)
    make.wave(stored, anytown, slug="autumn", state="closed")
    make.wave(stored, anytown, slug="spring")
    lead, author = account(stored, anytown, "lead"), account(stored, anytown, "author")
    stored.commit()
    page = sign_in(web_app, lead).open("/help/using").text
    for place in ("", "/units", "/priorities", "/plan", "/changes"):
        assert f'href="/profiles/autumn{place}"' in page
    assert "spring" not in page
    assert "/profiles/autumn" not in sign_in(web_app, author).open("/help/using").text
