"""Roles: the jobs that carry capabilities, listed and read."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from survey.api import pages
from survey.api.conditions import unless_same
from survey.api.library_parts import known, shelf_of
from survey.api.library_schemas import RoleInListSchema, RoleSchema
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_AN_ORGANISATION, Resource
from survey.api.tokens import token
from survey.operations.api_tokens import READ_LIBRARY
from survey.questionnaire.model import Role

if TYPE_CHECKING:
    from survey.storage.accounts import Account

bp = Resource(
    "roles",
    __name__,
    under=f"{OF_AN_ORGANISATION}/roles",
    description="Jobs that carry capabilities. They say nothing of any person.",
    parts={"role": "The role’s id."},
)


@dataclass(frozen=True, slots=True)
class Carrying:
    """A role, and the ids of the capabilities that it carries."""

    role: Role
    capabilities: tuple[str, ...]


@bp.get("")
@token(READ_LIBRARY)
@unless_same
@bp.arguments(PageSchema, location="query")
@bp.response(200, RoleInListSchema(many=True), headers=pages.HEADERS)
def list_roles(asking: Account, page: Page, organisation: str) -> tuple[Any, dict[str, str]]:
    """List the roles, by id."""
    shelf = shelf_of(asking, organisation)
    found = sorted(shelf.library.roles.values(), key=attrgetter("id"))
    return page.of(found), pages.headers_of(page, len(found))


@bp.get("/<string:role>")
@token(READ_LIBRARY)
@unless_same
@bp.response(200, RoleSchema)
def read_role(asking: Account, organisation: str, role: str) -> Carrying:
    """Read a role, and which of the organisation's capabilities it carries."""
    library = shelf_of(asking, organisation).library
    found = known(library.roles, role)
    carried = sorted(id_ for id_, one in library.capabilities.items() if found.id in one.roles)
    return Carrying(found, tuple(carried))
