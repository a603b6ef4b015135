"""Answers become a response: rated, packed, parted from their texts, and linked to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from survey.operations.versions import questions_by_id
from survey.questionnaire.model import Answer, Questionnaire
from survey.questionnaire.rating import pack
from survey.storage import responses

Rows = dict[str, list[dict[str, Any]]]


def record(
    session: Session,
    wave_id: int,
    questionnaire: Questionnaire,
    answered: Iterable[tuple[int, Mapping[str, Answer]]],
) -> list[bytes]:
    """Store one response for each unit's id and answers, hidden ones already dropped.

    Returns their packed ratings, in the same order.
    """
    rows: Rows = {"response": [], "untallied": [], "comment": []}
    for unit_id, answers in answered:
        _add(rows, {"wave_id": wave_id, "unit_id": unit_id}, questionnaire, answers)
    responses.add(session, rows["response"], rows["untallied"], rows["comment"])
    return [row["ratings"] for row in rows["response"]]


def _add(
    rows: Rows, place: dict[str, Any], questionnaire: Questionnaire, answers: Mapping[str, Answer]
) -> None:
    questions = questions_by_id(questionnaire)
    about_you = {q.id for q in questionnaire.about_you}
    texts = {id_ for id_ in answers if questions[id_].kind == "text"}
    tallied = place | {"id": uuid4(), "ratings": pack(questionnaire, answers)}
    closed = {id_: answer for id_, answer in answers.items() if id_ not in texts}
    rows["untallied"].append(tallied)
    rows["response"].append(
        tallied
        | {
            "about_you": {id_: answer for id_, answer in closed.items() if id_ in about_you},
            "answers": {id_: answer for id_, answer in closed.items() if id_ not in about_you},
        }
    )
    rows["comment"].extend(
        place | {"id": uuid4(), "question": id_, "text": answers[id_]}
        for id_ in texts
        if str(answers[id_]).strip()
    )
