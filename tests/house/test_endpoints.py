"""Every address says who may use it, in the house's spelling, and its templates lead somewhere."""

import re
from pathlib import Path

import pytest

from survey.app import WEB, create_app

WHO = {"public", "draft", "account", "token"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|\.[a-z]+|[a-z-]+\.[a-z]+")
ENDPOINT = re.compile(r"""url_for\(\s*["']([\w.]+)["']""")


@pytest.fixture(scope="module")
def app():
    return create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "k" * 32})


def test_every_endpoint_says_who_may_use_it(app):
    says = {name: getattr(view, "access", None) for name, view in app.view_functions.items()}
    says.pop("static")
    assert [name for name, who in says.items() if who not in WHO] == []
    assert set(says.values()) == WHO


def test_every_address_is_in_kebab_case(app):
    fixed = (re.sub(r"<[^>]+>", "", rule.rule) for rule in app.url_map.iter_rules())
    parts = {part for address in fixed for part in address.split("/") if part}
    assert [part for part in sorted(parts) if not KEBAB.fullmatch(part)] == []


def test_no_two_endpoints_answer_the_same_request(app):
    asked = [
        (re.sub(r"<[^>]+>", "<>", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    ]
    assert len(asked) == len(set(asked))


def sources():
    return sorted([*(WEB / "templates").rglob("*.html"), *WEB.rglob("*.py")])


def test_every_link_names_an_endpoint_that_there_is(app):
    named = {(file, name) for file in sources() for name in ENDPOINT.findall(file.read_text())}
    assert len(named) > 50
    missing = [(file.name, name) for file, name in named if not is_known(app, file, name)]
    assert missing == []


def is_known(app, file: Path, name):
    """A name that begins with a dot belongs to the blueprint whose folder the file is in."""
    return (f"{file.parent.name}{name}" if name.startswith(".") else name) in app.view_functions
