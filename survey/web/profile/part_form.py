"""The form with which a profile is narrowed to some capabilities, and what the address says of it.

It only asks: nothing is kept, so the address alone leads to what is seen.
"""

from __future__ import annotations

from typing import Final

from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields import SelectChoice

from survey.operations.narrowing import Offered, Part

KINDS: Final = ("domain", "theme", "map", "group")
"""By what a profile is narrowed: the names of parameters of an address."""


class PartForm(FlaskForm):
    """Of which capabilities."""

    class Meta:
        """Nothing is changed by asking, so there is nothing to protect."""

        csrf = False

    domain = SelectField("Domain", validate_choice=False)
    theme = SelectField("Theme", validate_choice=False)
    map = SelectField("Capability map", validate_choice=False)


def part_asked_for() -> Part:
    """The part that the address names."""
    return Part(**part_in_address())


def part_in_address() -> dict[str, str]:
    """The same as parameters, for addresses that lead to the same part."""
    return {kind: request.args[kind] for kind in KINDS if request.args.get(kind)}


def part_form(offered: Offered, part: Part) -> PartForm:
    """The form, with only what there is to choose, and what is chosen now."""
    form = PartForm(formdata=None, domain=part.domain, theme=part.theme, map=part.map)
    everything = {
        "domain": ("All domains", offered.domains),
        "theme": ("All themes", offered.themes),
        "map": ("As the questionnaire groups them", offered.maps),
    }
    for name, (all_of_them, some) in everything.items():
        form[name].choices = [
            SelectChoice(value=id_, label=title) for id_, title in (("", all_of_them), *some)
        ]
        if not some:
            del form[name]
    return form


def said(offered: Offered, part: Part, group: str = "") -> str:
    """What is shown, in words; nothing where that is all. group: the title of the one asked for."""
    names = {
        "domain": dict(offered.domains).get(part.domain, part.domain),
        "theme": dict(offered.themes).get(part.theme, part.theme),
        "group": group if part.group else "",
        "map": dict(offered.maps).get(part.map, part.map),
    }
    ways = {
        "domain": "the domain “{}”",
        "theme": "the theme “{}”",
        "group": "the group “{}”",
        "map": "grouped as in the map “{}”",
    }
    return ", ".join(ways[kind].format(name) for kind, name in names.items() if name)
