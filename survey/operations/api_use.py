"""How often programs may ask: so many requests a minute, counted where every process sees it.

Who works with a token is counted by it; who has none that works, by the address they come from.
So nobody who guesses tokens is in the way of programs at the same address that have one.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from typing import Final

from survey.operations.tokens import digest_of
from survey.storage import api_use as stored
from survey.storage.model import Opened

SECONDS: Final = 60
MINUTE: Final = timedelta(seconds=SECONDS)
PREFIX_LENGTH: Final = 64
"""Bits of an IPv6 address that a provider gives to a household or an office: the rest is theirs to
choose, and so tells nobody apart."""


@dataclass(frozen=True, slots=True)
class Spent:
    """How many of so many requests a minute were sent; there are as many again in `seconds`."""

    of: int
    used: int
    seconds: int

    @property
    def left(self) -> int:
        """How many may still be sent."""
        return max(0, self.of - self.used)

    @property
    def too_many(self) -> bool:
        """Whether this one is beyond what there was."""
        return self.used > self.of


def key_of_token(token: str) -> bytes:
    """What the requests with a token are counted by."""
    return digest_of(f"use of token:{token}")


def key_of_address(secret: str, address: str, purpose: str = "use") -> bytes:
    """What the requests from an address are counted by, for one purpose. Without the secret nobody
    can find out which address it was, though there are not that many."""
    return hmac.digest(secret.encode(), f"{purpose} from:{_network(address)}".encode(), "sha256")


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:  # a socket has none
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((int(known), PREFIX_LENGTH), strict=False))
    return str(known)


def spend(counts: Opened, key: bytes, *, of: int, now: datetime) -> Spent:
    """Count a request. `counts` opens sessions that commit each statement by itself: a count is
    neither undone with what the request did, nor does another request wait for it."""
    with counts() as session:
        used, until = stored.use(session, key, now=now, stretch=MINUTE)
        if used == 1:
            stored.forget_uses(session, now - MINUTE)
    return Spent(of, used, max(1, ceil((until - now).total_seconds())))


@contextmanager
def by_itself(counts: Opened, key: bytes, *, now: datetime) -> Iterator[bool]:
    """Within it, whether nobody else is within it with the same key. Of a process that died in it,
    others are kept out for a minute at most."""
    with counts() as session:
        used, _ = stored.use(session, key, now=now, stretch=MINUTE)
    if used > 1:
        yield False
        return
    try:
        yield True
    finally:
        with counts() as session:
            stored.forget_use(session, key)
