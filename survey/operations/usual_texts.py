"""The messages that we propose: a file for each kind and language in `texts/`, whose first line is
the subject. And the little phrases that stand for names in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "texts"

LAST_DAY: Final = {"en": "The last day is {date}.", "cy": "Y diwrnod olaf yw {date}."}
CONTACT: Final = {
    "en": "Questions? Write to {contact}.",
    "cy": "Cwestiynau? Ysgrifennwch at {contact}.",
}
MINUTES: Final = {
    "en": {"one": "{minutes} minute", "other": "{minutes} minutes"},
    "cy": {"two": "{minutes} funud", "other": "{minutes} munud"},
}


@cache
def usual_texts(kind: str) -> Mapping[str, tuple[str, str]]:
    """For each language a subject and a text."""
    found = {}
    for file in sorted(FOLDER.glob(f"{kind}.*.txt")):
        subject, _, text = file.read_text(encoding="utf-8").partition("\n")
        found[file.name.split(".")[1]] = (subject, text.strip())
    return found
