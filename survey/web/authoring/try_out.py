"""The survey inside a preview: the pages that staff see, one by one, with nothing kept.

Every page's form carries what was answered so far, so moving on is always a press of its button.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from markupsafe import Markup

from survey import access
from survey.operations import answering, trying_out
from survey.operations.errors import SurveyError
from survey.questionnaire.problems import InvalidFile
from survey.web import languages
from survey.web.answer import showing
from survey.web.answer.page_form import answers_in, page_form, typed_in
from survey.web.answer.rendered import QuestionsKept
from survey.web.authoring.carried import Trial, carried, trial_of
from survey.web.authoring.preview import in_words
from survey.web.authoring.previewed import Previewed, previewed_manuscript, previewed_version
from survey.web.headers import framed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from survey.operations.answering import OpenDraft
    from survey.operations.trying_out import OpenedPage
    from survey.questionnaire.model import Answer
    from survey.web.answer.showing import AnswerRow, Sent, Translated

bp = Blueprint("try_out", __name__)

_questions_kept = QuestionsKept(1000)


@bp.route("/<int:manuscript>/preview/survey", methods=["GET", "POST"])
@access.account
@framed
def manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The survey that is being written."""
    return _answer(previewed_manuscript(organisation, manuscript))


@bp.route("/versions/<digest>/survey", methods=["GET", "POST"])
@access.account
@framed
def version(organisation: str, digest: str) -> ResponseReturnValue:
    """The survey that was published."""
    return _answer(previewed_version(organisation, digest))


@bp.errorhandler(SurveyError)
def refused(fault: SurveyError) -> ResponseReturnValue:
    """Said inside the frame, with a way out of it."""
    return render_template("authoring/preview_lost.html", fault=fault), fault.status


@bp.errorhandler(InvalidFile)
def faulty(_fault: InvalidFile) -> ResponseReturnValue:
    """The text has got problems since the preview was opened."""
    return refused(SurveyError("There are problems to mend before this can be previewed."))


@bp.errorhandler(CSRFError)
def form_too_old(_fault: CSRFError) -> ResponseReturnValue:
    """The page has been open since another sign-in."""
    return refused(SurveyError("This page was open for too long.", "Open the preview again."))


@dataclass(frozen=True, slots=True)
class Tried:
    """A survey as it is being tried out."""

    previewed: Previewed
    trial: Trial

    @property
    def draft(self) -> OpenDraft:
        """What was answered so far, as operations know it."""
        return trying_out.begin(
            self.previewed.edition,
            self.previewed.owner.name,
            person=self.trial.person,
            answers=self.trial.answers,
            minimum_group=current_app.config["MINIMUM_GROUP"],
        )

    @property
    def version(self) -> Translated:
        """What is asked, in the language of the page."""
        return self.previewed.in_language(self.trial.language)

    def address(self, **query: str) -> str:
        """Where a press of one of its buttons leads."""
        return self.previewed.address("survey", **query)

    def with_answers(self, draft: OpenDraft) -> Tried:
        """The same with the answers of this draft."""
        return replace(self, trial=replace(self.trial, answers=draft.answers))


def _answer(previewed: Previewed) -> ResponseReturnValue:
    trial = trial_of(previewed.edition)
    with languages.words_in(trial.language):
        return _page_asked_for(Tried(previewed, trial))


def _page_asked_for(tried: Tried) -> ResponseReturnValue:
    """The page that was chosen or pressed for; else what follows the one that was sent."""
    wanted = request.values
    question = wanted.get("question", tried.previewed.edition.question_at(wanted.get("at", "")))
    if question is not None:
        return _page(tried, question)
    if wanted.get("fill") == "all":
        return _check(tried.with_answers(trying_out.filled(tried.draft, tried.trial.person)))
    if wanted.get("go") in PAGES:
        return PAGES[wanted["go"]](tried)
    sent = request.form.get("page", "start")
    if sent == "questions":
        return _sent_page(tried, request.form.get("asked", ""))
    if request.method == "GET" or not {"language", "person"}.isdisjoint(request.form):
        return PAGES.get(sent, _start)(tried)
    return FOLLOWING.get(sent, _start)(tried)


def _start(tried: Tried) -> ResponseReturnValue:
    start = trying_out.start_page(tried.draft)
    return render_template(
        "authoring/preview_start.html",
        **showing.start_values(tried.version, start),
        action=request.path,
        **_around(tried, "begin"),
    )


def _anew(tried: Tried) -> ResponseReturnValue:
    return _start(replace(tried, trial=replace(tried.trial, answers={})))


def _begun(tried: Tried) -> ResponseReturnValue:
    first = answering.first_unanswered(tried.draft)
    return _check(tried) if first is None else _page(tried, first)


def _page(
    tried: Tried, question_id: str, *, sent: Sent | None = None, errors: Sent | None = None
) -> str:
    opened = trying_out.open_at(tried.draft, question_id)
    shown, from_check = opened.shown, "check" in request.args
    back = shown.back and tried.address(question=shown.back)
    return render_template(
        "authoring/preview_page.html",
        **showing.page_values(tried.version, shown, _questions_kept, sent=sent, errors=errors),
        **_around(tried, "questions"),
        page=shown,
        action=showing.action(),
        seen=shown.mark,
        elsewhere=(),
        from_check=from_check,
        back=tried.address(go="check") if from_check else back,
        only_if=in_words(shown.questions[0].condition) if len(shown.questions) == 1 else "",
        is_asked=opened.is_asked,
        is_dealt=_is_dealt(tried.draft, opened),
    )


def _is_dealt(draft: OpenDraft, opened: OpenedPage) -> bool:
    section = opened.shown.page.section
    return section is None or not section.module or section.id in draft.modules


def _sent_page(tried: Tried, question_id: str) -> ResponseReturnValue:
    """What follows a page of questions, or the page again: filled, in another language, mended."""
    shown = trying_out.open_at(tried.draft, question_id).shown
    form = page_form(shown.questions, request.form, about_you=shown.about_you)
    if "fill" in request.form:
        made_up = trying_out.made_up(shown.questions, tried.trial.person)
        return _page(tried, question_id, sent=_as_sent(made_up))
    if not {"language", "person"}.isdisjoint(request.form):
        return _page(tried, question_id, sent=typed_in(form))
    if not form.validate():
        return _page(tried, question_id, sent=typed_in(form), errors=form.errors), 422
    draft = trying_out.answered(tried.draft, answers_in(form))
    following = None if "check" in request.args else trying_out.onward(draft, shown.page.id)
    tried = tried.with_answers(draft)
    return _check(tried) if following is None else _page(tried, following)


def _as_sent(answers: Mapping[str, Answer]) -> Sent:
    return {id_: showing.as_sent(answer) for id_, answer in answers.items()}


def _check(tried: Tried, *, incomplete: bool = False) -> str:
    checked = answering.check_page(tried.draft)

    def address(page_id: str) -> str:
        return tried.address(question=page_id, check="")

    def row(of: AnswerRow) -> Markup:
        html = render_template("authoring/preview_check_row.html", row=of, form_to_keep="send")
        return Markup(html)  # noqa: S704 -- rendered

    return render_template(
        "authoring/preview_check.html",
        **showing.check_values(tried.version, checked, address, row, incomplete=incomplete),
        **_around(tried, "send"),
        action=request.path,
        back=tried.address(question=showing.last_page(checked)),
    )


def _sent(tried: Tried) -> ResponseReturnValue:
    if answering.check_page(tried.draft).unanswered:
        return _check(tried, incomplete=True), 422
    return _result(tried)


def _result(tried: Tried) -> str:
    steps = trying_out.own_steps(tried.draft)
    return render_template(
        "authoring/preview_result.html",
        **showing.result_values(tried.version, steps),
        **_around(tried, "forget"),
    )


def _privacy(tried: Tried) -> str:
    return render_template(
        "authoring/preview_privacy.html",
        notice=trying_out.privacy_notice(tried.draft),
        language=tried.trial.language,
        questionnaire=tried.version.questionnaire,
        **_around(tried, "privacy"),
    )


def _around(tried: Tried, form: str) -> dict[str, Any]:
    """What every page has. `form`: the id of the form that carries what was answered."""
    edition, language = tried.previewed.edition, tried.trial.language
    spoken = edition.questionnaire.languages
    offered = languages.named(spoken) if len(spoken) > 1 else []
    return {
        "organisation_name": tried.previewed.owner.name,
        "form_to_keep": form,
        "carried": carried(edition, tried.trial),
        "trial": tried.trial,
        "address": tried.address,
        "languages": lambda: [(code, name, code == language) for code, name in offered],
    }


PAGES = {
    "start": _start,
    "anew": _anew,
    "check": _check,
    "result": _sent,
    "privacy": _privacy,
}
FOLLOWING = {"start": _begun, "check": _sent, "result": _anew}
