"""What came of a questionnaire written for another tool: a file of ours, and what has no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.questionnaire.model import Json


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that did not come along, or came along changed.

    where: how the other file names it: a row and a question's name, say.
    what: what it is, as the other tool calls it.
    became: what became of it, and what the author can do, in a sentence.
    """

    where: str
    what: str
    became: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A questionnaire file's value, to be checked and edited further, and the report."""

    document: Mapping[str, Json]
    left_out: tuple[LeftOut, ...] = ()


class NotImportable(ValueError):
    """A file that is not of the kind it is said to be; `mend` says what to do about it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
