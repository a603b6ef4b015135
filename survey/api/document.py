"""The OpenAPI document as people read it: operations under their resource, and the shapes of what
is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Json = Mapping[str, Any]

SHARED: Final = "parameters"
SCHEMAS: Final = "#/components/schemas/"

WORDS: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}


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
    """One status that an operation answers. `shape` names what is in its body, of what is not
    refused: refusals all have the same."""

    status: str
    about: str
    type: str
    shape: str
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked: `asked` is a method and an address; `scope` is what it takes."""

    id: str
    asked: str
    title: str
    about: str
    scope: str
    body: str
    parameters: tuple[Entry, ...]
    answers: tuple[Answer, ...]


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
        parameters=tuple(_parameter(one) for one in parameters),
        answers=tuple(
            _answer(status, _resolved(document, answer))
            for status, answer in sorted(told["responses"].items())
        ),
    )


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
    body: Json = told.get("content", {}).get("application/json", {})
    content: Json = body.get("schema", {})
    return Answer(
        status=status,
        about=told["description"],
        type=_type(content),
        shape=_shape(content),
        headers=tuple(told.get("headers", ())),
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
    if "$ref" in schema:
        return _shape(schema)
    if schema.get("type") == "array":
        return f"list of {_plural(schema['items'])}"
    kinds = schema.get("type", [])
    words = [WORDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if schema.get("format") == "date-time":
        words[0] = "time (RFC 3339)"
    return " or ".join(words)


def _plural(schema: Json) -> str:
    return _shape(schema) or f"{_type(schema)}s"


def _shape(schema: Json) -> str:
    """The name of the shape that a value has, or each of a list; empty where it has none."""
    reference: str = schema.get("items", schema).get("$ref", "")
    return reference.removeprefix(SCHEMAS)
