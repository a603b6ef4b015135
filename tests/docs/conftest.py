"""A copy of the repository in which guides are tried, and a machine for each."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from survey.config import ROOT
from tests.browser.serving import free_port
from tests.conftest import named, run_on

HERE = Path(__file__).parent
STAND_INS = sorted((HERE / "stand_ins").glob("*.py"))
FOR_ROOT = {"find", "install", "tee"}
"""Without sudo, they are the real ones."""

NEED_PACKAGES = {"docker"}
STAMPS = ("installed", "installed-dev")


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """A folder with what is delivered and nothing else, as if `make install` had been run."""
    folder = tmp_path_factory.mktemp("copy")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            copy_file(name, folder)
    programs = folder / ".venv/bin"
    programs.mkdir(parents=True)
    write_program(programs / "survey", "-S", HERE / "asking.py")
    write_program(programs / "python")
    for stamp in STAMPS:
        (folder / ".venv" / stamp).touch()
    return folder


def copy_file(name, folder):
    """A file as it is; with a module what Python has made of it, which spares time."""
    file = ROOT / name
    made = file.parent.glob(f"__pycache__/{file.stem}.*.pyc") if file.suffix == ".py" else []
    for one in (file, *made):
        target = folder / one.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(one, target)


def write_program(file, *words):
    file.write_text(f'#!/bin/sh\nexec {sys.executable} {" ".join(map(str, words))} "$@"\n')
    file.chmod(0o755)


@pytest.fixture(scope="session")
def answering(copy, tmp_path_factory):
    """Where the process listens that runs commands."""
    door = tmp_path_factory.mktemp("door") / "door"
    process = subprocess.Popen(
        [sys.executable, HERE / "answering.py", door],
        env=os.environ | {"PYTHONPATH": str(copy)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"ready\n"
    yield door
    process.terminate()
    process.communicate()


@dataclass
class Machine:
    """A folder that stands for the file system of a machine, and how commands are run on it."""

    folder: Path
    copy: Path
    environment: dict

    def runs(self, commands, line=1):
        """What a block of commands prints. All of them succeed, or the test fails."""
        done = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", commands],
            cwd=self.copy,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"line {line}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def stop(self):
        """End what was started and still runs."""
        for note in self.folder.glob("running/*"):
            with suppress(ProcessLookupError):
                os.killpg(int(note.read_text()), signal.SIGTERM)


def write_stand_ins(machine):
    """All stand-ins as programs; the folder of those that are meant also without sudo."""
    folders = {True: machine / "root/bin", False: machine / "usr/bin"}
    for folder in folders.values():
        folder.mkdir(parents=True)
    for file in STAND_INS:
        if file.stem != "machine":
            plain = [] if file.stem in NEED_PACKAGES else ["-S"]  # it starts sooner
            name = file.stem.replace("_", "-")
            write_program(folders[name in FOR_ROOT] / name, *plain, file)
    return folders[False]


@pytest.fixture
def machine(copy, answering, postgresql_server, sqlite_template, tmp_path):
    """A machine without anything, in whose copy of the product only the database is made."""
    before = {*copy.iterdir()}
    database = f"guide_{free_port()}"
    run_on(postgresql_server, f"CREATE DATABASE {database} TEMPLATE template")
    programs = write_stand_ins(tmp_path / "machine")
    shutil.copy(sqlite_template, tmp_path / "survey.db")
    here = tmp_path / "machine"
    unset = {name: text for name, text in os.environ.items() if not name.startswith("SURVEY_")}
    made = Machine(
        here,
        copy,
        unset
        | {
            "PATH": f"{here}/usr/local/bin:{programs}:{unset['PATH']}",
            "PYTHONPATH": str(copy),
            "COPY": str(copy),
            "MACHINE": str(here),
            "MACHINE_PORT": str(free_port()),
            "MACHINE_DATABASE": named(postgresql_server, database),
            "ANSWERING": str(answering),
            "SURVEY_INSTANCE": str(tmp_path / "instance"),
            "SURVEY_DATABASE_URL": f"sqlite:///{tmp_path}/survey.db",
            "SURVEY_SECRET_KEY": "k" * 32,
        },
    )
    yield made
    made.stop()
    for left in {*copy.iterdir()} - before:
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    run_on(postgresql_server, f"DROP DATABASE {database} WITH (FORCE)")
