"""Short names of organisations, units and waves, as they stand in addresses and commands."""

from __future__ import annotations

import re
from typing import Final

from survey.operations.errors import Refused

LONGEST: Final = 80
MEND: Final = "Use small letters, digits and single hyphens, such as “adult-social-care”."

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def is_slug(text: str) -> bool:
    """Whether the text can be a short name."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def check_slug(text: str) -> None:
    """Raise Refused where the text cannot be a short name."""
    if not is_slug(text):
        raise Refused(f"“{text[:LONGEST]}” cannot be a short name.", MEND)
