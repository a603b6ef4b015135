"""Admins read the audit log, search it and take it with them; nobody else does."""

import re
from pathlib import Path

import pytest

import survey
from survey.operations import auditing
from survey.web.running.audit import WORDS
from tests import make_stored as make
from tests.web import signed_in

HOME = "/admin/anytown/audit"
NOTED = r"note(?:_everywhere)?\([^\"]*\"([a-z-]+\.[a-z-]+)\""


@pytest.fixture
def anytown(stored):
    return make.organisation(stored)


@pytest.fixture
def admin(stored, web_app, anytown):
    email = signed_in.account(stored, anytown, "admin")
    stored.commit()
    return signed_in.sign_in(web_app, email)


def test_the_log_says_who_did_what(admin):
    text = admin.open(HOME).text
    assert "Signed in" in text
    assert "admin@anytown.example" in text


@pytest.mark.parametrize("page", ["9" * 25, "-1", "x"])
@pytest.mark.parametrize("listed", ["audit", "people"])
def test_a_page_that_no_list_has_is_no_fault(admin, listed, page):
    assert admin.open(f"/admin/anytown/{listed}?page={page}").status_code == 200


def test_the_log_is_searched_and_turned_page_by_page(admin, stored, anytown):
    for number in range(60):
        auditing.note(stored, "wave.open", f"wave:w{number:02}", anytown.id)
    stored.commit()
    page = admin.open(f"{HOME}?search=wave")
    assert "60 events" in page.text
    assert "wave:w00" not in page.text
    onward = re.search(r'rel="next" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    assert "wave:w00" in admin.open(onward).text
    assert "No event matches" in admin.open(f"{HOME}?search=nothing&from=not-a-day").text


def test_the_log_is_downloaded_which_is_noted_too(admin):
    lines = admin.open(f"{HOME}.csv?search=sign-in").text.splitlines()
    assert lines[0] == "number,at,by,via,action,object,details"
    assert all("account.sign-in" in line for line in lines[1:])
    assert "Downloaded the audit log" in admin.open(HOME).text


@pytest.mark.parametrize("role", ["author", "lead", "viewer"])
@pytest.mark.parametrize("address", [HOME, f"{HOME}.csv"])
def test_only_admins_may_read_it(stored, web_app, anytown, role, address):
    email = signed_in.account(stored, anytown, role)
    stored.commit()
    assert signed_in.sign_in(web_app, email).open(address).status_code == 404


NOTED = r"note(?:_everywhere)?\([^\"]*\"([a-z-]+\.[a-z-]+)\""


def test_every_action_that_is_noted_has_words_for_people():
    sources = [file.read_text() for file in Path(survey.__file__).parent.rglob("*.py")]
    noted = {action for source in sources for action in re.findall(NOTED, source)}
    assert noted == set(WORDS)
