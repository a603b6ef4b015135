"""The shape of a question: its kinds, its options, its condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.questionnaire.model import DEPTHS, KINDS, Json
from survey.questionnaire.schema_fields import (
    LONGEST_TEXT,
    an_id,
    five_texts,
)
from survey.questionnaire.shapes import (
    CAPABILITY_ID,
    DIGEST,
    QUESTION_ID,
    SLUG,
    Either,
    Flag,
    Items,
    Number,
    ObjectSchema,
    Part,
    Scalar,
    Text,
    Whole,
    schema_of,
)

OPERATORS: Final = ("is", "in", "includes", "at_least", "at_most", "answered")


class OptionSchema(ObjectSchema):
    """One thing to choose."""

    id = an_id("Its id: it stands in the answers and never changes.")
    text = Text("What people read.", longest=LONGEST_TEXT, required=True)
    step = Whole(
        "The step that choosing it stands for; in a checklist the step it is evidence for.",
        lowest=1,
        highest=5,
        code="bad-step",
    )


def _condition(about: str, *, required: bool = False, key: str | None = None) -> Part:
    return Part(
        about,
        lambda: TestSchema,
        lambda: AllSchema,
        lambda: AnySchema,
        lambda: NotSchema,
        choose=_condition_schema,
        required=required,
        key=key,
    )


def _condition_schema(value: Mapping[str, Json]) -> type[ObjectSchema]:
    joined = {"all": AllSchema, "any": AnySchema, "not": NotSchema}
    return next((joined[key] for key in joined if key in value), TestSchema)


class TestSchema(ObjectSchema):
    """A test of one earlier answer: a question and one operator."""

    one_of = OPERATORS

    question = an_id("The id of an earlier question.", form=QUESTION_ID, names="question")
    is_ = Scalar("True of this answer.", key="is", names="answer")
    in_ = Items(
        "True of each of these answers.", Scalar("An answer.", names="answer"), fewest=1, key="in"
    )
    includes = Text("True where this option of a checklist is ticked.", form=SLUG, names="answer")
    at_least = Number("True of this number or step, and of any above.")
    at_most = Number("True of this number or step, and of any below.")
    answered = Flag("Whether the question was answered at all.")


class AllSchema(ObjectSchema):
    """True where all its parts are."""

    all = Items("Conditions.", _condition("A condition."), fewest=1, required=True)


class AnySchema(ObjectSchema):
    """True where one of its parts is."""

    any = Items("Conditions.", _condition("A condition."), fewest=1, required=True)


class NotSchema(ObjectSchema):
    """True where its part is not."""

    not_ = _condition("A condition.", required=True, key="not")


def _options() -> Either:
    return Either(
        "What people choose from: a list, or the name of an answer set.",
        Text("The name of an answer set.", form=SLUG, names="answer-set"),
        Items(
            "Options, in order.",
            Part("One option.", lambda: OptionSchema),
            fewest=2,
            most=100,
            few="too-few-options",
        ),
        required=True,
    )


def _weight() -> Whole:
    return Whole(
        "The question’s share in its capability; 1 where nothing is said.",
        lowest=1,
        highest=100,
        code="bad-weight",
    )


def _text(*, required: bool = True) -> Text:
    return Text("What is asked.", longest=LONGEST_TEXT, required=required)


def _hint() -> Text:
    return Text("What helps to answer.", longest=LONGEST_TEXT)


def _not_applicable() -> Flag:
    return Flag("Whether “Doesn’t apply here” is offered.")


def _comparable_with() -> Items:
    return Items(
        "Versions, by the beginning of their SHA-256, in which another wording asked the same.",
        Text("The beginning of a SHA-256.", form=DIGEST, required=True),
    )


def _kind(*kinds: str) -> Text:
    return Text("How it is answered.", words=kinds, required=True)


def _depth() -> Text:
    return Text("How much is asked: the step, practices too, or everything.", words=DEPTHS)


class DerivedQuestionsSchema(ObjectSchema):
    """A capability: its questions are derived, and what is written here is said instead."""

    capability = an_id("The id of a capability.", form=CAPABILITY_ID, names="capability")
    depth = _depth()
    text = _text(required=False)
    hint = _hint()
    steps = five_texts("Other descriptors, lowest first.", required=False)
    weight = _weight()
    not_applicable = _not_applicable()
    show_if = _condition("When the questions are asked.")
    comparable_with = _comparable_with()


class FrameworkQuestionsSchema(ObjectSchema):
    """A capability map: the questions of all its capabilities are derived."""

    framework = an_id("The id of a capability map.", names="framework")
    depth = _depth()


class AboutYouSchema(ObjectSchema):
    """A question about the person."""

    id = an_id("Its id, the same in every wave.", form=QUESTION_ID)
    kind = _kind("choice")
    text = _text()
    hint = _hint()
    options = _options()
    not_applicable = _not_applicable()
    show_if = _condition("When the question is asked.")
    comparable_with = _comparable_with()


class QuestionSchema(ObjectSchema):
    """A question that is written out."""

    id = an_id("Its id, the same in every wave.", form=QUESTION_ID)
    kind = _kind(*KINDS)
    text = _text()
    hint = _hint()
    capability = Text("The capability that it measures.", form=CAPABILITY_ID, names="capability")
    show_if = _condition("When the question is asked.")
    comparable_with = _comparable_with()


class MaturityQuestionSchema(QuestionSchema):
    """Five descriptors, lowest first: people choose the one most like where they work."""

    kind = _kind("maturity")
    steps = five_texts("Five behaviours, each further than the one before.")
    weight = _weight()
    not_applicable = _not_applicable()


class AgreementQuestionSchema(QuestionSchema):
    """A statement: people say from 1 to 5 how far they agree."""

    kind = _kind("agreement")
    reverse = Flag("Whether agreeing speaks for a low step.")
    weight = _weight()
    not_applicable = _not_applicable()


class ChoiceQuestionSchema(QuestionSchema):
    """Options, of which one is chosen."""

    kind = _kind("choice")
    options = _options()
    weight = _weight()
    not_applicable = _not_applicable()


class ChecklistQuestionSchema(QuestionSchema):
    """Options to be ticked, each evidence for a step from 2 to 5."""

    kind = _kind("checklist")
    options = _options()
    weight = _weight()
    not_applicable = _not_applicable()


class NumberQuestionSchema(QuestionSchema):
    """A number; four cut points make it a step."""

    kind = _kind("number")
    minimum = Number("The smallest number that can be answered.")
    maximum = Number("The largest number that can be answered.")
    cut_points = Items(
        "Where steps 2, 3, 4 and 5 begin; falling numbers mean that less is better.",
        Number("Where a step begins."),
        fewest=4,
        most=4,
        few="not-four-cut-points",
        many="not-four-cut-points",
    )
    weight = _weight()
    not_applicable = _not_applicable()


class ImportanceQuestionSchema(QuestionSchema):
    """How important something is, from 1 to 5: never a rating."""

    kind = _kind("importance")
    not_applicable = _not_applicable()


class TextQuestionSchema(QuestionSchema):
    """A text in people’s own words."""

    kind = _kind("text")


SCHEMA_OF_KIND: Final[Mapping[str, type[QuestionSchema]]] = {
    "maturity": MaturityQuestionSchema,
    "agreement": AgreementQuestionSchema,
    "choice": ChoiceQuestionSchema,
    "checklist": ChecklistQuestionSchema,
    "number": NumberQuestionSchema,
    "importance": ImportanceQuestionSchema,
    "text": TextQuestionSchema,
}


def kinds_with(key: str) -> tuple[str, ...]:
    """The kinds of question that have this key."""
    return tuple(
        kind for kind, schema in SCHEMA_OF_KIND.items() if key in schema_of(schema).load_fields
    )


class AnyQuestionSchema(QuestionSchema):
    """A question of no known kind: what belongs to one kind only is passed over."""

    passed_over = (
        "steps",
        "options",
        "minimum",
        "maximum",
        "cut_points",
        "reverse",
        "weight",
        "not_applicable",
    )


def question_entry() -> Part:
    """An entry among a section's questions."""
    return Part(
        "A capability, a capability map, or a question that is written out.",
        lambda: DerivedQuestionsSchema,
        lambda: FrameworkQuestionsSchema,
        *(lambda kind=kind: SCHEMA_OF_KIND[kind] for kind in KINDS),
        choose=_entry_schema,
    )


def about_you_entry() -> Part:
    """An entry among the questions about the person."""
    return Part("A question about the person.", lambda: AboutYouSchema, choose=_about_you_schema)


def _entry_schema(value: Mapping[str, Json]) -> type[ObjectSchema]:
    if "kind" in value or "id" in value:
        kind = value.get("kind")
        return (
            SCHEMA_OF_KIND.get(kind, AnyQuestionSchema)
            if isinstance(kind, str)
            else AnyQuestionSchema
        )
    return FrameworkQuestionsSchema if "framework" in value else DerivedQuestionsSchema


def _about_you_schema(value: Mapping[str, Json]) -> type[ObjectSchema]:
    return AboutYouSchema if value.get("kind", "choice") == "choice" else AnyQuestionSchema
