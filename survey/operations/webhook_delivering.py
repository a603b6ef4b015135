"""What webhooks are to be told is told, and tried again where it fails.

An attempt is counted, and the next one set, before it is made: a worker that dies in the middle
loses nothing. What it was at may then arrive twice, with the same id, by which receivers know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

import rfc8785
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.webhook_addresses import Reach
from survey.operations.webhook_posting import Answer, post
from survey.operations.webhook_signing import headers
from survey.operations.webhooks import secrets_at
from survey.storage import webhooks as stored
from survey.storage.model import Opened
from survey.storage.webhooks import Webhook, WebhookDelivery

BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long to wait at least after each attempt that failed; then it is given up."""

SPREAD: Final = 0.2
"""By which share a wait is longer, at most: so that what failed together does not come back
together."""

RUN: Final = timedelta(seconds=20)
"""After which no attempt is begun: the next run goes on."""

KEPT: Final = timedelta(days=30)
"""How long what was told stays in the log."""

GONE: Final = 410
"""By this status a receiver says that it wants no more, ever."""


@dataclass(frozen=True, slots=True)
class Courier:
    """What a run needs: the installation's key, the address that its pages begin with, how far
    webhooks may go, the clock, and chance."""

    key: str | bytes
    base_url: str
    reach: Reach
    now: Callable[[], datetime]
    random: Random


@dataclass(slots=True)
class Told:
    """What a run did."""

    delivered: int = 0
    later: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt: the how-manieth, and what is sent where."""

    delivery_id: int
    webhook_id: int
    number: int
    url: str
    body: bytes
    headers: dict[str, str]


def deliver(opened: Opened, courier: Courier) -> Told:
    """Tell what is due, for some seconds; no database transaction is open during an attempt.

    Whoever fails is not asked again in this run, so one slow receiver keeps others waiting once.
    """
    told, failing = Told(), set[int]()
    ends = courier.now() + RUN
    with opened() as session:
        stored.forget_before(session, courier.now() - KEPT)
        session.commit()
    while courier.now() < ends:
        attempt = _begin(opened, courier, frozenset(failing))
        if attempt is None:
            break
        answer = post(attempt.url, attempt.body, attempt.headers, courier.reach)
        if not answer.is_good:
            failing.add(attempt.webhook_id)
        with opened() as session:
            _note(session, attempt, answer, told, courier.now())
            session.commit()
    return told


def _begin(opened: Opened, courier: Courier, but: frozenset[int]) -> _Attempt | None:
    now = courier.now()
    with opened() as session:
        while (found := stored.next_due(session, now, but)) is not None:
            webhook, delivery = found
            wait = BACK_OFF[min(delivery.attempts, len(BACK_OFF) - 1)]
            next_at = now + wait * (1 + SPREAD * courier.random.random())
            mine = stored.claim(session, delivery.id, delivery.attempts, now=now, next_at=next_at)
            attempt = _attempt(webhook, delivery, courier, now)
            session.commit()
            if mine:
                return attempt
    return None


def _attempt(
    webhook: Webhook, delivery: WebhookDelivery, courier: Courier, now: datetime
) -> _Attempt:
    body = body_of(delivery.kind, delivery.at, delivery.about, courier.base_url)
    secrets = secrets_at(webhook, courier.key, now)
    return _Attempt(
        delivery.id,
        webhook.id,
        delivery.attempts + 1,
        webhook.url,
        body,
        headers(secrets, message_id(delivery.event_id), now, body),
    )


def message_id(event_id: UUID) -> str:
    """How receivers know an event again."""
    return f"msg_{event_id.hex}"


def body_of(kind: str, at: datetime, about: dict[str, Any], base_url: str) -> bytes:
    """What is sent: an event in JSON, the same bytes each time. `at` is when it happened."""
    told = dict(about)
    if "page" in told:
        told["page"] = base_url.rstrip("/") + told["page"]
    happened = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return rfc8785.dumps({"type": kind, "timestamp": happened, "data": told})


def _note(session: Session, attempt: _Attempt, answer: Answer, told: Told, now: datetime) -> None:
    over = answer.status == GONE or attempt.number > len(BACK_OFF)
    state = "delivered" if answer.is_good else "given-up" if over else "waiting"
    told.delivered += state == "delivered"
    told.later += state == "waiting"
    told.given_up += state == "given-up"
    stored.note_outcome(
        session,
        attempt.delivery_id,
        attempt.number,
        state=state,
        status=answer.status,
        fault=answer.fault[:200],
    )
    stored.note_failing(session, attempt.webhook_id, None if answer.is_good else now)
    if answer.status == GONE:
        _pause(session, attempt.webhook_id)


def _pause(session: Session, webhook_id: int) -> None:
    webhook = session.get(Webhook, webhook_id)
    if webhook is not None and webhook.active:
        webhook.active = False
        auditing.note(session, "webhook.gone", f"webhook:{webhook.id}", webhook.organisation_id)
