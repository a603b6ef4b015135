"""What the API answers of questionnaires, and of faults, dumped and documented by the same schemas.
Nothing is loaded by them."""

from __future__ import annotations

from typing import Any, Self

from marshmallow import Schema, fields


def told(description: str, *, always: bool = True) -> Any:
    """What a field of the documentation says. always: it is never missing."""
    return {"required": always, "metadata": {"description": description}}


class FixedSchema(Schema):
    """A shape that nothing changes. A view has many marks, each of which copies what is documented
    of it: of the shapes that would be a megabyte for each worker."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class FileProblemSchema(FixedSchema):
    """One thing that makes a file invalid."""

    code = fields.String(**told("What kind of problem, for programs. It never changes."))
    message = fields.String(**told("What is wrong."))
    mend = fields.String(**told("How to mend it."))
    pointer = fields.String(
        **told("Where, as a JSON pointer (RFC 6901); empty for the whole file.")
    )
    line = fields.Integer(**told("The line, from 1."))
    column = fields.Integer(**told("The column, from 1, in characters."))


class AdviceSchema(FixedSchema):
    """A remark on wording. It never makes a file invalid."""

    code = fields.String(attribute="advice.code", **told("Which rule says so."))
    level = fields.String(attribute="advice.level", **told("How much it matters."))
    message = fields.String(attribute="advice.message", **told("What could be better."))
    mend = fields.String(attribute="advice.mend", **told("How."))
    source = fields.String(attribute="advice.source", **told("Where the rule is from."))
    place = fields.String(
        attribute="advice.place",
        **told("The key of the text, or the id of a question or section; empty for all."),
    )
    pointer = fields.String(**told("Where, as a JSON pointer (RFC 6901)."))
    line = fields.Integer(**told("The line, from 1."))
    column = fields.Integer(**told("The column, from 1, in characters."))


class CheckedSchema(FixedSchema):
    """What is said of a questionnaire file."""

    valid = fields.Boolean(**told("Whether it can be published: it has no problems."))
    problems = fields.List(fields.Nested(FileProblemSchema), **told("All of them, in file order."))
    advice = fields.List(fields.Nested(AdviceSchema), **told("On its wording, once it is valid."))
    questions = fields.Integer(
        allow_none=True, **told("How many it asks; null while it has problems.")
    )
    minutes = fields.Integer(
        allow_none=True,
        **told("About how many it takes to answer; null while it has problems."),
    )
    version = fields.String(
        allow_none=True,
        **told("The SHA-256 that the version would be known by; null while it has problems."),
    )


class DraftInListSchema(FixedSchema):
    """A questionnaire that is being written."""

    id = fields.Integer(**told("The number in its address."))
    title = fields.String(**told("As its text says."))
    revision = fields.Integer(**told("How often it was saved; also its ETag."))
    saved_at = fields.AwareDateTime(**told("When it was saved last."))


class DraftSchema(DraftInListSchema):
    """A questionnaire that is being written, with its text."""

    source = fields.String(**told("The file as it is, valid or not."))


class SavingSchema(FixedSchema):
    """A text that a draft had."""

    revision = fields.Integer(**told("Which of its revisions this was."))
    how = fields.String(**told("“begun”, “saved”, “restored”, or “autosave”: it saved itself."))
    begun_at = fields.AwareDateTime(**told("When this stretch of writing began."))
    saved_at = fields.AwareDateTime(**told("When it was saved."))
    by = fields.String(
        allow_none=True,
        **told("Whose e-mail address; null for a command, or where the account is gone."),
    )


class VersionInListSchema(FixedSchema):
    """A questionnaire that was published, and never changes again."""

    version = fields.String(**told("Its SHA-256, in hexadecimal."))
    questionnaire = fields.String(**told("The questionnaire’s id."))
    title = fields.String(**told("The questionnaire’s title."))
    published_at = fields.AwareDateTime(**told("When it was published here first."))
    signed_off = fields.Boolean(**told("Whether a second person signed it off."))
    source_kept = fields.Boolean(**told("Whether its author’s own file can be read."))


class VersionSchema(VersionInListSchema):
    """A questionnaire that was published, and what it asks."""

    languages = fields.List(
        fields.String(), **told("Those that it can be answered in, its own first.")
    )
    questions = fields.Integer(**told("How many it asks."))
    minutes = fields.Integer(**told("About how many it takes to answer."))


class ChangeSchema(FixedSchema):
    """What became of one question."""

    question = fields.String(**told("Its id."))
    kind = fields.String(**told("“same”, “reworded”, “rescored”, “moved”, “added” or “removed”."))
    comparable = fields.Boolean(**told("Whether results before and after can be compared."))
    details = fields.List(fields.String(), **told("What changed, a sentence each."))


class ComparisonSchema(FixedSchema):
    """What changed from one version to another."""

    old = fields.String(**told("The SHA-256 of the one."))
    new = fields.String(**told("The SHA-256 of the other."))
    changes = fields.List(
        fields.Nested(ChangeSchema),
        **told("Every question of both: those of the new one, then those removed."),
    )


class ProblemDetailsSchema(FixedSchema):
    """Why a request was refused (RFC 9457)."""

    type = fields.String(**told("The kind of fault: its place in this documentation."))
    title = fields.String(**told("The kind in words."))
    status = fields.Integer(**told("The status of the answer."))
    detail = fields.String(**told("What is wrong this time."))
    mend = fields.String(**told("What to do about it."))
    problems = fields.List(
        fields.Nested(FileProblemSchema), **told("Of a file that has problems: all.", always=False)
    )
    parameters = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        **told("What is wrong with each parameter that cannot be used.", always=False),
    )
    entries = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        **told("What is wrong with each entry of the body that cannot be used.", always=False),
    )
