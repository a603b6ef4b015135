"""The figures of a profile as files: a page that offers them, and the files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import render_template, request

from survey import access
from survey.database import db
from survey.exchange.table_codebook import codebook
from survey.exchange.table_files import FORMATS
from survey.operations import figures_out
from survey.operations.breakdown_reporting import questions_of
from survey.operations.viewing import view_closed
from survey.web.downloads import download, made

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from flask.typing import ResponseReturnValue

    from survey.exchange.table import Table


def add_to(bp: Blueprint) -> None:
    """Give a blueprint the page, and the address of each kind of file."""
    bp.add_url_rule("/<wave>/data", "data", offered)
    bp.add_url_rule("/<wave>/data-codebook.csv", "data_codebook", described)
    for format in FORMATS:
        bp.add_url_rule(f"/<wave>/data.{format}", "data_file", file, defaults={"format": format})


@access.account
def offered(wave: str) -> ResponseReturnValue:
    """The figures as files: of the whole or of a unit, and by what people said of themselves."""
    seen = view_closed(db.session, wave, access.signed_in_account(), _unit())
    return render_template(
        "profile/data.html",
        wave=seen.wave,
        organisation=seen.organisation,
        unit=seen.unit if seen.unit.depth else None,
        has_units=len(seen.tree.below(seen.unit)) > 1,
        questions=questions_of(seen),
        formats=FORMATS,
    )


@access.account
def file(wave: str, format: str) -> Response:
    """The figures as a file of this kind."""
    table, chosen = _table(wave), FORMATS[format]
    written = made(partial(chosen.write, table))
    return download(written, f"{table.name}.{format}", chosen.mimetype)


@access.account
def described(wave: str) -> Response:
    """What each column of these files means."""
    table, chosen = codebook(_table(wave)), FORMATS["csv"]
    return download(made(partial(chosen.write, table)), f"{table.name}.csv", chosen.mimetype)


def _table(wave: str) -> Table:
    account, by = access.signed_in_account(), request.args.get("by") or None
    return figures_out.figures_table(db.session, wave, account, _unit(), by)


def _unit() -> str | None:
    return request.args.get("unit") or None
