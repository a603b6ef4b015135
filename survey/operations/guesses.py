"""How many guesses it takes to come upon a password, as zxcvbn counts them (Wheeler (2016),
“zxcvbn: low-budget password strength estimation”, 25th USENIX Security Symposium, 157-173): with
30,000 stolen passwords, 30,000 words, names and keyboards that it has with it, and no network.

That is 9 MB of memory, which would be kept by each process in which anybody ever set a password:
so a process of its own counts, and is gone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

SECONDS: Final = 20
"""For a machine that has much else to do: it takes a tenth of a second."""


def in_a_process(password: str, known: Sequence[str]) -> float:
    """`of`, counted by a process of its own. The password goes to it by a pipe, and so stands in no
    list of processes. Raises OSError, subprocess.SubprocessError."""
    done = subprocess.run(
        [sys.executable, "-m", "survey.operations.guesses"],
        input=json.dumps([password, known]),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=SECONDS,
        check=True,
    )
    return float(done.stdout)


def of(password: str, known: Sequence[str]) -> float:
    """The guesses that a password takes, which has a sign or more. known: what is tried first."""
    from zxcvbn import zxcvbn

    return float(zxcvbn(password, user_inputs=list(known))["guesses"])


if __name__ == "__main__":
    sys.stdout.write(str(of(*json.load(sys.stdin))))
