"""A profile is shared: by a link that whoever has it may open for a time, or with everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from survey.maturity.profile import Measure, Shown, Withheld, group_figure, overall
from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.operations.profile import CapabilityFigure, GroupReport, Profile
from survey.operations.reporting import organisation_profile
from survey.operations.viewing import View
from survey.storage import sharing as stored
from survey.storage.accounts import Account
from survey.storage.sharing import LOWEST_PUBLIC_GROUP, PublishedProfile, SharedLink
from survey.storage.waves import Wave

DAYS: Final = (7, 30, 90)
LONGEST_NAME: Final = 100
MOST_LINKS: Final = 50
HIGHEST_GROUP: Final = 1_000


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and the token by which it is opened."""

    row: SharedLink
    token: str


def make_link(
    session: Session, seen: View, account: Account, *, name: str, days: int, now: datetime
) -> SharedLink:
    """Let whoever has the link read what is looked at.

    The caller has made sure that the account may share it. Raises Refused: the wave has not
    closed, no name, another time than those of DAYS, too many.
    """
    _check_closed(seen)
    called = name.strip()
    if not called or len(called) > LONGEST_NAME:
        raise Refused(
            f"A link needs a name of at most {LONGEST_NAME} characters.", "Say for whom it is."
        )
    if days not in DAYS:
        raise Refused(f"A link cannot last {days} days.", "Choose a time from the list.")
    if sum(one.works(now) for one in stored.links_of(session, seen.wave.id)) >= MOST_LINKS:
        raise Refused(f"A wave has at most {MOST_LINKS} links.", "Revoke one first.")
    made = SharedLink(
        id=uuid4(),
        wave_id=seen.wave.id,
        unit=seen.unit.slug if seen.unit.depth else None,
        name=called,
        account_id=account.id,
        made_at=now,
        expires_at=(now + timedelta(days=days)).replace(microsecond=0),
    )
    session.add(made)
    session.flush()
    _note(session, "profile.share", seen, link=made.id.hex)
    return made


def links(session: Session, seen: View, secret: str) -> list[Link]:
    """The links to what is looked at, or to units below it; the newest first."""
    return [Link(one, token_of(one, secret)) for one in _links(session, seen)]


def _links(session: Session, seen: View) -> list[SharedLink]:
    below = {unit.slug for unit in seen.tree.below(seen.unit)}
    return [
        one
        for one in stored.links_of(session, seen.wave.id)
        if one.unit in below or (one.unit is None and not seen.unit.depth)
    ]


def token_of(link: SharedLink, secret: str) -> str:
    """What stands in the link's address: its id and when it expires, signed (HMAC-SHA256)."""
    return str(_signer(secret).dumps([link.id.hex, int(link.expires_at.timestamp())]))


def revoke_link(session: Session, seen: View, link_id: UUID, *, now: datetime) -> None:
    """End a link to what is looked at. Doing it twice is harmless. Raises NotFound."""
    found = next((one for one in _links(session, seen) if one.id == link_id), None)
    if found is None:
        raise NotFound("There is no such link.", "Choose one from the list.")
    if found.works(now):
        found.revoked_at = now
        session.flush()
        _note(session, "profile.unshare", seen, link=link_id.hex)


def opened_link(
    session: Session, token: str, secret: str, *, now: datetime
) -> tuple[SharedLink, Wave]:
    """The link that a token opens, and its wave. Raises NotFound for one that is forged, expired
    or revoked, alike."""
    try:
        id_, expires = _signer(secret).loads(token)
        if datetime.fromtimestamp(expires, UTC) <= now:
            raise _no_link()
        found = stored.link_with_wave(session, UUID(id_))
    except (BadData, ValueError, TypeError) as fault:
        raise _no_link() from fault
    if found is None or not found[0].works(now):
        raise _no_link()
    return found


def publish(session: Session, seen: View, minimum_group: int, *, now: datetime) -> None:
    """Put the whole organisation's profile on a public page, or change the fewest people behind a
    figure there. Raises Refused: not closed, or too few people."""
    _check_closed(seen)
    lowest = lowest_public_group(seen.wave)
    if not lowest <= minimum_group <= HIGHEST_GROUP:
        raise Refused(
            f"The minimum group of a public page is from {lowest} to {HIGHEST_GROUP:,} people.",
            f"Give {lowest} or more.",
        )
    found = session.get(PublishedProfile, seen.wave.id)
    if found is None:
        session.add(PublishedProfile(wave_id=seen.wave.id, minimum_group=minimum_group, at=now))
    else:
        found.minimum_group = minimum_group
    session.flush()
    _note(session, "profile.publish", seen, minimum_group=minimum_group)


def unpublish(session: Session, seen: View) -> None:
    """Take the public page away. Doing it twice is harmless."""
    found = session.get(PublishedProfile, seen.wave.id)
    if found is not None:
        session.delete(found)
        session.flush()
        _note(session, "profile.unpublish", seen)


def lowest_public_group(wave: Wave) -> int:
    """The fewest people behind a figure that a public page of this wave may have."""
    return max(LOWEST_PUBLIC_GROUP, wave.minimum_group)


def publication(session: Session, wave: Wave) -> PublishedProfile | None:
    """How a wave is published; None where it is not."""
    return session.get(PublishedProfile, wave.id)


def published_waves(session: Session, organisation_slug: str) -> list[Wave]:
    """The waves that an organisation publishes, the newest first. Raises NotFound where it
    publishes none, as where there is no such organisation."""
    found = [wave for _, wave in stored.published(session, organisation_slug)]
    if not found:
        raise _nothing_public()
    return found


def public_profile(session: Session, organisation_slug: str, wave_slug: str) -> Profile:
    """What everybody may see of a published wave: the whole organisation's capabilities with so
    many people behind them as the publication asks for; no units, no questions, no targets.

    A part of what leads see, so nothing can be worked out of it that they could not.
    Raises NotFound.
    """
    found = (
        (publication, wave)
        for publication, wave in stored.published(session, organisation_slug)
        if wave.slug == wave_slug and wave.state == "closed"
    )
    row = next(found, None)
    if row is None:
        raise _nothing_public()
    profile = organisation_profile(session, wave_slug, None)
    groups = tuple(_public(group, row[0].minimum_group) for group in profile.groups)
    return replace(
        profile,
        groups=groups,
        overall=overall([one.measure for group in groups for one in group.capabilities]),
        responded=_enough(profile.responded, row[0].minimum_group),
        response=None,
        units=(),
        waves=(),
        breakdowns=(),
    )


def _public(group: GroupReport, minimum_group: int) -> GroupReport:
    figures = tuple(
        CapabilityFigure(one.id, one.name, _with_enough(one.measure, minimum_group), target=None)
        for one in group.capabilities
    )
    return replace(
        group, figure=group_figure([one.measure for one in figures]), capabilities=figures
    )


def _with_enough(measure: Measure, minimum_group: int) -> Measure:
    if isinstance(measure, Shown) and measure.n < minimum_group:
        return Withheld("too-few")
    return measure


def _enough(people: int | None, minimum_group: int) -> int | None:
    return people if people is not None and people >= minimum_group else None


def _check_closed(seen: View) -> None:
    if seen.wave.state != "closed":
        raise Refused("There are no figures to share yet.", "Figures come when the wave closes.")


def _note(session: Session, action: str, seen: View, **details: Any) -> None:
    auditing.note(session, action, f"wave:{seen.wave.slug}", seen.organisation.id, **details)


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="shared-profile", signer_kwargs={"digest_method": sha256})


def _no_link() -> NotFound:
    return NotFound(
        "This link does not work, or no longer.", "Ask whoever gave it to you for a new one."
    )


def _nothing_public() -> NotFound:
    return NotFound("There is no such page.", "Perhaps it is not public any more.")
