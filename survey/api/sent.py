"""What a program sends in the body: a file, whose bytes are taken as they are, or a JSON object."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NoReturn

from flask import request
from marshmallow import Schema, ValidationError

from survey.api.errors import WrongBody, WrongContentType
from survey.api.resource import View, documented, faults
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import MAX_BYTES, read

LARGEST_BODY: Final = 64 * 1024
"""Bytes of a JSON object: many times what its longest texts need."""

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


def takes(
    schema: type[Schema], about: str, *, required: bool = True
) -> Callable[[Callable[..., Any]], View]:
    """Mark a view that is given what the JSON object in the body says, after who asks.

    required: False where nothing has to be said: then there need be no body.
    """
    loading = schema()

    def mark(view: Callable[..., Any]) -> View:
        @wraps(view)
        def given(*arguments: Any, **values: Any) -> Any:
            return view(*arguments, _loaded(loading, _object(required=required)), **values)

        return documented(
            requestBody={
                "description": about,
                "required": required,
                "content": {"application/json": {"schema": schema}},
            },
            responses=faults(413, 415, 422),
        )(given)

    return mark


def _loaded(schema: Schema, found: dict[str, Any]) -> Any:
    try:
        return schema.load(found)
    except ValidationError as fault:
        faults: Any = fault.messages
        raise WrongBody("", {name: _lines(one) for name, one in faults.items()}) from fault


def _lines(found: Any) -> list[str]:
    """The messages of an entry; those of the members of a list, one after another."""
    if isinstance(found, dict):
        return [line for one in found.values() for line in _lines(one)]
    return [str(one) for one in found]


def _object(*, required: bool) -> dict[str, Any]:
    """The JSON object in the body. Raises WrongContentType, WrongBody."""
    if not required and not request.content_length and not request.mimetype:
        return {}
    _check_type()
    if (request.content_length or 0) > LARGEST_BODY:
        raise WrongBody("The body is longer than anything that it could say.", {})
    content: bytes = request.get_data()
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise WrongBody("The body is no JSON.", {}) from fault
    if not isinstance(found, dict):
        raise WrongBody("The body is no JSON object.", {})
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _check_type() -> None:
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise WrongContentType(f"The body says that it is “{request.mimetype or 'nothing'}”.")


def file_sent() -> bytes:
    """The file in the body; of one that is too large, as much as shows it.

    Raises WrongContentType.
    """
    _check_type()
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
