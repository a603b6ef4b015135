"""A program comes in with a token that works, has the scope, and whose account may; with nothing
else."""

import re
from datetime import timedelta

import pytest

from survey.operations import accounts, api_tokens, auditing
from survey.storage.tokens import ApiToken
from tests import make_stored as make
from tests.api.program import ALL, VALID, Program, kind_of, token_of
from tests.api.town import body_of
from tests.attacks.addresses import addresses, told
from tests.make_stored import NOON
from tests.web import signed_in

DRAFTS = "/organisations/anytown/drafts"
METHODS = ("GET", "POST", "PUT", "DELETE")
PARTS = {
    "organisation": "anytown",
    "draft": 1,
    "digest": "d" * 64,
    "wave": "autumn",
    "action": 1,
    "question": "grade",
    "capability": "digital/user-research",
    "framework": "core",
    "role": "data-analyst",
    "figures": "figures.csv",
    "responses": "responses.csv",
}
"""A value for each part of an address."""
PUBLIC = ("/openapi.json", "/docs")


def every_request(app, **values):
    """Each method and address of the API that is not public."""
    parts = PARTS | values
    parts = {name: [value] for name, value in parts.items()}
    for method in METHODS:
        for address in addresses(app, parts, ("/api/v1/",), method):
            if not address.endswith(PUBLIC):
                yield method, address.removeprefix("/api/v1")


def test_every_address_asks_for_a_token(app):
    asked = list(every_request(app))
    assert len(asked) >= 13
    for method, address in asked:
        answer = Program(app).ask(method, address, body_of(address))
        assert kind_of(answer) == "token-needed", address
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Maturity Survey"'


@pytest.mark.parametrize(
    "sent", ["Bearer", "Bearer ", "Basic YTpi", "Bearer ms_guessed", "ms_guessed", "Bearer \xff"]
)
def test_what_is_no_token_opens_nothing(app, stored, sent):
    answer = Program(app).ask("GET", DRAFTS, headers={"Authorization": sent})
    assert kind_of(answer) == "token-needed"


def test_who_is_signed_in_on_the_pages_needs_a_token_all_the_same(app, stored, anytown):
    email = signed_in.account(stored, anytown, "admin")
    stored.commit()
    program = Program(app)
    program.client = signed_in.sign_in(app, email).client
    for method, address in every_request(app):
        assert kind_of(program.ask(method, address, body_of(address))) == "token-needed"


def test_a_program_is_given_no_cookie(program):
    answer = program.get(DRAFTS)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])


def test_a_token_that_works_no_longer_says_so(app, stored, author, at_noon):
    revoked, expired, off = (token_of(stored, author, days=30) for _ in range(3))
    api_tokens.revoke(stored, author, stored.query(ApiToken).first().id, now=NOON)
    stored.commit()
    assert refused(app, revoked)
    assert not refused(app, expired)
    author.active = False
    stored.commit()
    assert refused(app, off)
    author.active = True
    stored.commit()
    at_noon.shift(timedelta(days=30))
    assert refused(app, expired)


def refused(app, token):
    answer = Program(app, token).get(DRAFTS)
    return (
        answer.status_code == 401 and 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    )


ASKED = {
    "questionnaires:read": ("GET", DRAFTS),
    "questionnaires:write": ("POST", DRAFTS),
    "questionnaires:publish": ("POST", f"{DRAFTS}/1/publish"),
    "library:read": ("GET", "/organisations/anytown/maps"),
    "waves:read": ("GET", "/organisations/anytown/waves"),
    "waves:run": ("POST", "/organisations/anytown/waves/autumn/close"),
    "profiles:read": ("GET", "/organisations/anytown/waves/autumn/gaps"),
    "actions:read": ("GET", "/organisations/anytown/waves/autumn/actions"),
    "actions:write": ("DELETE", "/organisations/anytown/waves/autumn/actions/1"),
    "exports:read": ("GET", "/organisations/anytown/waves/autumn/exports"),
    "exports:rows": ("POST", "/organisations/anytown/waves/autumn/exports/responses.csv"),
}


@pytest.mark.parametrize("scope", ALL)
def test_a_token_is_for_its_scopes_alone(app, stored, author, scope):
    program = Program(app, token_of(stored, author, scope))
    stored.commit()
    for needed, (method, address) in ASKED.items():
        answer = program.ask(method, address, body_of(address) if method == "POST" else None)
        if needed == scope:
            assert answer.status_code in (200, 201, 404, 422)
        else:
            assert kind_of(answer) == "scope-missing"
            assert f'scope="{needed}"' in answer.headers["WWW-Authenticate"]


MAY = {
    "questionnaires": {"author", "admin"},
    "library": {"author", "lead", "viewer", "moderator", "admin"},
    "waves:run": {"admin"},
    "actions:write": {"lead", "admin"},
    "exports:rows": {"admin"},
}
READERS = {"lead", "viewer", "admin"}
"""Of all else."""


def scope_of(program, method, address):
    """The scope that an address needs, as somebody without it is told."""
    told = program.ask(method, address).headers["WWW-Authenticate"]
    return re.search(r'scope="([^"]+)"', told)[1]


@pytest.mark.parametrize("role", ["author", "lead", "viewer", "moderator"])
def test_a_token_never_does_more_than_its_account_may(app, stored, make_account, town, role):
    account = make_account(role)
    program, nothing = (Program(app, token_of(stored, account)) for _ in range(2))
    stored.query(ApiToken).filter_by(id=2).one().scopes = []
    stored.commit()
    refused = 0
    for method, address in every_request(app):
        scope = scope_of(nothing, method, address)
        may = MAY.get(scope, MAY.get(scope.partition(":")[0], READERS))
        if "/organisations/" in address and role not in may:
            refused += 1
            answer = program.ask(method, address, body_of(address), {"If-Match": "*"})
            assert kind_of(answer) in ("not-found", "wrong-parameters"), address
    assert refused >= 7


def test_a_role_that_is_taken_away_is_gone_from_the_token_too(program, stored, author, anytown):
    assert program.get(DRAFTS).status_code == 200
    accounts.revoke_grant(stored, author, author.grants[0].id, anytown.id)
    stored.commit()
    assert kind_of(program.get(DRAFTS)) == "not-found"


def test_of_others_nobody_is_told_more_than_of_nothing(app, stored, town, author):
    """Each address of Anytown beside one of an organisation that there is not, and each of the own
    organisation with what belongs to Anytown beside what there is not."""
    elsewhere = make.organisation(stored, "elsewhere", {"elsewhere": None})
    anybody = Program(app, token_of(stored, make.account(stored, elsewhere.id, "admin")))
    theirs = Program(app, token_of(stored, author))
    stored.commit()
    draft = theirs.post(DRAFTS, VALID).json["id"]
    digest = theirs.post(f"{DRAFTS}/{draft}/publish").json["version"]
    there = {"draft": draft, "digest": digest, "action": town.id}
    forged = {"draft": 999, "digest": "e" * 64, "action": 999}
    forged |= {"wave": "no-such", "question": "no-such"}
    pairs = [
        (there, there | {"organisation": "no-such"}),
        (there | {"organisation": "elsewhere"}, forged | {"organisation": "elsewhere"}),
    ]
    for pair in pairs:
        for asked, other in zip(*(every_request(app, **one) for one in pair), strict=True):
            if asked != other:
                answers = [
                    anybody.ask(*one, body_of(one[1]), {"If-Match": "*"}) for one in (asked, other)
                ]
                assert told(answers[0]) == told(answers[1]), asked
                assert answers[0].status_code in (404, 422)
    assert theirs.get(f"{DRAFTS}/{draft}").json["revision"] == 1


def test_that_a_token_was_used_is_noted_once_an_hour(program, stored, at_noon):
    token = stored.query(ApiToken).one()
    assert token.last_used_at is None
    for minutes, seen in ((0, 0), (59, 0), (1, 60), (30, 60)):
        at_noon.shift(timedelta(minutes=minutes))
        program.get(DRAFTS)
        stored.refresh(token)
        assert token.last_used_at == NOON + timedelta(minutes=seen)


def test_the_audit_log_says_that_a_program_did_it(program, stored, anytown, author):
    draft = program.post(DRAFTS, VALID).json["id"]
    program.post(f"{DRAFTS}/{draft}/publish")
    event = auditing.search(stored, anytown.id, auditing.Search("publish"), at_most=1)[0]
    assert (event.by, event.via) == (author.email, "api")


def test_a_script_of_another_site_is_not_let_read_the_answer(program):
    answer = program.get(DRAFTS, origin="https://elsewhere.example")
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
