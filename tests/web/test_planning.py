"""Leads plan actions and note what a workshop agreed on; others read, and nobody overwrites what
somebody else has just saved."""

import pytest

from survey.operations import accounts
from survey.storage.plans import Action
from tests import make_stored as make
from tests.web import signed_in

PLAN = "/profiles/autumn/plan"
DESIGN = "/profiles/autumn/capabilities/digital/design"
AGREED = "/profiles/autumn/agreed/digital/design"
TYPED = {
    "title": "Test every form",
    "capability": "digital/design",
    "unit": "anytown",
    "owner": "Head of design",
    "due": "2099-03-01",
    "state": "planned",
    "evidence": "",
}


@pytest.fixture
def wave(stored):
    wave = make.closed_wave(stored, {"parks": [2] * 9, "adults": [3] * 8})
    anytown = stored.get(make.Organisation, wave.organisation_id)
    for role in ("lead", "viewer", "author"):
        signed_in.account(stored, anytown, role)
    accounts.create_account(
        stored,
        "parks@anytown.example",
        role="lead",
        organisation=anytown,
        unit=make.unit(stored, "parks"),
        password=signed_in.PASSWORD,
    )
    stored.commit()
    return wave


@pytest.fixture
def browser(web_app, wave):
    return lambda name: signed_in.sign_in(web_app, f"{name}@anytown.example")


@pytest.fixture
def lead(browser):
    return browser("lead")


def plan(browser, **typed):
    browser.open(f"{PLAN}/new")
    return browser.send(TYPED | typed)


def test_an_action_is_planned_from_a_capability_and_read_there(lead):
    assert "No action is planned for it." in lead.open(DESIGN).text
    page = plan(lead)
    assert "The action is in the plan." in page.text
    assert lead.heading == "1 action to do"
    assert "1 March 2099" in page.text
    assert "Test every form" in lead.open(DESIGN).text


def test_the_form_of_a_new_action_knows_where_one_came_from(lead):
    page = lead.open(f"{PLAN}/new?capability=digital/design&unit=parks").text
    assert '<option value="digital/design" selected>' in page
    assert '<option value="parks" selected>' in page


def test_an_action_is_changed_and_marked_as_done(lead):
    plan(lead)
    page = lead.open(f"{PLAN}/1").text
    assert 'value="Test every form"' in page
    lead.send(TYPED | {"state": "done", "evidence": "Eleven forms\nwere tested."})
    assert lead.heading == "All that was planned is done"
    assert "Eleven forms" in lead.page.text


def test_two_leads_who_change_one_action_see_what_the_other_saved(lead, browser):
    plan(lead)
    other = browser("lead")
    lead.open(f"{PLAN}/1")
    other.open(f"{PLAN}/1")
    lead.send(TYPED | {"owner": "Ada", "title": "Test all"})
    page = other.send(TYPED | {"owner": "Bo"})
    assert page.status_code == 409
    assert "Somebody else has changed this action" in page.text
    assert "Ada" in page.text
    assert 'value="Bo"' in page.text
    page = other.send(TYPED | {"owner": "Bo and Ada"})
    assert page.status_code == 200
    assert "Bo and Ada" in page.text


def test_an_action_noted_by_mistake_is_removed_unless_it_was_changed_meanwhile(lead, browser):
    plan(lead)
    other = browser("lead")
    other.open(f"{PLAN}/1")
    lead.open(f"{PLAN}/1")
    lead.send(TYPED | {"owner": "Ada"})
    assert other.send(to=f"{PLAN}/1/remove").status_code == 409
    lead.open(f"{PLAN}/1")
    lead.send(to=f"{PLAN}/1/remove")
    assert lead.heading == "Nothing is planned yet"
    assert lead.open(f"{PLAN}/1").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "Say in a line what will be done."),
        ({"owner": ""}, "Say who sees to it: a name or a job."),
        ({"due": ""}, "Enter a day."),
        ({"due": "soon"}, "Enter a day as year, month and day, such as 2027-03-31."),
        ({"due": "0001-01-01"}, "Enter a day from 2000 to 2100."),
        ({"state": "lost"}, "Choose how far it is."),
        ({"unit": "elsewhere"}, "Choose one of the list."),
        ({"capability": "digital/unheard-of"}, "Choose one of the list."),
        ({"evidence": "x" * 2001}, "Use at most 2,000 characters."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(lead, stored, typed, said):
    page = plan(lead, **typed)
    assert page.status_code == 422
    assert said in page.text
    assert 'value="Head of design"' in page.text or "owner" in typed
    assert stored.query(Action).count() == 0


def test_a_lead_of_a_unit_plans_there_alone(lead, browser):
    parks = browser("parks")
    assert "Parks" in parks.open(f"{PLAN}/new").text
    assert "Choose one of the list." in parks.send(TYPED).text
    parks.send(TYPED | {"unit": "parks"})
    assert parks.heading == "1 action to do"
    plan(lead, title="For everybody")
    assert "For everybody" not in parks.open(PLAN).text
    assert parks.open(f"{PLAN}/2").status_code == 404
    assert parks.open(f"{PLAN}/new?unit=adults").status_code == 404
    assert "2 actions to do" in lead.open(PLAN).text


def test_a_viewer_reads_the_plan_and_changes_nothing(lead, browser):
    plan(lead)
    viewer = browser("viewer")
    page = viewer.open(PLAN).text
    assert "Test every form" in page
    assert "/plan/1" not in page
    for address in (f"{PLAN}/new", f"{PLAN}/1", AGREED):
        assert viewer.open(address).status_code == 404
        assert viewer.client.post(address, data=TYPED).status_code in (400, 404)


def test_who_reads_no_profile_reads_no_plan(browser):
    assert browser("author").open(PLAN).status_code == 404


def test_what_a_workshop_agreed_stands_beside_what_staff_said(lead):
    lead.open(AGREED)
    page = lead.send({"step": "4", "reason": "We went through\nfive services."})
    assert "What was agreed is noted." in page.text
    assert "4 Expert" in page.text
    assert "five services." in page.text
    assert lead.heading == "Design is between Enabler and Embedded"
    lead.open(AGREED)
    lead.send(to=f"{AGREED}/remove?unit=anytown")
    assert "Nothing is noted." in lead.page.text


def test_two_leads_who_note_what_was_agreed_see_what_the_other_saved(lead, browser):
    other = browser("lead")
    lead.open(AGREED)
    other.open(AGREED)
    lead.send({"step": "4", "reason": "Five services."})
    page = other.send({"step": "2", "reason": "Two services."})
    assert page.status_code == 409
    assert "4 Expert. Five services." in page.text
    assert "Two services." in page.text
    assert other.send({"step": "2", "reason": "Seven services."}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": "Why"}, "Choose the step that was agreed on."),
        ({"step": "9", "reason": "Why"}, "Choose the step that was agreed on."),
        ({"step": "3", "reason": " "}, "Say in a sentence why you agreed on this step."),
    ],
)
def test_a_step_without_reason_or_a_reason_without_step_is_refused(lead, typed, said):
    lead.open(AGREED)
    page = lead.send(typed)
    assert page.status_code == 422
    assert said in page.text


def test_there_is_nothing_to_agree_on_of_what_was_not_asked(lead):
    assert lead.open("/profiles/autumn/agreed/digital/unheard-of").status_code == 404
