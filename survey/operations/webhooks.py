"""Webhooks: other programs of an organisation are told that a wave opened, reached its goal or
closed, or that a report is ready. Never who, never how many, never what was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any, Final, Literal
from uuid import uuid4

from sqlalchemy.orm import Session

from survey.operations import auditing, webhook_addresses
from survey.operations.errors import NotFound, Refused
from survey.operations.webhook_addresses import Reach
from survey.operations.webhook_signing import SALT_BYTES, secret_of
from survey.storage import webhooks as stored
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave
from survey.storage.webhooks import Webhook, WebhookDelivery

EVENTS: Final[Mapping[str, str]] = {
    "wave.opened": "A wave has opened",
    "wave.goal_reached": "As many have answered as a wave’s goal says",
    "wave.closed": "A wave has closed, and its profile can be read",
    "report.ready": "A report is ready to be downloaded",
}
"""What webhooks can be told, in the words of the standard and in ours."""

TEST: Final = "test"
MOST: Final = 10
LOG_SHOWN: Final = 100
BOTH_SIGN: Final = timedelta(days=1)
"""How long a secret still signs after another has taken its place."""


def tell(
    session: Session,
    organisation_id: int,
    kind: str,
    about: Mapping[str, Any],
    *,
    now: datetime,
) -> int:
    """Write down that something happened, for every webhook that wants to know; how many do. In
    the caller's transaction: it is told if, and only if, it has happened.

    kind: of EVENTS; about: short names and titles, no person and no figure. `page` in it is a path
    on this installation, such as "/profiles/autumn".
    Raises KeyError for a kind that there is not.
    """
    _ = EVENTS[kind]
    wanted = [
        one
        for one in stored.webhooks_of(session, organisation_id)
        if one.active and kind in one.events
    ]
    if wanted:
        _write(session, wanted, kind, about, now)
    return len(wanted)


def _write(
    session: Session, told: list[Webhook], kind: str, about: Mapping[str, Any], now: datetime
) -> None:
    organisation = session.get_one(Organisation, told[0].organisation_id)
    event_id = uuid4()
    for webhook in told:
        session.add(
            WebhookDelivery(
                webhook_id=webhook.id,
                event_id=event_id,
                kind=kind,
                at=now,
                about={"organisation": organisation.slug, **about},
                next_at=now,
            )
        )
    session.flush()


def tell_of_wave(
    session: Session,
    wave: Wave,
    kind: Literal["wave.opened", "wave.goal_reached", "wave.closed"],
    *,
    now: datetime,
) -> int:
    """Write down that something happened to a wave; how many webhooks will be told."""
    organisation = session.get_one(Organisation, wave.organisation_id)
    closed = kind == "wave.closed"
    about = {
        "wave": wave.slug,
        "name": wave.name,
        "simulated": wave.simulated,
        "page": f"/profiles/{wave.slug}"
        if closed
        else f"/admin/{organisation.slug}/waves/{wave.slug}",
    }
    return tell(session, wave.organisation_id, kind, about, now=now)


def make(
    session: Session,
    organisation_id: int,
    *,
    url: str,
    events: Collection[str],
    reach: Reach,
    by: int | None,
    now: datetime,
) -> Webhook:
    """A new webhook. Its secret is `secret_now` of it.

    Raises Refused: an address where webhooks do not go, no event or an unknown one, too many.
    """
    if len(stored.webhooks_of(session, organisation_id)) >= MOST:
        raise Refused(f"An organisation has at most {MOST} webhooks.", "Remove one first.")
    made = Webhook(
        organisation_id=organisation_id,
        salt=token_bytes(SALT_BYTES),
        renewed_at=now,
        made_at=now,
        made_by=by,
    )
    _set(made, url, events, reach)
    session.add(made)
    session.flush()
    _note(session, made, "webhook.make", events=made.events)
    return made


def change(
    session: Session, webhook: Webhook, *, url: str, events: Collection[str], reach: Reach
) -> None:
    """Give a webhook another address, or other events. Raises Refused."""
    _set(webhook, url, events, reach)
    session.flush()
    _note(session, webhook, "webhook.change", events=webhook.events)


def _set(webhook: Webhook, url: str, events: Collection[str], reach: Reach) -> None:
    if not events or not set(events) <= set(EVENTS):
        raise Refused("A webhook is told of one event or more.", "Choose among those on the page.")
    webhook_addresses.check(url, reach)
    webhook.url, webhook.events = url, [kind for kind in EVENTS if kind in events]


def webhooks_of(session: Session, organisation_id: int) -> list[Webhook]:
    """The webhooks of an organisation, the oldest first."""
    return stored.webhooks_of(session, organisation_id)


def waiting(session: Session, organisation_id: int) -> dict[int, int]:
    """How many events wait to be told, by webhook; none where there are none."""
    return stored.waiting_by_webhook(session, organisation_id)


def webhook(session: Session, organisation_id: int, webhook_id: int) -> Webhook:
    """One of them. Raises NotFound, of another organisation's as of none."""
    found = session.get(Webhook, webhook_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("There is no such webhook.", "Choose one from the list.")
    return found


def log(session: Session, webhook: Webhook) -> list[WebhookDelivery]:
    """The last events that it was told, or will be, the newest first."""
    return stored.log_of(session, webhook.id, LOG_SHOWN)


def secret_now(webhook: Webhook, key: str | bytes) -> str:
    """What signs for this webhook, made of the installation's key."""
    return secret_of(key, webhook.salt)


def secrets_at(webhook: Webhook, key: str | bytes, now: datetime) -> tuple[str, ...]:
    """All that sign for it at this moment: for a day after a renewal, the secret before as well, so
    that a receiver can be given the new one without missing anything."""
    both = webhook.salt_before is not None and now < webhook.renewed_at + BOTH_SIGN
    salts = (webhook.salt, webhook.salt_before) if both else (webhook.salt,)
    return tuple(secret_of(key, salt) for salt in salts if salt is not None)


def renew_secret(session: Session, webhook: Webhook, *, now: datetime) -> None:
    """Give a webhook another secret."""
    webhook.salt_before, webhook.salt = webhook.salt, token_bytes(SALT_BYTES)
    webhook.renewed_at = now
    session.flush()
    _note(session, webhook, "webhook.renew-secret")


def pause(session: Session, webhook: Webhook) -> None:
    """Tell it nothing more: what waits goes on waiting, what happens meanwhile is never told."""
    webhook.active = False
    session.flush()
    _note(session, webhook, "webhook.pause")


def resume(session: Session, webhook: Webhook) -> None:
    """Tell it again of what happens, and of what waits."""
    webhook.active, webhook.failing_since = True, None
    session.flush()
    _note(session, webhook, "webhook.resume")


def remove(session: Session, webhook: Webhook) -> None:
    """Delete a webhook with its log."""
    _note(session, webhook, "webhook.remove")
    session.delete(webhook)
    session.flush()


def send_test(session: Session, webhook: Webhook, *, now: datetime) -> None:
    """Tell a webhook something that means nothing. Raises Refused where it is paused."""
    if not webhook.active:
        raise Refused("The webhook is paused.", "Resume it first.")
    page = f"/admin/{session.get_one(Organisation, webhook.organisation_id).slug}/webhooks"
    _write(session, [webhook], TEST, {"page": f"{page}/{webhook.id}"}, now)
    _note(session, webhook, "webhook.test")


def send_again(session: Session, webhook: Webhook, delivery_id: int, *, now: datetime) -> None:
    """Tell one event once more, from the start, with the same id. Raises NotFound; Refused where
    the webhook is paused."""
    found = session.get(WebhookDelivery, delivery_id, with_for_update=True)
    if found is None or found.webhook_id != webhook.id:
        raise NotFound("There is no such event in its log.", "Events are kept for 30 days.")
    if not webhook.active:
        raise Refused("The webhook is paused.", "Resume it first.")
    found.state, found.attempts, found.next_at = "waiting", 0, now
    session.flush()
    _note(session, webhook, "webhook.send-again", event=str(found.event_id))


def _note(session: Session, webhook: Webhook, action: str, **details: Any) -> None:
    auditing.note(session, action, f"webhook:{webhook.id}", webhook.organisation_id, **details)
