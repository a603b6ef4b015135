"""The known name that a misspelt one most likely meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_NAME = 100  # comparing costs the product of the lengths


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one; None where none is like it."""
    if len(name) > LONGEST_NAME:
        return None
    by_lower = {one.lower(): one for one in known}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None
