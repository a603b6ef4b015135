"""Pages are rendered once: nothing of a person is in what is kept, and nothing grows old."""

import gc
import re

import pytest
from sqlalchemy import select, update

from survey.storage.organisations import Organisation
from survey.web.answer import frames, showing
from tests import make_stored as make
from tests.web.answer.test_journey import ANSWERS, answer, answer_all, question_of
from tests.web.pages import Browser


@pytest.fixture
def tokens(stored):
    """Two people's tokens into one wave."""
    wave = make.wave(stored)
    made = [make.invitation(stored, wave, email=f"{name}@anytown.example")[0] for name in "ab"]
    stored.commit()
    return made


@pytest.fixture
def two(web_app, tokens):
    """Two people who have begun."""
    both = [Browser(web_app) for _ in tokens]
    for one, token in zip(both, tokens, strict=True):
        one.open(f"/invitations/{token}")
        one.send()
    return both


def kept_texts():
    """Every text that is reached from what is kept."""
    caches = (frames._rendered, showing._translated, showing._said_of, showing._questions_kept)
    waiting, seen, texts = [*caches], set(), []
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, (dict, list, tuple)) or one in caches or hasattr(one, "parts"):
            fresh = (part for part in gc.get_referents(one) if id(part) not in seen)
            waiting.extend(part for part in fresh if not seen.add(id(part)))
    return texts


def token_on(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def test_of_a_person_nothing_is_kept(two, tokens):
    first, secrets = two[0], [*tokens]
    answers = ANSWERS | {"digital/design:comment": "The zebra ate my homework"}
    while "/questions/" in first.path:
        secrets.append(token_on(first.page))
        answer(first, answers[question_of(first)])
    assert "The zebra ate my homework" in first.page.text
    secrets.append(token_on(first.page))
    first.send()
    kept = kept_texts()
    assert any("govuk-radios" in text for text in kept)
    assert any("Check your answers" in text for text in kept)
    for secret in [*secrets, "zebra"]:
        assert not any(secret in text for text in kept)


def test_everybody_finds_their_own_answers_and_token(two):
    for one, grade in zip(two, ("manager", "front-line"), strict=True):
        answer_all(one, ANSWERS | {"grade": grade})
        one.open(f"{one.path.removesuffix('/check')}/questions/grade?check=")
    chosen = [re.findall(r'value="([\w-]+)" checked', one.page.text) for one in two]
    assert chosen == [["manager"], ["front-line"]]
    assert token_on(two[0].page) != token_on(two[1].page)


def test_a_new_name_of_the_organisation_is_said_at_once(two, stored, tokens):
    assert "Anytown" in two[0].page.text
    stored.execute(update(Organisation).values(name="Newtown"))
    stored.commit()
    address = two[0].path
    for path in (address, f"/invitations/{tokens[1]}"):
        page = two[0].open(path).text
        assert "Newtown" in page
        assert "Anytown" not in page


def test_a_name_cannot_open_a_slot(two, stored):
    named = "Any\x03csrf_token\x04town \x03nothing\x04"
    stored.execute(update(Organisation).values(name=named))
    stored.commit()
    assert stored.scalar(select(Organisation.name)) == named
    page = two[0].open(two[0].path)
    assert page.status_code == 200
    assert "nothing" not in page.text
