"""What the API answers of what leads plan."""

from __future__ import annotations

from marshmallow import fields

from survey.api.schemas import FixedSchema, told


class ActionSchema(FixedSchema):
    """What somebody will do about a capability."""

    id = fields.Integer(attribute="planned.action.id", **told("The number in its address."))
    capability = fields.String(
        attribute="planned.action.capability", **told("The id of what it is about.")
    )
    capability_name = fields.String(attribute="planned.name", **told("What that is called."))
    title = fields.String(attribute="planned.action.title", **told("What will be done."))
    owner = fields.String(attribute="planned.action.owner", **told("Who sees to it, in words."))
    due = fields.Date(attribute="planned.action.due", **told("By when."))
    state = fields.String(
        attribute="planned.action.state",
        **told("“planned”, “under-way”, “done” or “dropped”."),
    )
    evidence = fields.String(
        attribute="planned.action.evidence", **told("What shows that it has worked.")
    )
    unit = fields.String(
        attribute="planned.unit.slug",
        **told("The short name of the unit that it is for, with all below it."),
    )
    since = fields.String(
        attribute="planned.since.slug",
        **told("The short name of the wave from whose profile it was planned."),
    )
    target = fields.Integer(
        attribute="planned.target",
        allow_none=True,
        **told("The step that the capability is to reach, if one is set."),
    )
    overdue = fields.Boolean(**told("Whether it is still to be done, and should have been."))
    revision = fields.Integer(
        attribute="planned.action.revision", **told("How often it was written; also its ETag.")
    )
