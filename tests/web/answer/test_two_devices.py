"""Somebody who answers on two devices, or in two windows, loses nothing and is told."""

import pytest

from tests import make_stored as make
from tests.web.answer import welsh
from tests.web.answer.test_journey import answer
from tests.web.pages import Browser

ELSEWHERE = "You have answered this page somewhere else, too"


@pytest.fixture
def token(stored):
    made, _ = make.invitation(stored, make.wave(stored))
    stored.commit()
    return made


@pytest.fixture
def devices(web_app, token):
    """A phone and a computer, both at the first page."""
    found = Browser(web_app), Browser(web_app)
    for browser in found:
        browser.open(f"/invitations/{token}")
        browser.send()
    return found


def chosen(browser, token):
    """What is kept of the first page, as a third device finds it."""
    page = browser.open(browser.path if "/questions/grade" in browser.path else FIRST).text
    return [value for value in ("front-line", "manager") if f'value="{value}" checked' in page]


FIRST = "/surveys/autumn/questions/grade"


def test_another_answer_given_elsewhere_is_told_and_not_overwritten(devices, token):
    phone, computer = devices
    answer(phone, "manager")
    page = answer(computer, "front-line")
    assert page.status_code == 409
    assert ELSEWHERE in page.text
    assert "There you said: Manager" in page.text
    assert 'value="front-line" checked' in page.text, "what was chosen here is still chosen"
    assert chosen(phone, token) == ["manager"]


def test_whoever_has_been_told_may_save_what_they_chose(devices, token):
    phone, computer = devices
    answer(phone, "manager")
    answer(computer, "front-line")
    assert answer(computer, "front-line").status_code == 200
    assert "/questions/grade" not in computer.path
    assert chosen(phone, token) == ["front-line"]


def test_the_same_answer_needs_no_word(devices):
    phone, computer = devices
    answer(phone, "manager")
    answer(computer, "manager")
    assert "/questions/grade" not in computer.path


def test_going_back_on_one_device_is_no_other_device(devices):
    phone, _ = devices
    answer(phone, "manager")
    phone.open(FIRST)
    answer(phone, "front-line")
    assert "/questions/grade" not in phone.path


def test_an_error_or_another_language_in_between_is_no_reason_to_overwrite(stored, web_app):
    made, _ = make.invitation(stored, welsh.wave(stored))
    stored.commit()
    phone, computer = Browser(web_app), Browser(web_app)
    for browser in (phone, computer):
        browser.open(f"/invitations/{made}")
        browser.send()
    answer(phone, "manager")
    assert computer.send().status_code == 422
    computer.send({"language": "en", "answer-grade": "front-line"})
    page = answer(computer, "front-line")
    assert (page.status_code, ELSEWHERE in page.text) == (409, True)
