"""The history of a text; any two texts side by side; an earlier one brought back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request

from survey import access
from survey.database import db
from survey.operations import comparing, own_library, publishing, writing
from survey.web.authoring.differences import differences
from survey.web.authoring.owned import address, owned, owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.operations.comparing import KeptText


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/<int:manuscript>/history"
    bp.add_url_rule("/compare", view_func=compare_texts)
    bp.add_url_rule(start, view_func=history)
    bp.add_url_rule(f"{start}/<int:revision>", view_func=earlier)
    bp.add_url_rule(f"{start}/<int:revision>/restore", view_func=restore, methods=["POST"])


@access.account
def history(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Every text that was kept, and every version that was published."""
    owner, found = owned(organisation, manuscript)
    return render_template(
        "authoring/history.html",
        organisation=owner,
        manuscript=found,
        savings=writing.history(db.session, found),
        publications=publishing.publications(db.session, owner.id)
        if found.kind == "questionnaire"
        else (),
    )


@access.account
def earlier(organisation: str, manuscript: int, revision: int) -> ResponseReturnValue:
    """One of these texts, and what has changed since."""
    owner, found = owned(organisation, manuscript)
    kept = writing.saving(db.session, found, revision)
    return render_template(
        "authoring/earlier.html",
        organisation=owner,
        manuscript=found,
        kept=kept,
        lines=differences(kept.source, found.source),
    )


@access.account
def restore(organisation: str, manuscript: int, revision: int) -> ResponseReturnValue:
    """Make an earlier text the present one."""
    owner, found = owned(organisation, manuscript)
    now = datetime.now(UTC)
    writing.restore(db.session, found, revision, by=access.me().id, now=now)
    db.session.commit()
    flash("The earlier text is back. What was there until now stays in the history.", "success")
    return redirect(address(owner, found), 303)


@access.account
def compare_texts(organisation: str) -> ResponseReturnValue:
    """What changed between two texts, question by question, and what stays comparable."""
    owner = owner_of(organisation)
    found = comparing.compared_texts(
        db.session,
        owner.id,
        request.args.get("old", ""),
        request.args.get("new", ""),
        own_library.library_of(db.session, owner.id),
    )
    return render_template(
        "authoring/compare.html",
        organisation=owner,
        old=found.old,
        new=found.new,
        changes=found.changes,
        wordings=[_wordings(found.old), _wordings(found.new)],
        consequences=comparing.consequences(found.changes or ()),
        lines=differences(found.old.source, found.new.source),
    )


def _wordings(text: KeptText) -> dict[str, str]:
    """What each question asks, by its id."""
    return {one.id: one.text for one in text.questionnaire.questions} if text.questionnaire else {}
