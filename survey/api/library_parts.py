"""The library as one organisation has it: for whoever has any role there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from survey.api.tokens import organisation_in_part
from survey.database import db
from survey.operations import api_reading
from survey.operations.errors import NotFound
from survey.operations.own_library import Origin, library_of, place_of
from survey.questionnaire.model import Capability, Framework, Library, Role

if TYPE_CHECKING:
    from survey.storage.accounts import Account

Part = TypeVar("Part", Capability, Framework, Role)


@dataclass(frozen=True, slots=True)
class Placed:
    """A capability or a map, where it is from, and which maps hold it."""

    part: Capability | Framework
    origin: Origin
    maps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library of an organisation. `own`: where its own and adapted parts are from, by path."""

    library: Library
    own: Mapping[str, Origin]

    def placed(self, part: Capability | Framework, maps: Iterable[str] = ()) -> Placed:
        """One of its parts."""
        kind = "capability" if isinstance(part, Capability) else "framework"
        return Placed(part, self.own.get(place_of(kind, part.id), "shipped"), tuple(maps))


def shelf_of(asking: Account, organisation: str) -> Shelf:
    """The library of the organisation with this short name. Raises NotFound."""
    owner = organisation_in_part(asking, organisation)
    return Shelf(library_of(db.session, owner.id), api_reading.origins(db.session, owner.id))


def known(parts: Mapping[str, Part], id_: str) -> Part:
    """The part with this id. Raises NotFound."""
    if id_ not in parts:
        raise NotFound("There is no such part of the library.", "Choose one from the list.")
    return parts[id_]
