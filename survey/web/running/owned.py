"""What a page of an admin is about: the organisation and the wave of its address, if they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, url_for

from survey import access
from survey.database import db
from survey.operations import permissions, running

if TYPE_CHECKING:
    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave


def owner_of(slug: str, action: str = "run-wave") -> Organisation:
    """The organisation with this short name, in which the account may do this.

    Raises NotFound for what does not exist and for what is another's alike.
    """
    return access.organisation(action, slug)


def owned_wave(organisation: str, slug: str, action: str = "run-wave") -> tuple[Organisation, Wave]:
    """The organisation, in which the account may do this, and one of its waves. Raises NotFound,
    of another's wave as of none."""
    owner = owner_of(organisation, action)
    with access.hidden():
        found = running.wave(db.session, slug)
    if found.organisation_id != owner.id:
        raise permissions.no_such_page()
    return owner, found


def address(owner: Organisation, found: Wave, endpoint: str = "running.wave") -> str:
    """The address of one of the wave's pages."""
    return url_for(endpoint, organisation=owner.slug, wave=found.slug)


def secret() -> str:
    """The key that invitation links are made with."""
    key: str = current_app.config["SECRET_KEY"]
    return key


def sends_mail() -> bool:
    """Whether this installation can write to people."""
    return bool(current_app.config["MAIL_URL"] or current_app.config["NOTIFY_API_KEY"])
