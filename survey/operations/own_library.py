"""The library as one organisation has it: what is shipped, with its own and adapted parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.operations.shipped import files, library
from survey.questionnaire.library import check_file, read_library
from survey.questionnaire.model import Library
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import read
from survey.storage import own_library as stored
from survey.storage.manuscripts import Manuscript
from survey.storage.own_library import OwnPart

Origin = Literal["shipped", "adapted", "own"]

FOLDERS: Final[Mapping[str, str]] = {"capability": "capabilities", "framework": "frameworks"}

Stamp = tuple[tuple[str, str], ...]

KEPT: Final = 64
"""Organisations whose library is in memory at most; the one kept for longest leaves first."""

_kept: dict[int, tuple[Stamp, Library]] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an organisation's own. `shipped` is the file that is shipped now under its path
    (None where there is none); `is_behind`: it is another than the one that was adapted."""

    path: str
    kind: str
    id: str
    name: str
    origin: Origin
    source: str
    basis: str | None
    shipped: str | None
    saved_at: datetime

    @property
    def is_behind(self) -> bool:
        """Whether what is shipped has changed since it was adapted."""
        return self.basis is not None and self.shipped not in (None, self.basis)


def library_of(session: Session, organisation_id: int) -> Library:
    """What the organisation's questionnaires may name. Kept in memory until a part changes."""
    stamp = stored.stamp(session, organisation_id)
    if not stamp:
        return library()
    kept = _kept.get(organisation_id)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    parts = stored.parts_of(session, organisation_id)
    own = read_library({part.path: part.source.encode() for part in parts})[0]
    shipped = library()
    merged = Library(
        capabilities={**shipped.capabilities, **own.capabilities},
        frameworks={**shipped.frameworks, **own.frameworks},
        roles=shipped.roles,
        case_studies=shipped.case_studies,
    )
    _kept[organisation_id] = (stamp, merged)
    while len(_kept) > KEPT:
        _kept.pop(next(iter(_kept)), None)
    return merged


def place_of(kind: str, id_: str) -> str:
    """The path of a capability or map in the library."""
    return f"{FOLDERS[kind]}/{id_}.json"


def kind_of(path: str) -> str:
    """What kind of file stands at a path."""
    folder = path.partition("/")[0]
    return next(kind for kind, place in FOLDERS.items() if place == folder)


def path_of(kind: str, source: str) -> str:
    """Where a capability or map stands in the library, by the id in its text."""
    document = read(source).value
    id_ = document.get("id") if isinstance(document, dict) else None
    return place_of(kind, id_) if isinstance(id_, str) else FOLDERS[kind]


def take_in(
    session: Session, found: Manuscript, *, library: Library, by: int, now: datetime
) -> OwnPart:
    """Make a manuscript of a capability or map part of the organisation's library.

    Raises InvalidFile with every problem; then nothing is written.
    """
    path = path_of(found.kind, found.source)
    problems = check_file(path, found.source, library)
    if problems:
        raise InvalidFile(list(problems))
    part = session.get(OwnPart, (found.organisation_id, path))
    if part is None:
        part = OwnPart(organisation_id=found.organisation_id, path=path, basis=files().get(path))
        session.add(part)
    part.source, part.digest = found.source, found.digest
    part.saved_at, part.saved_by = now, by
    session.flush()
    auditing.note(session, "library.change", f"library:{path}", found.organisation_id)
    return part


def parts(session: Session, organisation_id: int) -> list[Part]:
    """What the organisation added or adapted, by path."""
    return [_part(one) for one in stored.parts_of(session, organisation_id)]


def part(session: Session, organisation_id: int, path: str) -> Part:
    """One of them. Raises NotFound."""
    found = session.get(OwnPart, (organisation_id, path))
    if found is None:
        raise NotFound("There is no such part of your library.", "Choose one from the list.")
    return _part(found)


def _part(one: OwnPart) -> Part:
    kind, name = kind_of(one.path), one.path.partition("/")[2]
    document = read(one.source).value
    return Part(
        path=one.path,
        kind=kind,
        id=name.removesuffix(".json"),
        name=str(document["name" if kind == "capability" else "title"]),
        origin="own" if one.basis is None else "adapted",
        source=one.source,
        basis=one.basis,
        shipped=files().get(one.path),
        saved_at=one.saved_at,
    )


def accept_shipped(session: Session, organisation_id: int, path: str, *, now: datetime) -> None:
    """Note that what is shipped now was looked at, and the adaptation stays. Raises NotFound."""
    found = session.get(OwnPart, (organisation_id, path))
    if found is None or path not in files():
        raise NotFound("There is no such part of your library.", "Choose one from the list.")
    found.basis, found.saved_at = files()[path], now
    session.flush()


def leave(session: Session, organisation_id: int, path: str) -> None:
    """Take a part out of the organisation's library: what is shipped under its path, if anything,
    stands there again. What was published stays. Raises NotFound; Refused where a map of its own
    names it."""
    found = session.get(OwnPart, (organisation_id, path))
    if found is None:
        raise NotFound("There is no such part of your library.", "Choose one from the list.")
    naming = _maps_naming(session, found) if found.basis is None else []
    if naming:
        raise Refused(f"The map “{naming[0]}” names it.", "Take it out of the map first.")
    session.delete(found)
    session.flush()
    auditing.note(session, "library.remove", f"library:{path}", organisation_id)


def _maps_naming(session: Session, found: OwnPart) -> list[str]:
    """The titles of the organisation's own maps that name a capability."""
    id_ = found.path.removeprefix("capabilities/").removesuffix(".json")
    return [
        framework.title
        for framework in library_of(session, found.organisation_id).frameworks.values()
        if any(id_ in group.capabilities for group in framework.groups)
    ]
