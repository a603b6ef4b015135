"""Staff answer in Welsh: no page of theirs falls back into English."""

import pytest

from survey.storage.waves import Wave
from tests import make_stored as make
from tests.web.answer import welsh
from tests.web.answer.test_journey import ANSWERS, answer, question_of
from tests.web.answer.welsh import assert_welsh, seen


@pytest.fixture
def wave(stored):
    made = welsh.wave(stored, contact="help@anytown.example", closes_at=make.NOON, open_link=True)
    stored.commit()
    return made


@pytest.fixture
def token(stored, wave):
    made, _ = make.invitation(stored, wave)
    stored.commit()
    return made


@pytest.fixture
def begun(browser, token):
    browser.open(f"/invitations/{token}?language=cy")
    browser.send()
    return browser


def answer_all(browser):
    while "/questions/" in browser.path:
        answer(browser, ANSWERS[question_of(browser)])


def test_what_would_be_english_is_found(browser, token):
    page = browser.open(f"/invitations/{token}")
    assert sum(bool(one.search(seen(page.text))) for one in welsh.ENGLISH) > 10


@pytest.mark.parametrize("address", ["/invitations/{token}", "/surveys/autumn"])
def test_the_start(browser, token, address):
    page = browser.open(f"{address.format(token=token)}?language=cy")
    assert_welsh(page)
    assert "Dechrau" in page.text
    assert "tua 2 funud" in page.text
    assert "o leiaf 5 o bobl" in page.text


def test_every_question_and_what_is_said_of_it_left_empty(begun):
    kinds = 0
    while "/questions/" in begun.path:
        assert_welsh(begun.page)
        if not question_of(begun).endswith(":comment"):
            kinds += 1
            assert_welsh(begun.send(), 422)
            assert "<title>Gwall:" in begun.page.text
        answer(begun, ANSWERS[question_of(begun)])
    assert kinds > 6


def test_what_is_no_answer_is_refused_in_welsh(begun):
    while not question_of(begun).endswith(":comment"):
        answer(begun, ANSWERS[question_of(begun)])
    page = answer(begun, "x" * 2001)
    assert_welsh(page, 422)
    assert "Cwtogwch hyn i 2,000 o nodau: mae ganddo 2,001 nawr." in page.text


def test_checking_sending_and_what_was_said(begun):
    answer_all(begun)
    assert_welsh(begun.page)
    assert begun.heading == "Gwiriwch eich atebion cyn eu hanfon"
    assert "2 Galluogwr" in begun.page.text
    begun.send()
    assert_welsh(begun.page)
    assert begun.heading == "Mae eich atebion wedi’u hanfon"
    assert "3 Gwreiddiedig" in begun.page.text
    assert "Y cam nesaf, Arbenigwr:" in begun.page.text
    assert_welsh(begun.send(), 410)


def test_sending_too_early_and_what_became_unnecessary(begun):
    answer(begun, "manager")
    assert_welsh(begun.open("/surveys/autumn/check"))
    assert_welsh(begun.send(), 422)
    begun.open("/surveys/autumn/questions/digital/design")
    answer_all(begun)
    begun.open("/surveys/autumn/questions/digital/design?check=")
    assert "Cadw a mynd yn ôl" in begun.page.text
    assert_welsh(answer(begun, "5"))
    assert "Ni fydd yn cael ei anfon" in begun.page.text


@pytest.mark.parametrize("open_link", [True, False])
def test_the_privacy_notice(browser, stored, wave, open_link):
    wave.open_link, wave.send_invitations = open_link, not open_link
    wave.grace_minutes = 60 if open_link else 0
    stored.commit()
    page = browser.open("/surveys/autumn/privacy?language=cy")
    assert_welsh(page)
    assert "1 Medi 2026" in page.text
    assert "Testun 0" in page.text


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 diwrnod"), (2, "2 ddiwrnod"), (90, "90 diwrnod")]
)
def test_numbers_mutate_what_they_count(browser, stored, wave, days, said):
    wave.keep_people_days = days
    stored.commit()
    assert said in browser.open("/surveys/autumn/privacy?language=cy").text


@pytest.mark.parametrize("topic", ["answering", "privacy"])
def test_help(browser, topic):
    assert_welsh(browser.open(f"/help/{topic}?language=cy"))


@pytest.mark.parametrize("state", ["prepared", "closing", "closed"])
def test_a_survey_that_takes_no_answers(browser, stored, token, wave, state):
    stored.get(Wave, wave.id).state = state
    stored.commit()
    assert_welsh(browser.open(f"/invitations/{token}?language=cy"), 410)


def test_links_that_were_used_or_lead_nowhere(begun, web_app, token, browser):
    answer_all(begun)
    begun.send()
    assert_welsh(begun.open(f"/invitations/{token}"), 410)
    for address in ("/invitations/never-made", "/surveys/none", "/surveys/none/privacy"):
        assert_welsh(begun.open(f"{address}?language=cy"), 404)
    assert_welsh(begun.open("/surveys/none/check"), 403)


def test_a_question_that_is_not_asked(begun):
    assert_welsh(begun.open("/surveys/autumn/questions/no-such-question"), 404)


def test_a_form_without_its_token(begun):
    assert_welsh(begun.client.post(begun.path, data={"answer-grade": "manager"}), 400)


def test_a_fault_of_ours(begun, web_app, monkeypatch):
    web_app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(web_app.view_functions, "answer.check", lambda **_: 1 / 0)
    assert_welsh(begun.open("/surveys/autumn/check"), 500)
