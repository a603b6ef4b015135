"""The published JSON Schemas say what the schemas say, and are the files that are shipped."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from survey.questionnaire.json_schema import json_schemas, main
from survey.questionnaire.library import kind_of
from survey.questionnaire.problem_catalogue import MEANINGLESS, MISSHAPEN

SHIPPED = Path(__file__).parents[2] / "questionnaires"
FILES = Path(__file__).parent.parent / "questionnaires"
SCHEMAS = json_schemas()
NOT_BY_SHAPE = {"unknown-file"}
"""Told of a file for which no schema can be chosen."""
ALSO_BY_SHAPE = {"unknown-language", "about-you-kind"}
"""Told by code that knows more, but seen by a schema too."""


def accepts(path):
    value = json.loads(path.read_text())
    schema = SCHEMAS[f"{kind_of(path.name, value)}-1.json"]
    return jsonschema_rs.is_valid(schema, value)


def example(code):
    return next((FILES / "problems").rglob(f"{code}.json"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_of_draft_2020_12(name):
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(SCHEMAS[name])


def test_good_files_are_accepted():
    paths = [*(FILES / "good").glob("*.json"), *(FILES / "library").rglob("*.json")]
    paths += [one for one in SHIPPED.rglob("*.json") if one.parent.name != "schema"]
    assert [path for path in paths if not accepts(path)] == []


@pytest.mark.parametrize("code", sorted(set(MISSHAPEN) - NOT_BY_SHAPE | ALSO_BY_SHAPE))
def test_what_is_misshapen_is_refused(code):
    assert not accepts(example(code))


@pytest.mark.parametrize("code", sorted(set(MEANINGLESS) - ALSO_BY_SHAPE))
def test_what_only_code_can_tell_is_accepted(code):
    assert accepts(example(code))


def every_part(value):
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from every_part(inner)


def test_every_key_has_help_for_an_editor():
    for schema in SCHEMAS.values():
        for part in every_part(schema):
            for key, inner in part.get("properties", {}).items():
                assert inner["description"].endswith((".", ".”")), key


def test_the_shipped_files_are_up_to_date(capsys):
    assert main(["--check", str(SHIPPED / "schema")]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_that_differs_is_told_and_mended(tmp_path, capsys):
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
    (tmp_path / "roles-1.json").write_text("{}")
    (tmp_path / "framework-1.json").unlink()
    assert main(["--check", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "roles-1.json differs" in told
    assert "framework-1.json differs" in told
