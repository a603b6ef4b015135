"""The published JSON Schemas (draft 2020-12), made from the marshmallow schemas.

`python -m survey.questionnaire.json_schema FOLDER` writes them; with `--check` it writes
nothing and ends with 1 where a file differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any, Final

from survey.questionnaire.model import Json
from survey.questionnaire.reader import LARGEST_NUMBER
from survey.questionnaire.schemas import (
    CapabilitySchema,
    CaseStudiesSchema,
    FrameworkSchema,
    QuestionnaireSchema,
    RolesSchema,
)
from survey.questionnaire.shapes import (
    LONGEST_ID,
    NAMES,
    OWN_KEY,
    Either,
    Flag,
    Items,
    Number,
    ObjectSchema,
    Part,
    Scalar,
    Table,
    Text,
    Whole,
    schema_of,
)

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

FILES: Final[Mapping[str, type[ObjectSchema]]] = {
    "capability-1.json": CapabilitySchema,
    "framework-1.json": FrameworkSchema,
    "roles-1.json": RolesSchema,
    "case-studies-1.json": CaseStudiesSchema,
    "questionnaire-1.json": QuestionnaireSchema,
}


def json_schemas() -> dict[str, dict[str, Json]]:
    """Each published file's name and its JSON Schema."""
    return {name: _document(schema) for name, schema in FILES.items()}


def _document(schema: type[ObjectSchema]) -> dict[str, Json]:
    definitions: dict[str, Json] = {}
    whole = _object(schema, definitions)
    ordered = {name: definitions[name] for name in sorted(definitions)}
    return {"$schema": DRAFT, **whole} | ({"$defs": ordered} if ordered else {})


def _object(kind: type[ObjectSchema], definitions: dict[str, Json]) -> dict[str, Json]:
    """An object's schema; those of its parts are added to the definitions."""
    shapes = {one.data_key or name: one for name, one in schema_of(kind).load_fields.items()}
    made: dict[str, Json] = {
        "title": _title(kind),
        "description": _described(kind),
        "type": "object",
        "properties": {
            key: {"description": shape.metadata["description"]} | _told(shape, definitions)
            for key, shape in shapes.items()
        },
        "patternProperties": {f"^{OWN_KEY}": {}},
        "additionalProperties": False,
    }
    required = [key for key, shape in shapes.items() if shape.required]
    if required:
        made["required"] = required
    if kind.one_of:
        made["oneOf"] = [{"required": [key]} for key in kind.one_of]
    return made


def _title(kind: type[ObjectSchema]) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__)
    return words.removesuffix(" schema").strip().capitalize()


def _described(kind: type[ObjectSchema]) -> str:
    return " ".join((kind.__doc__ or "").split())


def _told(shape: Any, definitions: dict[str, Json]) -> dict[str, Json]:
    """What a field accepts; and of what it holds the id, for editors that offer those there are."""
    names = shape.metadata.get(NAMES)
    value = _value(shape, definitions)
    if not names:
        return value
    if isinstance(shape, Table):
        return value | {"propertyNames": value["propertyNames"] | {NAMES: names}}
    return value | {NAMES: names}


@singledispatch
def _value(shape: Any, definitions: dict[str, Json]) -> dict[str, Json]:
    """What a field accepts, as JSON Schema. Raises TypeError for a field it does not know."""
    raise TypeError(f"no JSON Schema for {type(shape).__name__}")


@_value.register
def _(shape: Text, _definitions: dict[str, Json]) -> dict[str, Json]:
    if shape.words:
        words = list(shape.words)
        return {"const": words[0]} if len(words) == 1 else {"enum": words}
    made: dict[str, Json] = {"type": "string", "maxLength": shape.longest}
    if shape.form is not None:
        made["pattern"] = f"^(?:{shape.form.pattern.pattern})$"
    elif shape.required:
        made["pattern"] = r"\S"
    return made


@_value.register
def _(shape: Whole, _definitions: dict[str, Json]) -> dict[str, Json]:
    if shape.lowest == shape.highest:
        return {"const": shape.lowest}
    return {"type": "integer", "minimum": shape.lowest, "maximum": shape.highest}


@_value.register
def _(_shape: Number, _definitions: dict[str, Json]) -> dict[str, Json]:
    return {"type": "number", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}


@_value.register
def _(_shape: Scalar, _definitions: dict[str, Json]) -> dict[str, Json]:
    return {"type": ["string", "number"]}


@_value.register
def _(_shape: Flag, _definitions: dict[str, Json]) -> dict[str, Json]:
    return {"type": "boolean"}


@_value.register
def _(shape: Items, definitions: dict[str, Json]) -> dict[str, Json]:
    made: dict[str, Json] = {"type": "array", "items": _told(shape.item, definitions)}
    if shape.fewest:
        made["minItems"] = shape.fewest
    return made | {"maxItems": shape.most}


@_value.register
def _(shape: Table, definitions: dict[str, Json]) -> dict[str, Json]:
    return {
        "type": "object",
        "propertyNames": {
            "pattern": f"^(?:{shape.form.pattern.pattern})$",
            "maxLength": LONGEST_ID,
        },
        "additionalProperties": _told(shape.item, definitions),
        "maxProperties": shape.most,
    }


@_value.register
def _(shape: Either, definitions: dict[str, Json]) -> dict[str, Json]:
    return {"anyOf": [_told(shape.name_field, definitions), _told(shape.written, definitions)]}


@_value.register
def _(shape: Part, definitions: dict[str, Json]) -> dict[str, Json]:
    references = [_reference(schema(), definitions) for schema in shape.schemas]
    return references[0] if len(references) == 1 else {"anyOf": references}


def _reference(kind: type[ObjectSchema], definitions: dict[str, Json]) -> dict[str, Json]:
    name = kind.__name__.removesuffix("Schema")
    if name not in definitions:
        definitions[name] = {}  # stands in for it while its parts name it
        definitions[name] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or compare the files; 1 where any differs from what is in the folder."""
    parser = argparse.ArgumentParser(description="Write the published JSON Schemas.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; tell what differs")
    options = parser.parse_args(arguments)
    differing = 0
    for name, schema in json_schemas().items():
        file: Path = options.folder / name
        content = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        if not options.check:
            file.write_text(content, encoding="utf-8")
        elif not file.is_file() or file.read_text(encoding="utf-8") != content:
            differing = 1
            sys.stderr.write(f"{file} differs: run `make schema`.\n")
    return differing


if __name__ == "__main__":
    sys.exit(main())
