"""Each figure opens to its formula, with the numbers that went in and who was left out."""

import re
from types import SimpleNamespace

import pytest

from survey.maturity.change import differences
from survey.operations.profile import CapabilityOverTime, Moment
from survey.questionnaire.model import STEP_NAMES
from survey.web.help.methods import METHODS
from survey.web.profile.workings import since_before, workings
from tests.make_profile import shown
from tests.web.profile.test_pages import CAPABILITY, DESIGN, OVERVIEW, said

PUBLISHED = shown((12, 61, 118, 47, 13), dont_know=15, not_applicable=2)
WORKING = f"{OVERVIEW}/workings/{DESIGN}"


def by_name(measure=PUBLISHED, **more):
    return {one.name: one for one in workings(measure, STEP_NAMES, **more)}


def test_the_numbers_that_went_in_are_named():
    found = by_name(target=4)
    assert found["People"].sentences == (
        "People at steps 1 to 5: 12 + 61 + 118 + 47 + 13 = 251.",
        "15 people did not know and 2 people said that it does not apply. They are counted beside "
        "the steps and stand in no figure below.",
    )
    assert "741 ÷ 251 = 2.9522" in found["Mean"].sentences[0]
    assert (
        "(741 + 7.5) ÷ (251 + 2.5) = 2.9527"
        in found["Where the mean very likely lies"].sentences[0]
    )
    assert "step 3: 178 (71%)" in found["Step"].sentences[0]
    assert (found["Gap"].figure, found["Step"].figure) == ("1.05", "3 Embedded")


def test_without_a_target_there_is_no_gap():
    assert "Gap" not in by_name()


def test_several_questions_are_told_to_count_each_person_once():
    assert any("each person counts once" in one for one in by_name(questions=3)["People"].sentences)
    assert "people’s means" in by_name(questions=3)["Mean"].sentences[0]


def test_two_camps_and_few_people_are_told():
    camps = by_name(shown((10, 25, 6, 24, 5)))["Agreement"]
    assert camps.figure.endswith("two camps")
    assert any("two different steps" in one for one in camps.sentences)
    assert any("Below 20" in one for one in by_name(shown((1, 2, 3, 1, 1)))["Agreement"].sentences)


def test_every_method_that_is_led_to_is_on_the_page(lead):
    page = lead.get("/help/methods").text
    named = {one.method for one in workings(PUBLISHED, STEP_NAMES, 4)}
    assert named <= {id_ for id_, *_ in METHODS}
    for address in (WORKING, OVERVIEW, f"{OVERVIEW}/breakdowns/grade", f"{OVERVIEW}/priorities"):
        for anchor in re.findall(r'/help/methods#([a-z-]+)"', lead.get(address).text):
            assert f'id="{anchor}"' in page


def test_a_capability_leads_to_its_workings_and_those_of_its_units(lead):
    page = lead.get(CAPABILITY).text
    assert f"/profiles/autumn/workings/{DESIGN}" in page
    assert f"/profiles/autumn/workings/{DESIGN}?unit=adults" in page
    assert "1 + 1 + 3 + 2 + 1 = 8" in said(lead.get(f"{WORKING}?unit=adults"))


def test_groups_and_practices_have_their_workings_too(lead):
    page = lead.get(CAPABILITY).text.replace("&amp;", "&")
    assert f"/workings/{DESIGN}?question=digital/design:watch" in page
    assert f"/workings/{DESIGN}?by=grade&option=manager" in page
    group = said(lead.get(f"{WORKING}?by=grade&option=manager"))
    assert "Manager, Autumn" in group
    practice = said(lead.get(f"{WORKING}?question={DESIGN}:watch"))
    assert "How We do. was worked out" in practice


@pytest.mark.parametrize("asked", ["question=no-such", "by=grade&option=no-such", "by=x", "by="])
def test_a_practice_or_group_that_is_none_is_not_found(lead, asked):
    assert lead.get(f"{WORKING}?{asked}").status_code == 404


def test_a_change_opens_to_the_pairs_that_went_in():
    then, now = shown((12, 61, 118, 47, 13)), shown((8, 45, 120, 65, 18))
    (differs,) = differences([(then.counts, now.counts)])
    waves = [SimpleNamespace(name=name) for name in ("Spring", "Autumn")]
    moments = (Moment(waves[0], then), Moment(waves[1], now, change=differs))
    found = since_before(CapabilityOverTime(DESIGN, "Design", moments))
    assert found.name == "What changed since Spring"
    assert "251 × 256 = 64,256 pairs" in found.sentences[0]
    assert "÷ 64,256 = 0.1250" in found.sentences[0]
    assert "p 0.0089" in found.sentences[1]
    assert since_before(CapabilityOverTime(DESIGN, "Design", moments[:1])) is None


def test_what_is_withheld_has_no_workings(lead):
    page = said(lead.get(f"/profiles/quiet/workings/{DESIGN}"))
    assert "too few people answered" in page
    assert "÷" not in page


@pytest.mark.parametrize("address", [f"{WORKING}?unit=parks", f"{WORKING}?unit=no-such"])
def test_workings_of_another_unit_are_not_there(sign_in, address):
    assert sign_in("adults").get(address).status_code == 404
