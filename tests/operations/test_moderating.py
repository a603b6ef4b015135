"""What people wrote is read by a moderator before leads, and never shown of few."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from survey.operations import moderating
from survey.operations.comment_reporting import comment_report
from survey.operations.errors import NotFound, Refused
from survey.storage.audit import AuditEvent
from survey.storage.responses import Comment
from tests import make_stored as make

DESIGN, SHARING = "digital/design", "data/sharing"


def written(session, wave, *texts, about=DESIGN, unit="parks"):
    for text in texts:
        make.responses(session, wave, unit, [3], **{f"{about}:comment": text})


@pytest.fixture
def wave(session):
    """Ten people of whom six wrote something; the minimum group is five."""
    wave = make.wave(session)
    written(session, wave, "Too slow", "Ask Ada about it", "We lack time")
    written(session, wave, "Nobody shares", "Data is locked away", "100% paper", about=SHARING)
    make.responses(session, wave, "adults", [4] * 4)
    make.close(session, wave)
    return wave


def clear_all(session, wave, leave=0):
    for comment in moderating.queue(session, wave, "waiting")[leave:]:
        moderating.decide(session, wave, comment.id, "clear", comment.text)


def texts(session, wave, **asked):
    return {one.text for one in comment_report(session, wave.slug, None, **asked).comments}


def by_text(session, wave, text, state="waiting"):
    return next(one for one in moderating.queue(session, wave, state) if one.text == text)


def test_nothing_is_shown_before_it_was_read(session, wave):
    assert not comment_report(session, wave.slug, None).enough
    clear_all(session, wave)
    assert len(texts(session, wave)) == 6


def test_what_was_reworded_is_read_in_the_new_words(session, wave):
    named = by_text(session, wave, "Ask Ada about it")
    moderating.decide(session, wave, named.id, "clear", "Ask a colleague about it\r\nsoon")
    clear_all(session, wave)
    assert "Ask a colleague about it\nsoon" in texts(session, wave)
    assert not any("Ada" in text for text in texts(session, wave))
    assert named.text == "Ask Ada about it", "as it was written, for who moderates"


def test_what_is_held_back_is_not_read_even_if_it_had_been_cleared(session, wave):
    clear_all(session, wave)
    moderating.decide(session, wave, by_text(session, wave, "Too slow", "cleared").id, "hold")
    assert "Too slow" not in texts(session, wave)
    assert moderating.counts(session, wave) == {"cleared": 5, "held": 1}


def test_with_fewer_than_the_minimum_group_none_is_read(session, wave):
    clear_all(session, wave, leave=2)
    found = comment_report(session, wave.slug, None)
    assert (found.enough, found.comments, found.by_capability) == (False, (), ())


def test_with_fewer_than_twice_the_minimum_group_answering_none_is_read(session):
    wave = make.wave(session)
    written(session, wave, *(f"Comment {number}" for number in range(9)))
    make.close(session, wave)
    clear_all(session, wave)
    assert not comment_report(session, wave.slug, None).enough


def test_comments_are_counted_by_capability_and_searched(session, wave):
    clear_all(session, wave)
    found = comment_report(session, wave.slug, None)
    assert found.by_capability == ((DESIGN, "Design", 3), (SHARING, "Sharing", 3))
    assert texts(session, wave, capability=SHARING, search="PAPER") == {"100% paper"}
    assert texts(session, wave, search="%") == {"100% paper"}
    assert texts(session, wave, capability=DESIGN, search="paper") == set()


def test_comments_come_in_the_order_of_their_random_ids(session, wave):
    clear_all(session, wave)
    stored = session.scalars(select(Comment).order_by(Comment.id))
    assert [one.text for one in comment_report(session, wave.slug, None).comments] == [
        one.text for one in stored
    ]


def test_no_comment_is_read_while_the_wave_is_open(session):
    wave = make.wave(session)
    written(session, wave, "Too slow")
    comment = session.scalars(select(Comment)).one()
    with pytest.raises(NotFound):
        moderating.queue(session, wave, "waiting")
    with pytest.raises(NotFound):
        moderating.decide(session, wave, comment.id, "clear", "Too slow")
    with pytest.raises(NotFound):
        comment_report(session, wave.slug, None)


@pytest.mark.parametrize("wording", ["", "  \n", None, "x" * 10_001])
def test_a_cleared_comment_has_words(session, wave, wording):
    comment = by_text(session, wave, "Too slow")
    with pytest.raises(Refused, match="some words"):
        moderating.decide(session, wave, comment.id, "clear", wording)
    assert comment.state == "waiting"


def test_a_comment_of_another_wave_is_not_there(session, wave):
    with pytest.raises(NotFound):
        moderating.decide(session, wave, uuid4(), "hold")


def test_who_moderates_reads_no_results_and_who_leads_a_unit_no_comments(session, wave):
    clear_all(session, wave)
    moderator = make.account(session, wave.organisation_id, "moderator")
    with pytest.raises(NotFound):
        comment_report(session, wave.slug, moderator)
    limited = make.account(session, wave.organisation_id, unit_slug="parks")
    with pytest.raises(NotFound):
        comment_report(session, wave.slug, limited)
    lead = make.account(session, wave.organisation_id)
    assert comment_report(session, wave.slug, lead).enough


def test_the_audit_log_says_what_was_decided_and_not_what_was_written(session, wave):
    moderating.decide(session, wave, by_text(session, wave, "Too slow").id, "clear", "Slow")
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event.action == "comment.clear"
    assert "low" not in str(event.details)


def test_waves_are_listed_with_what_waits(session, wave):
    clear_all(session, wave, leave=1)
    assert moderating.waves_with_comments(session, wave.organisation_id) == [(wave, 1)]
