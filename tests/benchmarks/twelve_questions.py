"""What journeys answer: twelve capabilities that come with the product, four on each page."""

from __future__ import annotations

from survey.operations.shipped import library
from survey.questionnaire.model import CapabilityGroup, Question, Questionnaire, Section

DOMAINS = ("digital", "data", "innovation")
EACH = 4

Asked = tuple[str, str, tuple[str, ...]]
"""Id, text, and the descriptors of the five steps."""


def pages() -> list[tuple[str, list[Asked]]]:
    """Of each page, its title and questions."""
    return [(domain.capitalize(), questions_of(domain)) for domain in DOMAINS]


def questions_of(domain: str) -> list[Asked]:
    known = sorted(library().capabilities.values(), key=lambda one: one.id)
    chosen = [one for one in known if one.domain == domain][:EACH]
    return [(one.id, f"Where is your team with {one.name}?", one.steps) for one in chosen]


def questionnaire() -> Questionnaire:
    """The same pages as the product asks them."""
    sections = tuple(
        Section(
            title.lower(),
            title,
            tuple(
                Question(id_, "maturity", text, steps=steps, capability=id_)
                for id_, text, steps in questions
            ),
            one_page=True,
        )
        for title, questions in pages()
    )
    ids = tuple(question.id for section in sections for question in section.questions)
    return Questionnaire(
        "twelve",
        "How do we do?",
        "en",
        sections,
        introduction="Tell us how your team works.",
        capabilities={id_: library().capabilities[id_] for id_ in ids},
        groups=(CapabilityGroup("all", "All", ids),),
    )
