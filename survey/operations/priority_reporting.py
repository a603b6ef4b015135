"""From gaps to what to do first: capabilities in the order of work, and the roles they call for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.maturity.priorities import Need, Priority, in_order, needed_roles, priority
from survey.maturity.profile import Shown
from survey.operations.errors import NotFound
from survey.operations.profile import CapabilityFigure, Profile, QuestionFigure
from survey.operations.reporting import organisation_profile
from survey.operations.versions import questions_by_id, spoken_questionnaire_of
from survey.questionnaire.model import Capability, Questionnaire
from survey.storage.accounts import Account


@dataclass(frozen=True, slots=True)
class Work:
    """A capability below its target, of which this is `shown`. `importance`: how much it matters to
    people, from 1 to 5, None where that was not asked or may not be seen. `weakest`: the practices
    that are shown, the lowest rated first."""

    figure: CapabilityFigure
    shown: Shown
    target: int
    capability: Capability
    priority: Priority
    importance: float | None
    weakest: tuple[QuestionFigure, ...]


@dataclass(frozen=True, slots=True)
class PriorityReport:
    """What to do first, in the organisation or a unit.

    `reached`: capabilities at or above their target. `without_target`: those that are shown and
    have none. `needs`: roles, the most needed first.
    """

    profile: Profile
    work: tuple[Work, ...]
    reached: tuple[CapabilityFigure, ...]
    without_target: tuple[CapabilityFigure, ...]
    needs: tuple[Need, ...]


def priority_report(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None = None
) -> PriorityReport:
    """The order of work of a closed wave. account, unit_slug: see `viewing.view`.

    Raises NotFound, also while the wave is not closed.
    """
    profile = organisation_profile(session, wave_slug, account, unit_slug, with_questions=True)
    if profile.state != "closed":
        raise NotFound("There is no order of work yet.", "Figures come when the wave closes.")
    return priorities_of(session, profile)


def priorities_of(session: Session, profile: Profile) -> PriorityReport:
    """The order of work of a profile that has the figures of its questions: no query."""
    questionnaire = spoken_questionnaire_of(session, profile.wave.version_digest)
    shown = [one for one in profile.capabilities if isinstance(one.measure, Shown)]
    found = {
        figure.id: _work(figure, figure.measure, figure.target, profile, questionnaire)
        for figure in profile.capabilities
        if isinstance(figure.measure, Shown) and figure.target is not None and (figure.gap or 0) > 0
    }
    order = in_order([one.priority for one in found.values()])
    roles = {id_: capability.roles for id_, capability in questionnaire.capabilities.items()}
    return PriorityReport(
        profile=profile,
        work=tuple(found[one.id] for one in order),
        reached=tuple(one for one in shown if one.gap is not None and one.gap <= 0),
        without_target=tuple(one for one in shown if one.target is None),
        needs=tuple(needed_roles(order, roles)),
    )


def _work(
    figure: CapabilityFigure,
    shown: Shown,
    target: int,
    profile: Profile,
    questionnaire: Questionnaire,
) -> Work:
    asked = questions_by_id(questionnaire)
    about = [
        question
        for question in profile.questions
        if question.capability == figure.id and isinstance(question.measure, Shown)
    ]
    matters = next((q for q in about if asked[q.id].kind == "importance"), None)
    importance = matters.measure.mean if matters and isinstance(matters.measure, Shown) else None
    practices = [q for q in about if asked[q.id].is_rated and q.id != figure.id]
    return Work(
        figure=figure,
        shown=shown,
        target=target,
        capability=questionnaire.capabilities[figure.id],
        # below the target: who rates it lower than that
        priority=priority(figure.id, figure.gap or 0.0, importance, 1 - shown.shares[target - 1]),
        importance=importance,
        weakest=tuple(sorted(practices, key=_mean)),
    )


def _mean(question: QuestionFigure) -> float:
    return question.measure.mean if isinstance(question.measure, Shown) else 0.0
