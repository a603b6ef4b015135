"""Paper for people whom no e-mail reaches: letters by unit, and a poster for an open address."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template, request, url_for

from survey import access
from survey.database import db
from survey.operations import letters as printed
from survey.operations.errors import NotFound
from survey.web.qr_code import qr_code
from survey.web.running.owned import owned_wave, secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from survey.operations.letters import PrintedLetter
    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/waves/<wave>"
    bp.add_url_rule(f"{start}/letters", view_func=letters)
    bp.add_url_rule(f"{start}/letters/<unit>", view_func=letters_of_unit)
    bp.add_url_rule(f"{start}/poster", view_func=poster)


@access.account
def letters(organisation: str, wave: str) -> ResponseReturnValue:
    """The units with the number of letters that each needs."""
    owner, found = owned_wave(organisation, wave)
    everybody = "everybody" in request.args
    return render_template(
        "running/letters.html",
        organisation=owner,
        wave=found,
        everybody=everybody,
        units=[
            (unit, needed, ceil(needed / printed.MOST_LETTERS))
            for unit in printed.letters_by_unit(db.session, found)
            if (needed := unit.people if everybody else unit.without_email)
        ],
    )


@access.account
def letters_of_unit(organisation: str, wave: str, unit: str) -> ResponseReturnValue:
    """The letters of a unit, each a sheet of its own when printed."""
    owner, found = owned_wave(organisation, wave)
    part = request.args.get("part", 1, type=int)
    made = printed.letters(
        db.session,
        found,
        unit,
        everybody="everybody" in request.args,
        part=part,
        secret=secret(),
        base_url=current_app.config["BASE_URL"],
    )
    if not made:
        raise NotFound("There are no letters to print here.", "Choose a unit in the list.")
    db.session.commit()  # that they were printed is in the audit log
    return _sheets(owner, found, f"Letters: {made[0].unit}", made, back="running.letters")


@access.account
def poster(organisation: str, wave: str) -> ResponseReturnValue:
    """A poster with the address at which anybody may answer."""
    owner, found = owned_wave(organisation, wave)
    link = f"{current_app.config['BASE_URL']}{url_for('answer.open_link', wave=found.slug)}"
    made = printed.poster(db.session, found, link=link)
    return _sheets(owner, found, "Poster", [made], back="running.wave")


def _sheets(
    owner: Organisation, found: Wave, title: str, made: Sequence[PrintedLetter], *, back: str
) -> str:
    return render_template(
        "running/sheets.html",
        organisation=owner,
        wave=found,
        title=title,
        sheets=[(sheet, qr_code(sheet.link)) for sheet in made],
        back_to=back,
    )
