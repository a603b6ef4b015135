"""The two applications whose journeys are measured: the bare one and ours, on one database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import Connection, insert, select, text

from survey.database import session_scope
from survey.storage.organisations import Person, Unit
from survey.storage.waves import Invitation, Wave
from tests import make_stored as make
from tests.benchmarks import bare_tables
from tests.benchmarks.respondents import Answered, Think, answer_for, arrive_for
from tests.benchmarks.serving import Server, serving
from tests.benchmarks.twelve_questions import questionnaire

AT_ONCE = 20_000
"""Rows that are inserted together."""


@dataclass
class Contender:
    """An application that is measured, its invitations that are left, what was done since it was
    last told to forget, and all that it keeps; `mb`: memory of its largest worker by then."""

    name: str
    server: Server
    invitations: Iterator[str]
    done: Answered = field(default_factory=Answered)
    cpu: float = 0
    mb: float = 0
    kept: int = 0

    def answer(self, seconds: float, users: int, think: Think) -> None:
        """So many answer for so long, as fast as they are served."""
        self._note(lambda: answer_for(seconds, self.server.port, self.invitations, users, think))

    def arrive(self, seconds: float, rate: float, random, think: Think) -> None:
        """So many begin in a second, for so long."""
        self._note(
            lambda: arrive_for(seconds, self.server.port, self.invitations, rate, random, think)
        )

    def _note(self, act) -> None:
        before = self.server.cpu_seconds()
        answered = act()
        self.cpu += self.server.cpu_seconds() - before
        self.mb = self.server.worker_mb()
        self.kept += answered.journeys
        self.done += answered

    def forget(self) -> None:
        """Begin to measure afresh."""
        self.done, self.cpu = Answered(), 0

    @property
    def cpu_ms(self) -> float:
        """Processor time of the server, milliseconds a journey."""
        return 1000 * self.cpu / self.done.journeys

    @property
    def own_cpu_ms(self) -> float:
        """The same of who answered."""
        return 1000 * self.done.own_cpu / self.done.journeys


def applications(url: str) -> list[tuple[str, str, dict[str, str]]]:
    """Name, where it is found, and its environment."""
    ours = {"SURVEY_DATABASE_URL": url, "SURVEY_SECRET_KEY": "k" * 32}
    return [
        ("bare Flask", "tests.benchmarks.bare_flask:app", {"BARE_DATABASE_URL": url}),
        ("Maturity Survey", "wsgi:app", ours),
    ]


@contextmanager
def contending(
    name: str, application: str, environment: dict[str, str], invited: Iterator[str], workers: int
) -> Iterator[Contender]:
    """One of the applications, served by so many workers."""
    with serving(application, environment, workers) as server:
        yield Contender(name, server, invited)


def prepare(url: str, invited: int) -> list[str]:
    """An open wave and its invitations, in the product's tables and in the bare ones; the addresses
    of the invitations, which are the same in both."""
    with session_scope(url) as session:
        wave = make.wave(session, asked=questionnaire())
        unit = session.scalar(select(Unit.id).where(Unit.slug == "parks"))
        connection = session.connection()
        bare_tables.tables.create_all(connection)
        for first in range(1, invited + 1, AT_ONCE):
            _invite(connection, wave, unit, range(first, min(first + AT_ONCE, invited + 1)))
        session.commit()
    return [f"/invitations/token-{number}" for number in range(1, invited + 1)]


def _invite(connection: Connection, wave: Wave, unit: int, numbers: range) -> None:
    digests = {n: sha256(f"token-{n}".encode()).digest() for n in numbers}
    place = {"organisation_id": wave.organisation_id, "unit_id": unit}
    people = [{"id": n, "email": f"{n}@anytown.example"} | place for n in numbers]
    invitations = [
        {"wave_id": wave.id, "id": n, "person_id": n, "unit_id": unit, "token_digest": digests[n]}
        for n in numbers
    ]
    bare = [{"token_digest": digests[n], "used": False} for n in numbers]
    connection.execute(insert(Person), people)
    connection.execute(insert(Invitation), invitations)
    connection.execute(insert(bare_tables.invitation), bare)


def rows_in(url: str, *tables: str) -> list[int]:
    """How many rows each table has."""
    with session_scope(url) as session:
        return [session.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables]
