"""Programs read waves, and run them by the same rules as the pages."""

from datetime import timedelta

import pytest

from survey.operations import running
from survey.storage.audit import AuditEvent
from survey.storage.organisations import Person
from tests import make_stored as make
from tests.api.program import kind_of
from tests.api.town import NEW, UNTIL, WAVES, WINTER
from tests.make_stored import NOON

SPRING = f"{WAVES}/spring"
PREPARED = f"{WAVES}/spring-2027"


@pytest.fixture
def prepared(admin, stored, anytown, town):
    """A wave that a program prepared, and somebody to ask."""
    parks = make.unit(stored, "parks")
    stored.add_all(
        Person(organisation_id=anytown.id, unit_id=parks.id, email=f"p{number}@anytown.example")
        for number in range(7)
    )
    stored.commit()
    answer = admin.send("POST", WAVES, NEW)
    assert answer.status_code == 201, answer.text
    return answer


def test_waves_are_listed_the_newest_first_all_or_in_one_state(admin, town):
    every = admin.get(WAVES)
    assert [one["wave"] for one in every.json] == ["spring", "winter", "autumn"]
    closed = admin.get(f"{WAVES}?state=closed&page_size=1")
    assert [one["wave"] for one in closed.json] == ["winter"]
    assert closed.headers["Total-Count"] == "2"
    assert admin.get(f"{WAVES}?page=10000").json == []
    assert kind_of(admin.get(f"{WAVES}?state=ajar")) == "wrong-parameters"
    assert kind_of(admin.get(f"{WAVES}?colour=red")) == "wrong-parameters"


def test_a_wave_says_what_it_promises_and_how_many_answered(admin, town):
    told = admin.get(WINTER).json
    assert (told["state"], told["threshold"], told["unit"]) == ("closed", 5, None)
    assert (told["invited"], told["responded"]) == (60, 46)
    assert told["rate"] == pytest.approx(46 / 60)
    assert told["breakdowns"] == ["grade"]


def test_of_an_open_wave_too(admin, stored, town):
    assert admin.get(SPRING).json["responded"] == 0
    make.responses(stored, running.wave(stored, "spring"), "adults", [3] * 4)
    stored.commit()
    told = admin.get(SPRING).json
    assert (told["state"], told["responded"]) == ("open", 4)


def test_a_lead_of_a_unit_is_told_of_that_unit(as_role, town):
    told = as_role("lead", unit="adults").get(WINTER).json
    assert (told["unit"], told["invited"], told["responded"]) == ("adults", 40, 32)
    hidden = as_role("viewer", unit="parks").get(WINTER).json
    assert (hidden["unit"], hidden["responded"], hidden["rate"]) == ("parks", None, None)


def test_it_is_the_same_until_somebody_answers(admin, stored, town):
    known = admin.get(SPRING).headers["ETag"]
    assert admin.get(SPRING, if_none_match=known).status_code == 304
    make.responses(stored, running.wave(stored, "spring"), "adults", [3])
    stored.commit()
    assert admin.get(SPRING, if_none_match=known).status_code == 200


def test_a_wave_is_prepared_with_a_published_questionnaire(admin, prepared):
    told = prepared.json
    assert (told["wave"], told["state"], told["threshold"]) == ("spring-2027", "prepared", 10)
    assert prepared.headers["Location"] == f"/api/v1{PREPARED}"
    assert admin.get(PREPARED).json == told
    assert told["invited"] is told["responded"] is None
    again = admin.send("POST", WAVES, NEW)
    assert kind_of(again) == "conflict"
    sure = {"wave": "sure", "threshold": 12, "goal": 70, "open_link": True, "languages": ["en"]}
    told = admin.send("POST", WAVES, NEW | sure | UNTIL).json
    assert (told["threshold"], told["goal"], told["open_link"]) == (12, 70, True)
    assert told["closes_at"] == "2026-12-24T16:00:00+00:00"


NO_WAVE = [
    ({"wave": "Not A Slug"}, "refused"),
    ({"threshold": 4}, "refused"),
    ({"name": "x" * 201}, "wrong-body"),
    ({"name": "  "}, "refused"),
    ({"name": "\x00"}, "wrong-body"),
    ({"name": "\ud800"}, "wrong-body"),
    ({"threshold": "12"}, "wrong-body"),
    ({"threshold": 10**30}, "wrong-body"),
    ({"closes_at": "tomorrow"}, "wrong-body"),
    ({"closes_at": "2027-01-01T12:00:00"}, "wrong-body"),
    ({"closes_at": "9999-12-31T23:59:59-23:59"}, "wrong-body"),
    ({"languages": ["xx"]}, "refused"),
    ({"breakdowns": ["no-such"]}, "refused"),
    ({"contact": "nobody"}, "refused"),
    ({"questionnaire": "no-such"}, "not-found"),
    ({"colour": "red"}, "wrong-body"),
]


def test_what_cannot_be_a_wave_is_refused(admin, town):
    for changed, kind in NO_WAVE:
        answer = admin.send("POST", WAVES, NEW | changed)
        assert kind_of(answer) == kind, changed
        if kind == "wrong-body":
            assert set(answer.json["entries"]) == set(changed)
    assert admin.get(f"{WAVES}?state=prepared").json == []


def test_a_name_of_200_characters_of_any_script_is_kept(admin, town):
    name = ("שלום 🦉 " * 40)[:200].strip()
    assert admin.send("POST", WAVES, NEW | {"name": name}).json["name"] == name


NO_OBJECT = (b"", b"{", b"[]", b"null", b"NaN", b'{"a": NaN}', b"\xff", b"[" * 5_000, b"9" * 5_000)


def test_a_body_that_is_no_json_object_is_refused(admin, town):
    for body in NO_OBJECT:
        answer = admin.post(WAVES, body)
        assert (kind_of(answer), answer.json["entries"]) == ("wrong-body", {})


def test_a_body_of_another_type_or_too_large_is_refused(admin, town):
    answer = admin.ask("POST", WAVES, b"a=b", {"Content-Type": "text/plain"})
    assert kind_of(answer) == "wrong-content-type"
    assert kind_of(admin.send("POST", WAVES, NEW | {"name": "x" * 70_000})) == "wrong-body"


def test_before_it_opens_it_can_be_looked_at(admin, prepared, stored):
    told = admin.get(f"{PREPARED}/preflight").json
    assert (told["ready"], told["asked"]) == (True, 7)
    assert "Parks" in told["small_units"]
    assert {one["level"] for one in told["checks"]} <= {"good", "look"}
    assert admin.get(PREPARED).json["state"] == "prepared"
    assert kind_of(admin.get(f"{SPRING}/preflight")) == "refused"


def test_without_anybody_to_ask_it_is_not_ready_and_does_not_open(admin, town):
    admin.send("POST", WAVES, NEW)
    told = admin.get(f"{PREPARED}/preflight").json
    assert (told["ready"], told["asked"], told["half_width"]) == (False, 0, None)
    answer = admin.post(f"{PREPARED}/open")
    assert (kind_of(answer), answer.json["detail"]) == ("refused", "There is nobody to ask.")
    assert admin.get(PREPARED).json["state"] == "prepared"


def test_it_opens_once_is_extended_and_closes(admin, prepared):
    opened = admin.post(f"{PREPARED}/open")
    assert (opened.json["state"], opened.json["invited"]) == ("open", 7)
    assert kind_of(admin.post(f"{PREPARED}/open")) == "refused"
    extended = admin.send("POST", f"{PREPARED}/extend", UNTIL)
    assert extended.json["closes_at"] == "2026-12-24T16:00:00+00:00"
    earlier = {"closes_at": "2026-10-01T00:00:00Z"}
    assert kind_of(admin.send("POST", f"{PREPARED}/extend", earlier)) == "refused"
    assert admin.post(f"{PREPARED}/close").json["state"] == "closed"
    assert kind_of(admin.post(f"{PREPARED}/close")) == "refused"
    assert kind_of(admin.post(f"{PREPARED}/remind")) == "refused"


def test_those_who_have_begun_may_finish_unless_it_ends_at_once(admin, stored, prepared):
    admin.post(f"{PREPARED}/open")
    wave = running.wave(stored, "spring-2027")
    begin_to_answer(stored, wave)
    assert admin.post(f"{PREPARED}/close").json["state"] == "closing"
    assert admin.send("POST", f"{PREPARED}/close", {"at_once": True}).json["state"] == "closed"


def begin_to_answer(stored, wave):
    from random import Random

    from survey.operations import answering
    from survey.operations.starting import AskedWave

    asked = AskedWave(wave.id, wave.slug, wave.name, wave.state, wave.simulated)
    answering.begin(stored, wave=asked, invitation=None, key=answering.new_key(), random=Random(1))
    stored.commit()


def test_people_are_reminded_once_a_day(admin, prepared):
    admin.post(f"{PREPARED}/open")
    planned = admin.post(f"{PREPARED}/remind")
    assert (planned.status_code, planned.json["kind"]) == (202, "reminder")
    assert planned.json["due_at"] == "2026-09-01T12:00:00+00:00"
    assert kind_of(admin.post(f"{PREPARED}/remind")) == "conflict"
    later = {"due_at": (NOON + timedelta(days=2)).isoformat()}
    assert admin.send("POST", f"{PREPARED}/remind", later).status_code == 202
    past = {"due_at": (NOON - timedelta(days=2)).isoformat()}
    assert kind_of(admin.send("POST", f"{PREPARED}/remind", past)) == "refused"


def test_with_a_key_a_wave_is_prepared_once(admin, town):
    answers = [admin.send("POST", WAVES, NEW, idempotency_key="k-1") for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json == answers[1].json


def test_the_audit_log_says_that_a_program_opened_it(admin, prepared, stored):
    admin.post(f"{PREPARED}/open")
    event = stored.query(AuditEvent).filter_by(action="wave.open").one()
    assert event.via == "api"


@pytest.mark.parametrize("role", ["lead", "viewer"])
def test_who_may_not_run_waves_is_told_of_none(as_role, town, role):
    program = as_role(role)
    assert program.get(WAVES).status_code == 200
    assert kind_of(program.send("POST", WAVES, NEW)) == "not-found"
    assert kind_of(program.post(f"{SPRING}/close")) == "not-found"
    assert program.get(SPRING).json["state"] == "open"


def test_authors_are_told_of_no_wave(program, town):
    assert kind_of(program.get(WAVES)) == "not-found"
    assert kind_of(program.get(WINTER)) == "not-found"


def test_a_wave_that_there_is_not_is_told_so(admin, town):
    for wave in ("no-such", "%00", "A", "x" * 300):
        for part in ("", "/response-rates", "/profile", "/changes", "/actions", "/preflight"):
            assert kind_of(admin.get(f"{WAVES}/{wave}{part}")) == "not-found"


def test_a_wave_of_another_organisation_is_not_there(admin, stored, town):
    elsewhere = make.organisation(stored, "elsewhere", {"elsewhere": None})
    make.wave(stored, elsewhere, slug="theirs")
    stored.commit()
    assert kind_of(admin.get(f"{WAVES}/theirs")) == "not-found"
    assert kind_of(admin.post(f"{WAVES}/theirs/close")) == "not-found"


def test_response_rates_come_in_the_order_of_the_tree(admin, town):
    rates = admin.get(f"{WINTER}/response-rates").json
    assert [one["unit"] for one in rates] == ["anytown", "adults", "places", "parks"]
    whole, adults, _, parks = rates
    assert (whole["above"], whole["responded"], whole["withheld"]) == (None, 46, False)
    assert (adults["above"], adults["rate"]) == ("anytown", 0.8)
    assert (parks["responded"], parks["rate"], parks["withheld"]) == (None, None, True)


def test_of_an_open_wave_they_stand_beside_those_of_the_wave_before(admin, stored, town):
    make.responses(stored, running.wave(stored, "spring"), "adults", [3] * 10)
    stored.commit()
    rates = {one["unit"]: one for one in admin.get(f"{SPRING}/response-rates").json}
    assert (rates["adults"]["rate"], rates["adults"]["rate_before"]) == (0.25, 0.8)
    assert rates["parks"]["responded"] is rates["parks"]["rate_before"] is None


def test_they_can_be_those_below_a_unit_down_to_a_level(admin, as_role, town):
    address = f"{WINTER}/response-rates"
    assert units(admin.get(f"{address}?unit=places")) == ["places", "parks"]
    assert units(admin.get(f"{address}?levels=1")) == ["anytown", "adults", "places"]
    assert units(admin.get(f"{address}?unit=places&levels=0")) == ["places"]
    assert units(admin.get(f"{address}?page_size=1&page=2")) == ["adults"]
    assert units(as_role("lead", unit="places").get(address)) == ["places", "parks"]
    assert kind_of(admin.get(f"{address}?unit=no-such")) == "not-found"
    assert kind_of(admin.get(f"{address}?depth=1")) == "wrong-parameters"


def units(answer):
    return [one["unit"] for one in answer.json]


def test_before_a_wave_has_opened_there_are_none(admin, town):
    admin.send("POST", WAVES, NEW)
    for part in ("response-rates", "profile"):
        answer = admin.get(f"{PREPARED}/{part}")
        assert (kind_of(answer), answer.json["detail"]) == (
            "not-found",
            "Nobody has been asked yet.",
        )
