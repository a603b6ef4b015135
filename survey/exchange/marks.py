"""What our own exports note beside another tool's questions, so that nothing is lost on the way.

In XLSForm these are columns named `maturity::kind`, in SurveyJS properties named `maturityKind`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from survey.exchange.left_out import Report
from survey.questionnaire.lenient import is_number
from survey.questionnaire.model import DEPTHS, KINDS, Depth, Json, Kind
from survey.questionnaire.reader import LARGEST_NUMBER
from survey.questionnaire.shapes import CAPABILITY_ID

_Word = TypeVar("_Word", bound=str)

_TRUE: Final = ("true", "yes", "1")
_PASSED_OVER: Final = "It is passed over: write it into the question here."


@dataclass(frozen=True, slots=True)
class Marks:
    """What is noted beside one question. Empty and None: nothing is."""

    id: str = ""
    kind: Kind | None = None
    capability: str = ""
    depth: Depth | None = None
    weight: int | None = None
    reverse: bool = False
    cut_points: tuple[float, ...] = ()
    not_applicable: bool = False


NO_MARKS: Final = Marks()


def read_marks(noted: Mapping[str, Json], where: str, report: Report) -> Marks:
    """The marks of a question.

    noted: our plain names (kind, cut_points …) to what stands there, as text or value.
    What cannot be used is reported.
    """
    given = {key: one for key, one in noted.items() if one not in (None, "", ())}
    if not given:
        return NO_MARKS
    return _Marking(given, where, report).marks()


class _Marking:
    def __init__(self, given: Mapping[str, Json], where: str, report: Report) -> None:
        self.given, self.where, self.report = given, where, report

    def marks(self) -> Marks:
        """All that can be used."""
        return Marks(
            id=self._text("id"),
            kind=self._one_of("kind", KINDS),
            capability=self._capability(),
            depth=self._one_of("depth", DEPTHS),
            weight=self._weight(),
            reverse=self._flag("reverse"),
            cut_points=self._cut_points(),
            not_applicable=self._flag("not_applicable"),
        )

    def _text(self, key: str) -> str:
        value = self.given.get(key, "")
        return value.strip() if isinstance(value, str) else ""

    def _flag(self, key: str) -> bool:
        return str(self.given.get(key, "")).strip().lower() in _TRUE

    def _one_of(self, key: str, known: Sequence[_Word]) -> _Word | None:
        said = self._text(key)
        found = next((one for one in known if one == said), None)
        if found is None:
            self._refused(key)
        return found

    def _refused(self, key: str) -> None:
        if key in self.given:
            self.report.tell(self.where, f"{key} “{self.given[key]}”", _PASSED_OVER)

    def _capability(self) -> str:
        named = self._text("capability")
        if named and not (len(named) <= 100 and CAPABILITY_ID.pattern.fullmatch(named)):
            self._refused("capability")
            return ""
        return named

    def _weight(self) -> int | None:
        number = as_number(self.given.get("weight"))
        if number is None or number != int(number) or not 1 <= number <= 100:
            self._refused("weight")
            return None
        return int(number)

    def _cut_points(self) -> tuple[float, ...]:
        written = self.given.get("cut_points", ())
        parts = written.split(",") if isinstance(written, str) else written
        numbers = [as_number(one) for one in parts] if isinstance(parts, Sequence) else []
        points = tuple(one for one in numbers if one is not None)
        if len(points) != 4 or len(numbers) != 4 or not (_rises(points) or _rises(points[::-1])):
            self._refused("cut_points")
            return ()
        return points


def _rises(numbers: Sequence[float]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def as_number(value: Json) -> int | float | None:
    """A number as a file of ours may hold it, from a number or its text; None of any other."""
    if isinstance(value, str):
        try:
            value = float(value.strip().replace("_", "x"))
        except ValueError:
            return None
    if not is_number(value) or not abs(value) <= LARGEST_NUMBER:
        return None
    number: int | float = int(value) if float(value).is_integer() else value
    return number
