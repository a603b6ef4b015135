"""Other tools say what our own pages say, in the same words."""

from dataclasses import astuple

import pytest
from babel.messages.pofile import read_po

from survey.exchange.answer_words import answer_words, words_in_each
from survey.web.languages import TRANSLATIONS

OF_THE_PAGES = (
    "agreement",
    "importance",
    "dont_know",
    "rather_not",
    "not_applicable",
    "none_of_these",
    "about_you",
    "tick_all",
    "number_between",
    "one_or_the_other",
)


@pytest.fixture(scope="module")
def catalogue():
    with (TRANSLATIONS / "cy" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = read_po(file, "cy")
    return {
        str(one.id).replace("%(", "{").replace(")s", "}"): str(one.string)
        .replace("%(", "{")
        .replace(")s", "}")
        for one in messages
    }


@pytest.mark.parametrize("name", OF_THE_PAGES)
def test_they_are_those_of_the_pages_in_both_languages(catalogue, name):
    english, welsh = getattr(answer_words("en"), name), getattr(answer_words("cy"), name)
    if isinstance(english, str):
        english, welsh = (english,), (welsh,)
    assert tuple(catalogue[one] for one in english) == welsh


def test_a_variety_of_a_language_speaks_as_it_does():
    assert answer_words("cy-GB") == answer_words("cy")
    assert answer_words("fr") == answer_words("en")


def test_a_language_without_words_has_those_of_the_main_one():
    assert words_in_each(["cy", "en", "fr"])[::2] == (answer_words("cy"),) * 2


def test_no_word_is_lacking_in_welsh():
    assert all(map(bool, astuple(answer_words("cy"))))
    assert len(set(astuple(answer_words("cy"))) & set(astuple(answer_words("en")))) == 0
