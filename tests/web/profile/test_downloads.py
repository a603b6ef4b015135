"""Charts that leave the product: as drawings, as numbers, and as a link that leads back."""

import csv
import io
import re

import pytest

from survey.charts.chart import Table
from survey.web.profile.numbers_file import as_csv
from tests.web.profile.test_pages import CAPABILITY, CHANGES, DESIGN, OVERVIEW

PRIORITIES = f"{OVERVIEW}/priorities"
OF_PAGES = [
    OVERVIEW,
    f"{OVERVIEW}?domain=data&sort=gap",
    f"{OVERVIEW}/units/adults",
    f"{OVERVIEW}/units",
    PRIORITIES,
    CHANGES,
    CAPABILITY,
    f"{OVERVIEW}/breakdowns/grade",
    f"{OVERVIEW}/compare?unit=adults&unit=places",
]


def links(page, text):
    """Where the links go that begin with this text."""
    found = re.findall(rf'<a class="govuk-link" href="([^"]+)"[^>]*>{text}', page.text)
    return [one.replace("&amp;", "&") for one in found]


@pytest.mark.parametrize("address", OF_PAGES)
def test_the_numbers_of_every_chart_can_be_taken_along(lead, address):
    page = lead.get(address)
    found = links(page, "CSV")
    assert len(found) == page.text.count("data-chart") >= 1
    for numbers in found:
        file = lead.get(numbers)
        assert file.status_code == 200, numbers
        assert file.mimetype == "text/csv"
        heads, *rows = csv.reader(io.StringIO(file.text))
        assert rows
        assert all(len(row) == len(heads) for row in rows)


@pytest.mark.parametrize("address", OF_PAGES)
def test_a_link_leads_to_the_very_view(lead, address):
    page = lead.get(address)
    for view in links(page, "Link to this view"):
        place, _, anchor = view.removeprefix("http://localhost").partition("#")
        assert f'id="{anchor}"' in page.text
        again = lead.get(place)
        assert again.status_code == 200
        assert links(again, "CSV") == links(page, "CSV")


def test_a_file_is_called_after_what_it_shows(lead):
    file = lead.get(f"{OVERVIEW}/charts/distribution.csv?capability={DESIGN}")
    assert file.headers["Content-Disposition"] == (
        "attachment; filename=autumn-digital-design-distribution.csv"
    )
    framed = lead.get(f"{OVERVIEW}/charts/steps.svg?unit=adults&download=1")
    assert "autumn-adults-steps.svg" in framed.headers["Content-Disposition"]


def test_a_drawing_that_leaves_says_what_it_is(lead):
    framed = lead.get(f"{OVERVIEW}/charts/steps.svg?download=1")
    assert framed.data.startswith(b"<svg")
    assert len(framed.data) > len(lead.get(f"{OVERVIEW}/charts/steps.svg").data)


def test_a_picture_for_slides_is_a_png_that_is_found_again(lead):
    first = lead.get(f"{OVERVIEW}/charts/steps.png")
    assert first.mimetype == "image/png"
    assert first.data.startswith(b"\x89PNG")
    etag = {"If-None-Match": first.headers["ETag"]}
    assert lead.get(f"{OVERVIEW}/charts/steps.png", headers=etag).status_code == 304


@pytest.mark.parametrize("ending", ["png", "csv", "svg?download=1"])
def test_who_may_not_see_a_chart_takes_none_along(sign_in, ending):
    address = f"{OVERVIEW}/charts/steps.{ending}"
    assert sign_in().get(address).status_code == 303
    assert sign_in("author").get(address).status_code == 404
    assert sign_in("stranger", "elsewhere").get(address).status_code == 404


def test_what_is_withheld_is_an_empty_cell(lead):
    file = lead.get(f"/profiles/quiet/charts/units.csv?capability={DESIGN}")
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert [row.pop("Target") for row in rows] == ["4", "4"]
    assert not any(cell for row in rows for name, cell in row.items() if name != "Name")


def test_no_text_is_taken_for_a_formula():
    written = as_csv(Table(("=1+1", "Mean"), (("@SUM(A1)", -0.5), ("Plain", None))))
    assert list(csv.reader(io.StringIO(written))) == [
        ["'=1+1", "Mean"],
        ["'@SUM(A1)", "-0.5"],
        ["Plain", ""],
    ]
