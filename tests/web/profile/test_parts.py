"""A part of the capabilities: asked for by a form, named in the address, said on the page."""

import re

import pytest

from tests.web.profile.test_pages import OVERVIEW, said

PAGES = ["", "/units", "/priorities", "/changes", "/units/adults", "/units/adults/priorities"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_part_and_says_so(lead, page):
    address = f"{OVERVIEW}{page}"
    found = lead.get(f"{address}?domain=data")
    assert "You see a part: the domain “Data”." in said(found)
    assert f'<a class="govuk-link" href="{address}">Show everything</a>' in found.text
    numbers = said(found)
    assert "Sharing" in numbers
    assert "Design" not in numbers.partition("What would you like to know?")[0]


@pytest.mark.parametrize("page", PAGES)
def test_without_a_part_everything_is_shown(lead, page):
    found = said(lead.get(f"{OVERVIEW}{page}"))
    assert "You see a part" not in found
    assert "Show a part of the capabilities" in found
    assert "Design" in found
    assert "Sharing" in found


def test_the_form_says_what_is_chosen_and_works_without_a_script(lead):
    page = lead.get(f"{OVERVIEW}?domain=data&sort=gap").text
    form = re.search(r'<form method="get" class="filters">.*?</form>', page, re.DOTALL)[0]
    assert '<option value="data" selected>' in form
    assert '<input type="hidden" name="sort" value="gap">' in form
    assert "csrf" not in form


def test_links_and_images_lead_to_the_same_part(lead):
    page = lead.get(f"{OVERVIEW}?domain=data").text
    images = re.findall(r'(?:src|srcset)="(/profiles/[^"]+)"', page)
    assert images
    assert all("domain=data" in image for image in images)
    assert f'href="{OVERVIEW}/priorities?domain=data"' in page
    assert f'href="{OVERVIEW}?sort=gap&amp;domain=data#capabilities"' in page or (
        f'href="{OVERVIEW}?domain=data&amp;sort=gap#capabilities"' in page
    )


def test_an_image_of_a_part_is_drawn_of_that_part(lead):
    everything = lead.get(f"{OVERVIEW}/charts/steps.json").get_json()["description"]
    part = lead.get(f"{OVERVIEW}/charts/steps.json?domain=data").get_json()["description"]
    assert everything != part


@pytest.mark.parametrize("part", ["domain=no-such", "theme=no-such", "map=no-such", "group=none"])
@pytest.mark.parametrize("page", ["", "/units", "/priorities", "/changes", "/charts/steps.svg"])
def test_a_part_that_is_not_there_is_not_found(lead, page, part):
    assert lead.get(f"{OVERVIEW}{page}?{part}").status_code == 404


def test_one_group_can_be_looked_at_alone(lead):
    page = said(lead.get(f"{OVERVIEW}?group=all"))
    assert "You see a part: the group “All”." in page
