"""What of a questionnaire is translated, language by language, and what is not yet."""

from __future__ import annotations

from dataclasses import dataclass

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.translate import missing, texts
from survey.web.languages import named


@dataclass(frozen=True, slots=True)
class Translation:
    """One language: how many texts of how many are translated, and each missing one by its key
    and as it reads in the main language."""

    code: str
    name: str
    done: int
    total: int
    missing: tuple[tuple[str, str], ...]


def translations(questionnaire: Questionnaire) -> list[Translation]:
    """Every language but the questionnaire's own."""
    return [
        _translation(questionnaire, code, name)
        for code, name in named(questionnaire.languages)
        if code != questionnaire.language
    ]


def _translation(questionnaire: Questionnaire, code: str, name: str) -> Translation:
    said = texts(questionnaire)
    gaps = tuple((key, said[key]) for key in missing(questionnaire, code))
    return Translation(code, name, len(said) - len(gaps), len(said), gaps)
