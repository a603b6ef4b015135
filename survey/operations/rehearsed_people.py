"""Who goes through a draft: made-up people, spread over the units as the organisation's staff are.

Where more would answer than go through it, each of these stands for several: then units are as
large as they would be, and what is shown of them is what would be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.operations.inviting import Places
from survey.operations.simulating import Respondent
from survey.operations.unit_tree import UnitTree, tree_from
from survey.questionnaire.modules import shift_sequence
from survey.storage.organisations import Person, Unit, live_units

MOST: Final = 1_000
"""People who go through a draft."""

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody who answers: their unit's place in the tree, and which modules they are dealt."""

    place: int
    shift: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who would answer, and those of them who go through the draft.

    staff: people on the staff list, 0 where they are all made up. stand_ins: for each of
    `answering` who of `rehearsing` answers in their place, by number.
    """

    tree: UnitTree
    staff: int
    answering: tuple[Answerer, ...]
    rehearsing: tuple[Answerer, ...]
    stand_ins: tuple[int, ...]

    def respondents(self) -> Iterator[tuple[Answerer, Respondent]]:
        """Each who goes through the draft, and who answers for them in a simulation."""
        above = _units_above(self.tree)
        for number, one in enumerate(self.rehearsing):
            yield one, Respondent(f"made-up-{number}", above[one.place])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people: the staff ("staff"), or as many more or fewer that a thousand answer
    ("thousand"); of a hundred of them, how many answer."""

    spread: str
    share: int


def crowd(
    session: Session, organisation_id: int, wanted: Wanted, *, shifts: int, random: Random
) -> Crowd:
    """The people for a draft whose modules can be dealt in so many ways.

    Without a staff list, a thousand answer for the organisation as a whole.
    """
    places = Places([unit | {"invited": 0} for unit in live_units(session, organisation_id)])
    staff = _staff(session, organisation_id, places)
    if staff and wanted.spread == "staff":
        invited, number = staff, max(1, round(len(staff) * wanted.share / 100))
    else:
        invited, number = evenly(staff or [places.root], round(100 * MOST / wanted.share)), MOST
    tree = tree_from(places.with_more_people(invited))
    dealt = _dealt(shifts, [places.top_of(unit) for unit in invited], random)
    asked = [Answerer(tree.place_of[u], shift) for u, shift in zip(invited, dealt, strict=True)]
    answering = evenly(asked, number)
    rehearsing = evenly(answering, min(number, MOST))
    return Crowd(
        tree, len(staff), tuple(answering), tuple(rehearsing), _stand_ins(answering, rehearsing)
    )


def _staff(session: Session, organisation_id: int, places: Places) -> list[int]:
    """The unit of everybody on the staff list, in the order of the tree."""
    rows = session.execute(
        select(Unit.path, func.count())
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.organisation_id == organisation_id, Person.active)
        .group_by(Unit.path)
    )
    people: dict[int, int] = defaultdict(int)
    for path, number in rows:
        people[places.of(path)] += number
    return [unit for unit in places.parents for _ in range(people[unit])]


def evenly(everybody: Sequence[One], number: int) -> list[One]:
    """So many of them, taken at equal distances; of more than there are, some more than once."""
    return [everybody[place * len(everybody) // number] for place in range(number)]


def _dealt(shifts: int, tops: Iterable[int], random: Random) -> list[int]:
    """Shifts as invitations deal them: by turns within each unit below the root."""
    turns: dict[int, Iterator[int]] = {}
    return [
        next(turns.setdefault(top, shift_sequence(shifts, random))) if shifts > 1 else 0
        for top in tops
    ]


def _stand_ins(answering: Sequence[Answerer], rehearsing: Sequence[Answerer]) -> tuple[int, ...]:
    """Somebody of the same unit and modules by turns, else of the same modules, else anybody."""
    pools: dict[Answerer | int | None, list[int]] = defaultdict(list)
    for number, one in enumerate(rehearsing):
        for alike in (one, one.shift, None):
            pools[alike].append(number)
    turns = {alike: cycle(numbers) for alike, numbers in pools.items()}
    return tuple(next(turns.get(one) or turns.get(one.shift) or turns[None]) for one in answering)


def _units_above(tree: UnitTree) -> list[tuple[str, ...]]:
    """Of each place, its unit and those above, the topmost below the root first."""
    above: list[tuple[str, ...]] = [()]
    for unit in tree.units[1:]:
        above.append((*above[unit.parent], unit.slug))
    return above
