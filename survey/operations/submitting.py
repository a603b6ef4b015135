"""Checking the answers, sending them, and what the person sees then."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from survey.maturity.tally import tally
from survey.operations.drafting import OpenDraft, already_sent, closed
from survey.operations.errors import NotFound, Refused
from survey.operations.recording import record
from survey.operations.versions import measured, plan_of, questions_by_id, way_through
from survey.questionnaire.answers import drop_hidden
from survey.questionnaire.model import STEPS, Answer, Question, Questionnaire, Section
from survey.storage import drafts, waves
from survey.storage.waves import TAKES_ANSWERS


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A question and its answer (None: not answered), and the page where it can be changed."""

    question: Question
    answer: Answer | None
    page_id: str


@dataclass(frozen=True, slots=True)
class CheckSection:
    """The rows of one section; None is the one about the person."""

    section: Section | None
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """All answers before they are sent.

    `hidden` were answered and are no longer asked: they will not be counted. `unanswered` must
    be answered first.
    """

    sections: tuple[CheckSection, ...]
    hidden: tuple[Question, ...]
    unanswered: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class OwnCapability:
    """What a person's own answers say of a capability; no step where they did not rate it."""

    id: str
    name: str
    step: int | None
    step_text: str
    next_text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a person said, beside the five steps. Held by their browser alone."""

    capabilities: tuple[OwnCapability, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """That the answers are in."""

    result: Result


def check_page(draft: OpenDraft) -> CheckPage:
    """Every question on this person's path with its answer, by section."""
    sections: list[CheckSection] = []
    for page in way_through(draft.questionnaire, draft.answers, draft.modules):
        rows = tuple(CheckRow(q, draft.answers.get(q.id), page.id) for q in page.questions)
        if sections and sections[-1].section is page.section:
            sections[-1] = replace(sections[-1], rows=sections[-1].rows + rows)
        else:
            sections.append(CheckSection(page.section, rows))
    _, dropped = drop_hidden(draft.questionnaire, draft.answers, draft.modules)
    questions = questions_by_id(draft.questionnaire)
    return CheckPage(
        sections=tuple(sections),
        hidden=tuple(questions[id_] for id_ in dropped if id_ in questions),
        unanswered=tuple(row for part in sections for row in part.rows if _is_missing(row)),
    )


def _is_missing(row: CheckRow) -> bool:
    return row.answer is None and row.question.kind != "text"


def submit(session: Session, draft: OpenDraft) -> Submitted:
    """Send the answers as they now are in the draft, which is gone afterwards.

    All in the caller's transaction, touching no row that another submission touches.
    Raises AlreadyUsed the second time, Closed, Refused where a question waits for an answer.
    """
    waves.share_submissions(session, draft.wave_id)
    taken = drafts.take_draft(session, draft.wave_id, draft.key_digest)
    if taken is None:
        raise _why_gone(session, draft)
    latest = replace(draft, answers=taken.answers)
    if check_page(latest).unanswered:
        raise Refused(
            "Some questions still wait for an answer.",
            "Answer them, or choose “I don’t know”. Nothing has been sent yet.",
        )
    kept, _ = drop_hidden(latest.questionnaire, latest.answers, latest.modules)
    drafts.note_sent(session, draft.wave_id, draft.key_digest)
    (ratings,) = record(session, draft.wave_id, draft.questionnaire, [(taken.unit_id, kept)])
    return Submitted(result_of(draft.questionnaire, ratings))


def result_of(questionnaire: Questionnaire, ratings: bytes) -> Result:
    """What one person's packed ratings say of each capability."""
    return _result(questionnaire, _own_steps(questionnaire, ratings))


def _why_gone(session: Session, draft: OpenDraft) -> Exception:
    state = waves.state_of(session, draft.wave_id)
    if state is None:
        return NotFound("There is no such survey.")
    return already_sent() if state in TAKES_ANSWERS else closed(state)


def _own_steps(questionnaire: Questionnaire, ratings: bytes) -> list[int | None]:
    plan = plan_of(questionnaire)
    counts = tally([ratings], plan).figures[plan.questions :, : len(STEPS)]
    return [int(row.argmax()) + 1 if row.any() else None for row in counts]


def _result(questionnaire: Questionnaire, steps: list[int | None]) -> Result:
    own = []
    for id_, step in zip(measured(questionnaire), steps, strict=True):
        capability = questionnaire.capabilities[id_]
        texts = ("", *capability.steps, "")
        own.append(
            OwnCapability(
                id=id_,
                name=capability.name,
                step=step,
                step_text=texts[step or 0],
                next_text=texts[step + 1] if step else "",
            )
        )
    return Result(tuple(own))


def encode_result(result: Result) -> str:
    """The steps alone, a digit a capability (0: none): small enough for a cookie."""
    return "".join(str(own.step or 0) for own in result.capabilities)


def decode_result(questionnaire: Questionnaire, steps: str) -> Result:
    """The result that was encoded, in the words of this version or a translation of it.

    Raises NotFound where the steps cannot be of this version.
    """
    if len(steps) != len(measured(questionnaire)) or set(steps) - set("012345"):
        raise NotFound("This result does not belong to this survey.")
    return _result(questionnaire, [int(step) or None for step in steps])
