"""Letters are printed by unit, for those whom no e-mail reaches, whether they answered or not."""

from random import Random

import pytest
from sqlalchemy import select

from survey.operations import letters, mailing, message_texts, organising, running
from survey.operations.errors import Closed, NotFound
from survey.operations.inviting import without_email
from survey.storage.audit import AuditEvent
from survey.storage.messages import Outgoing
from tests import make_stored as make

SECRET = "a secret of the tests"
STAFF = """email,staff_number,unit
a@a.example,,parks
b@a.example,,adults
,41,parks
,42,parks
,43,adults
"""


@pytest.fixture
def wave(session):
    anytown = make.organisation(session)
    organising.import_people(session, anytown, STAFF.encode())
    digest = make.version(session)
    make.publication(session, anytown.id, digest)
    made = running.create_wave(
        session,
        anytown,
        slug="autumn",
        name="Autumn",
        version_digest=digest,
        minimum_group=5,
        send_invitations=True,
        open_link=True,
    )
    running.open_wave(session, made, secret=SECRET, now=make.NOON, random=Random(1))
    return made


def made(session, wave, unit="parks", *, everybody=False, part=1):
    return letters.letters(
        session,
        wave,
        unit,
        everybody=everybody,
        part=part,
        secret=SECRET,
        base_url="https://survey.example/",
    )


def test_units_say_how_many_letters_they_need(session, wave):
    found = letters.letters_by_unit(session, wave)
    assert [(one.slug, one.people, one.without_email) for one in found] == [
        ("adults", 2, 1),
        ("parks", 3, 2),
    ]
    assert without_email(session, wave.id) == 3


def test_a_letter_has_the_persons_own_link(session, wave):
    links = {
        link.staff_number: link.url
        for link in running.invitation_links(
            session, wave, secret=SECRET, base_url="https://survey.example"
        )
    }
    printed = made(session, wave)
    assert [(one.person, one.link) for one in printed] == [("41", links["41"]), ("42", links["42"])]
    assert all(one.link in one.written.text for one in printed)


def test_everybody_can_have_one(session, wave):
    assert [one.person for one in made(session, wave, everybody=True)] == [
        "a@a.example",
        "41",
        "42",
    ]


def test_letters_do_not_say_who_has_answered(session, wave):
    before = made(session, wave)
    make.sent(session, wave, before[0].link.rpartition("/")[2])
    assert made(session, wave) == before


def test_many_letters_come_in_parts(session, wave, monkeypatch):
    monkeypatch.setattr(letters, "MOST_LETTERS", 2)
    parts = [made(session, wave, everybody=True, part=part) for part in (1, 2, 3)]
    assert [len(part) for part in parts] == [2, 1, 0]


def test_the_wording_is_the_waves_own(session, wave):
    message_texts.save_wording(session, wave, "letter", "en", "Hello", "Open ((link)) please")
    (first, _) = made(session, wave)
    assert first.written.text == f"Open {first.link} please"


def test_that_letters_were_printed_is_in_the_audit_log(session, wave):
    made(session, wave)
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "invitations.letters"))
    assert event.details == {"unit": "parks", "letters": 2}


def test_letters_are_there_only_while_the_wave_is_open(session, wave):
    running.close_wave(session, wave, now=make.NOON)
    with pytest.raises(Closed):
        letters.letters_by_unit(session, wave)
    with pytest.raises(Closed):
        made(session, wave)


def test_a_unit_that_the_wave_does_not_have_is_not_found(session, wave):
    with pytest.raises(NotFound):
        made(session, wave, "nowhere")


def test_a_poster_has_the_open_address(session, wave):
    poster = letters.poster(session, wave, link="https://survey.example/surveys/autumn")
    assert "https://survey.example/surveys/autumn" in poster.written.text
    wave.open_link = False
    with pytest.raises(NotFound):
        letters.poster(session, wave, link="https://survey.example/surveys/autumn")


def test_mail_goes_to_those_with_an_address_alone(session, wave):
    for kind, at in (("invitation", make.NOON), ("reminder", make.NOON.replace(year=2030))):
        if kind == "reminder":
            mailing.plan(session, wave, kind, due_at=at)
        assert mailing.queue_due(session, wave, secret=SECRET, now=at) == 2
    assert len(session.scalars(select(Outgoing)).all()) == 4
