"""Programs read what was published, and compare it."""

import json
from hashlib import sha256

import pytest
from sqlalchemy import update

from survey.operations import publishing
from survey.operations.shipped import library
from survey.storage.versions import Publication
from tests import make_stored as make
from tests.api.program import OURS, VALID, kind_of, retitled
from tests.make_stored import NOON

VERSIONS = "/organisations/anytown/versions"


def publish(stored, organisation, source):
    made = publishing.publish(
        stored, source, organisation=organisation, library=library(), now=NOON
    )
    stored.commit()
    return made.version_digest


@pytest.fixture
def published(program, stored, anytown):
    """The digest of a version."""
    return publish(stored, anytown, VALID)


def test_versions_are_listed_the_latest_first(program, stored, anytown, published):
    later = publish(stored, anytown, retitled("Later"))
    page = program.get(f"{VERSIONS}?page_size=1")
    assert [one["version"] for one in page.json] == [later]
    assert (page.headers["Total-Count"], 'rel="next"' in page.headers["Link"]) == ("2", True)


def test_a_version_says_what_it_is_and_what_it_asks(program, published):
    assert program.get(f"{VERSIONS}/{published}").json == {
        "version": published,
        "questionnaire": "ours",
        "title": "Ours",
        "published_at": "2026-09-01T12:00:00+00:00",
        "signed_off": False,
        "source_kept": True,
        "languages": ["en"],
        "questions": 1,
        "minutes": 1,
    }


def test_its_content_is_the_very_bytes_that_the_version_is_known_by(program, published):
    content = program.get(f"{VERSIONS}/{published}/content")
    assert sha256(content.data).hexdigest() == published
    assert content.json["sections"][0]["questions"][0]["steps"]
    assert "immutable" in content.headers["Cache-Control"]
    known = program.get(f"{VERSIONS}/{published}/content", if_none_match=content.headers["ETag"])
    assert (known.status_code, known.data) == (304, b"")


def test_its_source_is_the_file_as_it_was_published(program, published):
    source = program.get(f"{VERSIONS}/{published}/source")
    assert source.text == VALID
    known = program.get(f"{VERSIONS}/{published}/source", if_none_match=source.headers["ETag"])
    assert known.status_code == 304


def test_of_what_was_published_before_sources_were_kept_there_is_none(program, stored, published):
    stored.execute(update(Publication).values(source=None))
    stored.commit()
    assert program.get(f"{VERSIONS}/{published}").json["source_kept"] is False
    answer = program.get(f"{VERSIONS}/{published}/source")
    assert kind_of(answer) == "not-found"
    assert "not kept" in answer.json["detail"]


def test_two_versions_are_compared_question_by_question(program, stored, anytown, published):
    second = {"id": "more", "kind": "text", "text": "What else would you change?"}
    longer = json.loads(json.dumps(OURS))
    longer["sections"][0]["questions"].append(second)
    later = publish(stored, anytown, json.dumps(longer))
    answer = program.get(f"{VERSIONS}/compare?old={published[:8]}&new=ours").json
    assert (answer["old"], answer["new"]) == (published, later)
    assert [(one["question"], one["kind"], one["comparable"]) for one in answer["changes"]] == [
        ("digital/user-research", "same", True),
        ("more", "added", False),
    ]


def test_a_comparison_needs_two_versions(program, published):
    answer = program.get(f"{VERSIONS}/compare?old={published}")
    assert kind_of(answer) == "wrong-parameters"
    assert set(answer.json["parameters"]) == {"new"}
    odd = program.get(f"{VERSIONS}/compare?old={published}&new=%00")
    assert kind_of(odd) == "wrong-parameters"
    unknown = program.get(f"{VERSIONS}/compare?old={published}&new=no-such")
    assert kind_of(unknown) == "not-found"


@pytest.mark.parametrize("part", ["", "/content", "/source"])
@pytest.mark.parametrize("digest", ["d" * 64, "ours", "%00" * 64])
def test_a_version_that_is_not_there_is_told_so(program, published, digest, part):
    assert kind_of(program.get(f"{VERSIONS}/{digest}{part}")) == "not-found"


@pytest.mark.parametrize("part", ["", "/content", "/source"])
def test_what_others_published_is_not_there(program, stored, published, part):
    elsewhere = make.organisation(stored, "elsewhere", {"elsewhere": None})
    theirs = publish(stored, elsewhere, retitled("Theirs"))
    assert kind_of(program.get(f"{VERSIONS}/{theirs}{part}")) == "not-found"
    own = program.get(f"/organisations/elsewhere/versions/{theirs}{part}")
    assert kind_of(own) == "not-found"
