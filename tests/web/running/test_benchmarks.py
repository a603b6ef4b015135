"""Admins exchange figures with others and make sure whose they are; nobody else does."""

import io
import json

import pytest

from survey.operations import benchmark_importing
from survey.operations.benchmark_file import fingerprint_of, read_signed
from tests import make_benchmarks as others
from tests import make_stored as make
from tests.make_benchmarks import fingerprint
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown/benchmark"
WAVE = "/admin/anytown/waves/autumn"


@pytest.fixture
def anytown(stored):
    made = make.organisation(stored)
    for role in ("admin", "author", "lead", "viewer", "moderator"):
        account(stored, made, role)
    make.closed_wave(stored, {"parks": [3] * 10}, of=made, closed_at=make.NOON, shares_figures=True)
    stored.commit()
    return made


@pytest.fixture
def admin(web_app, anytown):
    return sign_in(web_app, "admin@anytown.example")


def take_in(browser, *files):
    browser.open(HOME)
    handed = [(io.BytesIO(file), f"{number}.json") for number, file in enumerate(files)]
    return browser.send({"files": handed}, to=HOME)


def test_a_file_is_taken_in_confirmed_and_removed(admin):
    page = take_in(admin, others.file("Elsewhere"), others.file("Nowhere", people=None))
    assert "2 taken in. Make sure of the keys that are new." in page.text
    assert "Whose keys are these?" in page.text
    for name in ("Elsewhere", "Nowhere"):
        assert fingerprint(name) in page.text
    assert "October 2026" in page.text
    assert "not said" in page.text
    start = f"{HOME}/{fingerprint('Elsewhere').replace(' ', '')}"
    assert "Elsewhere counts." in admin.send(to=f"{start}/confirm").text
    assert "1 is in" in admin.page.text
    assert "Elsewhere is removed." in admin.send(to=f"{start}/remove").text
    assert "0 are in" in admin.page.text
    assert admin.client.get("/admin/anytown/audit").text.count("another organisation") == 2


def test_the_same_again_is_said_to_change_nothing(admin):
    take_in(admin, others.file("Elsewhere"))
    assert "Nothing changed" in take_in(admin, others.file("Elsewhere")).text


def test_every_problem_is_said_with_its_file_and_how_to_mend_it(admin, stored, anytown):
    page = take_in(admin, others.file("Elsewhere"), b"{", others.file("Anytown"))
    assert page.status_code == 422
    assert "Nothing was taken in" in page.text
    assert "1.json, line 1: The file ends" in page.text
    assert "2.json, line 1: This file is of Anytown itself" in page.text
    assert "Leave it out." in page.text
    assert benchmark_importing.neighbours(stored, anytown.id) == []
    admin.open(HOME)
    assert "Choose one or more files." in admin.send({}, to=HOME).text


def test_a_key_that_changed_is_refused_with_both_fingerprints(admin):
    take_in(admin, others.file("Elsewhere"))
    page = take_in(admin, others.file("Elsewhere", signed_by="Somebody"))
    assert fingerprint("Elsewhere") in page.text
    assert fingerprint("Somebody") in page.text
    assert "remove them from the list" in page.text


def test_the_file_to_give_away_comes_from_the_page_of_the_wave(admin):
    admin.open(WAVE)
    file = admin.send(to=f"{WAVE}/benchmark")
    assert file.headers["Content-Disposition"] == 'attachment; filename="autumn-benchmark.json"'
    assert read_signed(file.data).shared.organisation == "Anytown"
    own = fingerprint_of(json.loads(file.data)["key"])
    assert own in admin.open(HOME).text


def test_where_staff_were_not_told_nothing_is_offered_or_given(admin, stored, anytown):
    make.closed_wave(stored, {"parks": [3] * 10}, of=anytown, slug="silent", closed_at=make.NOON)
    stored.commit()
    silent = "/admin/anytown/waves/silent"
    assert "Download the figures" not in admin.open(silent).text
    admin.open(WAVE)
    page = admin.send(to=f"{WAVE}/benchmark")
    assert page.status_code == 200
    admin.open(WAVE)
    token = admin.page.text.split('name="csrf_token" value="')[1].split('"')[0]
    refused = admin.client.post(f"{silent}/benchmark", data={"csrf_token": token})
    assert refused.status_code == 422
    assert "Staff were not told" in refused.text


@pytest.mark.parametrize("role", ["author", "lead", "viewer", "moderator"])
def test_only_admins_exchange_figures(web_app, anytown, role):
    web_app.config["WTF_CSRF_ENABLED"] = False
    client = sign_in(web_app, f"{role}@anytown.example").client
    assert client.get(HOME).status_code == 404
    key = "0" * 32
    for address in (HOME, f"{HOME}/{key}/confirm", f"{HOME}/{key}/remove", f"{WAVE}/benchmark"):
        assert client.post(address).status_code == 404


def test_staff_are_told_before_they_answer_where_figures_may_be_given_away(browser, stored):
    of = make.organisation(stored)
    for slug, shares in (("told", True), ("silent", False)):
        make.wave(stored, of, slug=slug, open_link=True, shares_figures=shares)
    stored.commit()
    for page in ("", "/privacy"):
        assert "given to other organisations" in browser.open(f"/surveys/told{page}").text
        assert "given to other organisations" not in browser.open(f"/surveys/silent{page}").text
