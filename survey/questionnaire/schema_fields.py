"""Fields that several schemas share, and how long texts may be."""

from __future__ import annotations

from typing import Final

from survey.questionnaire.shapes import LANGUAGE, SLUG, TEXT_KEY, Form, Items, Table, Text

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 1000
LONGEST_DESCRIPTOR: Final = 500
LONGEST_INTRODUCTION: Final = 10_000
MOST_LANGUAGES: Final = 20


def schema_address() -> Text:
    """The address of the JSON Schema, by which an editor helps."""
    return Text("Where an editor finds this description.", longest=LONGEST_TITLE, key="$schema")


def an_id(about: str, *, form: Form = SLUG, names: str = "") -> Text:
    """An id: a slug unless `form` says otherwise. `names`: of what, where it is another's."""
    return Text(about, form=form, required=True, names=names)


def a_title(about: str, *, required: bool = True) -> Text:
    """A short text."""
    return Text(about, longest=LONGEST_TITLE, required=required)


def five_texts(about: str, *, longest: int = LONGEST_DESCRIPTOR, required: bool = True) -> Items:
    """A text for each step, lowest first."""
    return Items(
        about,
        Text("One step, lowest first.", longest=longest, required=True),
        fewest=5,
        most=5,
        few="not-five-steps",
        many="not-five-steps",
        required=required,
    )


def translations() -> Table:
    """Texts in other languages."""
    return Table(
        "Texts in other languages: language, then text key, then text.",
        Table(
            "Text key to text, as in “why-low.text”.",
            Text("The text in this language.", longest=LONGEST_INTRODUCTION, required=True),
            form=TEXT_KEY,
            names="text",
        ),
        form=LANGUAGE,
        names="language",
        most=MOST_LANGUAGES,
        many="too-many-languages",
    )
