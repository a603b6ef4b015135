"""Whether opinion moved between two waves, or differs between two groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt
from typing import Literal

from survey.maturity.intervals import Z95, wilson
from survey.maturity.student_t import two_sided_p

ChangeWords = Literal["higher", "slightly higher", "no clear change", "slightly lower", "lower"]

SMALL, MEDIUM, LARGE = 0.147, 0.33, 0.474
"""What size of delta is called so: Romano et al. (2006), Florida Association of Institutional
Research."""

TRUE_OFTEN_ENOUGH = 0.05
"""Of the changes that are named, at most this share is expected to be chance."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much higher the ratings of the second group are than those of the first.

    `delta`: from -1, all lower, to 1, all higher; `low`, `high`: where it very likely lies (95 %).
    `p`: the chance of a difference as large where there is none. n, m: people in each group.
    """

    delta: float
    low: float
    high: float
    p: float
    n: int
    m: int


def change(before: Sequence[int], after: Sequence[int]) -> Change | None:
    """Cliff's delta between two groups, with the Brunner-Munzel test. None below two people in
    either.

    before, after: people at each step. delta = [#(after > before) - #(after < before)] / (n m);
    SE² = sum a_i (p_i - delta)² / ((n - 1) n) + sum b_j (q_j - delta)² / ((m - 1) m), where p_i is
    the share of `after` above step i less that below, q_j the same of `before`, seen from j.
    delta / SE is the Brunner-Munzel statistic, with Satterthwaite's degrees of freedom.
    Limits: (d - d³ -+ z SE sqrt((1 - d²)² + z² SE²)) / (1 - d² + z² SE²).
    Sources: Cliff (1993), Psychological Bulletin 114, 494-509; Brunner & Munzel (2000), Biometrical
    Journal 42, 17-25; Feng & Cliff (2004), J. Modern Applied Statistical Methods 3, 322-332.
    """
    n, m = sum(before), sum(after)
    if n < 2 or m < 2:
        return None
    p = [_dominance(after, step) for step in range(len(before))]
    q = [-_dominance(before, step) for step in range(len(after))]
    d = sum(count * share for count, share in zip(before, p, strict=True)) / n
    of_n = sum(c * (share - d) ** 2 for c, share in zip(before, p, strict=True)) / ((n - 1) * n)
    of_m = sum(c * (share - d) ** 2 for c, share in zip(after, q, strict=True)) / ((m - 1) * m)
    variance = of_n + of_m
    if variance <= 0:
        return _without_spread(d, n, m)
    degrees = variance**2 / (of_n**2 / (n - 1) + of_m**2 / (m - 1))
    low, high = _limits(d, variance)
    return Change(d, low, high, two_sided_p(d / sqrt(variance), degrees), n, m)


def _dominance(counts: Sequence[int], step: int) -> float:
    """The share of a group above a step, less that below."""
    return (sum(counts[step + 1 :]) - sum(counts[:step])) / sum(counts)


def _limits(d: float, variance: float) -> tuple[float, float]:
    spare = Z95**2 * variance
    half = Z95 * sqrt(variance) * sqrt((1 - d * d) ** 2 + spare)
    scale = 1 - d * d + spare
    return max(-1.0, (d - d**3 - half) / scale), min(1.0, (d - d**3 + half) / scale)


def _without_spread(d: float, n: int, m: int) -> Change:
    """All of each group at one step, or one group wholly above the other: no variance can be
    estimated. p is that of the exact permutation test; the limits come from Wilson's interval for
    "all of the smaller group" (ours)."""
    sure = wilson(min(n, m), min(n, m))[0]
    if d:
        low, high = (2 * sure - 1, 1.0) if d > 0 else (-1.0, 1 - 2 * sure)
        return Change(d, low, high, min(1.0, 2 / comb(n + m, n)), n, m)
    return Change(0.0, sure - 1, 1 - sure, 1.0, n, m)


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """The q value of each of many tests: of those up to it, at most this share is expected to be
    chance.

    q of the i-th smallest of N: the least of p_j N / j for j >= i.
    Source: Benjamini & Hochberg (1995), J. Royal Statistical Society B 57, 289-300.
    """
    order = sorted(range(len(p)), key=p.__getitem__)
    q = [0.0] * len(p)
    least = 1.0
    for rank in range(len(p), 0, -1):
        place = order[rank - 1]
        least = min(least, p[place] * len(p) / rank)
        q[place] = least
    return q


def change_words(delta: float, q: float) -> ChangeWords:
    """A change in words: only one that is likely to be real is called one (methods, section 7)."""
    if q >= TRUE_OFTEN_ENOUGH:
        return "no clear change"
    if delta > 0:
        return "higher" if delta >= SMALL else "slightly higher"
    return "lower" if delta <= -SMALL else "slightly lower"


@dataclass(frozen=True, slots=True)
class Difference:
    """How two groups differ, among many that are looked at together: with its q, and in words."""

    change: Change
    q: float
    words: ChangeWords


def differences(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]] | None],
) -> list[Difference | None]:
    """How each pair of groups differs, so that of all that are called different few are by chance.

    pairs: people at each step in the one group and in the other; None where there is nothing to
    compare, which gives None, as fewer than two people in either group do.
    """
    found = [None if pair is None else change(*pair) for pair in pairs]
    q_of = iter(benjamini_hochberg([one.p for one in found if one is not None]))
    return [None if one is None else _difference(one, next(q_of)) for one in found]


def _difference(found: Change, q: float) -> Difference:
    return Difference(found, q, change_words(found.delta, q))


def smallest_visible_change(n: int, m: int, spread: float = 0.9) -> float:
    """The change of a mean, in steps, that so many people in two groups can tell from chance.

    1.96 sd sqrt(1/n + 1/m). spread: standard deviation, in steps. (methods, section 7)
    """
    return Z95 * spread * sqrt(1 / n + 1 / m)


def mann_whitney_u(before: Sequence[int], after: Sequence[int]) -> float:
    """U of the second group: pairs in which it is higher, ties counting half. n m (1 + delta) / 2.

    Source: Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50-60.
    """
    higher = sum(a * (sum(after[step + 1 :]) + after[step] / 2) for step, a in enumerate(before))
    return float(higher)
