"""How an installation stands: what waits, what fails, who works; and nothing of one answer."""

from datetime import timedelta
from uuid import UUID

import pytest

from survey.operations.standing import WORK, standing
from survey.operations.tallying import tally_new_responses
from survey.storage import leases
from survey.storage.messages import Outgoing
from survey.storage.reports import Report
from survey.storage.webhooks import Webhook, WebhookDelivery
from tests import make_stored as make

NOON = make.NOON
MINUTE = timedelta(minutes=1)


def of_kind(session, kind):
    (found,) = (one for one in standing(session).backlogs if one.kind == kind)
    return found.waiting, found.failed, found.oldest


def report(session, wave, account, number, state, at):
    session.add(
        Report(
            id=UUID(int=number),
            wave_id=wave.id,
            account_id=account.id,
            part={},
            format="pdf",
            language="en",
            state=state,
            name="A report",
            at=at,
        )
    )
    session.flush()


def webhook(session, wave, **changes):
    made = Webhook(
        organisation_id=wave.organisation_id,
        url="https://tools.example/told",
        events=["wave.opened"],
        salt=b"s",
        renewed_at=NOON,
        made_at=NOON,
        **changes,
    )
    session.add(made)
    session.flush()
    return made


def event(session, of, number, state, at):
    about = {"kind": "wave.opened", "about": {}, "next_at": NOON}
    made = {"webhook_id": of.id, "event_id": UUID(int=number), "state": state, "at": at}
    session.add(WebhookDelivery(**about | made))
    session.flush()


def test_nothing_waits_where_nothing_is(session):
    found = standing(session)
    assert {(one.waiting, one.failed, one.oldest) for one in found.backlogs} == {(0, 0, None)}
    assert (found.waves_open, found.submissions, found.webhooks_failing) == (0, 0, 0)
    assert found.worked is None


def test_what_waits_and_what_failed_is_counted_and_the_oldest_found(session):
    wave = make.wave(session)
    lead = make.account(session, wave.organisation_id)
    report(session, wave, lead, 1, "waiting", NOON + MINUTE)
    report(session, wave, lead, 2, "waiting", NOON)
    report(session, wave, lead, 3, "failed", NOON - MINUTE)
    report(session, wave, lead, 4, "ready", NOON - MINUTE)
    assert of_kind(session, "reports") == (2, 1, NOON)


def test_messages_that_may_have_gone_count_as_failed(session):
    wave = make.wave(session)
    states = ("waiting", "handing-over", "unsure", "failed")
    for number, state in enumerate(states):
        session.add(
            Outgoing(
                wave_id=wave.id,
                id=UUID(int=number),
                mailing=1,
                sealed=number,
                state=state,
                due_at=NOON,
            )
        )
    session.flush()
    assert of_kind(session, "messages") == (2, 2, NOON)


def test_webhooks_that_fail_are_counted_unless_they_are_paused(session):
    wave = make.wave(session)
    failing = webhook(session, wave, failing_since=NOON)
    webhook(session, wave, failing_since=NOON - MINUTE, active=False)
    webhook(session, wave)
    event(session, failing, 1, "waiting", NOON)
    event(session, failing, 2, "given-up", NOON)
    event(session, failing, 3, "delivered", NOON)
    found = standing(session)
    assert (found.webhooks_failing, found.webhooks_failing_since) == (1, NOON)
    assert of_kind(session, "webhooks") == (1, 1, NOON)


@pytest.mark.parametrize(("sent", "said"), [(9, 0), (10, 10), (19, 10)])
def test_answers_are_told_in_tens_so_that_no_single_one_is_seen(session, sent, said):
    wave = make.wave(session)
    make.responses(session, wave, "parks", [3] * sent)
    tally_new_responses(session, wave)
    assert standing(session).submissions == said


def test_open_waves_are_counted(session):
    of = make.organisation(session)
    make.wave(session, of, slug="autumn")
    make.wave(session, of, slug="spring", state="closed")
    assert standing(session).waves_open == 1


def test_it_is_known_when_a_worker_last_worked(session):
    assert leases.take(session, WORK, "me", now=NOON, until=NOON + 2 * MINUTE)
    assert standing(session).worked == NOON + 2 * MINUTE
    leases.give_back(session, WORK, "me", now=NOON + MINUTE)
    assert standing(session).worked == NOON + MINUTE
    assert leases.take(session, WORK, "another", now=NOON, until=NOON + MINUTE), "at once"
