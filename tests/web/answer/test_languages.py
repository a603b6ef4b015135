"""In which language a page is, how somebody chooses, and that choosing changes no answer."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.storage.drafts import Draft
from survey.storage.organisations import Organisation
from survey.storage.responses import Comment, Response
from tests import make_stored as make
from tests.web.answer import welsh
from tests.web.answer.test_journey import ANSWERS, answer, question_of
from tests.web.answer.welsh import language, seen
from tests.web.pages import Browser
from tests.web.signed_in import account, sign_in

START = "/surveys/autumn"
IN_WELSH = {"Accept-Language": "fr, cy;q=0.8, en;q=0.5"}


@pytest.fixture
def wave(stored):
    made = welsh.wave(stored, open_link=True)
    stored.commit()
    return made


def asked_in(stored, *languages, asked):
    made = make.wave(stored, asked=asked, languages=list(languages), open_link=True)
    stored.commit()
    return made


def test_a_choice_is_remembered(browser, wave):
    assert language(browser.open(START).text) == "en"
    assert language(browser.open(f"{START}?language=cy").text) == "cy"
    assert language(browser.open(START).text) == "cy"
    assert language(browser.open(f"{START}/privacy").text) == "cy"
    assert language(browser.open("/help/answering").text) == "cy"
    assert language(browser.open(f"{START}?language=en").text) == "en"
    assert language(browser.open(START).text) == "en"


def test_without_a_choice_the_browser_is_asked(browser, wave):
    assert language(browser.client.get(START, headers=IN_WELSH).text) == "cy"
    assert language(browser.client.get(START, headers={"Accept-Language": "de"}).text) == "en"
    browser.open(f"{START}?language=en")
    assert language(browser.client.get(START, headers=IN_WELSH).text) == "en"


def test_what_is_not_offered_is_neither_shown_nor_remembered(browser, stored):
    asked_in(stored, "en", asked=welsh.in_welsh())
    page = browser.client.get(f"{START}?language=cy", headers=IN_WELSH)
    assert language(page.text) == "en"
    assert "Cymraeg" not in page.text
    assert language(browser.open("/help/answering").text) == "en"


def test_where_only_welsh_is_offered_everybody_reads_welsh(browser, stored):
    asked_in(stored, "cy", asked=welsh.in_welsh())
    page = browser.client.get(START, headers={"Accept-Language": "en-GB"})
    assert language(page.text) == "cy"
    assert 'aria-label="Iaith"' not in page.text


def test_a_language_that_we_do_not_speak_has_our_words_in_english(browser, stored):
    asked = make.questionnaire()
    asked = replace(asked, translations={"fr": {"title": "Comment allons-nous ?"}})
    asked_in(stored, "en", "fr", asked=asked)
    page = browser.open(f"{START}?language=fr")
    assert page.status_code == 200
    assert language(page.text) == "fr"
    assert browser.heading == "Comment allons-nous ?"
    assert "Who sees what you say" in page.text
    assert "Français" in page.text
    browser.send()
    assert "About you" in browser.page.text


def test_each_language_is_named_in_itself_and_the_present_one_is_marked(browser, wave):
    page = browser.open(f"{START}?language=cy").text
    assert 'href="?language=en" lang="en" hreflang="en"' in page
    assert 'lang="cy" hreflang="cy" class="languages__one" aria-current="true">Cymraeg' in page
    assert page.count("aria-current") == 1


def test_pages_of_admins_are_english_whatever_was_chosen(web_app, stored, wave):
    email = account(stored, stored.get_one(Organisation, wave.organisation_id), "admin")
    stored.commit()
    admin = sign_in(web_app, email)
    admin.open(f"{START}?language=cy")
    for address in (
        "/",
        "/admin/anytown/",
        "/admin/anytown/waves/autumn",
        "/help/",
        "/help/running",
    ):
        page = admin.open(f"{address}?language=cy")
        assert page.status_code == 200
        assert language(page.text) == "en"
        assert "Skip to main content" in seen(page.text)
    assert language(admin.open("/admin/nowhere/").text) == "en"
    assert language(admin.open("/no-such-page").text) == "en"


def begin(app, address=START):
    browser = Browser(app)
    browser.open(address)
    browser.send()
    return browser


def test_switching_on_a_question_keeps_what_was_typed_and_saves_nothing(web_app, stored, wave):
    browser = begin(web_app)
    while not question_of(browser).endswith(":comment"):
        answer(browser, ANSWERS[question_of(browser)])
    before = stored.execute(select(Draft.answers, Draft.revision)).all()
    stored.rollback()
    here = browser.path
    typed = {f"answer-{question_of(browser)}": "Rhy ychydig o amser <" + "x" * 3000}
    page = browser.send(typed | {"language": "cy"})
    assert (page.status_code, browser.path, language(page.text)) == (200, here, "cy")
    assert "Rhy ychydig o amser &lt;xxx" in page.text
    assert "Gwall" not in page.text
    assert stored.execute(select(Draft.answers, Draft.revision)).all() == before
    page = browser.send(typed | {"language": "en"})
    assert language(page.text) == "en"
    assert "Rhy ychydig o amser &lt;xxx" in page.text


def test_what_was_chosen_stays_chosen_and_nothing_is_demanded(web_app, wave):
    browser = begin(web_app)
    page = browser.send({"answer-grade": "manager", "language": "cy"})
    assert 'value="manager" checked' in page.text
    page = browser.send({"language": "en"})
    assert page.status_code == 200
    assert "checked" not in page.text
    assert "Error" not in page.text


def test_the_way_back_to_the_check_survives_a_switch(web_app, wave):
    browser = begin(web_app)
    while "/questions/" in browser.path:
        answer(browser, ANSWERS[question_of(browser)])
    browser.open(f"{START}/questions/grade?check=&language=cy")
    browser.send({"answer-grade": "manager", "language": "en"})
    assert "Save and go back to your answers" in browser.page.text
    browser.send({"answer-grade": "front-line"})
    assert browser.path == f"{START}/check"
    assert language(browser.page.text) == "en"


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(switches=st.lists(st.sampled_from(["", "en", "cy", "fr"]), min_size=10, max_size=10))
def test_switching_never_changes_what_is_stored(web_app, stored, wave, switches):
    browser = begin(web_app)
    for switch in switches:
        if switch:
            name = f"answer-{question_of(browser)}"
            browser.send({name: "something else", "language": switch})
        answer(browser, ANSWERS[question_of(browser)])
    assert browser.path.endswith("/check")
    browser.send()
    stored.rollback()
    sent = stored.scalars(select(Response)).all()
    assert {str(one.about_you) for one in sent} == {"{'grade': 'manager'}"}
    assert len({(one.ratings, str(sorted(one.answers.items()))) for one in sent}) == 1
    assert sent[0].answers["digital/design"] == 2
    assert set(stored.scalars(select(Comment.text))) == {"Too little time"}
