"""An admin brings in the results of an earlier survey, and takes them out again."""

import io

import pytest

from tests import make_stored as make
from tests.web import signed_in

RESULTS = "/admin/anytown/results"
WAVE = "/admin/anytown/waves/survey-2023"
HEADER = "capability,unit,1,2,3,4,5\n"
GOOD = HEADER + "digital/design,,10,20,10,0,0\n"


@pytest.fixture
def admin(web_app, stored):
    anytown = make.organisation(stored)
    make.publication(stored, anytown.id, make.version(stored))
    for role in ("admin", "lead"):
        signed_in.account(stored, anytown, role)
    stored.commit()
    return signed_in.sign_in(web_app, "admin@anytown.example")


def send(browser, stored, text=GOOD, **typed):
    values = {
        "name": "Survey 2023",
        "slug": "survey-2023",
        "ended_on": "2023-05-01",
        "version": make.version(stored),
        "imported": "other-questions",
        "minimum_group": "10",
        "file": (io.BytesIO(text.encode()), "results.csv"),
    }
    browser.open(RESULTS)
    return browser.send(values | typed)


def test_results_are_imported_looked_at_and_removed(admin, stored):
    page = send(admin, stored)
    assert "Survey 2023 is imported." in page.text
    assert "1 May 2023" in page.text
    profile = admin.open("/profiles/survey-2023").text
    assert "These results were counted elsewhere and imported." in profile
    assert "Imported results: 40 people or more answered." in profile
    assert "invited" not in profile.lower()
    assert "Imported" in admin.open("/admin/anytown/").text
    admin.open(WAVE)
    page = admin.send(to=f"{WAVE}/remove")
    assert "Survey 2023 is removed." in page.text
    assert admin.open(WAVE).status_code == 404


def test_every_page_of_imported_results_opens(admin, stored):
    send(admin, stored)
    for address in (
        "/profiles/",
        "/profiles/survey-2023",
        "/profiles/survey-2023/units/parks",
        "/profiles/survey-2023/changes",
        "/profiles/survey-2023/priorities",
        "/profiles/survey-2023/comments",
        "/profiles/survey-2023/plan",
        "/profiles/survey-2023/capabilities/digital/design",
        "/profiles/survey-2023/capabilities/data/sharing",
        "/profiles/survey-2023/workings/digital/design",
        f"{WAVE}/certificate",
        f"{WAVE}/participation.csv",
    ):
        assert admin.open(address).status_code == 200, address


def test_problems_of_the_file_are_said_by_row_and_what_was_typed_stays(admin, stored):
    page = send(admin, stored, HEADER + "digital/desing,,1,2,x,4,5\n")
    assert page.status_code == 422
    assert "Row 2, column capability" in page.text
    assert "Do you mean “digital/design”?" in page.text
    assert "Row 2, column 3" in page.text
    assert 'value="Survey 2023"' in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ended_on": "2999-01-01"}, "An earlier survey ended on a day that has passed."),
        ({"ended_on": "1066-10-14"}, "Enter the day on which it ended."),
        ({"imported": ""}, "Choose one"),
        ({"version": "no-such"}, "has been published here."),
        ({"slug": "Not a slug"}, "Use lower-case letters"),
        ({"minimum_group": "2"}, "Enter a whole number from 5 to 100."),
        ({"file": (io.BytesIO(), "")}, "Choose a file."),
    ],
)
def test_what_is_missing_or_wrong_is_said(admin, stored, typed, said):
    page = send(admin, stored, **typed)
    assert page.status_code == 422
    assert said in page.text


def test_a_short_name_that_is_taken_is_said(admin, stored):
    send(admin, stored)
    assert "There is a wave “survey-2023” already." in send(admin, stored).text


def test_the_file_to_fill_in_has_every_capability_and_can_be_sent_back(admin, stored):
    digest = make.version(stored)
    file = admin.open(f"{RESULTS}/{digest}.csv").text
    assert file.splitlines() == [
        "capability,unit,1,2,3,4,5,dont_know,not_applicable",
        "digital/design,,,,,,,,",
        "data/sharing,,,,,,,,",
    ]
    assert "is imported." in send(admin, stored, file).text


def test_without_a_questionnaire_the_page_says_what_comes_first(web_app, stored):
    signed_in.account(stored, make.organisation(stored), "admin")
    stored.commit()
    browser = signed_in.sign_in(web_app, "admin@anytown.example")
    assert "publish a questionnaire" in browser.open(RESULTS).text


def test_results_that_a_plan_rests_on_stay_and_say_so(admin, stored):
    send(admin, stored)
    admin.open("/profiles/survey-2023/plan/new?capability=digital/design")
    admin.send(
        {
            "title": "Ask users",
            "capability": "digital/design",
            "unit": "anytown",
            "owner": "Ada",
            "due": "2099-01-01",
            "state": "planned",
        }
    )
    admin.open(WAVE)
    assert "Actions were planned from these results." in admin.send(to=f"{WAVE}/remove").text


def test_nobody_else_imports_or_removes(admin, stored, web_app):
    send(admin, stored)
    lead = signed_in.sign_in(web_app, "lead@anytown.example")
    assert lead.open(RESULTS).status_code == 404
    assert lead.open(f"{RESULTS}/{make.version(stored)}.csv").status_code == 404
    lead.open("/account/")
    token = {"csrf_token": "none"}
    assert lead.client.post(f"{WAVE}/remove", data=token).status_code in (400, 404)
    assert lead.open("/profiles/survey-2023").status_code == 200
