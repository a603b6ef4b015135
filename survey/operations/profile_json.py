"""A profile as JSON: the shape that others script against. A withheld figure has no numbers."""

from __future__ import annotations

from typing import Any

from survey.maturity.profile import GroupShown, Measure, Shown
from survey.operations.profile import (
    BreakdownReport,
    CapabilityFigure,
    GroupFigure,
    GroupReport,
    Profile,
    QuestionFigure,
)

STEP_COUNTS = "steps"


def as_json(profile: Profile) -> dict[str, Any]:
    """The profile as values that JSON can hold. Numbers are exact; whoever shows them rounds."""
    return {
        "wave": profile.wave.slug,
        "organisation": profile.organisation.slug,
        "unit": profile.unit and profile.unit.slug,
        "by": None,
        "state": profile.state,
        "imported": profile.wave.imported is not None,
        "invited": None if profile.wave.imported else profile.invited,
        "responded": profile.responded,
        "r_indicator": profile.response and profile.response.r_indicator,
        "threshold": profile.threshold,
        "scale": list(profile.scale),
        "capabilities": [
            _capability(figure, group) for group in profile.groups for figure in group.capabilities
        ],
        "groups": [_group(group) for group in profile.groups],
        "questions": [_question(question) for question in profile.questions],
        "overall": {STEP_COUNTS: list(profile.overall)} if profile.overall else {},
    }


def breakdown_as_json(report: BreakdownReport) -> dict[str, Any]:
    """A profile split by a question, as values that JSON can hold."""
    question = report.question
    return {
        "wave": report.wave.slug,
        "organisation": report.organisation.slug,
        "unit": None,
        "by": question.id,
        "threshold": report.wave.minimum_group,
        "scale": list(report.scale),
        "options": [{"id": option.id, "name": option.text} for option in question.options],
        "capabilities": [
            {"id": one.id, "name": one.name}
            | _numbers(one.measure)
            | {"gap_between_options": one.gap, "options": [_option(group) for group in one.groups]}
            for one in report.capabilities
        ],
    }


def _option(group: GroupFigure) -> dict[str, Any]:
    entry = {"id": group.option.id} | _numbers(group.measure)
    if group.differs is None:
        return entry
    compared = {"delta": group.differs.change.delta, "q": group.differs.q}
    return entry | {"against_others": compared | {"words": group.differs.words}}


def _capability(figure: CapabilityFigure, group: GroupReport) -> dict[str, Any]:
    entry = {"id": figure.id, "name": figure.name, "group": group.id}
    target = {"target": figure.target}
    if not isinstance(figure.measure, Shown):
        return entry | target | _numbers(figure.measure)
    return entry | _numbers(figure.measure) | target | {"gap": figure.gap}


def _question(question: QuestionFigure) -> dict[str, Any]:
    entry = {"id": question.id, "name": question.text, "capability": question.capability}
    return entry | _numbers(question.measure)


def _numbers(measure: Measure) -> dict[str, Any]:
    if not isinstance(measure, Shown):
        return {"suppressed": measure.reason}
    return {
        "n": measure.n,
        "counts": list(measure.counts),
        "dont_know": measure.dont_know,
        "not_applicable": measure.not_applicable,
        "mean": measure.mean,
        "median": measure.median,
        "step": measure.step,
        "agreement": measure.agreement,
        "interval": list(measure.interval),
        "suppressed": None,
    }


def _group(group: GroupReport) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": group.id, "title": group.title}
    figure = group.figure
    if not isinstance(figure, GroupShown):
        return entry | {"suppressed": figure.reason}
    return entry | {
        "mean": figure.mean,
        STEP_COUNTS: list(figure.counts),
        "published": figure.published,
        "total": figure.total,
        "suppressed": None,
    }
