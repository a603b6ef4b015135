"""What may be seen of each unit. Every way out takes its figures from here.

Units are nested, so all that adding and subtracting published units can yield are unions of
remainders: a published unit less the nearest published units below it. A set is safe where each
remainder is empty or has at least k who rated (methods, section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.maturity.profile import Measure, Shown, Withheld, measure
from survey.maturity.tally import Integers, TallyPlan
from survey.maturity.unit_order import parents_first
from survey.questionnaire.model import STEPS

SHOWN, TOO_FEW, PROTECTS_ANOTHER = 0, 1, 2
LAST = np.iinfo(np.int64).max

Booleans = NDArray[np.bool_]
Statuses = NDArray[np.uint8]
Below = tuple[NDArray[np.intp], Booleans]
"""Some units below another, and for which items each is one of the nearest published (units,
items). A unit may come twice, for different items."""


def publish_set(
    parents: Sequence[int], rated: ArrayLike, asked: ArrayLike, k: int, ids: Sequence[str]
) -> Statuses:
    """What may be shown of each unit on each item, so that nothing else can be worked out.

    parents: index of each unit's parent, -1 for a root; any order.
    rated, asked: people in the unit or below who gave a step, who gave any answer (units, items).
    k: the minimum group. ids: the units', to choose among equals.
    Returns 0 shown, 1 too few, 2 protects another (units, items).
    Raises ValueError for arrays that do not fit each other, or parents that go round in a circle.
    """
    who_rated, who_asked = np.asarray(rated, np.int64), np.asarray(asked, np.int64)
    shape = (len(parents), *who_rated.shape[1:])
    if not (shape == who_rated.shape == who_asked.shape and len(shape) == 2 and k >= 1):
        raise ValueError("rated and asked need a row a unit and a column an item, and k >= 1")
    if len(ids) != len(parents) or (who_rated > who_asked).any():
        raise ValueError("each unit needs an id, and nobody rates without being asked")
    eligible = who_rated >= k
    safe = _safe_part(parents, eligible, (who_rated, who_asked), k, _smallest_first(who_rated, ids))
    return np.where(safe, SHOWN, np.where(eligible, PROTECTS_ANOTHER, TOO_FEW)).astype(np.uint8)


def publish_participation(
    parents: Sequence[int], invited: ArrayLike, k: int, ids: Sequence[str]
) -> Statuses:
    """Of which units it may be said how many answered: those with at least k invited, so that no
    smaller group's can be worked out. Arguments and statuses as in `publish_set`, one a unit."""
    people = np.asarray(invited, np.int64)[:, None]
    return publish_set(parents, people, people, k, ids)[:, 0]


def protect_questions(
    statuses: Statuses,
    parents: Sequence[int],
    rated: ArrayLike,
    plan: TallyPlan,
    k: int,
    ids: Sequence[str],
) -> Statuses:
    """Withhold questions that, held against their capability, would tell a few people's answers.

    A question may be seen where its capability may, and as many people rated both, or at least k
    more the capability; the same must hold of every remainder. Otherwise none of the capability's
    questions may be seen in that unit.
    statuses: of `publish_set` for all items of the plan; rated: as there. Returns new statuses.
    """
    people = np.asarray(rated, np.int64)
    capability_of = {
        question: (place, plan.questions + place)
        for place, item in enumerate(plan.capabilities)
        for question in item.questions
        if len(item.questions) > 1  # one question alone says what its capability says
    }
    after = statuses.copy()
    if not capability_of:
        return after
    questions = np.array(list(capability_of), dtype=np.intp)
    blocks, capabilities = np.array(list(capability_of.values()), dtype=np.intp).T
    more = people[:, capabilities] - people[:, questions]
    shown = statuses[:, questions] == SHOWN
    both_shown = shown & (statuses[:, capabilities] == SHOWN)
    order = _smallest_first(people[:, questions], ids)
    order[more == 0] += LAST // 2  # hiding it would not help
    safe = _safe_part(parents, both_shown & ((more == 0) | (more >= k)), (more, more), k, order)
    for block in np.unique(blocks):
        mine = np.flatnonzero(blocks == block)
        gone = (shown[:, mine] & ~safe[:, mine]).any(axis=1)
        hidden = np.ix_(gone, questions[mine])
        after[hidden] = np.where(after[hidden] == SHOWN, PROTECTS_ANOTHER, after[hidden])
    return after


def remainders(parents: Sequence[int], statuses: Statuses, figures: Integers) -> Integers:
    """ "Other teams together": each shown unit's figures less those of the nearest shown below.

    statuses: (units, items); figures: (units, items, ...), counts with all below. They may be
    shown, for anybody can work them out. Zeros where the unit is withheld.
    """
    shown = statuses == SHOWN
    rest: Integers = np.where(shown[(...,) + (None,) * (figures.ndim - 2)], figures, 0)
    items = np.arange(shown.shape[1])
    nearest = nearest_shown(parents, statuses)
    for unit, parent in enumerate(parents):
        if parent >= 0:
            inside = items[shown[unit] & (nearest[parent] >= 0)]
            rest[nearest[parent, inside], inside] -= figures[unit, inside]
    return rest


def others(whole: Integers, left: Integers) -> Measure | None:
    """The figures of what `remainders` or `left_over` left of the whole; None where that is nobody,
    or everybody."""
    if not left.any() or (left == whole).all():
        return None
    return measure(left)


def left_over(whole: Integers, status: int, parts: Integers, statuses: Statuses) -> Integers:
    """ "Others": one item's figures of the whole less those of its parts that are shown, which
    share nobody. They may be shown, for anybody can work them out. Zeros where the whole is
    withheld."""
    if status != SHOWN:
        return np.zeros_like(whole)
    rest: Integers = whole - parts[statuses == SHOWN].sum(axis=0)
    return rest


def beside_the_rest(
    whole: tuple[Integers, int], part: tuple[Integers, int]
) -> tuple[list[int], list[int]] | None:
    """People at each step in the whole without a part of it, and in that part, to be compared;
    each given as one item's figures and whether they may be shown. None unless both may."""
    if whole[1] != SHOWN or part[1] != SHOWN:
        return None
    return (whole[0] - part[0])[: len(STEPS)].tolist(), part[0][: len(STEPS)].tolist()


def joined(parts: Sequence[tuple[Integers, int]]) -> Measure:
    """One item's figures of several groups together that share nobody, from those of each and
    whether these may be shown: they may where all parts may, for anybody can add them up."""
    if len(parts) == 1:
        return disclosed(*parts[0])
    if not parts or any(status != SHOWN for _, status in parts):
        return Withheld("too-few")
    return measure(np.sum([row for row, _ in parts], axis=0))


def may_be_held_against(people: int, beside: Sequence[Measure], k: int) -> bool:
    """Whether a figure of so many people may be seen beside figures of the same people and more:
    where those are all shown, each of as many people or of at least k more."""
    return people >= k and all(
        isinstance(one, Shown) and (one.n == people or one.n - people >= k) for one in beside
    )


def share_shown(some: int, everybody: int, k: int) -> float | None:
    """The share that some people are of everybody; None where it would tell of fewer than k of
    them, or of fewer than k others. Nobody and everybody may be said of k or more."""
    others = everybody - some
    if everybody < k or 0 < some < k or 0 < others < k:
        return None
    return some / everybody


def nearest_shown(parents: Sequence[int], statuses: Statuses) -> NDArray[np.intp]:
    """For each unit and item the unit itself where it is shown, else the nearest shown above it;
    -1 where there is none (units, items)."""
    nearest = np.full(statuses.shape, -1, dtype=np.intp)
    for unit in parents_first(parents):
        above = nearest[parents[unit]] if parents[unit] >= 0 else -1
        nearest[unit] = np.where(statuses[unit] == SHOWN, unit, above)
    return nearest


def disclosed(row: Integers, status: int) -> Measure:
    """The figures of one item of a tally as far as its status lets them be seen."""
    if status == SHOWN:
        return measure(row)
    return Withheld("too-few" if status == TOO_FEW else "protects-another")


def _smallest_first(people: Integers, ids: Sequence[str]) -> Integers:
    """What is hidden first has the lowest number: few people, then the first id."""
    rank = np.empty(len(ids), dtype=np.int64)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return people * len(ids) + rank[:, None]


def _safe_part(
    parents: Sequence[int],
    eligible: Booleans,
    people: tuple[Integers, Integers],
    k: int,
    order: Integers,
) -> Booleans:
    """The eligible units less those hidden so that each remainder is empty or has k who rated.

    people: who rated, who was asked. Deepest first: what a unit needs depends on what is below.
    """
    published = eligible.copy()
    children: list[list[int]] = [[] for _ in parents]
    below: list[Below] = [_nobody(published)] * len(parents)
    for unit in reversed(parents_first(parents)):
        if children[unit]:
            found = _nearest(children[unit], published, below)
            below[unit] = _made_safe(unit, found, published, below, people, k, order)
        if parents[unit] >= 0:
            children[parents[unit]].append(unit)
    return published


def _nobody(published: Booleans) -> Below:
    return np.empty(0, np.intp), np.empty((0, published.shape[1]), bool)


def _nearest(children: list[int], published: Booleans, below: list[Below]) -> Below:
    """The nearest published: the children, and for items where they are not, those below them."""
    mine = np.array(children, dtype=np.intp)
    deeper = [(below[child][0], below[child][1] & ~published[child]) for child in children]
    units = np.concatenate([mine, *(units for units, _ in deeper)])
    holds = np.concatenate([published[mine], *(holds for _, holds in deeper)])
    used = holds.any(axis=1)
    return units[used], holds[used]


def _made_safe(
    unit: int,
    found: Below,
    published: Booleans,
    below: list[Below],
    people: tuple[Integers, Integers],
    k: int,
    order: Integers,
) -> Below:
    """Hide the smallest below a unit until its remainder is safe; what is still published."""
    units, holds = found
    while True:
        rated, asked = ((who[unit] - (who[units] * holds).sum(axis=0)) for who in people)
        unsafe = np.flatnonzero(published[unit] & (asked != 0) & (rated < k))
        if not unsafe.size:
            return units, holds
        candidates = np.where(holds[:, unsafe], order[units[:, None], unsafe], LAST)
        smallest = candidates.argmin(axis=0)
        hidden = units[smallest]
        holds[smallest, unsafe] = False
        published[hidden, unsafe] = False
        units, holds = _moved_up((units, holds), hidden, unsafe, below)


def _moved_up(
    found: Below, hidden: NDArray[np.intp], items: NDArray[np.intp], below: list[Below]
) -> Below:
    """With those below the hidden units, for the items for which they were hidden."""
    units, holds = [found[0]], [found[1]]
    for one in np.unique(hidden):
        its_items = np.zeros(found[1].shape[1], dtype=bool)
        its_items[items[hidden == one]] = True
        its_units, its_holds = below[one]
        units.append(its_units)
        holds.append(its_holds & its_items)
    joined: Any = np.concatenate(holds)
    used = joined.any(axis=1)
    return np.concatenate(units)[used], joined[used]
