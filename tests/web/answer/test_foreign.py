"""What is not translated is shown in the main language, and says so to whoever listens."""

from dataclasses import replace

import pytest

from survey.questionnaire.translate import texts
from tests import make_stored as make
from tests.web.answer import welsh
from tests.web.answer.test_journey import answer

ENGLISH_STILL = ("title", "introduction", "grade.text", "digital-design.title")


@pytest.fixture
def half_translated(stored):
    asked = welsh.in_welsh(introduction="Read **this** first.")
    catalogue = {k: v for k, v in asked.translations["cy"].items() if k not in ENGLISH_STILL}
    made = make.wave(
        stored,
        asked=replace(asked, translations={"cy": catalogue}),
        languages=["en", "cy"],
        open_link=True,
    )
    stored.commit()
    return texts(asked), made


def in_english(text):
    return f'<span lang="en">{text}</span>'


def test_texts_without_a_translation_say_that_they_are_in_english(browser, half_translated):
    said, _ = half_translated
    page = browser.open("/surveys/autumn?language=cy").text
    assert '<html lang="cy"' in page
    assert in_english(said["title"]) in page
    assert '<div lang="en"><p class="govuk-body">Read <strong>this</strong> first.</p>' in page
    browser.send()
    assert in_english(said["grade.text"]) in browser.page.text
    answer(browser, "manager")
    assert in_english(said["digital-design.title"]) in browser.page.text


def test_a_title_is_never_marked_up(browser, half_translated):
    for address in ("/surveys/autumn?language=cy", "/surveys/autumn/privacy"):
        title = browser.open(address).text.partition("<title>")[2].partition("</title>")[0]
        assert "&lt;span" not in title
        assert "<span" not in title


def test_translated_texts_are_not_marked(browser, half_translated):
    browser.open("/surveys/autumn?language=cy")
    browser.send()
    assert "Testun" in browser.page.text
    assert '<span lang="en">Testun' not in browser.page.text


def test_in_the_main_language_nothing_is_marked(browser, half_translated):
    page = browser.open("/surveys/autumn?language=en").text
    assert '<span lang="' not in page.replace("Cymraeg", "")
