"""What is wrong with each value of a file, whatever stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from survey.questionnaire.faults import Fault, Value, Words, below
from survey.questionnaire.model import Json
from survey.questionnaire.question_schemas import SCHEMA_OF_KIND, kinds_with
from survey.questionnaire.shapes import ObjectSchema, Refused, schema_of

_IN_WORDS: Final[Mapping[type, Words]] = {
    dict: Words("an object"),
    list: Words("a list"),
    str: Words("a text"),
    int: Words("a number"),
    float: Words("a number"),
    bool: Words("true or false"),
    type(None): Words("null"),
}


def load(schema: type[ObjectSchema], value: Json) -> tuple[Any, list[Fault]]:
    """What a schema makes of a file's value, and the faults of its shape.

    With any fault, what it makes is None.
    """
    if not isinstance(value, dict):
        wanted = Words("an object in braces")
        return None, [Fault("wrong-type", "", {"found": in_words(value), "wanted": wanted})]
    try:
        return schema_of(schema).load(value), []
    except ValidationError as error:
        return None, list(_faults(error.messages, "", value))


def in_words(value: Json) -> Words:
    """What kind of value it is; a number also says which."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Words(f"the number {value!r}")
    return _IN_WORDS[type(value)]


def _faults(refused: Any, pointer: str, value: Json) -> Iterator[Fault]:
    """The faults in what a schema refused, which is nested as the value is.

    What stands under the name SCHEMA is of the object itself, unless a key is so called.
    """
    if isinstance(refused, list):
        for one in refused:
            yield Fault(one.code, pointer, {"found": in_words(value), **one.values})
        return
    for key, inner in refused.items():
        is_member = not isinstance(value, dict) or key in value
        if key == SCHEMA and not (isinstance(value, dict) and key in value):
            yield from _faults(inner, pointer, value)
        elif not is_member:
            yield from (Fault(one.code, pointer, {**one.values, "name": key}) for one in inner)
        elif isinstance(inner, list) and inner[0].at_key:
            yield _of_key(inner[0], pointer, key, value)
        else:
            yield from _faults(inner, below(pointer, key), value[key])


def _of_key(one: Refused, pointer: str, key: str, value: Mapping[str, Json]) -> Fault:
    """The fault of a key that is unknown, misspelt or out of place."""
    values: dict[str, Value] = {"name": key}
    kind = value.get("kind")
    if one.code == "unknown-key" and isinstance(kind, str) and kind in SCHEMA_OF_KIND:
        kinds = kinds_with(key)
        if kinds and kind not in kinds:
            values |= {"kind": kind, "kinds": kinds}
            return Fault("misplaced-key", below(pointer, key), values, at_key=True)
    return Fault(one.code, below(pointer, key), {**one.values, **values}, at_key=True)
