"""What is published is frozen, and the same content once."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select

from survey.operations import publishing
from survey.operations.errors import NotFound, Refused
from survey.operations.shipped import library, ready_made
from survey.operations.versions import questionnaire_of
from survey.questionnaire.problems import InvalidFile
from survey.storage.audit import AuditEvent
from survey.storage.versions import Publication, Version
from tests import make_stored
from tests.make_stored import NOON

CORE = "digital-data-innovation-core"


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


def publish(session, organisation, source, now=NOON):
    return publishing.publish(
        session, source, organisation=organisation, library=library(), now=now
    )


def changed(**changes):
    return json.dumps(json.loads(ready_made()[CORE]) | changes)


def rows(session, table):
    return session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("name", ["bcs-learning-capability", CORE, "quick-check"])
def test_every_ready_made_questionnaire_can_be_published(session, anytown, name):
    made = publish(session, anytown, ready_made()[name])
    assert made.questionnaire == name
    assert questionnaire_of(session, made.version_digest).title == made.title


def test_the_same_content_is_one_version_and_one_publication(session, anytown):
    first = publish(session, anytown, ready_made()[CORE])
    rearranged = json.dumps(json.loads(ready_made()[CORE]), sort_keys=True, indent=7)
    assert publish(session, anytown, rearranged, NOON + timedelta(days=1)) is first
    assert first.published_at == NOON
    assert (rows(session, Version), rows(session, Publication)) == (1, 1)


def test_two_organisations_share_a_version_and_publish_each_for_themselves(session, anytown):
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    first = publish(session, anytown, ready_made()[CORE])
    second = publish(session, other, ready_made()[CORE])
    assert first.version_digest == second.version_digest
    assert first is not second
    assert publishing.publications(session, anytown.id) == [first]


def test_an_invalid_file_is_refused_with_all_its_problems_and_nothing_is_written(session, anytown):
    with pytest.raises(InvalidFile) as refused:
        publish(session, anytown, changed(format=2, language=7))
    assert len(refused.value.problems) >= 2
    assert (rows(session, Version), rows(session, Publication)) == (0, 0)


def test_a_publication_is_found_by_id_or_by_the_beginning_of_its_digest(session, anytown):
    first = publish(session, anytown, ready_made()[CORE])
    second = publish(session, anytown, changed(title="Again"), NOON + timedelta(days=1))
    assert publishing.publications(session, anytown.id) == [second, first]
    assert publishing.publication(session, anytown.id, CORE) is second
    assert publishing.publication(session, anytown.id, first.version_digest[:8]) is first
    assert publishing.publication(session, anytown.id, first.version_digest) is first


@pytest.mark.parametrize("reference", ["nothing", "", "%%%%%%%%", "________", "0" * 64])
def test_what_was_not_published_is_not_found(session, anytown, reference):
    publish(session, anytown, ready_made()[CORE])
    with pytest.raises(NotFound):
        publishing.publication(session, anytown.id, reference)


def test_publishing_the_same_again_is_no_event(session, anytown):
    for _ in range(2):
        publish(session, anytown, ready_made()[CORE])
    published = select(AuditEvent).where(AuditEvent.action == "questionnaire.publish")
    assert len(session.scalars(published).all()) == 1


def test_it_is_kept_who_published_what_text(session, anytown):
    made = publishing.publish(
        session, ready_made()[CORE], organisation=anytown, library=library(), by=7, now=NOON
    )
    assert (made.published_by, made.source) == (7, ready_made()[CORE])
    session.expunge_all()
    (listed,) = publishing.publications(session, anytown.id)
    assert "source" in inspect(listed).unloaded


def test_where_a_second_person_has_to_sign_off_nothing_is_published_without(session, anytown):
    anytown.sign_off_needed = True
    with pytest.raises(Refused, match="second person"):
        publish(session, anytown, ready_made()[CORE])
    assert (rows(session, Version), rows(session, Publication)) == (0, 0)
    made = publishing.publish(
        session, ready_made()[CORE], organisation=anytown, library=library(), signed_by=8, now=NOON
    )
    assert made.signed_by == 8
