"""A soak: for a while half of those arrive that can be served, or with `--load 1` as many as can.
Latency and memory should be flat: printed is each span of time, and at the end what a worker has
grown since the first."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))  # a benchmark is run as a file

from tests.benchmarks.contenders import Contender, applications, contending, prepare, rows_in
from tests.benchmarks.ground import databases, table
from tests.benchmarks.respondents import thinking

USERS, SECONDS_TO_MEASURE, MOST_A_SECOND = 8, 5.0, 150
HEADS = ("minute", "journeys", "p50", "p95", "p99", "CPU ms", "MB")


def arguments() -> Namespace:
    """What was asked for on the command line."""
    parser = ArgumentParser(description="Half load for a while.")
    parser.add_argument("--minutes", type=float, default=0.5, help="how long")
    parser.add_argument("--every", type=float, default=10, help="seconds of a span")
    parser.add_argument("--database", choices=["SQLite", "PostgreSQL"], default="SQLite")
    parser.add_argument("--load", type=float, default=0.5, help="part of what can be served")
    parser.add_argument("--workers", type=int, default=2, help="of the server")
    parser.add_argument("--think", type=float, default=0, help="seconds that people stop at a page")
    return parser.parse_args()


def spans(one: Contender, asked: Namespace) -> list[tuple[str, ...]]:
    """Find the highest load, then let a part of it arrive; a row for each span."""
    nothing, random = thinking(0, Random(0)), Random(1)
    think = thinking(asked.think, random)
    one.answer(SECONDS_TO_MEASURE, USERS, nothing)  # warms up
    one.forget()
    one.answer(SECONDS_TO_MEASURE, USERS, nothing)
    rate, rows = one.done.rate * asked.load, []
    for span in range(1, round(asked.minutes * 60 / asked.every) + 1):
        one.forget()
        if asked.load < 1:
            one.arrive(asked.every, rate, random, think)
        else:
            one.answer(asked.every, USERS, think)
        percentiles = [f"{one.done.ms(percent):.0f}" for percent in (50, 95, 99)]
        figures = [f"{one.cpu_ms:.1f}", f"{one.mb:.1f}"]
        rows.append((f"{span * asked.every / 60:.1f}", str(one.kept), *percentiles, *figures))
        print("  ".join(rows[-1]), flush=True)  # noqa: T201 -- one sees how it goes
    return rows


def main() -> None:
    asked = arguments()
    invited = int(asked.minutes * 60 + 4 * SECONDS_TO_MEASURE) * MOST_A_SECOND
    with databases() as urls:
        url = urls[asked.database]
        addresses = iter(prepare(url, invited))
        with contending(*applications(url)[1], addresses, asked.workers) as one:
            rows = spans(one, asked)
        assert [one.kept] == rows_in(url, "response")
    grown = float(rows[-1][-1]) - float(rows[0][-1])
    title = f"{asked.load:.0%} of the load on {asked.database}"
    table(f"{title}: a worker has grown by {grown:.1f} MB", [HEADS, *rows])


if __name__ == "__main__":
    main()
