"""Whatever goes wrong below /api/v1 is said as problem details, never as a page."""

import logging

import pytest

from survey.api.errors import KINDS
from survey.operations import api_reading
from tests.api.program import Program, kind_of

SECRET = "what the database quotes"


@pytest.mark.parametrize(
    "address", ["", "/", "/no-such", "//docs", "/docs/", "/organisations/anytown//drafts"]
)
def test_an_unknown_address_is_told_so(app, address):
    assert kind_of(Program(app).get(address)) == "not-found"


@pytest.mark.parametrize("address", ["/apiv1", "/api/v1x"])
def test_elsewhere_people_are_told_on_a_page(app, address):
    answer = app.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_wrong_method_is_told_the_right_ones(app):
    answer = Program(app).ask("PATCH", "/organisations/anytown/drafts/1")
    assert kind_of(answer) == "wrong-method"
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "PUT", "DELETE"}
    options = app.test_client().options("/api/v1/organisations/anytown/drafts")
    assert set(options.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_a_fault_of_ours_is_noted_and_nothing_of_it_leaves(program, monkeypatch, caplog):
    def fail(*_, **__):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(api_reading, "drafts", fail)
    with caplog.at_level(logging.ERROR):
        answer = program.get("/organisations/anytown/drafts")
    assert kind_of(answer) == "our-fault"
    reference = answer.json["detail"].rpartition(" ")[2].rstrip(".")
    assert reference in caplog.text
    assert SECRET not in answer.text + caplog.text
    assert "RuntimeError" not in answer.text


def test_every_kind_of_fault_is_explained_where_its_type_leads(app):
    page = app.test_client().get("/api/v1/docs").text
    assert [name for name in KINDS if f'id="{name}"' not in page] == []
