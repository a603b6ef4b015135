"""A request with a key is done once, however often it is sent."""

import pytest
from sqlalchemy import func, select

from survey.api.errors import PREFIX
from survey.operations import api_answers, api_use, writing
from survey.operations.errors import Refused
from survey.storage.api_use import ApiAnswer
from survey.storage.audit import AuditEvent
from survey.storage.manuscripts import Manuscript
from survey.storage.versions import Publication
from tests.api.program import FAULTY, VALID, Program, kind_of, retitled, token_of
from tests.make_stored import NOON

DRAFTS = "/organisations/anytown/drafts"
KEY = "7f1c1a52-3d3e-4c1b-9d5e-0c3e8d0f6a11"


def count(stored, table):
    stored.rollback()
    return stored.scalar(select(func.count()).select_from(table))


def without_limit(answer):
    """The headers of an answer but those that differ each time."""
    said = {name: value for name, value in answer.headers if not name.startswith("RateLimit")}
    each_time = ("Idempotency-Replayed", "X-Request-ID")
    return {name: value for name, value in said.items() if name not in each_time}


def test_the_same_again_is_answered_the_same_and_done_once(program, stored, at_noon):
    first = program.post(DRAFTS, VALID, idempotency_key=KEY)
    at_noon.shift(3600)
    again = program.post(DRAFTS, VALID, idempotency_key=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.data == again.data
    assert without_limit(first) == without_limit(again)
    assert again.headers["Location"].startswith(f"{PREFIX}{DRAFTS}/")
    assert count(stored, Manuscript) == 1


def test_publishing_again_is_answered_as_it_was(program, stored):
    made = program.post(DRAFTS, VALID).headers["Location"].removeprefix(PREFIX)
    answers = [program.post(f"{made}/publish", idempotency_key=KEY) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201], "not 200, as it would be by itself"
    assert count(stored, Publication) == 1
    published = select(AuditEvent).where(AuditEvent.action.contains("publish"))
    assert len(stored.scalars(published).all()) <= 1


def test_without_a_key_it_is_done_again(program, stored):
    for _ in range(2):
        program.post(DRAFTS, VALID)
    assert (count(stored, Manuscript), count(stored, ApiAnswer)) == (2, 0)


@pytest.mark.parametrize("quoted", [f'"{KEY}"', KEY])
def test_a_key_may_be_in_quotation_marks(program, stored, quoted):
    program.post(DRAFTS, VALID, idempotency_key=KEY)
    assert "Idempotency-Replayed" in program.post(DRAFTS, VALID, idempotency_key=quoted).headers
    assert count(stored, Manuscript) == 1


@pytest.mark.parametrize("key", ["two words", "é".encode().decode("latin-1"), "k" * 201, '""'])
def test_what_is_no_key_is_refused(program, stored, key):
    answer = program.post(DRAFTS, VALID, idempotency_key=key)
    assert (answer.status_code, kind_of(answer)) == (400, "not-understood")
    assert "Idempotency-Key" in answer.json["detail"]
    assert count(stored, Manuscript) == 0


def test_another_request_needs_another_key(program, stored):
    made = program.post(DRAFTS, VALID, idempotency_key=KEY).headers["Location"]
    publish = made.removeprefix(PREFIX) + "/publish"
    for other in (
        program.post(DRAFTS, retitled("Another"), idempotency_key=KEY),
        program.post(f"{DRAFTS}?page=1", VALID, idempotency_key=KEY),
        program.post(publish, idempotency_key=KEY),
    ):
        assert (other.status_code, kind_of(other)) == (422, "key-used")
    assert count(stored, Manuscript) == 1


def test_another_program_may_have_the_same_key(app, program, stored, author):
    other = Program(app, token_of(stored, author))
    stored.commit()
    ids = {one.post(DRAFTS, VALID, idempotency_key=KEY).json["id"] for one in (program, other)}
    assert len(ids) == 2


def test_a_key_opens_nothing_to_who_has_no_token(app, program):
    program.post(DRAFTS, VALID, idempotency_key=KEY)
    assert Program(app).post(DRAFTS, VALID, idempotency_key=KEY).status_code == 401


def test_after_a_day_a_key_is_new(program, stored, at_noon):
    program.post(DRAFTS, VALID, idempotency_key=KEY)
    at_noon.shift(api_answers.KEPT)
    program.post(DRAFTS, VALID, idempotency_key=KEY)
    assert (count(stored, Manuscript), count(stored, ApiAnswer)) == (2, 1)


def test_what_was_refused_is_tried_again(program, stored):
    made = program.post(DRAFTS, FAULTY).headers["Location"].removeprefix(PREFIX)
    refused = program.post(f"{made}/publish", idempotency_key=KEY)
    assert kind_of(refused) == "invalid-file"
    program.put(made, VALID, if_match='"1"')
    published = program.post(f"{made}/publish", idempotency_key=KEY)
    assert (published.status_code, count(stored, Publication)) == (201, 1)


def test_while_it_is_under_way_the_same_is_told_so(app, program, stored, monkeypatch):
    real, told = writing.begin, []

    def meanwhile(*arguments, **values):
        if not told:
            told.append(program.post(DRAFTS, VALID, idempotency_key=KEY))
        return real(*arguments, **values)

    monkeypatch.setattr(writing, "begin", meanwhile)
    assert program.post(DRAFTS, VALID, idempotency_key=KEY).status_code == 201
    assert (told[0].status_code, kind_of(told[0])) == (409, "under-way")
    assert told[0].headers["Retry-After"] == "1"
    assert count(stored, Manuscript) == 1


@pytest.mark.parametrize("fault", [Refused("No."), RuntimeError("a crash")])
def test_where_the_answer_cannot_be_kept_nothing_was_done(program, stored, monkeypatch, fault):
    def die(*_, **__):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(api_answers, "keep", die)
        assert program.post(DRAFTS, VALID, idempotency_key=KEY).status_code in (422, 500)
    assert (count(stored, Manuscript), count(stored, ApiAnswer)) == (0, 0)
    assert program.post(DRAFTS, VALID, idempotency_key=KEY).status_code == 201
    assert count(stored, Manuscript) == 1


def test_of_two_that_got_as_far_one_has_done_it(program, stored, monkeypatch):
    """As where the count, by which the second would have known of the first, was lost."""
    program.post(DRAFTS, VALID, idempotency_key=KEY)
    with monkeypatch.context() as patch:
        patch.setattr(api_answers, "answer_to", lambda *_, **__: None)
        second = program.post(DRAFTS, VALID, idempotency_key=KEY)
    assert (second.status_code, kind_of(second)) == (409, "under-way")
    assert count(stored, Manuscript) == 1
    assert "Idempotency-Replayed" in program.post(DRAFTS, VALID, idempotency_key=KEY).headers


def test_of_a_server_that_died_the_next_is_free_within_a_minute(app, program, at_noon):
    token = program.headers["Authorization"].partition(" ")[2]
    whole = api_answers.keyed(token, KEY, b"").whole
    api_use.spend(app.extensions["counts"], whole, of=1, now=NOON)
    assert program.post(DRAFTS, VALID, idempotency_key=KEY).status_code == 409
    at_noon.shift(61)
    assert program.post(DRAFTS, VALID, idempotency_key=KEY).status_code == 201
