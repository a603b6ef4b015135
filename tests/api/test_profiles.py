"""Programs read what a wave found: the same figures as on the pages, and the same withheld."""

from datetime import timedelta

import pytest

from survey.operations import reporting
from survey.operations.profile_json import as_json, breakdown_as_json
from tests import make_stored as make
from tests.api.program import Program, kind_of, token_of
from tests.api.town import DESIGN, SHARING, WAVES, WINTER
from tests.make_stored import NOON

NUMBERS = {"n", "counts", "mean", "median", "step", "agreement", "interval", "dont_know", "gap"}


def test_a_profile_is_that_of_the_command_line(admin, stored, town):
    whole = reporting.organisation_profile(stored, "winter", None, with_questions=True)
    assert admin.get(f"{WINTER}/profile?questions=true").json == as_json(whole)
    adults = reporting.organisation_profile(stored, "winter", None, "adults")
    assert admin.get(f"{WINTER}/profile?unit=adults").json == as_json(adults)


def test_one_split_by_a_question_too(admin, stored, town):
    report = reporting.breakdown_report(stored, "winter", "grade", None)
    assert admin.get(f"{WINTER}/profile/by/grade").json == breakdown_as_json(report)
    assert kind_of(admin.get(f"{WINTER}/profile/by/no-such")) == "not-found"
    assert kind_of(admin.get(f"{WAVES}/autumn/profile/by/grade")) == "not-found"


def test_a_unit_that_is_too_small_has_no_numbers_anywhere(admin, town):
    profile = admin.get(f"{WINTER}/profile?unit=parks&questions=true").json
    assert profile["responded"] is None
    for one in (*profile["capabilities"], *profile["questions"]):
        assert one["suppressed"]
        assert not NUMBERS & set(one)
    gaps = admin.get(f"{WINTER}/gaps?unit=parks").json
    assert gaps["gaps"] == gaps["reached"] == gaps["without_target"] == gaps["roles"] == []
    for course in admin.get(f"{WINTER}/changes?unit=parks").json["capabilities"]:
        for moment in course["moments"]:
            assert moment["measure"]["suppressed"]
            assert not NUMBERS & set(moment["measure"])
            assert moment["change"] is moment["at_former_mix"] is None


def test_it_can_be_of_a_domain_or_as_a_map_groups_it(admin, town):
    data = admin.get(f"{WINTER}/profile?domain=data").json
    assert [one["id"] for one in data["capabilities"]] == [SHARING]
    assert sum(data["overall"]["steps"]) == 1
    assert kind_of(admin.get(f"{WINTER}/profile?domain=no-such")) == "not-found"
    assert kind_of(admin.get(f"{WINTER}/profile?map=no-such")) == "not-found"
    assert kind_of(admin.get(f"{WINTER}/profile?grade=manager")) == "wrong-parameters"
    assert kind_of(admin.get(f"{WINTER}/profile?questions=perhaps")) == "wrong-parameters"


def test_what_is_known_is_not_sent_again_until_a_target_changes(admin, stored, anytown, town):
    known = {part: admin.get(f"{WINTER}/{part}").headers["ETag"] for part in ("profile", "gaps")}
    for part, tag in known.items():
        again = admin.get(f"{WINTER}/{part}", if_none_match=tag)
        assert (again.status_code, again.data) == (304, b"")
    reporting.set_target(stored, anytown.id, SHARING, 4, "It matters too.")
    stored.commit()
    for part, tag in known.items():
        assert admin.get(f"{WINTER}/{part}", if_none_match=tag).status_code == 200


def test_gaps_come_in_the_order_of_work(admin, stored, anytown, town):
    told = admin.get(f"{WINTER}/gaps").json
    (gap,) = told["gaps"]
    profile = admin.get(f"{WINTER}/profile").json
    figure = next(one for one in profile["capabilities"] if one["id"] == DESIGN)
    assert (gap["id"], gap["target"], gap["gap"]) == (DESIGN, 5, figure["gap"])
    assert (gap["mean"], gap["importance"]) == (figure["mean"], 5.0)
    assert gap["priority"] == pytest.approx(gap["gap"])
    assert gap["short"] == pytest.approx(1 - figure["counts"][4] / figure["n"])
    assert [one["question"] for one in gap["weakest"]] == [f"{DESIGN}:watch"]
    assert [one["id"] for one in told["without_target"]] == [SHARING]
    reporting.set_target(stored, anytown.id, SHARING, 1, "We are content.")
    stored.commit()
    assert [one["id"] for one in admin.get(f"{WINTER}/gaps").json["reached"]] == [SHARING]


def test_changes_lead_from_wave_to_wave(admin, town):
    told = admin.get(f"{WINTER}/changes?unit=adults").json
    assert (told["unit"], told["waves"]) == ("adults", ["autumn", "winter"])
    design = next(one for one in told["capabilities"] if one["id"] == DESIGN)
    then, now = design["moments"]
    assert (then["measure"]["mean"], then["change"], then["broken"]) == (2.0, None, "")
    assert (now["measure"]["mean"], now["change"]["words"]) == (4.0, "higher")
    assert (told["groups"][0]["then"], told["groups"][0]["now"]) == (2.0, 4.0)


def test_a_lead_of_a_unit_reads_that_unit_alone(as_role, town):
    lead = as_role("lead", unit="places")
    assert lead.get(f"{WINTER}/profile").json["unit"] == "places"
    for part in ("profile", "gaps", "changes"):
        assert lead.get(f"{WINTER}/{part}?unit=parks").status_code == 200
        for unit in ("adults", "anytown", "no-such", "%00", ""):
            other = lead.get(f"{WINTER}/{part}?unit={unit}")
            assert kind_of(other) == "not-found"
    assert kind_of(lead.get(f"{WINTER}/profile/by/grade")) == "not-found"


def test_before_a_wave_has_closed_it_says_only_how_many_answered(admin, town):
    told = admin.get(f"{WAVES}/spring/profile").json
    assert (told["state"], told["responded"], told["capabilities"]) == ("open", 0, [])
    for part in ("gaps", "changes", "actions", "profile/by/grade"):
        assert kind_of(admin.get(f"{WAVES}/spring/{part}")) == "not-found"


def test_where_nobody_answered_all_is_withheld(admin, stored, anytown, town):
    make.closed_wave(stored, {}, of=anytown, slug="empty", opened_at=NOON + timedelta(days=300))
    stored.commit()
    told = admin.get(f"{WAVES}/empty/profile").json
    assert {one["suppressed"] for one in told["capabilities"]} == {"too-few"}
    assert sum(told["overall"]["steps"]) == 0
    assert admin.get(f"{WAVES}/empty/gaps").json["gaps"] == []


def test_two_hundred_capabilities_are_one_answer(app, stored):
    many = make.organisation(stored, "many", {"many": None})
    asked = make.questionnaire([f"digital/c-{number}" for number in range(200)])
    make.closed_wave(stored, {"many": [2, 3, 4] * 3}, of=many, asked=asked, slug="large")
    admin = Program(app, token_of(stored, make.account(stored, many.id, "admin")))
    stored.commit()
    for part in ("profile?questions=true", "gaps", "changes"):
        answer = admin.get(f"/organisations/many/waves/large/{part}")
        assert answer.status_code == 200
    assert len(answer.json["capabilities"]) == 200


@pytest.mark.parametrize("role", ["author", "moderator"])
def test_who_may_not_read_profiles_is_told_of_none(as_role, town, role):
    program = as_role(role)
    for part in ("profile", "profile/by/grade", "gaps", "changes", "response-rates", "actions"):
        assert kind_of(program.get(f"{WINTER}/{part}")) == "not-found"
