"""What can be chosen of a preview: how wide, in which language, as whom, from which question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask import request

from survey.operations.trying_out import EVERYBODY
from survey.web import languages
from survey.web.authoring.carried import FIRST, chosen
from survey.web.authoring.previewed import Previewed

WIDTHS: Final = {"phone": "Phone", "desktop": "Desktop"}
"""The first is what is shown where nobody chose."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several links or options; `name` and `value` are what it puts into the address."""

    name: str
    value: str | int
    text: str
    href: str
    current: bool


class Toolbar:
    """The choices, each keeping the others. `page`: of the preview, to which they lead."""

    def __init__(self, previewed: Previewed, page: str = "preview") -> None:
        self._previewed = previewed
        self._page = page
        edition = previewed.edition
        self.language, self.person = chosen(edition)
        width = request.args.get("width", "")
        self.width = width if width in WIDTHS else next(iter(WIDTHS))
        wanted = request.args.get("question") or edition.question_at(request.args.get("at", ""))
        ids = {question.id for question in edition.questionnaire.questions}
        self.question = wanted if wanted in ids else None

    @property
    def widths(self) -> list[Choice]:
        """How wide the survey is shown."""
        return [self._choice("width", *one, self.width) for one in WIDTHS.items()]

    @property
    def languages(self) -> list[Choice]:
        """In which language; empty where there is one only."""
        spoken = languages.named(self._previewed.edition.questionnaire.languages)
        found = [self._choice("language", code, name, self.language) for code, name in spoken]
        return found if len(found) > 1 else []

    @property
    def persons(self) -> list[Choice]:
        """As whom, everybody last; empty where all are asked the same."""
        edition = self._previewed.edition
        if not edition.questionnaire.modules:
            return []
        numbers = range(FIRST, FIRST + edition.persons)
        numbered = [(one, f"Person {one} of {edition.persons}") for one in numbers]
        everybody = (EVERYBODY, "Somebody who is asked all of them")
        return [self._choice("person", *one, self.person) for one in (*numbered, everybody)]

    @property
    def made_up(self) -> str:
        """The address with everything answered."""
        return self._address(self._page, fill="all", question=None)

    @property
    def survey(self) -> str:
        """The address of the survey itself, where it is to begin."""
        return self._address("survey", fill=request.args.get("fill"), width=None)

    def _choice(self, name: str, value: str | int, text: str, now: str | int) -> Choice:
        href = self._address(self._page, **{name: value})
        return Choice(name, value, text, href, value == now)

    def _address(self, page: str, **changes: Any) -> str:
        """Of a page, with these changes. What is as it would be anyway is left out."""
        usual = {
            "width": next(iter(WIDTHS)),
            "language": self._previewed.edition.questionnaire.language,
            "person": FIRST,
        }
        wanted = {
            "width": self.width,
            "language": self.language,
            "person": self.person,
            "question": self.question,
            **changes,
        }
        query = {name: value for name, value in wanted.items() if value != usual.get(name)}
        return self._previewed.address(page, **query)
