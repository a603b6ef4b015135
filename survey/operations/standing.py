"""How an installation stands, for whoever runs it: what waits, who works, how much came in.

Nothing here is of one wave, one unit or one person, and answers come in steps of ten: nobody who
watches these figures learns when one of them was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from survey.storage import backlog, leases
from survey.storage.backlog import Backlog

WORK: Final = "background-work"
"""What a worker does at least every minute."""

STEP: Final = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """How an installation stands.

    `webhooks_failing`: how many receivers do not take what they are told, and since when. `worked`:
    when a worker last looked for work, None where none ever has. `submissions`: answers sent in all
    waves that are still kept, down to whole tens.
    """

    backlogs: tuple[Backlog, ...]
    webhooks_failing: int
    webhooks_failing_since: datetime | None
    worked: datetime | None
    waves_open: int
    submissions: int


def standing(session: Session) -> Standing:
    """How the installation stands now."""
    failing, since = backlog.failing_webhooks(session)
    return Standing(
        backlogs=backlog.backlogs(session),
        webhooks_failing=failing,
        webhooks_failing_since=since,
        worked=leases.last_held(session, WORK),
        waves_open=backlog.open_waves(session),
        submissions=backlog.responses_counted(session) // STEP * STEP,
    )
