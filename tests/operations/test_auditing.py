"""The audit log says who did what; what was written stays as it was written."""

from datetime import date
from random import Random
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from survey.database import session_scope
from survey.operations import accounts, auditing, organising, running
from survey.operations.auditing import Actor, Search
from tests import make_stored as make

PASSWORD = "three random words"


def actions(session, organisation_id, **wanted):
    found = auditing.search(session, organisation_id, Search(**wanted), at_most=100)
    return [event.action for event in reversed(found)]


def test_running_a_survey_leaves_a_trace_of_each_step(session):
    anytown = organising.create_organisation(session, "anytown", "Anytown")
    organising.import_people(session, anytown, b"email,unit\nada@a.example,anytown\n")
    digest = make.version(session)
    make.publication(session, anytown.id, digest)
    wave = running.create_wave(
        session, anytown, slug="autumn", name="Autumn", version_digest=digest, minimum_group=5
    )
    running.open_wave(session, wave, secret="s", now=make.NOON, random=Random(1))
    list(running.invitation_links(session, wave, secret="s", base_url="https://a.example"))
    running.close_wave(session, wave, now=make.NOON)
    assert actions(session, anytown.id) == [
        "organisation.create",
        "people.import",
        "wave.create",
        "invitations.make",
        "wave.open",
        "invitations.links",
        "wave.close",
    ]


def test_an_event_names_the_account_and_how_it_came(session):
    anytown = organising.create_organisation(session, "anytown", "Anytown")
    ada = accounts.create_account(
        session, "ada@a.example", role="admin", organisation=anytown, password=PASSWORD
    )
    auditing.act_as(session, Actor(ada.id, "pages"))
    auditing.note(session, "wave.open", "wave:autumn", anytown.id, minimum_group=10)
    event = auditing.search(session, anytown.id, Search(), at_most=1)[0]
    assert (event.by, event.via, event.object) == ("ada@a.example", "pages", "wave:autumn")
    assert event.details == {"minimum_group": 10}


def test_signing_in_is_noted_with_the_right_and_with_the_wrong_password(session):
    anytown = organising.create_organisation(session, "anytown", "Anytown")
    accounts.create_account(
        session, "ada@a.example", role="admin", organisation=anytown, password=PASSWORD
    )
    for email, password in (
        ("ada@a.example", "a wrong one"),
        ("ada@a.example", PASSWORD),
        ("nobody@a.example", PASSWORD),
    ):
        account = accounts.sign_in(session, email, password, now=make.NOON)
        if account:
            accounts.note_success(session, account)
    assert actions(session, anytown.id)[-2:] == ["account.sign-in-refused", "account.sign-in"]


def test_events_are_searched_by_word_and_day(session):
    for action, object_ in (("wave.open", "wave:autumn"), ("wave.close", "wave:100%")):
        auditing.note(session, action, object_, 7)
    today = auditing.search(session, 7, Search(), at_most=1)[0].at.date()
    assert actions(session, 7, text="AUTUMN") == ["wave.open"]
    assert actions(session, 7, text="%") == ["wave.close"]
    assert actions(session, 7, first_day=today, last_day=today) == ["wave.open", "wave.close"]
    assert actions(session, 7, last_day=date(2000, 1, 1)) == []
    assert auditing.how_many(session, 7, Search(text="wave")) == 2


def test_organisations_have_logs_of_their_own(session):
    auditing.note(session, "wave.open", "wave:autumn", 7)
    auditing.note(session, "wave.open", "wave:spring", 8)
    assert [one.object for one in auditing.search(session, 8, Search(), at_most=9)] == [
        "wave:spring"
    ]
    states = {one.organisation_id: one.events for one in auditing.verify(session)}
    assert (states[7], states[8]) == (1, 1)


@pytest.mark.parametrize(
    "change", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_refuses_to_change_or_delete_an_event(database_url, change):
    with session_scope(database_url) as session:
        auditing.note(session, "wave.open", "wave:autumn", 7)
        session.commit()
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(change))


TAMPERING = {
    "changed": "UPDATE audit_event SET action = 'wave.close' WHERE number = 2",
    "in another's name": "UPDATE audit_event SET account_id = 9 WHERE number = 2",
    "taken out": "DELETE FROM audit_event WHERE number = 2",
}


@pytest.mark.parametrize("change", TAMPERING.values(), ids=TAMPERING)
def test_tampering_behind_the_triggers_is_found(database_url, change):
    with session_scope(database_url) as session:
        for number in range(4):
            auditing.note(session, "wave.open", f"wave:{number}", 7)
        session.commit()
        assert [state.broken_at for state in auditing.verify(session)] == [None]
        without_triggers(session)
        session.execute(text(change))
        session.commit()
        session.expire_all()
        assert [state.broken_at for state in auditing.verify(session)] == [2]


def without_triggers(session):
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        return
    for verb in ("update", "delete"):
        session.execute(text(f"DROP TRIGGER audit_event_no_{verb}"))


def test_cutting_off_the_end_shows_in_the_head(session):
    auditing.note(session, "wave.open", "wave:1", 7)
    before = auditing.verify(session)[0].head
    auditing.note(session, "wave.close", "wave:1", 7)
    assert auditing.verify(session)[0].head != before


def test_eight_at_once_make_one_chain(database_url):
    def write():
        with session_scope(database_url) as session:
            for _ in range(5):
                auditing.note(session, "wave.open", "wave:autumn", 7)
                session.commit()

    writers = [Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with session_scope(database_url) as session:
        (state,) = auditing.verify(session)
        assert (state.events, state.broken_at) == (40, None)
