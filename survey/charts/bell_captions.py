"""What a dumb-bell chart says in words and in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from survey.charts import captions
from survey.charts.bells import Bell, Dot
from survey.charts.chart import Cell, Table
from survey.findings import words
from survey.findings.speech import say


def finding(rows: Sequence[Bell]) -> str:
    """On which row dots that are clearly apart lie furthest apart; or where the own mean stands
    furthest outside the middle half of others."""
    if not any(row.dots for row in rows):
        return say("No figure can be shown")
    if any(row.band for row in rows):
        return _outside(rows)
    if any(row.in_time for row in rows):
        return _moved(rows)
    return _apart(rows)


def measured_in(heading: str, rows: Sequence[Bell]) -> str:
    """What the dots are, from 1 to 5, and of how many people."""
    said = say("%(heading)s, from 1 to 5", heading=heading)
    return captions.with_people(said, (dot.measure.n for row in rows for dot in row.dots))


def note(rows: Sequence[Bell]) -> str:
    """On which rows nothing can be shown, and who is withheld on others."""
    empty = [row.name for row in rows if not row.dots]
    missing = dict.fromkeys(name for row in rows if row.dots for name in row.withheld)
    said = []
    if empty:
        said.append(say("No figure can be shown for: %(names)s.", names=captions.listed(empty)))
    if missing:
        names = captions.listed(list(missing))
        said.append(say("Withheld for one or more rows: %(names)s.", names=names))
    return " ".join(said)


def table(rows: Sequence[Bell]) -> Table:
    """A row for each dot, and one for each name without any. Beside them the mean of what they are
    held against, and the band, where there are such."""
    whole = next((row.whole_name for row in rows if row.whole is not None), "")
    band = next((row.band_name for row in rows if row.band is not None), "")
    heads = [say("Capability"), say("Who"), *captions.figure_columns(), say("Compared")]
    if whole:
        heads.append(whole)
    if band:
        heads += [say("%(name)s: from", name=band), say("%(name)s: to", name=band)]
    cells = (
        (*_cells(row, dot), *_held_against(row, bool(whole), bool(band)))
        for row in rows
        for dot in (row.dots or (None,))
    )
    return Table(tuple(heads), tuple(cells))


def _cells(row: Bell, dot: Dot | None) -> tuple[Cell, ...]:
    if dot is None:
        return (row.name, row.note, None, None, None, None, None)
    return (row.name, dot.name, *captions.figures(dot.measure), dot.compared or None)


def _held_against(row: Bell, whole: bool, band: bool) -> tuple[Cell, ...]:
    ends = row.band or (None, None)
    return (*((row.whole,) if whole else ()), *(ends if band else ()))


def _apart(rows: Sequence[Bell]) -> str:
    clear = [(*_ends(row.dots), row) for row in rows if any(dot.clear for dot in row.dots)]
    several = [one for one in clear if one[0].name != one[1].name]
    if not several:
        return say("Not one is clearly apart from the others")
    low, high, row = max(several, key=lambda one: one[1].measure.mean - one[0].measure.mean)
    return say(
        "%(name)s: %(high)s %(steps)s higher than %(low)s",
        name=row.name,
        high=high.name,
        low=low.name,
        steps=words.steps(high.measure.mean - low.measure.mean),
    )


def _ends(dots: Sequence[Dot]) -> tuple[Dot, Dot]:
    ranked = sorted(dots, key=lambda dot: dot.measure.mean)
    return ranked[0], ranked[-1]


def _moved(rows: Sequence[Bell]) -> str:
    changed = [
        (row.dots[-1].measure.mean - row.dots[-2].measure.mean, row)
        for row in rows
        if len(row.dots) > 1 and row.dots[-1].clear
    ]
    if not changed:
        return say("No clear change")
    change, row = max(changed, key=lambda one: abs(one[0]))
    steps = words.steps(change)
    if change > 0:
        return say("%(name)s rose most, by %(steps)s", name=row.name, steps=steps)
    return say("%(name)s moved most: it fell by %(steps)s", name=row.name, steps=steps)


def _outside(rows: Sequence[Bell]) -> str:
    below = [(row.band[0] - row.dots[0].measure.mean, row) for row in rows if row.band and row.dots]
    above = [(row.dots[0].measure.mean - row.band[1], row) for row in rows if row.band and row.dots]
    for outside, text in (
        (below, "%(name)s is furthest below the middle half of the others"),
        (above, "%(name)s is furthest above the middle half of the others"),
    ):
        distance, row = max(outside, key=lambda one: one[0])
        if distance > 0:
            return say(text, name=row.name)
    return say("All lie in the middle half of the others")
