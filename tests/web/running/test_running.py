"""Admins load units and people, prepare a wave, open it, hand out links, and close it."""

import io

import pytest
from sqlalchemy import func, select

from survey.operations.inviting import unanswered
from survey.storage.audit import AuditEvent
from survey.storage.organisations import Person, Unit
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown"


@pytest.fixture
def anytown(stored):
    made = make.organisation(stored)
    for role in ("admin", "author", "lead"):
        account(stored, made, role)
    account(stored, make.organisation(stored, "elsewhere", {"elsewhere": None}), "admin")
    digest = make.version(stored)
    make.publication(stored, made.id, digest)
    stored.commit()
    return made


@pytest.fixture
def admin(web_app, anytown):
    return sign_in(web_app, "admin@anytown.example")


def upload(browser, page, rows, encoding="utf-8"):
    browser.open(f"{HOME}/{page}")
    file = (io.BytesIO(rows.encode(encoding)), f"{page}.csv")
    return browser.send({"file": file}, to=f"{HOME}/{page}/import")


def people(number, unit="parks"):
    return "email,unit\n" + "".join(f"{unit}{n}@anytown.example,{unit}\n" for n in range(number))


def count(session, table):
    session.expire_all()
    return session.scalar(select(func.count()).select_from(table))


def prepare(browser, **changes):
    browser.open(f"{HOME}/waves/new")
    typed = {"name": "Spring 2027", "slug": "spring-2027", "minimum_group": "5"}
    version = browser.page.text.split('<option value="')[1].split('"')[0]
    return browser.send(typed | {"version": version} | changes)


def test_the_first_page_says_what_is_done_and_what_is_next(admin):
    admin.open("/admin/")
    assert admin.path == f"{HOME}/"
    assert "3 units below the organisation" in admin.page.text
    assert "To do" in admin.page.text


def take(browser):
    """Take a file as its columns were guessed."""
    return browser.send(to=f"{browser.path}/take")


def test_people_are_loaded_from_a_file_and_a_second_time_changes_nothing(admin, stored):
    page = upload(admin, "people", people(12))
    assert "What it would change" in page.text
    assert "12 people" in page.text
    assert count(stored, Person) == 0
    assert "Taken" in admin.send(to=f"{admin.path}/take").text
    assert count(stored, Person) == 12
    assert "Nothing would change" in upload(admin, "people", people(12)).text


def test_columns_are_said_where_they_cannot_be_guessed(admin, stored):
    upload(admin, "people", "Kontakt;Bereich;Alter\nada@anytown.example;Parks;42\n")
    page = admin.send(to="")
    assert page.status_code == 422
    assert "Choose the column that has the unit" in page.text
    page = admin.send({"email": "Kontakt", "unit": "Bereich"}, to="")
    assert "1 people" in page.text
    admin.send(to=f"{admin.path}/take")
    assert stored.scalars(select(Person.email)).all() == ["ada@anytown.example"]


def test_units_are_looked_at_again_with_other_columns(admin, stored):
    upload(admin, "units", "Wards,Notes\nNorth,x\n")
    page = admin.send({"name": "Wards", "slug": "", "parent": ""}, to="")
    assert "1 units" in page.text
    admin.send(to=f"{admin.path}/take")
    assert stored.scalar(select(Unit.name).where(Unit.slug == "north")) == "North"


def test_bad_rows_are_told_by_row_and_column_and_nothing_is_taken(admin, stored):
    ada, bo = "ada@anytown.example", "bo@anytown.example"
    rows = f"{ada},parks\n{ada},parks\n{bo},nowhere\n=1+1,parks\n"
    page = upload(admin, "people", f"email,unit\n{rows}")
    for said in ("Row 3, column email", "Row 4, column unit", "Row 5, column email"):
        assert said in page.text
    assert "/take" not in page.text
    assert count(stored, Person) == 0


def test_a_long_file_is_taken_in_the_background(admin, stored, web_app):
    rows = "".join(f"p{number}@anytown.example,parks\n" for number in range(5_001))
    page = upload(admin, "people", f"email,unit\n{rows}")
    assert "Looking at the file" in page.text
    web_app.extensions["jobs"].do_all()
    assert "5,001 people" in admin.open(admin.path).text
    assert "Taking the file" in admin.send(to=f"{admin.path}/take").text
    web_app.extensions["jobs"].do_all()
    assert "Taken" in admin.open(admin.path).text
    assert count(stored, Person) == 5_001


def test_a_file_is_taken_once(admin, stored):
    upload(admin, "people", people(3))
    address = admin.path
    admin.send(to=f"{address}/take")
    token = admin.open(f"{HOME}/people").text.split('name="csrf_token" value="')[1].split('"')[0]
    admin.client.post(f"{address}/take", data={"csrf_token": token})
    assert count(stored, Person) == 3
    assert count(stored, AuditEvent) > 0


def test_a_file_belongs_to_its_organisation(admin, web_app):
    upload(admin, "people", people(3))
    other = sign_in(web_app, "admin@elsewhere.example")
    address = admin.path.replace("/anytown/", "/elsewhere/")
    assert other.open(address).status_code == 404
    assert other.open(admin.path).status_code == 404


def test_a_file_in_another_encoding_is_refused_with_what_to_do(admin):
    page = upload(admin, "units", "slug,name,parent\ncafe,Café,\n", "cp1252")
    assert page.status_code == 422
    assert "UTF-8" in page.text


def test_no_file_at_all_is_asked_for(admin):
    admin.open(f"{HOME}/units")
    page = admin.send(to=f"{HOME}/units/import")
    assert page.status_code == 422
    assert "Choose a file" in page.text


def test_a_unit_is_added_below_another_and_below_the_organisation(admin, stored):
    for slug, parent in (("wards", "adults"), ("advice", "")):
        admin.open(f"{HOME}/units")
        typed = {"name": slug.capitalize(), "slug": slug, "parent": parent}
        assert admin.send(typed, to=f"{HOME}/units").status_code == 200
    above = dict(stored.execute(select(Unit.slug, Unit.parent_id)).all())
    assert above["wards"] == make.unit(stored, "adults").id
    assert above["advice"] == make.unit(stored, "anytown").id


def test_the_choice_of_a_parent_begins_with_the_organisation_itself(admin):
    options = admin.open(f"{HOME}/units").text.split('name="parent"')[1].split("</select>")[0]
    assert options.index('value=""') < options.index('value="adults"')
    assert "Anytown" in options


def test_a_unit_with_a_bad_short_name_keeps_what_was_typed(admin):
    admin.open(f"{HOME}/units")
    page = admin.send({"name": "Wards", "slug": "Not Good"}, to=f"{HOME}/units")
    assert page.status_code == 422
    assert "Use lower-case letters" in page.text
    assert 'value="Not Good"' in page.text


def test_a_person_is_added_and_moved(admin, stored):
    for unit in ("parks", "adults"):
        admin.open(f"{HOME}/people")
        admin.send({"email": "Ada@anytown.example", "unit": unit}, to=f"{HOME}/people")
    (person,) = stored.scalars(select(Person)).all()
    assert person.unit_id == make.unit(stored, "adults").id


def test_a_wrong_address_is_told_at_its_field(admin):
    admin.open(f"{HOME}/people")
    page = admin.send({"email": "not an address", "unit": "parks"}, to=f"{HOME}/people")
    assert page.status_code == 422
    assert 'href="#email"' in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minimum_group": "4"}, "from 5 to 100"),
        ({"minimum_group": "many"}, "whole number"),
        ({"slug": "Spring 2027"}, "Use lower-case letters"),
        ({"name": ""}, "Enter a name"),
        ({"closes_on": "2020-01-01"}, "has passed"),
    ],
)
def test_a_wave_that_breaks_a_rule_is_refused_and_stays_typed(admin, stored, changed, said):
    page = prepare(admin, **changed)
    assert page.status_code == 422
    assert said in page.text
    assert 'href="#' in page.text
    assert count(stored, Wave) == 0


def test_a_short_name_that_is_taken_is_told_at_its_field(admin):
    prepare(admin)
    page = prepare(admin)
    assert page.status_code == 422
    assert 'href="#slug"' in page.text


def test_a_wave_is_opened_answered_and_closed(admin, stored):
    upload(admin, "people", people(12))
    take(admin)
    prepare(admin)
    assert "Nobody has been asked yet" in admin.page.text
    admin.open(f"{HOME}/waves/spring-2027/open")
    assert "promised to staff" in admin.page.text
    admin.send()
    assert "12 people are invited" in admin.page.text
    wave = stored.scalar(select(Wave))
    make.responses(stored, wave, "parks", [3] * 6)
    stored.commit()
    assert "<strong>6</strong> of 12 invited" in admin.open(f"{HOME}/waves/spring-2027").text
    admin.open(f"{HOME}/waves/spring-2027/close")
    admin.send()
    assert "is closed" in admin.page.text
    assert 'href="/profiles/spring-2027"' in admin.page.text


def test_a_wave_without_people_is_not_opened_and_says_why(admin):
    prepare(admin)
    page = admin.open(f"{HOME}/waves/spring-2027/open")
    assert "There is nobody to ask" in page.text
    assert "Mend first" in page.text
    assert 'type="submit">Open the wave' not in page.text


def test_a_wave_that_is_closed_cannot_be_opened_or_closed_again(admin, stored):
    upload(admin, "people", people(6))
    take(admin)
    prepare(admin)
    for action in ("open", "close"):
        admin.open(f"{HOME}/waves/spring-2027/{action}")
        admin.send()
    for action in ("open", "close"):
        admin.open(f"{HOME}/waves/spring-2027/{action}")
        assert admin.send().status_code == 422


def test_links_are_listed_and_downloaded_and_do_not_say_who_answered(admin, stored):
    upload(admin, "people", people(6))
    take(admin)
    prepare(admin)
    admin.open(f"{HOME}/waves/spring-2027/open")
    admin.send()
    before = admin.open(f"{HOME}/waves/spring-2027/links.csv").text
    _, token = next(unanswered(stored, stored.scalar(select(Wave)), secret="k" * 32))
    make.sent(stored, stored.scalar(select(Wave)), token)
    stored.commit()
    assert admin.open(f"{HOME}/waves/spring-2027/links.csv").text == before
    assert before.splitlines()[0] == "email,staff number,unit,link"
    assert len(before.splitlines()) == 7
    link = before.splitlines()[1].rpartition(",")[2]
    assert link in admin.open(f"{HOME}/waves/spring-2027/links").text


def test_people_who_came_later_are_invited_on_request(admin):
    upload(admin, "people", people(6))
    take(admin)
    prepare(admin)
    admin.open(f"{HOME}/waves/spring-2027/open")
    admin.send()
    upload(admin, "people", people(8))
    take(admin)
    admin.open(f"{HOME}/waves/spring-2027")
    admin.send(to=f"{HOME}/waves/spring-2027/invite")
    assert "2 more people are invited" in admin.page.text


def test_how_many_answered_is_withheld_for_a_small_unit(admin):
    upload(admin, "people", people(4, "adults") + people(14).partition("\n")[2])
    take(admin)
    prepare(admin)
    admin.open(f"{HOME}/waves/spring-2027/open")
    admin.send()
    assert "withheld" in admin.page.text


ADDRESSES = [
    f"{HOME}/",
    f"{HOME}/units",
    f"{HOME}/people",
    f"{HOME}/waves/new",
    f"{HOME}/waves/autumn",
    f"{HOME}/waves/autumn/open",
    f"{HOME}/waves/autumn/close",
    f"{HOME}/waves/autumn/links",
    f"{HOME}/waves/autumn/links.csv",
    f"{HOME}/questionnaires/",
    f"{HOME}/questionnaires/new",
]


@pytest.fixture
def with_wave(stored, anytown):
    make.wave(stored, anytown)
    stored.commit()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_admin_of_another_organisation_finds_nothing(web_app, with_wave, address):
    other = sign_in(web_app, "admin@elsewhere.example")
    assert other.open(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_lead_finds_none_of_these_pages(web_app, with_wave, address):
    assert sign_in(web_app, "lead@anytown.example").open(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_is_signed_out_is_asked_to_sign_in(browser, with_wave, address):
    assert browser.open(address).request.path == "/sign-in"


@pytest.mark.parametrize("address", ADDRESSES[1:9])
def test_an_author_does_not_run_surveys(web_app, with_wave, address):
    assert sign_in(web_app, "author@anytown.example").open(address).status_code == 404


def test_a_wave_is_not_found_under_another_organisation(web_app, with_wave):
    other = sign_in(web_app, "admin@elsewhere.example")
    assert other.open("/admin/elsewhere/waves/autumn").status_code == 404


@pytest.mark.parametrize("address", ["units", "people", "waves/new", "waves/autumn/open"])
def test_a_form_without_its_token_is_refused(admin, with_wave, address):
    assert admin.client.post(f"{HOME}/{address}", data={"name": "x"}).status_code == 400
