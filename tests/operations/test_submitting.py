"""Answers are sent once, parted from the person, and counted as they were given."""

from random import Random
from threading import Thread

import pytest
from sqlalchemy import select

from survey.database import session_scope
from survey.operations import answering
from survey.operations.errors import AlreadyUsed, Closed, Refused
from survey.questionnaire.rating import pack
from survey.storage.drafts import Draft
from survey.storage.responses import Comment, Response, Untallied
from survey.storage.waves import Wave
from tests import make_stored as make

SECRET = "a secret of this installation"
TOKEN = "token-of-ada@anytown.example"


def answered(session, wave=None, answers=None):
    """A draft with all its answers, ready to be sent."""
    wave = wave or make.wave(session)
    _, invitation = make.invitation(session, wave)
    key = answering.draft_key(TOKEN)
    begun = answering.begin(session, wave=wave, invitation=invitation, key=key, random=Random(1))
    session.get(Draft, (wave.id, begun.key_digest)).answers = (
        make.all_answers(begun.questionnaire) if answers is None else answers
    )
    session.flush()
    return answering.open_draft(session, wave.slug, key)


def test_checking_shows_every_answer_where_it_can_be_changed(session):
    checked = answering.check_page(answered(session))
    titles = [part.section and part.section.title for part in checked.sections]
    assert titles == [None, "About digital/design", "About data/sharing"]
    design = checked.sections[1].rows[0]
    assert (design.question.id, design.answer, design.page_id) == (
        "digital/design",
        3,
        "digital/design",
    )
    assert checked.unanswered == ()
    assert checked.hidden == ()


def test_checking_names_what_is_hidden_and_what_is_missing(session):
    answers = make.all_answers(make.questionnaire()) | {"what-else": "time"}
    del answers["grade"]
    checked = answering.check_page(answered(session, answers=answers))
    assert [question.id for question in checked.hidden] == ["what-else"]
    assert [row.page_id for row in checked.unanswered] == ["grade"]


def test_a_response_holds_ratings_and_no_person(session):
    asked = make.questionnaire()
    comment = {"digital/design:comment": "Not enough time", "data/sharing:comment": "  "}
    answers = make.all_answers(asked) | comment
    draft = answered(session, answers=answers | {"what-else": "time"})
    answering.submit(session, draft)
    response = session.scalars(select(Response)).one()
    assert response.about_you == {"grade": "front-line"}
    assert response.ratings == pack(asked, answers)
    assert set(response.answers) == set(make.all_answers(asked)) - {"grade"}
    assert response.unit_id == make.unit(session, "parks").id
    kept = session.scalars(select(Comment)).one()
    assert (kept.question, kept.text) == ("digital/design:comment", "Not enough time")
    assert kept.id != response.id
    assert session.scalars(select(Untallied)).one().ratings == response.ratings


def test_sending_uses_the_invitation_and_leaves_no_draft(session):
    answering.submit(session, answered(session))
    assert session.scalars(select(Draft)).all() == []
    with pytest.raises(AlreadyUsed):
        answering.start_page_of_invitation(session, TOKEN)


def test_a_second_press_finds_that_the_answers_were_sent(session):
    draft = answered(session)
    answering.submit(session, draft)
    with pytest.raises(AlreadyUsed):
        answering.submit(session, draft)
    with pytest.raises(AlreadyUsed):
        answering.open_draft(session, draft.wave_slug, answering.draft_key(TOKEN))


def test_what_is_sent_is_what_the_draft_holds_now(session):
    stale = answered(session)
    shown = answering.open_page(stale, "digital/design")
    answering.save_page(session, stale, shown, {"digital/design": 5})
    answering.submit(session, stale)
    assert session.scalars(select(Response)).one().answers["digital/design"] == 5


def test_with_a_question_unanswered_nothing_is_sent(session):
    draft = answered(session, answers={"grade": "manager"})
    with session.begin_nested() as attempt:
        with pytest.raises(Refused):
            answering.submit(session, draft)
        attempt.rollback()
    assert session.scalars(select(Response)).all() == []
    assert reopened(session, draft).answers == {"grade": "manager"}


def reopened(session, draft):
    return answering.open_draft(session, draft.wave_slug, answering.draft_key(TOKEN))


def test_an_answer_comes_too_late_once_the_wave_is_closed(session):
    draft = answered(session)
    session.get(Wave, draft.wave_id).state = "closed"
    session.flush()
    with pytest.raises(Closed):
        answering.submit(session, draft)


def test_pressed_eight_times_at_once_counts_once(database_url):
    with session_scope(database_url) as session:
        draft = answered(session)
        session.commit()
    outcomes = []

    def press():
        with session_scope(database_url) as session:
            try:
                answering.submit(session, draft)
                session.commit()
                outcomes.append("sent")
            except AlreadyUsed:
                outcomes.append("already sent")

    presses = [Thread(target=press) for _ in range(8)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert sorted(outcomes) == ["already sent"] * 7 + ["sent"]
    with session_scope(database_url) as session:
        assert len(session.scalars(select(Response)).all()) == 1


def test_a_person_sees_what_they_said_beside_the_next_step(session):
    answers = make.all_answers(make.questionnaire(), 3) | {
        "data/sharing": 5,
        "data/sharing:watch": "dont-know",
    }
    result = answering.submit(session, answered(session, answers=answers)).result
    design, sharing = result.capabilities
    assert (design.name, design.step) == ("Design", 3)
    assert (design.step_text, design.next_text) == ("Design at step 3.", "Design at step 4.")
    assert (sharing.step, sharing.next_text) == (5, "")


def test_a_capability_that_a_person_did_not_rate_has_no_step(session):
    unknown = {"digital/design": "dont-know", "digital/design:watch": "dont-know"}
    answers = make.all_answers(make.questionnaire()) | unknown
    result = answering.submit(session, answered(session, answers=answers)).result
    assert (result.capabilities[0].step, result.capabilities[0].step_text) == (None, "")


def test_a_result_fits_a_cookie_and_comes_back(session):
    draft = answered(session)
    result = answering.submit(session, draft).result
    encoded = answering.encode_result(result)
    assert encoded == "33"
    assert answering.decode_result(draft.questionnaire, encoded) == result
