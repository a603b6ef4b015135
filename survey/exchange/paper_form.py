"""What stands on the paper form, in order, before it is set in type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from survey.exchange.condition_texts import ConditionTexts
from survey.exchange.markdown_blocks import markdown_blocks
from survey.exchange.offered import answer_name, choices, number_wanted, opt_outs
from survey.exchange.paper_words import PaperWords
from survey.exchange.spoken import is_right_to_left
from survey.questionnaire.model import STEPS, Json, Question, Questionnaire

TALLEST: Final = 2500
"""Characters: a question of more may not fit on one page, so it may be divided."""

MOST_CHOICES: Final = 16


def paper_form(
    questionnaire: Questionnaire, words: PaperWords, version: str = ""
) -> dict[str, Json]:
    """The form as the template reads it. The questionnaire's texts are in the form's language.

    version: of what questionnaire it is, for those who type in the answers.
    """
    language, *subtags = questionnaire.language.split("-")
    region = next((tag for tag in subtags if len(tag) == 2), None)
    return {
        "language": language,
        "region": region,
        "words_language": words.language,
        "right_to_left": is_right_to_left(questionnaire.language),
        "title": questionnaire.title,
        "introduction": markdown_blocks(questionnaire.introduction),
        "how_to": words.how_to,
        "advice": list(words.advice),
        "page": words.page,
        "version": version,
        "thanks": words.thanks,
        "hand_in": words.hand_in,
        "sections": list(_Form(questionnaire, words).sections()),
    }


class _Form:
    """One form in the making. `numbers` are those of the questions, from 1 to the last."""

    def __init__(self, questionnaire: Questionnaire, words: PaperWords) -> None:
        self.questionnaire = questionnaire
        self.words = words
        self.numbers = {q.id: place for place, q in enumerate(questionnaire.questions, start=1)}
        self.about_you = {question.id for question in questionnaire.about_you}
        self.conditions = ConditionTexts(
            questionnaire, words.conditions, lambda q: str(self.numbers[q.id]), self._answer
        )

    def sections(self) -> Iterator[dict[str, Json]]:
        """The sections, first the one about the person."""
        if self.questionnaire.about_you:
            yield {
                "title": self.words.answers.about_you,
                "is_ours": True,
                "note": "",
                "introduction": [],
                "parts": list(self._parts(self.questionnaire.about_you)),
            }
        for section in self.questionnaire.sections:
            yield {
                "title": section.title,
                "is_ours": False,
                "note": self.words.module if section.module else "",
                "introduction": markdown_blocks(section.introduction),
                "parts": list(self._parts(section.questions)),
            }

    def _parts(self, questions: Sequence[Question]) -> Iterator[dict[str, Json]]:
        """Questions that follow each other and have the same condition, which is said once."""
        for condition, together in groupby(questions, key=lambda question: question.condition):
            asked = list(together)
            yield {
                "instruction": self._instruction(condition, asked),
                "questions": [self._question(question) for question in asked],
            }

    def _instruction(self, condition: Json, asked: Sequence[Question]) -> str:
        if condition is None:
            return ""
        first, last = self.numbers[asked[0].id], self.numbers[asked[-1].id]
        only = self.words.only_one if first == last else self.words.only_some
        said = only.format(first=first, last=last, condition=self.conditions.said(condition))
        on = self.words.go_to if last < len(self.numbers) else self.words.go_to_end
        return f"{said} {on.format(next=last + 1)}"

    def _answer(self, question: Question, value: Json) -> str:
        name = answer_name(
            question,
            value,
            self.words.answers,
            self.questionnaire.scale,
            about_you=question.id in self.about_you,
        )
        return self.words.quoted.format(text=name)

    def _question(self, question: Question) -> dict[str, Json]:
        offered = choices(question, self.words.answers, ())
        instead = opt_outs(question, self.words.answers, about_you=question.id in self.about_you)
        names = self.questionnaire.scale if question.kind == "maturity" else ()
        texts = [one.text for one in offered]
        is_tall = len(question.text + question.hint + "".join(texts)) > TALLEST
        return {
            "number": str(self.numbers[question.id]),
            "text": question.text,
            "hint": question.hint,
            "how": self._how(question),
            "kind": question.kind,
            "names": [f"{step} {name}" for step, name in zip(STEPS, names, strict=False)],
            "choices": texts,
            "or": self.words.or_,
            "instead": [one.text for one in instead],
            "may_break": is_tall or len(texts) > MOST_CHOICES,
        }

    def _how(self, question: Question) -> str:
        if question.kind == "checklist":
            return self.words.answers.tick_all
        if question.kind == "number":
            return number_wanted(question, self.words.answers)
        return ""
