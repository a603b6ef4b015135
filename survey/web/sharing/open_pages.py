"""Profiles that people without an account read: by a link that was given to them, or in public."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, make_response, render_template, url_for

from survey import access
from survey.charts import pictures
from survey.charts.ladder import Ladder
from survey.charts.placing import Row
from survey.charts.steps import Columns
from survey.database import db
from survey.findings import order, sentences, words
from survey.maturity.profile import Shown
from survey.operations import sharing
from survey.operations.errors import NotFound
from survey.operations.reporting import change_report, organisation_profile
from survey.web.headers import framed_anywhere
from survey.web.profile.images import as_image

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from flask.typing import ResponseReturnValue

    from survey.charts.chart import Chart
    from survey.operations.profile import ChangeReport, Profile

bp = Blueprint("open_pages", __name__)
FIVE_MINUTES = "public, max-age=300"


@bp.context_processor
def in_words() -> dict[str, Any]:
    """What templates need to say a figure."""
    return {
        "words": words,
        "sentences": sentences,
        "is_shown": lambda measure: isinstance(measure, Shown),
    }


@bp.get("/shared/<token>")
@access.public
def by_link(token: str) -> ResponseReturnValue:
    """What a link shows: the profile of the whole, or of a unit."""
    profile, expires = _shared(token)
    return render_template(
        "sharing/by_link.html",
        profile=profile,
        expires=expires,
        stand_outs=order.stand_outs(profile.groups),
        blocks=order.blocks(profile.groups, order.IN_MAP_ORDER),
        charts=pictures.of_profile(profile, order.IN_MAP_ORDER),
        changes=_changes(profile),
        address=partial(url_for, "open_pages.chart_by_link", token=token),
    )


@bp.get("/shared/<token>/charts/<name>.svg")
@access.public
def chart_by_link(token: str, name: str) -> ResponseReturnValue:
    """A chart of it."""
    profile, _ = _shared(token)
    return _drawn(pictures.of_profile(profile, order.IN_MAP_ORDER), name)


@bp.get("/public/<organisation>/")
@access.public
def published(organisation: str) -> ResponseReturnValue:
    """The profiles that an organisation publishes."""
    waves = sharing.published_waves(db.session, organisation)
    first = sharing.public_profile(db.session, organisation, waves[0].slug)
    page = render_template(
        "sharing/published.html", organisation=first.organisation, waves=waves, newest=first
    )
    return _for_everybody(page)


@bp.get("/public/<organisation>/<wave>")
@access.public
def public(organisation: str, wave: str) -> ResponseReturnValue:
    """One of them."""
    return _public_page("sharing/public.html", organisation, wave)


@bp.get("/public/<organisation>/<wave>/embed")
@access.public
@framed_anywhere
def embed(organisation: str, wave: str) -> ResponseReturnValue:
    """The same to stand in a page of another site."""
    return _public_page("sharing/embed.html", organisation, wave)


@bp.get("/public/<organisation>/<wave>/charts/<name>.svg")
@access.public
def public_chart(organisation: str, wave: str, name: str) -> ResponseReturnValue:
    """A chart of it."""
    profile = sharing.public_profile(db.session, organisation, wave)
    response = _drawn(_public_charts(profile), name)
    response.headers["Cache-Control"] = FIVE_MINUTES
    return response


def _shared(token: str) -> tuple[Profile, datetime]:
    secret, now = current_app.config["SECRET_KEY"], datetime.now(UTC)
    link, wave = sharing.opened_link(db.session, token, secret, now=now)
    return organisation_profile(db.session, wave.slug, None, link.unit), link.expires_at


def _changes(profile: Profile) -> ChangeReport | None:
    if not profile.has_past:
        return None
    unit = profile.unit.slug if profile.unit else None
    return change_report(db.session, profile.wave.slug, None, unit)


def _public_page(template: str, organisation: str, wave: str) -> Response:
    profile = sharing.public_profile(db.session, organisation, wave)
    publication = sharing.publication(db.session, profile.wave)
    page = render_template(
        template,
        profile=profile,
        minimum_group=publication.minimum_group if publication else profile.threshold,
        charts=_public_charts(profile),
        address=partial(url_for, "open_pages.public_chart", organisation=organisation, wave=wave),
    )
    return _for_everybody(page)


def _public_charts(profile: Profile) -> dict[str, Chart]:
    """How many capabilities are at each step, and each of them on its step. Not how many people
    chose what: a few of a kind could be known to a neighbour."""
    charts: dict[str, Chart] = {}
    if any(profile.overall):
        title = "Capabilities at each step"
        charts["steps"] = Columns(title, profile.overall, profile.scale, pictures.CAPABILITIES)
    for number, group in enumerate(profile.groups, start=1):
        rows = tuple(Row(one.name, one.measure) for one in group.capabilities)
        charts[f"ladder.{number}"] = Ladder(group.title, rows, profile.scale)
    return charts


def _drawn(charts: Mapping[str, Chart], name: str) -> Response:
    if name not in charts:
        raise NotFound("There is no such chart.")
    return as_image(charts[name])


def _for_everybody(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = FIVE_MINUTES
    return response
