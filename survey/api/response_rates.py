"""How many have answered a wave, by unit. Never who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Range

from survey.api import pages
from survey.api.conditions import unless_same
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_A_WAVE, Resource
from survey.api.tokens import token
from survey.api.wave_schemas import ResponseRateSchema
from survey.api.wave_seen import opened_wave_seen, share
from survey.database import db
from survey.operations import participating, reporting
from survey.operations.api_tokens import READ_WAVES

if TYPE_CHECKING:
    from survey.operations.unit_tree import UnitNode
    from survey.operations.viewing import View
    from survey.storage.accounts import Account

Answered = dict[str, tuple[int | None, float | None]]

bp = Resource(
    "response-rates",
    __name__,
    under=f"{OF_A_WAVE}/response-rates",
    description="How many of those who are asked have answered, by unit; never who. It is withheld "
    "of units with fewer people than the wave’s threshold, and where it would reveal another’s.",
)


class RatePageSchema(PageSchema):
    """Of which units the response rates are listed."""

    unit = fields.String(
        load_default=None,
        metadata={
            "description": "The short name of a unit: of that, and of those below it. Without it, "
            "of all that the account may see."
        },
    )
    levels = fields.Integer(
        load_default=None,
        validate=Range(0, 100),
        metadata={"description": "How many levels below the first unit; all, if nothing is said."},
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """How many have answered in a unit with all below it."""

    unit: str
    name: str
    depth: int
    above: str | None
    invited: int | None
    responded: int | None
    rate_before: float | None

    @property
    def rate(self) -> float | None:
        """The share who have answered."""
        return share(self.invited, self.responded)

    @property
    def withheld(self) -> bool:
        """Whether it may not be said how many have answered."""
        return self.responded is None


@bp.get("")
@token(READ_WAVES)
@unless_same
@bp.arguments(RatePageSchema, location="query")
@bp.response(200, ResponseRateSchema(many=True), headers=pages.HEADERS)
def list_response_rates(
    asking: Account, page: Page, organisation: str, wave: str
) -> tuple[list[Rate], dict[str, str]]:
    """List the response rates in the order of the tree: each unit before those in it."""
    seen = opened_wave_seen(asking, organisation, wave, page.wanted["unit"])
    levels = page.wanted["levels"]
    units = [
        unit
        for unit in seen.tree.below(seen.unit)
        if levels is None or unit.depth <= seen.unit.depth + levels
    ]
    answered = _answered(seen)
    rates = [_rate(seen, unit, answered) for unit in page.of(units)]
    return rates, pages.headers_of(page, len(units))


def _answered(seen: View) -> Answered:
    """How many have answered in each unit, and the share who did in the wave before, by the unit's
    short name: of a wave that has closed as its profile says it."""
    if seen.wave.state == "closed":
        profile = reporting.profile_of(db.session, seen)
        below: Answered = {one.slug: (one.responded, None) for one in profile.units}
        return below | {seen.unit.slug: (profile.responded, None)}
    found = participating.participation(db.session, seen.wave, seen.tree)
    found = participating.with_rates_before(db.session, seen.wave, found)
    return {one.unit.slug: (one.responded, one.rate_before) for one in found.by_unit}


def _rate(seen: View, unit: UnitNode, answered: Answered) -> Rate:
    responded, rate_before = answered[unit.slug]
    return Rate(
        unit=unit.slug,
        name=unit.name,
        depth=unit.depth,
        above=None if unit.id == seen.unit.id else seen.tree.units[unit.parent].slug,
        invited=None if seen.wave.imported else unit.invited,
        responded=responded,
        rate_before=rate_before,
    )
