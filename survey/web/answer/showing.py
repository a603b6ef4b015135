"""What the pages that staff see are filled with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import render_template, request, url_for
from flask_babel import lazy_gettext

from survey.database import db
from survey.operations.answering import decode_result
from survey.operations.versions import questionnaire_of
from survey.questionnaire.model import Answer, Question, Questionnaire
from survey.web import languages
from survey.web.answer.answer_text import answer_text
from survey.web.answer.foreign import in_language_marked
from survey.web.answer.page_form import OPT_OUT, OPT_OUT_ABOUT_YOU, field_name
from survey.web.answer.rendered import QuestionsKept

if TYPE_CHECKING:
    from survey.operations.answering import CheckPage, OpenDraft, ShownPage
    from survey.operations.submitting import CheckRow

ABOUT_YOU = lazy_gettext("About you")

_questions_kept = QuestionsKept()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question, its answer in words, and the address where it can be changed."""

    question: Question
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Translated:
    """A version in one language, with what the pages look up in it; the questions about the
    person have no heading of the version's own."""

    questionnaire: Questionnaire
    questions: Mapping[str, Question]
    headings: Mapping[str, str]
    introductions: Mapping[str, str]


@lru_cache(maxsize=64)
def _translated(digest: str, language: str) -> Translated:
    questionnaire = in_language_marked(questionnaire_of(db.session, digest), language)
    headings: dict[str, str] = {}
    introductions = {}
    for section in questionnaire.sections:
        headings |= {q.id: section.title for q in section.questions}
        introductions[section.questions[0].id] = section.introduction
    return Translated(
        questionnaire, {q.id: q for q in questionnaire.questions}, headings, introductions
    )


def in_chosen_language(digest: str) -> Translated:
    """The version in the language of this page."""
    return _translated(digest, languages.current())


def page(
    draft: OpenDraft,
    shown: ShownPage,
    *,
    sent: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
    elsewhere: Sequence[Question] = (),
) -> str:
    """One page of questions, with what was answered before, or sent just now.

    elsewhere: questions that were answered otherwise since this person saw the page.
    """
    version = in_chosen_language(draft.digest)
    first = shown.page.id
    questions, summary = [], []
    for question in shown.questions:
        name = field_name(question)
        error = (errors or {}).get(name, [""])[0]
        if error:
            summary.append((name, error))
        html = _questions_kept.of(
            draft.digest,
            version.questionnaire,
            version.questions[question.id],
            alone=len(shown.questions) == 1 and not shown.about_you,
        )
        values = sent[question.id] if sent is not None else as_sent(shown.answers.get(question.id))
        questions.append(html.fill(values, error))
    return render_template(
        "answer/page.html",
        organisation_name=draft.organisation_name,
        page=shown,
        title=version.questionnaire.title,
        language=version.questionnaire.language,
        heading=version.headings.get(first, ABOUT_YOU),
        introduction=version.introductions.get(first, ""),
        questions=questions,
        errors=summary,
        elsewhere=[
            AnswerRow(one, _in_words(version, one, shown.answers[one.id]), f"#{field_name(one)}")
            for one in (version.questions[question.id] for question in elsewhere)
        ],
        seen=shown.mark if elsewhere else request.form.get("seen", shown.mark),
        back=_back(draft, shown),
        from_check="check" in request.args,
    )


def check(draft: OpenDraft, checked: CheckPage, *, incomplete: bool = False) -> str:
    """Every answer in words, by section, each with a link to change it."""
    version = in_chosen_language(draft.digest)
    sections = [
        (
            version.headings.get(part.rows[0].question.id, ABOUT_YOU),
            [_row(draft, version, row) for row in part.rows],
        )
        for part in checked.sections
    ]
    return render_template(
        "answer/check.html",
        organisation_name=draft.organisation_name,
        language=version.questionnaire.language,
        questionnaire=version.questionnaire,
        sections=sections,
        hidden=[version.questions[question.id] for question in checked.hidden],
        unanswered=[_row(draft, version, row) for row in checked.unanswered] if incomplete else [],
        back=_last_page(draft, checked),
    )


def result(wave: str, *, digest: str, steps: str) -> str:
    """What this browser's person said, beside the five steps."""
    questionnaire = in_chosen_language(digest).questionnaire
    return render_template(
        "answer/result.html",
        language=questionnaire.language,
        wave=wave,
        questionnaire=questionnaire,
        capabilities=decode_result(questionnaire, steps).capabilities,
    )


def _row(draft: OpenDraft, version: Translated, row: CheckRow) -> AnswerRow:
    question = version.questions[row.question.id]
    href = url_for("answer.page", wave=draft.wave_slug, page_id=row.page_id, check="")
    text = _in_words(version, question, row.answer)
    return AnswerRow(question, text, f"{href}#{field_name(question)}")


def _in_words(version: Translated, question: Question, answer: Answer | None) -> str:
    opt_out = OPT_OUT if question.id in version.headings else OPT_OUT_ABOUT_YOU
    return answer_text(question, answer, version.questionnaire.scale, str(opt_out))


def _last_page(draft: OpenDraft, checked: CheckPage) -> str:
    last = checked.sections[-1].rows[-1].page_id
    return url_for("answer.page", wave=draft.wave_slug, page_id=last)


def as_sent(answer: Answer | None) -> list[str]:
    """An answer as a browser would send it."""
    if answer is None:
        return []
    if isinstance(answer, list):
        return answer or ["none"]
    return [f"{answer:.12g}" if isinstance(answer, float) else str(answer)]


def _back(draft: OpenDraft, shown: ShownPage) -> str | None:
    if "check" in request.args:
        return url_for("answer.check", wave=draft.wave_slug)
    if shown.back is None:
        return None
    return url_for("answer.page", wave=draft.wave_slug, page_id=shown.back)
