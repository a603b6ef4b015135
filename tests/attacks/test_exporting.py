"""Attack 3 of methods, section 6, with a file: the responses that may be given away, row by row,
are held against the figures of pages. The attacker knows who works where and what everybody said
about themselves, also where the profile is not split by it."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from io import StringIO
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from survey.database import session_scope
from survey.maturity.profile import Shown
from survey.operations import reporting
from survey.operations.errors import Refused
from survey.operations.recording import record
from survey.operations.responses_io import export_responses
from survey.questionnaire.model import Option, Question
from tests import make_stored as make
from tests.maturity.test_audit import tells
from tests.maturity.trees import reduced

K = 5
DESIGN, SHARING = "digital/design", "data/sharing"
UNITS = ("adults", "parks")
INSIDE = {"adults": {"adults"}, "places": {"parks"}, "parks": {"parks"}}
GRADES = ("front-line", "manager")
YEARS = ("few", "many")
ATOMS = list(product(UNITS, GRADES, YEARS))


def questionnaire():
    """Two questions about oneself, of which the profile is split by the first."""
    grade, years = (
        Question(id_, "choice", "?", options=tuple(Option(one, one) for one in options))
        for id_, options in (("grade", GRADES), ("years", YEARS))
    )
    return make.questionnaire(about_you=(grade, years))


@pytest.fixture(scope="module")
def session(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("attacks") / "attacks.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as opened:
        make.organisation(opened)
        opened.commit()
        yield opened


@dataclass(frozen=True)
class Drawn:
    """How many people each atom has, and the atoms in which nobody knows about Design."""

    people: list[int]
    unknown: set[int]
    breakdowns: list[str]


drawn_councils = st.builds(
    Drawn,
    st.lists(st.sampled_from([0, 0, 1, 2, 5, 12, 30]), min_size=8, max_size=8),
    st.sets(st.integers(0, 7), max_size=4),
    st.sampled_from([[], ["grade"]]),
)


def closed_wave(session, drawn):
    anytown = session.query(make.Organisation).one()
    changes = {"minimum_group": K, "breakdowns": drawn.breakdowns}
    wave = make.wave(session, anytown, questionnaire(), **changes)
    answered = []
    for atom, (unit, grade, years) in enumerate(ATOMS):
        answers = make.all_answers(questionnaire(), 3, grade=grade, years=years, **marks_of(atom))
        if atom in drawn.unknown:
            answers |= dict.fromkeys((DESIGN, f"{DESIGN}:watch"), "dont-know")
        answered += [(make.unit(session, unit).id, answers)] * drawn.people[atom]
    record(session, wave.id, questionnaire(), answered)
    make.close(session, wave)
    return wave


def marks_of(atom):
    """By which the test, not the attacker, knows to which atom a row belongs."""
    return {SHARING: 1 + atom // 5, f"{SHARING}:importance": 1 + atom % 5}


def atom_of(row):
    return (int(row[SHARING]) - 1) * 5 + int(row[f"{SHARING}:importance"]) - 1


def given_away(session, wave, file):
    """The atoms of the rows that look alike."""
    try:
        export_responses(session, wave, "csv", "To find somebody out", file)
    except Refused:
        return []
    alike = defaultdict(set)
    for row in csv.DictReader(StringIO(file.read_text())):
        alike[row["unit"], row["grade"], row["years"]].add(atom_of(row))
    return [[int(atom in inside) for atom in range(len(ATOMS))] for inside in alike.values()]


def shown(session, wave, capability):
    """The atoms behind each figure of a capability that is shown."""
    report = reporting.capability_report(session, wave.slug, capability, None)
    if isinstance(report.figure.measure, Shown):
        yield [1] * len(ATOMS)
    for unit in report.units:
        if isinstance(unit.measure, Shown):
            yield [int(place in INSIDE[unit.slug]) for place, *_ in ATOMS]
    for group in (group for _, split in report.breakdowns for group in split.groups):
        if isinstance(group.measure, Shown):
            yield [int(group.option.id == grade) for _, grade, _ in ATOMS]


@given(drawn_councils)
@example(Drawn([0, 30, 2, 0, 0, 12, 12, 0], set(), ["grade"]))  # two managers of Adults
@example(Drawn([2, 30, 0, 0, 12, 0, 0, 0], {4}, []))  # two of Adults who came lately
@settings(
    max_examples=settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_rows_that_are_given_away_tell_of_no_few_beside_the_pages(session, tmp_path, drawn):
    session.rollback()  # the organisation before
    wave = closed_wave(session, drawn)
    rows = given_away(session, wave, tmp_path / "rows.csv")
    for capability in (DESIGN, SHARING):
        seen = reduced([*shown(session, wave, capability), *rows])
        assert not tells(seen, drawn.people, drawn.people, K)
