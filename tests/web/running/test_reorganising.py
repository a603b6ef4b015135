"""Admins end units after a reorganisation, and bring them back."""

import pytest

from tests import make_stored as make
from tests.web.running.test_running import HOME, people, take, upload
from tests.web.signed_in import account, sign_in

UNITS = f"{HOME}/units"


@pytest.fixture
def admin(stored, web_app):
    anytown = make.organisation(stored)
    account(stored, anytown, "admin")
    account(stored, anytown, "lead")
    account(stored, make.organisation(stored, "elsewhere", {"elsewhere": None}), "admin")
    stored.commit()
    return sign_in(web_app, "admin@anytown.example")


def test_a_unit_ends_its_people_go_along_and_it_can_be_brought_back(admin):
    upload(admin, "people", people(6))
    take(admin)
    page = admin.open(f"{UNITS}/parks/end").text
    assert "6 people and 0 units" in page
    admin.send({"successor": "adults"})
    assert "Parks has ended. 6 people went along." in admin.page.text
    assert "Units that have ended" in admin.page.text
    assert admin.open(f"{UNITS}/parks/end").status_code == 404
    admin.open(UNITS)
    admin.send(to=f"{UNITS}/parks/return")
    assert "Parks is there again, without people." in admin.page.text
    assert "Units that have ended" not in admin.page.text
    log = admin.open(f"{HOME}/audit").text
    assert "Ended a unit" in log
    assert "Brought a unit back" in log


def test_a_unit_with_people_needs_one_that_carries_on(admin):
    upload(admin, "people", people(6))
    take(admin)
    admin.open(f"{UNITS}/parks/end")
    page = admin.send({"successor": ""})
    assert page.status_code == 422
    assert "Parks has 6 people" in page.text


def test_the_organisation_itself_does_not_end(admin):
    assert f"{UNITS}/anytown/end" not in admin.open(UNITS).text
    admin.open(f"{UNITS}/anytown/end")
    page = admin.send({"successor": "parks"})
    assert (page.status_code, "cannot end" in page.text) == (422, True)


def test_a_file_ends_units_and_says_so_first(admin):
    upload(admin, "people", people(6))
    take(admin)
    upload(admin, "units", "name,slug,part of,was\nGreen,green,places,parks\n")
    assert "1 unit, with 6 people" in admin.page.text
    take(admin)
    assert "Green" in admin.open(UNITS).text


def test_others_end_nothing(admin, web_app):
    for who in ("lead@anytown.example", "admin@elsewhere.example"):
        other = sign_in(web_app, who)
        assert other.open(f"{UNITS}/parks/end").status_code in (403, 404)
