"""What is written to people: the wording, and when reminders go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from survey import access
from survey.database import db
from survey.jobs import sender
from survey.operations import mailing, message_texts
from survey.operations.delivering import Letter, ServerDown, TryLater, Undeliverable, Unsure
from survey.operations.errors import NotFound, SurveyError
from survey.operations.languages import language_name
from survey.operations.message_texts import KINDS, PLACEHOLDERS, Kind, Wording, Written
from survey.operations.message_values import values_of, with_link
from survey.web.running.forms import ConfirmForm
from survey.web.running.owned import address, owned_wave, sends_mail
from survey.web.running.wave_forms import MessageForm, ReminderForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave

SAMPLE_TOKEN = "your-own-link"  # noqa: S105 -- stands for one in previews


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/waves/<wave>"
    for rule, view, methods in (
        (f"{start}/messages", messages, ["GET"]),
        (f"{start}/messages/<kind>/<language>", message, ["GET", "POST"]),
        (f"{start}/messages/<kind>/test", try_message, ["POST"]),
        (f"{start}/remind", remind, ["POST"]),
        (f"{start}/reminders", plan_reminder, ["POST"]),
        (f"{start}/mailings/<int:number>/cancel", cancel, ["POST"]),
        (f"{start}/mailings/<int:number>/again", send_again, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def messages(organisation: str, wave: str) -> ResponseReturnValue:
    """Every message as it will be sent, and the reminders that are planned."""
    owner, found = owned_wave(organisation, wave)
    return _messages_page(owner, found, ReminderForm(formdata=None))


def _messages_page(owner: Organisation, found: Wave, form: ReminderForm) -> str:
    return render_template(
        "running/messages.html",
        organisation=owner,
        wave=found,
        previews=[
            (kind, _written(owner, found, kind))
            for kind in KINDS
            if kind != "poster" or found.open_link
        ],
        language_name=language_name,
        mailings=mailing.mailings(db.session, found.id),
        sends_mail=sends_mail(),
        to=access.me().email,
        form=form,
        confirm=ConfirmForm(),
    )


def _written(owner: Organisation, found: Wave, kind: Kind) -> Written:
    texts = message_texts.wordings(db.session, found.id, kind, found.languages)
    return message_texts.write(texts, _values(owner, found, texts))


def _values(owner: Organisation, found: Wave, languages: Any) -> dict[str, dict[str, str]]:
    link = f"{current_app.config['BASE_URL']}/invitations/{SAMPLE_TOKEN}"
    return with_link(values_of(db.session, found, owner, languages), link, found.languages[0])


@access.account
def message(organisation: str, wave: str, kind: str, language: str) -> ResponseReturnValue:
    """Change the wording of one message in one language, with a preview."""
    owner, found = owned_wave(organisation, wave)
    which = _kind(kind)
    if language not in found.languages:
        raise NotFound("The wave is not asked in this language.")
    now = message_texts.wordings(db.session, found.id, which, [language])[language]
    form = MessageForm(data=None if request.form else {"subject": now.subject, "text": now.text})
    shown = now
    if "usual" in request.form:
        message_texts.restore_usual(db.session, found, which, language)
        db.session.commit()
        flash("The usual wording is back.", "success")
        return redirect(request.path, 303)
    if form.validate_on_submit():
        text = form.text.data.replace("\r\n", "\n")
        shown = Wording(form.subject.data, text)
        try:
            message_texts.check_wording(shown.subject, shown.text)
        except SurveyError as fault:
            form.text.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            if "look" not in request.form:
                message_texts.save_wording(
                    db.session, found, which, language, shown.subject, shown.text
                )
                db.session.commit()
                flash("The message is saved.", "success")
                return redirect(address(owner, found, "running.messages"), 303)
    page = render_template(
        "running/message.html",
        organisation=owner,
        wave=found,
        kind=which,
        spoken=language_name(language),
        form=form,
        placeholders=PLACEHOLDERS,
        preview=message_texts.write({language: shown}, _values(owner, found, [language])),
    )
    return page, 422 if form.errors else 200


def _kind(kind: str) -> Kind:
    for known in KINDS:
        if kind == known:
            return known
    raise NotFound("There is no such message.")


@access.account
def try_message(organisation: str, wave: str, kind: str) -> ResponseReturnValue:
    """Send the message to oneself, with a link that leads nowhere."""
    owner, found = owned_wave(organisation, wave)
    if kind not in ("invitation", "reminder"):
        raise NotFound("Only what is mailed can be tried by mail.")
    written, post_office = _written(owner, found, _kind(kind)), sender(current_app.config)
    if post_office is None:
        flash("No mail is set up, so nothing was sent.", "important")
        return redirect(address(owner, found, "running.messages"), 303)
    id_ = f"test-{datetime.now(UTC).timestamp():.0f}"
    letter = Letter(
        id_, access.me().email, written.subject, written.text, owner.name, found.contact
    )
    try:
        post_office.send(letter)
    except (Undeliverable, TryLater, Unsure, ServerDown) as fault:
        flash(f"The test message was not sent. {fault}", "important")
    else:
        flash(f"A test message is on its way to {letter.to}.", "success")
    finally:
        post_office.close()
    return redirect(address(owner, found, "running.messages"), 303)


@access.account
def remind(organisation: str, wave: str) -> ResponseReturnValue:
    """Remind those who have not answered, now."""
    owner, found = owned_wave(organisation, wave)
    return _plan(owner, found, datetime.now(UTC), "running.wave", "A reminder is on its way.")


@access.account
def plan_reminder(organisation: str, wave: str) -> ResponseReturnValue:
    """Plan a reminder for a day to come."""
    owner, found = owned_wave(organisation, wave)
    form = ReminderForm()
    if not form.validate_on_submit():
        return _messages_page(owner, found, form), 422
    return _plan(owner, found, form.due_at, "running.messages", "The reminder is planned.")


def _plan(
    owner: Organisation, found: Wave, due_at: datetime, back: str, said: str
) -> ResponseReturnValue:
    try:
        mailing.plan(db.session, found, "reminder", due_at=due_at)
    except SurveyError as fault:
        db.session.rollback()
        flash(f"{fault.message} {fault.what_to_do}", "important")
    else:
        db.session.commit()
        current_app.extensions["jobs"].wake()
        flash(said, "success")
    return redirect(url_for(back, organisation=owner.slug, wave=found.slug), 303)


@access.account
def cancel(organisation: str, wave: str, number: int) -> ResponseReturnValue:
    """Take back a mailing that has not begun."""
    owner, found = owned_wave(organisation, wave)
    mailing.cancel(db.session, found, number)
    db.session.commit()
    flash("It is taken back.", "success")
    return redirect(address(owner, found, "running.messages"), 303)


@access.account
def send_again(organisation: str, wave: str, number: int) -> ResponseReturnValue:
    """Let what failed, or may not have arrived, go once more."""
    owner, found = owned_wave(organisation, wave)
    again = mailing.send_again(db.session, found, number, now=datetime.now(UTC))
    db.session.commit()
    current_app.extensions["jobs"].wake()
    flash(f"{again:,} messages go once more.", "success")
    return redirect(address(owner, found), 303)
