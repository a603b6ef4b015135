"""What the API answers of files."""

from __future__ import annotations

from marshmallow import fields

from survey.api.schemas import FixedSchema, told


class ExportSchema(FixedSchema):
    """A file that there is."""

    name = fields.String(**told("Its name, the last part of its address."))
    mimetype = fields.String(**told("Its media type."))
    about = fields.String(**told("What it is good for."))
    method = fields.String(**told("“GET”, or “POST”: then it has to be said what it is for."))
    address = fields.String(**told("Where it is, below the installation’s address."))
    scope = fields.String(**told("Which scope a token needs for it."))
