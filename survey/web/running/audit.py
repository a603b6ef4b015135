"""The audit log's page: who did what, when; searched and downloaded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request

from survey import access
from survey.database import db
from survey.operations import auditing
from survey.web.numbers import page_asked_for
from survey.web.running.files import csv_for_spreadsheets
from survey.web.running.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


WORDS: Final = {
    "action.change": "Changed an action",
    "action.plan": "Planned an action",
    "action.remove": "Removed an action",
    "agreed-step.remove": "Removed a step agreed in a workshop",
    "agreed-step.set": "Noted a step agreed in a workshop",
    "comment.clear": "Cleared a comment",
    "comment.hold": "Held a comment back",
    "account.grant": "Gave a role",
    "account.passkey-added": "Added a passkey",
    "account.passkey-removed": "Removed a passkey",
    "account.password": "Changed a password",
    "account.reset-asked": "Asked for a new password",
    "account.revoke": "Took a role away",
    "account.second-factor-off": "Turned off a second factor",
    "account.second-factor-on": "Turned on a second factor",
    "account.sign-in": "Signed in",
    "account.sign-in-refused": "Tried to sign in with a wrong password or code",
    "account.single-sign-on": "Came by single sign-on for the first time",
    "account.sign-out": "Signed an account out everywhere",
    "account.token-made": "Made a token for a program",
    "account.token-revoked": "Revoked a token of a program",
    "backup.make": "Made a backup of everything",
    "backup.restore": "Restored a backup",
    "benchmark.confirm": "Confirmed the key of another organisation",
    "benchmark.export": "Downloaded a file of figures for other organisations",
    "benchmark.import": "Took in figures of other organisations",
    "benchmark.remove": "Removed another organisation and its figures",
    "audit.export": "Downloaded the audit log",
    "invitations.links": "Saw invitation links",
    "invitations.letters": "Printed letters",
    "invitations.make": "Made invitations",
    "organisation.create": "Created the organisation",
    "organisation.logo": "Changed the logo",
    "organisation.logo-removed": "Removed the logo",
    "people.import": "Changed the staff list",
    "person.erase": "Erased a person",
    "person.show": "Looked up what is held of a person",
    "profile.publish": "Put a profile on a public page",
    "profile.share": "Made a link to a profile",
    "profile.unpublish": "Took a public page away",
    "profile.unshare": "Revoked a link to a profile",
    "questionnaire.publish": "Published a questionnaire",
    "manuscript.sign-off": "Signed a questionnaire off",
    "responses.export": "Took the responses of a wave as a file",
    "sign-off.require": "Asked for a second person to sign questionnaires off",
    "sign-off.waive": "Let questionnaires be published without a second person",
    "manuscript.delete": "Deleted a questionnaire that was being written",
    "library.change": "Changed the organisation’s own capabilities or maps",
    "library.remove": "Removed a capability or map of the organisation’s own",
    "target.set": "Set a target",
    "unit.end": "Ended a unit",
    "unit.return": "Brought a unit back",
    "units.import": "Changed units",
    "mailing.again": "Sent messages again",
    "mailing.cancel": "Took back a mailing",
    "mailing.plan": "Planned a mailing",
    "message.change": "Changed the wording of a message",
    "wave.begin-closing": "Ended a wave; who had begun may finish",
    "wave.change": "Changed what a wave is set to",
    "wave.close": "Closed a wave",
    "wave.create": "Prepared a wave",
    "wave.forget": "Deleted who was asked in a wave",
    "wave.extend": "Moved a wave’s last day",
    "wave.import": "Imported the results of an earlier survey",
    "wave.remove": "Removed imported results",
    "wave.open": "Opened a wave",
    "webhook.change": "Changed a webhook",
    "webhook.gone": "Paused a webhook whose receiver wants no more",
    "webhook.make": "Added a webhook",
    "webhook.pause": "Paused a webhook",
    "webhook.remove": "Removed a webhook",
    "webhook.renew-secret": "Renewed the secret of a webhook",
    "webhook.resume": "Resumed a webhook",
    "webhook.send-again": "Had a webhook told of an event again",
    "webhook.test": "Sent a test to a webhook",
}
MOST_EXPORTED: Final = 100_000
VIA: Final = {"command": "a command", "program": "the program"}


def add_to(bp: Blueprint) -> None:
    """Add the audit log to the blueprint of whoever runs surveys."""
    bp.add_url_rule("/<organisation>/audit", view_func=audit)
    bp.add_url_rule("/<organisation>/audit.csv", view_func=audit_file)


@access.account
def audit(organisation: str) -> ResponseReturnValue:
    """The events that match what is searched for, the newest first."""
    owner, wanted = owner_of(organisation, "administer"), _wanted()
    page = page_asked_for()
    total = auditing.how_many(db.session, owner.id, wanted)
    size = auditing.EVENTS_A_PAGE
    return render_template(
        "running/audit.html",
        organisation=owner,
        wanted=wanted,
        events=auditing.search(db.session, owner.id, wanted, first=(page - 1) * size, at_most=size),
        words=WORDS,
        via=VIA,
        total=total,
        page=page,
        pages=-(-total // size),
    )


@access.account
def audit_file(organisation: str) -> ResponseReturnValue:
    """The same events as a CSV file."""
    owner, wanted = owner_of(organisation, "administer"), _wanted()
    found = auditing.search(db.session, owner.id, wanted, at_most=MOST_EXPORTED)
    auditing.note(db.session, "audit.export", "audit", owner.id, events=len(found))
    db.session.commit()
    return Response(
        csv_for_spreadsheets(auditing.COLUMNS, map(auditing.as_row, found)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{owner.slug}-audit.csv"'},
    )


def _wanted() -> auditing.Search:
    return auditing.Search(
        text=request.args.get("search", "").strip()[:100],
        first_day=_day("from"),
        last_day=_day("to"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
