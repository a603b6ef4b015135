"""What programs were answered that mark their requests with keys: the same request with the same
key is done once, and answered the same again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from survey.operations.errors import SurveyError
from survey.operations.tokens import digest_of
from survey.storage import api_use as stored
from survey.storage.api_use import ApiAnswer

KEPT: Final = timedelta(hours=24)

Headers = list[tuple[str, str]]


class KeyUsed(SurveyError):
    """A key that was used for another request. `kind` is what programs know it by."""

    kind = "key-used"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request with a key. All are digests: of the token, the key, and what is asked for."""

    token: bytes
    key: bytes
    request: bytes

    @property
    def whole(self) -> bytes:
        """What nobody else is doing while it is done."""
        return digest_of(b"request:" + self.token + self.key)


@dataclass(frozen=True, slots=True)
class Answered:
    """What it was answered, as it went out."""

    status: int
    headers: Headers
    body: bytes


def keyed(token: str, key: str, request: bytes) -> Keyed:
    """A request of a token with a key; `request` is the digest of what is asked for."""
    return Keyed(digest_of(token), digest_of(key), request)


def answer_to(session: Session, asked: Keyed, *, now: datetime) -> Answered | None:
    """What the request was answered within the last 24 hours; None where it is new.

    Raises KeyUsed where the key was another request's.
    """
    found = session.get(ApiAnswer, (asked.token, asked.key), populate_existing=True)
    if found is None or now - found.at >= KEPT:
        return None
    if found.request != asked.request:
        raise KeyUsed("This key was sent before, with another request.")
    return Answered(found.status, [(name, value) for name, value in found.headers], found.body)


def keep(session: Session, asked: Keyed, answered: Answered, *, now: datetime) -> bool:
    """Keep what a request was answered, in the transaction that did what it asked for: there is
    either both or neither. Whether it is kept; not, where the same was done meanwhile, and then
    this must not be done."""
    forget_old_keys(session, now)
    row = {
        "token": asked.token,
        "key": asked.key,
        "request": asked.request,
        "status": answered.status,
        "headers": [list(header) for header in answered.headers],
        "body": answered.body,
        "at": now,
    }
    return stored.keep_answer(session, row)


def forget_old_keys(session: Session, now: datetime) -> int:
    """Delete the answers that are kept no longer; how many."""
    return stored.forget_answers(session, now - KEPT)
