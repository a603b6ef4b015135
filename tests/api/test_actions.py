"""Programs read and write what leads plan."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.storage.audit import AuditEvent
from tests import make_stored as make
from tests.api.program import kind_of
from tests.api.town import ACTION, DESIGN, SHARING, WAVES, WINTER

ACTIONS = f"{WINTER}/actions"
LATER = {"title": "Share it", "capability": SHARING, "due": "2027-06-01", "unit": "adults"}


@pytest.fixture
def lead(as_role, town):
    return as_role("lead")


def plan(program, **changed):
    answer = program.send("POST", ACTIONS, ACTION | changed)
    assert answer.status_code == 201, answer.text
    return answer


def titles(answer):
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json]


def test_an_action_is_planned_and_can_be_read(lead):
    made = plan(lead, title="Test 🦉 שלום", evidence="x" * 2_000)
    read = lead.get(made.headers["Location"].removeprefix("/api/v1"))
    assert read.json == made.json
    assert (read.headers["ETag"], made.json["revision"]) == ('"1"', 1)
    assert (made.json["unit"], made.json["since"]) == ("anytown", "winter")
    assert (made.json["target"], made.json["state"]) == (5, "planned")
    assert made.json["overdue"] is False


def test_what_should_have_been_done_is_overdue(lead):
    assert [one["overdue"] for one in lead.get(ACTIONS).json] == [True]


def test_they_are_listed_the_earliest_due_first_and_can_be_filtered(lead):
    plan(lead, **LATER)
    plan(lead, state="done")
    assert titles(lead.get(ACTIONS)) == ["Ask users", "Test every form", "Share it"]
    assert titles(lead.get(f"{ACTIONS}?state=done")) == ["Test every form"]
    assert titles(lead.get(f"{ACTIONS}?capability={SHARING}")) == ["Share it"]
    assert titles(lead.get(f"{ACTIONS}?unit=adults")) == ["Share it"]
    assert titles(lead.get(f"{ACTIONS}?due_before=2027-03-01")) == ["Ask users"]
    both = lead.get(f"{ACTIONS}?capability={DESIGN}&page_size=1&page=2")
    assert (titles(both), both.headers["Total-Count"]) == (["Test every form"], "2")
    assert lead.get(f"{ACTIONS}?page=10000").json == []


def test_a_filter_that_cannot_be_is_refused(lead):
    for query in ("state=lost", "due_before=soon", "owner=me"):
        assert kind_of(lead.get(f"{ACTIONS}?{query}")) == "wrong-parameters"


def test_an_action_is_written_anew_by_who_knows_what_it_says(lead, town):
    one = f"{ACTIONS}/{town.id}"
    done = ACTION | {"state": "done", "evidence": "All of them."}
    assert kind_of(lead.send("PUT", one, done)) == "condition-needed"
    changed = lead.send("PUT", one, done, if_match='"1"')
    assert (changed.json["state"], changed.headers["ETag"]) == ("done", '"2"')
    assert kind_of(lead.send("PUT", one, done, if_match='"1"')) == "changed"
    moved = lead.send("PUT", one, done | {"unit": "adults"}, if_match='"2"')
    assert (moved.json["unit"], moved.json["revision"]) == ("adults", 3)
    stays = lead.send("PUT", one, done, if_match='"3"')
    assert stays.json["unit"] == "adults"


def test_an_action_noted_by_mistake_is_removed(lead, town, stored):
    one = f"{ACTIONS}/{town.id}"
    assert kind_of(lead.delete(one)) == "condition-needed"
    assert kind_of(lead.delete(one, if_match='"7"')) == "changed"
    assert lead.delete(one, if_match='"1"').status_code == 204
    assert kind_of(lead.get(one)) == "not-found"
    event = stored.query(AuditEvent).filter_by(action="action.remove").one()
    assert event.via == "api"


NO_ACTION = [
    ({"title": ""}, "refused"),
    ({"title": "x" * 201}, "wrong-body"),
    ({"title": "\ud800"}, "wrong-body"),
    ({"owner": "\x00"}, "wrong-body"),
    ({"due": "2027-13-01"}, "wrong-body"),
    ({"due": "0001-01-01"}, "wrong-body"),
    ({"state": "lost"}, "wrong-body"),
    ({"capability": "no/such"}, "refused"),
    ({"unit": "no-such"}, "not-found"),
    ({"title": ["x"]}, "wrong-body"),
    ({"title": None}, "wrong-body"),
]


def test_what_cannot_be_an_action_is_refused(lead, town):
    for changed, kind in NO_ACTION:
        for method, address in (("POST", ACTIONS), ("PUT", f"{ACTIONS}/{town.id}")):
            answer = lead.send(method, address, ACTION | changed, if_match='"1"')
            assert kind_of(answer) == kind, changed
    assert titles(lead.get(ACTIONS)) == ["Ask users"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(), some, max_size=3),
    max_leaves=8,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from([*ACTION, "state", "evidence", "unit", "more"]), JSON))
def test_whatever_is_sent_the_answer_is_no_fault_of_ours(lead, changed):
    answer = lead.post(ACTIONS, json.dumps(ACTION | changed))
    assert answer.status_code in (201, 404, 422), answer.text


def test_with_a_key_an_action_is_planned_once(lead):
    answers = [lead.send("POST", ACTIONS, ACTION, idempotency_key="k") for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert len(lead.get(ACTIONS).json) == 2


def test_a_viewer_reads_and_does_not_write(as_role, town):
    viewer = as_role("viewer")
    one = f"{ACTIONS}/{town.id}"
    assert viewer.get(one).json["title"] == "Ask users"
    assert kind_of(viewer.send("POST", ACTIONS, ACTION)) == "not-found"
    assert kind_of(viewer.send("PUT", one, ACTION, if_match='"1"')) == "not-found"
    assert kind_of(viewer.delete(one, if_match='"1"')) == "not-found"


def test_a_lead_of_a_unit_plans_for_it_and_sees_no_other(as_role, town):
    adults = as_role("lead", unit="adults")
    assert titles(adults.get(ACTIONS)) == []
    assert kind_of(adults.get(f"{ACTIONS}/{town.id}")) == "not-found"
    mine = plan(adults).json
    assert mine["unit"] == "adults"
    away = adults.send("PUT", f"{ACTIONS}/{mine['id']}", ACTION | {"unit": "parks"}, if_match='"1"')
    assert kind_of(away) == "not-found"
    for unit in ("parks", "anytown", "places"):
        assert kind_of(adults.send("POST", ACTIONS, ACTION | {"unit": unit})) == "not-found"


def test_an_action_that_there_is_not_is_told_so(lead):
    for number in (999, 2**31, 10**30):
        one = f"{ACTIONS}/{number}"
        assert kind_of(lead.get(one)) == "not-found"
        assert kind_of(lead.send("PUT", one, ACTION, if_match="*")) == "not-found"
        assert kind_of(lead.delete(one, if_match="*")) == "not-found"


def test_in_a_wave_before_it_was_planned_it_is_not_there(lead, town):
    assert titles(lead.get(f"{WAVES}/autumn/actions")) == []
    assert kind_of(lead.get(f"{WAVES}/autumn/actions/{town.id}")) == "not-found"


def test_an_action_of_another_organisation_is_not_there(lead, stored, town):
    elsewhere = make.organisation(stored, "elsewhere", {"elsewhere": None})
    make.closed_wave(stored, {"elsewhere": [3] * 9}, of=elsewhere, slug="theirs")
    town.organisation_id = elsewhere.id
    stored.commit()
    assert kind_of(lead.get(f"{ACTIONS}/{town.id}")) == "not-found"
