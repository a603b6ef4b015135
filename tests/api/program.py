"""A program that speaks to the API, as far as tests need one."""

import json

from survey.operations import api_tokens
from survey.operations.api_tokens import SCOPES
from tests.make_stored import NOON

PREFIX = "/api/v1"
FORMAT = {"Content-Type": "application/json"}
ALL = tuple(SCOPES)

OURS = {
    "format": 1,
    "id": "ours",
    "title": "Ours",
    "language": "en",
    "sections": [
        {"id": "one", "title": "One", "questions": [{"capability": "digital/user-research"}]}
    ],
}
VALID = json.dumps(OURS, indent=2)
FAULTY = VALID.replace('"title": "One"', '"titel": "One"')


def retitled(title):
    """The same questionnaire, called something else."""
    return json.dumps(OURS | {"title": title})


def token_of(stored, account, *scopes, now=NOON, days=365):
    """A token of the account; with all scopes, unless some are said."""
    made = {"name": "Pipeline", "scopes": scopes or ALL, "days": days, "now": now}
    return api_tokens.make_token(stored, account, **made)[0]


class Program:
    """Sends requests with a token, if it has one."""

    def __init__(self, app, token=None):
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method, path, file=None, headers=None):
        sent = self.headers | (FORMAT if file is not None else {}) | (headers or {})
        asked = {"method": method, "data": file, "headers": sent}
        return self.client.open(PREFIX + path, **asked, buffered=True)  # files are closed

    def get(self, path, **headers):
        return self.ask("GET", path, headers=named(headers))

    def post(self, path, file=None, **headers):
        return self.ask("POST", path, file, named(headers))

    def put(self, path, file=None, **headers):
        return self.ask("PUT", path, file, named(headers))

    def send(self, method, path, body, **headers):
        """Some value as JSON."""
        return self.ask(method, path, json.dumps(body), named(headers))

    def delete(self, path, **headers):
        return self.ask("DELETE", path, headers=named(headers))


def named(headers):
    """if_match='"1"' as the header If-Match."""
    return {name.replace("_", "-").title(): value for name, value in headers.items()}


def kind_of(answer):
    """What kind of fault an answer tells."""
    assert answer.content_type == "application/problem+json", answer.text
    assert answer.json["status"] == answer.status_code
    assert {"type", "title", "detail", "mend"} <= set(answer.json)
    return answer.json["type"].rpartition("#")[2]
