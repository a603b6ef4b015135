"""People at plain browsers, many at once: they follow links, fill in forms, keep cookies, and may
stop to think. What they cost themselves is measured apart, so that one sees that the server is what
is waited for."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from time import perf_counter, process_time, sleep
from urllib.parse import urlencode

REQUESTS = 11
"""Of a journey: start, three pages and check, each read and sent, then the result."""

AT_ONCE = 64
"""People at most who are in the middle of answering where they come as they like."""

HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FIELD = re.compile(rb'name="(answer-[^"]+)"')
LOCATION = re.compile(rb"\r\nLocation: (\S+)", re.I)
COOKIE = re.compile(rb"\r\nSet-Cookie: ([^=]+)=([^;\r]*)", re.I)

Think = Callable[[], None]


@dataclass
class Answered:
    """What people did and how they fared. `pages`: seconds that each request took; `received`:
    bytes of the last journey; `own_cpu`: processor seconds of the browsers."""

    journeys: int = 0
    seconds: float = 0
    own_cpu: float = 0
    received: int = 0
    pages: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Journeys a second."""
        return self.journeys / self.seconds

    def ms(self, percent: int) -> float:
        """Milliseconds within which so many percent of the pages came."""
        return 1000 * sorted(self.pages)[len(self.pages) * percent // 100]

    def __add__(self, other: Answered) -> Answered:
        return Answered(
            self.journeys + other.journeys,
            self.seconds + other.seconds,
            self.own_cpu + other.own_cpu,
            other.received,
            self.pages + other.pages,
        )


class Respondent:
    """One browser with its cookies. Knows how long each request took and what it was sent."""

    def __init__(self, port: int, think: Think = lambda: None) -> None:
        self.port, self.think, self.cookies = port, think, {}
        self.pages, self.received = [], 0

    def go_through(self, address: str) -> None:
        """From the start page to the result, answering everything."""
        while not address.endswith("/result"):
            page = self._ask("GET", address)[1]
            self.think()
            form = dict(HIDDEN.findall(page)) | dict.fromkeys(FIELD.findall(page), b"3")
            head = self._ask("POST", address, urlencode(form))[0]
            address = LOCATION.search(head)[1].decode()
        self._ask("GET", address)
        if len(self.pages) != REQUESTS:
            raise AssertionError(f"a journey of {len(self.pages)} requests, not {REQUESTS}")

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
        begun = perf_counter()
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            reply = b"".join(iter(lambda: connection.recv(65536), b""))
        self.pages.append(perf_counter() - begun)
        self.received += len(reply)
        head, _, body = reply.partition(b"\r\n\r\n")
        return head, body


def thinking(seconds: float, random: Random) -> Think:
    """Stops for so many seconds on average, now shorter, now longer."""
    return lambda: sleep(random.uniform(0, 2 * seconds)) if seconds else None


class _Watch:
    """Measures time and processor time from when it was made."""

    def __init__(self) -> None:
        self.begun, self._cpu = perf_counter(), process_time()

    def stop(self, done: Sequence[Respondent]) -> Answered:
        """What these did meanwhile."""
        return Answered(
            len(done),
            perf_counter() - self.begun,
            process_time() - self._cpu,
            done[-1].received if done else 0,
            [seconds for one in done for seconds in one.pages],
        )


def answer_for(
    seconds: float, port: int, addresses: Iterator[str], users: int, think: Think = lambda: None
) -> Answered:
    """So many users answer, one journey after another, until the time is over."""

    def one_after_another(until: float) -> list[Respondent]:
        done = []
        while perf_counter() < until:
            done.append(Respondent(port, think))
            done[-1].go_through(next(addresses))
        return done

    watch = _Watch()
    with ThreadPoolExecutor(users) as at_once:
        by_user = at_once.map(one_after_another, [watch.begun + seconds] * users)
        return watch.stop([one for done in by_user for one in done])


def arrive_for(
    seconds: float,
    port: int,
    addresses: Iterator[str],
    rate: float,
    random: Random,
    think: Think = lambda: None,
) -> Answered:
    """People arrive by chance, so many a second on average, whether or not the server keeps up."""

    def go_through(address: str) -> Respondent:
        one = Respondent(port, think)
        one.go_through(address)
        return one

    watch = _Watch()
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        under_way, due = [], watch.begun
        while (due := due + random.expovariate(rate)) < watch.begun + seconds:
            sleep(max(0, due - perf_counter()))
            under_way.append(at_once.submit(go_through, next(addresses)))
        return watch.stop([one.result() for one in under_way])
