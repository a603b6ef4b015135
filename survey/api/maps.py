"""Capability maps: listed, read."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from survey.api import pages
from survey.api.conditions import unless_same
from survey.api.library_parts import Placed, known, shelf_of
from survey.api.library_schemas import MapInListSchema, MapSchema
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_AN_ORGANISATION, Resource
from survey.api.tokens import token
from survey.operations.api_tokens import READ_LIBRARY

if TYPE_CHECKING:
    from survey.storage.accounts import Account

bp = Resource(
    "maps",
    __name__,
    under=f"{OF_AN_ORGANISATION}/maps",
    description="Capability maps: how others, or the organisation itself, group capabilities.",
    parts={"framework": "The map’s id."},
)


@bp.get("")
@token(READ_LIBRARY)
@unless_same
@bp.arguments(PageSchema, location="query")
@bp.response(200, MapInListSchema(many=True), headers=pages.HEADERS)
def list_maps(
    asking: Account, page: Page, organisation: str
) -> tuple[list[Placed], dict[str, str]]:
    """List the maps, by id."""
    shelf = shelf_of(asking, organisation)
    found = sorted(shelf.library.frameworks.values(), key=attrgetter("id"))
    return [shelf.placed(one) for one in page.of(found)], pages.headers_of(page, len(found))


@bp.get("/<string:framework>")
@token(READ_LIBRARY)
@unless_same
@bp.response(200, MapSchema)
def read_map(asking: Account, organisation: str, framework: str) -> Placed:
    """Read a map: its groups, and the capabilities in each."""
    shelf = shelf_of(asking, organisation)
    return shelf.placed(known(shelf.library.frameworks, framework))
