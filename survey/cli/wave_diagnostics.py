"""`survey wave diagnostics`: how the questions of a closed wave did."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from survey.cli.files import JSON, as_json
from survey.cli.opening import opened
from survey.maturity.profile import Shown
from survey.operations import running
from survey.operations.diagnostic_reporting import diagnostic_report

if TYPE_CHECKING:
    from survey.operations.diagnostic_reporting import (
        CapabilityDiagnosis,
        DiagnosticReport,
        QuestionDiagnosis,
    )


@click.command("diagnostics")
@click.argument("slug")
@JSON
def diagnostics_command(slug: str, in_json: bool) -> None:
    """Say which questions of the closed wave SLUG deserve a second look."""
    with opened() as session:
        report = diagnostic_report(session, running.wave(session, slug))
    if in_json:
        click.echo(as_json(_plain(report)))
        return
    found = [(one.question.id, one.findings) for one in report.questions]
    found += [(one.id, one.findings) for one in report.capabilities]
    for id_, findings in found:
        for finding in findings:
            click.echo(f"{id_}: {finding.said} (mend: {finding.mend})")
    if not any(findings for _, findings in found):
        click.echo("No question stands out.")


def _plain(report: DiagnosticReport) -> dict[str, Any]:
    return {
        "wave": report.wave.slug,
        "counted": report.counted,
        "straight_lined": report.straight_lined,
        "questions": [_question(one) for one in report.questions],
        "capabilities": [_capability(one) for one in report.capabilities],
    }


def _question(one: QuestionDiagnosis) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": one.question.id, "capability": one.question.capability}
    if not isinstance(one.measure, Shown):
        return entry | {"suppressed": one.measure.reason}
    return entry | {
        "suppressed": None,
        "n": one.measure.n,
        "counts": list(one.measure.counts),
        "dont_know": one.dont_know,
        "left_out": one.left_out,
        "findings": [finding.code for finding in one.findings],
    }


def _capability(one: CapabilityDiagnosis) -> dict[str, Any]:
    return {
        "id": one.id,
        "questions": [question.id for question in one.questions],
        "reliability": one.reliability and asdict(one.reliability),
        "findings": [finding.code for finding in one.findings],
    }
