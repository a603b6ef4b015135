"""Capabilities: listed, searched, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from survey.api import pages
from survey.api.conditions import unless_same
from survey.api.library_parts import Placed, known, shelf_of
from survey.api.library_schemas import CapabilityInListSchema, CapabilitySchema
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_AN_ORGANISATION, Resource
from survey.api.tokens import token
from survey.operations.api_tokens import READ_LIBRARY
from survey.questionnaire.connections import search
from survey.questionnaire.model import Capability, Library

if TYPE_CHECKING:
    from survey.storage.accounts import Account

LONGEST_SEARCH = 100

bp = Resource(
    "capabilities",
    __name__,
    under=f"{OF_AN_ORGANISATION}/capabilities",
    description="What an organisation must be able to do: the capabilities that come with the "
    "product, and those that the organisation added or adapted.",
    parts={"capability": "The capability’s id, with its slash as it is."},
)


class CapabilityPageSchema(PageSchema):
    """Which capabilities are listed: those that fit all that is said."""

    domain = fields.String(
        metadata={"description": "Only of this domain: the part of an id before the slash."}
    )
    theme = fields.String(metadata={"description": "Only with this theme."})
    map = fields.String(
        metadata={"description": "Only those that the capability map with this id holds."}
    )
    search = fields.String(
        validate=Length(max=LONGEST_SEARCH),
        metadata={"description": "Only those in which every word begins a word; the best first."},
    )


@bp.get("")
@token(READ_LIBRARY)
@unless_same
@bp.arguments(CapabilityPageSchema, location="query")
@bp.response(200, CapabilityInListSchema(many=True), headers=pages.HEADERS)
def list_capabilities(
    asking: Account, page: Page, organisation: str
) -> tuple[list[Placed], dict[str, str]]:
    """List the capabilities, by id."""
    shelf = shelf_of(asking, organisation)
    found = _wanted(shelf.library, page.wanted)
    return [shelf.placed(one) for one in page.of(found)], pages.headers_of(page, len(found))


@bp.get("/<path:capability>")
@token(READ_LIBRARY)
@unless_same
@bp.response(200, CapabilitySchema)
def read_capability(asking: Account, organisation: str, capability: str) -> Placed:
    """Read a capability: its five steps, its practices, who carries it, where it comes from."""
    shelf = shelf_of(asking, organisation)
    found = known(shelf.library.capabilities, capability)
    maps = (
        id_ for id_ in sorted(shelf.library.frameworks) if found.id in _held(shelf.library, id_)
    )
    return shelf.placed(found, maps)


def _wanted(library: Library, wanted: Mapping[str, Any]) -> Sequence[Capability]:
    if wanted.get("search", "").strip():
        found: Sequence[Capability] = search(library, wanted["search"])
    else:
        found = sorted(library.capabilities.values(), key=attrgetter("id"))
    held = _held(library, wanted["map"]) if "map" in wanted else library.capabilities.keys()
    return [
        one
        for one in found
        if one.id in held
        and wanted.get("domain", one.domain) == one.domain
        and ("theme" not in wanted or wanted["theme"] in one.themes)
    ]


def _held(library: Library, map_: str) -> set[str]:
    """The ids of the capabilities that a map holds; none where there is no such map."""
    framework = library.frameworks.get(map_)
    return {id_ for group in framework.groups for id_ in group.capabilities} if framework else set()
