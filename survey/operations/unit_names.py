"""Units as files name them: by short name, by name, or by the way to them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from survey.operations.slugs import LONGEST
from survey.storage.organisations import Unit

_WAY: Final = re.compile(r"\s*[/>›»|]\s*")


class UnitNames:
    """Finds the unit that a cell means: “parks”, “Parks and culture” where only one unit is
    called so, or “Places / Parks and culture”."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_slug = {unit.slug: unit for unit in units}
        names = {unit.id: unit.name for unit in self.by_slug.values()}
        self._by_name: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
        for unit in self.by_slug.values():
            way = tuple(_plain(names[int(id_)]) for id_ in unit.path.strip("/").split("/"))
            for start in range(len(way)):
                self._by_name[way[start:]].append(unit)

    def find(self, cell: str) -> Unit | None:
        """The unit; None where there is none, or several are called so."""
        if cell in self.by_slug:
            return self.by_slug[cell]
        for way in ((_plain(cell),), tuple(_plain(part) for part in _WAY.split(cell))):
            found = self._by_name.get(way, [])
            if len(found) == 1:
                return found[0]
        return None

    def how_many(self, cell: str) -> int:
        """How many units are called so."""
        return len(self._by_name.get((_plain(cell),), []))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def slug_from(name: str, taken: Iterable[str]) -> str:
    """A short name made of a name, with a number where it is taken."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[: LONGEST - 5].strip("-") or "unit"
    known, number, slug = set(taken), 2, base
    while slug in known:
        slug, number = f"{base}-{number}", number + 1
    return slug
