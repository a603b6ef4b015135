"""A web server, and the processor time and the memory that it has used."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 30


@dataclass(frozen=True)
class Server:
    """A server that listens on `port`; `pid` is the parent of its workers."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of the parent and its workers up to now, in user and kernel."""
        family = [self.pid, *children(self.pid)]
        return sum(map(ticks, family)) / os.sysconf("SC_CLK_TCK")

    def worker_mb(self) -> float:
        """Memory of the largest worker: its own and its share of what it shares (PSS)."""
        return max(map(kilobytes, children(self.pid))) * 1024 / 1e6


def children(pid: int) -> list[int]:
    stats = (file for file in Path("/proc").glob("[0-9]*/stat"))
    return [int(file.parent.name) for file in stats if fields(file)[1] == str(pid)]


def ticks(pid: int) -> int:
    found = fields(Path(f"/proc/{pid}/stat"))
    return int(found[11]) + int(found[12]) if found[0] else 0


def kilobytes(pid: int) -> int:
    rolled_up = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rolled_up.splitlines() if line.startswith("Pss:"))


def fields(file: Path) -> list[str]:
    """What follows the name in a process's `stat`: its state, its parent, …; see proc(5)."""
    try:
        return file.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return ["", ""]


@contextmanager
def serving(application: str, environment: Mapping[str, str], workers: int) -> Iterator[Server]:
    """The application under gunicorn, as `make demo` runs it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    ran = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, application],
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        wait_for(port, ran)
        yield Server(port, ran.pid)
    finally:
        ran.terminate()
        ran.wait(SECONDS_TO_START)


def wait_for(port: int, ran: subprocess.Popen[bytes]) -> None:
    until = monotonic() + SECONDS_TO_START
    while monotonic() < until and ran.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")
