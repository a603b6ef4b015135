"""How a capability is asked, as a fingerprint: figures of two organisations are compared only where
both asked alike."""

from __future__ import annotations

from hashlib import sha256

import rfc8785

from survey.questionnaire.canonical import plain
from survey.questionnaire.model import Question, Questionnaire


def fingerprints(questionnaire: Questionnaire) -> dict[str, str]:
    """Capability id to a SHA-256 of how it is rated, for those that are.

    It is of the capability's id, the language, the names of the steps, and each rated question with
    all that people read and all that scores it: text, hint, steps, options, cut points, direction,
    weight, condition. Stricter than what makes two versions of one questionnaire comparable
    (`compare`): there an author who knows both may vouch for a rewording, here nobody can. Where
    questions stand does not matter, nor what they are translated into.
    """
    return {
        id_: _fingerprint(questionnaire, id_, asked)
        for id_ in questionnaire.capabilities
        if (asked := _rating(questionnaire, id_))
    }


def _rating(questionnaire: Questionnaire, capability: str) -> list[Question]:
    found = (q for q in questionnaire.counted_questions if q.is_rated)
    return sorted((q for q in found if q.capability == capability), key=lambda q: q.id)


def _fingerprint(questionnaire: Questionnaire, capability: str, asked: list[Question]) -> str:
    questions = [plain(question) for question in asked]
    for question in questions:
        question.pop("comparable_with", None)
    content = {
        "capability": capability,
        "language": questionnaire.language,
        "scale": list(questionnaire.scale),
        "questions": questions,
    }
    return sha256(rfc8785.dumps(content)).hexdigest()
