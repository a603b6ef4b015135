"""Authors try a survey out before anybody is asked: the very pages of staff, nothing kept."""

import re
import shutil
from html import unescape

import pytest
from sqlalchemy import func, select

from survey.app import create_app
from survey.database import session_scope
from survey.operations import writing
from survey.operations.organising import organisation
from survey.operations.shipped import library, ready_made
from survey.questionnaire.check import expand
from survey.storage.drafts import Draft
from survey.storage.manuscripts import Manuscript
from survey.storage.responses import Response
from tests import make_stored as make
from tests.web.pages import Browser, forms
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown/questionnaires"
QUICK = ready_made()["quick-check"]


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory):
    """An application for all of these tests: each has a manuscript of its own."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("preview") / "web.db")
    return create_app({"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 32})


@pytest.fixture(scope="module")
def stored(app):
    with session_scope(app.config["DATABASE_URL"]) as session:
        yield session


@pytest.fixture(scope="module")
def signed_in(app, stored):
    """The cookie of an author of an organisation."""
    email = account(stored, make.organisation(stored), "author")
    stored.commit()
    return sign_in(app, email).client.get_cookie("session").value


@pytest.fixture
def author(app, signed_in):
    browser = Browser(app)
    browser.client.set_cookie("session", signed_in)
    return browser


def begin(stored, text=QUICK, kind="questionnaire"):
    """The address of the preview of a new manuscript."""
    owner = organisation(stored, "anytown")
    made = writing.begin(stored, owner.id, text, by=None, now=make.NOON, kind=kind)
    stored.commit()
    return f"{HOME}/{made.id}/preview"


@pytest.fixture
def preview(author, stored):
    return begin(stored)


@pytest.fixture
def survey(author, preview):
    """A browser with the survey in the preview, at its start."""
    author.open(f"{preview}/survey")
    return author


def press(browser, words):
    """Press the button with these words, which may lead elsewhere than its form does."""
    buttons = re.findall(r"<button([^>]*)>(.*?)</button>", browser.page.text, re.S)
    said = next(found for found, text in buttons if words in re.sub(r"<[^>]+>", "", text))
    given = {name: unescape(value) for name, value in re.findall(r'(\w+)="(.*?)"', said)}
    form = forms(browser.page.text)[0]
    sent = form["hidden"] | ({given["name"]: given["value"]} if "name" in given else {})
    browser.page = browser.client.post(given.get("formaction", form["action"]), data=sent)
    return browser.page


def fill_page(browser):
    """Press the button that fills a page of questions, whatever it is called."""
    return browser.send({"fill": "page"})


def asked(browser):
    """The id of the page of questions that is shown; None on any other page."""
    return forms(browser.page.text)[0]["hidden"].get("asked")


def answer(browser, value):
    """Answer the page's only question, and go on."""
    return browser.send({f"answer-{asked(browser)}": value})


def chosen(page):
    """What is chosen and typed on a page, as it would be sent."""
    ticked = re.findall(r'name="(answer-[^"]+)"[^>]* value="([^"]*)" checked', page.text)
    typed = re.findall(r'name="(answer-[^"]+)" type="text"[^>]* value="([^"]+)"', page.text)
    written = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]+)', page.text)
    found = {}
    for name, value in (*ticked, *typed, *written):
        found.setdefault(name, []).append(value)
    return found


def main_of(page):
    """What stands between head and foot, whatever is hidden in it and wherever it is sent."""
    found = re.search(r"<main.*?</main>", page.text, re.S)[0]
    return re.sub(r'<input type="hidden"[^>]*>| action="[^"]*"|\s+', "", found)


def words_of(page):
    """The same in words alone: what is a link for staff may be a button here."""
    return re.sub(r"<[^>]+>", "", main_of(page))


def caption(browser):
    """What the preview says of itself on the page."""
    found = re.search(r'<p class="try-out__text">(.*?)</p>', browser.page.text, re.S)[1]
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def test_the_frame_is_as_wide_as_a_phone_or_a_desk(author, preview):
    page = author.open(preview)
    assert f'src="{preview}/survey"' in page.text
    assert "stage--phone" in page.text
    assert "stage--desktop" in author.open(f"{preview}?width=desktop").text
    assert "stage--phone" in author.open(f"{preview}?width=huge").text


def test_each_choice_keeps_the_others(author, preview):
    wanted = "width=desktop&language=cy&person=2&question=tested-share"
    text = author.open(f"{preview}?{wanted}").text
    assert f'src="{preview}/survey?language=cy&amp;person=2&amp;question=tested-share"' in text
    assert f'href="{preview}?width=desktop&amp;person=2&amp;question=tested-share"' in text
    assert '<option value="tested-share" selected>' in text
    assert '<option value="2" selected>Person 2 of 2<' in text
    assert '<input type="hidden" name="width" value="desktop">' in text


@pytest.mark.parametrize("query", ["language=xx", "person=99", "person=x", "question=none", "at=²"])
def test_a_choice_that_there_is_not_is_left_out(author, preview, query):
    assert f'src="{preview}/survey"' in author.open(f"{preview}?{query}").text


@pytest.mark.parametrize("at", [str(QUICK.index('"tested-share"')), "/sections/0/questions/1"])
def test_a_place_in_the_text_opens_its_question(author, preview, at):
    text = author.open(f"{preview}?at={at}").text
    assert f'src="{preview}/survey?question=tested-share"' in text


def test_only_the_survey_may_be_framed_and_only_by_us(author, preview):
    frame = author.open(preview).headers
    assert "frame-src 'self'" in frame["Content-Security-Policy"]
    assert frame.getlist("X-Frame-Options") == ["DENY"]
    for address in (f"{preview}/survey", f"{preview}/survey?question=none"):
        inner = author.open(address).headers
        (policy,) = inner.getlist("Content-Security-Policy")
        assert "frame-ancestors 'self'" in policy
        assert "frame-src" not in policy
        assert inner.getlist("X-Frame-Options") == ["SAMEORIGIN"]
    assert 'name="robots" content="noindex"' in author.open(f"{preview}/survey").text


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pages_are_those_of_staff_to_the_result(author, preview, app, stored, language):
    owner = organisation(stored, "anytown")
    wave = make.wave(stored, owner, expand(QUICK, library()), slug=language, languages=["en", "cy"])
    token, _ = make.invitation(stored, wave, email=f"{language}@anytown.example")
    stored.commit()
    staff = Browser(app)
    author.open(f"{preview}/survey?language={language}")
    staff.open(f"/invitations/{token}?language={language}")
    assert author.heading == staff.heading
    author.send()
    staff.send()
    pages = 0
    while asked(author):
        assert main_of(author.page) == main_of(staff.page)
        answers = chosen(fill_page(author))
        author.send(answers)
        staff.send(answers)
        pages += 1
    assert pages > 8
    assert words_of(author.page) == words_of(staff.page)
    assert [author.send().status_code, staff.send().status_code] == [200, 200]
    assert main_of(author.page) == main_of(staff.page)


def test_nothing_is_kept_of_it(survey, stored):
    def rows():
        return [stored.scalar(select(func.count()).select_from(t)) for t in (Draft, Response)]

    before = rows()
    press(survey, "Fill with made-up answers")
    survey.send()
    assert survey.heading == "Your answers have been sent"
    assert rows() == before
    with survey.client.session_transaction() as kept:
        assert not {"draft", "result", "language"} & set(kept)


def test_a_page_left_empty_is_refused_in_the_words_of_its_language(author, preview):
    author.open(f"{preview}/survey?language=cy&question=tested-share")
    page = author.send()
    assert page.status_code == 422
    assert "<title>Gwall:" in page.text
    assert answer(author, "11").status_code == 422
    assert 'value="11"' in author.page.text


def test_another_language_keeps_what_was_typed_and_answered(survey):
    survey.send()
    answer(survey, "manager")
    survey.send({f"answer-{asked(survey)}": "4", "language": "cy"})
    assert '<html lang="cy"' in survey.page.text
    assert chosen(survey.page) == {f"answer-{asked(survey)}": ["4"]}
    press(survey, "Yn ôl")
    assert chosen(survey.page) == {"answer-grade": ["manager"]}


def test_conditions_are_at_work(survey):
    press(survey, "Fill with made-up answers")
    assert "What gets in the way of learning about users?" in survey.page.text
    for question, value in (("digital/user-research", "5"), ("tested-share", "9")):
        survey.page = survey.client.post(
            f"{survey.path}?question={question}&check=", data=forms(survey.page.text)[0]["hidden"]
        )
        answer(survey, value)
        assert survey.heading.startswith("Check your answers")
    assert "made unnecessary. It will not be sent" in survey.page.text


def test_a_hidden_question_is_shown_with_what_it_depends_on(author, preview):
    author.open(f"{preview}/survey?question=why-low")
    assert "“digital/user-research” is at most 2" in caption(author)
    assert "which is not so after the answers so far" in caption(author)
    answer(author, "Time")
    assert asked(author) != "why-low"


def test_each_person_gets_another_module_and_somebody_all_of_them(author, preview):
    modules = {"Trying things out", "Deciding with data"}
    got = []
    for person in (1, 2, 0):
        text = author.open(f"{preview}/survey?fill=all&person={person}").text
        got.append({title for title in modules if title in text})
    assert got[0] | got[1] == got[2] == modules
    assert not got[0] & got[1]


def test_a_question_of_somebody_elses_module_is_shown_as_such(author, preview):
    captions = set()
    for person in (1, 2):
        author.open(f"{preview}/survey?question=tests-first&person={person}")
        assert asked(author) == "tests-first"
        captions.add("in a module that this person is not asked" in caption(author))
    assert captions == {True, False}


def test_sending_too_early_names_what_waits_with_ways_to_it(author, preview):
    author.open(f"{preview}/survey?go=check")
    page = author.send()
    assert page.status_code == 422
    assert asked(author) is None
    press(author, "Answer “Which best describes your role?”")
    assert asked(author) == "grade"
    answer(author, "manager")
    assert author.heading.startswith("Check your answers")


def test_starting_again_forgets_the_answers(survey):
    press(survey, "Fill with made-up answers")
    press(survey, "Start again")
    survey.send()
    assert asked(survey) == "grade"
    assert not chosen(survey.page)


def test_what_was_tampered_with_is_as_nothing(survey):
    survey.send()
    answer(survey, "manager")
    hidden = forms(survey.page.text)[0]["hidden"]
    hidden |= {"carried": hidden["carried"][:-2], "question": "grade"}
    survey.page = survey.client.post(survey.path, data=hidden)
    assert asked(survey) == "grade"
    assert not chosen(survey.page)


def test_answers_that_still_fit_outlive_a_change_of_the_text(survey, stored):
    survey.send()
    answer(survey, "manager")
    answer(survey, "4")
    found = stored.get(Manuscript, int(survey.path.split("/")[-3]))
    found.source = QUICK.replace("manager", "head-of-team")
    stored.commit()
    for question, kept in (("grade", {}), ("digital/user-research", ["4"])):
        survey.page = survey.client.post(
            f"{survey.path}?question={question}", data=forms(survey.page.text)[0]["hidden"]
        )
        assert chosen(survey.page) == ({f"answer-{question}": kept} if kept else {})


def test_while_there_are_problems_they_are_said_with_the_way_to_the_editor(author, stored):
    preview = begin(stored, QUICK.replace('"title"', '"titel"', 1))
    page = author.open(preview)
    assert "3 problems have to be mended" in page.text
    assert "Line 5, column 3" in page.text
    assert f'href="{preview.removesuffix("/preview")}"' in page.text
    assert "<iframe" not in page.text
    assert "have to be mended" in author.open(f"{preview}/all").text
    inner = author.open(f"{preview}/survey")
    assert inner.status_code == 422
    assert f'target="_top" href="{preview}"' in inner.text


def test_a_published_version_is_tried_out_at_its_address(author, stored):
    owner = organisation(stored, "anytown")
    digest = make.version(stored, expand(QUICK, library()))
    make.publication(stored, owner.id, digest)
    stored.commit()
    address = f"{HOME}/versions/{digest}"
    assert f'src="{address}/survey"' in author.open(address).text
    author.open(f"{address}/survey")
    author.send()
    assert asked(author) == "grade"
    assert "(asked of some people only)" in author.open(f"{address}/all").text


def test_all_pages_can_be_read_at_once(author, preview):
    text = author.open(f"{preview}/all").text
    for said in ("Digital quick check", "(asked of some people only)", "only if", 'type="radio"'):
        assert said in text
    welsh = author.open(f"{preview}/all?language=cy").text
    assert "Gwiriad digidol cyflym" in welsh
    assert '<html lang="en"' in welsh


def test_only_questionnaires_are_previewed(author, stored):
    preview = begin(stored, '{"id": "digital/x"}', kind="capability")
    for page in ("", "/all", "/survey"):
        assert author.open(preview + page).status_code == 404


def test_nobody_else_sees_it(survey, app, stored):
    address = survey.path
    email = account(stored, make.organisation(stored, "elsewhere", {"elsewhere": None}), "author")
    lead = account(stored, organisation(stored, "anytown"), "lead")
    stored.commit()
    pages = [address, address.replace("survey", "all"), address.removesuffix("/survey")]
    for other in (sign_in(app, email), sign_in(app, lead)):
        for page in (*pages, address.replace("anytown", "elsewhere")):
            assert other.open(page).status_code == 404
    signed_out = Browser(app).open(address)
    assert signed_out.status_code == 401
    assert 'target="_top"' in signed_out.text


def test_a_form_without_its_token_is_refused_inside_the_frame(survey):
    page = survey.client.post(survey.path, data={"page": "start"})
    assert page.status_code == 422
    assert "open for too long" in page.text
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_markup_in_a_text_is_shown_and_not_obeyed(author, stored):
    preview = begin(stored, QUICK.replace("Digital quick check", "<script>alert(1)</script>"))
    for page in ("", "/all", "/survey", "/survey?fill=all"):
        assert "<script>alert(1)" not in author.open(preview + page).text
