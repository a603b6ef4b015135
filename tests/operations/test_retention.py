"""People are forgotten when it was promised, can be looked up and erased, and a certificate says
what was deleted."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from survey.operations import answering, closing, organising, retention, running, subjects
from survey.operations.errors import NotFound, Refused
from survey.operations.inviting import unanswered
from survey.storage.drafts import Draft, Submission
from survey.storage.organisations import Person
from survey.storage.responses import Response
from survey.storage.waves import Invitation
from tests import make_stored as make

SECRET = "a secret of the tests"
NOON = make.NOON
DAY = timedelta(days=1)
STAFF = "email,unit\n" + "".join(f"p{number}@a.example,parks\n" for number in range(6))


@pytest.fixture
def anytown(session):
    made = make.organisation(session)
    organising.import_people(session, made, STAFF.encode())
    return made


def opened(session, anytown, slug="autumn"):
    digest = make.version(session)
    if slug == "autumn":
        make.publication(session, anytown.id, digest)
    made = running.create_wave(
        session,
        anytown,
        slug=slug,
        name=slug.capitalize(),
        version_digest=digest,
        minimum_group=5,
        keep_people_days=30,
    )
    running.open_wave(session, made, secret=SECRET, now=NOON, random=Random(1))
    return made


def begin(session, token):
    start = answering.start_page_of_invitation(session, token)
    key = answering.draft_key(token)
    return answering.begin(
        session, wave=start.wave, invitation=start.invitation, key=key, random=Random(1)
    )


def answer(session, token):
    draft = begin(session, token)
    session.get(Draft, (draft.wave_id, draft.key_digest)).answers = make.all_answers(
        draft.questionnaire
    )
    session.flush()
    answering.submit(session, draft)


def tokens(session, wave):
    return [token for _, token in unanswered(session, wave, secret=SECRET)]


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_closing_forgets_who_sent_and_what_was_not(session, anytown):
    wave = opened(session, anytown)
    first, second, *_ = tokens(session, wave)
    answer(session, first)
    begin(session, second)
    closing.close_wave(session, wave, now=NOON)
    assert (count(session, Draft), count(session, Submission), count(session, Response)) == (
        0,
        0,
        1,
    )
    made = retention.certificate(session, wave)
    assert (made.drafts, made.submissions, made.invitations) == (1, 1, None)


def test_who_was_asked_is_forgotten_on_its_day(session, anytown):
    wave = opened(session, anytown)
    closing.close_wave(session, wave, now=NOON)
    assert retention.due(session, NOON + 29 * DAY) == []
    assert retention.due(session, NOON + 30 * DAY) == [wave]
    retention.forget_people(session, wave, now=NOON + 30 * DAY)
    assert count(session, Invitation) == 0
    assert count(session, Person) == 6, "they still work here"
    made = retention.certificate(session, wave)
    assert (made.invitations, made.people, len(made.events)) == (6, 0, 2)
    assert retention.due(session, NOON + 99 * DAY) == []
    with pytest.raises(Refused, match="before"):
        retention.forget_people(session, wave, now=NOON)


def test_people_who_have_left_go_once_no_wave_needs_them(session, anytown):
    wave, other = opened(session, anytown), opened(session, anytown, "winter")
    organising.import_people(
        session, anytown, b"email,unit\np0@a.example,parks\n", others_left=True
    )
    for one in (wave, other):
        closing.close_wave(session, one, now=NOON)
    retention.forget_people(session, wave, now=NOON)
    assert count(session, Person) == 6
    retention.forget_people(session, other, now=NOON)
    assert session.scalars(select(Person.email)).all() == ["p0@a.example"]


def test_an_open_wave_keeps_its_people(session, anytown):
    wave = opened(session, anytown)
    with pytest.raises(Refused, match="closed wave"):
        retention.forget_people(session, wave, now=NOON)
    with pytest.raises(NotFound):
        retention.certificate(session, wave)


def test_a_person_is_told_all_that_is_held(session, anytown):
    opened(session, anytown)
    found = subjects.held(session, anytown, subjects.find(session, anytown, " P1@a.example "))
    assert (found.email, found.unit, found.active) == ("p1@a.example", "Parks", True)
    assert [(one.wave, one.delivery) for one in found.invitations] == [("autumn", "none")]
    with pytest.raises(NotFound):
        subjects.find(session, anytown, "nobody@a.example")


def test_a_person_of_another_organisation_is_not_found(session, anytown):
    other = make.organisation(session, "elsewhere", {"elsewhere": None})
    with pytest.raises(NotFound):
        subjects.find(session, other, "p1@a.example")
    with pytest.raises(NotFound):
        subjects.held(session, other, subjects.find(session, anytown, "p1@a.example"))


def erase(session, organisation, email):
    found = subjects.find(session, organisation, email)
    subjects.erase(session, organisation, found, secret=SECRET)


def test_erasing_deletes_the_person_their_link_and_what_they_began(session, anytown):
    wave = opened(session, anytown)
    sent = {
        link.email: link.url.rpartition("/")[2]
        for link in running.invitation_links(session, wave, secret=SECRET, base_url="https://a")
    }
    begin(session, sent["p1@a.example"])
    begin(session, sent["p2@a.example"])
    erase(session, anytown, "p1@a.example")
    assert count(session, Draft) == 1, "another's stays"
    assert count(session, Person) == 5
    with pytest.raises(NotFound):
        answering.start_page_of_invitation(session, sent["p1@a.example"])
    assert len(list(running.invitation_links(session, wave, secret=SECRET, base_url="x"))) == 5


def test_nobody_gets_the_link_of_whoever_was_erased(session, anytown):
    wave = opened(session, anytown)
    before = set(tokens(session, wave))
    erase(session, anytown, "p5@a.example")
    organising.import_people(session, anytown, b"email,unit\nnew@a.example,parks\n")
    running.invite(session, wave, secret=SECRET, random=Random(1))
    links = running.invitation_links(session, wave, secret=SECRET, base_url="x")
    (new,) = [link.url.rpartition("/")[2] for link in links if link.email == "new@a.example"]
    assert new not in before


def test_answers_that_were_sent_stay(session, anytown):
    wave = opened(session, anytown)
    answer(session, tokens(session, wave)[0])
    for number in range(6):
        erase(session, anytown, f"p{number}@a.example")
    assert count(session, Response) == 1
