"""What the API answers of waves."""

from __future__ import annotations

from marshmallow import fields

from survey.api.schemas import FixedSchema, told


class ParticipationSchema(FixedSchema):
    """Who was asked, and how many have answered."""

    invited = fields.Integer(
        allow_none=True, **told("How many people are asked; null where that is not known.")
    )
    responded = fields.Integer(
        allow_none=True, **told("How many have answered; null where that is withheld.")
    )
    rate = fields.Float(
        allow_none=True, **told("The share who have answered, from 0 to 1; null: not to be said.")
    )


class WaveInListSchema(FixedSchema):
    """One round of asking."""

    wave = fields.String(attribute="wave.slug", **told("Its short name."))
    name = fields.String(attribute="wave.name", **told("What it is called."))
    state = fields.String(
        attribute="wave.state",
        **told("“prepared”, “open”, “closing” (who has begun may finish) or “closed”."),
    )
    version = fields.String(
        attribute="wave.version_digest", **told("The SHA-256 of what is asked.")
    )
    threshold = fields.Integer(
        attribute="wave.minimum_group", **told("The fewest people behind any figure.")
    )
    opened_at = fields.AwareDateTime(
        attribute="wave.opened_at", allow_none=True, **told("When it opened; null: not yet.")
    )
    closes_at = fields.AwareDateTime(
        attribute="wave.closes_at", allow_none=True, **told("Its last moment, if one is set.")
    )
    closed_at = fields.AwareDateTime(
        attribute="wave.closed_at", allow_none=True, **told("When it closed; null: not yet.")
    )
    simulated = fields.Boolean(
        attribute="wave.simulated", **told("Whether its answers are made up, to try things out.")
    )
    imported = fields.Boolean(**told("Whether its figures were counted elsewhere."))


class WaveSchema(WaveInListSchema, ParticipationSchema):
    """A wave, and how many have answered it."""

    languages = fields.List(
        fields.String(), attribute="wave.languages", **told("In which it can be answered.")
    )
    breakdowns = fields.List(
        fields.String(),
        attribute="wave.breakdowns",
        **told("The ids of the questions by which its profile is split."),
    )
    open_link = fields.Boolean(
        attribute="wave.open_link", **told("Whether whoever has the address may answer.")
    )
    goal = fields.Integer(attribute="wave.goal", **told("The share who should answer, in %."))
    unit = fields.String(
        allow_none=True,
        **told("Of which unit the numbers below are; null: of the whole organisation."),
    )


class ResponseRateSchema(ParticipationSchema):
    """How many have answered in a unit with all below it."""

    unit = fields.String(**told("The unit’s short name."))
    name = fields.String(**told("The unit’s name."))
    depth = fields.Integer(**told("How far below the whole organisation it is, which has 0."))
    above = fields.String(
        allow_none=True,
        **told("The short name of the unit that it is in; null for the first of the list."),
    )
    rate_before = fields.Float(
        allow_none=True,
        **told("The same in the wave before; null where there is none, or once this has closed."),
    )
    withheld = fields.Boolean(
        **told("Whether too few are asked for their answers to be counted in public.")
    )


class CheckSchema(FixedSchema):
    """Something that was looked at before a wave opens."""

    about = fields.String(**told("What was looked at."))
    level = fields.String(**told("“good”, “look”, or “stop”: opening it would not work."))
    finding = fields.String(**told("What was found."))
    mend = fields.String(**told("What to do about it, if anything."))


class PreflightSchema(FixedSchema):
    """Whether a wave could open, and what answers to expect."""

    ready = fields.Boolean(**told("Whether nothing of it says “stop”."))
    asked = fields.Integer(**told("How many people would be asked."))
    expected_answers = fields.Integer(**told("How many would answer if the goal is reached."))
    half_width = fields.Float(
        allow_none=True,
        **told("How sure the organisation’s mean would then be, in steps; null: not known."),
    )
    small_units = fields.List(
        fields.String(), **told("The names of units that are too small to be shown.")
    )
    checks = fields.List(fields.Nested(CheckSchema), **told("What was looked at."))


class MailingSchema(FixedSchema):
    """Letters that are planned. Those who get them are found out when it is due."""

    number = fields.Integer(**told("Which of the wave’s mailings it is."))
    kind = fields.String(**told("“reminder” or “invitation”."))
    due_at = fields.AwareDateTime(**told("When it goes."))
