"""What is wrong with a file: a stable code, where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that makes a file invalid, or one remark on its wording (advice).

    line and column count from 1 (in characters); pointer is a JSON pointer (RFC 6901), empty
    for the whole file. Problems sort in file order. `values` are what its sentences were made
    of, for whoever mends it.
    """

    line: int
    column: int
    pointer: str
    code: str
    message: str
    mend: str
    values: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def told(self) -> dict[str, str | int]:
        """What is told of it to other programs."""
        return {
            "code": self.code,
            "message": self.message,
            "mend": self.mend,
            "pointer": self.pointer,
            "line": self.line,
            "column": self.column,
        }

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.code} {self.message} (mend: {self.mend})"


class InvalidFile(ValueError):
    """A file that has problems; they are all in `problems`, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
