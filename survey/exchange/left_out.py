"""Taking note of what does not come along, so that the report can be read: one line a thing."""

from __future__ import annotations

from typing import Final

from survey.exchange.imported import LeftOut

MOST_LINES: Final = 300
MOST_NAMED: Final = 5
LONGEST_QUOTE: Final = 200


class Report:
    """What does not come along, in the order in which it was met."""

    def __init__(self) -> None:
        self._lines: dict[LeftOut | str, None] = {}
        self._features: dict[str, tuple[str, str, dict[str, None]]] = {}

    def tell(self, where: str, what: str, became: str) -> None:
        """Note one thing."""
        self._lines[LeftOut(quote(where), quote(what), became)] = None

    def tell_unsaid(self, where: str, condition: str, why: str) -> None:
        """Note a condition that has no counterpart. why: to follow “because”."""
        became = f"It cannot be said here, because {why}. What it is about is asked of everybody."
        self.tell(where, f"asked only where {condition}", became)

    def tell_together(self, where: str, what: str, became: str) -> None:
        """Note a thing that many places may have: they come in one line, the first named."""
        key = f"{what}\n{became}"
        if key not in self._features:
            self._features[key] = (quote(what), became, {})
            self._lines[key] = None
        self._features[key][2][quote(where, 60)] = None

    def lines(self) -> tuple[LeftOut, ...]:
        """All that was noted, as far as it can be read."""
        lines = [self._line(one) for one in [*self._lines][:MOST_LINES]]
        more = len(self._lines) - len(lines)
        if more:
            became = "Mend the first ones in the other tool, then import it again."
            lines.append(LeftOut("the whole file", f"{more:,} more things", became))
        return tuple(lines)

    def _line(self, one: LeftOut | str) -> LeftOut:
        if isinstance(one, LeftOut):
            return one
        what, became, places = self._features[one]
        named = [*places][:MOST_NAMED]
        more = len(places) - len(named)
        where = "; ".join(named) + (f"; and {more:,} more" if more else "")
        return LeftOut(where, what, became)


def quote(text: str, longest: int = LONGEST_QUOTE) -> str:
    """A text of the other file on one line, not too long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
