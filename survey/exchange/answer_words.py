"""What the survey itself says beside an author's texts, in the languages that it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The names of the answers that are no author's, lowest first, and of the ways not to answer.

    `number_between` has room for {least} and {most}, the others like it for one of the two.
    """

    agreement: tuple[str, ...] = (
        "Strongly disagree",
        "Disagree",
        "Neither agree nor disagree",
        "Agree",
        "Strongly agree",
    )
    importance: tuple[str, ...] = (
        "Not important",
        "Slightly important",
        "Fairly important",
        "Important",
        "Very important",
    )
    dont_know: str = "I don’t know"
    rather_not: str = "Prefer not to say"
    not_applicable: str = "Doesn’t apply here"
    none_of_these: str = "None of these"
    about_you: str = "About you"
    tick_all: str = "Tick all that are true."
    number: str = "A number."
    number_between: str = "A number from {least} to {most}."
    number_from: str = "A number of {least} or more."
    number_to: str = "A number of {most} or less."
    leave_empty: str = "Leave this empty if you don’t know."
    one_or_the_other: str = "You gave an answer and also opted out. Keep one of the two."


WELSH: Final = AnswerWords(
    agreement=(
        "Anghytuno’n gryf",
        "Anghytuno",
        "Ddim yn cytuno nac yn anghytuno",
        "Cytuno",
        "Cytuno’n gryf",
    ),
    importance=(
        "Ddim yn bwysig",
        "Ychydig yn bwysig",
        "Eithaf pwysig",
        "Pwysig",
        "Pwysig iawn",
    ),
    dont_know="Dydw i ddim yn gwybod",
    rather_not="Mae’n well gen i beidio â dweud",
    not_applicable="Ddim yn berthnasol yma",
    none_of_these="Dim un o’r rhain",
    about_you="Amdanoch chi",
    tick_all="Ticiwch bob un sy’n wir.",
    number="Rhif.",
    number_between="Rhif o {least} i {most}.",
    number_from="Rhif sy’n {least} neu fwy.",
    number_to="Rhif sy’n {most} neu lai.",
    leave_empty="Gadewch hwn yn wag os nad ydych yn gwybod.",
    one_or_the_other=(
        "Rydych wedi rhoi ateb ac wedi dewis peidio ag ateb hefyd. Cadwch un o’r ddau."
    ),
)
_USUAL: Final[Mapping[str, AnswerWords]] = {"en": AnswerWords(), "cy": WELSH}


def answer_words(language: str) -> AnswerWords:
    """The words in a language (or a variety of it, such as en-GB); in English where it has none."""
    return _USUAL.get(language.partition("-")[0], _USUAL["en"])


def words_in_each(languages: Sequence[str]) -> tuple[AnswerWords, ...]:
    """The words in each of a questionnaire's languages; in its main one, the first, where a
    language has none: as with any text that is not translated."""
    main = answer_words(languages[0])
    return tuple(_USUAL.get(language.partition("-")[0], main) for language in languages)
