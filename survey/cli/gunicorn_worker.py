"""The process in which gunicorn has requests answered, one at a time."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from select import select
from time import monotonic
from typing import Any, Final

from gunicorn.workers.sync import SyncWorker

LONGEST: Final = 5
"""Seconds after which those who come anew are left to others, or to nobody."""

KEPT_BY_THE_KERNEL: Final = 30
"""Seconds for which it keeps from us who has connected and says nothing."""

PATIENCE: Final = 0.5
"""Seconds that whoever still says nothing is listened to."""


class Worker(SyncWorker):
    """One for whom nobody is in the way who connects and says nothing: browsers do so ahead of
    time. Told to stop, it still answers whoever is already in the queue: these would be cut off
    with it."""

    def run(self) -> None:
        """Answer requests until told to stop, and then those that wait."""
        for listener in self.sockets:
            _leave_out_who_is_silent(listener)
        super().run()
        ends = monotonic() + LONGEST
        for listener in self.sockets:
            with suppress(OSError):  # nobody waits
                while monotonic() < ends:
                    self.notify()
                    self.accept(listener)

    def handle(self, listener: Any, client: socket.socket, addr: Any) -> None:
        """Answer whoever has connected, or let go of them if they say nothing."""
        if select([client], [], [], PATIENCE)[0]:
            super().handle(listener, client, addr)
        else:
            client.close()


def _leave_out_who_is_silent(listener: Any) -> None:
    if sys.platform == "linux" and listener.family in (socket.AF_INET, socket.AF_INET6):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, KEPT_BY_THE_KERNEL)
