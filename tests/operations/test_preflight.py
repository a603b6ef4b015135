"""Before a wave opens, its admin sees whether it would work and what it would show."""

from random import Random

import pytest
from sqlalchemy import select

from survey.operations import organising, running
from survey.operations.preflight import preflight
from survey.operations.wave_settings import settings_of
from survey.storage.drafts import Draft, Submission
from survey.storage.responses import Response
from survey.storage.waves import WaveTree
from tests import make_stored as make


def prepared(session, people=30, **changes):
    anytown = make.organisation(session)
    rows = "".join(f"p{number}@a.example,parks\n" for number in range(people))
    organising.import_people(session, anytown, f"email,unit\n{rows}x@a.example,adults\n".encode())
    digest = make.version(session, changes.pop("asked", None))
    make.publication(session, anytown.id, digest)
    values = {"name": "Autumn", "version_digest": digest, "minimum_group": 10} | changes
    return running.create_wave(session, anytown, slug="autumn", **values)


def levels(session, wave):
    checks, _ = preflight(session, wave, random=Random(1))
    return {check.about: check.level for check in checks}


def test_a_wave_that_is_ready_has_nothing_to_stop_it(session):
    found = levels(session, prepared(session, closes_at=make.NOON))
    assert found == {
        "People": "good",
        "Length": "good",
        "Languages": "good",
        "Last day": "good",
        "Test answer": "good",
        "Small units": "look",
        "Precision": "good",
    }


def test_the_test_answer_leaves_nothing(session):
    wave = prepared(session)
    before = settings_of(wave)
    levels(session, wave)
    for table in (Response, Draft, Submission, WaveTree):
        assert session.scalars(select(table)).all() == []
    assert (wave.state, settings_of(wave)) == ("prepared", before)


def test_small_units_are_named(session):
    checks, expected = preflight(session, prepared(session), random=Random(1))
    assert expected.small == ("Adults",)
    assert "Adults" in next(check.finding for check in checks if check.about == "Small units")


def test_what_is_expected_follows_the_goal(session):
    _, expected = preflight(session, prepared(session, goal=50), random=Random(1))
    assert (expected.asked, expected.answers) == (31, 16)
    assert expected.half_width == pytest.approx(1.96 * 1.1 / 15.5**0.5)


def test_without_people_a_wave_cannot_open(session):
    parks = prepared(session, people=0)
    session.execute(make.Person.__table__.delete())
    assert levels(session, parks)["People"] == "stop"


def test_texts_that_are_not_translated_are_counted(session):
    asked = make.questionnaire(translations={"cy": {"title": "Sut hwyl?"}})
    checks, _ = preflight(session, prepared(session, asked=asked), random=Random(1))
    found = next(check for check in checks if check.about == "Languages")
    assert found.level == "look"
    assert "in Welsh" in found.finding
