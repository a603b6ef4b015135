"""A profile says what may be said, to those who may read it, and costs two queries."""

import json

import pytest
from sqlalchemy import event, select

from survey.maturity.profile import Shown, Withheld
from survey.operations.errors import NotFound, Refused
from survey.operations.reporting import (
    as_json,
    capability_report,
    organisation_profile,
    set_target,
)
from survey.storage.tallies import Tally, Target
from tests import make_stored as make

INVITED = {"anytown": 60, "adults": 20, "places": 40, "parks": 10}
ANSWERS = {"adults": [2] * 12, "places": [3] * 10 + [4] * 10, "parks": [5] * 6}


@pytest.fixture
def wave(session):
    return make.closed_wave(session, ANSWERS, invited=INVITED)


def figure(profile, id_="digital/design"):
    return next(one for one in profile.capabilities if one.id == id_)


def statements_of(session, action):
    """The SQL that an action runs."""
    ran = []

    def note(_connection, _cursor, statement, *_):
        ran.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        action()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return ran


def test_a_profile_counts_everybody(session, wave):
    profile = organisation_profile(session, wave.slug, None)
    assert (profile.invited, profile.responded, profile.threshold) == (60, 38, 5)
    design = figure(profile).measure
    assert design.counts == (0, 12, 10, 10, 6)
    assert design.mean == pytest.approx((24 + 30 + 40 + 30) / 38)
    assert profile.overall == (0, 0, 2, 0, 0)
    assert [group.title for group in profile.groups] == ["All"]
    assert profile.groups[0].figure.mean == pytest.approx(design.mean)
    assert profile.unit is None


def test_a_profile_of_a_unit_counts_what_is_below_it(session, wave):
    profile = organisation_profile(session, wave.slug, None, "places")
    assert (profile.unit.slug, profile.invited, profile.responded) == ("places", 40, 26)
    assert figure(profile).measure.n == 26
    assert [unit.slug for unit in profile.units] == ["parks"]


def test_units_and_waves_to_go_to_are_listed(session, wave):
    profile = organisation_profile(session, wave.slug, None)
    assert [(unit.slug, unit.depth, unit.invited, unit.responded) for unit in profile.units] == [
        ("adults", 1, 20, 12),
        ("places", 1, 40, 26),
        ("parks", 2, 10, 6),
    ]
    assert [other.slug for other in profile.waves] == ["autumn"]


def test_how_evenly_units_answered_is_said(session, wave):
    profile = organisation_profile(session, wave.slug, None)
    assert profile.response.rate == pytest.approx(38 / 60)
    assert 0.8 < profile.response.r_indicator < 1


def test_a_small_unit_is_withheld_and_has_no_numbers(session):
    wave = make.closed_wave(session, {"adults": [2] * 12, "parks": [3] * 4}, invited=INVITED)
    parks = organisation_profile(session, wave.slug, None, "parks")
    assert figure(parks).measure == Withheld("too-few")
    assert figure(parks).gap is None


def test_a_unit_that_would_reveal_its_neighbour_is_withheld(session):
    wave = make.closed_wave(session, {"adults": [2] * 12, "places": [3] * 3}, invited=INVITED)
    adults = organisation_profile(session, wave.slug, None, "adults")
    assert figure(adults).measure == Withheld("protects-another")


def test_a_unit_in_which_nobody_answered_is_withheld(session):
    wave = make.closed_wave(session, {"adults": [2] * 12}, invited=INVITED)
    parks = organisation_profile(session, wave.slug, None, "parks")
    assert figure(parks).measure == Withheld("too-few")


@pytest.mark.parametrize("state", ["prepared", "open"])
def test_before_a_wave_closes_there_is_participation_only(session, state):
    wave = make.wave(session, invited=INVITED)
    make.responses(session, wave, "adults", [2] * 12)
    wave.state = state
    session.flush()
    profile = organisation_profile(session, wave.slug, None)
    assert profile.groups == profile.overall == ()
    assert profile.invited == 60
    with pytest.raises(NotFound):
        capability_report(session, wave.slug, "digital/design", None)


def test_figures_wait_for_the_closing_even_where_they_are_tallied(session):
    wave = make.closed_wave(session, ANSWERS, invited=INVITED)
    session.query(Tally).update({"disclosure": None})
    assert figure(organisation_profile(session, wave.slug, None)).measure == Withheld("too-few")


@pytest.mark.parametrize("role", ["lead", "viewer", "admin"])
def test_who_may_read_the_organisation_reads_all_of_it(session, wave, role):
    account = make.account(session, wave.organisation_id, role)
    for unit_slug in (None, *make.UNITS):
        assert organisation_profile(session, wave.slug, account, unit_slug)


def test_a_lead_of_a_unit_sees_that_unit_and_what_is_below(session, wave):
    lead = make.account(session, wave.organisation_id, "lead", "places")
    own = organisation_profile(session, wave.slug, lead)
    assert own.unit.slug == "places"
    assert organisation_profile(session, wave.slug, lead, "parks").unit.slug == "parks"
    for other in ("anytown", "adults", "no-such-unit"):
        with pytest.raises(NotFound):
            organisation_profile(session, wave.slug, lead, other)
    report = capability_report(session, wave.slug, "digital/design", lead)
    assert (report.unit.slug, [unit.slug for unit in report.units]) == ("places", ["parks"])


def test_others_find_no_profile_at_all(session, wave):
    make.organisation(session, "othertown", {"othertown": None})
    elsewhere = session.query(make.Organisation).filter_by(slug="othertown").one()
    for account in (
        make.account(session, elsewhere.id, "admin"),
        make.account(session, wave.organisation_id, "author"),
    ):
        with pytest.raises(NotFound):
            organisation_profile(session, wave.slug, account)
    with pytest.raises(NotFound):
        organisation_profile(session, "no-such-wave", None)


def test_an_overview_costs_two_queries(session, wave):
    organisation_profile(session, wave.slug, None)  # the version is known from here on
    set_target(session, wave.organisation_id, "digital/design", 4, "Because")
    session.expunge_all()
    ran = statements_of(session, lambda: organisation_profile(session, "autumn", None))
    assert len(ran) == 2


def test_a_target_makes_a_gap(session, wave):
    set_target(session, wave.organisation_id, "digital/design", 4, "To meet the standard")
    set_target(session, wave.organisation_id, "digital/design", 5, "  To lead the way ")
    design = figure(organisation_profile(session, wave.slug, None))
    assert design.target == 5
    assert design.gap == pytest.approx(5 - design.measure.mean)
    report = capability_report(session, wave.slug, "digital/design", None)
    assert (report.figure.target, report.target_reason) == (5, "To lead the way")
    assert len(session.scalars(select(Target)).all()) == 1


@pytest.mark.parametrize(("step", "reason"), [(0, "x"), (6, "x"), (3, "  "), (3, "x" * 1001)])
def test_a_target_that_makes_no_sense_is_refused(session, wave, step, reason):
    with pytest.raises(Refused):
        set_target(session, wave.organisation_id, "digital/design", step, reason)


def test_a_capability_shows_its_units_side_by_side(session, wave):
    report = capability_report(session, wave.slug, "digital/design", None)
    assert report.capability.name == "Design"
    assert {unit.slug: unit.measure.n for unit in report.units} == {
        "adults": 12,
        "places": 26,
        "parks": 6,
    }
    assert report.others is None
    assert [practice.id for practice in report.practices] == ["digital/design:watch"]
    assert report.importance.counts == (0, 0, 0, 0, 38)


def test_other_teams_are_shown_together(session):
    wave = make.closed_wave(
        session, {"adults": [2] * 12, "anytown": [4] * 3, "places": [5] * 4}, invited=INVITED
    )
    report = capability_report(session, wave.slug, "digital/design", None)
    assert {unit.slug: isinstance(unit.measure, Shown) for unit in report.units} == {
        "adults": True,
        "places": False,
        "parks": False,
    }
    assert report.others.counts == (0, 0, 0, 3, 4)


def test_an_unknown_capability_is_not_found(session, wave):
    with pytest.raises(NotFound):
        capability_report(session, wave.slug, "digital/no-such", None)


def test_json_has_the_shape_that_others_rely_on(session, wave):
    profile = organisation_profile(session, wave.slug, None, with_questions=True)
    written = json.loads(json.dumps(as_json(profile)))
    assert set(written) >= {
        "wave", "organisation", "unit", "by", "invited", "responded", "threshold", "scale",
        "capabilities", "groups", "questions", "overall",
    }  # fmt: skip
    design = written["capabilities"][0]
    assert set(design) == {
        "id", "name", "group", "n", "counts", "dont_know", "not_applicable", "mean", "median",
        "step", "agreement", "interval", "target", "gap", "suppressed",
    }  # fmt: skip
    assert (design["id"], design["group"], design["n"], design["suppressed"]) == (
        "digital/design",
        "all",
        38,
        None,
    )
    assert len(written["questions"]) == 6


def test_what_is_withheld_looks_the_same_whatever_it_hides(session):
    written = []
    for slug, steps in (("one", [1, 1]), ("two", [5, 4, 3])):
        organisation = make.organisation(session, slug, {slug: None, f"{slug}-a": slug})
        wave = make.closed_wave(
            session,
            {f"{slug}-a": steps, slug: [3] * 20},
            of=organisation,
            slug=slug,
            invited={slug: 40, f"{slug}-a": 4},
        )
        profile = organisation_profile(session, wave.slug, None, f"{slug}-a")
        written.append(as_json(profile)["capabilities"])
    assert written[0] == written[1]
    assert set(written[0][0]) == {"id", "name", "group", "target", "suppressed"}


def test_units_are_held_against_everybody_else(session):
    people = {"adults": [1, 1, 2, 2] * 6, "places": [4, 4, 5, 5] * 6, "parks": [3, 3, 4, 2] * 6}
    wave = make.closed_wave(session, people)
    report = capability_report(session, wave.slug, "digital/design", None)
    differs = {unit.slug: unit.differs.words for unit in report.units}
    assert differs == {"adults": "lower", "places": "higher", "parks": "no clear change"}
    assert report.between_units > 0.5


def test_a_unit_that_is_withheld_is_held_against_nobody(session):
    wave = make.closed_wave(session, {"adults": [1, 2], "parks": [3] * 20})
    report = capability_report(session, wave.slug, "digital/design", None)
    assert all(
        isinstance(unit.measure, Withheld) == (unit.differs is None) for unit in report.units
    )
    assert report.between_units is None


def test_where_all_are_in_one_unit_there_is_nobody_else(session):
    wave = make.closed_wave(session, {"parks": [1, 2, 3, 4, 5] * 3})
    report = capability_report(session, wave.slug, "digital/design", None)
    shown = [unit for unit in report.units if unit.slug in ("places", "parks")]
    assert [unit.differs for unit in shown] == [None, None]
