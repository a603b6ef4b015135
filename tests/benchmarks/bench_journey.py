"""Journeys: how many people a second begin, answer twelve maturity questions on three pages,
check, send and see the result, over real HTTP, beside a bare Flask application in the same run.
Goals: as fast as the bare one, and 15 ms of processor time a journey."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # a benchmark is run as a file

from sqlalchemy import insert, select, text

from survey.database import session_scope
from survey.storage.organisations import Person, Unit
from survey.storage.waves import Invitation
from tests import make_stored as make
from tests.benchmarks import bare_tables
from tests.benchmarks.ground import databases, table
from tests.benchmarks.respondents import answer_for
from tests.benchmarks.serving import WORKERS, Server, serving
from tests.benchmarks.twelve_questions import questionnaire

USERS, INVITED = 8, 4_000
ROUNDS, SECONDS, SECONDS_TO_WARM_UP = 4, 2.0, 1.0
GOAL_CPU_MS = 15


@dataclass
class Contender:
    """An application that is measured, and what it has done so far."""

    name: str
    server: Server
    tokens: list[str]
    journeys: int = 0
    seconds: float = 0
    cpu: float = 0
    received: int = 0
    invitations: object = field(init=False)

    def __post_init__(self) -> None:
        self.invitations = iter(f"/invitations/{token}" for token in self.tokens)

    def answer(self, seconds: float) -> None:
        """Let everybody answer for so long; remember what it took."""
        before = self.server.cpu_seconds()
        done, took, self.received = answer_for(seconds, self.server.port, self.invitations, USERS)
        self.cpu += self.server.cpu_seconds() - before
        self.journeys, self.seconds = self.journeys + done, self.seconds + took

    def forget(self) -> int:
        """Begin to count afresh; how many journeys there were."""
        warmed_up, self.journeys, self.seconds, self.cpu = self.journeys, 0, 0, 0
        return warmed_up

    @property
    def rate(self) -> float:
        return self.journeys / self.seconds

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / self.journeys


def prepare(url: str) -> list[str]:
    """An open wave and its invitations, in the product's tables and in the bare ones; tokens."""
    tokens = [f"token-{number}" for number in range(INVITED)]
    digests = [sha256(token.encode()).digest() for token in tokens]
    with session_scope(url) as session:
        wave = make.wave(session, asked=questionnaire())
        unit = session.scalar(select(Unit.id).where(Unit.slug == "parks"))
        place = {"organisation_id": wave.organisation_id, "unit_id": unit}
        people = [{"id": n, "email": f"{n}@anytown.example"} | place for n in range(1, INVITED + 1)]
        session.execute(insert(Person), people)
        session.execute(
            insert(Invitation),
            [
                {"wave_id": wave.id, "id": n, "person_id": n, "unit_id": unit, "token_digest": seal}
                for n, seal in enumerate(digests, start=1)
            ],
        )
        bare_tables.tables.create_all(session.connection())
        session.execute(
            insert(bare_tables.invitation),
            [{"token_digest": seal, "used": False} for seal in digests],
        )
        session.commit()
    return tokens


def race(url: str) -> tuple[Contender, Contender]:
    """Both applications answer in turn on one database; the bare one and ours."""
    tokens = prepare(url)
    with ExitStack() as running:
        bare, ours = (
            Contender(name, running.enter_context(serving(application, environment)), tokens)
            for name, application, environment in (
                (
                    "bare Flask",
                    "tests.benchmarks.bare_flask:app",
                    {"BARE_DATABASE_URL": url},
                ),
                (
                    "Maturity Survey",
                    "wsgi:app",
                    {"SURVEY_DATABASE_URL": url, "SURVEY_SECRET_KEY": "k" * 32},
                ),
            )
        )
        for contender in (bare, ours):
            contender.answer(SECONDS_TO_WARM_UP)
        warmed_up = [contender.forget() for contender in (bare, ours)]
        for _ in range(ROUNDS):
            for contender in (bare, ours):
                contender.answer(SECONDS)
    kept = [bare.journeys + warmed_up[0], ours.journeys + warmed_up[1]]
    assert kept == rows_in(url, "bare_response", "response")
    return bare, ours


def rows_in(url: str, *tables: str) -> list[int]:
    with session_scope(url) as session:
        return [session.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables]


def main() -> None:
    rows = [("", "", "journeys/s", "times bare", "CPU ms/journey", "times bare", "KB", "goals")]
    with databases() as urls:
        for database, url in urls.items():
            bare, ours = race(url)
            for one in (bare, ours):
                met = one.rate >= bare.rate and one.cpu_ms <= GOAL_CPU_MS
                rows.append(
                    (
                        database,
                        one.name,
                        f"{one.rate:.1f}",
                        f"{one.rate / bare.rate:.2f}",
                        f"{one.cpu_ms:.1f}",
                        f"{one.cpu_ms / bare.cpu_ms:.2f}",
                        f"{one.received / 1000:.0f}",
                        "" if one is bare else "met" if met else "missed",
                    )
                )
    table(f"Journeys: {USERS} people at once, {WORKERS} workers", rows)


if __name__ == "__main__":
    main()
