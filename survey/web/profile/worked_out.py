"""Which of a capability's figures is to be worked out: of all, of a unit, a group or a practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.maturity.profile import Measure, Shown
from survey.operations.errors import NotFound
from survey.operations.reporting import CapabilityReport
from survey.web.profile.workings import Working, if_even, since_before, workings


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Whose figures, of what, and how they came about; nothing where they are withheld."""

    who: str
    what: str
    measure: Measure
    workings: tuple[Working, ...]


def worked_out(report: CapabilityReport, asked: Mapping[str, str]) -> WorkedOut:
    """asked: of an address, `question` for a practice, `by` and `option` for a group; without them
    it is of all whom the report is about. Raises NotFound for a practice or group that is none."""
    who = report.unit.name if report.unit else report.organisation.name
    if "question" in asked:
        practice = next((one for one in report.practices if one.id == asked["question"]), None)
        if practice is None:
            raise NotFound("There is no such practice.", "Choose one on the capability’s page.")
        return WorkedOut(who, practice.text, practice.measure, _of(report, practice.measure, 1))
    if "by" in asked:
        name, measure = _group(report, asked)
        return WorkedOut(name, report.figure.name, measure, _of(report, measure, report.rated_by))
    measure = report.figure.measure
    found = _of(report, measure, report.rated_by, report.figure.target)
    if found and report.as_if_even is not None:
        found = (*found, if_even(report.as_if_even))
    if found and (change := since_before(report.course)) is not None:
        found = (*found, change)
    return WorkedOut(who, report.figure.name, measure, found)


def _group(report: CapabilityReport, asked: Mapping[str, str]) -> tuple[str, Measure]:
    for question, row in report.breakdowns:
        for group in row.groups:
            if (question.id, group.option.id) == (asked["by"], asked.get("option")):
                return group.option.text, group.measure
    raise NotFound("There is no such group.", "Choose one on the capability’s page.")


def _of(
    report: CapabilityReport, measure: Measure, questions: int, target: int | None = None
) -> tuple[Working, ...]:
    if not isinstance(measure, Shown):
        return ()
    return workings(measure, report.scale, target, questions)
