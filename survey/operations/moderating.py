"""Comments are read by a moderator before leads see them: clear, redact, hold."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.storage import responses
from survey.storage.responses import Comment
from survey.storage.waves import NEWEST_FIRST, Wave

Decision = Literal["clear", "hold"]
AT_ONCE: Final = 50
"""Comments on one page of the queue."""
LONGEST: Final = 10_000


def waves_with_comments(session: Session, organisation_id: int) -> list[tuple[Wave, int]]:
    """The closed waves of an organisation in which something was written, the newest first, with
    how many comments wait."""
    waiting = func.count().filter(Comment.state == "waiting")
    written = select(Wave, waiting).join(Comment, Comment.wave_id == Wave.id).group_by(Wave.id)
    mine = (Wave.organisation_id == organisation_id) & (Wave.state == "closed")
    found = session.execute(written.where(mine).order_by(*NEWEST_FIRST))
    return [(wave, number) for wave, number in found]


def queue(session: Session, wave: Wave, state: str) -> list[Comment]:
    """Some comments in this state, in an order that says nothing. They do not say where somebody
    works. Raises NotFound while the wave is not closed: they would tell who has answered since."""
    if wave.state != "closed":
        raise NotFound("There are no comments yet.", "They can be read when the wave has closed.")
    return responses.comments_in(session, wave.id, state, AT_ONCE)


def decide(
    session: Session, wave: Wave, comment_id: UUID, decision: Decision, wording: str | None = None
) -> None:
    """Let leads read a comment, as it was written or in this wording; or hold it back.

    Raises NotFound; Refused for a wording that is empty or too long.
    """
    found = session.get(Comment, (wave.id, comment_id), with_for_update=True)
    if found is None or wave.state != "closed":
        raise NotFound("There is no such comment.")
    said = (wording or "").replace("\r\n", "\n").strip()
    if decision == "clear" and not 1 <= len(said) <= LONGEST:
        raise Refused(
            "A comment that is cleared needs some words.",
            f"Leave at most {LONGEST:,} characters, or hold it back.",
        )
    found.state = "cleared" if decision == "clear" else "held"
    found.redacted = said if decision == "clear" and said != found.text.strip() else None
    session.flush()
    about, reworded = f"wave:{wave.slug}", found.redacted is not None
    if decision == "clear":
        auditing.note(session, "comment.clear", about, wave.organisation_id, reworded=reworded)
    else:
        auditing.note(session, "comment.hold", about, wave.organisation_id)


def counts(session: Session, wave: Wave) -> dict[str, int]:
    """How many comments are in each state."""
    return responses.comments_by_state(session, wave.id)
