"""Where some units answered more than others, or other shares than before, pages say so."""

from datetime import timedelta

import pytest

from survey.maturity.weighting import post_stratified
from survey.web.profile import workings
from tests import make_stored as make
from tests.web import signed_in

INVITED = {"anytown": 80, "adults": 40, "places": 40, "parks": 40}


@pytest.fixture
def lead(web_app, stored):
    anytown = make.organisation(stored)
    for year, answers in enumerate(
        ({"adults": [4] * 30, "parks": [2] * 10}, {"adults": [4] * 10, "parks": [2] * 30})
    ):
        make.closed_wave(
            stored,
            answers,
            of=anytown,
            slug=f"wave-{year}",
            opened_at=make.NOON + timedelta(days=365 * year),
            invited=INVITED,
        )
    email = signed_in.account(stored, anytown, "lead")
    stored.commit()
    return signed_in.sign_in(web_app, email)


def test_a_capability_says_what_its_mean_would_be_had_all_answered_alike(lead):
    page = lead.open("/profiles/wave-0/capabilities/digital/design").text
    assert "Had all answered alike, the mean would be about 3.00 in place of 3.50." in page
    working = lead.open("/profiles/wave-0/workings/digital/design").text
    assert "The mean, had all units answered alike" in working
    assert "here from 0.67 to 2.00, never above 3" in working


def test_a_change_says_what_it_would_be_in_the_shares_of_then(lead):
    said = "lower; with people from each unit in the shares of then: mean 3.50"
    for page in ("changes", "capabilities/digital/design"):
        assert said in lead.open(f"/profiles/wave-1/{page}").text


def test_an_overview_says_what_uneven_response_can_do_to_a_mean(lead):
    page = lead.open("/profiles/wave-0").text
    assert "Response was uneven" in page
    assert "could be off by at most about 0.45 of a step" in page


def test_the_working_of_weights_says_what_they_cost():
    working = workings.if_even(post_stratified([100, 300], [50, 30], [3, 2]))
    assert working.figure == "2.25"
    assert any("those of 50 people" in sentence for sentence in working.sentences)
