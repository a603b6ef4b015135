"""Admins connect other programs: webhooks are made, tried, watched, paused and removed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, URLField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from survey import access
from survey.database import db
from survey.operations import webhooks as operations
from survey.operations.errors import SurveyError
from survey.operations.webhook_addresses import Reach

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation
    from survey.storage.webhooks import Webhook

bp = Blueprint("connecting", __name__, url_prefix="/admin")

HOME: Final = "/<organisation>/webhooks"
ONE: Final = f"{HOME}/<int:webhook>"
KINDS: Final = {
    "wave.opened": "Wave opened",
    "wave.goal_reached": "Goal reached",
    "wave.closed": "Wave closed",
    "report.ready": "Report ready",
    "test": "Test",
}
"""What is said of each kind where there is little room."""


class WebhookForm(FlaskForm):
    """Where to, and of what."""

    url = URLField("Address", validators=[InputRequired("Enter the address that will be called.")])
    events = SelectMultipleField(
        "Tell it that",
        choices=[SelectChoice(value=kind, label=text) for kind, text in operations.EVENTS.items()],
        validators=[InputRequired("Choose one event or more.")],
    )


@bp.get(HOME)
@access.account
def webhooks(organisation: str) -> ResponseReturnValue:
    """The organisation’s webhooks, and a form to make one."""
    return _list_page(_owner(organisation), WebhookForm(formdata=None))


@bp.post(HOME)
@access.account
def make(organisation: str) -> ResponseReturnValue:
    """Make a webhook and show its secret, this once."""
    owner, form = _owner(organisation), WebhookForm()
    if not form.validate():
        return _list_page(owner, form), 422
    try:
        made = operations.make(
            db.session,
            owner.id,
            url=form.url.data.strip(),
            events=form.events.data,
            reach=_reach(),
            by=access.me().id,
            now=datetime.now(UTC),
        )
    except SurveyError as fault:
        db.session.rollback()
        form.url.errors = [f"{fault.message} {fault.what_to_do}"]
        return _list_page(owner, form), 422
    db.session.commit()
    return _one_page(owner, made, shows_secret=True)


@bp.get(ONE)
@access.account
def webhook(organisation: str, webhook: int) -> ResponseReturnValue:
    """One webhook: how it does, what it was told, and what can be done with it."""
    return _one_page(*_owned(organisation, webhook))


@bp.post(ONE)
@access.account
def change(organisation: str, webhook: int) -> ResponseReturnValue:
    """Give it another address, or other events."""
    owner, found = _owned(organisation, webhook)
    form = WebhookForm()
    if not form.validate():
        return _one_page(owner, found, form=form), 422
    try:
        operations.change(
            db.session,
            found,
            url=form.url.data.strip(),
            events=form.events.data,
            reach=_reach(),
        )
    except SurveyError as fault:
        db.session.rollback()
        form.url.errors = [f"{fault.message} {fault.what_to_do}"]
        return _one_page(owner, found, form=form), 422
    db.session.commit()
    flash("The webhook is changed.", "success")
    return _back_to(owner, found)


@bp.post(f"{ONE}/secret")
@access.account
def renew_secret(organisation: str, webhook: int) -> ResponseReturnValue:
    """Give it another secret and show that, this once."""
    owner, found = _owned(organisation, webhook)
    operations.renew_secret(db.session, found, now=datetime.now(UTC))
    db.session.commit()
    return _one_page(owner, found, shows_secret=True)


@bp.post(f"{ONE}/pause")
@access.account
def pause(organisation: str, webhook: int) -> ResponseReturnValue:
    """Tell it nothing more."""
    owner, found = _owned(organisation, webhook)
    operations.pause(db.session, found)
    db.session.commit()
    flash("The webhook is paused.", "success")
    return _back_to(owner, found)


@bp.post(f"{ONE}/resume")
@access.account
def resume(organisation: str, webhook: int) -> ResponseReturnValue:
    """Tell it again."""
    owner, found = _owned(organisation, webhook)
    operations.resume(db.session, found)
    db.session.commit()
    current_app.extensions["jobs"].wake()
    flash("The webhook is told again of what happens.", "success")
    return _back_to(owner, found)


@bp.post(f"{ONE}/remove")
@access.account
def remove(organisation: str, webhook: int) -> ResponseReturnValue:
    """Delete it with its log."""
    owner, found = _owned(organisation, webhook)
    operations.remove(db.session, found)
    db.session.commit()
    flash("The webhook is removed.", "success")
    return redirect(url_for(".webhooks", organisation=owner.slug), 303)


@bp.post(f"{ONE}/test")
@access.account
def send_test(organisation: str, webhook: int) -> ResponseReturnValue:
    """Tell it something that means nothing."""
    owner, found = _owned(organisation, webhook)
    operations.send_test(db.session, found, now=datetime.now(UTC))
    return _on_its_way(owner, found)


@bp.post(f"{ONE}/deliveries/<int:delivery>/again")
@access.account
def send_again(organisation: str, webhook: int, delivery: int) -> ResponseReturnValue:
    """Tell one event once more."""
    owner, found = _owned(organisation, webhook)
    operations.send_again(db.session, found, delivery, now=datetime.now(UTC))
    return _on_its_way(owner, found)


def _on_its_way(owner: Organisation, found: Webhook) -> ResponseReturnValue:
    db.session.commit()
    current_app.extensions["jobs"].wake()
    flash("It is on its way. Reload the page to see what became of it.", "success")
    return _back_to(owner, found)


def _owner(slug: str) -> Organisation:
    return access.organisation("administer", slug)


def _owned(organisation: str, webhook: int) -> tuple[Organisation, Webhook]:
    owner = _owner(organisation)
    with access.hidden():
        return owner, operations.webhook(db.session, owner.id, webhook)


def _reach() -> Reach:
    return Reach(private=current_app.config["WEBHOOKS_TO_PRIVATE_ADDRESSES"])


def _back_to(owner: Organisation, found: Webhook) -> ResponseReturnValue:
    return redirect(url_for(".webhook", organisation=owner.slug, webhook=found.id), 303)


def _list_page(owner: Organisation, form: WebhookForm) -> str:
    return render_template(
        "connecting/webhooks.html",
        organisation=owner,
        webhooks=operations.webhooks_of(db.session, owner.id),
        waiting=operations.waiting(db.session, owner.id),
        kinds=KINDS,
        form=form,
    )


def _one_page(
    owner: Organisation,
    found: Webhook,
    *,
    form: WebhookForm | None = None,
    shows_secret: bool = False,
) -> str:
    key = current_app.config["SECRET_KEY"]
    shown = WebhookForm(formdata=None, url=found.url, events=found.events)
    return render_template(
        "connecting/webhook.html",
        organisation=owner,
        webhook=found,
        log=operations.log(db.session, found),
        log_shown=operations.LOG_SHOWN,
        kinds=KINDS,
        form=form or shown,
        secret=operations.secret_now(found, key) if shows_secret else "",
    )
