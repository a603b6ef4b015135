"""The whole library: read, checked and indexed in a new process, and looked up again in one that
has it. Goals: 2 seconds, 50 milliseconds; an app worker that has it stays below 150 MB."""

import json
import subprocess
import sys

from ground import seconds, table
from serving import ROOT

READ = "read, checked, indexed"
COLD, CACHED, MEGABYTES = 2.0, 0.05, 150

CHECK = """
from time import perf_counter
begun = perf_counter()
from survey.operations.shipped import FOLDER, connections
from survey.questionnaire.library import read_library
files = {f.relative_to(FOLDER).as_posix(): f.read_bytes() for f in FOLDER.rglob("*.json")}
assert not read_library(files)[1]
connections()
print(perf_counter() - begun)
"""
"""Imports included."""

WORKER = """
import resource
from survey.operations.shipped import connections
from wsgi import app
connections()
assert app.url_map
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
"""Most memory that the process has had, in MB."""


def said_by(program):
    """The number that a program prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main():
    from survey.operations.shipped import FOLDER, connections, library

    connections()
    files = [file.read_bytes() for file in FOLDER.rglob("*.json")]
    parsing = seconds(lambda: [json.loads(file) for file in files], times=3)
    cold = min(said_by(CHECK) for _ in range(3))
    cached = seconds(lambda: (library(), connections()), times=3)
    memory = said_by(WORKER)
    rows = [
        ("", "measured", "yardstick", "goal"),
        (READ, f"{cold:.2f} s", f"{parsing:.3f} s json.loads", verdict(cold < COLD, "2 s")),
        ("looked up again", f"{cached * 1e3:.3f} ms", "", verdict(cached < CACHED, "50 ms")),
        ("app worker with it", f"{memory:.0f} MB", "", verdict(memory < MEGABYTES, "150 MB")),
    ]
    table(f"The library: {len(library().capabilities)} capabilities, {len(files)} files", rows)


def verdict(met, goal):
    """The goal, and whether it is met."""
    return f"{goal}, {'met' if met else 'missed'}"


if __name__ == "__main__":
    main()
