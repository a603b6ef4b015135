"""What the API answers, dumped and documented by the same schemas. Nothing is loaded by them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields


def _told(description: str, *, always: bool = True) -> Any:
    """What a field of the documentation says. always: it is never missing."""
    return {"required": always, "metadata": {"description": description}}


class FileProblemSchema(Schema):
    """One thing that makes a file invalid."""

    code = fields.String(**_told("What kind of problem, for programs. It never changes."))
    message = fields.String(**_told("What is wrong."))
    mend = fields.String(**_told("How to mend it."))
    pointer = fields.String(
        **_told("Where, as a JSON pointer (RFC 6901); empty for the whole file.")
    )
    line = fields.Integer(**_told("The line, from 1."))
    column = fields.Integer(**_told("The column, from 1, in characters."))


class AdviceSchema(Schema):
    """A remark on wording. It never makes a file invalid."""

    code = fields.String(attribute="advice.code", **_told("Which rule says so."))
    level = fields.String(attribute="advice.level", **_told("How much it matters."))
    message = fields.String(attribute="advice.message", **_told("What could be better."))
    mend = fields.String(attribute="advice.mend", **_told("How."))
    source = fields.String(attribute="advice.source", **_told("Where the rule is from."))
    place = fields.String(
        attribute="advice.place",
        **_told("The key of the text, or the id of a question or section; empty for all."),
    )
    pointer = fields.String(**_told("Where, as a JSON pointer (RFC 6901)."))
    line = fields.Integer(**_told("The line, from 1."))
    column = fields.Integer(**_told("The column, from 1, in characters."))


class CheckedSchema(Schema):
    """What is said of a questionnaire file."""

    valid = fields.Boolean(**_told("Whether it can be published: it has no problems."))
    problems = fields.List(fields.Nested(FileProblemSchema), **_told("All of them, in file order."))
    advice = fields.List(fields.Nested(AdviceSchema), **_told("On its wording, once it is valid."))
    questions = fields.Integer(
        allow_none=True, **_told("How many it asks; null while it has problems.")
    )
    minutes = fields.Integer(
        allow_none=True,
        **_told("About how many it takes to answer; null while it has problems."),
    )
    version = fields.String(
        allow_none=True,
        **_told("The SHA-256 that the version would be known by; null while it has problems."),
    )


class DraftInListSchema(Schema):
    """A questionnaire that is being written."""

    id = fields.Integer(**_told("The number in its address."))
    title = fields.String(**_told("As its text says."))
    revision = fields.Integer(**_told("How often it was saved; also its ETag."))
    saved_at = fields.AwareDateTime(**_told("When it was saved last."))


class DraftSchema(DraftInListSchema):
    """A questionnaire that is being written, with its text."""

    source = fields.String(**_told("The file as it is, valid or not."))


class SavingSchema(Schema):
    """A text that a draft had."""

    revision = fields.Integer(**_told("Which of its revisions this was."))
    how = fields.String(**_told("“begun”, “saved”, “restored”, or “autosave”: it saved itself."))
    begun_at = fields.AwareDateTime(**_told("When this stretch of writing began."))
    saved_at = fields.AwareDateTime(**_told("When it was saved."))
    by = fields.String(
        allow_none=True,
        **_told("Whose e-mail address; null for a command, or where the account is gone."),
    )


class VersionInListSchema(Schema):
    """A questionnaire that was published, and never changes again."""

    version = fields.String(**_told("Its SHA-256, in hexadecimal."))
    questionnaire = fields.String(**_told("The questionnaire’s id."))
    title = fields.String(**_told("The questionnaire’s title."))
    published_at = fields.AwareDateTime(**_told("When it was published here first."))
    signed_off = fields.Boolean(**_told("Whether a second person signed it off."))
    source_kept = fields.Boolean(**_told("Whether its author’s own file can be read."))


class VersionSchema(VersionInListSchema):
    """A questionnaire that was published, and what it asks."""

    languages = fields.List(
        fields.String(), **_told("Those that it can be answered in, its own first.")
    )
    questions = fields.Integer(**_told("How many it asks."))
    minutes = fields.Integer(**_told("About how many it takes to answer."))


class ChangeSchema(Schema):
    """What became of one question."""

    question = fields.String(**_told("Its id."))
    kind = fields.String(**_told("“same”, “reworded”, “rescored”, “moved”, “added” or “removed”."))
    comparable = fields.Boolean(**_told("Whether results before and after can be compared."))
    details = fields.List(fields.String(), **_told("What changed, a sentence each."))


class ComparisonSchema(Schema):
    """What changed from one version to another."""

    old = fields.String(**_told("The SHA-256 of the one."))
    new = fields.String(**_told("The SHA-256 of the other."))
    changes = fields.List(
        fields.Nested(ChangeSchema),
        **_told("Every question of both: those of the new one, then those removed."),
    )


class ProblemDetailsSchema(Schema):
    """Why a request was refused (RFC 9457)."""

    type = fields.String(**_told("The kind of fault: its place in this documentation."))
    title = fields.String(**_told("The kind in words."))
    status = fields.Integer(**_told("The status of the answer."))
    detail = fields.String(**_told("What is wrong this time."))
    mend = fields.String(**_told("What to do about it."))
    problems = fields.List(
        fields.Nested(FileProblemSchema), **_told("Of a file that has problems: all.", always=False)
    )
    parameters = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        **_told("What is wrong with each parameter that cannot be used.", always=False),
    )
