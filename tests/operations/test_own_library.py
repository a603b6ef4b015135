"""An organisation adds capabilities and maps, and adapts shipped ones: for itself alone."""

import json
from datetime import timedelta

import pytest

from survey.operations import own_library, publishing, writing
from survey.operations.errors import NotFound, Refused
from survey.operations.shipped import files, library
from survey.operations.versions import questionnaire_of
from survey.questionnaire.problems import InvalidFile
from survey.web.authoring.blank import BLANK_CAPABILITY, BLANK_MAP
from tests import make_stored
from tests.make_stored import NOON

ADA = 1
ROADS = "capabilities/own/repairing-roads.json"
RESEARCH = "capabilities/digital/user-research.json"


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


def take_in(session, organisation, source, kind="capability", now=NOON):
    made = writing.begin(session, organisation.id, source, by=ADA, now=now, kind=kind)
    found = own_library.library_of(session, organisation.id)
    return own_library.take_in(session, made, library=found, by=ADA, now=now)


def adapted(name="Asking people"):
    return json.dumps(json.loads(files()[RESEARCH]) | {"name": name})


def test_without_parts_of_its_own_an_organisation_has_what_is_shipped(session, anytown):
    assert own_library.library_of(session, anytown.id) is library()


def test_an_added_capability_can_be_asked_about_and_published(session, anytown):
    part = take_in(session, anytown, BLANK_CAPABILITY)
    assert (part.path, part.basis) == (ROADS, None)
    found = own_library.library_of(session, anytown.id)
    assert found.capabilities["own/repairing-roads"].name == "Repairing roads"
    assert "digital/user-research" in found.capabilities
    text = json.dumps(
        {
            "format": 1,
            "id": "roads",
            "title": "Roads",
            "language": "en",
            "sections": [
                {"id": "a", "title": "A", "questions": [{"capability": "own/repairing-roads"}]}
            ],
        }
    )
    made = publishing.publish(session, text, organisation=anytown, library=found, now=NOON)
    asked = questionnaire_of(session, made.version_digest)
    assert asked.questions[0].steps[0].startswith("Damage is repaired")


def test_another_organisation_sees_nothing_of_it(session, anytown):
    take_in(session, anytown, BLANK_CAPABILITY)
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    assert "own/repairing-roads" not in own_library.library_of(session, other.id).capabilities
    with pytest.raises(NotFound):
        own_library.part(session, other.id, ROADS)


def test_a_map_of_ones_own_names_capabilities_of_ones_own(session, anytown):
    own = BLANK_MAP.replace("digital/user-research", "own/repairing-roads")
    with pytest.raises(InvalidFile, match="unknown-capability"):
        take_in(session, anytown, own, "framework")
    take_in(session, anytown, BLANK_CAPABILITY)
    take_in(session, anytown, own, "framework", NOON + timedelta(minutes=1))
    assert "our-map" in own_library.library_of(session, anytown.id).frameworks
    with pytest.raises(Refused, match="Our own map"):
        own_library.leave(session, anytown.id, ROADS)
    own_library.leave(session, anytown.id, "frameworks/our-map.json")
    own_library.leave(session, anytown.id, ROADS)
    assert own_library.parts(session, anytown.id) == []


def test_an_adapted_capability_is_kept_apart_and_marked(session, anytown):
    take_in(session, anytown, adapted())
    (part,) = own_library.parts(session, anytown.id)
    assert (part.origin, part.name, part.is_behind) == ("adapted", "Asking people", False)
    assert part.shipped == part.basis == files()[RESEARCH]
    assert own_library.library_of(session, anytown.id).capabilities[part.id].name == "Asking people"
    assert library().capabilities[part.id].name != "Asking people"


def test_changing_a_part_again_changes_what_is_asked_from_then_on(session, anytown):
    take_in(session, anytown, adapted())
    take_in(session, anytown, adapted("Listening"), now=NOON + timedelta(minutes=1))
    found = own_library.library_of(session, anytown.id)
    assert found.capabilities["digital/user-research"].name == "Listening"


def test_a_shipped_text_that_has_changed_since_is_offered_and_can_be_left_alone(session, anytown):
    part = take_in(session, anytown, adapted())
    part.basis = files()[RESEARCH].replace("user", "person", 1)
    assert own_library.part(session, anytown.id, RESEARCH).is_behind
    own_library.accept_shipped(session, anytown.id, RESEARCH, now=NOON)
    assert not own_library.part(session, anytown.id, RESEARCH).is_behind


def test_leaving_an_adaptation_brings_the_shipped_text_back(session, anytown):
    take_in(session, anytown, adapted())
    own_library.leave(session, anytown.id, RESEARCH)
    assert own_library.library_of(session, anytown.id) is library()


def test_a_faulty_part_is_refused_with_its_problems_and_nothing_is_written(session, anytown):
    with pytest.raises(InvalidFile, match="not-five-steps"):
        take_in(session, anytown, json.dumps(json.loads(BLANK_CAPABILITY) | {"steps": ["One."]}))
    assert own_library.parts(session, anytown.id) == []


@pytest.mark.parametrize("path", ["", "capabilities/none.json", "frameworks/../x", "roles.json"])
def test_a_part_that_is_not_there_is_not_found(session, anytown, path):
    with pytest.raises(NotFound):
        own_library.part(session, anytown.id, path)
    with pytest.raises(NotFound):
        own_library.leave(session, anytown.id, path)
