"""A profile of some capabilities only: what is shown of each stays the same."""

from dataclasses import replace

import pytest

from survey.operations import narrowing
from survey.operations.change_reporting import change_report
from survey.operations.errors import NotFound
from survey.operations.heat_map_reporting import heat_map
from survey.operations.narrowing import WHOLE, Part
from survey.operations.priority_reporting import priority_report
from survey.operations.reporting import organisation_profile, set_target
from survey.operations.shipped import library
from survey.questionnaire.model import CapabilityGroup
from tests import make_stored as make

TESTING = "innovation/experimentation-and-testing"
THINKING = "innovation/critical-thinking"
DESIGN = "digital/design"
IDS = (TESTING, THINKING, DESIGN)
MAP = "bloomberg"


@pytest.fixture
def wave(session):
    """Two capabilities of one domain, one of which has a theme, and one of another."""
    asked = make.questionnaire(
        IDS,
        groups=(CapabilityGroup("some", "Some", IDS[:1]), CapabilityGroup("more", "More", IDS[1:])),
    )
    capabilities = dict(asked.capabilities)
    capabilities[TESTING] = replace(capabilities[TESTING], themes=("learning-by-testing",))
    asked = replace(asked, capabilities=capabilities)
    made = make.closed_wave(session, {"adults": [4] * 10, "parks": [2] * 8}, asked=asked)
    for id_ in IDS:
        set_target(session, made.organisation_id, id_, 5, "Agreed.")
    return made


def profile_of(session, wave, part):
    whole = organisation_profile(session, wave.slug, None, with_questions=True)
    return narrowing.narrowed(session, whole, part)


def ids_of(profile):
    return [one.id for one in profile.capabilities]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (WHOLE, IDS),
        (Part(domain="innovation"), IDS[:2]),
        (Part(domain="digital"), (DESIGN,)),
        (Part(theme="learning-by-testing"), (TESTING,)),
        (Part(domain="innovation", theme="learning-by-testing"), (TESTING,)),
        (Part(group="more"), IDS[1:]),
        (Part(map=MAP), (TESTING, THINKING)),
        (Part(map=MAP, group="skills-of-the-team"), (THINKING,)),
    ],
)
def test_a_part_holds_what_fits_everything_said(session, wave, part, expected):
    found = profile_of(session, wave, part)
    assert ids_of(found) == list(expected)
    whole = {one.id: one for one in profile_of(session, wave, WHOLE).capabilities}
    assert all(whole[one.id] == one for one in found.capabilities)
    assert sum(found.overall) == len(expected)
    assert {question.capability for question in found.questions} == set(expected)


def test_with_a_map_the_groups_are_those_of_the_map(session, wave):
    found = profile_of(session, wave, Part(map=MAP))
    titles = [group.title for group in library().frameworks[MAP].groups]
    assert [group.title for group in found.groups] == titles
    assert [group.figure.total for group in found.groups] == [1, 1]


@pytest.mark.parametrize(
    "part",
    [
        Part(domain="no-such"),
        Part(theme="no-such"),
        Part(map="no-such"),
        Part(group="no-such"),
        Part(domain="digital", map=MAP),
    ],
)
def test_a_part_without_capabilities_is_not_found(session, wave, part):
    with pytest.raises(NotFound):
        profile_of(session, wave, part)


def test_only_what_makes_a_difference_is_offered(session, wave):
    found = narrowing.offered(session, profile_of(session, wave, WHOLE))
    assert [id_ for id_, _ in found.domains] == ["digital", "innovation"]
    assert found.themes == (("learning-by-testing", "Learning by testing"),)
    assert MAP in dict(found.maps)
    assert "digital" not in dict(found.maps), "it holds none of them"
    alone = narrowing.offered(session, profile_of(session, wave, Part(theme="learning-by-testing")))
    assert (alone.domains, alone.themes, alone.maps) == ((), (), ())


def test_the_order_of_work_keeps_its_order_and_its_roles(session, wave):
    report = priority_report(session, wave.slug, None)
    profile = profile_of(session, wave, Part(domain="innovation"))
    found = narrowing.of_priorities(report, profile)
    assert [one for one in report.work if one.figure.id != DESIGN] == list(found.work)
    assert found.profile is profile


def test_changes_and_units_are_those_of_the_part(session, wave):
    profile = profile_of(session, wave, Part(map=MAP))
    changes = narrowing.of_changes(change_report(session, wave.slug, None), profile)
    assert {row.id for row in changes.capabilities} == {TESTING, THINKING}
    units = narrowing.of_heat_map(heat_map(session, wave.slug, None), profile)
    assert [(title, [row.id for row in rows]) for title, rows in units.groups] == [
        (group.title, [one.id for one in group.capabilities]) for group in profile.groups
    ]
