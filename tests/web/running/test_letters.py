"""Admins print letters for people whom no e-mail reaches, and a poster for an open address."""

import re

import pytest

from survey.storage.waves import Wave
from tests import make_stored as make
from tests.web.running.test_running import HOME, people, prepare, take, upload
from tests.web.signed_in import account, sign_in

LETTERS = f"{HOME}/waves/spring-2027/letters"
STAFF = "email,staff number,unit\na@anytown.example,,parks\n,41,parks\n,42,parks\n"


@pytest.fixture
def admin(stored, web_app):
    anytown = make.organisation(stored)
    account(stored, anytown, "admin")
    account(stored, anytown, "lead")
    make.publication(stored, anytown.id, make.version(stored))
    stored.commit()
    return sign_in(web_app, "admin@anytown.example")


def opened(admin, staff=STAFF, **settings):
    upload(admin, "people", staff)
    take(admin)
    prepare(admin, **settings)
    admin.open(f"{HOME}/waves/spring-2027/open")
    admin.send()


def test_letters_are_listed_by_unit_and_printed(admin):
    opened(admin)
    assert "2 people have no e-mail address" in admin.open(f"{HOME}/waves/spring-2027").text
    assert "2 letters" in admin.open(LETTERS).text
    page = admin.open(f"{LETTERS}/parks").text
    assert page.count('<svg class="qr"') == 2
    assert len(set(re.findall(r"/invitations/([\w-]{22})\b", page))) == 2
    assert "Printed letters" in admin.open(f"{HOME}/audit").text


def test_everybody_can_have_a_letter(admin):
    opened(admin)
    assert "3 letters" in admin.open(f"{LETTERS}?everybody").text
    assert admin.open(f"{LETTERS}/parks?everybody").text.count('<svg class="qr"') == 3


def test_nothing_is_printed_where_nobody_needs_it(admin):
    opened(admin, people(6))
    assert "Everybody who is invited has an e-mail address" in admin.open(LETTERS).text
    for address in ("parks", "nowhere", "parks?part=0", "parks?everybody&part=9"):
        assert admin.open(f"{LETTERS}/{address}").status_code == 404


def test_the_wording_of_letters_can_be_changed(admin):
    opened(admin)
    admin.open(f"{HOME}/waves/spring-2027/messages/letter/en")
    admin.send({"subject": "To you", "text": "Please open ((link))"})
    assert "Please open http" in admin.open(f"{LETTERS}/parks").text


def test_a_letter_is_not_tried_by_mail(admin):
    opened(admin)
    page = admin.open(f"{HOME}/waves/spring-2027/messages")
    assert "messages/letter/test" not in page.text


def test_a_poster_is_there_for_an_open_address_alone(admin, stored):
    opened(admin)
    assert admin.open(f"{HOME}/waves/spring-2027/poster").status_code == 404
    stored.query(Wave).one().open_link = True
    stored.commit()
    page = admin.open(f"{HOME}/waves/spring-2027/poster").text
    assert "/surveys/spring-2027" in page
    assert '<svg class="qr"' in page


def test_only_admins_print_letters(admin, web_app):
    opened(admin)
    lead = sign_in(web_app, "lead@anytown.example")
    for address in (LETTERS, f"{LETTERS}/parks", f"{HOME}/waves/spring-2027/poster"):
        assert lead.open(address).status_code in (403, 404)


def test_one_person_without_an_address_is_added_by_hand(admin):
    admin.open(f"{HOME}/people")
    admin.send({"email": "", "staff_number": "77", "unit": "parks"}, to=f"{HOME}/people")
    assert "77 is on the staff list" in admin.page.text
    assert "Staff number 77" in admin.page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "", "staff_number": ""}, "neither an e-mail address nor a staff number"),
        ({"email": "x", "staff_number": "7"}, "is not an e-mail address"),
        ({"email": "", "staff_number": "9" * 41}, "is no staff number"),
        ({"email": "", "staff_number": "=1+1"}, "looks like a formula"),
    ],
)
def test_a_person_who_cannot_be_known_is_refused_and_what_was_typed_stays(admin, typed, said):
    admin.open(f"{HOME}/people")
    page = admin.send(typed | {"unit": "parks"}, to=f"{HOME}/people")
    assert page.status_code == 422
    assert said in page.text
