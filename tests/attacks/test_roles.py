"""Everybody asks for everything: each address, with each method, of their own organisation and of
another's. Who is let in is said by one table, and what an action needs by that of permissions.
Whatever is answered carries the headers that keep browsers safe."""

import json
import re
import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from survey.database import session_scope
from survey.operations import accounts, organising, running
from survey.storage.accounts import Account
from tests import make_stored as make
from tests.api.program import FORMAT
from tests.api.town import ACTION, body_of
from tests.attacks import belongings, town
from tests.attacks.addresses import rules
from tests.attacks.applications import opened
from tests.operations.test_permissions import ALLOWED
from tests.safe_headers import unsafe_headers
from tests.web import signed_in

METHODS = ("GET", "POST", "PUT", "DELETE")
EVERY_ROLE = "every role"
NEEDED = (
    (r"GET /admin/", EVERY_ROLE),
    (r"GET /admin/<organisation>/", "author"),
    (r"\w+ /admin/<organisation>/questionnaires/settings", "administer"),
    (r"\w+ /admin/<organisation>/questionnaires/.*", "author"),
    (r"\w+ /admin/<organisation>/waves/<wave>/diagnostics", "author"),
    (r"\w+ /admin/<organisation>/waves/.*", "run-wave"),
    (r"\w+ /admin/<organisation>/.*", "administer"),
    (r"\w+ /comments/", EVERY_ROLE),
    (r"\w+ /comments/<wave>.*", "moderate"),
    (r"\w+ /profiles/", EVERY_ROLE),
    (r"POST /profiles/<wave>/sharing/public.*", "administer"),
    (r"\w+ /profiles/<wave>/sharing.*", "share"),
    (r"GET /profiles/<wave>/plan", "read-profile"),
    (r"\w+ /profiles/<wave>/plan/.*", "plan"),
    (r"POST /profiles/<wave>/capabilities/.*", "set-target"),
    (r"\w+ /profiles/<wave>/agreed/.*", "set-target"),
    (r"GET /profiles/<wave>/comments", "read-comments"),
    (r"\w+ /profiles/<wave>/reports/<uuid:report>.*", "administer"),  # an admin asked for it
    (r"\w+ /profiles/<wave>.*", "read-profile"),
    (r"\w+ /(library|account)\b.*", EVERY_ROLE),
    (r"\w+ /api/v1/questionnaires/check", EVERY_ROLE),
    (r"\w+ /api/v1/organisations/<organisation>/(capabilities|maps|roles)\b.*", EVERY_ROLE),
    (r"\w+ /api/v1/organisations/<organisation>/(drafts|versions)\b.*", "author"),
    (r"GET /api/v1/organisations/<organisation>/waves/<string:wave>/preflight", "run-wave"),
    (r"GET /api/v1/organisations/<organisation>/waves\b.*", "read-profile"),
    (r"(?!GET)\w+ /api/v1/organisations/<organisation>/waves/<wave>/actions.*", "plan"),
    (r"\w+ /api/v1/organisations/<organisation>/waves\b.*", "run-wave"),
)
"""What may be done at an address; the first line that fits counts."""

OF_THE_WHOLE = re.compile(
    r"/admin|/comments|/sharing/public|/plan/<int|/actions/<int|/by/|/breakdowns|/units/<unit>"
    "|^POST /profiles/<wave>/capabilities"
)
"""What is not there for whoever is limited to a unit: it is of everybody, or of another unit."""

CALLERS = ("nobody", "staff", *town.LOOKERS)
REFUSED = re.compile(
    "your account may not see it|There is no such (report|action)|You may not set targets here"
    "|There are no comments to read|not split by such a question"
)
NAMES_A_THING = {
    *("account", "grant", "person", "report", "link", "fingerprint", "comment", "upload"),
    *("webhook", "delivery", "manuscript", "draft", "digest", "action", "unit", "token"),
}
"""Parts of addresses that lead to something of somebody's."""


@pytest.fixture(scope="module")
def place(here, tmp_path_factory):
    """The town's application on a copy of its database, in which nothing can be written any more;
    what is whose; and who asks, with a browser and a program each."""
    _, actions, file = here
    copy = shutil.copy(file, tmp_path_factory.mktemp("roles") / "town.db")
    belong, tokens = {}, {}
    app = opened(copy, BASE_URL="https://survey.example", API_REQUESTS_A_MINUTE=100_000)
    app.config["PREFERRED_URL_SCHEME"] = "https"
    with session_scope(f"sqlite:///{copy}") as session:
        for slug, admin, wave, action in (
            ("anytown", town.email_of("admin"), "autumn", actions.mine),
            ("elsewhere", "admin@elsewhere.example", "theirs", actions.theirs),
        ):
            owner = organising.organisation(session, slug)
            belong[slug] = belongings.build(
                session, owner, running.wave(session, wave), accounts.account_named(session, admin)
            ) | {"action": action}
        invited, _ = make.invitation(session, running.wave(session, "spring"), "digital")
        for account in session.query(Account):
            tokens[account.email] = belongings.token(session, account, datetime.now(UTC))
        session.commit()
    return app, belong, _callers(app, tokens, invited)


def _callers(app, tokens, invited):
    found = {"nobody": [app.test_client(), app.test_client()]}
    staff = app.test_client()
    assert staff.post(f"/invitations/{invited}").status_code == 303
    found["staff"] = [staff, app.test_client()]
    for name in town.LOOKERS:
        email, program = town.email_of(name), app.test_client()
        program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens[email]}"
        assert program.get("/api/v1/organisations/anytown/roles").status_code == 200
        found[name] = [signed_in.sign_in(app, email).client, program]
    event.listen(app.extensions["database"].kw["bind"], "before_cursor_execute", write_nothing)
    return found


class WouldWrite(Exception):
    """Somebody got as far as to change something."""


def write_nothing(_connection, _cursor, statement, *_):
    if not statement.lstrip().startswith(("SELECT", "WITH", "PRAGMA")):
        raise WouldWrite


def asked(app, belong):
    """Each address with each of its methods: how the table calls it, who it is for, and where it
    leads."""
    adapter = app.url_map.bind("")
    for rule in rules(app, *METHODS):
        values = belong | PARTICULAR.get(rule.endpoint, lambda _: {})(belong)
        access = app.view_functions[rule.endpoint].access
        if access == "draft" and belong["wave"] == "autumn":
            values["wave"] = "spring"  # which takes answers
        fixed = rule.defaults or {}
        parts = fixed | {part: values[part] for part in rule.arguments - fixed.keys()}
        address = adapter.build(rule.endpoint, parts | values.get("query", {}))
        for method in sorted(rule.methods & set(METHODS)):
            yield f"{method} {rule.rule}", access, method, address


PARTICULAR = {
    "account.revoke_token": lambda belong: {"token": belong["token"]},
    "authoring.known": lambda _: {"kind": "questionnaire"},
    "maps.read_map": lambda _: {"framework": "belfast"},
    "roles.read_role": lambda _: {"role": "product-manager"},
    "versions.compare_versions": lambda belong: {
        "query": {"old": belong["digest"], "new": belong["digest"]}
    },
    "capabilities.read_capability": lambda _: {"capability": "digital/user-research"},
    "authoring.settle": lambda belong: {"comment": belong["remark"]},
    **dict.fromkeys(
        (
            "account.link",
            "account.set_up",
            "answer.invitation",
            "answer.begin_invited",
            "open_pages.by_link",
            "open_pages.chart_by_link",
        ),
        lambda _: {"token": "no-such"},
    ),
}
"""Parts that mean something else there."""


def is_let_in(answer):
    """Whether somebody got further than who they are."""
    if answer.status_code in (301, 302, 303, 308):
        return not answer.location.startswith("/sign-in?")
    if answer.status_code in (401, 403):
        return False
    return not (answer.status_code == 404 and REFUSED.search(said(answer)))


def said(answer):
    """The text of a page, or of what a program is told."""
    is_problem = answer.mimetype == "application/problem+json"
    return f"{answer.json['detail']} {answer.json['mend']}" if is_problem else answer.text


def may(who, named, access):
    """What the table says of somebody in their own organisation."""
    if access in ("public", "draft"):
        return access == "public" or who == "staff"
    if who in ("nobody", "staff"):
        return False
    action = needed(named)
    if " of " in who and OF_THE_WHOLE.search(named):
        return action == EVERY_ROLE
    return action == EVERY_ROLE or action in ALLOWED[who.split()[0]]


def needed(named):
    return next(action for pattern, action in NEEDED if re.fullmatch(pattern, named))


def asks(callers, who, method, address):
    """What somebody is answered, by a page or as a program, after a look at its headers."""
    browser, program = callers[who]
    if address.startswith("/api/"):
        body = json.dumps(ACTION) if "/actions/" in address else body_of(address)
        sent = {} if method in ("GET", "DELETE") else {"data": body}
        headers = FORMAT | {"If-Match": '"1"'}
        answer = program.open(address, method=method, headers=headers, buffered=True, **sent)
    else:
        answer = browser.open(address, method=method, buffered=True)
    assert unsafe_headers(answer, address) == [], address
    return answer


@pytest.mark.parametrize("who", CALLERS)
def test_who_asks_for_what_is_let_in_as_the_table_says(place, who):
    app, belong, callers = place
    wrong = [
        (named, answer.status_code)
        for named, access, method, address in asked(app, belong["anytown"])
        if access != "public" or who in ("nobody", "admin")
        for answer in [asks(callers, who, method, address)]
        if is_let_in(answer) != may(who, named, access)
    ]
    assert wrong == []


def test_an_admin_is_not_let_into_what_is_anothers(place):
    app, belong, callers = place
    wrong = [
        (named, answer.status_code)
        for named, access, method, address in asked(app, belong["elsewhere"])
        if access != "public" and OF_SOMEBODY.search(named)
        for answer in [asks(callers, "admin", method, address)]
        if is_let_in(answer)
    ]
    assert wrong == []


def test_nor_does_an_address_of_their_own_lead_to_what_is_anothers(place):
    """Each thing of another's, under the name of one's own organisation and wave."""
    app, belong, callers = place
    own = {name: belong["anytown"][name] for name in ("organisation", "wave")}
    tried = [
        (named, asks(callers, "admin", method, address).status_code)
        for named, access, method, address in asked(app, belong["elsewhere"] | own)
        if access != "public" and NAMES_A_THING & set(PART.findall(named))
    ]
    assert len(tried) > 60
    assert [one for one in tried if one[1] != 404] == []


OF_SOMEBODY = re.compile("<(organisation|wave|.*:wave)>")
PART = re.compile(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>")
