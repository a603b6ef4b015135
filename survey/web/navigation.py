"""The links at the head of every page, for whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for

from survey import access
from survey.operations.permissions import may_anywhere


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `current` where the page belongs to it."""

    text: str
    href: str
    current: bool


PLACES = (
    ("Profiles", "profile.index", ("profile", "planning"), "read-profile"),
    ("Surveys", "running.index", ("running", "authoring", "connecting"), "author"),
    ("Comments", "moderating.index", ("moderating",), "moderate"),
    ("Library", "library.contents", ("library",), None),
)
"""Text, endpoint, the blueprints that belong to it, and what it takes to be shown it, if
anything."""


def navigation() -> list[Link]:
    """What this account may go to; nothing where nobody is signed in."""
    account = access.signed_in_account()
    if account is None:
        return []
    return [
        Link(text, url_for(endpoint), request.blueprint in blueprints)
        for text, endpoint, blueprints, action in PLACES
        if action is None or may_anywhere(account, action)
    ]


def init_app(app: Flask) -> None:
    """Make the links known to the templates of `app`."""
    app.jinja_env.globals |= {
        "navigation": navigation,
        "signed_in": lambda: access.whose_browser() is not None,
    }
