"""A million people, 60 questions, 500 units, three questions about themselves: counting beside
DuckDB over the same data as Parquet, a recount from the database, closing, and the pages that
leads open, beside ten thousand people. Each step runs in a process of its own, whose memory is
measured."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

import duckdb
import numpy as np
from bench_folding import CAPABILITIES, PRACTICES, UNITS, asked, ratings
from bench_profile import beside
from ground import databases, seconds, table
from sqlalchemy import insert, select

from survey.database import session_scope
from survey.engines import engine, sessions
from survey.maturity.tally import TallyPlan, tally_by_group
from survey.operations import reporting
from survey.operations.closing import close_wave
from survey.operations.heat_map_reporting import heat_map
from survey.operations.tallying import recount, tally_new_responses
from survey.operations.versions import plan_of
from survey.questionnaire.model import Option, Question
from survey.storage.organisations import Unit
from survey.storage.responses import Response, Untallied
from survey.storage.waves import Wave
from tests import make_stored as make

MANY, FEW, TIMES, BATCH = 1_000_000, 10_000, 15, 20_000
OPTIONS, SEED = 5, 1
ABOUT_YOU = tuple(
    Question(id_, "choice", id_, options=tuple(Option(f"o{n}", f"o{n}") for n in range(OPTIONS)))
    for id_ in ("grade", "service", "place")
)
DESIGN = "digital/capability-0"


def questionnaire():
    """That of folding, with three questions about oneself."""
    return replace(asked(), about_you=ABOUT_YOU)


def people(number):
    """Their ratings, units (places), and options chosen."""
    random = np.random.default_rng(SEED)
    packed = ratings(random, number)
    return packed, random.integers(0, UNITS, number), random.integers(0, OPTIONS, (number, 3))


def fill(url, number):
    """A wave that is open, with so many responses in it that were not counted yet."""
    packed, places, chosen = people(number)
    random = np.random.default_rng(SEED)
    units = {"root": None} | {f"u{n}": "root" if n < 20 else f"u{n % 20}" for n in range(UNITS - 1)}
    with session_scope(url) as session:
        wave = make.wave(session, make.organisation(session, units=units), questionnaire())
        wave.breakdowns = [question.id for question in ABOUT_YOU]
        ids = [unit.id for unit in session.query(Unit).order_by(Unit.id)]
        session.commit()
        for start in range(0, number, BATCH):
            rows = [
                {
                    "wave_id": wave.id,
                    "id": UUID(bytes=random.bytes(16)),
                    "unit_id": ids[places[row]],
                    "about_you": {
                        question.id: f"o{chosen[row, column]}"
                        for column, question in enumerate(ABOUT_YOU)
                    },
                    "answers": {},
                    "ratings": packed[row].tobytes(),
                }
                for row in range(start, min(start + BATCH, number))
            ]
            session.execute(insert(Response), rows)
            narrow = ("wave_id", "id", "unit_id", "ratings")
            session.execute(insert(Untallied), [{n: row[n] for n in narrow} for row in rows])
            session.commit()


def write_parquet(file):
    """The same people as DuckDB reads them: a column for the unit and one for each question."""
    packed, places, _ = people(MANY)
    columns = {f"q{number}": packed[:, number].copy() for number in range(packed.shape[1])}
    everybody = {"unit": places.astype(np.int16)} | columns
    assert everybody
    duckdb.sql(f"COPY (SELECT * FROM everybody) TO '{file}' (FORMAT parquet)")


def group_by(file):
    """How DuckDB counts people by unit, question and rating: seconds, the faster of two ways."""
    questions = [f"q{number}" for number in range(CAPABILITIES * (1 + PRACTICES))]
    counts = ", ".join(f"count_if({q} = {rating})" for q in questions for rating in range(1, 8))
    at_once = f"SELECT unit, {counts} FROM '{file}' GROUP BY unit"
    long = f"UNPIVOT (SELECT * FROM '{file}') ON {', '.join(questions)} INTO NAME q VALUE rating"
    one_by_one = f"SELECT unit, q, rating, count(*) FROM ({long}) GROUP BY ALL"
    return min(seconds(duckdb.sql(query).fetchall, times=2) for query in (at_once, one_by_one))


def counted(capabilities):
    """How we count the same from packed ratings; with the scores of twelve capabilities, too."""
    packed, places, _ = people(MANY)
    whole = plan_of(questionnaire())
    plan = whole if capabilities else TallyPlan(whole.questions, ())
    together = packed.tobytes()
    return seconds(lambda: tally_by_group(together, places, UNITS, plan), times=3)


# Steps, each in a process of its own


def fold(url):
    with session_scope(url) as session:
        wave = session.scalar(select(Wave))
        taken = seconds(lambda: tally_new_responses(session, wave))
        session.commit()
    return taken


def count_again(url):
    with session_scope(url) as session:
        wave = session.scalar(select(Wave))
        return seconds(lambda: recount(session, wave))


def close(url):
    with session_scope(url) as session:
        wave = session.scalar(select(Wave))
        taken = seconds(lambda: close_wave(session, wave, now=make.NOON))
        session.commit()
    return taken


def look(url):
    """Milliseconds of an organisation's profile, of a unit's, of a capability unit by unit, and of
    all capabilities in the units directly below."""
    made = engine(url)
    reports = (
        lambda session: reporting.organisation_profile(session, "autumn", None),
        lambda session: reporting.organisation_profile(session, "autumn", None, "u3"),
        lambda session: reporting.capability_report(session, "autumn", DESIGN, None),
        lambda session: heat_map(session, "autumn", None),
    )
    found = []
    for report in reports:
        taken = []
        for _ in range(TIMES + 1):  # the first one also thaws the version
            begun = perf_counter()
            with sessions(made)() as session:
                report(session)
            taken.append(1000 * (perf_counter() - begun))
        found.append(median(taken[1:]))
    return found


STEPS = {step.__name__: step for step in (fold, count_again, close, look)}


def in_a_process(step, url):
    """What a step says, and how much memory its process had, in MB."""
    command = [sys.executable, __file__, step.__name__, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main():
    rows = [("", "measured", "memory", "yardstick", "goal")]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.parquet"
        write_parquet(file)
        yardstick = group_by(file)
    for what, capabilities in (("counting", False), ("  with the scores of 12 capabilities", True)):
        taken = counted(capabilities)
        goal = "" if capabilities else said(taken <= yardstick / 2, "half")
        rows.append((what, f"{taken:.2f} s", "", f"DuckDB {yardstick:.2f} s", goal))
    with databases() as urls:
        for name, url in urls.items():
            rows += on_database(name, url, yardstick)
    table(f"{MANY:,} people, 60 questions, {UNITS} units, 3 questions about themselves", rows)


def on_database(name, url, yardstick):
    few = beside(url)
    fill(few, FEW)
    fill(url, MANY)
    for step in (fold, close):
        in_a_process(step, few)
    for step, least in ((fold, 0), (count_again, 4), (close, 0)):
        taken, memory = in_a_process(step, url)
        met = memory < LARGEST and (not least or taken <= least * yardstick)
        beside_it = f"DuckDB {yardstick:.2f} s" if least else ""
        goal = said(met, f"{least} times, 500 MB" if least else "500 MB")
        yield f"{LABELS[step]}; {name}", f"{taken:.1f} s", f"{memory} MB", beside_it, goal
    looks = [(in_a_process(look, few), in_a_process(look, url)) for _ in range(3)]
    before, found = (np.min([one[place][0] for one in looks], axis=0) for place in (0, 1))
    memory = looks[-1][1][1]
    for what, taken, then in zip(PAGES, found, before, strict=True):
        met = taken < 50 and taken <= 1.2 * then
        little = f"{FEW:,} people: {then:.1f} ms"
        yield f"{what}; {name}", f"{taken:.1f} ms", f"{memory} MB", little, said(met, "1.2, 50 ms")


def most_memory():
    """Megabytes that this process had at most: of its own, where getrusage has the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def said(met, goal):
    return f"{goal}: {'met' if met else 'missed'}"


LARGEST = 500
LABELS = {fold: "folding", count_again: "recount", close: "closing, with the audit"}
PAGES = ("profile of all", "profile of a unit", "capability, unit by unit", "heat map of units")

if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        step, url = sys.argv[1:]
        told = STEPS[step](url)
        memory = most_memory()
        sys.stdout.write(json.dumps([told, memory]))
