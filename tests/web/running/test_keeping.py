"""Admins look people up, erase them, delete who was asked; staff read what happens with them."""

import pytest
from sqlalchemy import func, select

from survey.storage.organisations import Person
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown"


@pytest.fixture
def wave(stored):
    made = make.wave(stored, contact="help@anytown.example", keep_people_days=30)
    account(stored, make.organisation(stored, "elsewhere", {"elsewhere": None}), "admin")
    make.invitation(stored, made)
    account(stored, stored.get(make.Organisation, made.organisation_id), "admin")
    stored.commit()
    return made


@pytest.fixture
def admin(wave, web_app):
    return sign_in(web_app, "admin@anytown.example")


def find(admin, known_by):
    admin.open(f"{HOME}/people/find")
    return admin.send({"known_by": known_by})


def test_what_is_held_of_a_person_is_shown_and_given_to_them(admin):
    page = find(admin, "ada@anytown.example").text
    assert "Parks" in page
    assert "Linked to nobody" in page
    held = admin.open(f"{admin.path}.json").json
    assert (held["email"], held["unit"]) == ("ada@anytown.example", "Parks")
    assert "Looked up what is held" in admin.open(f"{HOME}/audit").text


def test_nobody_of_that_address_is_told(admin):
    page = find(admin, "nobody@anytown.example")
    assert page.status_code == 422
    assert "Nobody with this address" in page.text


def test_a_person_is_erased(admin, stored):
    find(admin, "ada@anytown.example")
    admin.send(to=f"{admin.path}/erase")
    assert "The person is erased" in admin.page.text
    assert stored.scalar(select(func.count()).select_from(Person)) == 0


def test_the_certificate_says_what_was_deleted_and_what_is_due(admin, stored, wave):
    address = f"{HOME}/waves/autumn/certificate"
    assert admin.open(address).status_code == 404
    admin.open(f"{HOME}/waves/autumn/close")
    admin.send()
    assert "due" in admin.open(address).text
    admin.send(to=f"{HOME}/waves/autumn/forget")
    assert "Who was asked is deleted" in admin.page.text
    assert "due" not in admin.page.text.partition("<table")[2]
    stored.expire_all()
    assert stored.get(Wave, wave.id).forgotten_at is not None


@pytest.mark.parametrize("page", ["people/1", "people/1.json", "waves/autumn/certificate"])
def test_another_organisation_sees_nothing_and_that_it_asked_is_logged(wave, web_app, page, caplog):
    other = sign_in(web_app, "admin@elsewhere.example")
    assert other.open(f"{HOME}/{page}").status_code == 404
    assert "may not" in caplog.text
    assert "@" not in caplog.text


def test_the_privacy_notice_says_what_this_wave_is_set_to(browser, wave):
    text = browser.open("/surveys/autumn/privacy").text
    for said in ("Anytown", "help@anytown.example", "at least 5 people", "30 days", "Your role?"):
        assert said in text


def test_a_wave_that_has_not_opened_has_no_notice(browser, stored):
    make.wave(stored, slug="later", state="prepared")
    stored.commit()
    assert browser.open("/surveys/later/privacy").status_code == 404
    assert browser.open("/surveys/none/privacy").status_code == 404
