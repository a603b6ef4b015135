"""What of the library is an organisation's own: capabilities and maps added, or adapted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import own_library as own
from survey.operations import writing
from survey.operations.errors import NotFound, Refused
from survey.operations.shipped import files, library
from survey.web.authoring.blank import BLANK_CAPABILITY, BLANK_MAP
from survey.web.authoring.differences import differences
from survey.web.authoring.forms import AdaptForm
from survey.web.authoring.owned import address, owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation

BLANKS: Final = {"capability": BLANK_CAPABILITY, "framework": BLANK_MAP}


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/library"
    part = f"{start}/<path:path>"
    bp.add_url_rule(start, view_func=own_library)
    bp.add_url_rule(f"{start}/new/<kind>", view_func=new_part, methods=["POST"])
    bp.add_url_rule(f"{start}/adapt", view_func=adapt, methods=["POST"])
    bp.add_url_rule(part, view_func=own_part)
    bp.add_url_rule(f"{part}/edit", view_func=edit_part, methods=["POST"])
    bp.add_url_rule(f"{part}/keep", view_func=keep_part, methods=["POST"])
    bp.add_url_rule(f"{part}/leave", view_func=leave_part, methods=["POST"])


@access.account
def own_library(organisation: str) -> ResponseReturnValue:
    """The organisation's own parts, what is being written of them, and how to add one."""
    owner = owner_of(organisation)
    return _page(owner, _adapt_form())


@access.account
def new_part(organisation: str, kind: str) -> ResponseReturnValue:
    """Begin a capability or a map."""
    owner = owner_of(organisation)
    if kind not in BLANKS:
        raise NotFound("There is no such kind of file.")
    return _begun(owner, BLANKS[kind], kind)


@access.account
def adapt(organisation: str) -> ResponseReturnValue:
    """Begin with a shipped capability or map, to change it for this organisation."""
    owner = owner_of(organisation)
    form = _adapt_form()
    if not form.validate():
        return _page(owner, form), 422
    path = form.part.data
    return _begun(owner, files()[path], own.kind_of(path))


@access.account
def own_part(organisation: str, path: str) -> ResponseReturnValue:
    """One part: how it differs from what is shipped, and what has changed in that since."""
    owner = owner_of(organisation)
    part = own.part(db.session, owner.id, path)
    return render_template(
        "authoring/own_part.html",
        organisation=owner,
        part=part,
        news=differences(part.basis or "", part.shipped or "") if part.is_behind else (),
        lines=differences(part.shipped, part.source) if part.shipped else (),
    )


@access.account
def edit_part(organisation: str, path: str) -> ResponseReturnValue:
    """Begin a manuscript of a part."""
    owner = owner_of(organisation)
    part = own.part(db.session, owner.id, path)
    return _begun(owner, part.source, part.kind)


@access.account
def keep_part(organisation: str, path: str) -> ResponseReturnValue:
    """Note that what is shipped now was looked at, and the adaptation stays."""
    owner = owner_of(organisation)
    own.accept_shipped(db.session, owner.id, path, now=datetime.now(UTC))
    db.session.commit()
    flash("Your text stays as it is.")
    return redirect(_address(owner, path), 303)


@access.account
def leave_part(organisation: str, path: str) -> ResponseReturnValue:
    """Take a part out of the organisation's library."""
    owner = owner_of(organisation)
    try:
        own.leave(db.session, owner.id, path)
    except Refused as fault:
        flash(f"{fault.message} {fault.what_to_do}")
        return redirect(_address(owner, path), 303)
    db.session.commit()
    flash("It is taken out. What was published with it stays as it was.")
    return redirect(url_for("authoring.own_library", organisation=owner.slug), 303)


def _address(owner: Organisation, path: str) -> str:
    return url_for("authoring.own_part", organisation=owner.slug, path=path)


def _begun(owner: Organisation, source: str, kind: str) -> ResponseReturnValue:
    by, now = access.me().id, datetime.now(UTC)
    made = writing.begin(db.session, owner.id, source, by=by, now=now, kind=kind)
    db.session.commit()
    return redirect(address(owner, made), 303)


def _adapt_form() -> AdaptForm:
    form = AdaptForm(formdata=request.form if request.method == "POST" else None)
    shipped = library()
    form.part.choices = [
        SelectChoice(value=own.place_of("framework", one.id), label=f"Map: {one.title}")
        for one in shipped.frameworks.values()
    ] + [
        SelectChoice(value=own.place_of("capability", one.id), label=one.name)
        for one in sorted(shipped.capabilities.values(), key=lambda one: one.name)
    ]
    return form


def _page(owner: Organisation, form: AdaptForm) -> str:
    return render_template(
        "authoring/own_library.html",
        organisation=owner,
        parts=own.parts(db.session, owner.id),
        manuscripts=writing.manuscripts(db.session, owner.id, *BLANKS),
        form=form,
    )
