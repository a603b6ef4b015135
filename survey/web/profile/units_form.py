"""The form with which units are chosen to be compared. It only asks: the address says which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from wtforms import Form, SelectField
from wtforms.fields import SelectChoice

from survey.operations.unit_comparing import MOST_COMPARED

if TYPE_CHECKING:
    from survey.operations.profile import UnitReport

INDENT: Final = "– "


def units_form(choices: Sequence[UnitReport], chosen: Sequence[str]) -> list[SelectField]:
    """A list to choose from for each unit that can be compared, all of the name `unit`."""
    highest = min((unit.depth for unit in choices), default=0)
    options = [
        SelectChoice(value="", label="No unit"),
        *(SelectChoice(value=unit.slug, label=_named(unit, highest)) for unit in choices),
    ]
    asked = [*chosen, *[""] * (MOST_COMPARED - len(chosen))]
    fields = []
    for place, slug in enumerate(asked[:MOST_COMPARED]):
        field = SelectField(f"Unit {place + 1}", choices=options, validate_choice=False)
        bound = field.bind(Form(), "unit", id=f"unit-{place + 1}")
        bound.process(None, slug)
        fields.append(bound)
    return fields


def _named(unit: UnitReport, highest: int) -> str:
    return INDENT * (unit.depth - highest) + unit.name
