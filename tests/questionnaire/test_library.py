"""Capabilities, maps and roles are read from their files, with the problems of each."""

import json
from pathlib import Path

import pytest

from survey.questionnaire.library import check_file, kind_of, read_library

SHIPPED = Path(__file__).parents[2] / "questionnaires"
CAPABILITY = {
    "id": "data/asking",
    "name": "Asking",
    "summary": "Asking people.",
    "steps": ["Nobody.", "Some.", "Most.", "All.", "Partners too."],
}
FRAMEWORK = {
    "id": "map",
    "title": "Map",
    "publisher": "Us",
    "about": "A map.",
    "groups": [{"id": "all", "title": "All", "capabilities": ["data/asking"]}],
}
PATH = "capabilities/data/asking.json"


def files(**changes):
    made = {
        PATH: CAPABILITY,
        "frameworks/map.json": FRAMEWORK,
        "roles.json": {"roles": [{"id": "asker", "name": "Asker"}]},
    } | {path.replace("__", "/") + ".json": value for path, value in changes.items()}
    return {path: json.dumps(value).encode() for path, value in made.items()}


def found(path, **changes):
    """Codes and pointers of one file's problems among others."""
    problems = read_library(files(**changes))[1]
    assert set(problems) <= {path}
    return [(one.code, one.pointer) for one in problems.get(path, ())]


def test_a_library_is_read_by_id():
    library, problems = read_library(files())
    assert problems == {}
    assert list(library.capabilities) == ["data/asking"]
    assert library.capabilities["data/asking"].steps[1] == "Some."
    assert library.frameworks["map"].groups[0].capabilities == ("data/asking",)
    assert library.roles["asker"].name == "Asker"


def test_the_library_that_is_shipped_has_no_problems():
    shipped = {
        path.relative_to(SHIPPED).as_posix(): path.read_bytes() for path in SHIPPED.rglob("*.json")
    }
    library, problems = read_library(shipped)
    assert problems == {}
    assert library.capabilities
    for path, file in shipped.items():
        if not path.startswith("schema/"):
            assert check_file(path, file, library) == ()


@pytest.mark.parametrize(
    ("key", "value", "code", "pointer"),
    [
        ("related", ["data/nothing"], "unknown-capability", "/related/0"),
        ("roles", ["nobody"], "unknown-role", "/roles/0"),
        ("sources", [{"framework": "x", "name": "X"}], "unknown-framework", "/sources/0/framework"),
        ("roles", ["asker", "asker"], "listed-twice", "/roles/1"),
        ("themes", ["people", "people"], "listed-twice", "/themes/1"),
        ("id", "data/other", "id-not-file-name", "/id"),
        (
            "translations",
            {"cy": {"practices.x": "X"}},
            "unknown-text-key",
            "/translations/cy/practices.x",
        ),
        ("practices", [{"id": "comment", "text": "We ask."}], "reserved-id", "/practices/0/id"),
    ],
)
def test_a_capability_names_what_is_there(key, value, code, pointer):
    changed = CAPABILITY | {key: value}
    if key == "id":
        problems = read_library(files(capabilities__data__asking=changed))[1]
        assert [(one.code, one.pointer) for one in problems[PATH]] == [(code, pointer)]
    else:
        assert found(PATH, capabilities__data__asking=changed) == [(code, pointer)]


def test_a_map_names_capabilities_once_and_has_each_group_once():
    group = FRAMEWORK["groups"][0]
    path = "frameworks/map.json"
    twice = FRAMEWORK | {"groups": [group, group]}
    assert found(path, frameworks__map=twice) == [
        ("id-used-twice", "/groups/1/id"),
        ("listed-twice", "/groups/1/capabilities/0"),
    ]
    unknown = FRAMEWORK | {"groups": [group | {"capabilities": ["data/askin"]}]}
    ((code, pointer),) = found(path, frameworks__map=unknown)
    assert (code, pointer) == ("unknown-capability", "/groups/0/capabilities/0")


def test_roles_have_ids_of_their_own():
    roles = {"roles": [{"id": "asker", "name": "Asker"}, {"id": "asker", "name": "Again"}]}
    assert found("roles.json", roles=roles) == [("id-used-twice", "/roles/1/id")]


CASE_STUDY = {
    "id": "asked-once",
    "title": "Asked once",
    "organisation": "Anytown Council",
    "text": "Anytown asks people once.",
    "figures": ["£1 saved"],
    "source": {"title": "Asking", "publisher": "Us", "year": 2020},
    "capabilities": ["data/asking"],
}


def test_case_studies_are_read_by_id():
    library, problems = read_library(files() | studies(CASE_STUDY))
    assert problems == {}
    assert library.case_studies["asked-once"].figures == ("£1 saved",)
    assert library.case_studies["asked-once"].source.publisher == "Us"


def test_case_studies_have_ids_of_their_own_and_name_capabilities_that_are_there():
    lost = CASE_STUDY | {"capabilities": ["data/asking", "data/lost"]}
    problems = read_library(files() | studies(CASE_STUDY, lost))[1]["case-studies.json"]
    assert [(one.code, one.pointer) for one in problems] == [
        ("id-used-twice", "/case_studies/1/id"),
        ("unknown-capability", "/case_studies/1/capabilities/1"),
    ]


def studies(*them):
    return {"case-studies.json": json.dumps({"case_studies": them}).encode()}


def test_a_misshapen_file_is_left_out_and_the_others_are_read():
    library, problems = read_library(files() | {PATH: b'{"id": "data/asking"'})
    assert [one.code for one in problems[PATH]] == ["unclosed"]
    assert [one.code for one in problems["frameworks/map.json"]] == ["unknown-capability"]
    assert library.capabilities == {}
    assert list(library.roles) == ["asker"]


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        ("x.json", {"$schema": "../schema/roles-1.json"}, "roles"),
        ("x.json", {"sections": []}, "questionnaire"),
        ("x.json", {"groups": []}, "framework"),
        ("x.json", {"steps": [], "roles": []}, "capability"),
        ("x.json", {"roles": []}, "roles"),
        ("frameworks/x.json", {}, "framework"),
        ("/home/capabilities/data/x.json", None, "capability"),
        ("roles.json", [], "roles"),
        ("x.json", {"$schema": "schema/case-studies-1.json"}, "case-studies"),
        ("x.json", {"case_studies": []}, "case-studies"),
        ("case-studies.json", [], "case-studies"),
        ("x.json", {}, ""),
    ],
)
def test_a_file_says_by_its_schema_its_keys_or_its_place_what_it_is(path, value, kind):
    assert kind_of(path, value) == kind
