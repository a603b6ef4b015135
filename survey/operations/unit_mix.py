"""What a mean would be had other shares of people come from each unit: had all units answered
alike, or had they kept the shares that they had in a former wave. Only of what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from survey.maturity.disclosure import SHOWN, disclosed, left_over, others
from survey.maturity.profile import Shown
from survey.maturity.tally import Integers
from survey.maturity.weighting import WORTH_SAYING, Weighted, at_mix, post_stratified

Raw = tuple[Integers, int]
"""One item's figures, and whether they may be shown."""


def as_if_even(whole: Raw, parts: Sequence[Raw], invited: Sequence[int], k: int) -> Weighted | None:
    """The mean of a unit had those directly below it answered in the shares they were invited in.

    parts: of the units directly below; invited: in the unit, then in each of these. Everybody in
    none that is shown counts as one part. None where that cannot be known, or where the weights
    leave fewer than k people's worth of answers (methods, section 3).
    """
    everybody, *asked = invited
    shown = [
        (people, measure)
        for people, measure in zip(asked, _measures(parts), strict=True)
        if measure is not None
    ]
    rest = _rest(whole, parts)
    if rest is not None:
        shown.append((everybody - sum(people for people, _ in shown), rest))
    if len(shown) < 2 or any(measure.n > people for people, measure in shown):
        return None
    found = post_stratified(
        [people for people, _ in shown],
        [measure.n for _, measure in shown],
        [measure.mean for _, measure in shown],
    )
    return found if found is not None and found.effective_n >= k else None


def at_former_mix(
    then: Raw, parts_then: Mapping[int, Raw], now: Raw, parts_now: Mapping[int, Raw]
) -> float | None:
    """The mean now had as large shares of it come from each unit as then; None where that cannot
    be known, or hardly differs (methods, section 7).

    parts_then, parts_now: of the same units directly below, by id.
    """
    same = [
        id_
        for id_, raw in parts_then.items()
        if raw[1] == SHOWN and id_ in parts_now and parts_now[id_][1] == SHOWN
    ]
    whole = disclosed(*now)
    before, after = ([parts[id_] for id_ in same] for parts in (parts_then, parts_now))
    rests = _rest(then, before), _rest(now, after)
    pairs = [*zip(_measures(before), _measures(after), strict=True), rests]
    known = [(old.n, new.mean) for old, new in pairs if old is not None and new is not None]
    gone = any(old is not None and new is None for old, new in pairs)
    if not same or gone or then[1] != SHOWN or not isinstance(whole, Shown):
        return None
    found = at_mix([n for n, _ in known], [mean for _, mean in known])
    return found if abs(found - whole.mean) >= WORTH_SAYING else None


def _measures(parts: Sequence[Raw]) -> list[Shown | None]:
    found = [disclosed(*raw) for raw in parts]
    return [one if isinstance(one, Shown) else None for one in found]


def _rest(whole: Raw, parts: Sequence[Raw]) -> Shown | None:
    """Everybody in no part that is shown."""
    figures = np.stack([raw[0] for raw in parts]) if parts else np.zeros((0, whole[0].size), int)
    statuses = np.array([raw[1] for raw in parts], dtype=np.uint8)
    found = others(whole[0], left_over(*whole, figures, statuses))
    return found if isinstance(found, Shown) else None
