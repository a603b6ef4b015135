"""Names that other tools allow, made of our ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

_FOREIGN: Final = re.compile(r"[^A-Za-z0-9_]")


def foreign_names(ids: Iterable[str], taken: Iterable[str] = ()) -> Mapping[str, str]:
    """Each id with a name of letters, digits and `_`, different from all others.

    The ids are different. taken: names that none may have. Names of XML begin with no digit.
    """
    used = set(taken)
    names = {}
    for id_ in ids:
        plain = _FOREIGN.sub("_", id_)
        plain = plain if plain[:1].isalpha() else f"q_{plain}"
        name, number = plain, 1
        while name.lower() in used:
            number += 1
            name = f"{plain}_{number}"
        used.add(name.lower())
        names[id_] = name
    return names
