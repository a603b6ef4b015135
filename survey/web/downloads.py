"""Files that are made when they are asked for, and given to be saved."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from flask import Response

if TYPE_CHECKING:
    from typing import IO

PART: Final = 2**16
"""Bytes that are sent at once."""


def made(write: Callable[[Path], None]) -> IO[bytes]:
    """An open file that has been written, and that nobody else can find any more."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        write(file)
        return file.open("rb")


def download(file: IO[bytes], name: str, mimetype: str) -> Response:
    """The file, part by part, to be saved under a name; no copy of it is kept on the way."""
    response = Response(_parts(file), mimetype=mimetype)
    response.call_on_close(file.close)
    response.content_length = os.fstat(file.fileno()).st_size
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(PART):
            yield part
