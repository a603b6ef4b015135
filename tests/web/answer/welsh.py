"""A survey in English and Welsh, and what somebody sees of a page."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from survey.questionnaire.translate import texts
from survey.web.languages import TRANSLATIONS
from tests import make_stored as make

TAG, VALUE = re.compile(r"<[^>]+>"), re.compile(r"%\\\(\w+\\\)s")


def in_welsh(**changes):
    """The questionnaire with every text in Welsh, each another, but for the names of the steps."""
    english = make.questionnaire(**changes)
    keys = [key for key in texts(english) if not key.startswith("scale.")]
    return replace(english, translations={"cy": {key: f"Testun {n}" for n, key in enumerate(keys)}})


def wave(stored, *, languages=("en", "cy"), **changes):
    """A wave that is asked in both languages."""
    return make.wave(stored, asked=in_welsh(), languages=list(languages), **changes)


class _Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said, self.language = [], None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.language = given["lang"]
        self.said.append(given.get("aria-label") or "")

    def handle_data(self, data):
        self.said.append(data)


def seen(html):
    """What is read on a page, its title and labels included."""
    parser = _Seen()
    parser.feed(html)
    return " ".join(" ".join(parser.said).split())


def language(html):
    """The language that a page says it is in."""
    parser = _Seen()
    parser.feed(html)
    return parser.language


def english_sentences():
    """Every sentence of ours in English, as a pattern: values stand for anything."""
    catalogue = read_po(io.BytesIO((TRANSLATIONS / "cy/LC_MESSAGES/messages.po").read_bytes()))
    for one in catalogue:
        for text in one.id if isinstance(one.id, (tuple, list)) else (one.id,):
            if text:
                plain = " ".join(TAG.sub(" ", text).split())
                yield re.compile(rf"(?<!\w){VALUE.sub('.{1,200}?', re.escape(plain))}(?!\w)")


ENGLISH = tuple(english_sentences())


def assert_welsh(page, status=200):
    """The page says that it is in Welsh, and no sentence of ours is in English."""
    assert page.status_code == status
    assert language(page.text) == "cy"
    said = seen(page.text)
    assert [sentence.pattern for sentence in ENGLISH if sentence.search(said)] == []
