"""Programs take figures as files, and admins who say why the answers row by row."""

import csv
from io import StringIO

import pytest

from survey.exchange.table_files import FORMATS
from survey.storage.audit import AuditEvent
from tests.api.program import kind_of
from tests.api.town import DESIGN, WINTER
from tests.web import signed_in

EXPORTS = f"{WINTER}/exports"
REASON = {"reason": "To see how they hang together."}


def rows_of(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))


def test_the_list_says_how_each_file_is_asked_for(admin, as_role, town):
    files = admin.get(EXPORTS).json
    for one in files:
        address = one["address"].removeprefix("/api/v1")
        takes = one["method"] == "POST"
        answer = admin.send("POST", address, REASON) if takes else admin.get(address)
        assert (answer.status_code, answer.mimetype) == (200, one["mimetype"])
        assert answer.data
    assert {one["scope"] for one in files} == {"exports:read", "exports:rows"}
    assert {one["scope"] for one in as_role("lead").get(EXPORTS).json} == {"exports:read"}


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_the_page_s_byte_for_byte(admin, app, stored, town, anytown, ending):
    email = signed_in.account(stored, anytown, "viewer")
    stored.commit()
    page = signed_in.sign_in(app, email).client.get(
        f"/profiles/winter/data.{ending}", buffered=True
    )
    file = admin.get(f"{EXPORTS}/figures.{ending}")
    assert file.data == page.data
    assert (file.mimetype, file.headers["Content-Disposition"]) == (
        page.mimetype,
        page.headers["Content-Disposition"],
    )
    again = admin.get(f"{EXPORTS}/figures.{ending}", if_none_match=file.headers["ETag"])
    assert again.status_code == 304


def test_it_can_be_of_a_unit_or_split_by_a_question(admin, town):
    places = rows_of(admin.get(f"{EXPORTS}/figures.csv?unit=places"))
    assert {row["unit"] for row in places} == {"places", "parks"}
    hidden = [row for row in places if row["unit"] == "parks" and row["id"] == DESIGN]
    assert [(row["mean"], row["suppressed"] != "") for row in hidden] == [("", True)]
    split = rows_of(admin.get(f"{EXPORTS}/figures.csv?by=grade"))
    assert {row["option"] for row in split} == {"", "front-line", "manager"}
    for query in ("by=no-such", "unit=no-such", "unit=places&by=grade"):
        assert kind_of(admin.get(f"{EXPORTS}/figures.csv?{query}")) == "not-found"
    assert kind_of(admin.get(f"{EXPORTS}/figures.csv?colour=red")) == "wrong-parameters"
    assert kind_of(admin.get(f"{EXPORTS}/figures.docx")) == "not-found"


def test_a_lead_of_a_unit_takes_that_unit_alone(as_role, town):
    lead = as_role("lead", unit="places")
    assert {row["unit"] for row in rows_of(lead.get(f"{EXPORTS}/figures.csv"))} == {
        "places",
        "parks",
    }
    assert kind_of(lead.get(f"{EXPORTS}/figures.csv?unit=adults")) == "not-found"
    assert kind_of(lead.get(f"{EXPORTS}/figures.csv?by=grade")) == "not-found"


def test_answers_leave_with_a_reason_that_the_audit_log_keeps(admin, stored, town):
    for body in ({}, {"reason": "why not"}, {"reason": "x" * 501}):
        assert kind_of(admin.send("POST", f"{EXPORTS}/responses.csv", body)) in (
            "wrong-body",
            "refused",
        )
    assert not stored.query(AuditEvent).filter_by(action="responses.export").count()
    rows = rows_of(admin.send("POST", f"{EXPORTS}/responses.csv", REASON))
    assert len(rows) == 46
    event = stored.query(AuditEvent).filter_by(action="responses.export").one()
    assert (event.via, event.details["reason"]) == ("api", REASON["reason"])


def test_nobody_else_takes_answers(as_role, town):
    for role in ("lead", "viewer", "author", "moderator"):
        answer = as_role(role).send("POST", f"{EXPORTS}/responses.csv", REASON)
        assert kind_of(answer) == "not-found"
    figures = as_role("admin", "exports:read")
    answer = figures.send("POST", f"{EXPORTS}/responses.csv", REASON)
    assert kind_of(answer) == "scope-missing"
