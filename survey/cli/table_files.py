"""Files of figures and responses that a command writes: whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

import click

from survey.cli.lazy import Problems
from survey.exchange.table_files import FORMATS

FORMAT = click.Choice(list(FORMATS))
OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file, and the codebook beside it; otherwise to standard output.",
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Where a command writes. `codebook`: only kept beside a file that has a name."""

    file: Path
    codebook: Path


@contextmanager
def outgoing(output: Path | None, as_format: str) -> Iterator[Outgoing]:
    """Two files to write. The first goes where it was asked for once all else has gone well.

    Raises UsageError for bytes on a screen, Problems where the file cannot be written.
    """
    if output is None and not FORMATS[as_format].is_text and sys.stdout.isatty():
        raise click.UsageError("This kind of file is no text: say where to, with --output FILE.")
    folder = None if output is None else output.absolute().parent
    try:
        with TemporaryDirectory(dir=folder) as made:
            place = Outgoing(Path(made) / "file", Path(made) / "codebook.csv")
            yield place
            _deliver(place, output)
    except OSError as fault:
        reason = (fault.strerror or "it cannot be opened").lower()
        mend = "Check the folder, who may write to it, and that the disk has room."
        raise Problems(f"The file cannot be written: {reason}. (mend: {mend})") from fault


def _deliver(place: Outgoing, output: Path | None) -> None:
    if output is None:
        with place.file.open("rb") as file:
            copyfileobj(file, sys.stdout.buffer)
        return
    place.file.replace(output)
    if place.codebook.exists():
        place.codebook.replace(output.with_name(f"{output.stem}.codebook.csv"))
