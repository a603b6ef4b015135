"""What an author's page is about: the organisation and the manuscript of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from survey import access
from survey.database import db
from survey.operations import writing

if TYPE_CHECKING:
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation


def owner_of(slug: str, action: str = "author") -> Organisation:
    """The organisation with this short name, in which the account may do this. Raises NotFound."""
    return access.organisation(action, slug)


def owned(organisation: str, manuscript: int) -> tuple[Organisation, Manuscript]:
    """The organisation and one of its manuscripts. Raises NotFound."""
    owner = owner_of(organisation)
    return owner, writing.manuscript(db.session, owner.id, manuscript)


def address(owner: Organisation, found: Manuscript, endpoint: str = "authoring.edit") -> str:
    """The address of one of the manuscript's pages."""
    return url_for(endpoint, organisation=owner.slug, manuscript=found.id)
