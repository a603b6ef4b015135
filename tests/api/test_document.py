"""The API describes itself, to programs and to people."""

import re

import pytest
from flask import json
from jsonschema_rs import validator_for

from survey.api.resource import Resource
from tests.api.program import FAULTY, VALID, Program, kind_of

DRAFTS = "/organisations/anytown/drafts"


@pytest.fixture
def document(app):
    return app.test_client().get("/api/v1/openapi.json").json


def operations(document):
    return {
        (told["operationId"]): (method.upper(), path, told)
        for path, item in document["paths"].items()
        for method, told in item.items()
        if method != "parameters"
    }


def test_it_is_openapi_3_1_and_leads_nowhere_else(document):
    assert document["openapi"] == "3.1.0"
    text = json.dumps(document)
    references = re.findall(r'"\$ref": "#/components/(\w+)/(\w+)"', text)
    assert text.count('"$ref"') == len(references) > 50
    assert all(name in document["components"][kind] for kind, name in references)


def test_it_has_every_endpoint_with_its_scope(app, document):
    resources = {name for name, bp in app.blueprints.items() if isinstance(bp, Resource)}
    endpoints = {
        endpoint.partition(".")[2]
        for endpoint in app.view_functions
        if endpoint.partition(".")[0] in resources
    }
    told = operations(document)
    assert set(told) == endpoints
    for _, _, operation in told.values():
        assert operation["security"][0]["token"][0].startswith("questionnaires:")
        assert operation["summary"]
        assert {"401", "403", "404"} <= set(operation["responses"])


def test_the_page_says_all_that_the_document_says(app, document):
    page = app.test_client().get("/api/v1/docs")
    assert page.status_code == 200
    assert "<script" not in re.sub(r"<script [^>]*src=[^>]*></script>", "", page.text)
    for name, (method, path, _) in operations(document).items():
        assert f'id="{name}"' in page.text
        assert f"{method} {path}" in page.text
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= set(ids)
    assert [name for name in document["components"]["schemas"] if name not in ids] == []


def test_answers_are_of_the_shape_that_the_document_says(program, document):
    begun = program.post(DRAFTS, VALID)
    one = f"{DRAFTS}/{begun.json['id']}"
    published = program.post(f"{one}/publish")
    digest = published.json["version"]
    versions = "/organisations/anytown/versions"
    answers = {
        "check_questionnaire": program.post("/questionnaires/check", FAULTY),
        "begin_draft": begun,
        "list_drafts": program.get(DRAFTS),
        "read_draft": program.get(one),
        "replace_draft": program.put(one, FAULTY, if_match='"1"'),
        "list_savings": program.get(f"{one}/history"),
        "publish_draft": published,
        "list_versions": program.get(versions),
        "read_version": program.get(f"{versions}/{digest}"),
        "compare_versions": program.get(f"{versions}/compare?old=ours&new=ours"),
    }
    unread = {"read_content", "read_source", "delete_draft"}
    told = operations(document)
    assert set(answers) == set(told) - unread
    for name, answer in answers.items():
        _, _, operation = told[name]
        documented = operation["responses"][str(answer.status_code)]
        assert answer.status_code < 300, name
        assert set(documented.get("headers", {})) <= set(answer.headers.keys())
        assert shape_faults(document, documented, "application/json", answer) == [], name


def test_refusals_are_of_the_shape_that_the_document_says(program, app, document):
    shape = document["components"]["responses"]["UNPROCESSABLE_ENTITY"]
    for answer in (
        Program(app).get(DRAFTS),
        program.post(DRAFTS, b"\xff"),
        program.get(f"{DRAFTS}?page=0"),
    ):
        assert kind_of(answer)
        assert shape_faults(document, shape, "application/problem+json", answer) == []


def shape_faults(document, documented, mimetype, answer):
    schema = documented["content"][mimetype]["schema"]
    whole = schema | {"components": document["components"]}
    return [str(fault) for fault in validator_for(whole).iter_errors(answer.json)]
