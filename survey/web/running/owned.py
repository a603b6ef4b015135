"""What a page of an admin is about: the organisation and the wave of its address, if they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, url_for

from survey import access
from survey.database import db
from survey.operations import organising, running
from survey.operations.errors import NotFound

if TYPE_CHECKING:
    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave


def owner_of(slug: str, action: str = "run-wave") -> Organisation:
    """The organisation with this short name, in which the account may do this.

    Raises NotFound for what does not exist and for what is another's alike.
    """
    found = organising.organisation(db.session, slug)
    access.require(action, found)
    return found


def owned_wave(organisation: str, slug: str, action: str = "run-wave") -> tuple[Organisation, Wave]:
    """The organisation, in which the account may do this, and one of its waves. Raises NotFound."""
    owner = owner_of(organisation, action)
    found = running.wave(db.session, slug)
    if found.organisation_id != owner.id:
        raise NotFound("There is no such wave.")
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
