"""What the API answers of the library: capabilities, capability maps, roles."""

from __future__ import annotations

from marshmallow import fields

from survey.api.schemas import FixedSchema, told

ORIGIN = "“shipped”, “adapted” (shipped, and changed by the organisation) or “own”."


class CapabilityInListSchema(FixedSchema):
    """Something that an organisation must be able to do."""

    id = fields.String(attribute="part.id", **told("Its id, such as “digital/user-research”."))
    name = fields.String(attribute="part.name", **told("What it is called."))
    domain = fields.String(attribute="part.domain", **told("The part of its id before the slash."))
    summary = fields.String(attribute="part.summary", **told("What it is, in a sentence."))
    themes = fields.List(fields.String(), attribute="part.themes", **told("Words it is filed by."))
    origin = fields.String(**told(ORIGIN))


class PracticeSchema(FixedSchema):
    """Something colleagues do that shows a capability at work."""

    id = fields.String(**told("Its id within the capability."))
    text = fields.String(**told("What they do."))


class SourceSchema(FixedSchema):
    """Where a capability comes from."""

    framework = fields.String(**told("The id of a capability map."))
    name = fields.String(**told("What it is called there."))


class CapabilitySchema(CapabilityInListSchema):
    """A capability in full."""

    steps = fields.List(
        fields.String(), attribute="part.steps", **told("What it is like at each of five steps.")
    )
    practices = fields.List(
        fields.Nested(PracticeSchema), attribute="part.practices", **told("What shows it at work.")
    )
    roles = fields.List(
        fields.String(), attribute="part.roles", **told("The ids of the jobs that carry it.")
    )
    enables = fields.List(
        fields.String(), attribute="part.enables", **told("What it makes possible.")
    )
    related = fields.List(
        fields.String(), attribute="part.related", **told("The ids of those close to it.")
    )
    sources = fields.List(
        fields.Nested(SourceSchema), attribute="part.sources", **told("Where it comes from.")
    )
    maps = fields.List(fields.String(), **told("The ids of the capability maps that hold it."))


class MapInListSchema(FixedSchema):
    """A capability map: groups of capabilities, as somebody published them."""

    id = fields.String(attribute="part.id", **told("Its id."))
    title = fields.String(attribute="part.title", **told("What it is called."))
    publisher = fields.String(attribute="part.publisher", **told("Whose it is."))
    year = fields.Integer(
        attribute="part.year", allow_none=True, **told("When it was published; null: not known.")
    )
    url = fields.String(
        attribute="part.url", allow_none=True, **told("Where it can be read, if anywhere.")
    )
    origin = fields.String(**told(ORIGIN))


class CapabilityGroupSchema(FixedSchema):
    """Capabilities that a map shows together."""

    id = fields.String(**told("Its id within the map."))
    title = fields.String(**told("What it is called."))
    capabilities = fields.List(fields.String(), **told("The ids of its capabilities, in order."))


class MapSchema(MapInListSchema):
    """A capability map in full."""

    about = fields.String(attribute="part.about", **told("What it is for."))
    groups = fields.List(
        fields.Nested(CapabilityGroupSchema), attribute="part.groups", **told("Its groups.")
    )


class RoleInListSchema(FixedSchema):
    """A job that carries capabilities."""

    id = fields.String(**told("Its id."))
    name = fields.String(**told("What it is called."))
    summary = fields.String(**told("What somebody in it does."))


class RoleSchema(RoleInListSchema):
    """The same, with what it carries."""

    id = fields.String(attribute="role.id", **told("Its id."))
    name = fields.String(attribute="role.name", **told("What it is called."))
    summary = fields.String(attribute="role.summary", **told("What somebody in it does."))
    capabilities = fields.List(fields.String(), **told("The ids of the capabilities it carries."))
