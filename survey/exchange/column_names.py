"""Names of columns that every format allows, made of our ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from survey.exchange.foreign_names import foreign_names

LONGEST: Final = 64
"""Characters: what SPSS allows."""

_RESERVED: Final = "all and by eq ge gt le lt ne not or to with".split()  # noqa: SIM905 -- as read
"""Words of SPSS, which no column may be called."""


def column_names(ids: Iterable[str]) -> tuple[str, ...]:
    """For each of these different ids a name of letters, digits and `_`, as short as must be and
    different from all others, also in small letters."""
    used: set[str] = set()
    names = []
    for whole in foreign_names(ids, taken=_RESERVED).values():
        name, number = whole[:LONGEST], 1
        while name.lower() in used:
            number += 1
            name = f"{whole[: LONGEST - 6]}_{number}"
        used.add(name.lower())
        names.append(name)
    return tuple(names)
