"""The OpenAPI document as people read it: operations under their resource, and the shapes of what
is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Json = Mapping[str, Any]

SHARED: Final = "parameters"
SCHEMAS: Final = "#/components/schemas/"
SAID_ONCE: Final = ("organisation", "wave")
"""Parts of so many addresses that they are explained at the top alone."""

WORDS: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}
FORMATS: Final = {"date-time": "time (RFC 3339)", "date": "day (RFC 3339)"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name: a parameter (`place` is path, query or header) or a field."""

    name: str
    type: str
    about: str
    shape: str = ""
    place: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation answers where it does what is asked. `shape` names what is in
    its body."""

    status: str
    about: str
    type: str
    shape: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked: `asked` is a method and an address; `scope` is what it takes; `body` is
    what is sent, of the shape `body_shape` if it has one; `refusals` are statuses, all of which
    have the same body."""

    id: str
    asked: str
    title: str
    about: str
    scope: str
    body: str
    body_shape: str
    parameters: tuple[Entry, ...]
    answers: tuple[Answer, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one resource."""

    name: str
    about: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a body holds."""

    name: str
    fields: tuple[Entry, ...]


def groups_of(document: Json) -> tuple[Group, ...]:
    """The resources in the order in which they were registered."""
    operations = tuple(_operations(document))
    return tuple(
        Group(
            tag["name"],
            tag["description"],
            tuple(operation for name, operation in operations if name == tag["name"]),
        )
        for tag in document["tags"]
    )


def shapes_of(document: Json) -> tuple[Shape, ...]:
    """What bodies hold, by name."""
    schemas = document["components"]["schemas"]
    return tuple(
        Shape(name, tuple(_fields(schemas[name]))) for name in sorted(schemas) if schemas[name]
    )


def shared_of(document: Json) -> tuple[Entry, ...]:
    """The parts of addresses that are said once."""
    found = {
        told["name"]: _parameter(told)
        for item in document["paths"].values()
        for told in item.get(SHARED, ())
        if told["name"] in SAID_ONCE
    }
    return tuple(found[name] for name in SAID_ONCE)


def _operations(document: Json) -> Iterator[tuple[str, Operation]]:
    """Each operation with the name of its resource."""
    for path, item in document["paths"].items():
        for method, told in item.items():
            if method != SHARED:
                parameters = (*item.get(SHARED, ()), *told.get(SHARED, ()))
                yield (
                    told["tags"][0],
                    _operation(document, f"{method.upper()} {path}", told, parameters),
                )


def _operation(document: Json, asked: str, told: Json, parameters: Sequence[Json]) -> Operation:
    title, _, more = told["summary"].replace("\n", " ").partition(". ")
    return Operation(
        id=told["operationId"],
        asked=asked,
        title=title.rstrip("."),
        about=" ".join((more, told.get("description", ""))).strip(),
        scope=told["security"][0]["token"][0],
        body=told.get("requestBody", {}).get("description", ""),
        body_shape=_shape(_content(told.get("requestBody", {}))),
        parameters=tuple(_parameter(one) for one in parameters if one["name"] not in SAID_ONCE),
        answers=tuple(
            _answer(status, _resolved(document, answer))
            for status, answer in sorted(told["responses"].items())
            if not _is_refusal(status)
        ),
        refusals=tuple(status for status in sorted(told["responses"]) if _is_refusal(status)),
    )


def _is_refusal(status: str) -> bool:
    return status >= "400"


def _content(told: Json) -> Json:
    """The schema of what is in a body; empty where anything may be."""
    body: Json = told.get("content", {}).get("application/json", {})
    content: Json = body.get("schema", {})
    return content


def _parameter(told: Json) -> Entry:
    schema = told["schema"]
    return Entry(
        name=told["name"],
        type=_type(schema),
        about=told["description"],
        place=told["in"],
        required=told.get("required", False),
    )


def _answer(status: str, told: Json) -> Answer:
    content = _content(told)
    return Answer(
        status=status,
        about=told["description"],
        type=_type(content),
        shape=_shape(content),
        # Those that every answer has are references, and stand at the top of the page.
        headers=tuple(name for name, one in told.get("headers", {}).items() if "$ref" not in one),
    )


def _resolved(document: Json, told: Json) -> Json:
    """What a reference leads to, if it is one."""
    found: Any = told
    if "$ref" in told:
        found = document
        for part in told["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    resolved: Json = found
    return resolved


def _fields(schema: Json) -> Iterator[Entry]:
    for name, told in schema["properties"].items():
        is_there = name in schema.get("required", ())
        yield Entry(name, _type(told), told["description"], _shape(told), required=is_there)


def _type(schema: Json) -> str:
    """What kind of value it is, in words; empty where anything may stand."""
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return _shape(schema)
    kinds = schema.get("type", [])
    return " or ".join(_word(one, schema) for one in ([kinds] if isinstance(kinds, str) else kinds))


def _word(kind: str, schema: Json) -> str:
    if kind == "array":
        return f"list of {_plural(schema['items'])}"
    return FORMATS.get(schema.get("format", ""), WORDS[kind]) if kind == "string" else WORDS[kind]


def _plural(schema: Json) -> str:
    return _shape(schema) or f"{_type(schema)}s"


def _shape(schema: Json) -> str:
    """The name of the shape that a value has, or each of a list; empty where it has none."""
    if "anyOf" in schema:
        return next((_shape(one) for one in schema["anyOf"] if "$ref" in one), "")
    reference: str = schema.get("items", schema).get("$ref", "")
    return reference.removeprefix(SCHEMAS)
