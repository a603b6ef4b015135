"""The HTML of a frozen version's questions, rendered once and kept.

A version never changes, so its questions are rendered once for each language. What differs
between two people (the chosen value, an error) goes into slots that rendering left open.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup, escape

from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, Question, Questionnaire
from survey.web.answer import answer_text
from survey.web.answer.page_form import OPT_OUT, OPT_OUT_ABOUT_YOU, field_name
from survey.web.languages import of_words

KEPT = 4000
"""Questions kept in memory, about 4 KB each; the one not shown for longest goes first."""

# Characters that no text has: HTML forbids them, and the checker of questionnaires refuses them.
_OPEN, _SHUT = "\x01", "\x02"
_SLOT = re.compile(f"{_OPEN}(.*?){_SHUT}")
_LEFT_OPEN = Markup("\x01{} {}\x02")
_ERROR = Markup(
    '<p id="{}" class="govuk-error-message"><span class="govuk-visually-hidden">{}</span> {}</p>'
)


@dataclass(frozen=True, slots=True)
class QuestionHtml:
    """A rendered question: text, slot, text, slot, …, text."""

    id: str
    parts: tuple[str, ...]

    def fill(self, sent: Collection[str] = (), error: str = "") -> Markup:
        """The HTML with `sent` chosen or typed, and `error` above the field."""
        filled = list(self.parts)
        for place in range(1, len(filled), 2):
            slot, _, value = filled[place].partition(" ")
            filled[place] = self._content(slot, value, sent, error)
        return Markup("".join(filled))  # noqa: S704 -- parts are rendered, slots are escaped

    def _content(self, slot: str, value: str, sent: Collection[str], error: str) -> str:
        if slot == "checked":
            return " checked" if value in sent else ""
        if slot == "typed":
            typed = (text for text in sent if text not in (DONT_KNOW, NOT_APPLICABLE))
            return str(escape(next(typed, "")))
        if not error:
            return ""
        return _ERROR.format(value, gettext("Error:"), error) if slot == "error" else value


def _slot(name: str, value: str = "") -> Markup:
    return _LEFT_OPEN.format(name, value)


class QuestionsKept:
    """Rendered questions by version, languages and id, the least recently shown leaving first.

    The language of the words around a question may be another than its own: we have fewer.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._html: OrderedDict[tuple[str, str, str, str, bool], QuestionHtml] = OrderedDict()

    def of(
        self, digest: str, questionnaire: Questionnaire, question: Question, *, alone: bool
    ) -> QuestionHtml:
        """The question's HTML, in the language of this questionnaire.

        `alone` on its page, the question's text is the page's heading.
        """
        key = (digest, questionnaire.language, of_words(), question.id, alone)
        html = self._html.get(key)
        if html is None:
            html = self._html[key] = render(questionnaire, question, alone=alone)
            if len(self._html) > self._kept:
                self._html.popitem(last=False)
        else:
            self._html.move_to_end(key)
        return html


def render(questionnaire: Questionnaire, question: Question, *, alone: bool) -> QuestionHtml:
    """A question's HTML, with its slots open."""
    about_you = question in questionnaire.about_you
    html = render_template(
        "answer/question.html",
        question=question,
        scale=questionnaire.scale,
        name=field_name(question),
        alone=alone,
        opt_out=OPT_OUT_ABOUT_YOU if about_you else OPT_OUT,
        words=answer_text,
        slot=_slot,
    )
    return QuestionHtml(question.id, tuple(_SLOT.split(re.sub(r"\s*\n\s*", "\n", html))))
