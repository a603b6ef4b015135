"""How much waits for a worker, of everything that workers do, and what went wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from survey.storage.messages import Outgoing
from survey.storage.rehearsals import Rehearsal
from survey.storage.reports import Report
from survey.storage.uploads import Upload
from survey.storage.waves import Wave, WaveDay
from survey.storage.webhooks import Webhook, WebhookDelivery


@dataclass(frozen=True, slots=True)
class _Kind:
    state: InstrumentedAttribute[str]
    since: InstrumentedAttribute[datetime]
    waiting: tuple[str, ...]
    failed: tuple[str, ...]


_KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        "messages": _Kind(
            Outgoing.state, Outgoing.due_at, ("waiting", "handing-over"), ("unsure", "failed")
        ),
        "webhooks": _Kind(WebhookDelivery.state, WebhookDelivery.at, ("waiting",), ("given-up",)),
        "reports": _Kind(Report.state, Report.at, ("waiting",), ("failed",)),
        "rehearsals": _Kind(Rehearsal.state, Rehearsal.at, ("waiting",), ("failed",)),
        "files": _Kind(Upload.state, Upload.at, ("checking", "importing"), ()),
    }
)
"""By what it is called: how it says that it waits or has failed, and since when it waits."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits of one kind, in all organisations together; since when the oldest does; and how
    much has failed, until it is tried again or forgotten."""

    kind: str
    waiting: int
    failed: int
    oldest: datetime | None


def backlogs(session: Session) -> tuple[Backlog, ...]:
    """What waits of each kind; one query a kind."""
    return tuple(_backlog(session, name, kind) for name, kind in _KINDS.items())


def _backlog(session: Session, name: str, kind: _Kind) -> Backlog:
    waits, failed = kind.state.in_(kind.waiting), kind.state.in_(kind.failed)
    found = select(
        func.count(_if(waits)), func.count(_if(failed)), func.min(case((waits, kind.since)))
    ).where(kind.state.in_(kind.waiting + kind.failed))
    waiting, wrong, oldest = session.execute(found).one()
    return Backlog(name, waiting, wrong, oldest)


def _if(holds: ColumnElement[bool]) -> ColumnElement[int | None]:
    return case((holds, 1))


def failing_webhooks(session: Session) -> tuple[int, datetime | None]:
    """How many webhooks that are not paused fail, and since when the first does."""
    found = select(func.count(), func.min(Webhook.failing_since)).where(
        Webhook.active, Webhook.failing_since.is_not(None)
    )
    number, since = session.execute(found).one()
    return number, since


def open_waves(session: Session) -> int:
    """How many waves take answers."""
    return session.scalars(select(func.count()).where(Wave.state == "open")).one()


def responses_counted(session: Session) -> int:
    """How many answers have been sent and counted, in all waves together."""
    return session.scalars(select(func.coalesce(func.sum(WaveDay.responses), 0))).one()
