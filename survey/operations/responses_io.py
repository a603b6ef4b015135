"""Responses in bulk: into a wave, by the way that people's own take; and out, made coarser."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any, Literal

from sqlalchemy.orm import Session

from survey.maturity.disclosure import SHOWN
from survey.operations.csv_rows import FORMULA_STARTS
from survey.operations.drafting import closed
from survey.operations.errors import Refused
from survey.operations.generalising import AboutYou, generalised
from survey.operations.recording import record
from survey.operations.response_rows import ANSWERS_APART, answered_in
from survey.operations.unit_tree import UnitNode, tree_of
from survey.operations.versions import plan_of, questionnaire_of
from survey.questionnaire.model import Answer, Questionnaire
from survey.storage import responses, tallies, waves
from survey.storage.waves import Wave

Format = Literal["csv", "json"]


def import_responses(session: Session, wave: Wave, file: bytes, format: Format) -> int:
    """Add the responses of a file to an open wave, all of them or none; how many.

    Columns are response, unit, and the ids of questions, those about the person among them. Each
    is read, rated and packed as if it had been sent.
    Raises InvalidRows (see `csv_rows`) with every problem; Closed unless the wave is open.
    """
    waves.share_submissions(session, wave.id)
    if waves.state_of(session, wave.id) != "open":
        raise closed(wave.state)
    questionnaire = questionnaire_of(session, wave.version_digest)
    answered = answered_in(file, format, questionnaire, tree_of(session, wave))
    return len(record(session, wave.id, questionnaire, answered))


def export_responses(session: Session, wave: Wave, format: Format) -> Iterator[str]:
    """The responses of a closed wave as text, part by part, in random order.

    Comments are left out; units and answers about the person are given only as far as the
    wave's minimum group shares them, and no answer about the person where the profile shows
    groups or part of a unit's figures: rows that look alike, held against those, would tell of few.
    Raises Refused before the wave closes, and where fewer than the minimum group answered.
    """
    if wave.state != "closed":
        raise Refused("Responses can be exported once the wave is closed.", "Close it first.")
    questionnaire = questionnaire_of(session, wave.version_digest)
    rows = _shared_rows(session, wave, questionnaire)
    return _as_csv(questionnaire, rows) if format == "csv" else _as_json(rows)


def _shared_rows(
    session: Session, wave: Wave, questionnaire: Questionnaire
) -> Iterator[dict[str, Answer]]:
    """A row a response: by random ids, so in an order that says nothing."""
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
        [tuple(_cell(about_you.get(id_)) for id_ in asked) for _, about_you in places],
        wave.minimum_group,
        wholly,
    )
    return _rows(responses.answers_in_random_order(session, wave.id), shared, asked)


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
) -> Iterator[dict[str, Answer]]:
    rows = zip(answers, shared, strict=True)
    for number, (answered, (unit, about_you)) in enumerate(rows, start=1):
        row: dict[str, Answer] = {"response": number, "unit": unit.slug}
        row |= {id_: cell for id_, cell in zip(asked, about_you, strict=True) if cell is not None}
        yield row | dict(answered)


def _cell(answer: Answer | None) -> str | None:
    if isinstance(answer, list):
        return ANSWERS_APART.join(answer) or "none"
    return None if answer is None else str(answer)


def _as_csv(questionnaire: Questionnaire, rows: Iterator[dict[str, Answer]]) -> Iterator[str]:
    columns = [question.id for question in questionnaire.questions if question.kind != "text"]
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["response", "unit", *columns])
    for row in rows:
        writer.writerow([_safe(row.get(name)) for name in ("response", "unit", *columns)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _safe(answer: Answer | None) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if answer is None or isinstance(answer, int | float):
        return answer
    text = _cell(answer) or ""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _as_json(rows: Iterator[dict[str, Answer]]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
