"""What the paper form says beside the questionnaire's texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from survey.exchange.answer_words import WELSH, AnswerWords
from survey.exchange.condition_texts import ConditionWords


def _conditions() -> ConditionWords:
    return ConditionWords(
        is_="you answered {answer} to question {question}",
        is_not="you did not answer {answer} to question {question}",
        at_least="you answered {answer} or more to question {question}",
        not_at_least="you did not answer {answer} or more to question {question}",
        at_most="you answered {answer} or less to question {question}",
        not_at_most="you did not answer {answer} or less to question {question}",
        includes="you ticked {answer} in question {question}",
        includes_not="you did not tick {answer} in question {question}",
        answered="you answered question {question}",
        unanswered="you did not answer question {question}",
    )


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The fixed phrases of the paper form, in one language.

    `answers` are those that an author does not write, `conditions` complete `only_one` and
    `only_some`, where {first}, {last} and {next} are the numbers of questions; a question's
    number is all that {question} stands for.
    """

    language: str = "en"
    answers: AnswerWords = field(default_factory=AnswerWords)
    conditions: ConditionWords = field(default_factory=_conditions)
    how_to: str = "How to fill in this form"
    advice: tuple[str, ...] = (
        "Use a pen with dark ink.",
        "Tick one box for each question, unless it says otherwise.",
        "If you tick the wrong box, fill it in completely and tick the right one.",
        "Do not write your name, or anybody else’s, on this form.",
    )
    or_: str = "or"
    quoted: str = "“{text}”"
    only_one: str = "Answer question {first} only if {condition}."
    only_some: str = "Answer questions {first} to {last} only if {condition}."
    go_to: str = "Otherwise go to question {next}."
    go_to_end: str = "Otherwise go to the end of the form."
    module: str = "This part is for some people only: answer it if you were asked to."
    page: str = "Page {page} of {pages}"
    thanks: str = "Thank you"
    hand_in: str = (
        "Check that you have answered every question meant for you, then hand this form in."
    )


WELSH_ON_PAPER: Final = PaperWords(
    language="cy",
    answers=WELSH,
    conditions=ConditionWords(
        is_="os mai {answer} oedd eich ateb i gwestiwn {question}",
        is_not="os nad {answer} oedd eich ateb i gwestiwn {question}",
        at_least="os mai {answer} neu fwy oedd eich ateb i gwestiwn {question}",
        not_at_least="os nad {answer} neu fwy oedd eich ateb i gwestiwn {question}",
        at_most="os mai {answer} neu lai oedd eich ateb i gwestiwn {question}",
        not_at_most="os nad {answer} neu lai oedd eich ateb i gwestiwn {question}",
        includes="os gwnaethoch dicio {answer} yng nghwestiwn {question}",
        includes_not="os na wnaethoch dicio {answer} yng nghwestiwn {question}",
        answered="os gwnaethoch ateb cwestiwn {question}",
        unanswered="os na wnaethoch ateb cwestiwn {question}",
        and_=" ac ",
        or_=" neu ",
    ),
    how_to="Sut i lenwi’r ffurflen hon",
    advice=(
        "Defnyddiwch ysgrifbin ag inc tywyll.",
        "Ticiwch un blwch ar gyfer pob cwestiwn, oni bai ei fod yn dweud yn wahanol.",
        "Os ticiwch y blwch anghywir, llenwch ef yn gyfan gwbl a thiciwch yr un cywir.",
        "Peidiwch ag ysgrifennu eich enw, nac enw neb arall, ar y ffurflen hon.",
    ),
    or_="neu",
    only_one="Atebwch gwestiwn {first} dim ond {condition}.",
    only_some="Atebwch gwestiynau {first} i {last} dim ond {condition}.",
    go_to="Fel arall, ewch i gwestiwn {next}.",
    go_to_end="Fel arall, ewch i ddiwedd y ffurflen.",
    module="I rai pobl yn unig y mae’r rhan hon: atebwch hi os gofynnwyd i chi wneud hynny.",
    page="Tudalen {page} o {pages}",
    thanks="Diolch",
    hand_in=(
        "Gwnewch yn siŵr eich bod wedi ateb pob cwestiwn sydd i chi, yna rhowch y ffurflen i mewn."
    ),
)
_USUAL: Final[Mapping[str, PaperWords]] = {"en": PaperWords(), "cy": WELSH_ON_PAPER}


def paper_words(language: str) -> PaperWords:
    """The words in a language (or a variety of it, such as en-GB); in English where it has none."""
    return _USUAL.get(language.partition("-")[0], _USUAL["en"])
