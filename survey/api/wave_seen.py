"""The wave of an address, for whoever may see it, or run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import access
from survey.api.tokens import organisation_of
from survey.database import db
from survey.operations import permissions, running, viewing
from survey.operations.errors import NotFound
from survey.operations.slugs import is_slug

if TYPE_CHECKING:
    from survey.operations.viewing import View
    from survey.storage.accounts import Account
    from survey.storage.waves import Wave


def wave_seen(asking: Account, organisation: str, wave: str, unit: str | None = None) -> View:
    """What the account may see of a wave: of a unit, or of the highest that it may see.

    Raises NotFound, of another's as of none.
    """
    seen = viewing.view(db.session, _slug(wave), asking, unit)
    if seen.organisation.slug != organisation:
        raise permissions.no_such_page()
    return seen


def opened_wave_seen(
    asking: Account, organisation: str, wave: str, unit: str | None = None
) -> View:
    """The same of a wave that has opened. Raises NotFound also where it has not."""
    seen = wave_seen(asking, organisation, wave, unit)
    if seen.wave.state == "prepared":
        raise NotFound("Nobody has been asked yet.", "Look again once the wave has opened.")
    return seen


def closed_wave_seen(
    asking: Account, organisation: str, wave: str, unit: str | None = None
) -> View:
    """The same of a wave that has closed. Raises NotFound also where it has not."""
    seen = wave_seen(asking, organisation, wave, unit)
    if seen.wave.state != "closed":
        raise NotFound("There are no figures yet.", "Figures come when the wave closes.")
    return seen


def wave_to_run(asking: Account, organisation: str, wave: str) -> Wave:
    """A wave that the account may run. Raises NotFound, of another's as of none."""
    owner = organisation_of(asking, organisation, "run-wave")
    with access.hidden():
        found = running.wave(db.session, _slug(wave))
    if found.organisation_id != owner.id:
        raise permissions.no_such_page()
    return found


def share(invited: int | None, responded: int | None) -> float | None:
    """The share who have answered, from 0 to 1; None where that cannot be said, or more came by an
    open link than were asked."""
    if not invited or responded is None or responded > invited:
        return None
    return responded / invited


def _slug(wave: str) -> str:
    if not is_slug(wave):
        raise permissions.no_such_page()
    return wave
