"""The figures of a profile as files: offered on a page, and each what the page shows."""

import pytest

from survey.exchange.table_files import FORMATS
from survey.operations.figures_out import TEXTS
from tests import tables
from tests.web.profile.test_pages import OVERVIEW, said

PAGE = f"{OVERVIEW}/data"


def file_of(answer, format, folder):
    file = folder / f"figures.{format}"
    file.write_bytes(answer.data)
    return tables.READERS[format](file)


def test_the_page_offers_every_kind_of_file_and_every_split(lead):
    page = lead.get(PAGE).text
    for format in FORMATS:
        assert f'href="{PAGE}.{format}"' in page
        assert f'href="{PAGE}.{format}?by=grade"' in page
    assert "By “Your role?”" in page
    assert f'href="{PAGE}-codebook.csv"' in page


def test_of_a_unit_it_offers_that_and_what_is_below_it(lead):
    page = lead.get(f"{PAGE}?unit=places")
    assert "Places and every unit below" in said(page)
    assert f'href="{PAGE}.sav?unit=places"' in page.text
    assert "by=grade" not in page.text


@pytest.mark.parametrize("format", FORMATS)
def test_each_file_has_the_figures_of_the_page(lead, tmp_path, format):
    answer = lead.get(f"{PAGE}.{format}")
    assert answer.mimetype == FORMATS[format].mimetype
    assert f"filename=autumn-figures.{format}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    row = next(row for row in file_of(answer, format, tmp_path) if row["id"] == "digital/design")
    assert row["unit"] == "anytown"
    page = said(lead.get(f"{OVERVIEW}/capabilities/digital/design"))
    assert f"{float(row['mean']):.2f} " in page
    assert f" {int(row['n'])} " in page
    assert int(row["target"]) == 4


def test_a_split_is_a_file_of_its_own(lead, tmp_path):
    rows = file_of(lead.get(f"{PAGE}.csv?by=grade"), "csv", tmp_path)
    assert {row["option"] for row in rows} == {"", "front-line", "manager"}


def test_the_codebook_says_what_each_column_is(lead, tmp_path):
    rows = file_of(lead.get(f"{PAGE}-codebook.csv"), "csv", tmp_path)
    assert [row["variable"] for row in rows][: len(TEXTS)] == [one.name for one in TEXTS]
    assert "2 = Enabler" in next(row for row in rows if row["variable"] == "step")["values"]


def test_where_everything_is_withheld_a_file_says_so(lead, tmp_path):
    rows = file_of(lead.get("/profiles/quiet/data.json"), "json", tmp_path)
    assert {row["suppressed"] for row in rows} == {"too-few"}
    assert {row["n"] for row in rows} == {None}


@pytest.mark.parametrize(
    "address",
    ["/profiles/spring/data", "/profiles/spring/data.csv", "/profiles/no-such/data.csv"]
    + [f"{PAGE}.csv?{asked}" for asked in ("unit=no-such", "by=no-such", "by=grade&unit=adults")],
)
def test_of_anything_else_there_is_no_file(lead, address):
    assert lead.get(address).status_code == 404


@pytest.mark.parametrize("who", ["author", "adults", None])
def test_nobody_takes_what_they_may_not_see(sign_in, who):
    client = sign_in(who)
    for address in (f"{PAGE}.sav?unit=parks", f"{PAGE}.csv?by=grade", f"{PAGE}?unit=anytown"):
        assert client.get(address).status_code == (404 if who else 303)


def test_who_may_see_a_unit_takes_the_file_of_that(sign_in, tmp_path):
    client = sign_in("adults")
    assert "Adults" in said(client.get(PAGE))
    rows = file_of(client.get(f"{PAGE}.csv"), "csv", tmp_path)
    assert {row["unit"] for row in rows} == {"adults"}


def test_the_overview_leads_to_it(lead):
    for here, there in ((OVERVIEW, PAGE), (f"{OVERVIEW}/units/adults", f"{PAGE}?unit=adults")):
        assert f'href="{there}"' in lead.get(here).text
