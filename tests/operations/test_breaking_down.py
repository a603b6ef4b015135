"""A profile by what people said about themselves: counted once, and never about few."""

import json

import numpy as np
import pytest

from survey.maturity.profile import Shown, Withheld
from survey.operations import breaking_down, reporting, running, wave_settings
from survey.operations.errors import NotFound, Refused
from survey.questionnaire.model import Option, Question
from survey.storage import tallies
from tests import make_stored as make

SERVICE = Question(
    "service", "choice", "How long?", options=(Option("new", "New"), Option("old", "Old"))
)
GRADE = make.questionnaire().about_you[0]


@pytest.fixture
def wave(session):
    wave = make.wave(session)
    wave.breakdowns = ["grade"]
    return wave


def answered(session, wave, unit, steps, grade):
    make.responses(session, wave, unit, steps, grade=grade)


def split(session, wave, by="grade", account=None):
    return reporting.breakdown_report(session, wave.slug, by, account)


def by_option(row):
    return {group.option.id: group.measure for group in row.groups}


def test_each_option_has_the_figures_of_those_who_chose_it(session, wave):
    answered(session, wave, "parks", [2] * 6, "front-line")
    answered(session, wave, "adults", [2] * 6, "front-line")
    answered(session, wave, "adults", [4] * 5 + [5], "manager")
    make.close(session, wave)
    report = split(session, wave)
    groups = by_option(report.capabilities[0])
    assert groups["front-line"].counts == (0, 12, 0, 0, 0)
    assert groups["manager"].counts == (0, 0, 0, 5, 1)
    assert report.capabilities[0].gap == pytest.approx(groups["manager"].mean - 2)
    assert report.capabilities[0].others is None


def test_what_differs_is_said_in_words(session, wave):
    answered(session, wave, "parks", [1, 2, 2, 2, 3] * 8, "front-line")
    answered(session, wave, "adults", [3, 4, 4, 5] * 8, "manager")
    make.close(session, wave)
    groups = split(session, wave).capabilities[0].groups
    assert [group.differs.words for group in groups] == ["lower", "higher"]


def test_who_did_not_say_is_shown_as_others(session, wave):
    answered(session, wave, "parks", [2] * 8, "front-line")
    answered(session, wave, "adults", [3] * 7, "manager")
    answered(session, wave, "adults", [5] * 6, "dont-know")
    make.close(session, wave)
    assert split(session, wave).capabilities[0].others.counts == (0, 0, 0, 0, 6)


def test_a_group_of_too_few_is_withheld_with_what_would_reveal_it(session, wave):
    answered(session, wave, "parks", [2] * 20, "front-line")
    answered(session, wave, "adults", [4] * 4, "manager")
    make.close(session, wave)
    groups = by_option(split(session, wave).capabilities[0])
    assert groups == {
        "front-line": Withheld("protects-another"),
        "manager": Withheld("too-few"),
    }


def test_a_group_that_is_a_unit_and_a_few_more_is_withheld(session, wave):
    answered(session, wave, "adults", [2] * 10, "front-line")
    answered(session, wave, "parks", [3] * 3, "front-line")
    answered(session, wave, "parks", [4] * 9, "manager")
    make.close(session, wave)
    groups = by_option(split(session, wave).capabilities[0])
    assert set(groups.values()) == {Withheld("protects-another")}


def test_a_wave_that_promised_no_breakdown_has_none(session, wave):
    wave.breakdowns = []
    answered(session, wave, "parks", [2] * 20, "manager")
    make.close(session, wave)
    assert tallies.breakdowns_of(session, wave.id) == {}
    with pytest.raises(NotFound):
        split(session, wave)


def test_there_is_nothing_to_see_before_the_wave_closes(session, wave):
    answered(session, wave, "parks", [2] * 20, "manager")
    with pytest.raises(NotFound):
        split(session, wave)


def test_nobody_answered(session, wave):
    make.close(session, wave)
    row = split(session, wave).capabilities[0]
    assert set(by_option(row).values()) == {Withheld("too-few")}
    assert (row.gap, row.others) == (None, None)


def test_who_may_see_a_unit_alone_sees_no_breakdown(session, wave):
    answered(session, wave, "parks", [2] * 20, "manager")
    make.close(session, wave)
    limited = make.account(session, wave.organisation_id, unit_slug="places")
    with pytest.raises(NotFound):
        split(session, wave, account=limited)
    assert reporting.organisation_profile(session, wave.slug, limited).breakdowns == ()
    seen = reporting.capability_report(session, wave.slug, "digital/design", limited)
    assert seen.breakdowns == ()


def test_a_capability_has_every_breakdown_of_the_wave(session, wave):
    answered(session, wave, "parks", [2] * 8, "front-line")
    answered(session, wave, "adults", [3] * 7, "manager")
    make.close(session, wave)
    report = reporting.capability_report(session, wave.slug, "digital/design", None)
    ((question, row),) = report.breakdowns
    assert (question, row) == (GRADE, split(session, wave).capabilities[0])


def test_a_few_atoms_at_a_time_count_as_all_at_once(session, wave, monkeypatch):
    monkeypatch.setattr(breaking_down, "ATOMS_AT_ONCE", 1)
    monkeypatch.setattr(breaking_down, "BATCH", 3)
    answered(session, wave, "parks", [1, 2, 3, 4, 5] * 3, "front-line")
    answered(session, wave, "adults", [5] * 8, "front-line")
    answered(session, wave, "adults", [1, 2] * 5, "manager")
    make.close(session, wave)
    row = split(session, wave).capabilities[0]
    assert by_option(row)["front-line"].counts == (3, 3, 3, 3, 11)
    total = np.add(*(group.counts for group in by_option(row).values()))
    assert total.tolist() == list(row.measure.counts)


def test_a_wave_is_split_by_all_it_can_be_unless_it_is_said_otherwise(session):
    anytown = make.organisation(session)
    more = make.questionnaire(about_you=(GRADE, SERVICE))
    digest = make.version(session, more)
    make.publication(session, anytown.id, digest)
    values = {"name": "Autumn", "version_digest": digest, "minimum_group": 5}
    wave = running.create_wave(session, anytown, slug="autumn", **values)
    assert wave.breakdowns == ["grade", "service"]
    wanted = wave_settings.WaveSettings(**values, breakdowns=("service",))
    running.change_wave(session, wave, wanted)
    assert wave.breakdowns == ["service"]
    wanted = wave_settings.WaveSettings(**values, breakdowns=("digital/design",))
    with pytest.raises(Refused, match="cannot be split"):
        running.change_wave(session, wave, wanted)


def test_json_has_no_number_of_what_is_withheld(session, wave):
    answered(session, wave, "parks", [2] * 20, "front-line")
    answered(session, wave, "adults", [4] * 4, "manager")
    make.close(session, wave)
    found = json.loads(json.dumps(reporting.breakdown_as_json(split(session, wave))))
    assert (found["by"], found["unit"]) == ("grade", None)
    assert found["capabilities"][0]["options"] == [
        {"id": "front-line", "suppressed": "protects-another"},
        {"id": "manager", "suppressed": "too-few"},
    ]


def test_all_figures_are_those_of_a_profile(session, wave):
    answered(session, wave, "parks", [2] * 20, "front-line")
    make.close(session, wave)
    row = split(session, wave).capabilities[0]
    assert isinstance(row.measure, Shown)
    assert by_option(row)["front-line"] == row.measure
