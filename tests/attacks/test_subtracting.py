"""Somebody collects every figure of a capability that the product gives to anybody, and adds and
subtracts them with any factors: in organisations drawn at random, of which they know from elsewhere
who works where and what everybody said about themselves."""

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.database import session_scope
from survey.maturity.profile import Shown
from survey.operations import reporting
from survey.operations.recording import record
from tests import make_stored as make
from tests.maturity.test_audit import tells
from tests.maturity.trees import ancestors, reduced, trees

K = 5
DESIGN = "digital/design"
GRADES = ("front-line", "manager", "dont-know")
UNKNOWN = {DESIGN: "dont-know", f"{DESIGN}:watch": "dont-know"}
ORGANISATIONS = settings(
    max_examples=max(500, settings().max_examples),  # `make attack` asks for more
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Drawn:
    """An organisation: the unit above each; who rated and who did not know of everybody who works
    in the same unit itself and said the same about themselves; a unit to look at closely."""

    parents: list[int]
    rated: list[int]
    unknown: list[int]
    closely: int

    @property
    def atoms(self):
        return list(product(range(len(self.parents)), GRADES))

    @property
    def asked(self):
        return [r + u for r, u in zip(self.rated, self.unknown, strict=True)]

    def inside(self, unit):
        """The atoms of a unit with all below it."""
        return [
            int(unit == place or unit in ancestors(self.parents, place)) for place, _ in self.atoms
        ]

    def saying(self, grade):
        """The atoms of everybody who said this about themselves."""
        return [int(grade == said) for _, said in self.atoms]

    @property
    def root(self):
        return self.parents.index(-1)


@st.composite
def organisations(draw):
    parents = draw(trees(most=4))
    atoms = len(parents) * len(GRADES)
    rated = st.lists(st.sampled_from([0, 0, 0, 1, 3, 4, 5, 6, 9]), min_size=atoms, max_size=atoms)
    unknown = st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=atoms, max_size=atoms)
    return Drawn(parents, draw(rated), draw(unknown), draw(st.integers(0, len(parents) - 1)))


@pytest.fixture(scope="module")
def session(sqlite_template, tmp_path_factory):
    """The rules are the same on both databases, and there are many organisations."""
    file = tmp_path_factory.mktemp("attacks") / "attacks.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as opened:
        make.version(opened)
        opened.commit()
        yield opened


def name(unit):
    return f"unit-{unit}"


def closed_wave(session, drawn):
    """Its only wave, after it has closed."""
    order = sorted(range(len(drawn.parents)), key=lambda u: len([*ancestors(drawn.parents, u)]))
    above = {name(u): name(drawn.parents[u]) if drawn.parents[u] >= 0 else None for u in order}
    organisation = make.organisation(session, "anytown", above)
    wave = make.wave(session, organisation, minimum_group=K, breakdowns=["grade"])
    asked = make.questionnaire()
    ids = {u: make.unit(session, name(u)).id for u in order}
    answered = []
    for (unit, grade), rated, unknown in zip(drawn.atoms, drawn.rated, drawn.unknown, strict=True):
        steps = [1 + number % 5 for number in range(rated)]
        people = [make.all_answers(asked, step, grade=grade) for step in steps]
        people += [make.all_answers(asked, 3, grade=grade, **UNKNOWN)] * unknown
        answered += [(ids[unit], answers) for answers in people]
    if answered:
        record(session, wave.id, asked, answered)
    make.close(session, wave)
    return wave


def everything_shown(session, drawn, wave):
    """Every figure of one capability, with the atoms that it is about; of one unit closely, on
    all its pages."""
    report = reporting.capability_report(session, wave.slug, DESIGN, None)
    yield drawn.inside(drawn.root), report.figure.measure
    for unit in report.units:
        yield drawn.inside(int(unit.slug.removeprefix("unit-"))), unit.measure
    split = reporting.breakdown_report(session, wave.slug, "grade", None).capabilities[0]
    (_, again) = report.breakdowns[0]
    for group, beside in zip(split.groups, again.groups, strict=True):
        yield drawn.saying(group.option.id), group.measure
        yield drawn.saying(group.option.id), beside.measure
    for others in (report.others, split.others, again.others):
        assert others is None or others.n >= K
    slug, about = name(drawn.closely), drawn.inside(drawn.closely)
    yield (
        about,
        reporting.organisation_profile(session, wave.slug, None, slug).capabilities[0].measure,
    )
    yield about, reporting.capability_report(session, wave.slug, DESIGN, None, slug).figure.measure
    changes = reporting.change_report(session, wave.slug, None, slug)
    yield about, changes.capabilities[0].moments[-1].measure


@given(organisations())
@ORGANISATIONS
def test_nothing_about_fewer_than_the_minimum_group_can_be_worked_out(session, drawn):
    session.rollback()  # the organisation before
    wave = closed_wave(session, drawn)
    rows, said = [], {}
    for about, measure in everything_shown(session, drawn, wave):
        assert said.setdefault(tuple(about), measure) == measure, "the same wherever it is said"
        if isinstance(measure, Shown):
            n, unknown = (
                sum(number for number, inside in zip(people, about, strict=True) if inside)
                for people in (drawn.rated, drawn.unknown)
            )
            assert (measure.n, measure.dont_know) == (n, unknown), "those the attacker has in mind"
            rows.append(about)
        else:
            assert vars_of(measure) == {"reason"}
            assert measure.reason in ("too-few", "protects-another")
    assert not tells(reduced(rows), drawn.rated, drawn.asked, K)


def vars_of(measure):
    return set(type(measure).__slots__)


def test_the_attack_finds_somebody_where_groups_are_shown_by_their_size_alone():
    """Of twenty all but one are at the front line: the one is found by subtraction."""
    rated = [19, 1]
    assert tells(reduced([[1, 1], [1, 0]]), rated, rated, K)
