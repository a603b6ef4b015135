"""What the figures would be had every group answered alike. Each person counts once in all figures
shown; these say whether that matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LARGEST_WEIGHT = 3.0
WORTH_SAYING = 0.10
"""Steps by which a weighted mean has to differ for it to be mentioned."""

CLOSE = 1e-10
MOST_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class Weighted:
    """`mean` and `weighted_mean` in steps; a weight for each group; `design_effect` (Kish):
    how much the weights cost; `effective_n`: people who would say as much unweighted."""

    mean: float
    weighted_mean: float
    weights: tuple[float, ...]
    design_effect: float
    effective_n: float

    @property
    def is_worth_saying(self) -> bool:
        """Whether who answered makes a difference that is worth a sentence."""
        return abs(self.weighted_mean - self.mean) >= WORTH_SAYING


def post_stratified(
    invited: Sequence[int], answered: Sequence[int], means: Sequence[float]
) -> Weighted | None:
    """The mean had each group answered in the share it was invited in.

    w_h = (N_h / N) / (n_h / n), at most 3, over groups in which anybody answered; deff =
    n sum w² / (sum w)², n_eff = n / deff, over people. None where nobody answered.
    invited, answered: people of each group, none in two. means: of the groups, in steps.
    Sources: Kish (1965), Survey sampling; Deming & Stephan (1940); the cap is ours.
    """
    groups = [one for one in zip(invited, answered, means, strict=True) if one[1] > 0]
    everybody, n = sum(one[0] for one in groups), sum(one[1] for one in groups)
    if not n or not everybody:
        return None
    weights = tuple(
        min(LARGEST_WEIGHT, (asked / everybody) / (people / n)) for asked, people, _ in groups
    )
    whole = sum(w * people for w, (_, people, _) in zip(weights, groups, strict=True))
    squares = sum(w * w * people for w, (_, people, _) in zip(weights, groups, strict=True))
    weighted = sum(w * n_h * mean for w, (_, n_h, mean) in zip(weights, groups, strict=True))
    return Weighted(
        mean=sum(people * mean for _, people, mean in groups) / n,
        weighted_mean=weighted / whole,
        weights=weights,
        design_effect=n * squares / whole**2,
        effective_n=whole**2 / squares,
    )


def raked(
    table: Sequence[Sequence[float]], rows: Sequence[float], columns: Sequence[float]
) -> list[list[float]]:
    """A table of people fitted to known totals of its rows and columns, in turn until it is.

    Raises ValueError where the totals differ, or cannot be reached.
    Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11, 427-444.
    """
    if abs(sum(rows) - sum(columns)) > CLOSE * max(1.0, sum(rows)):
        raise ValueError("the totals of rows and columns are those of the same people")
    fitted = [list(map(float, row)) for row in table]
    for _ in range(MOST_ROUNDS):
        fitted = [_scaled(row, total) for row, total in zip(fitted, rows, strict=True)]
        turned = [
            _scaled(list(column), total)
            for column, total in zip(zip(*fitted, strict=True), columns, strict=True)
        ]
        fitted = [list(row) for row in zip(*turned, strict=True)]
        if all(
            abs(sum(row) - total) <= CLOSE * max(1.0, total)
            for row, total in zip(fitted, rows, strict=True)
        ):
            return fitted
    raise ValueError("no table with people where this one has them adds up to these totals")


def _scaled(numbers: list[float], total: float) -> list[float]:
    now = sum(numbers)
    if not now:
        if total:
            raise ValueError("a row or column without people cannot have a total")
        return numbers
    return [number * total / now for number in numbers]


def at_mix(mix: Sequence[int], means: Sequence[float]) -> float:
    """The mean that groups would have together in another mix: sum N_h mean_h / N. For a change
    that is not only one of who belongs where (methods, section 7)."""
    return sum(people * mean for people, mean in zip(mix, means, strict=True)) / sum(mix)


def shrunk(sizes: Sequence[int], means: Sequence[float], variances: Sequence[float]) -> list[float]:
    """Units' means drawn towards the mean of all, the more so the fewer people a unit has. Never
    to show a unit that is withheld.

    s² pooled over n - 1; MSB the mean square between units; tau² = max(0, (MSB - s²) / n0) with
    n0 = (N - sum n² / N) / (J - 1); lambda = tau² / (tau² + s² / n); mu the mean weighted by
    1 / (tau² + s² / n); estimate mu + lambda (mean - mu). At least two units.
    Source: Efron & Morris (1975), JASA 70, 311-319.
    """
    people, units = sum(sizes), len(sizes)
    inside = sum((n - 1) * s2 for n, s2 in zip(sizes, variances, strict=True)) / (people - units)
    middle = at_mix(sizes, means)
    between = sum(n * (m - middle) ** 2 for n, m in zip(sizes, means, strict=True)) / (units - 1)
    n0 = (people - sum(n * n for n in sizes) / people) / (units - 1)
    tau2 = max(0.0, (between - inside) / n0)
    precision = [1 / (tau2 + inside / n) for n in sizes]
    mu = sum(w * m for w, m in zip(precision, means, strict=True)) / sum(precision)
    return [mu + tau2 / (tau2 + inside / n) * (m - mu) for n, m in zip(sizes, means, strict=True)]
