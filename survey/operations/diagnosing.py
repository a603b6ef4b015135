"""When a wave closes, it is counted how its questions did, for whoever writes the next ones.

Only what may be seen is kept, and only of the whole organisation:

- A capability's reliability, where fifty people rated all its questions. It is held against the
  capability and each question, whose figures are of the same people and more: all of them must be
  shown, each of as many people or of at least the minimum group more. Else somebody could vary the
  ratings of the few others until the figures fit.
- The share that left a question out, where its figures are shown and that share, as well as the
  others, is at least the minimum group. It is not kept for questions that some are not asked, nor
  for a choice some of whose options are no step: there, silence may be an answer.
- The share that gave one answer throughout, on the same condition, or that nobody did.

How many left a question out does follow from how many answered and how many said anything to it,
where both are published: but who left it out said nothing that could be found out.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.disclosure import may_be_held_against, share_shown
from survey.maturity.moments import Moments, of_those_who_rated_all
from survey.maturity.profile import Shown
from survey.maturity.reliability import FEWEST_QUESTIONS, reliability
from survey.maturity.straight_lining import pressed, straight_lined
from survey.maturity.tally import Bytes
from survey.operations.figures import UnitFigures, unit_figures
from survey.operations.unit_tree import tree_of
from survey.operations.versions import questionnaire_of
from survey.questionnaire.check_conditions import SCALES
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.rating import NOT_ASKED, capability_columns
from survey.storage import diagnostics, responses, tallies
from survey.storage.waves import Wave

BATCH: Final = 50_000
"""Responses in memory at once."""


def freeze_diagnostics(session: Session, wave: Wave) -> None:
    """Count and decide, once; after what may be shown of the wave has been decided."""
    questionnaire = questionnaire_of(session, wave.version_digest)
    counts = _Counts(questionnaire)
    for batch in responses.all_ratings(session, wave.id, BATCH):
        packed = b"".join(ratings for _, _, ratings in batch)
        counts.add(np.frombuffer(packed, np.uint8).reshape(-1, len(counts.ids)))
    root = tree_of(session, wave).root.id
    row = tallies.tallies_of(session, wave.id, [root]).get(root)
    whole = unit_figures(questionnaire, row)
    diagnostics.store(session, wave.id, counts.that_may_be_seen(whole, wave.minimum_group))


def related_questions(questionnaire: Questionnaire) -> dict[str, tuple[int, ...]]:
    """The columns of the questions that rate a capability, where they are enough for their
    reliability."""
    return {
        capability: columns
        for capability, (columns, _) in capability_columns(questionnaire).items()
        if len(columns) >= FEWEST_QUESTIONS
    }


class _Counts:
    """What is counted of responses, a batch at a time: the same memory however many there are."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        asked = questionnaire.counted_questions
        self.ids = [question.id for question in asked]
        self.on_a_scale = [place for place, q in enumerate(asked) if q.kind in SCALES]
        self.turned = [asked[place].reverse for place in self.on_a_scale]
        self.answered_by_all = _answered_by_all(questionnaire)
        self.related = related_questions(questionnaire)
        self.responses = self.straight_lined = 0
        self.silent = np.zeros(len(asked), np.int64)
        self.moments = {id_: Moments.none(len(cs)) for id_, cs in self.related.items()}

    def add(self, ratings: Bytes) -> None:
        """Count a batch of packed ratings (responses, questions)."""
        self.responses += len(ratings)
        self.silent += (ratings == NOT_ASKED).sum(axis=0)
        answers = pressed(ratings[:, self.on_a_scale], self.turned)
        self.straight_lined += int(straight_lined(answers).sum())
        for id_, columns in self.related.items():
            self.moments[id_] += of_those_who_rated_all(ratings[:, columns])

    def that_may_be_seen(self, whole: UnitFigures, k: int) -> dict[str, Any]:
        """The figures to keep."""
        left_out = {
            self.ids[place]: share_shown(int(self.silent[place]), self.responses, k)
            for place in self.answered_by_all
            if isinstance(whole.question(self.ids[place]), Shown)
        }
        found = {id_: self._reliability(id_, whole, k) for id_ in self.related}
        return {
            "straight_lined": share_shown(self.straight_lined, self.responses, k),
            "left_out": {id_: share for id_, share in left_out.items() if share},
            "reliability": {id_: figures for id_, figures in found.items() if figures},
        }

    def _reliability(self, id_: str, whole: UnitFigures, k: int) -> dict[str, Any] | None:
        of = self.moments[id_]
        beside = [whole.question(self.ids[column]) for column in self.related[id_]]
        if not may_be_held_against(of.people, [whole.capability(id_), *beside], k):
            return None
        found = reliability(of)
        return None if found is None else asdict(found)


def _answered_by_all(questionnaire: Questionnaire) -> list[int]:
    """The columns of rated questions that everybody is asked, to which any answer is packed."""
    dealt = {question.id for section in questionnaire.modules for question in section.questions}
    return [
        place
        for place, question in enumerate(questionnaire.counted_questions)
        if question.is_rated
        and question.condition is None
        and question.id not in dealt
        and (question.kind != "choice" or all(option.step for option in question.options))
    ]
