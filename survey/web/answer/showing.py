"""What the pages that staff see are filled with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from flask import render_template, request, url_for
from flask_babel import lazy_gettext
from markupsafe import Markup

from survey.database import db
from survey.operations.answering import decode_result
from survey.operations.versions import measured, questionnaire_of
from survey.questionnaire.model import Answer, Question, Questionnaire
from survey.web import languages
from survey.web.answer.answer_text import answer_text
from survey.web.answer.foreign import in_language_marked
from survey.web.answer.frames import around, joined
from survey.web.answer.page_form import OPT_OUT, OPT_OUT_ABOUT_YOU, field_name
from survey.web.answer.rendered import QuestionsKept

if TYPE_CHECKING:
    from survey.operations.answering import CheckPage, OpenDraft, ShownPage, StartPage
    from survey.operations.submitting import CheckRow, CheckSection

Sent = Mapping[str, Sequence[str]]
"""Question id to what was sent for it, or a field's name to what is wrong with that."""

ABOUT_YOU = lazy_gettext("About you")

_ROW: Final = "answer/check_row_of_staff.html"
_SECTION: Final = "answer/check_section.html"
RESULTS_KEPT: Final = 500
"""Capabilities of which is kept what their steps say, about 5 KB each."""

_questions_kept = QuestionsKept()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question, its answer in words, and the address where it can be changed."""

    question: Question
    text: str
    href: str


@dataclass(frozen=True, slots=True, eq=False)
class Translated:
    """A version in one language, with what the pages look up in it; the questions about the
    person have no heading of the version's own. Made once and kept: it is known by its identity."""

    digest: str
    questionnaire: Questionnaire
    questions: Mapping[str, Question]
    headings: Mapping[str, str]
    introductions: Mapping[str, str]


def translated(digest: str, questionnaire: Questionnaire, language: str) -> Translated:
    """The version with this digest in a language of its own or of none."""
    said = in_language_marked(questionnaire, language)
    headings: dict[str, str] = {}
    introductions = {}
    for section in said.sections:
        headings |= {q.id: section.title for q in section.questions}
        introductions[section.questions[0].id] = section.introduction
    return Translated(digest, said, {q.id: q for q in said.questions}, headings, introductions)


@lru_cache(maxsize=64)
def _translated(digest: str, language: str) -> Translated:
    return translated(digest, questionnaire_of(db.session, digest), language)


def in_chosen_language(digest: str) -> Translated:
    """The version in the language of this page."""
    return _translated(digest, languages.current())


def page(
    draft: OpenDraft,
    shown: ShownPage,
    *,
    sent: Sent | None = None,
    errors: Sent | None = None,
    elsewhere: Sequence[Question] = (),
) -> str:
    """One page of questions, with what was answered before, or sent just now.

    elsewhere: questions that were answered otherwise since this person saw the page.
    """
    version = in_chosen_language(draft.digest)
    values = page_values(version, shown, _questions_kept, sent=sent, errors=errors)
    own = {
        "questions": values.pop("questions"),
        "seen": shown.mark if elsewhere else request.form.get("seen", shown.mark),
    }
    values |= {
        "organisation_name": draft.organisation_name,
        "back": _back(draft, shown),
        "from_check": "check" in request.args,
        "action": action(),
        "elsewhere": tuple(
            AnswerRow(one, _in_words(version, one, shown.answers[one.id]), f"#{field_name(one)}")
            for one in (version.questions[question.id] for question in elsewhere)
        ),
    }
    if errors or elsewhere:  # what was typed stands in these: they are not kept
        return render_template("answer/page.html", **values, **own)
    return around("answer/page.html", own, digest=draft.digest, **values)


def action() -> str:
    """Where the form of a page of questions is sent."""
    return f"{request.path}?check=" if "check" in request.args else request.path


def start(asked: StartPage) -> str:
    """What is said before the first question."""
    version = in_chosen_language(asked.digest)
    return around(
        "answer/start.html",
        {"action": request.path},
        organisation_name=asked.organisation_name,
        **start_values(version, asked),
    )


def start_values(version: Translated, asked: StartPage) -> dict[str, Any]:
    """What the first page is made of, whoever sees it."""
    questionnaire = version.questionnaire
    return {
        "start": asked.for_anybody,
        "language": questionnaire.language,
        "title": questionnaire.title,
        "introduction": questionnaire.introduction,
        "split": tuple(q.text for q in questionnaire.breakdowns if q.id in asked.breakdowns),
        "minutes": ceil(asked.minutes),
    }


def page_values(
    version: Translated,
    shown: ShownPage,
    kept: QuestionsKept,
    *,
    sent: Sent | None = None,
    errors: Sent | None = None,
) -> dict[str, Any]:
    """What a page of questions is made of, whoever sees it. `kept`: where its questions are kept
    once they are rendered."""
    first = shown.page.id
    questions, summary = [], []
    for question in shown.questions:
        name = field_name(question)
        error = (errors or {}).get(name, [""])[0]
        if error:
            summary.append((name, error))
        html = kept.of(
            version.digest,
            version.questionnaire,
            version.questions[question.id],
            alone=len(shown.questions) == 1 and not shown.about_you,
        )
        values = sent[question.id] if sent is not None else as_sent(shown.answers.get(question.id))
        questions.append(html.fill(values, error))
    return {
        "position": shown.position,
        "total": shown.total,
        "about_you": shown.about_you,
        "several": len(shown.questions) > 1,
        "title": version.questionnaire.title,
        "language": version.questionnaire.language,
        "heading": version.headings.get(first, ABOUT_YOU),
        "introduction": version.introductions.get(first, ""),
        "questions": joined(questions),
        "errors": tuple(summary),
    }


def check(draft: OpenDraft, checked: CheckPage, *, incomplete: bool = False) -> str:
    """Every answer in words, by section, each with a link to change it."""
    version = in_chosen_language(draft.digest)

    @cache
    def address(page_id: str) -> str:
        return url_for("answer.page", wave=draft.wave_slug, page_id=page_id, check="")

    def row(of: AnswerRow) -> Markup:
        question, own = of.question.text, {"answer": of.text}
        return around(_ROW, own, digest=draft.digest, question=question, href=of.href)

    values = check_values(version, checked, address, row, incomplete=incomplete)
    own = {"sections": values.pop("sections")}
    values |= {
        "organisation_name": draft.organisation_name,
        "back": _last_page(draft, checked),
        "action": request.path,
    }
    if values["hidden"] or values["unanswered"]:  # which ones tells what was answered
        return render_template("answer/check.html", **values, **own)
    return around("answer/check.html", own, digest=draft.digest, **values)


def check_values(
    version: Translated,
    checked: CheckPage,
    address: Callable[[str], str],
    row: Callable[[AnswerRow], Markup],
    *,
    incomplete: bool,
) -> dict[str, Any]:
    """What the page of all answers is made of. `address`: of a page on which one is changed;
    `row`: how one is shown."""

    def row_of(one: CheckRow) -> AnswerRow:
        question = version.questions[one.question.id]
        href = f"{address(one.page_id)}#{field_name(question)}"
        return AnswerRow(question, _in_words(version, question, one.answer), href)

    def section(part: CheckSection) -> Markup:
        title = version.headings.get(part.rows[0].question.id) or str(ABOUT_YOU)
        rows = joined(row(row_of(one)) for one in part.rows)
        return around(_SECTION, {"rows": rows}, digest=version.digest, title=title)

    return {
        "language": version.questionnaire.language,
        "title": version.questionnaire.title,
        "sections": joined(map(section, checked.sections)),
        "hidden": tuple(version.questions[question.id] for question in checked.hidden),
        "unanswered": tuple(map(row_of, checked.unanswered)) if incomplete else (),
    }


def result(wave: str, *, digest: str, steps: str) -> str:
    """What this browser's person said, beside the five steps."""
    version = in_chosen_language(digest)
    values = result_values(version, steps)
    own = {"capabilities": values.pop("capabilities")}
    return around("answer/result.html", own, digest=digest, **values, wave=wave)


def result_values(version: Translated, steps: str) -> dict[str, Any]:
    """What the page of the result is made of."""
    scale = version.questionnaire.scale
    return {
        "language": version.questionnaire.language,
        "title": version.questionnaire.title,
        "scale": scale,
        "capabilities": joined(
            _said_of(version, languages.of_words(), place)[own.step or 0]
            for place, own in enumerate(decode_result(version.questionnaire, steps).capabilities)
        ),
    }


@lru_cache(maxsize=RESULTS_KEPT)
def _said_of(version: Translated, _words: str, place: int) -> list[Markup]:
    """What can be said of a capability, by step, none first: all of it, so that what is kept does
    not tell which steps people are at."""
    said = version.questionnaire
    return [
        Markup(  # noqa: S704 -- rendered
            render_template(
                "answer/result_row.html",
                scale=said.scale,
                result=decode_result(said, str(step) * len(measured(said))).capabilities[place],
            )
        )
        for step in range(len(said.scale) + 1)
    ]


def _in_words(version: Translated, question: Question, answer: Answer | None) -> str:
    opt_out = OPT_OUT if question.id in version.headings else OPT_OUT_ABOUT_YOU
    return answer_text(question, answer, version.questionnaire.scale, opt_out)


def _last_page(draft: OpenDraft, checked: CheckPage) -> str:
    return url_for("answer.page", wave=draft.wave_slug, page_id=last_page(checked))


def last_page(checked: CheckPage) -> str:
    """The id of the page before the one of all answers."""
    return checked.sections[-1].rows[-1].page_id


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
