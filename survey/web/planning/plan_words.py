"""A plan in words: its finding, days, and what came of an action."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from survey.findings import words
from survey.maturity.profile import Shown

if TYPE_CHECKING:
    from survey.operations.profile import Planned, PlanReport


def headline(report: PlanReport, today: date) -> str:
    """How much there is to do, and whether any of it is late."""
    if not report.to_do:
        return "All that was planned is done" if report.done else "Nothing is planned yet"
    late = sum(one.is_overdue(today) for one in report.to_do)
    to_do = words.how_many(len(report.to_do), "action") + " to do"
    if not late:
        return to_do
    return f"{to_do}, {'all' if late == len(report.to_do) else late} overdue"


def day(given: date) -> str:
    """A day as people write it: "1 March 2027"."""
    return f"{given.day} {given:%B %Y}"


def progress(one: Planned) -> str:
    """Where the capability stood when the action was planned, and where it stands now."""
    before, now = one.before and one.before.measure, one.now and one.now.measure
    if one.before is not None and one.before.broken:
        return f"Not comparable with {one.since.name}. {one.before.broken}"
    if not isinstance(before, Shown) or not isinstance(now, Shown):
        return f"Not known: too few people answered, in {one.since.name} or now."
    said = f"Mean {words.fixed(before.mean)} in {one.since.name}, {words.fixed(now.mean)} now"
    return f"{said}: {one.differs.words} ({words.q(one.differs.q)})." if one.differs else f"{said}."
