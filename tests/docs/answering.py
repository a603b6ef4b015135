"""Runs commands of the product for `asking.py`, each in a process of its own, forked from this one
once it has loaded all of the product: loading is most of what a short command costs."""

import json
import os
import socket
import sys
from contextlib import suppress
from importlib import import_module

from survey.cli.main import COMMANDS, main
from survey.operations.shipped import library
from survey.revisions import newest_revision


def load():
    import_module("survey.app")
    for listed in COMMANDS.values():
        modules = [listed] if isinstance(listed, str) else [*listed[1].values()]
        for module in modules:
            import_module(f"survey.cli.{module}")
    newest_revision()
    library()


def answer(connection):
    """Run what is asked for, in this process, which then ends."""
    head, files, _, _ = socket.recv_fds(connection, 4, 3)
    told = json.loads(read(connection, int.from_bytes(head, "big")))
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    code = ran(told["words"])
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(bytes([code]))
    os._exit(0)


def read(connection, size):
    got = b""
    while len(got) < size:
        got += connection.recv(size - len(got))
    return got


def ran(words):
    try:
        main(words, prog_name="survey")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 70
    return 0


if __name__ == "__main__":
    load()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(sys.argv[1])
        door.listen()
        print("ready", flush=True)  # noqa: T201 -- who started this waits for it
        while True:
            connection, _ = door.accept()
            if os.fork() == 0:
                answer(connection)
            connection.close()
            with suppress(ChildProcessError):  # those that have ended are forgotten
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
