"""People at plain browsers, many at once: they follow links, fill in forms, keep cookies."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from urllib.parse import urlencode

REQUESTS = 11
"""Of a journey: start, three pages and check, each read and sent, then the result."""

TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
FIELD = re.compile(rb'name="(answer-[^"]+)"')
LOCATION = re.compile(rb"\r\nLocation: (\S+)", re.I)
COOKIE = re.compile(rb"\r\nSet-Cookie: ([^=]+)=([^;\r]*)", re.I)


class Respondent:
    """One browser with its cookies. Counts what it asked for and was sent."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}
        self.requests = self.received = 0

    def go_through(self, address: str) -> None:
        """From the start page to the result, answering everything."""
        while not address.endswith("/result"):
            page = self._ask("GET", address)[1]
            answers = dict.fromkeys(FIELD.findall(page), b"3")
            form = urlencode({"csrf_token": TOKEN.search(page)[1], **text(answers)})
            head = self._ask("POST", address, form)[0]
            address = LOCATION.search(head)[1].decode()
        self._ask("GET", address)
        if self.requests != REQUESTS:
            raise AssertionError(f"a journey of {self.requests} requests, not {REQUESTS}")

    def _ask(self, method: str, address: str, form: str = "") -> tuple[bytes, bytes]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {address} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {kept}"]
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(form)}")
        head, body = self._exchange("\r\n".join([*lines, "", form]).encode())
        if head[9:12] not in (b"200", b"303"):
            raise AssertionError(f"{method} {address}: {head[:80]!r}")
        self.cookies |= {name.decode(): value.decode() for name, value in COOKIE.findall(head)}
        return head, body

    def _exchange(self, request: bytes) -> tuple[bytes, bytes]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as connection:
            connection.sendall(request)
            reply = b"".join(iter(lambda: connection.recv(65536), b""))
        self.requests, self.received = self.requests + 1, self.received + len(reply)
        head, _, body = reply.partition(b"\r\n\r\n")
        return head, body


def text(answers: dict[bytes, bytes]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in answers.items()}


def answer_for(
    seconds: float, port: int, addresses: Iterator[str], users: int
) -> tuple[int, float, int]:
    """So many users answer, one journey after another, until the time is over.

    Returns journeys completed, the seconds they took, and the bytes that the last one received.
    """
    begun = perf_counter()

    def one_after_another(_user: int) -> tuple[int, int]:
        completed = received = 0
        while perf_counter() - begun < seconds:
            respondent = Respondent(port)
            respondent.go_through(next(addresses))
            completed, received = completed + 1, respondent.received
        return completed, received

    with ThreadPoolExecutor(users) as at_once:
        done = list(at_once.map(one_after_another, range(users)))
    return sum(completed for completed, _ in done), perf_counter() - begun, done[0][1]
