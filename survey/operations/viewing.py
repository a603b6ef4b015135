"""Which wave and unit an account looks at, and whether it may."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.operations.errors import NotFound
from survey.operations.permissions import may, units_of
from survey.operations.unit_tree import UnitNode, UnitTree, tree_from
from survey.operations.versions import spoken_questionnaire_of
from survey.questionnaire.model import Questionnaire
from survey.storage import organisations, waves
from survey.storage.accounts import Account
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

ACTION = "read-profile"


@dataclass(frozen=True, slots=True)
class View:
    """A wave as an account may see it. `unit` is what it looks at, the root for the whole;
    `waves` are all those of the organisation, the newest first."""

    wave: Wave
    organisation: Organisation
    waves: tuple[Wave, ...]
    questionnaire: Questionnaire
    tree: UnitTree
    unit: UnitNode


def view(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None = None
) -> View:
    """What this account may see of a wave, in one query.

    account: None is the command line, which may see everything. unit_slug: None means the whole
    organisation, or of it the part that the account's grant is limited to.
    Raises NotFound for what there is not and for what the account may not see, alike.
    """
    rows = waves.waves_beside(session, wave_slug)
    found = next((row for row in rows if row[0].slug == wave_slug), None)
    if found is None:
        raise _not_found()
    wave, organisation, units = found
    tree = tree_from(units or organisations.live_units(session, organisation.id))
    return View(
        wave=wave,
        organisation=organisation,
        waves=tuple(row[0] for row in rows),
        questionnaire=spoken_questionnaire_of(session, wave.version_digest),
        tree=tree,
        unit=_unit(tree, account, organisation.id, unit_slug),
    )


def view_closed(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None = None
) -> View:
    """The same of a wave that has closed. Raises NotFound also where it has not."""
    seen = view(session, wave_slug, account, unit_slug)
    if seen.wave.state != "closed":
        raise NotFound("There are no figures yet.", "Figures come when the wave closes.")
    return seen


def _unit(
    tree: UnitTree, account: Account | None, organisation_id: int, slug: str | None
) -> UnitNode:
    unit = tree.named(slug) if slug is not None else _highest(tree, account, organisation_id)
    if unit is None:
        raise _not_found()
    if account is not None and not may(account, ACTION, organisation_id, unit.path):
        raise _not_found()
    return unit


def _highest(tree: UnitTree, account: Account | None, organisation_id: int) -> UnitNode | None:
    granted = units_of(account, ACTION, organisation_id) if account is not None else None
    if granted is None:
        return tree.root
    own = [unit for unit in tree.units if unit.id in granted]
    return min(own, key=lambda unit: unit.depth, default=None)


def _not_found() -> NotFound:
    return NotFound(
        "There is no such profile, or your account may not see it.",
        "Check the address, or ask an administrator for access.",
    )
