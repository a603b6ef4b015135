"""The process in which gunicorn has requests answered, one at a time."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import Final

from gunicorn.workers.sync import SyncWorker

LONGEST: Final = 5
"""Seconds after which those who come anew are left to others, or to nobody."""


class Worker(SyncWorker):
    """One that is told to stop, and then still answers whoever is already in the queue: these
    would be cut off with it."""

    def run(self) -> None:
        """Answer requests until told to stop, and then those that wait."""
        super().run()
        ends = monotonic() + LONGEST
        for listener in self.sockets:
            with suppress(OSError):  # nobody waits
                while monotonic() < ends:
                    self.notify()
                    self.accept(listener)
