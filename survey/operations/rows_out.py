"""The responses of a closed wave that may be given away, one by one, and as a table of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy.orm import Session

from survey.exchange.answer_columns import answer_columns
from survey.exchange.codebook import PLACES
from survey.exchange.table import Cell, Column, Table
from survey.exchange.why_missing import WhyMissing, hang_on_about_you
from survey.maturity.disclosure import SHOWN
from survey.operations.errors import Refused
from survey.operations.generalising import AboutYou, generalised
from survey.operations.response_rows import ANSWERS_APART
from survey.operations.unit_tree import UnitNode, tree_of
from survey.operations.versions import plan_of
from survey.questionnaire.answers import parse
from survey.questionnaire.model import Answer, Questionnaire
from survey.storage import responses, tallies
from survey.storage.waves import Wave

NUMBER, UNIT = PLACES
"""The columns that are no question's."""

_LONGEST_SLUG: Final = 80


@dataclass(frozen=True, slots=True)
class SharedRows:
    """`rows` are responses by random ids, so in an order that says nothing, of which there are
    `number`: each its number, its unit's short name, and answers by question."""

    number: int
    rows: Iterator[dict[str, Answer]]


def shared_rows(session: Session, wave: Wave, questionnaire: Questionnaire) -> SharedRows:
    """What may be given away of the responses to a closed wave.

    Comments are left out; units and answers about the person are given only as far as the wave's
    minimum group shares them, and no answer about the person where the profile shows groups or
    part of a unit's figures: rows that look alike, held against those, would tell of few. Where an
    answer about the person is left out, so are those to questions that hang on it.
    Raises Refused where fewer than the minimum group answered.
    """
    wholly, partly = _shown_units(session, wave, questionnaire)
    asked = [] if wave.breakdowns or partly else _about_you(questionnaire)
    places = responses.places_in_random_order(session, wave.id)
    if len(places) < wave.minimum_group:
        raise Refused(
            "Too few people answered for any response to be given away.",
            f"At least {wave.minimum_group} must have.",
        )
    shared = generalised(
        tree_of(session, wave),
        [unit_id for unit_id, _ in places],
        [tuple(as_text(about_you.get(id_)) for id_ in asked) for _, about_you in places],
        wave.minimum_group,
        wholly,
    )
    answers = responses.answers_in_random_order(session, wave.id)
    rows = _rows(answers, shared, asked, hang_on_about_you(questionnaire))
    return SharedRows(len(places), rows)


def _about_you(questionnaire: Questionnaire) -> list[str]:
    return [question.id for question in questionnaire.about_you if question.kind != "text"]


def _shown_units(
    session: Session, wave: Wave, questionnaire: Questionnaire
) -> tuple[set[int], set[int]]:
    """The units of which every capability is shown, and those of which only some figures are."""
    first = plan_of(questionnaire).questions
    statuses = {
        unit_id: row.disclosure[:-1]
        for unit_id, row in tallies.tallies_of(session, wave.id).items()
    }
    wholly = {unit_id for unit_id, status in statuses.items() if not any(status[first:])}
    return wholly, {unit_id for unit_id, status in statuses.items() if SHOWN in status} - wholly


def _rows(
    answers: Iterator[Mapping[str, Answer]],
    shared: list[tuple[UnitNode, AboutYou]],
    asked: list[str],
    hanging: Mapping[str, frozenset[str]],
) -> Iterator[dict[str, Answer]]:
    rows = zip(answers, shared, strict=True)
    for number, (answered, (unit, about_you)) in enumerate(rows, start=1):
        row: dict[str, Answer] = {NUMBER: number, UNIT: unit.slug}
        row |= {id_: cell for id_, cell in zip(asked, about_you, strict=True) if cell is not None}
        given = row.keys()
        row |= {
            id_: answer
            for id_, answer in answered.items()
            if id_ not in hanging or hanging[id_] <= given
        }
        yield row


def as_text(answer: Answer | None) -> str | None:
    """An answer as it stands in one cell of a text file."""
    if isinstance(answer, list):
        return ANSWERS_APART.join(answer) or "none"
    return None if answer is None else str(answer)


def rows_table(
    wave: Wave, questionnaire: Questionnaire, rows: Iterator[dict[str, Answer]]
) -> Table:
    """Responses as a table of numbers with labels; a checklist has a column for each option.

    rows: see `SharedRows`; none where only the columns are wanted.
    """
    columns = answer_columns(questionnaire)
    kinds = {one.question.id: one.question for one in columns}
    about_you = [question for question in questionnaire.about_you if question.id in kinds]
    why = WhyMissing(questionnaire)

    def cells(row: dict[str, Answer]) -> list[Cell]:
        for question in about_you:
            sent = row.get(question.id)
            if isinstance(sent, str):
                apart = sent.split(ANSWERS_APART) if question.kind == "checklist" else [sent]
                row[question.id] = parse(question, apart) or sent
        missing = why.codes(row)
        found = [
            one.cell(row.get(one.question.id), missing.get(one.question.id, 0)) for one in columns
        ]
        return [cast(int, row[NUMBER]), cast(str, row[UNIT]), *found]

    places = (
        Column(NUMBER, PLACES[NUMBER], "whole", level="scale"),
        Column(UNIT, PLACES[UNIT], longest=_LONGEST_SLUG),
    )
    return Table(
        title=f"Responses to {wave.name}",
        name=f"{wave.slug}-responses",
        columns=(*places, *(one.column for one in columns)),
        rows=map(cells, rows),
        method=_method(wave),
        day=wave.closed_at.date() if wave.closed_at else None,
    )


def _method(wave: Wave) -> tuple[tuple[str, str], ...]:
    k = wave.minimum_group
    simulated = [("Simulated", "These answers are simulated.")] if wave.simulated else []
    return (
        *simulated,
        (
            "Rows",
            "Each row is one response, in random order: neither its number nor its place says who "
            "sent it, or when.",
        ),
        (
            "What is left out",
            "E-mail addresses, dates and comments are not here. A response is given under a unit, "
            f"and with answers about the person, only where at least {k} responses share them; "
            "otherwise it stands under the unit above, or without those answers. Where the profile "
            "itself shows groups of people, or part of a unit’s figures, no answer about the "
            "person is given at all. Answers to questions that were asked because of such an "
            "answer go with it.",
        ),
        (
            "What is no answer",
            "Numbers below nought are no answers: -9 not answered, -8 don’t know (or rather not "
            "say), -7 doesn’t apply, -6 not asked, -5 not known or not given away. Leave them out "
            "of every sum and mean. The codebook lists those of each column; a column that may "
            "hold numbers below nought itself has them lower by 1,000,000,000,000,000.",
        ),
        (
            "Take care",
            "Do not try to find out who somebody is, and do not put these rows beside others that "
            "could tell.",
        ),
    )
