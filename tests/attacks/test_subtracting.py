"""Somebody collects every figure of a capability that the product gives to anybody, and adds and
subtracts them with any factors: in organisations drawn at random, of which they know from elsewhere
who works where and what everybody said about themselves."""

from dataclasses import dataclass
from itertools import count, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.database import session_scope
from survey.maturity.profile import Shown
from survey.operations import reporting
from tests import make_stored as make
from tests.maturity.test_audit import tells
from tests.maturity.trees import reduced

K = 5
DESIGN = "digital/design"
INSIDE = {
    "anytown": {"anytown", "adults", "places", "parks"},
    "adults": {"adults"},
    "places": {"places", "parks"},
    "parks": {"parks"},
}
GRADES = ("front-line", "manager", "dont-know")
ATOMS = list(product(INSIDE, GRADES))
"""Everybody who works in the same place and said the same about themselves."""


@dataclass
class Council:
    """Who rated and who did not know, in each atom; and the wave that asked them."""

    rated: list[int]
    unknown: list[int]
    wave: object

    @property
    def asked(self):
        return [r + u for r, u in zip(self.rated, self.unknown, strict=True)]


people = st.lists(
    st.tuples(st.sampled_from([0, 0, 0, 1, 3, 4, 5, 6, 9]), st.sampled_from([0, 0, 0, 1, 2])),
    min_size=len(ATOMS),
    max_size=len(ATOMS),
)


@pytest.fixture(scope="module")
def session(sqlite_template, tmp_path_factory):
    """The rules are the same on both databases, and there are many organisations."""
    file = tmp_path_factory.mktemp("attacks") / "attacks.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as opened:
        yield opened


NUMBERS = count()


def council(session, drawn):
    slug = f"wave-{next(NUMBERS)}"
    anytown = make.organisation(
        session, slug, {f"{slug}-{unit}": above(slug, unit) for unit in INSIDE}
    )
    wave = make.wave(session, anytown, slug=slug, minimum_group=K, breakdowns=["grade"])
    for (unit, grade), (rated, unknown) in zip(ATOMS, drawn, strict=True):
        steps = [1 + number % 5 for number in range(rated)]
        make.responses(session, wave, f"{slug}-{unit}", steps, grade=grade)
        silent = {DESIGN: "dont-know", f"{DESIGN}:watch": "dont-know", "grade": grade}
        make.responses(session, wave, f"{slug}-{unit}", [3] * unknown, **silent)
    make.close(session, wave)
    return Council([r for r, _ in drawn], [u for _, u in drawn], wave)


def above(slug, unit):
    parent = {"anytown": None, "adults": "anytown", "places": "anytown", "parks": "places"}[unit]
    return parent and f"{slug}-{parent}"


def everything_shown(session, wave):
    """Every figure of one capability, with the atoms that it is about."""
    for unit, inside in INSIDE.items():
        about = [int(place in inside) for place, _ in ATOMS]
        slug = f"{wave.slug}-{unit}"
        profile = reporting.organisation_profile(session, wave.slug, None, slug)
        yield about, profile.capabilities[0].measure
        yield (
            about,
            reporting.capability_report(session, wave.slug, DESIGN, None, slug).figure.measure,
        )
        changes = reporting.change_report(session, wave.slug, None, slug)
        yield about, changes.capabilities[0].moments[-1].measure
    split = reporting.breakdown_report(session, wave.slug, "grade", None).capabilities[0]
    for group in split.groups:
        yield [int(grade == group.option.id) for _, grade in ATOMS], group.measure


def left_together(session, wave):
    """The figures of everybody in no unit, or in no group, that is shown."""
    report = reporting.capability_report(session, wave.slug, DESIGN, None)
    split = reporting.breakdown_report(session, wave.slug, "grade", None).capabilities[0]
    return [one for one in (report.others, split.others) if one is not None]


@given(people)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_about_fewer_than_the_minimum_group_can_be_worked_out(session, drawn):
    found = council(session, drawn)
    rows = []
    for about, measure in everything_shown(session, found.wave):
        if isinstance(measure, Shown):
            n = sum(r for r, inside in zip(found.rated, about, strict=True) if inside)
            assert measure.n == n, "a figure is about those whom the attacker takes it for"
            rows.append(about)
    assert not tells(reduced(rows), found.rated, found.asked, K)
    for measure in left_together(session, found.wave):
        assert measure.n >= K
    session.rollback()


@given(people)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_withheld_looks_the_same_whatever_it_hides(session, drawn):
    found = council(session, drawn)
    for _, measure in everything_shown(session, found.wave):
        if not isinstance(measure, Shown):
            assert vars_of(measure) == {"reason"}
            assert measure.reason in ("too-few", "protects-another")
    session.rollback()


def vars_of(measure):
    return set(type(measure).__slots__)


def test_the_attack_finds_somebody_where_groups_are_shown_by_their_size_alone():
    """Of twenty all but one are at the front line: the one is found by subtraction."""
    rated = [19, 1]
    assert tells(reduced([[1, 1], [1, 0]]), rated, rated, K)
