"""Staff answer by an invitation, without JavaScript: start, pages, check, send, result."""

import pytest
from sqlalchemy import func, select

from survey.storage.drafts import Draft, Submission
from survey.storage.responses import Comment, Response
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.web.pages import Browser

ANSWERS = {
    "grade": "manager",
    "digital/design": "2",
    "digital/design:watch": "4",
    "digital/design:importance": "5",
    "digital/design:comment": "Too little time",
    "data/sharing": "dont-know",
    "data/sharing:watch": "3",
    "data/sharing:importance": "4",
    "data/sharing:comment": "",
    "what-else": "time",
}


@pytest.fixture
def token(stored):
    wave = make.wave(stored)
    made, _ = make.invitation(stored, wave)
    stored.commit()
    return made


@pytest.fixture
def begun(browser, token):
    browser.open(f"/invitations/{token}")
    browser.send()
    return browser


def question_of(browser):
    return browser.path.split("/questions/")[1]


def answer(browser, value):
    return browser.send({f"answer-{question_of(browser)}": value})


def answer_all(browser, answers=ANSWERS):
    while "/questions/" in browser.path:
        answer(browser, answers[question_of(browser)])


def test_the_start_page_says_who_sees_what_and_how_long_it_takes(browser, token):
    text = browser.open(f"/invitations/{token}").text
    for said in ("at least 5 people", "about", "minutes", "Your name is not stored", "Anytown"):
        assert said in text


def test_answers_are_sent_and_the_person_sees_what_they_said(begun, stored):
    answer_all(begun)
    assert begun.heading == "Check your answers before you send them"
    assert "Too little time" in begun.page.text
    begun.send()
    assert begun.heading == "Your answers have been sent"
    assert "Design at step 3." in begun.page.text
    (response,) = stored.scalars(select(Response)).all()
    assert response.about_you == {"grade": "manager"}
    assert stored.scalars(select(Comment.text)).all() == ["Too little time"]
    assert stored.scalar(select(func.count()).select_from(Draft)) == 0
    assert stored.scalar(select(func.count()).select_from(Submission)) == 1


def test_leaving_and_coming_back_on_another_device_goes_on_where_one_stopped(begun, web_app, token):
    answer(begun, "manager")
    answer(begun, "2")
    waiting = begun.path
    elsewhere = Browser(web_app)
    assert "Continue" in elsewhere.open(f"/invitations/{token}").text
    elsewhere.send()
    assert elsewhere.path == waiting


def test_a_page_left_empty_is_refused_with_a_summary_that_leads_to_the_field(begun):
    page = begun.send()
    assert page.status_code == 422
    assert 'href="#answer-grade"' in page.text
    assert 'id="answer-grade"' in page.text
    assert "<title>Error:" in page.text


def test_what_was_typed_is_still_there_when_it_is_refused(begun):
    while question_of(begun) != "digital/design:comment":
        answer(begun, ANSWERS[question_of(begun)])
    page = answer(begun, "x" * 2001)
    assert page.status_code == 422
    assert "x" * 2001 in page.text
    assert "2,001" in page.text


def test_a_condition_shows_its_question_only_where_it_holds(begun):
    answer_all(begun, ANSWERS | {"digital/design": "5"})
    assert "What else?" not in begun.page.text


def test_an_answer_that_became_unnecessary_is_announced_and_not_sent(begun, stored):
    answer_all(begun)
    begun.open(f"{begun.path.removesuffix('/check')}/questions/digital/design?check=")
    answer(begun, "5")
    assert "What else?" in begun.page.text
    assert "will not be sent" in begun.page.text
    begun.send()
    (response,) = stored.scalars(select(Response)).all()
    assert "what-else" not in response.answers


def test_pressing_send_twice_sends_once(begun, stored, web_app):
    answer_all(begun)
    twin = Browser(web_app)
    for cookie in ("session",):
        twin.client.set_cookie(cookie, begun.client.get_cookie(cookie).value)
    twin.open(begun.path)
    begun.send()
    assert twin.send().status_code == 410
    assert stored.scalar(select(func.count()).select_from(Response)) == 1


def test_going_back_after_sending_leads_to_what_was_said(begun):
    answer_all(begun)
    begun.send()
    assert begun.open("/surveys/autumn/check").status_code == 200
    assert begun.heading == "Your answers have been sent"


def test_the_result_can_be_removed_from_the_browser(begun):
    answer_all(begun)
    begun.send()
    begun.send()
    assert "Design at step" not in begun.page.text


def test_a_used_invitation_says_that_the_answers_were_sent(begun, token):
    answer_all(begun)
    begun.send()
    page = begun.open(f"/invitations/{token}")
    assert page.status_code == 410
    assert "Your answers have been sent" in page.text


def test_an_unknown_invitation_says_what_to_do(browser):
    page = browser.open("/invitations/never-made")
    assert page.status_code == 404
    assert "Open the link in your e-mail or letter again" in page.text


def test_a_wave_that_closed_meanwhile_takes_no_answer(begun, stored):
    stored.scalar(select(Wave)).state = "closed"
    stored.commit()
    page = answer(begun, "manager")
    assert page.status_code == 410
    assert "has closed" in page.text


def test_a_changed_cookie_is_told_to_open_the_link_again(begun):
    waiting = begun.path
    begun.client.set_cookie("session", "changed")
    page = begun.open(waiting)
    assert page.status_code == 403
    assert "Open the link in your invitation again" in page.text


def test_a_form_without_its_token_is_refused_and_nothing_is_kept(begun, stored):
    page = begun.client.post(begun.path, data={"answer-grade": "manager"})
    assert page.status_code == 400
    assert "reload the page" in page.text
    assert stored.scalars(select(Draft.answers)).all() == [{}]


def test_the_token_stands_in_no_page_and_no_later_address(begun, token):
    assert token not in begun.page.text
    assert token not in begun.path


def test_no_page_of_an_answer_lets_another_site_in_or_be_kept(begun):
    headers = begun.page.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "<script>" not in begun.page.text
    assert " style=" not in begun.page.text


def test_progress_counts_the_pages_of_the_path_that_is_taken(begun):
    answer(begun, "manager")
    assert "Page 2 of 9" in begun.page.text
    answer(begun, "2")
    assert "Page 3 of 10" in begun.page.text


def test_an_open_link_asks_where_somebody_works(browser, stored):
    wave = make.wave(stored, open_link=True)
    stored.commit()
    browser.open("/surveys/autumn")
    assert "Where do you work?" in browser.page.text
    browser.send({"unit": str(make.unit(stored, "parks").id)})
    answer_all(browser)
    browser.send()
    (response,) = stored.scalars(select(Response)).all()
    assert response.unit_id == make.unit(stored, "parks").id
    assert wave.open_link


def test_without_an_open_link_the_address_of_a_wave_leads_nowhere(browser, token):
    assert browser.open("/surveys/autumn").status_code == 404


def test_a_bookmark_of_a_question_that_is_not_asked_says_so(begun):
    assert begun.open("/surveys/autumn/questions/no-such-question").status_code == 404
