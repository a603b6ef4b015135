"""Running a large wave: an import, the invitations, the page that is watched. Goals: 50,000 people
imported in 60 seconds and 300 MB; 5,000 invitations queued in 5 seconds and written at 200 a second
or more; the page that is watched within 50 ms for 5,000 people, however many have answered."""

import subprocess
import sys
from random import Random
from statistics import median
from time import perf_counter

from ground import databases, seconds, table
from serving import ROOT

from survey.database import session_scope
from survey.engines import engine, sessions
from survey.operations import mailing, organising, running
from survey.operations.delivering import Post, Writer
from survey.operations.inviting import unanswered
from survey.operations.participating import by_day, participation
from survey.operations.tallying import tally_new_responses
from survey.storage import messages
from survey.storage.waves import Wave
from tests import make_stored as make

SECRET = "a secret of the benchmarks"
STAFF, IMPORTED, WRITTEN = 5_000, 50_000, 1_000
UNITS = 200

IMPORT = """
import resource, sys
from time import perf_counter
from survey.database import session_scope
from survey.operations import organising
file = ("email,unit\\n" + "".join(
    f"person{n}@large.example,unit-{n % 200}\\n" for n in range(int(sys.argv[2]))
)).encode()
with session_scope(sys.argv[1]) as session:
    large = organising.organisation(session, "large")
    begun = perf_counter()
    assert organising.import_people(session, large, file).added == int(sys.argv[2])
    session.commit()
print(perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
"""In a process of its own: seconds, and the most memory it has had, in MB."""


def organisation(session, slug):
    made = organising.create_organisation(session, slug, slug.capitalize())
    rows = "".join(f"Unit {n},unit-{n},\n" for n in range(UNITS))
    organising.import_units(session, made, f"name,slug,parent\n{rows}".encode())
    return made


def wave_of_staff(session):
    """A wave for 5,000 people, open."""
    made = organisation(session, "staffed")
    rows = "".join(f"p{n}@staffed.example,unit-{n % UNITS}\n" for n in range(STAFF))
    organising.import_people(session, made, f"email,unit\n{rows}".encode())
    digest = make.version(session)
    make.publication(session, made.id, digest)
    wave = running.create_wave(
        session, made, slug="staffed", name="Staffed", version_digest=digest, minimum_group=10
    )
    running.open_wave(session, wave, secret=SECRET, now=make.NOON, random=Random(1))
    session.commit()
    return wave


def queued(session, wave):
    """Seconds until all invitations wait to be sent."""
    begun = perf_counter()
    mailing.plan(session, wave, "invitation", due_at=make.NOON)
    assert mailing.queue_due(session, wave, secret=SECRET, now=make.NOON) == STAFF
    session.commit()
    return perf_counter() - begun


def written_a_second(session, wave):
    """Letters written in a second, from claiming one to its text."""
    post = Post(None, SECRET, "https://survey.example", lambda: make.NOON, lambda: None)
    writer = Writer(session, wave, post)

    def write():
        for _ in range(WRITTEN):
            assert writer.letter(messages.claim(session, wave.id, make.NOON)).text

    taken = seconds(write)
    session.rollback()
    return WRITTEN / taken


def watched(url):
    """Milliseconds of what the page that is watched asks of the database."""
    made, taken = engine(url), []
    for _ in range(21):
        with sessions(made)() as session:
            begun = perf_counter()
            wave = session.query(Wave).filter_by(slug="staffed").one()
            assert participation(session, wave).invited == STAFF
            by_day(session, wave)
            taken.append(1000 * (perf_counter() - begun))
    made.dispose()
    return median(taken[1:])


def answered(url, number):
    """So many more have answered, and were counted by the worker."""
    with session_scope(url) as session:
        wave = session.query(Wave).filter_by(slug="staffed").one()
        make.responses(session, wave, "staffed", [3] * number)
        tally_new_responses(session, wave)
        session.commit()


def measured(url):
    with session_scope(url) as session:
        organisation(session, "large")
        session.commit()
        done = subprocess.run(
            [sys.executable, "-c", IMPORT, url, str(IMPORTED)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        importing, memory = map(float, done.stdout.split())
        wave = wave_of_staff(session)
        assert len(list(unanswered(session, wave, secret=SECRET))) == STAFF
        queueing, writing = queued(session, wave), written_a_second(session, wave)
    few = watched(url)
    answered(url, 4_000)
    return importing, memory, queueing, writing, few, watched(url)


def main():
    rows = [("", "SQLite", "PostgreSQL", "goal")]
    with databases() as urls:
        figures = list(zip(*(measured(url) for url in urls.values()), strict=True))
    for what, form, found, goal in zip(
        (
            f"{IMPORTED:,} people imported",
            "most memory of it",
            f"{STAFF:,} invitations queued",
            "letters written",
            "watched, nobody answered",
            "watched, 4,000 answered",
        ),
        ("{:.1f} s", "{:.0f} MB", "{:.2f} s", "{:.0f} a second", "{:.1f} ms", "{:.1f} ms"),
        figures,
        ("60 s", "300 MB", "5 s", "200 a second", "50 ms", "50 ms"),
        strict=True,
    ):
        rows.append((what, *(form.format(one) for one in found), goal))
    table("Running a large wave", rows)


if __name__ == "__main__":
    main()
