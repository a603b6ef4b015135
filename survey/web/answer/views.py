"""Staff answer: start, a page at a time, check, send, see how it compares."""

from __future__ import annotations

from random import SystemRandom
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from survey import access
from survey.database import db
from survey.operations import answering
from survey.operations.errors import AlreadyUsed, SurveyError
from survey.operations.privacy import privacy_notice
from survey.web import errors, languages
from survey.web.answer import showing
from survey.web.answer.page_form import answers_in, page_form, typed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.operations.answering import OpenDraft, StartPage

bp = Blueprint("answer", __name__)
bp.add_app_template_filter(str, "plain")


@bp.get("/invitations/<token>")
@access.public
def invitation(token: str) -> ResponseReturnValue:
    """Say who asks, who sees what, and how long it takes."""
    return _start_page(answering.start_page_of_invitation(db.session, token))


@bp.post("/invitations/<token>")
@access.public
def begin_invited(token: str) -> ResponseReturnValue:
    """Begin, or go on on any device: the same link finds the same draft."""
    key = answering.draft_key(token)
    return _begin(answering.start_page_of_invitation(db.session, token), key)


@bp.get("/surveys/<wave>")
@access.public
def open_link(wave: str) -> ResponseReturnValue:
    """The start page of a wave that anybody with its address may answer."""
    return _start_page(answering.start_page_of_open_link(db.session, wave))


@bp.post("/surveys/<wave>")
@access.public
def begin_open(wave: str) -> ResponseReturnValue:
    """Begin with a new draft that only this browser knows."""
    return _begin(answering.start_page_of_open_link(db.session, wave), answering.new_key())


@bp.route("/surveys/<wave>/questions/<path:page_id>", methods=["GET", "POST"])
@access.draft
def page(draft: OpenDraft, page_id: str) -> ResponseReturnValue:
    """Show one page, or keep what was answered and go on; in another language if that was pressed,
    with what has been typed and nothing kept. Whoever has answered it elsewhere since is told."""
    languages.choose(draft.languages)
    shown = answering.open_page(draft, page_id)
    if request.method == "GET":
        return showing.page(draft, shown)
    form = page_form(shown.questions, request.form, about_you=shown.about_you)
    if "language" in request.form:
        return showing.page(draft, shown, sent=typed_in(form))
    if not form.validate():
        return showing.page(draft, shown, sent=typed_in(form), errors=form.errors), 422
    answers, seen = answers_in(form), request.form.get("seen", shown.mark)
    if seen != shown.mark and (elsewhere := shown.kept_otherwise(answers)):
        return showing.page(draft, shown, sent=typed_in(form), elsewhere=elsewhere), 409
    onward = answering.save_page(db.session, draft, shown, answers)
    db.session.commit()
    return redirect(_address(draft.wave_slug, None if "check" in request.args else onward), 303)


@bp.get("/surveys/<wave>/check")
@access.draft
def check(draft: OpenDraft) -> ResponseReturnValue:
    """Show every answer, each with a link to change it."""
    languages.choose(draft.languages)
    return showing.check(draft, answering.check_page(draft))


@bp.post("/surveys/<wave>/check")
@access.draft
def send(draft: OpenDraft) -> ResponseReturnValue:
    """Send the answers, once however often pressed."""
    languages.choose(draft.languages)
    checked = answering.check_page(draft)
    if checked.unanswered:
        return showing.check(draft, checked, incomplete=True), 422
    submitted = answering.submit(db.session, draft)
    db.session.commit()
    session.pop("draft", None)
    steps = answering.encode_result(submitted.result)
    session["result"] = [draft.wave_slug, draft.digest, steps, *draft.languages]
    return redirect(url_for(".result", wave=draft.wave_slug), 303)


@bp.get("/surveys/<wave>/privacy")
@access.public
def privacy(wave: str) -> ResponseReturnValue:
    """Say what happens with answers and with people, from the settings of this wave."""
    notice = privacy_notice(db.session, wave)
    languages.choose(notice.languages)
    return render_template(
        "answer/privacy.html",
        notice=notice,
        questionnaire=showing.in_chosen_language(notice.digest).questionnaire,
    )


@bp.get("/surveys/<wave>/result")
@access.public
def result(wave: str) -> ResponseReturnValue:
    """Show what this browser's person said, from the browser's own cookie."""
    kept = session.get("result")
    if not kept or kept[0] != wave:
        raise AlreadyUsed("Your answers have been sent.", "There is nothing more to do. Thank you.")
    _, digest, steps, *offered = kept
    if offered:
        languages.choose(offered)
    return showing.result(wave, digest=digest, steps=steps)


@bp.post("/surveys/<wave>/result")
@access.public
def forget(wave: str) -> ResponseReturnValue:
    """Remove the result from this browser."""
    session.pop("result", None)
    return redirect(url_for(".result", wave=wave), 303)


@bp.errorhandler(access.NoDraft)
@bp.errorhandler(AlreadyUsed)
def sent_before(error: SurveyError) -> ResponseReturnValue:
    """Whoever goes back after sending sees what they said, where this browser still has it."""
    kept, wave = session.get("result"), (request.view_args or {}).get("wave")
    if kept and kept[0] == wave and request.endpoint != "answer.result":
        return redirect(url_for(".result", wave=wave), 303)
    return errors.refused(error)


def _start_page(start: StartPage) -> str:
    languages.choose(start.languages)
    return showing.start(start)


def _begin(start: StartPage, key: str) -> ResponseReturnValue:
    languages.choose(start.languages)
    draft = answering.begin(
        db.session,
        wave=start.wave,
        invitation=start.invitation,
        key=key,
        unit_id=request.form.get("unit", type=int),
        random=SystemRandom(),
    )
    db.session.commit()
    session["draft"] = [start.wave_slug, key]
    return redirect(_address(draft.wave_slug, answering.first_unanswered(draft)), 303)


def _address(wave: str, page_id: str | None) -> str:
    if page_id is None:
        return url_for(".check", wave=wave)
    return url_for(".page", wave=wave, page_id=page_id)
