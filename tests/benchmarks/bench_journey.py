"""Load: people begin, answer twelve maturity questions on three pages, check, send and see the
result, over real HTTP with cookies and tokens, on both databases, served by one worker and by two,
beside a bare Flask application in the same run. First as many as can be served, then half as many,
who arrive by chance.

Goals: as fast as the bare one; 15 ms of processor time a journey; at half load 95 of 100 pages
within 100 ms; a worker of 150 MB.

--think makes people stop that many seconds, on average, at every page: then let there be --users
enough to keep the server busy.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))  # a benchmark is run as a file

from tests.benchmarks.contenders import Contender, applications, contending, prepare, rows_in
from tests.benchmarks.ground import databases, table
from tests.benchmarks.respondents import thinking

INVITED = 12_000
SECONDS_TO_WARM_UP = 1.0
GOAL_CPU_MS, GOAL_PAGE_MS, GOAL_MB = 15, 100, 150
HEADS = (
    *("database", "workers", "application", "journeys/s", "times bare", "p50", "p95", "p99"),
    *("CPU ms", "times bare", "own ms", "MB", "p95 at half", "goals"),
)


def arguments() -> Namespace:
    """What was asked for on the command line."""
    parser = ArgumentParser(description="Journeys beside a bare Flask application.")
    parser.add_argument("--users", type=int, default=8, help="people at once")
    parser.add_argument("--think", type=float, default=0, help="seconds that they stop at a page")
    parser.add_argument("--rounds", type=int, default=4, help="turns of each application")
    parser.add_argument("--seconds", type=float, default=2, help="seconds of each turn")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="of the server")
    return parser.parse_args()


def race(
    url: str, workers: int, asked: Namespace, invited: list[list[str]]
) -> list[tuple[Contender, float]]:
    """Both applications answer in turn on one database; each with its 95th percentile at half its
    load, in milliseconds. `invited`: invitations that are left for each, taken from its end."""
    think = thinking(asked.think, Random(1))
    with ExitStack() as running:
        both = [
            running.enter_context(contending(*one, iter(left.pop, None), workers))
            for one, left in zip(applications(url), invited, strict=True)
        ]
        for one in both:
            one.answer(SECONDS_TO_WARM_UP, asked.users, think)
            one.forget()
        for _ in range(asked.rounds):
            for one in both:
                one.answer(asked.seconds, asked.users, think)
        return [(one, half_load(one, asked)) for one in both]


def half_load(one: Contender, asked: Namespace) -> float:
    """Milliseconds within which 95 of 100 pages come where half of what can be served arrives."""
    fastest, cpu = one.done, one.cpu
    one.forget()
    one.arrive(2 * asked.seconds, fastest.rate / 2, Random(2), thinking(asked.think, Random(3)))
    at_half = one.done.ms(95)
    one.done, one.cpu = fastest, cpu
    return at_half


def row(database: str, workers: int, one: Contender, bare: Contender, at_half: float) -> tuple:
    goals = {
        "rate": one.done.rate >= bare.done.rate,
        "CPU": one.cpu_ms <= GOAL_CPU_MS,
        "p95": at_half < GOAL_PAGE_MS,
        "MB": one.mb < GOAL_MB,
    }
    missed = [name for name, met in goals.items() if not met]
    return (
        database,
        str(workers),
        one.name,
        f"{one.done.rate:.1f}",
        f"{one.done.rate / bare.done.rate:.2f}",
        *(f"{one.done.ms(percent):.0f}" for percent in (50, 95, 99)),
        f"{one.cpu_ms:.1f}",
        f"{one.cpu_ms / bare.cpu_ms:.2f}",
        f"{one.own_cpu_ms:.1f}",
        f"{one.mb:.0f}",
        f"{at_half:.0f}",
        "" if one is bare else f"missed: {', '.join(missed)}" if missed else "met",
    )


def main() -> None:
    asked = arguments()
    rows = [HEADS]
    with databases() as urls:
        for database, url in urls.items():
            addresses = prepare(url, INVITED)
            invited, kept = [addresses.copy(), addresses.copy()], [0, 0]
            for workers in asked.workers:
                both = race(url, workers, asked, invited)
                kept = [before + one.kept for before, (one, _) in zip(kept, both, strict=True)]
                assert kept == rows_in(url, "bare_response", "response")
                bare = both[0][0]
                rows += [row(database, workers, one, bare, half) for one, half in both]
    table(f"Journeys: {asked.users} people at once; pages in ms", rows)


if __name__ == "__main__":
    main()
