"""Authors see how the questions of a closed wave did."""

import pytest

from tests import make_stored as make
from tests.web import signed_in

PAGE = "/admin/anytown/waves/autumn/diagnostics"


@pytest.fixture
def browser(web_app, stored):
    wave = make.closed_wave(stored, {"parks": [1] * 30, "adults": [2] * 25})
    anytown = stored.get(make.Organisation, wave.organisation_id)
    for role in ("author", "admin", "lead"):
        signed_in.account(stored, anytown, role)
    stored.commit()
    return lambda role: signed_in.sign_in(web_app, f"{role}@anytown.example")


@pytest.mark.parametrize("role", ["author", "admin"])
def test_authors_and_admins_see_what_stands_out_and_what_to_do(browser, role):
    author = browser(role)
    assert PAGE in author.open("/admin/anytown/").text
    page = author.open(PAGE).text
    assert author.heading == "For a second look: 4 questions"
    assert "55% of those who rated it chose the lowest step." in page
    assert "Reword the lowest two steps" in page.replace("reword the", "Reword the")
    assert "no times are kept" in page


def test_the_waves_page_leads_there(browser):
    assert PAGE in browser("admin").open("/admin/anytown/waves/autumn").text


def test_leads_do_not_see_it(browser):
    assert browser("lead").open(PAGE).status_code == 404


def test_of_too_few_people_it_says_so(web_app, stored):
    wave = make.closed_wave(stored, {"parks": [1] * 3})
    anytown = stored.get(make.Organisation, wave.organisation_id)
    email = signed_in.account(stored, anytown, "author")
    stored.commit()
    author = signed_in.sign_in(web_app, email)
    assert author.open(PAGE).status_code == 200
    assert author.heading == "Too few people answered to say how the questions did"


def test_before_the_end_there_is_no_such_page(web_app, stored):
    anytown = make.organisation(stored)
    make.wave(stored, anytown)
    email = signed_in.account(stored, anytown, "author")
    stored.commit()
    assert signed_in.sign_in(web_app, email).open(PAGE).status_code == 404
