"""Invitations go to everybody once, reminders to whoever has not answered, and nothing that is
stored says who that is."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from survey.operations import mailing, organising, running
from survey.operations.errors import Closed, Conflict, NotFound, Refused
from survey.operations.inviting import unanswered
from survey.operations.tokens import open_number
from survey.storage.messages import Outgoing
from survey.storage.organisations import Person
from survey.storage.waves import Invitation
from tests import make_stored as make

SECRET = "a secret of the tests"
NOON = make.NOON
DAY = timedelta(days=1)


@pytest.fixture
def wave(session):
    """An open wave with six people invited."""
    anytown = make.organisation(session)
    rows = "".join(f"p{number}@a.example,parks\n" for number in range(6))
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    digest = make.version(session)
    make.publication(session, anytown.id, digest)
    made = running.create_wave(
        session, anytown, slug="autumn", name="Autumn", version_digest=digest, minimum_group=5
    )
    running.open_wave(session, made, secret=SECRET, now=NOON, random=Random(1))
    return made


def queue(session, wave, kind, at=NOON):
    mailing.plan(session, wave, kind, due_at=at)
    return mailing.queue_due(session, wave, secret=SECRET, now=at)


def addresses(session, wave, number):
    """Whom a mailing goes to, as only the secret tells."""
    rows = session.scalars(select(Outgoing).where(Outgoing.mailing == number))
    ids = [open_number(SECRET, row.id.bytes, row.sealed) for row in rows]
    found = select(Person.email).join(Invitation, Invitation.person_id == Person.id)
    return sorted(session.scalars(found.where(Invitation.id.in_(ids))))


def answer(session, wave, *people):
    tokens = [token for _, token in unanswered(session, wave, secret=SECRET)]
    for person in people:
        make.sent(session, wave, tokens[person])


def test_an_invitation_is_queued_for_everybody(session, wave):
    assert queue(session, wave, "invitation") == 6
    assert addresses(session, wave, 1) == [f"p{number}@a.example" for number in range(6)]


def test_queuing_again_sends_nobody_a_second_invitation(session, wave):
    queue(session, wave, "invitation")
    assert mailing.queue_due(session, wave, secret=SECRET, now=NOON) == 0
    assert queue(session, wave, "invitation") == 0


def test_people_who_came_later_get_theirs(session, wave):
    queue(session, wave, "invitation")
    anytown = organising.organisation(session, "anytown")
    organising.import_people(session, anytown, b"email,unit\nlate@a.example,parks\n")
    running.invite(session, wave, secret=SECRET, random=Random(1))
    assert queue(session, wave, "invitation") == 1
    assert addresses(session, wave, 2) == ["late@a.example"]


def test_a_reminder_goes_to_those_who_have_not_answered(session, wave):
    answer(session, wave, 0, 3)
    assert queue(session, wave, "reminder") == 4
    assert addresses(session, wave, 1) == [f"p{number}@a.example" for number in (1, 2, 4, 5)]


def test_who_waits_for_a_message_is_sealed(session, wave):
    queue(session, wave, "invitation")
    ids = set(session.scalars(select(Invitation.id)))
    assert not ids & set(session.scalars(select(Outgoing.sealed)))
    other = [
        open_number("another", row.id.bytes, row.sealed)
        for row in session.scalars(select(Outgoing))
    ]
    assert not ids & set(other)


def test_two_reminders_within_a_day_are_refused(session, wave):
    mailing.plan(session, wave, "reminder", due_at=NOON)
    with pytest.raises(Conflict, match="A reminder is set"):
        mailing.plan(session, wave, "reminder", due_at=NOON + timedelta(hours=23))
    mailing.plan(session, wave, "reminder", due_at=NOON + DAY)


def test_nobody_is_reminded_on_the_day_of_their_invitation(session, wave):
    mailing.plan(session, wave, "invitation", due_at=NOON)
    with pytest.raises(Conflict, match="Invitations are set"):
        mailing.plan(session, wave, "reminder", due_at=NOON + timedelta(hours=1))


def test_a_mailing_waits_for_its_day(session, wave):
    mailing.plan(session, wave, "reminder", due_at=NOON + DAY)
    assert mailing.queue_due(session, wave, secret=SECRET, now=NOON) == 0
    answer(session, wave, 0)
    assert mailing.queue_due(session, wave, secret=SECRET, now=NOON + DAY) == 5


def test_a_mailing_can_be_taken_back_until_it_begins(session, wave):
    planned = mailing.plan(session, wave, "reminder", due_at=NOON + DAY)
    mailing.cancel(session, wave, planned.number)
    with pytest.raises(NotFound):
        mailing.cancel(session, wave, planned.number)
    queue(session, wave, "invitation")
    with pytest.raises(Refused, match="has begun"):
        mailing.cancel(session, wave, 1)


def test_a_closed_wave_sends_nothing(session, wave):
    queue(session, wave, "invitation")
    running.close_wave(session, wave, now=NOON)
    assert session.scalars(select(Outgoing)).all() == []
    with pytest.raises(Closed):
        mailing.plan(session, wave, "reminder", due_at=NOON)


def test_with_another_secret_nothing_is_queued(session, wave):
    mailing.plan(session, wave, "reminder", due_at=NOON)
    with pytest.raises(Refused, match="secret key"):
        mailing.queue_due(session, wave, secret="another", now=NOON)


def test_an_address_that_takes_no_mail_is_not_reminded(session, wave):
    assert mailing.bounce(session, wave.organisation_id, "P2@a.example", "5.1.1") == 1
    assert queue(session, wave, "reminder") == 5
    assert "p2@a.example" not in addresses(session, wave, 1)


def test_a_bounce_belongs_to_one_organisation(session, wave):
    other = make.organisation(session, "elsewhere", {"elsewhere": None})
    assert mailing.bounce(session, other.id, "p2@a.example", "5.1.1") == 0


def test_a_mailing_says_how_far_it_has_come(session, wave):
    queue(session, wave, "invitation")
    (state,) = mailing.mailings(session, wave.id)
    assert (state.people, state.waiting, state.sent, state.is_done) == (6, 6, 0, False)
