"""What a program sends in the body: a file, whose bytes are taken as they are."""

from __future__ import annotations

from typing import Final

from flask import request

from survey.api.errors import WrongContentType
from survey.api.resource import documented, faults
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import MAX_BYTES, read

takes_file: Final = documented(
    requestBody={
        "description": "A questionnaire file, valid or not. Its format is on the help page "
        "“How to write a questionnaire”.",
        "required": True,
        "content": {"application/json": {"schema": {}}},
    },
    responses=faults(413, 415),
)
"""Mark a view that reads a file from the body."""


def file_sent() -> bytes:
    """The file in the body; of one that is too large, as much as shows it.

    Raises WrongContentType.
    """
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise WrongContentType(f"The body says that it is “{request.mimetype or 'nothing'}”.")
    content: bytes = request.stream.read(MAX_BYTES + 1)
    return content


def text_sent() -> str:
    """The file in the body as text, valid or not, without a byte order mark and with plain line
    ends, as authors' files are kept. Raises InvalidFile where it is no text, or too large;
    WrongContentType."""
    file = file_sent()
    try:
        if len(file) <= MAX_BYTES:
            return file.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        pass
    raise InvalidFile(list(read(file).problems))
