"""The page of every capability in every unit."""

from tests.web.profile.test_pages import OVERVIEW, said


def test_units_stand_beside_one_another_with_step_and_mean(lead):
    assert f'href="{OVERVIEW}/units"' in lead.get(OVERVIEW).text
    page = said(lead.get(f"{OVERVIEW}/units"))
    assert "Units are furthest apart on" in page
    assert "3 Embedded, mean" in page


def test_a_unit_without_units_says_so(lead):
    page = said(lead.get(f"{OVERVIEW}/units/parks/units"))
    assert "Parks has no units below it" in page


def test_of_too_few_people_it_says_so(lead):
    page = said(lead.get("/profiles/quiet/units"))
    assert "Too few people answered to show units beside one another" in page


def test_it_is_there_once_the_wave_has_closed(lead):
    assert lead.get("/profiles/spring/units").status_code == 404
