"""How the questions of a closed wave did: what stands out, and the figures behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from survey.maturity.diagnostics import (
    capability_flags,
    dont_know_share,
    question_flags,
    set_apart,
)
from survey.maturity.profile import Measure, Shown
from survey.maturity.reliability import Reliability
from survey.operations.diagnosing import related_questions
from survey.operations.diagnostic_texts import Finding, finding
from survey.operations.errors import NotFound
from survey.operations.figures import UnitFigures, unit_figures
from survey.operations.unit_tree import tree_of
from survey.operations.versions import questionnaire_of
from survey.questionnaire.model import Question, Questionnaire
from survey.storage import diagnostics, tallies
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class QuestionDiagnosis:
    """A rated question. `dont_know`: a share, None where the measure is withheld. `left_out`: a
    share, None where it was asked of some only, or is about fewer than may be told of."""

    question: Question
    measure: Measure
    dont_know: float | None
    left_out: float | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CapabilityDiagnosis:
    """A capability with three rated questions or more, and how they hang together; None where too
    few people rated them all, or it would tell of few."""

    id: str
    name: str
    questions: tuple[Question, ...]
    reliability: Reliability | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DiagnosticReport:
    """How the questions of a wave did. `straight_lined`: the share of responses that gave one
    answer throughout, None where that would tell of few. `counted`: whether that, reliability and
    what was left out were counted; they are of waves that closed before there was this report."""

    wave: Wave
    questionnaire: Questionnaire
    counted: bool
    straight_lined: float | None
    questions: tuple[QuestionDiagnosis, ...]
    capabilities: tuple[CapabilityDiagnosis, ...]


def diagnostic_report(session: Session, wave: Wave) -> DiagnosticReport:
    """What may be seen of a wave's questions, of the whole organisation.

    Raises NotFound while the wave is not closed.
    """
    if wave.state != "closed":
        raise NotFound("There are no figures yet.", "They come when the wave closes.")
    questionnaire = questionnaire_of(session, wave.version_digest)
    root = tree_of(session, wave).root.id
    row = tallies.tallies_of(session, wave.id, [root]).get(root)
    kept = diagnostics.figures_of(session, wave.id)
    counted = kept or {"straight_lined": None, "left_out": {}, "reliability": {}}
    found = {id_: _thawed(figures) for id_, figures in counted["reliability"].items()}
    capabilities = _capabilities(questionnaire, found)
    return DiagnosticReport(
        wave=wave,
        questionnaire=questionnaire,
        counted=kept is not None,
        straight_lined=counted["straight_lined"],
        questions=_questions(
            unit_figures(questionnaire, row), questionnaire, counted["left_out"], capabilities
        ),
        capabilities=capabilities,
    )


def _thawed(figures: dict[str, Any]) -> Reliability:
    return Reliability(**figures | {"item_rest": tuple(figures["item_rest"])})


def _capabilities(
    questionnaire: Questionnaire, found: Mapping[str, Reliability]
) -> tuple[CapabilityDiagnosis, ...]:
    asked = questionnaire.counted_questions
    return tuple(
        CapabilityDiagnosis(
            id=id_,
            name=questionnaire.capabilities[id_].name,
            questions=tuple(asked[column] for column in columns),
            reliability=one,
            findings=_findings(capability_flags(one) if one else {}),
        )
        for id_, columns in related_questions(questionnaire).items()
        for one in (found.get(id_),)
    )


def _questions(
    whole: UnitFigures,
    questionnaire: Questionnaire,
    left_out: Mapping[str, float],
    capabilities: Sequence[CapabilityDiagnosis],
) -> tuple[QuestionDiagnosis, ...]:
    apart = {
        one.questions[place].id: r
        for one in capabilities
        if one.reliability
        for place, r in set_apart(one.reliability).items()
    }
    return tuple(
        _question(
            question,
            whole.question(question.id),
            left_out.get(question.id),
            apart.get(question.id),
        )
        for question in questionnaire.counted_questions
        if question.is_rated
    )


def _question(
    question: Question, measure: Measure, left_out: float | None, item_rest: float | None
) -> QuestionDiagnosis:
    """item_rest: where it is set apart."""
    if not isinstance(measure, Shown):
        return QuestionDiagnosis(question, measure, None, None, ())
    flags = question_flags(measure, left_out)
    if item_rest is not None:
        flags |= {"low-item-rest": item_rest}
    return QuestionDiagnosis(
        question=question,
        measure=measure,
        dont_know=dont_know_share(measure),
        left_out=left_out,
        findings=_findings(flags),
    )


def _findings(flags: Mapping[str, float]) -> tuple[Finding, ...]:
    return tuple(finding(code, figure) for code, figure in flags.items())
