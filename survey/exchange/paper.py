"""A questionnaire as a form on paper: a PDF that is tagged, so that it can be read aloud too."""

from __future__ import annotations

from typing import Final

from survey.exchange.paper_form import paper_form
from survey.exchange.paper_words import PaperWords, paper_words
from survey.exchange.typesetting import typeset
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.translate import in_language

SHORT_DIGEST: Final = 8
"""Characters: enough to tell the versions of one questionnaire apart."""


def to_paper(questionnaire: Questionnaire, language: str, words: PaperWords | None = None) -> bytes:
    """The form to be printed, A4: a PDF that claims PDF/UA-1.

    language: one of the questionnaire's; of any other, the main one.
    words: the fixed phrases; those of the language where none are given, English where it has
    none. Everything that is asked stands on it, modules marked; conditions are said in words.
    It uses a library that must not have run in a process which forks later.
    """
    spoken = in_language(questionnaire, language)
    version = f"{questionnaire.id} · {digest(canonical(questionnaire))[:SHORT_DIGEST]}"
    return typeset(paper_form(spoken, words or paper_words(spoken.language), version))
