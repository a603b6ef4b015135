"""Other organisations to compare with: give them figures, take theirs in, make sure whose they
are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from survey import access
from survey.database import db
from survey.operations import benchmark_exporting, benchmark_importing
from survey.operations.benchmark_file import MAX_BYTES
from survey.operations.benchmark_importing import FileProblem, InvalidFiles
from survey.web.running.forms import BenchmarksForm
from survey.web.running.owned import owned_wave, owner_of, secret

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.operations.benchmark_importing import Taken
    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/benchmark"
    for rule, view, methods in (
        (start, benchmark, ["GET"]),
        (start, import_benchmarks, ["POST"]),
        (f"{start}/<fingerprint>/confirm", confirm_benchmark, ["POST"]),
        (f"{start}/<fingerprint>/remove", remove_benchmark, ["POST"]),
        ("/<organisation>/waves/<wave>/benchmark", export_benchmark, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def benchmark(organisation: str) -> ResponseReturnValue:
    """Whose figures are in, and a form to take in more."""
    return _page(owner_of(organisation, "administer"), BenchmarksForm(formdata=None))


def _page(owner: Organisation, form: BenchmarksForm, problems: tuple[FileProblem, ...] = ()) -> str:
    neighbours = benchmark_importing.neighbours(db.session, owner.id)
    return render_template(
        "running/benchmark.html",
        organisation=owner,
        confirmed=[one for one in neighbours if one.source.confirmed_at],
        unconfirmed=[one for one in neighbours if not one.source.confirmed_at],
        own_fingerprint=benchmark_exporting.own_fingerprint(db.session, owner.id),
        month=_month,
        form=form,
        problems=problems,
    )


def _month(year: int, month: int) -> str:
    return f"{date(year, month, 1):%B %Y}"


@access.account
def import_benchmarks(organisation: str) -> ResponseReturnValue:
    """Take files in, all or none."""
    owner, form = owner_of(organisation, "administer"), BenchmarksForm()
    if not form.validate():
        return _page(owner, form), 422
    files = [(file.filename or "file", file.read(MAX_BYTES + 1)) for file in form.files.data]
    try:
        taken = benchmark_importing.take_in(db.session, owner, files)
    except InvalidFiles as fault:
        db.session.rollback()
        return _page(owner, BenchmarksForm(formdata=None), fault.problems), 422
    db.session.commit()
    flash(_said(taken), "success")
    return redirect(url_for(".benchmark", organisation=owner.slug), 303)


def _said(taken: Taken) -> str:
    if not taken.added and not taken.changed:
        return "Nothing changed: these files were in."
    said = f"{taken.added + taken.changed} taken in."
    return f"{said} Make sure of the keys that are new." if taken.unconfirmed else said


@access.account
def confirm_benchmark(organisation: str, fingerprint: str) -> ResponseReturnValue:
    """Let an organisation count whose key somebody has made sure of."""
    owner = owner_of(organisation, "administer")
    found = benchmark_importing.confirm(db.session, owner, fingerprint, now=datetime.now(UTC))
    db.session.commit()
    flash(f"{found.name} counts.", "success")
    return redirect(url_for(".benchmark", organisation=owner.slug), 303)


@access.account
def remove_benchmark(organisation: str, fingerprint: str) -> ResponseReturnValue:
    """Forget an organisation, its figures and its key."""
    owner = owner_of(organisation, "administer")
    found = benchmark_importing.remove(db.session, owner, fingerprint)
    db.session.commit()
    flash(f"{found.name} is removed.", "success")
    return redirect(url_for(".benchmark", organisation=owner.slug), 303)


@access.account
def export_benchmark(organisation: str, wave: str) -> ResponseReturnValue:
    """The signed file of a closed wave, for other organisations."""
    owner, found = owned_wave(organisation, wave)
    access.require("administer", owner)
    file = benchmark_exporting.export(db.session, found.slug, secret=secret())
    db.session.commit()
    named = f'attachment; filename="{found.slug}-benchmark.json"'
    return Response(file, mimetype="application/json", headers={"Content-Disposition": named})
