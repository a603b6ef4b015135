"""The figures of a profile as a table that is given away: what its pages show, no more. A
withheld figure has its reason and no number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from survey.exchange.table import Cell, Column, Label, Row, Table, longest
from survey.maturity.profile import Measure, Shown
from survey.operations.breakdown_reporting import breakdown_report
from survey.operations.errors import NotFound
from survey.operations.figures import UnitFigures, unit_figures
from survey.operations.figures_method import method_of
from survey.operations.profile import BreakdownReport, CapabilityFigure
from survey.operations.unit_tree import UnitNode, tree_of
from survey.operations.versions import groups_of
from survey.operations.viewing import View, view_closed
from survey.questionnaire.model import STEP_NAMES, STEPS
from survey.storage import tallies
from survey.storage.accounts import Account
from survey.storage.waves import Wave

TEXTS: Final = (
    Column("measured", "What is measured: a capability, or one question"),
    Column("id", "Its id, the same in every questionnaire and wave"),
    Column("name", "Its name, or the question"),
    Column("part_of", "The group of capabilities, or the capability of the question"),
    Column("unit", "The unit with all below it, by its short name"),
    Column("unit_name", "The unit"),
    Column("split_by", "The question about oneself by which people are split; empty: by none"),
    Column("option", "Those who chose this; empty: everybody"),
    Column("option_name", "What they chose"),
)
"""The columns that say whose figures of what stand in a row."""

_SUPPRESSED: Final = Column(
    "suppressed",
    "Why there are no figures: too-few (too few people rated) or protects-another (they would "
    "reveal another group’s answers); empty: they are shown",
)
Place = tuple[str, str, str, str, str]
"""Unit, its name, the question by which people are split, an option of it, its text."""


def figures_table(
    session: Session,
    wave_slug: str,
    account: Account | None,
    unit_slug: str | None = None,
    by: str | None = None,
) -> Table:
    """The figures of a closed wave that this account may see: two queries, five of a split.

    Of the organisation, or of a unit, and of every unit below it: each capability; and of the
    first of them each counted question. Or, by a question about oneself, of the whole organisation
    and each option: each capability.
    account, unit_slug: see `viewing.view`. Raises NotFound.
    """
    if by is None:
        seen = view_closed(session, wave_slug, account, unit_slug)
        return _table(seen.wave, seen.questionnaire.scale, list(_by_unit(session, seen)))
    if unit_slug is not None:
        raise NotFound("Only the whole organisation is split by a question.")
    report = breakdown_report(session, wave_slug, by, account)
    rows = list(_by_option(report, tree_of(session, report.wave).root))
    return _table(report.wave, report.scale, rows, f"-by-{by}")


def _table(wave: Wave, scale: Sequence[str], rows: list[Row], mark: str = "") -> Table:
    number = len(TEXTS)
    places = (*range(number), -1)
    widths = [longest(row[place] for row in rows) for place in places]
    texts = [
        replace(column, longest=width)
        for column, width in zip((*TEXTS, _SUPPRESSED), widths, strict=True)
    ]
    return Table(
        title=f"Figures of {wave.name}",
        name=f"{wave.slug}-figures{mark}",
        columns=(*texts[:-1], *_numbers(scale), texts[-1]),
        rows=rows,
        method=method_of(wave),
        day=wave.closed_at.date() if wave.closed_at else None,
    )


def _by_unit(session: Session, seen: View) -> Iterator[Row]:
    units = seen.tree.below(seen.unit)
    rows, targets = tallies.figures_and_targets(
        session, seen.wave.id, [unit.id for unit in units], seen.organisation.id
    )
    steps = {id_: row.number for id_, row in targets.items()}
    for unit in units:
        figures = unit_figures(seen.questionnaire, rows.get(unit.id))
        yield from _capabilities(seen, unit, figures, steps)
        if unit.id == seen.unit.id:
            yield from _questions(seen, unit, figures)


def _capabilities(
    seen: View, unit: UnitNode, figures: UnitFigures, steps: dict[str, int]
) -> Iterator[Row]:
    place = (unit.slug, unit.name, "", "", "")
    for group in groups_of(seen.questionnaire):
        for id_ in group.capabilities:
            if id_ in figures.capabilities:
                name = seen.questionnaire.capabilities[id_].name
                figure = CapabilityFigure(id_, name, figures.capability(id_), steps.get(id_))
                yield _capability(figure, group.title, place)


def _questions(seen: View, unit: UnitNode, figures: UnitFigures) -> Iterator[Row]:
    for question in seen.questionnaire.counted_questions:
        what = ("question", question.id, question.text, question.capability or "")
        measure = figures.question(question.id)
        yield [*what, unit.slug, unit.name, "", "", "", *_figures(measure, None, None)]


def _by_option(report: BreakdownReport, whole: UnitNode) -> Iterator[Row]:
    question = report.question
    for one in report.capabilities:
        unit = (whole.slug, whole.name, question.id)
        everybody = CapabilityFigure(one.id, one.name, one.measure, None)
        yield _capability(everybody, "", (*unit, "", ""))
        for group in one.groups:
            figure = CapabilityFigure(one.id, one.name, group.measure, None)
            yield _capability(figure, "", (*unit, group.option.id, group.option.text))


def _capability(figure: CapabilityFigure, group: str, place: Place) -> Row:
    what = ("capability", figure.id, figure.name, group)
    return [*what, *place, *_figures(figure.measure, figure.target, figure.gap)]


def _figures(measure: Measure, target: int | None, gap: float | None) -> list[Cell]:
    """The cells of `_numbers`, then the reason where there are none."""
    if not isinstance(measure, Shown):
        return [*_NO_FIGURES, target, None, measure.reason]
    return [
        measure.n,
        *measure.counts,
        measure.dont_know,
        measure.not_applicable,
        measure.mean,
        measure.median,
        measure.step,
        measure.agreement,
        *measure.interval,
        target,
        gap,
        "",
    ]


def _numbers(scale: Sequence[str]) -> tuple[Column, ...]:
    steps: tuple[Label, ...] = tuple(zip(STEPS, scale, strict=True))
    counts = tuple(_count(f"at_{step}", f"People at step {step} {name}") for step, name in steps)
    return (
        _count("n", "People who rated"),
        *counts,
        _count("dont_know", "People who said that they don’t know"),
        _count("not_applicable", "People to whom it doesn’t apply"),
        _number("mean", "Mean of their steps"),
        _number("median", "Interpolated median of their steps"),
        Column(
            "step",
            "The step: the highest that more than half are at, or above",
            "whole",
            values=steps,
            level="ordinal",
        ),
        _number("agreement", "How far they agree: van der Eijk’s A, from -1 to 1"),
        _number("interval_low", "Lower end of where the mean very likely lies"),
        _number("interval_high", "Upper end of where the mean very likely lies"),
        Column("target", "The step that is aimed for", "whole", values=steps, level="ordinal"),
        _number("gap", "Target less mean"),
    )


def _count(name: str, label: str) -> Column:
    return Column(name, label, "whole", level="scale")


def _number(name: str, label: str) -> Column:
    return Column(name, label, "number", level="scale")


_NO_FIGURES: Final = (None,) * (len(_numbers(STEP_NAMES)) - 2)
"""The cells of what is withheld, up to the target and the gap."""
