"""A wave ends: whoever has begun may finish within the grace, nobody new begins, it is over."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from survey.operations import answering, closing, organising, running
from survey.operations.errors import Closed, Refused
from survey.operations.inviting import unanswered
from survey.operations.wave_settings import settings_of
from survey.storage.drafts import Draft
from survey.storage.responses import Response
from survey.storage.waves import Wave
from tests import make_stored as make

SECRET = "a secret of the tests"
NOON = make.NOON
HOUR = timedelta(hours=1)


@pytest.fixture
def wave(session):
    anytown = make.organisation(session)
    rows = "".join(f"p{number}@a.example,parks\n" for number in range(6))
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    digest = make.version(session)
    make.publication(session, anytown.id, digest)
    made = running.create_wave(
        session,
        anytown,
        slug="autumn",
        name="Autumn",
        version_digest=digest,
        minimum_group=5,
        closes_at=NOON + HOUR,
    )
    running.open_wave(session, made, secret=SECRET, now=NOON, random=Random(1))
    return made


def tokens(session, wave):
    return [token for _, token in unanswered(session, wave, secret=SECRET)]


def begin(session, token):
    start = answering.start_page_of_invitation(session, token)
    key = answering.draft_key(token)
    return answering.begin(
        session, wave=start.wave, invitation=start.invitation, key=key, random=Random(1)
    )


def fill(session, draft):
    session.get(Draft, (draft.wave_id, draft.key_digest)).answers = make.all_answers(
        draft.questionnaire
    )
    session.flush()


def test_whoever_has_begun_may_finish_and_nobody_new_begins(session, wave):
    first, second, *_ = tokens(session, wave)
    draft = begin(session, first)
    assert closing.begin_closing(session, wave, now=NOON) is False
    with pytest.raises(Closed, match="last day"):
        answering.start_page_of_invitation(session, second)
    assert answering.start_page_of_invitation(session, first).has_draft
    fill(session, draft)
    answering.submit(session, draft)
    assert len(session.scalars(select(Response)).all()) == 1


def test_after_the_grace_it_is_over(session, wave):
    (first, *_) = tokens(session, wave)
    draft = begin(session, first)
    closing.begin_closing(session, wave, now=NOON)
    assert closing.due(session, NOON + timedelta(minutes=59)) == []
    assert closing.due(session, NOON + HOUR) == [wave]
    closing.close_if_due(session, wave, now=NOON + HOUR)
    assert wave.state == "closed"
    with pytest.raises(Closed):
        answering.submit(session, draft)


def test_where_nobody_is_in_the_middle_it_closes_at_once(session, wave):
    assert closing.begin_closing(session, wave, now=NOON) is True
    assert wave.state == "closed"


def test_a_wave_ends_by_itself_on_its_last_day(session, wave):
    begin(session, tokens(session, wave)[0])
    assert closing.due(session, NOON) == []
    for moment in (NOON + HOUR, NOON + 2 * HOUR):
        for one in closing.due(session, moment):
            closing.close_if_due(session, one, now=moment)
    assert session.scalars(select(Wave.state)).one() == "closed"


def test_only_an_open_wave_begins_to_close(session, wave):
    closing.begin_closing(session, wave, now=NOON)
    with pytest.raises(Refused):
        closing.begin_closing(session, wave, now=NOON)


def test_the_last_day_moves_back_and_never_forward(session, wave):
    running.extend_wave(session, wave, NOON + 2 * HOUR, now=NOON)
    assert wave.closes_at == NOON + 2 * HOUR
    with pytest.raises(Refused, match="not later"):
        running.extend_wave(session, wave, NOON + HOUR, now=NOON)


def test_what_was_promised_cannot_change_once_it_is_open(session, wave):
    with pytest.raises(Refused, match="promises"):
        running.change_wave(session, wave, settings_of(wave))
