"""Programs may ask so often, and are told how often still."""

import logging

import pytest

from survey.api.errors import PREFIX
from survey.operations import api_use
from tests.api.program import Program, kind_of, token_of

DRAFTS = "/organisations/anytown/drafts"


@pytest.fixture(autouse=True)
def three_a_minute(app, monkeypatch):
    monkeypatch.setitem(app.config, "API_REQUESTS_A_MINUTE", 3)


def left(answer):
    return answer.headers.get("RateLimit"), answer.headers.get("RateLimit-Policy")


def test_every_answer_says_how_many_more_there_may_be(program, at_noon):
    said = []
    for address in (DRAFTS, f"{DRAFTS}/7", f"{DRAFTS}?page=0"):
        said.append(left(program.get(address)))
        at_noon.shift(20)
    assert said == [
        (f'"token";r={r};t={t}', '"token";q=3;w=60') for r, t in ((2, 60), (1, 40), (0, 20))
    ]


def test_too_many_are_refused_until_the_minute_is_over(program, at_noon):
    for _ in range(3):
        assert program.get(DRAFTS).status_code == 200
    at_noon.shift(12.5)
    refused = program.post(DRAFTS, "{}")
    assert (refused.status_code, kind_of(refused)) == (429, "too-many-requests")
    assert refused.headers["Retry-After"] == "48"
    assert left(refused)[0] == '"token";r=0;t=48'
    at_noon.shift(int(refused.headers["Retry-After"]))
    answer = program.get(DRAFTS)
    assert (answer.json, answer.headers["RateLimit"]) == ([], '"token";r=2;t=60')


def test_each_token_has_its_own(app, program, stored, author):
    other = Program(app, token_of(stored, author))
    stored.commit()
    for _ in range(4):
        refused = program.get(DRAFTS)
    assert refused.status_code == 429
    assert other.get(DRAFTS).status_code == 200


def test_a_token_without_the_scope_is_counted_too(app, stored, author):
    reader = Program(app, token_of(stored, author, "questionnaires:read"))
    stored.commit()
    assert [reader.post(DRAFTS, "{}").status_code for _ in range(4)] == [403] * 3 + [429]


@pytest.mark.parametrize("token", [None, "ms_guessed"])
def test_who_has_no_token_that_works_is_counted_by_address(app, program, token):
    guessing = Program(app, token)
    answers = [guessing.get(DRAFTS) for _ in range(4)]
    assert [one.status_code for one in answers] == [401] * 3 + [429]
    assert left(answers[0]) == ('"address";r=2;t=60', '"address";q=3;w=60')
    assert program.get(DRAFTS).status_code == 200, "others from there are not in the way"


def test_guesses_are_counted_together_whatever_is_guessed(app):
    statuses = [Program(app, f"ms_{n}").get(DRAFTS).status_code for n in range(4)]
    assert statuses == [401] * 3 + [429]


def test_what_needs_no_token_is_counted_by_address(app):
    client = app.test_client()
    addresses = ("/openapi.json", "/docs", "/no-such", "/docs", "/no-such", "/openapi.json")
    answers = [client.get(PREFIX + address) for address in addresses]
    assert [one.status_code for one in answers] == [200, 200, 404, 429, 429, 429]
    assert {kind_of(one) for one in answers[3:]} == {"too-many-requests"}
    assert all(one.headers["RateLimit"] for one in answers)


def test_pages_are_not_counted(app):
    answers = [app.test_client().get("/help/") for _ in range(4)]
    assert [(one.status_code, left(one)) for one in answers] == [(200, (None, None))] * 4


def test_where_counting_fails_programs_are_answered_all_the_same(app, program, caplog):
    counts = app.extensions["counts"].kw["bind"]
    with counts.connect() as connection:
        connection.exec_driver_sql("DROP TABLE api_use")
    with caplog.at_level(logging.WARNING):
        answer = program.get(DRAFTS)
    counts.dispose()
    assert (answer.status_code, left(answer)) == (200, (None, None))
    assert "not counted" in caplog.text


def test_it_is_documented_of_every_answer(app):
    document = app.test_client().get(f"{PREFIX}/openapi.json").json
    shared = document["components"]["responses"]
    for path in document["paths"].values():
        for operation in (path[method] for method in path if method != "parameters"):
            assert "429" in operation["responses"], operation["operationId"]
            for answer in operation["responses"].values():
                told = shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                assert {"RateLimit", "RateLimit-Policy"} <= set(told["headers"])
    assert "Retry-After" in shared["TOO_MANY_REQUESTS"]["headers"]
    assert f"w={api_use.SECONDS}" in document["components"]["headers"]["RateLimitPolicy"]["example"]
