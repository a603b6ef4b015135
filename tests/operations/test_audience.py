"""Who is asked: everybody, some units, or a sample that is large enough."""

from random import Random

import pytest
from sqlalchemy import func, select

from survey.operations import organising, running
from survey.operations.audience import asked, planned
from survey.operations.errors import Refused
from survey.storage.organisations import Person
from survey.storage.waves import Invitation
from tests import make_stored as make

SECRET = "a secret of the tests"
SAMPLE = {"sample": {"half_width": 0.3, "response_rate": 0.5}}


def prepared(session, audience, adults=300, parks=20):
    anytown = make.organisation(session)
    rows = "".join(f"a{number}@a.example,adults\n" for number in range(adults))
    rows += "".join(f"p{number}@a.example,parks\n" for number in range(parks))
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    digest = make.version(session)
    make.publication(session, anytown.id, digest)
    return running.create_wave(
        session,
        anytown,
        slug="autumn",
        name="Autumn",
        version_digest=digest,
        minimum_group=10,
        audience=audience,
    )


def test_everybody_is_asked_unless_something_else_is_said(session):
    assert len(asked(session, prepared(session, {}), random=Random(1))) == 320


def test_units_are_asked_with_all_below_them(session):
    anytown_first = prepared(session, {}, adults=5)
    places = {"units": [make.unit(session, "places").id]}
    assert len(asked(session, anytown_first, places, random=Random(1))) == 20


def test_a_sample_asks_enough_of_a_large_unit_and_all_of_a_small_one(session):
    wave = prepared(session, SAMPLE)
    rows = {row.name: row for row in planned(session, wave, SAMPLE)}
    assert (rows["Adults"].people, rows["Adults"].asked) == (300, 90)
    assert (rows["Places"].people, rows["Places"].asked) == (20, 20)
    assert rows["Adults"].half_width < 0.35
    assert len(asked(session, wave, random=Random(1))) == 110


def test_a_sample_is_drawn_by_chance(session):
    wave = prepared(session, SAMPLE)
    first, second = (
        {row.id for row in asked(session, wave, random=Random(seed))} for seed in (1, 2)
    )
    assert first != second


def test_a_sample_is_drawn_once(session):
    wave = prepared(session, SAMPLE)
    assert running.open_wave(session, wave, secret=SECRET, now=make.NOON, random=Random(1)) == 110
    assert running.invite(session, wave, secret=SECRET, random=Random(2)) == 0
    assert session.scalar(select(func.count()).select_from(Invitation)) == 110


def test_people_who_join_a_unit_that_is_asked_can_be_invited_later(session):
    wave = prepared(session, {}, adults=6, parks=6)
    running.open_wave(session, wave, secret=SECRET, now=make.NOON, random=Random(1))
    session.add(
        Person(
            organisation_id=wave.organisation_id,
            unit_id=make.unit(session, "parks").id,
            email="new@a.example",
        )
    )
    session.flush()
    assert running.invite(session, wave, secret=SECRET, random=Random(1)) == 1


@pytest.mark.parametrize(
    "audience",
    [
        {"units": []},
        {"units": [10**6]},
        {"sample": {"half_width": 0, "response_rate": 0.5}},
        {"sample": {"half_width": 0.3, "response_rate": 2}},
    ],
)
def test_an_audience_that_cannot_be_asked_is_refused(session, audience):
    with pytest.raises(Refused):
        prepared(session, audience, adults=1, parks=1)
