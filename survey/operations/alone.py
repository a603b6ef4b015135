"""Doing something in one process at a time, of all that use this database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from threading import Event, Thread
from time import sleep
from typing import Final

from survey.operations.errors import where
from survey.storage import leases
from survey.storage.model import Opened

LOG: Final = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=2)
"""How long nobody takes over from a worker of whom nothing is heard."""

BEATS: Final = 6
"""How often in that time a worker says that it is still there."""


@contextmanager
def alone(opened: Opened, name: str) -> Iterator[bool]:
    """Within it, whether this process is the one that does the work of this name. It is until it
    leaves, or dies: then others may take over after two minutes."""
    holder = token_hex(8)
    now = datetime.now(UTC)
    with opened() as session:
        mine = leases.take(session, name, holder, now=now, until=now + LEASE)
        session.commit()
    if not mine:
        yield False
        return
    left = Event()
    beats = Thread(target=_stay, args=(opened, name, holder, left), daemon=True)
    beats.start()
    try:
        yield True
    finally:
        left.set()
        beats.join()
        try:
            _give_back(opened, name, holder)
        except Exception as fault:  # the database is away, say: nobody could work now anyway
            LOG.warning("A lease is given back later: %s", where(fault))
            Thread(target=_give_back_later, args=(opened, name, holder), daemon=True).start()


def _give_back(opened: Opened, name: str, holder: str) -> None:
    with opened() as session:
        leases.give_back(session, name, holder, now=datetime.now(UTC))
        session.commit()


def _give_back_later(opened: Opened, name: str, holder: str) -> None:
    """Try until it has run out: others need not wait for that once the database is back."""
    for _ in range(int(LEASE.total_seconds())):
        sleep(1)
        with suppress(Exception):
            _give_back(opened, name, holder)
            return


def _stay(opened: Opened, name: str, holder: str, left: Event) -> None:
    while not left.wait(LEASE.total_seconds() / BEATS):
        try:
            with opened() as session:
                leases.extend(session, name, holder, until=datetime.now(UTC) + LEASE)
                session.commit()
        except Exception as fault:  # the next beat may get through
            LOG.warning("A lease was not extended: %s", where(fault))
