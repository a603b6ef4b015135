"""Answering, a page at a time: what a person may do with a draft, and how they came by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from survey.operations.drafting import OpenDraft, already_sent, open_draft
from survey.operations.errors import NotFound
from survey.operations.starting import (
    StartPage,
    begin,
    start_page_of_invitation,
    start_page_of_open_link,
)
from survey.operations.submitting import (
    CheckPage,
    Result,
    Submitted,
    check_page,
    decode_result,
    encode_result,
    submit,
)
from survey.operations.tokens import draft_key, new_key
from survey.operations.versions import way_through
from survey.questionnaire.model import Answer, Question, Questionnaire
from survey.questionnaire.path import Page, progress
from survey.storage import drafts

__all__ = [
    "CheckPage",
    "OpenDraft",
    "Result",
    "ShownPage",
    "StartPage",
    "Submitted",
    "begin",
    "check_page",
    "decode_result",
    "draft_key",
    "encode_result",
    "first_unanswered",
    "new_key",
    "open_draft",
    "open_page",
    "save_page",
    "start_page_of_invitation",
    "start_page_of_open_link",
    "submit",
]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page as this person sees it. `position` counts from 1; `back` is a page's id."""

    page: Page
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    position: int
    total: int
    back: str | None
    questionnaire: Questionnaire

    @property
    def about_you(self) -> bool:
        """Whether the page asks about the person."""
        return self.page.section is None

    @property
    def mark(self) -> str:
        """Stands for what is kept of this page's questions: another where any of it is another."""
        kept = [self.answers.get(question.id) for question in self.questions]
        return sha256(json.dumps(kept).encode()).hexdigest()[:16]

    def kept_otherwise(self, answers: Mapping[str, Answer | None]) -> tuple[Question, ...]:
        """The questions of which another answer is kept than in these."""
        return tuple(
            question
            for question in self.questions
            if self.answers.get(question.id) not in (None, answers.get(question.id))
        )


def open_page(draft: OpenDraft, page_id: str) -> ShownPage:
    """The page with this id, if this person's answers lead to it; else NotFound."""
    path = way_through(draft.questionnaire, draft.answers, draft.modules)
    page = next((page for page in path if page.id == page_id), None)
    if page is None:
        raise NotFound(
            "This question is not part of your survey.", "Your answers are kept. Go back to them."
        )
    position, total = progress(path, page_id)
    return ShownPage(
        page=page,
        questions=page.questions,
        answers={q.id: draft.answers[q.id] for q in page.questions if q.id in draft.answers},
        position=position,
        total=total,
        back=path[position - 2].id if position > 1 else None,
        questionnaire=draft.questionnaire,
    )


def save_page(
    session: Session,
    draft: OpenDraft,
    shown: ShownPage,
    answers: Mapping[str, Answer | None],
) -> str | None:
    """Keep what was answered on this page; the next page's id, or None at the end of the path.

    Only this page's questions change, so two devices at two pages both keep what they sent.
    """
    seen = draft.answers, draft.revision
    while True:
        merged = _merged(seen[0], shown, answers)
        if drafts.save_answers(session, draft.wave_id, draft.key_digest, merged, seen=seen[1]):
            break
        again = drafts.answers_now(session, draft.wave_id, draft.key_digest)
        if again is None:
            raise already_sent()
        seen = again.answers, again.revision
    path = way_through(draft.questionnaire, merged, draft.modules)
    position, total = progress(path, shown.page.id)
    return path[position].id if position < total else None


def _merged(
    kept: Mapping[str, Answer], shown: ShownPage, answers: Mapping[str, Answer | None]
) -> dict[str, Answer]:
    merged = dict(kept)
    for question in shown.questions:
        answer = answers.get(question.id)
        if answer is None:
            merged.pop(question.id, None)
        else:
            merged[question.id] = answer
    return merged


def first_unanswered(draft: OpenDraft) -> str | None:
    """The first page that waits for an answer; None where only checking is left."""
    for page in way_through(draft.questionnaire, draft.answers, draft.modules):
        if any(q.kind != "text" and q.id not in draft.answers for q in page.questions):
            return page.id
    return None
