"""What a journey asks of PostgreSQL: processor time, transactions, bytes of its log, bytes that
stay. docs/large.md reckons with it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # a benchmark is run as a file

from sqlalchemy import Connection, create_engine, text

from tests.benchmarks.bench_journey import prepare
from tests.benchmarks.ground import databases, table
from tests.benchmarks.respondents import answer_for
from tests.benchmarks.serving import Server, serving

USERS, SECONDS, SECONDS_TO_WARM_UP = 2, 8.0, 2.0
STAYS = ("response", "submission", "invitation", "person")
"""Tables with a row for each who is asked or answers; what waits to be counted, and drafts, go."""


def transactions(connection: Connection) -> int:
    """How many were committed; those of others are told when they have rested a moment."""
    connection.execute(text("SELECT pg_sleep(1.5), pg_stat_clear_snapshot()"))
    counted = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    return int(connection.scalar(text(counted)) or 0)


def bytes_of_log(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT pg_current_wal_lsn() - '0/0'")) or 0)


def bytes_a_row(connection: Connection, name: str) -> float:
    """With its indexes."""
    connection.execute(text(f"VACUUM {name}"))
    size = f"SELECT pg_total_relation_size('{name}')::float / count(*) FROM {name}"
    return float(connection.scalar(text(size)) or 0)


def main() -> None:
    with databases() as urls:
        url = urls["PostgreSQL"]
        tokens = iter(f"/invitations/{token}" for token in prepare(url))
        watching = create_engine(url, isolation_level="AUTOCOMMIT").connect()
        folder = watching.scalar(text("SHOW data_directory"))
        server = Server(0, int(Path(f"{folder}/postmaster.pid").read_text().split()[0]))
        environment = {"SURVEY_DATABASE_URL": url, "SURVEY_SECRET_KEY": "k" * 32}
        with serving("wsgi:app", environment) as ours:
            answer_for(SECONDS_TO_WARM_UP, ours.port, tokens, USERS)
            before = transactions(watching), bytes_of_log(watching), server.cpu_seconds()
            done, _, received = answer_for(SECONDS, ours.port, tokens, USERS)
            cpu, log = server.cpu_seconds() - before[2], bytes_of_log(watching) - before[1]
            committed = transactions(watching) - before[0]
        rows = [
            ("a journey of 12 questions on 3 pages", f"of {done}"),
            ("processor time of PostgreSQL", f"{1000 * cpu / done:.1f} ms"),
            ("transactions", f"{committed / done:.1f}"),
            ("bytes of the write-ahead log", f"{log / done:,.0f}"),
            ("bytes sent to the browser", f"{received:,}"),
        ]
        rows += [
            (f"bytes a row of {name}", f"{bytes_a_row(watching, name):,.0f}") for name in STAYS
        ]
        watching.close()
        watching.engine.dispose()
    table("What a journey asks of the database", rows)


if __name__ == "__main__":
    main()
