"""The API describes itself, to programs and to people."""

import re

import pytest
from flask import json
from jsonschema_rs import validator_for

from survey.api.resource import Resource
from survey.operations.api_tokens import SCOPES
from tests.api.program import FAULTY, VALID, Program, kind_of
from tests.api.town import ACTION, NEW, UNTIL, WAVES, WINTER

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
        assert operation["security"][0]["token"][0] in SCOPES
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
    check_shapes(document, answers)
    others = {"read_content", "read_source", "delete_draft", "remove_action"}
    others |= {"read_figures", "take_responses"}
    assert set(answers) | others == set(operations(document)) - set(asked_of_an_admin())


def asked_of_an_admin():
    """Requests by the operation that they ask for."""
    anytown = "/organisations/anytown"
    return {
        "list_capabilities": ("GET", f"{anytown}/capabilities"),
        "read_capability": ("GET", f"{anytown}/capabilities/digital/user-research"),
        "list_maps": ("GET", f"{anytown}/maps"),
        "read_map": ("GET", f"{anytown}/maps/gds"),
        "list_roles": ("GET", f"{anytown}/roles"),
        "read_role": ("GET", f"{anytown}/roles/data-analyst"),
        "list_waves": ("GET", WAVES),
        "read_wave": ("GET", WINTER),
        "list_response_rates": ("GET", f"{WINTER}/response-rates"),
        "prepare_wave": ("POST", WAVES, NEW | {"open_link": True}),
        "check_wave": ("GET", f"{WAVES}/spring-2027/preflight"),
        "open_wave": ("POST", f"{WAVES}/spring-2027/open", {}),
        "extend_wave": ("POST", f"{WAVES}/spring-2027/extend", UNTIL),
        "remind_people": ("POST", f"{WAVES}/spring-2027/remind", {}),
        "close_wave": ("POST", f"{WAVES}/spring-2027/close", {}),
        "read_profile": ("GET", f"{WINTER}/profile?questions=true"),
        "read_breakdown": ("GET", f"{WINTER}/profile/by/grade"),
        "read_gaps": ("GET", f"{WINTER}/gaps"),
        "read_changes": ("GET", f"{WINTER}/changes"),
        "list_exports": ("GET", f"{WINTER}/exports"),
        "list_actions": ("GET", f"{WINTER}/actions"),
        "plan_action": ("POST", f"{WINTER}/actions", ACTION),
        "read_action": ("GET", f"{WINTER}/actions/2"),
        "change_action": ("PUT", f"{WINTER}/actions/2", ACTION | {"state": "done"}),
    }


def test_so_are_those_about_waves_and_what_they_found(admin, town, document):
    answers = {
        name: admin.send(*asked, if_match='"1"') if len(asked) > 2 else admin.get(asked[1])
        for name, asked in asked_of_an_admin().items()
    }
    check_shapes(document, answers)
    for parks in ("profile?unit=parks", "gaps?unit=parks", "changes?unit=parks"):
        name = f"read_{parks.partition('?')[0]}"
        check_shapes(document, {name: admin.get(f"{WINTER}/{parks}")})


def check_shapes(document, answers):
    told = operations(document)
    for name, answer in answers.items():
        _, _, operation = told[name]
        assert answer.status_code < 300, (name, answer.text)
        documented = operation["responses"][str(answer.status_code)]
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
