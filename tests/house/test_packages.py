"""Packages: empty at the door, pure inside, no file too long to read."""

import subprocess
import sys

import pytest

from survey.config import ROOT

LONGEST = 400
PURE = ("survey.exchange", "survey.maturity", "survey.questionnaire")
IMPURE = ("flask", "wtforms", "flask_wtf", "sqlalchemy", "click")


def python_files(*folders):
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def ours(*folders):
    return [file for file in python_files(*folders) if "node_modules" not in file.parts]


def test_packages_are_empty_at_the_door():
    doors = [file for file in ours("survey") if file.name == "__init__.py"]
    assert len(doors) > 5
    assert [str(file) for file in doors if file.read_text()] == []


def test_no_file_is_too_long():
    lengths = {file: len(file.read_text().splitlines()) for file in ours("survey", "tests")}
    assert [f"{file}: {lines}" for file, lines in lengths.items() if lines > LONGEST] == []


@pytest.mark.parametrize("package", PURE)
def test_the_domain_needs_no_framework(package):
    """Every module of the package, imported by an interpreter that has nothing else."""
    program = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({package!r})\n"
        "for module in pkgutil.iter_modules(package.__path__):\n"
        f"    importlib.import_module({package!r} + '.' + module.name)\n"
        f"print(*sorted(set(sys.modules) & {set(IMPURE)!r}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.split() == []
