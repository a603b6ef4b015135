"""What programs send as JSON, checked as far as that needs no database: operations say the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from survey.findings.words import ACTION_STATES
from survey.operations.planning import LONGEST_EVIDENCE, LONGEST_LINE
from survey.operations.responses_io import LONGEST_REASON, SHORTEST_REASON

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""Of the days that programs may name, as of those that people type."""

LONGEST_NAME: Final = 200
LARGEST: Final = 1_000_000


def _storable(text: str) -> None:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValidationError("It has a character that is no text.")


def _within_reason(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"It is not between {FIRST_YEAR} and {LAST_YEAR}.")


def _about(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description}, **more}


def _text(description: str, longest: int, **more: Any) -> fields.String:
    return fields.String(validate=[Length(max=longest), _storable], **_about(description, **more))


def _number(description: str, **more: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=Range(0, LARGEST), **_about(description, **more))


def _moment(description: str, **more: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(
        format="iso", validate=_within_reason, **_about(description, **more)
    )


class NewWaveSchema(Schema):
    """A wave to be prepared."""

    wave = _text("Its short name, which is in its address; nobody else has it.", 80, required=True)
    name = _text("What it is called.", LONGEST_NAME, required=True)
    questionnaire = _text(
        "What is asked: a questionnaire’s id, which means its latest version; or a version’s "
        "SHA-256, or the first 8 or more digits of it.",
        100,
        required=True,
    )
    threshold = _number("The fewest people behind any figure; at least 5, and 10 is usual.")
    closes_at = _moment("The last moment to answer.")
    open_link = fields.Boolean(**_about("Whether whoever has the address may answer."))
    send_invitations = fields.Boolean(
        **_about("Whether everybody is sent their link by e-mail when it opens.")
    )
    languages = fields.List(
        fields.String(validate=[Length(max=35), _storable]),
        **_about("In which it can be answered; all that the questionnaire has, if none is said."),
    )
    breakdowns = fields.List(
        fields.String(validate=[Length(max=100), _storable]),
        **_about("The ids of the questions by which profiles are split; all, if none is said."),
    )
    shares_figures = fields.Boolean(
        **_about("Whether others may be given figures of everybody together, to compare.")
    )
    contact = _text("An e-mail address of whom staff may ask.", 254)
    goal = _number("The share of people who should answer, in %.")
    grace_minutes = _number("How long those who have begun may finish when it ends.")
    keep_people_days = _number("Days after closing until it is forgotten who was asked.")

    @post_load
    def as_settings(self, loaded: dict[str, Any], **_: object) -> dict[str, Any]:
        """By the names that the operation knows."""
        names = {"wave": "slug", "threshold": "minimum_group"}
        values = {names.get(name, name): value for name, value in loaded.items()}
        if "languages" in values:
            values["languages"] = tuple(values["languages"])
        return values


class ExtensionSchema(Schema):
    """A later end of a wave."""

    closes_at = _moment("The last moment to answer, later than that which was said.", required=True)


class ReminderSchema(Schema):
    """A reminder."""

    due_at = _moment("When it goes; at once, if nothing is said.")


class ClosingSchema(Schema):
    """How a wave ends."""

    at_once = fields.Boolean(
        load_default=False,
        **_about("Whether those who have begun may not finish what they are writing."),
    )


class ActionTextSchema(Schema):
    """What somebody will do about a capability."""

    capability = _text("The id of what it is about.", 100, required=True)
    title = _text("What will be done, in a line.", LONGEST_LINE, required=True)
    owner = _text("Who sees to it, in words.", LONGEST_LINE, required=True)
    due = fields.Date(
        required=True, validate=_within_reason, **_about("By when, such as “2027-03-01”.")
    )
    state = fields.String(
        load_default="planned",
        validate=OneOf(list(ACTION_STATES)),
        **_about("How far it is: “planned”, “under-way”, “done” or “dropped”."),
    )
    evidence = _text("What shows that it has worked.", LONGEST_EVIDENCE, load_default="")
    unit = _text(
        "The short name of the unit that it is for. If nothing is said: of a new action the "
        "highest that the account may see, of another the one that it is for.",
        80,
        load_default=None,
    )


class ReasonSchema(Schema):
    """Why answers leave."""

    reason = _text(
        f"What they are needed for, in {SHORTEST_REASON} to {LONGEST_REASON} characters.",
        LONGEST_REASON,
        required=True,
    )


def in_utc(moment: datetime | None) -> datetime | None:
    """The same moment in UTC, as it is stored."""
    return moment and moment.astimezone(UTC)
