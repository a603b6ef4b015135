"""A copy of the tests' PostgreSQL, kept up to date by streaming replication."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


def owner_of(folder):
    """The options that run a program as who owns a folder: PostgreSQL and PgBouncer refuse root."""
    owner = Path(folder).stat().st_uid
    return {"user": owner, "group": Path(folder).stat().st_gid} if os.geteuid() == 0 else {}


def folder_beside(server_folder, name):
    """A new folder of whoever runs the server; short, since a socket is in it."""
    made = Path(tempfile.mkdtemp(prefix=f"survey-{name}-"))
    if os.geteuid() == 0:
        owner = Path(server_folder).stat()
        os.chown(made, owner.st_uid, owner.st_gid)
    return made


class Copy:
    """The copy, made when it is first started."""

    def __init__(self, uri):
        self.programs = Path(first_of(uri, "SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
        self.of = make_url(uri)
        self.server_folder = self.of.query["host"]
        self.as_owner = owner_of(self.server_folder)
        self.folder = folder_beside(self.server_folder, "copy")

    def __enter__(self):
        options = ["-h", self.server_folder, "-U", "postgres", "-D", self.folder / "files"]
        self._run("pg_basebackup", *options, "--write-recovery-conf", "--checkpoint=fast")
        self.start()
        return self

    def __exit__(self, *_fault):
        self.stop()
        shutil.rmtree(self.folder)

    def start(self):
        options = f"-k {self.folder} -c listen_addresses="
        files = ["-D", self.folder / "files", "-l", self.folder / "log"]
        self._run("pg_ctl", "start", "--wait", *files, "-o", options)

    def stop(self):
        self._run("pg_ctl", "stop", "-D", self.folder / "files", "--mode=immediate")

    def url(self, database):
        """The address of a database in it."""
        query = dict(self.of.query) | {"host": str(self.folder)}
        return self.of.set(database=database, query=query).render_as_string(hide_password=False)

    def ask(self, statement):
        """What it answers."""
        return first_of(self.url("postgres"), statement)

    def catch_up(self):
        """Wait until it has all that the server has."""
        there = first_of(self.of, "SELECT pg_current_wal_lsn()")
        made = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with made.connect() as connection:
            has_it = text(f"SELECT pg_last_wal_replay_lsn() >= '{there}' FROM pg_sleep(0.01)")
            while not connection.scalar(has_it):
                assert connection.scalar(text("SELECT pg_is_in_recovery()"))
        made.dispose()

    def _run(self, name, *options):
        done = subprocess.run(
            [str(self.programs / name), *map(str, options)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            text=True,
            **self.as_owner,
        )
        assert done.returncode == 0, done.stderr


def first_of(url, statement):
    made = create_engine(url)
    with made.connect() as connection:
        found = connection.scalar(text(statement))
    made.dispose()
    return found
