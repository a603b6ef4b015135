"""Ids of ours for what other tools name in their own ways: valid, and no two alike."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from survey.questionnaire.check_ids import RESERVED_OPTIONS, RESERVED_QUESTIONS
from survey.questionnaire.mending import slug
from survey.questionnaire.shapes import LONGEST_ID, QUESTION_ID, SLUG, Form

LONGEST_QUESTION: Final = 60
LONGEST_OPTION: Final = 36
"""What we make is shorter than ids may be: together, with a full stop, they are a text’s key."""


class Ids:
    """The ids of one kind of thing, as they are given out.

    form: how they are written. reserved: what none may be called.
    """

    def __init__(self, form: Form, longest: int, reserved: Collection[str] = ()) -> None:
        self.form, self.longest = form, longest
        self._taken = set(reserved)
        self._numbers: dict[str, int] = {}

    def take(self, *wished: str) -> str:
        """An id made of the first of these names that can become one, not given out before.

        A name that is an id stays as it is. The last has to be one.
        """
        name = next(filter(None, (self._made(one) for one in wished)), wished[-1])
        made = name
        while made in self._taken:
            self._numbers[name] = self._numbers.get(name, 1) + 1
            ending = f"-{self._numbers[name]}"
            made = f"{name[: LONGEST_ID - len(ending)].rstrip('-/:')}{ending}"
        self._taken.add(made)
        return made

    def _made(self, name: str) -> str:
        if len(name) <= LONGEST_ID and self.form.pattern.fullmatch(name):
            return name
        return slug(name, self.longest)


def question_ids() -> Ids:
    """Ids of questions, and of answer sets: these share their names."""
    return Ids(QUESTION_ID, LONGEST_QUESTION, RESERVED_QUESTIONS)


def section_ids() -> Ids:
    """Ids of sections."""
    return Ids(SLUG, LONGEST_QUESTION)


def option_ids() -> Ids:
    """Ids of one question's options."""
    return Ids(SLUG, LONGEST_OPTION, RESERVED_OPTIONS)
