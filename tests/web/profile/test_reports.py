"""Leads ask for a report, and fetch it when a worker has made it."""

import re

import pytest

from survey.charts.drawing import Drawings

REPORTS = "/profiles/autumn/reports"


@pytest.fixture(autouse=True)
def _drawn_here(app, tmp_path):
    jobs = app.extensions["jobs"]
    jobs.__dict__["drawings"] = Drawings(tmp_path / "charts")
    yield
    jobs.drawings.draughtsman.close()
    del jobs.__dict__["drawings"]


def asked(client, **form):
    return client.post(
        REPORTS, data={"unit": "", "part": "", "format": "pdf", "language": "en", **form}
    )


def files(client):
    """The addresses of what is ready."""
    return re.findall(rf'href="({REPORTS}/[0-9a-f-]+)"', client.get(REPORTS).text)


def test_a_report_is_asked_for_made_and_fetched(app, lead):
    assert asked(lead, unit="adults", part="domain:digital").status_code == 303
    page = lead.get(REPORTS)
    assert "Waiting for its turn" in page.text
    assert f'data-live="{REPORTS}/progress"' in page.text
    app.extensions["jobs"].build_reports()
    (address,) = files(lead)
    file = lead.get(address)
    assert file.data.startswith(b"%PDF")
    assert "autumn-adults-digital-en.pdf" in file.headers["Content-Disposition"]
    assert "data-finished" in lead.get(f"{REPORTS}/progress").text
    lead.post(f"{address}/delete")
    assert files(lead) == []


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("pptx", "presentationml.presentation"),
        ("xlsx", "spreadsheetml.sheet"),
        ("docx", "wordprocessingml.document"),
    ],
)
def test_it_comes_as_an_office_file_too(app, lead, ending, kind):
    asked(lead, format=ending)
    app.extensions["jobs"].build_reports()
    (address,) = files(lead)
    file = lead.get(address)
    assert file.mimetype == f"application/vnd.openxmlformats-officedocument.{kind}"
    assert f"autumn-anytown-en.{ending}" in file.headers["Content-Disposition"]
    assert file.data.startswith(b"PK")
    lead.post(f"{address}/delete")


@pytest.mark.parametrize("wrong", [{"format": "exe"}, {"format": ""}, {"language": "xx"}])
def test_a_kind_of_file_or_language_that_is_none_is_said_where_it_was_chosen(lead, wrong):
    page = asked(lead, **wrong)
    assert page.status_code == 422
    assert "Choose a" in page.text


def test_nobody_else_fetches_it(app, lead, sign_in):
    asked(lead)
    app.extensions["jobs"].build_reports()
    (address,) = files(lead)
    for who, at in (("viewer", "anytown"), ("stranger", "elsewhere"), ("author", "anytown")):
        other = sign_in(who, at)
        assert other.get(address).status_code == 404
        assert other.post(f"{address}/delete").status_code == 404
    assert app.test_client().get(address).status_code == 303
    lead.post(f"{address}/delete")


def test_a_report_that_is_not_ready_is_not_found(lead):
    asked(lead)
    (delete,) = re.findall(rf'action="({REPORTS}/[0-9a-f-]+)/delete"', lead.get(REPORTS).text)
    assert lead.get(delete).status_code == 404
    lead.post(f"{delete}/delete")


@pytest.mark.parametrize("form", [{"unit": "no-such"}, {"part": "domain:no-such"}])
def test_of_what_there_is_not_there_is_no_report(lead, form):
    assert asked(lead, **form).status_code == 404


def test_a_page_of_a_part_leads_to_the_report_of_that_part(lead):
    page = lead.get(f"{REPORTS}?unit=adults&domain=data").text
    assert re.search(r'<option value="adults" selected', page)
    assert re.search(r'<option value="domain:data" selected', page)


def test_before_a_wave_has_closed_there_are_no_reports(lead):
    assert lead.get("/profiles/spring/reports").status_code == 404
