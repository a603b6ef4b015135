"""Files: the figures of 500 units in each format, beside the same rows written by nothing but the
csv module; and 100,000 responses to 60 questions. Goals: the workbook of figures under 3 s; no
more memory for many rows than for few (but for what the unit of each response takes)."""

import csv
from pathlib import Path
from subprocess import run
from sys import argv, executable
from tempfile import TemporaryDirectory
from uuid import UUID

import numpy as np
from bench_folding import asked, fill, ratings
from ground import databases, seconds, table
from sqlalchemy import insert

from survey.database import session_scope
from survey.exchange.table_files import FORMATS
from survey.operations.figures_out import figures_table
from survey.operations.responses_io import export_responses
from survey.operations.running import wave as wave_of
from survey.operations.tallying import freeze_publish_set, tally_new_responses
from survey.storage.responses import Response

RESPONSES, GOAL = 100_000, 3
CODES = {6: "dont-know", 7: "not-applicable"}
REASON = "To measure how long it takes"


def closed_wave(url):
    """A closed wave whose responses can be given away."""
    random = np.random.default_rng(1)
    packed = ratings(random, RESPONSES)
    names = [question.id for question in asked().counted_questions]
    with session_scope(url) as session:
        wave = fill(session, packed, random)
        waiting = session.connection().exec_driver_sql("SELECT id, unit_id, ratings FROM untallied")
        rows = [
            {
                "wave_id": wave.id,
                "id": UUID(bytes=random.bytes(16)),
                "unit_id": row.unit_id,
                "about_you": {},
                "answers": {
                    name: CODES.get(one, one)
                    for name, one in zip(names, bytes(row.ratings), strict=True)
                    if one
                },
                "ratings": bytes(row.ratings),
            }
            for row in waiting
        ]
        for start in range(0, len(rows), 10_000):
            session.execute(insert(Response), rows[start : start + 10_000])
        tally_new_responses(session, wave)
        freeze_publish_set(session, wave)
        wave.state = "closed"
        session.commit()


def export(url, format, file):
    """Write the responses: in a process of its own, which says how much memory it took."""
    with session_scope(url) as session:
        export_responses(session, wave_of(session, "autumn"), format, REASON, Path(file))


def measured(url, format, folder):
    """Seconds, megabytes of memory, and of the file."""
    file = folder / f"rows.{format}"
    program = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); import bench_data_out as b;"
        "begun = time.perf_counter(); b.export(*sys.argv[2:]);"
        "print(time.perf_counter() - begun);"
        "print(next(line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line))"
    )
    arguments = [str(Path(argv[0]).resolve().parent), url, format, str(file)]
    said = run([executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    taken, memory = said.stdout.split()
    return float(taken), int(memory) / 1024, file.stat().st_size / 2**20


def figures(url, folder):
    """The time of each format of figures, and of their rows as plain CSV."""
    with session_scope(url) as session:
        first = seconds(lambda: figures_table(session, "autumn", None))
        made = figures_table(session, "autumn", None)
    taken = {
        format: seconds(lambda one=one: one.write(made, folder / "figures"), times=3)
        for format, one in FORMATS.items()
    }
    plain = seconds(lambda: _plain(made, folder / "plain.csv"), times=3)
    return first, taken, plain, len(made.rows)


def _plain(made, file):
    with file.open("w", newline="") as out:
        csv.writer(out).writerows(made.rows)


def main():
    with databases() as urls, TemporaryDirectory() as name:
        folder, url = Path(name), urls["SQLite"]
        closed_wave(url)
        first, taken, plain, number = figures(url, folder)
        rows = [("", "from the tally", "to the file", "beside plain CSV", "goal")]
        for format, spent in taken.items():
            met = "" if format != "xlsx" else "met" if first + spent < GOAL else "missed"
            rows.append((format, f"{first:.2f} s", f"{spent:.2f} s", f"{spent / plain:.1f}", met))
        table(f"The figures of 500 units and 12 capabilities: {number:,} rows", rows)
        rows = [("", "time", "most memory", "file")]
        for format in FORMATS:
            spent, memory, size = measured(url, format, folder)
            rows.append((format, f"{spent:.1f} s", f"{memory:.0f} MB", f"{size:.1f} MB"))
        table(f"{RESPONSES:,} responses to 60 questions", rows)


if __name__ == "__main__":
    main()
