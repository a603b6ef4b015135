"""The overview of a profile with 1,000 and with 100,000 responses: time and queries, without the
drawing of charts. Goals: the second within 1.2 times the first, 3 queries, 50 ms."""

from statistics import median
from time import perf_counter

import numpy as np
from bench_folding import asked, fill, ratings
from ground import databases, table
from sqlalchemy import create_engine, event

from survey.database import session_scope
from survey.engines import engine, sessions
from survey.migrating import migrate
from survey.operations.reporting import organisation_profile
from survey.operations.tallying import freeze_publish_set, tally_new_responses

FEW, MANY, TIMES = 1_000, 100_000, 40
ALLOWED = 1.2


def closed_wave(url, responses):
    """A closed wave with so many responses; its slug."""
    random = np.random.default_rng(1)
    with session_scope(url) as session:
        wave = fill(session, ratings(random, responses), random)
        tally_new_responses(session, wave)
        freeze_publish_set(session, wave)
        wave.state = "closed"
        session.commit()
        return wave.slug


def measured(url, slug):
    """Milliseconds of an overview, each time in a new session, and its queries."""
    made, queries, taken = engine(url), [], []
    event.listen(made, "before_cursor_execute", lambda *args: queries.append(args[2]))
    for _ in range(TIMES + 1):  # the first one also thaws the version
        queries.clear()
        begun = perf_counter()
        with sessions(made)() as session:
            assert organisation_profile(session, slug, None).overall
        taken.append(1000 * (perf_counter() - begun))
    made.dispose()
    return median(taken[1:]), len(queries)


def beside(url):
    """The address of a second database at the same place, migrated."""
    if url.startswith("sqlite"):
        other = url.replace("bench.db", "many.db")
    else:
        with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE many")
        other = url.replace("/postgres?", "/many?")
    migrate(other)
    return other


def main():
    rows = [("", f"{FEW:,} responses", f"{MANY:,} responses", "ratio", "queries*", "goal")]
    with databases() as urls:
        for name, url in urls.items():
            many = beside(url)
            first, _ = measured(url, closed_wave(url, FEW))
            second, queries = measured(many, closed_wave(many, MANY))
            met = second <= ALLOWED * first and queries < 3 and second < 50
            rows.append(
                (
                    name,
                    f"{first:.2f} ms",
                    f"{second:.2f} ms",
                    f"{second / first:.2f}",
                    str(queries),
                    "met" if met else "missed",
                )
            )
    table(f"The overview of {len(asked().capabilities)} capabilities and 500 units", rows)
    print("  * and one for the account that looks")  # noqa: T201 -- a benchmark's result


if __name__ == "__main__":
    main()
