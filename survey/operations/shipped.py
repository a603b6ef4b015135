"""The library that comes with the product: capabilities, capability maps, roles, ready-made
questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from survey.questionnaire.check import expand
from survey.questionnaire.connections import Connections, connect
from survey.questionnaire.library import read_library
from survey.questionnaire.model import Library, Questionnaire

FOLDER: Final = Path(__file__).parents[2] / "questionnaires"
NOT_LIBRARY: Final = ("schema", "surveys")
FIRST: Final = (
    "ten-minute-check",
    "digital-data-innovation-core",
    "digital-in-full",
    "data-in-full",
    "innovation-in-full",
    "councillors-and-chief-officers",
)
"""Ready-made questionnaires that suit every organisation, in the order in which they are shown."""


@cache
def files() -> Mapping[str, str]:
    """The library's files, by their path."""
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.rglob("*.json"))
        if path.relative_to(FOLDER).parts[0] not in NOT_LIBRARY
    }


@cache
def library() -> Library:
    """What questionnaires may name, read once."""
    return read_library({path: text.encode() for path, text in files().items()})[0]


@cache
def ready_made() -> Mapping[str, str]:
    """Questionnaires to begin with: the source text of each by its file's name, those that suit
    everybody first."""
    found = {path.stem: path for path in sorted((FOLDER / "surveys").glob("*.json"))}
    return {
        name: found[name].read_text(encoding="utf-8") for name in dict.fromkeys((*FIRST, *found))
    }


@cache
def ready_made_questionnaires() -> Mapping[str, Questionnaire]:
    """The same, written out."""
    return {name: expand(source, library()) for name, source in ready_made().items()}


@cache
def connections() -> Connections:
    """How the library's parts belong together, and which ready-made questionnaires ask what."""
    return connect(library(), ready_made_questionnaires().values())
