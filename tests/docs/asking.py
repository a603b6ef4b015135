"""`.venv/bin/survey` in the copy: has the command run by a process that has loaded the product
already (`answering.py`). What serves is started as it is, tried, and stopped as systemd would."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SECONDS = 30
PORTS = range(20_000, 32_000)


def asked(words):
    """The exit code of a command that another process runs with what this one has open."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ["ANSWERING"])
        told = json.dumps(
            {"words": words, "folder": str(Path.cwd()), "environment": dict(os.environ)}
        )
        socket.send_fds(connection, [len(told).to_bytes(4, "big")], [0, 1, 2])
        connection.sendall(told.encode())
        code = connection.recv(1)
    return code[0] if code else 70


def served(words):
    """The exit code of a server that was seen to answer before it was told to stop."""
    port = random.choice(PORTS)
    ours = [word.replace(":8000", f":{port}") for word in words]
    if ours == words:
        ours = [*words, "--bind", f"127.0.0.1:{port}"]
    if "--workers" not in ours:
        ours = [*ours, "--workers", "1"]
    server = started(ours)
    until = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=SECONDS).close()
            break
        except URLError:
            time.sleep(0.05)
    return stopped(server)


def started(words):
    return subprocess.Popen([sys.executable, "-m", "survey.cli.main", *words])


def stopped(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(SECONDS)


def worked(words):
    """The exit code of a worker that had begun before it was told to stop."""
    worker = started(words)
    time.sleep(2)
    return worker.poll() or stopped(worker)


if __name__ == "__main__":
    how = {"serve": served, "worker": worked}
    trying = len(sys.argv) > 1 and "--help" not in sys.argv
    sys.exit((how.get(sys.argv[1], asked) if trying else asked)(sys.argv[1:]))
