"""A rehearsal itself: each of the made-up people goes through the draft, then all is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from survey.operations.rehearsal_counting import (
    capabilities_counted,
    combinations,
    counted,
    units_seen,
)
from survey.operations.rehearsal_figures import Assumed, Figures, Group
from survey.operations.rehearsal_ways import (
    ROWS,
    conditions_met,
    modules_dealt,
    reached,
    spread,
    ways,
)
from survey.operations.rehearsed_people import Crowd
from survey.operations.simulating import Simulation, answers_to
from survey.operations.versions import groups_of, measured
from survey.questionnaire.answers import drop_hidden
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.modules import assign
from survey.questionnaire.walking import Walk, Walker


def rehearse(questionnaire: Questionnaire, people: Crowd, seed: int) -> Iterator[Walk]:
    """Each who goes through it, one after another."""
    walker, simulation = Walker(questionnaire), Simulation(seed, 0)
    for one, respondent in people.respondents():
        answer = partial(answers_to, simulation=simulation, respondent=respondent)
        yield walker.walk(assign(questionnaire, one.shift), answer)


def figures_from(
    questionnaire: Questionnaire, people: Crowd, walks: Sequence[Walk], minimum_group: int
) -> Figures:
    """What would be seen had all this been answered."""
    kept = [drop_hidden(questionnaire, walk.answers, walk.modules)[0] for walk in walks]
    found = counted(questionnaire, people, kept, minimum_group)
    gone = ways(questionnaire, walks)
    dealt, met = modules_dealt(gone), conditions_met(gone)
    return Figures(
        assumed=Assumed(
            people.staff, people.tree.root.invited, len(people.answering), len(people.rehearsing)
        ),
        scale=questionnaire.scale,
        minutes=spread(gone),
        module_sets=len(dealt),
        modules_dealt=tuple(dealt[:ROWS]),
        conditions=len(met),
        conditions_met=tuple(met[:ROWS]),
        questions=tuple(reached(gone)),
        groups=tuple(_groups(questionnaire)),
        capabilities=tuple(capabilities_counted(questionnaire, found)),
        units=tuple(units_seen(found)),
        combinations=combinations(questionnaire, people, kept, minimum_group),
    )


def _groups(questionnaire: Questionnaire) -> Iterator[Group]:
    """The groups of a profile, with the capabilities that are measured."""
    is_measured = frozenset(measured(questionnaire))
    for group in groups_of(questionnaire):
        members = tuple(id_ for id_ in group.capabilities if id_ in is_measured)
        if members:
            yield Group(group.id, group.title, members)
