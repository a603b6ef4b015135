"""One attempt to tell one webhook. The connection goes to the very address that was checked; the
name it was found by is only what the receiver and its certificate are asked for.

The standard library's client and no other: it follows no redirect, reads no proxy and no password
from its surroundings, and lets us connect ourselves.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Timer
from time import monotonic
from typing import Final

from survey.operations.errors import Refused
from survey.operations.webhook_addresses import Place, Reach, ip_addresses_of, place_of

SECONDS: Final = 10.0
"""How long an attempt takes at most, from the first connection to the last byte that is read."""

MOST_READ: Final = 64 * 1024
"""Bytes of an answer that are read, so that the receiver is not cut off; none are kept."""

FAULTS: Final = (OSError, HTTPException, ValueError)
"""What goes wrong between two machines: a connection, or what the other says on it."""

SENT_ELSEWHERE: Final = "It sent us elsewhere; webhooks do not follow."


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an attempt: the status of the answer, if any came, and what was wrong."""

    status: int | None
    fault: str

    @property
    def is_good(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


class _Connection(HTTPConnection):
    """Connects to one of some IP addresses, and to nothing else."""

    def __init__(self, place: Place, found: tuple[str, ...], reach: Reach, seconds: float) -> None:
        self.default_port = 443 if place.encrypted else 80
        super().__init__(place.host, place.port, timeout=seconds)
        self._found, self._ends = found, monotonic() + seconds
        self._encryption = reach.encryption() if place.encrypted else None

    def connect(self) -> None:
        """Try each address until one answers. Raises OSError."""
        self.sock = self._reached()
        if self._encryption is not None:
            wrapped = self._encryption.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = wrapped  # from here on it can be cut, also while hands are shaken
            wrapped.do_handshake()

    def _reached(self) -> socket.socket:
        fault = OSError()
        for address in self._found:
            left = max(0.01, self._ends - monotonic())
            try:
                return socket.create_connection((address, self.port), timeout=left)
            except OSError as this:
                fault = this
        raise fault

    def cut(self) -> None:
        """End it from another thread, whatever it is waiting for."""
        if isinstance(self.sock, socket.socket):
            with suppress(OSError):
                # Not SSLSocket's own, which changes what the other thread is using.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _Watch:
    """Cuts a connection when its time is over: a receiver that sends a byte now and then would
    else never be too late."""

    def __init__(self, seconds: float, connection: _Connection) -> None:
        self.too_late = False
        self._connection = connection
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.too_late = True
        self._connection.cut()

    def end(self) -> None:
        """Cut nothing any more."""
        self._timer.cancel()


def post(
    url: str, body: bytes, headers: dict[str, str], reach: Reach, *, seconds: float = SECONDS
) -> Answer:
    """Send a body to an address, once; whatever goes wrong is in the answer."""
    try:
        place = place_of(url, reach)
        found = ip_addresses_of(place, reach)
    except Refused as fault:
        return Answer(None, fault.message)
    connection = _Connection(place, found, reach, seconds)
    watch = _Watch(seconds, connection)
    try:
        connection.request("POST", place.target, body, headers)
        answer = connection.getresponse()
        with suppress(*FAULTS):  # it has it, whatever else it wanted to say
            answer.read(MOST_READ)
    except FAULTS as fault:
        return Answer(None, _said(fault, watch.too_late, seconds))
    finally:
        watch.end()
        connection.close()
    return Answer(answer.status, SENT_ELSEWHERE if 300 <= answer.status < 400 else "")


def _said(fault: Exception, late: bool, seconds: float) -> str:
    if late or isinstance(fault, TimeoutError):
        return f"It did not answer within {seconds:g} seconds."
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"Its certificate is not good: {fault.verify_message}."[:200]
    if isinstance(fault, ssl.SSLError):
        return "No encrypted connection came about."
    if isinstance(fault, ConnectionRefusedError):
        return "It refused the connection."
    if isinstance(fault, HTTPException | ValueError):
        return "It did not answer as a web server does."
    return "It could not be reached."
