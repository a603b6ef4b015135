"""Somebody has a copy of the database, taken while a survey is open, and wants to know who said
what. They try everything that a copy offers: values, transactions, order, and the raw files."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import inspect, select, text

from survey.database import session_scope
from survey.operations import answering, organising, running
from survey.operations.tokens import digest_of
from survey.questionnaire.model import Section
from survey.storage.model import is_postgresql
from survey.storage.responses import Response
from survey.storage.waves import Invitation, Wave
from tests import make_stored as make
from tests.attacks import sqlite_pages

SECRET = "a secret of the tests"
PEOPLE = 40
MODULES = 4
LUCK = 8
"""Of 40 people, 1 is expected to be matched by chance; 9 or more once in a million attempts."""

ABOUT_PEOPLE = ("invitation", "person")
ABOUT_ANSWERS = ("response", "untallied", "comment", "submission", "draft")


def questionnaire():
    """Three questions by which the test, not the attacker, knows who answered; four modules, of
    which each person gets one."""
    known = [make.rated_questions(f"digital/k{n}")[:1] for n in range(3)]
    dealt = [make.rated_questions(f"data/m{n}")[:1] for n in range(MODULES)]
    return make.questionnaire(
        tuple(f"digital/k{n}" for n in range(3)) + tuple(f"data/m{n}" for n in range(MODULES)),
        sections=(
            Section("known", "Known", sum(known, ())),
            *(Section(f"m{n}", f"M{n}", one, module=True) for n, one in enumerate(dealt)),
        ),
        modules_per_person=1,
    )


def answers_of(person):
    """What gives this person away to the test: their number in fives."""
    return {f"digital/k{n}": 1 + person // 5**n % 5 for n in range(3)}


def person_of(answers):
    return sum((answers[f"digital/k{n}"] - 1) * 5**n for n in range(3))


@pytest.fixture
def wave_url(database_url):
    """A wave for 40 people of one unit, all invited and nobody's answers in."""
    with session_scope(database_url) as session:
        anytown = make.organisation(session)
        rows = "".join(f"p{number:02}@a.example,parks\n" for number in range(PEOPLE))
        organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
        digest = make.version(session, questionnaire())
        make.publication(session, anytown.id, digest)
        wave = running.create_wave(
            session, anytown, slug="autumn", name="Autumn", version_digest=digest, minimum_group=10
        )
        running.open_wave(session, wave, secret=SECRET, now=make.NOON, random=Random(1))
        session.commit()
    return database_url


def tokens(url):
    """The links as they are mailed, each to its person."""
    with session_scope(url) as session:
        wave = session.scalars(select(Wave)).one()
        links = running.invitation_links(session, wave, secret=SECRET, base_url="https://a.example")
        return {int(link.email[1:3]): link.url.rpartition("/")[2] for link in links}


def answer(url, token, person, also=None):
    """One person's whole journey, a transaction a page. `also`: what else a worse program would
    do when answers are sent."""
    with session_scope(url) as session:
        start = answering.start_page_of_invitation(session, token)
        key = answering.draft_key(token)
        draft = answering.begin(
            session, wave=start.wave, invitation=start.invitation, key=key, random=Random(1)
        )
        session.commit()
        page_id = answering.first_unanswered(draft)
        while page_id is not None:
            shown = answering.open_page(draft, page_id)
            given = {q.id: answers_of(person).get(q.id, 3) for q in shown.questions}
            if "grade" in given:
                given["grade"] = "manager"
            page_id = answering.save_page(session, draft, shown, given)
            session.commit()
            draft = answering.open_draft(session, draft.wave_slug, key)
        answering.submit(session, draft)
        if also:
            also(session, token)
        session.commit()


def use(session, token):
    """What surveys usually do: note at the invitation that it was used."""
    session.execute(
        text("UPDATE invitation SET sealed_shift = 99 WHERE token_digest = :digest"),
        {"digest": digest_of(token)},
    )


def everybody_answers(url, also=None, until=PEOPLE):
    sent = tokens(url)
    order = Random(7).sample(sorted(sent), PEOPLE)
    for person in order[:until]:
        answer(url, sent[person], person, also)


def dump(session, table):
    """Every row as it lies in the file, with the transaction that wrote it where one is kept."""
    hidden = "ctid, xmin::text AS written_by, " if is_postgresql(session) else ""
    order = "ctid" if is_postgresql(session) else "NULL"
    return session.execute(text(f"SELECT {hidden}* FROM {table} ORDER BY {order}")).mappings().all()


def matched(guesses):
    """How many guesses of a person (by their number) and their answers are right."""
    return sum(person == person_of(answers) for person, answers in guesses)


def guess_by_order(session):
    """The n-th invitation's answers are the n-th, in either direction."""
    people = [row["id"] - 1 for row in dump(session, "invitation")]
    order = "ctid" if is_postgresql(session) else "NULL"
    answered = list(session.scalars(select(Response.answers).order_by(text(order))))
    return max(
        matched(zip(people, answered, strict=False)),
        matched(zip(people, reversed(answered), strict=False)),
    )


def guess_by_transaction(session):
    """The row of an invitation that was written with a response belongs to it; else the one that
    was written next to it."""
    if not is_postgresql(session):
        return 0
    rows = session.execute(text("SELECT xmin::text::bigint, answers FROM response ORDER BY 1"))
    written = [(number, answers) for number, answers in rows]
    people = session.execute(text("SELECT xmin::text::bigint, id FROM invitation ORDER BY 1, id"))
    by_transaction = {number: id_ - 1 for number, id_ in people}
    nearest = [
        (by_transaction[min(by_transaction, key=lambda known, n=number: abs(known - n))], answers)
        for number, answers in written
    ]
    in_turn = zip(by_transaction.values(), (answers for _, answers in written), strict=False)
    return max(matched(nearest), matched(in_turn))


@pytest.mark.parametrize("answered", [PEOPLE // 2, PEOPLE])
def test_neither_order_nor_transactions_tell_who_said_what(wave_url, answered):
    everybody_answers(wave_url, until=answered)
    with session_scope(wave_url) as session:
        assert len(session.scalars(select(Response)).all()) == answered
        assert guess_by_order(session) <= LUCK
        assert guess_by_transaction(session) <= LUCK


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_same_attack_finds_everybody_where_invitations_are_marked_as_used(wave_url):
    everybody_answers(wave_url, also=use)
    with session_scope(wave_url) as session:
        assert guess_by_transaction(session) == PEOPLE


def test_nothing_that_is_stored_with_answers_is_stored_with_people(wave_url):
    everybody_answers(wave_url, until=PEOPLE - 5)
    with session_scope(wave_url) as session:
        tables = inspect(session.connection()).get_table_names()
        of_people = values(session, ABOUT_PEOPLE)
        assert set(ABOUT_PEOPLE) <= set(tables)
        assert values(session, ABOUT_ANSWERS) & of_people == set()


def values(session, tables):
    """All values by which rows could be joined, but the wave and the unit they have in common,
    and small numbers, which many rows share."""
    return {
        bytes(value) if isinstance(value, memoryview) else value
        for table in tables
        for row in dump(session, table)
        for column, value in row.items()
        if column not in ("ctid", "wave_id", "unit_id", "shift", "sealed_shift", "revision")
        and not isinstance(value, dict)
    }


def test_the_modules_that_were_asked_do_not_point_to_the_invitation(wave_url):
    everybody_answers(wave_url)
    with session_scope(wave_url) as session:
        sealed = {
            id_ - 1: s for id_, s in session.execute(select(Invitation.id, Invitation.sealed_shift))
        }
        asked = {
            person_of(answers): next(n for n in range(MODULES) if f"data/m{n}" in answers)
            for answers in session.scalars(select(Response.answers))
        }
        # Were it in the open, each number would always come with the same module.
        together = Counter((sealed[person], asked[person]) for person in asked)
        assert max(together.values()) <= 8
        assert len(together) > MODULES


def test_sending_answers_leaves_the_invitations_as_they_are_in_the_raw_files(wave_url):
    sent = tokens(wave_url)  # mailing reads every invitation once
    before = raw(wave_url)
    for person, token in list(sent.items())[:10]:
        answer(wave_url, token, person)
    assert raw(wave_url) == before


def test_the_raw_files_would_show_an_invitation_that_is_marked(wave_url):
    sent = tokens(wave_url)
    before = raw(wave_url)
    answer(wave_url, sent[3], 3, also=use)
    assert raw(wave_url) != before


def raw(url):
    """The bytes of all that is about people, as they are in the files."""
    with session_scope(url) as session:
        if is_postgresql(session):
            return _raw_postgresql(session)
        file = session.get_bind().url.database
    return sqlite_pages.pages_of(file, ABOUT_PEOPLE)


def _raw_postgresql(session):
    session.execute(text("CHECKPOINT"))
    folder = Path(session.scalar(text("SHOW data_directory")))
    files = session.execute(
        text(
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relname = ANY(:tables) OR oid IN "
            "(SELECT indexrelid FROM pg_index WHERE indrelid::regclass::text = ANY(:tables))"
        ),
        {"tables": list(ABOUT_PEOPLE)},
    )
    return {path: (folder / path).read_bytes() for (path,) in files}
