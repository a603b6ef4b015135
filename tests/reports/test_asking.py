"""Reports are asked for, by those who may see what they say."""

from datetime import timedelta

import pytest

from survey.operations.errors import NotFound, Refused
from survey.operations.narrowing import Part
from survey.reports import asking
from survey.reports.contents import Subject
from survey.storage import reports as stored
from tests import make_stored as make

NOW = make.NOON


@pytest.fixture
def wave(session):
    return make.closed_wave(session, {"adults": [4] * 10, "places": [3] * 6, "parks": [2] * 9})


@pytest.fixture
def lead(session, wave):
    return make.account(session, wave.organisation_id)


def asked(session, lead, format_="pdf", **subject):
    return asking.ask(session, lead, Subject("autumn", **subject), format_, now=NOW)


def test_a_report_waits_for_a_worker_and_says_of_what_it_is(session, wave, lead):
    made = asked(session, lead, unit="parks", part=Part(domain="data"))
    assert made.state == "waiting"
    assert made.name == "autumn-parks-data-en.pdf"
    assert asking.subject_of(made, "autumn") == Subject("autumn", "parks", Part(domain="data"))
    assert asking.asked_for(session, lead, "autumn") == [made]


@pytest.mark.parametrize(
    ("subject", "format_"), [({}, "exe"), ({"language": "xx"}, "pdf"), ({"language": ""}, "pdf")]
)
def test_a_report_that_cannot_be_made_is_refused_at_once(session, wave, lead, subject, format_):
    with pytest.raises(Refused):
        asked(session, lead, format_, **subject)


@pytest.mark.parametrize(
    "subject",
    [
        {"unit": "no-such"},
        {"part": Part(domain="no-such")},
        {"part": Part(map="no-such")},
        {"part": Part(theme="no-such")},
        {"part": Part(group="no-such")},
    ],
)
def test_of_what_there_is_not_there_is_no_report(session, wave, lead, subject):
    with pytest.raises(NotFound):
        asked(session, lead, **subject)


def test_a_lead_of_a_unit_gets_reports_of_it_alone(session, wave):
    of_places = make.account(session, wave.organisation_id, "lead", "places")
    assert asked(session, of_places, unit="parks")
    assert asked(session, of_places).name == "autumn-anytown-en.pdf"
    with pytest.raises(NotFound):
        asked(session, of_places, unit="adults")


def test_nobody_else_gets_a_report(session, wave, lead):
    made = asked(session, lead)
    colleague = make.account(session, wave.organisation_id, "viewer")
    with pytest.raises(NotFound):
        asking.one(session, colleague, "autumn", made.id)
    assert asking.asked_for(session, colleague, "autumn") == []


def test_whoever_has_lost_the_right_to_see_it_gets_it_no_more(session, wave, lead):
    made = asked(session, lead)
    assert asking.one(session, lead, "autumn", made.id) is made
    lead.grants.clear()
    session.flush()
    with pytest.raises(NotFound):
        asking.one(session, lead, "autumn", made.id)


def test_an_account_waits_for_so_many_at_once(session, wave, lead):
    for _ in range(asking.MOST_WAITING):
        asked(session, lead)
    with pytest.raises(Refused):
        asked(session, lead)
    asking.forget(session, lead, "autumn", asking.asked_for(session, lead, "autumn")[0].id)
    assert asked(session, lead)


def test_reports_are_kept_for_a_week(session, wave, lead):
    made = asked(session, lead)
    stored.forget_before(session, NOW)
    assert asking.asked_for(session, lead, "autumn") == [made]
    stored.forget_before(session, NOW + timedelta(seconds=1))
    assert asking.asked_for(session, lead, "autumn") == []


def test_there_is_no_report_before_a_wave_has_closed(session):
    make.wave(session)
    lead = make.account(session, session.query(make.Organisation).one().id)
    with pytest.raises(NotFound):
        asked(session, lead)
