"""Walks the steps of operations: at each a program dies, another does the work again, and nothing
may be lost, doubled or half done. `python -m tests.faults.walk` walks all, and prints a table;
`--every 10 mailing` walks every tenth step of one."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from survey.database import session_scope
from survey.migrating import migrate
from tests.conftest import named, postgresql, run_on
from tests.faults.dying import processes
from tests.faults.looking import Look
from tests.faults.scenes import MAILED, SCENES
from tests.mailbox import Mailbox, OnAnyPort

NEXT_WORKER = timedelta(minutes=11)
"""Until then a worker that has died is taken for dead, whatever it was at."""


@dataclass
class Walk:
    """What came of walking one operation on one database: its steps, at how many it was killed,
    and a sentence for each fault that was found."""

    operation: str
    database: str
    steps: int = 0
    killed: int = 0
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)


@contextmanager
def mail_of(operation):
    """A mailbox, and the settings by which an operation that sends mail sends it there."""
    mailbox = Mailbox()
    if operation not in MAILED:
        yield mailbox, {}
        return
    server = OnAnyPort(mailbox, hostname="127.0.0.1", port=0)
    server.start()
    yield mailbox, {"MAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    server.stop()


class Sqlite:
    """Databases that are files."""

    name = "SQLite"

    def __init__(self, folder, template=None):
        self.folder, self.template = folder, template

    def prepared(self):
        file = self.folder / "prepared.db"
        self._clear(file)
        if self.template:
            shutil.copy(self.template, file)
        else:
            migrate(f"sqlite:///{file}")
        return f"sqlite:///{file}"

    def copied(self):
        file = self.folder / "walked.db"
        self._clear(file)
        shutil.copy(self.folder / "prepared.db", file)
        return f"sqlite:///{file}"

    def _clear(self, file):
        for beside in self.folder.glob(f"{file.name}*"):
            beside.unlink()


class PostgreSql:
    """Databases of a server at `uri`, which has a migrated one called `template`."""

    name = "PostgreSQL"

    def __init__(self, uri):
        self.uri = uri

    def prepared(self):
        return self._made("prepared", "template")

    def copied(self):
        return self._made("walked", "prepared")

    def _made(self, name, like):
        drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
        run_on(self.uri, drop, f"CREATE DATABASE {name} TEMPLATE {like}")
        return named(self.uri, name)


class Walker:
    """Walks operations on the databases of one kind, with files in a folder."""

    def __init__(self, databases, processes, folder):
        self.databases, self.processes, self.folder = databases, processes, folder

    def walk(self, operation, *, every=1, first=1):
        """Die at each step, or at every k-th, until it comes to its end by itself."""
        walk = Walk(operation, self.databases.name)
        with session_scope(self.databases.prepared()) as session:
            given = SCENES[operation].prepare(session, self.folder)
            session.commit()
        dies_at = first
        while not walk.steps:
            self._die_at(dies_at, walk, given)
            dies_at += every
        return walk

    def _die_at(self, number, walk, given):
        with mail_of(walk.operation) as (mailbox, settings):
            url, given = self.databases.copied(), given | {"settings": settings}
            run = self.processes.run(walk.operation, url, given, dies_at=number)
            if run.died:
                walk.killed += 1
                self._look(walk, url, run, mailbox, whole=False)
                later = self.processes.run(walk.operation, url, given, later=NEXT_WORKER)
                run.failed = later.failed
            if run.failed:
                raise AssertionError(f"{walk.operation}, killed {run.died}: {run.failed}")
            self._look(walk, url, run, mailbox, whole=True)
        walk.steps = run.steps

    def _look(self, walk, url, run, mailbox, *, whole):
        letters = [letter["To"] for letter in mailbox.messages]
        with session_scope(url) as session:
            look = Look(session, heard=run.said, letters=letters, whole=whole)
            SCENES[walk.operation].look(look)
            look.everywhere()
            session.rollback()
        said = f"killed {run.died or 'nowhere'}, {'then whole' if whole else 'at once'}"
        walk.lost += [f"{said}: {one}" for one in look.lost]
        walk.doubled += [f"{said}: {one}" for one in look.doubled]


COLUMNS = ("operation", "database", "steps", "killed", "lost", "doubled")


def table(walks):
    """The report: a line an operation and database, then each fault that was found."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    for one in walks:
        cells = (one.operation, one.database, one.steps, one.killed)
        cells += (len(one.lost), len(one.doubled))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    found = [f"{w.operation}, {w.database}: {one}" for w in walks for one in w.lost + w.doubled]
    return "\n".join([*lines, "", *found, ""])


def walk_all(operations, every):
    """Walk these operations on both databases, saying each when it is done."""
    walks = []
    with tempfile.TemporaryDirectory() as made, processes() as running, postgresql() as uri:
        folder = Path(made)
        for operation in operations:
            for databases in (Sqlite(folder), PostgreSql(uri)):
                walks.append(Walker(databases, running, folder).walk(operation, every=every))
                sys.stderr.write(f"{walks[-1]}\n")
    return walks


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="K", help="every K-th step")
    parser.add_argument("operation", nargs="*", default=[])
    wanted = parser.parse_args()
    walked = walk_all(wanted.operation or SCENES, wanted.every)
    sys.stdout.write(table(walked))
    sys.exit(any(one.lost or one.doubled for one in walked))
