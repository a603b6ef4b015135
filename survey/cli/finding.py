"""What `survey doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what is wrong with it; None where nothing is. `note`: what to know
    where nothing is."""

    about: str
    problem: str | None = None
    mend: str = ""
    note: str = ""

    def __str__(self) -> str:
        if self.problem is None:
            return f"{self.about}: good" + (f" ({self.note})" if self.note else "")
        return f"{self.about}: {self.problem} (mend: {self.mend})"
