"""What `survey doctor` finds of this machine: its disks and folders."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from survey.cli.finding import Finding

LEAST_FREE: Final = 500 * 1024**2
"""Bytes on each disk that is written to."""

SQLITE: Final = "sqlite:///"


def findings(configured: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether there is room, and whether this account may write where it must."""
    folders = _folders(configured["DATABASE_URL"], configured["INSTANCE"])
    yield next((one for folder in folders for one in _full(folder)), Finding("disk"))
    yield next((one for folder in folders for one in _closed(folder)), Finding("folders"))


def _folders(url: str, instance: Path) -> tuple[Path, ...]:
    """Where files are written: charts and keys, files of a moment, and an SQLite database."""
    usual = (instance, Path(tempfile.gettempdir()))
    beside = Path(url.removeprefix(SQLITE)).parent
    is_file = url.startswith(SQLITE) and beside.is_dir()  # else the database itself is missed
    return (*usual, beside) if is_file else usual


def _full(folder: Path) -> Iterator[Finding]:
    there = next(one for one in (folder, *folder.parents) if one.is_dir())
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        said = f"{free // 1024**2} MiB are free at {folder}."
        yield Finding("disk", said, "Free 500 MiB or more.")


def _closed(folder: Path) -> Iterator[Finding]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as fault:
        said = f"Nothing can be written to {folder} ({fault.strerror})."
        yield Finding("folders", said, "Let the account that runs this write there.")
