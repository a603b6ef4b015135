"""The product in processes that die: each runs one operation by its real entrance, and is killed
with SIGKILL at one of its steps.

They are forked from one that has loaded everything and opened nothing, which takes orders, a line
of JSON each: `python -m tests.faults.dying`.
"""

import json
import os
import subprocess
import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "SECRET_KEY": "k" * 32,
    "BASE_URL": "https://survey.example",
    "MAIL_FROM": "survey@anytown.example",
    "MAIL_PER_SECOND": "1000",
    "LOG_LEVEL": "ERROR",
}


@dataclass
class Run:
    """What is known of a run: how many steps it went (where it came to its end), at which it died,
    whether it failed by itself, and what it had confirmed by then."""

    steps: int = 0
    died: str = ""
    failed: str = ""
    said: list = field(default_factory=list)


class Processes:
    """Runs operations in processes of their own."""

    def __init__(self, process):
        self._process = process

    def run(self, operation, url, given, *, dies_at=None, later=timedelta(0)):
        """Run it on the database at `url`, `later` than now; what came of it."""
        order = {
            "operation": operation,
            "url": url,
            "given": given,
            "dies_at": dies_at,
            "later": later.total_seconds(),
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        run = Run()
        for line in self._process.stdout:
            told = json.loads(line)
            if "ended" in told:
                break
            run.said += [told["said"]] if "said" in told else []
            run.steps = told.get("steps", run.steps)
            run.died = told.get("died", run.died)
            run.failed = told.get("failed", run.failed)
        if not (run.steps or run.died or run.failed):
            run.failed = "it ended without a word"
        return run


@contextmanager
def processes():
    """Within it, operations can be run."""
    command = [sys.executable, "-m", "tests.faults.dying"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Processes(process)
        finally:
            process.stdin.close()
            process.wait()


def tell(**what):
    os.write(sys.__stdout__.fileno(), (json.dumps(what) + "\n").encode())


def take_orders():
    from tests.faults import operations

    operations.load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _obey(json.loads(line))
            os._exit(0)
        os.waitpid(child, 0)
        tell(ended=True)


def _obey(order):
    import time_machine

    from tests.faults.operations import OPERATIONS, Place
    from tests.faults.steps import Steps

    settings = SETTINGS | {"DATABASE_URL": order["url"]} | order["given"].get("settings", {})
    os.environ |= {f"SURVEY_{name}": value for name, value in settings.items()}
    steps = Steps(order["dies_at"], tell)
    place = Place(order["url"], lambda said: tell(said=said))
    try:
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=order["later"])):
            steps.watch()
            OPERATIONS[order["operation"]](place, order["given"])
        tell(steps=steps.gone)
    except BaseException:
        tell(failed=traceback.format_exc())


if __name__ == "__main__":
    take_orders()
