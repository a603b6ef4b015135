"""Where other programs are told what happened, and what they were told."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model, rows_changed

STATES: Final = ("waiting", "delivered", "given-up")


class Webhook(Model):
    """An address that is told of some kinds of event, by name.

    `salt`: what its signing secret is made of, together with the installation's key, so that the
    secret itself stands nowhere; `salt_before`: that of the secret before, which still signs for a
    while after `renewed_at`. `failing_since`: the first attempt that failed since one did not.
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    events: Mapped[list[Any]]
    salt: Mapped[bytes]
    salt_before: Mapped[bytes | None]
    renewed_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None]
    failing_since: Mapped[datetime | None]


class WebhookDelivery(Model):
    """One event on its way to one webhook, or what became of it.

    Written in the transaction in which the event happens, so that neither is there without the
    other. `event_id` is the same for all webhooks and for each attempt. `about`: what is told, no
    person and no figure. `next_at`: when it is tried (again), while it waits. `tried_at`, `status`
    and `fault` are of the last attempt: the status of the answer, if any came, and what was wrong.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_delivery_state_next_at", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    about: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    status: Mapped[int | None]
    fault: Mapped[str] = mapped_column(String(200), default="")


def webhooks_of(session: Session, organisation_id: int) -> list[Webhook]:
    """The webhooks of an organisation, the oldest first."""
    mine = select(Webhook).where(Webhook.organisation_id == organisation_id)
    return list(session.scalars(mine.order_by(Webhook.id)))


def log_of(session: Session, webhook_id: int, at_most: int) -> list[WebhookDelivery]:
    """What a webhook was told, the newest first, as the database has it now."""
    found = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    newest = found.order_by(WebhookDelivery.at.desc(), WebhookDelivery.id.desc()).limit(at_most)
    return list(session.scalars(newest.execution_options(populate_existing=True)))


def waiting_by_webhook(session: Session, organisation_id: int) -> dict[int, int]:
    """How many events wait, by webhook of the organisation; those without any are left out."""
    waiting = (
        select(WebhookDelivery.webhook_id, func.count().label("events"))
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(Webhook.organisation_id == organisation_id, WebhookDelivery.state == "waiting")
        .group_by(WebhookDelivery.webhook_id)
    )
    return {row.webhook_id: row.events for row in session.execute(waiting)}


def next_due(
    session: Session, now: datetime, but: frozenset[int]
) -> tuple[Webhook, WebhookDelivery] | None:
    """The delivery that has been due longest, and its webhook; none of those `but` these."""
    due = (
        select(Webhook, WebhookDelivery)
        .join(WebhookDelivery, WebhookDelivery.webhook_id == Webhook.id)
        .where(
            WebhookDelivery.state == "waiting",
            WebhookDelivery.next_at <= now,
            Webhook.active,
            Webhook.id.not_in(but),
        )
        .order_by(WebhookDelivery.next_at, WebhookDelivery.id)
        .limit(1)
    )
    row = session.execute(due).one_or_none()
    return None if row is None else (row[0], row[1])


def claim(
    session: Session, delivery_id: int, attempts: int, *, now: datetime, next_at: datetime
) -> bool:
    """Count one more attempt than these, and say when the next is due should nothing be heard of
    this one; whether nobody else did."""
    mine = _waiting(delivery_id, attempts)
    values = {"attempts": attempts + 1, "tried_at": now, "next_at": next_at}
    return rows_changed(session, mine.values(**values)) == 1


def note_outcome(session: Session, delivery_id: int, attempts: int, **values: Any) -> bool:
    """Note what became of this attempt, unless somebody has it sent again meanwhile; whether it
    is noted."""
    return rows_changed(session, _waiting(delivery_id, attempts).values(**values)) == 1


def _waiting(delivery_id: int, attempts: int) -> Any:
    return update(WebhookDelivery).where(
        WebhookDelivery.id == delivery_id,
        WebhookDelivery.state == "waiting",
        WebhookDelivery.attempts == attempts,
    )


def note_failing(session: Session, webhook_id: int, since: datetime | None) -> None:
    """Note since when a webhook fails: the first moment stays until None clears it."""
    mine = update(Webhook).where(Webhook.id == webhook_id)
    if since is not None:
        mine = mine.where(Webhook.failing_since.is_(None))
    rows_changed(session, mine.values(failing_since=since))


def forget_before(session: Session, moment: datetime) -> None:
    """Delete what came to an end and happened before; what waits is kept."""
    ended = WebhookDelivery.state != "waiting"
    session.execute(delete(WebhookDelivery).where(ended, WebhookDelivery.at < moment))
