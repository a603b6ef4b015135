"""How the questions of a wave did is counted once, of everybody, and tells of nobody."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.operations.diagnostic_reporting import diagnostic_report
from survey.operations.errors import NotFound
from survey.operations.recording import record
from survey.operations.running import close_wave
from survey.operations.versions import questionnaire_of
from survey.questionnaire.model import Question, Section
from survey.storage import diagnostics
from tests import make_stored as make

DESIGN = "digital/design"
PRACTICES = ("a", "b", "c")


def asked(names="abc"):
    """Practices of a capability on a scale; the one called d is asked of some only."""
    some = {"question": f"{DESIGN}:a", "at_least": 4}
    questions = tuple(
        Question(
            f"{DESIGN}:{name}",
            "agreement",
            f"We {name}.",
            capability=DESIGN,
            condition=some if name == "d" else None,
        )
        for name in names
    )
    section = Section("design", "About design", questions)
    return make.questionnaire((DESIGN,), sections=(section,), about_you=())


def closed(session, people, names="abc"):
    """A closed wave. people: each person's answers to the practices; None where left out."""
    wave = make.wave(session, asked=asked(names))
    where = make.unit(session, "parks").id
    rows = [
        (where, {f"{DESIGN}:{n}": a for n, a in zip(names, answers, strict=True) if a is not None})
        for answers in people
    ]
    record(session, wave.id, questionnaire_of(session, wave.version_digest), rows)
    make.close(session, wave)
    return wave


def found(session, wave):
    report = diagnostic_report(session, wave)
    return {one.question.text: [f.code for f in one.findings] for one in report.questions}


ALIKE = [(step, step, step) for step in (1, 2, 3) for _ in range(20)]


def test_alpha_omega_and_the_rest_are_those_of_the_answers(session):
    (design,) = diagnostic_report(session, closed(session, ALIKE)).capabilities
    assert design.reliability.people == 60
    assert (design.reliability.alpha, design.reliability.omega) == (1.0, 1.0)
    assert design.reliability.item_rest == (1.0, 1.0, 1.0)
    assert [one.code for one in design.findings] == ["high-alpha"]


def test_a_question_that_says_the_contrary_is_set_apart(session):
    wave = closed(session, [(step, step, 6 - step) for step in (1, 2, 4, 5) for _ in range(15)])
    assert "low-item-rest" in found(session, wave)["We c."]
    (design,) = diagnostic_report(session, wave).capabilities
    assert [one.code for one in design.findings] == ["low-alpha"]
    assert design.reliability.omega is None


def test_of_fewer_than_fifty_nothing_is_said_of_reliability(session):
    (design,) = diagnostic_report(session, closed(session, ALIKE[:49])).capabilities
    assert design.reliability is None


@pytest.mark.parametrize(("few", "said"), [(4, False), (5, True)])
def test_reliability_is_not_said_beside_figures_of_few_people_more(session, few, said):
    """Five is the minimum group: of four who left one question out, the ratings would follow."""
    wave = closed(session, [*ALIKE, *[(2, 2, None)] * few])
    (design,) = diagnostic_report(session, wave).capabilities
    assert (design.reliability is not None) == said


@pytest.mark.parametrize(
    ("silent", "share"), [(0, None), (1, None), (4, None), (5, 5 / 65), (60, 0.5)]
)
def test_who_left_a_question_out_is_said_of_no_fewer_than_the_minimum_group(session, silent, share):
    wave = closed(session, [*ALIKE, *[(2, 2, None)] * silent])
    question = diagnostic_report(session, wave).questions[2]
    assert question.left_out == (pytest.approx(share) if share else None)
    assert ("left-out" in [one.code for one in question.findings]) == (share is not None)


def test_a_question_that_only_some_are_asked_is_left_out_by_nobody(session):
    wave = closed(session, [(*answers, None) for answers in ALIKE], "abcd")
    assert diagnostic_report(session, wave).questions[3].left_out is None


@pytest.mark.parametrize(("few", "share"), [(0, 0.0), (1, None), (4, None), (5, 5 / 35)])
def test_one_answer_throughout_is_said_of_no_fewer_than_the_minimum_group(session, few, share):
    ids = [f"digital/c{number}" for number in range(12)]
    wave = make.wave(session, asked=make.questionnaire(tuple(ids)))
    asked_ = questionnaire_of(session, wave.version_digest)
    mixed = make.all_answers(asked_, 3) | {id_: n % 5 + 1 for n, id_ in enumerate(ids)}
    scaled = [q for q in asked_.questions if q.kind in ("maturity", "agreement", "importance")]
    same = make.all_answers(asked_, 4) | {q.id: 4 for q in scaled}
    where = make.unit(session, "parks").id
    record(session, wave.id, asked_, [(where, mixed)] * 30 + [(where, same)] * few)
    make.close(session, wave)
    found_ = diagnostic_report(session, wave).straight_lined
    assert found_ == (share if share is None else pytest.approx(share))


def test_a_question_that_is_withheld_has_no_figures(session):
    question, *_ = diagnostic_report(session, closed(session, ALIKE[:4])).questions
    assert (question.dont_know, question.left_out, question.findings) == (None, None, ())


@pytest.mark.parametrize("people", [[], [(None, None, None)] * 12, [("dont-know",) * 3] * 12])
def test_a_wave_without_ratings_has_a_report(session, people):
    report = diagnostic_report(session, closed(session, people))
    assert all(one.findings == () for one in report.questions)
    assert report.capabilities[0].reliability is None


def test_before_a_wave_has_closed_there_is_none(session):
    with pytest.raises(NotFound):
        diagnostic_report(session, make.wave(session))


def test_a_wave_that_closed_before_there_was_this_report_says_so(session):
    wave = closed(session, ALIKE)
    session.delete(session.get(diagnostics.Diagnostics, wave.id))
    session.flush()
    report = diagnostic_report(session, wave)
    assert not report.counted
    assert report.questions[0].measure.n == 60


def test_closing_counts_it(session):
    wave = make.wave(session, asked=asked())
    close_wave(session, wave, now=make.NOON)
    assert diagnostic_report(session, wave).counted


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(*[st.one_of(st.none(), st.integers(1, 5))] * 3), min_size=50, max_size=90)
)
def test_what_is_kept_tells_of_no_fewer_than_the_minimum_group(session, people):
    """Whoever knows who rated what cannot find 1 to 4 people between any two figures."""
    with session.begin_nested() as undone:
        wave = closed(session, people)
        kept = diagnostics.figures_of(session, wave.id)
        undone.rollback()
    session.expire_all()
    everybody = len(people)
    for place, name in enumerate(PRACTICES):
        silent = sum(one[place] is None for one in people)
        share = kept["left_out"].get(f"{DESIGN}:{name}")
        assert share is None or (silent >= 5 and everybody - silent >= 5)
    complete = sum(None not in one for one in people)
    for found_ in kept["reliability"].values():
        assert found_["people"] == complete
        for place in range(3):
            rated = sum(one[place] is not None for one in people)
            assert rated == complete or rated - complete >= 5
    assert json.dumps(kept)
