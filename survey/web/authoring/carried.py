"""Who tries a survey out, and what they have answered so far: carried from page to page in the
page's own form, sealed, since nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from survey.operations.editions import Edition
from survey.operations.trying_out import EVERYBODY
from survey.questionnaire.answers import InvalidAnswer, parse
from survey.questionnaire.model import Answer
from survey.web.answer.showing import as_sent

FIRST: Final = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """Which person somebody is (from 1, or EVERYBODY), in which language they read, and question
    id to their answer."""

    language: str
    person: int
    answers: Mapping[str, Answer]


def trial_of(edition: Edition) -> Trial:
    """What the request carries. The language and the person that were chosen with it go first."""
    sealed = _opened(request.form.get("carried", ""))
    person = request.values.get("person", str(sealed.get("person", FIRST)))
    return Trial(
        language=_language(edition, request.values.get("language", sealed.get("language"))),
        person=_person(edition, person),
        answers=_answers(edition, sealed),
    )


def chosen(edition: Edition) -> tuple[str, int]:
    """The language and the person that an address asks for."""
    person = request.args.get("person", str(FIRST))
    return _language(edition, request.args.get("language")), _person(edition, person)


def carried(edition: Edition, trial: Trial) -> str:
    """The trial for a hidden field."""
    return _seal().dumps(
        {
            "of": edition.digest,
            "language": trial.language,
            "person": trial.person,
            "answers": dict(trial.answers),
        }
    )


def _opened(sealed: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = _seal().loads(sealed)
    except BadSignature:  # nothing, or the installation's secret is another by now
        return {}
    return found


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="preview")


def _language(edition: Edition, wanted: str | None) -> str:
    languages = edition.questionnaire.languages
    return wanted if wanted in languages else languages[0]


def _person(edition: Edition, wanted: str) -> int:
    number = int(wanted) if wanted.isdecimal() and len(wanted) < len("1000") else FIRST
    return number if EVERYBODY <= number <= edition.persons else FIRST


def _answers(edition: Edition, sealed: Mapping[str, Any]) -> Mapping[str, Answer]:
    answers: Mapping[str, Answer] = sealed.get("answers", {})
    if sealed.get("of") == edition.digest:
        return answers
    return dict(_still_fitting(edition, answers))


def _still_fitting(edition: Edition, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Answer]]:
    """The answers that the questionnaire still takes, changed as it is since they were given."""
    for question in edition.questionnaire.questions:
        try:
            answer = parse(question, as_sent(answers.get(question.id)))
        except InvalidAnswer:
            continue
        if answer is not None:
            yield question.id, answer
