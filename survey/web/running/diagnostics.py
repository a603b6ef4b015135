"""How the questions of a closed wave did: for whoever writes the next ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from survey import access
from survey.database import db
from survey.findings import words
from survey.maturity.profile import Shown
from survey.operations.diagnostic_reporting import DiagnosticReport, diagnostic_report
from survey.web.running.owned import owned_wave

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def add_to(bp: Blueprint) -> None:
    """Add this page to the blueprint of whoever runs surveys."""
    bp.add_url_rule("/<organisation>/waves/<wave>/diagnostics", view_func=diagnostics)


@access.account
def diagnostics(organisation: str, wave: str) -> ResponseReturnValue:
    """Which questions deserve a second look, and the figures of all."""
    owner, found = owned_wave(organisation, wave, "author")
    report = diagnostic_report(db.session, found)
    return render_template(
        "running/diagnostics.html",
        organisation=owner,
        report=report,
        headline=headline(report),
        words=words,
        is_shown=lambda measure: isinstance(measure, Shown),
    )


def headline(report: DiagnosticReport) -> str:
    """How many questions stand out."""
    if not any(isinstance(one.measure, Shown) for one in report.questions):
        return "Too few people answered to say how the questions did"
    stand_out = [
        words.how_many(number, one, more)
        for number, one, more in (
            (sum(bool(q.findings) for q in report.questions), "question", "questions"),
            (sum(bool(c.findings) for c in report.capabilities), "capability", "capabilities"),
        )
        if number
    ]
    if not stand_out:
        return "No question stands out"
    return f"For a second look: {' and '.join(stand_out)}"
