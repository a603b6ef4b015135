"""Files that somebody names on the command line: never read further than they may be long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from survey.cli.lazy import Problems
from survey.operations.csv_rows import InvalidRows
from survey.questionnaire.problems import InvalidFile, Problem

FILE = click.Path(path_type=Path, allow_dash=True)
"""A file's name; “-” is standard input."""

JSON = click.option("--json", "in_json", is_flag=True, help="JSON on standard output.")


def read_file(path: Path, *, at_most: int) -> bytes:
    """The file's bytes; of one that is longer than `at_most`, one byte more, which is enough to
    refuse it.

    Raises InvalidFile where it cannot be read.
    """
    try:
        with click.open_file(str(path), "rb") as file:
            content: bytes = file.read(at_most + 1)
            return content
    except OSError as fault:
        reason = (fault.strerror or "it cannot be opened").lower()
        message = f"The file cannot be read: {reason}."
        mend = "Check its name and who may read it."
        raise InvalidFile([Problem(1, 1, "", "unreadable-file", message, mend)]) from fault


@contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Say each problem of the file on a line that begins with its name."""
    try:
        yield
    except (InvalidFile, InvalidRows) as fault:
        raise Problems(*(f"{path}:{problem}" for problem in fault.problems)) from fault


def as_json(value: Any) -> str:
    """JSON for programs and people to read."""
    return json.dumps(value, ensure_ascii=False, indent=2)
