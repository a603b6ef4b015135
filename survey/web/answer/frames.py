"""Pages that differ between two people in a few places only, rendered once and kept.

What a page is made of is what it is kept under, so none is ever shown stale: where a wave is
renamed, there is another page. What belongs to one person is no part of it: their token, their
address, what they chose go into slots that rendering left open, and are kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from flask import render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from survey.web import languages

KEPT: Final = 1000
"""Pages and parts kept in memory, at most 8 KB each; the one not shown for longest goes first."""

# Characters that no text has: HTML forbids them, and the checker of questionnaires refuses them.
_SLOT: Final = re.compile("\x03(.*?)\x04")
_TOKEN: Final = "csrf_token"  # noqa: S105 -- the name of a slot


def around(template: str, own: Mapping[str, str], **values: Hashable) -> Markup:
    """The page, or the part of one, that `template` makes of `values`, with what is this person's
    `own` in its slots.

    Values reach the template under their names, and so do slots. The token of forms is a slot of
    every page.
    """
    made_of = tuple(values.items())
    parts = _rendered(template, languages.spoken(), request.script_root, tuple(own), made_of)
    filled = list(parts)
    for place in range(1, len(filled), 2):
        slot = filled[place]
        filled[place] = generate_csrf() if slot == _TOKEN else escape(own.get(slot, ""))
    return joined(filled)


def joined(parts: Iterable[str]) -> Markup:
    """Parts of pages, rendered or escaped, one after the other. (`Markup.join` would escape each
    once more, to find that it need not.)"""
    return Markup("".join(parts))  # noqa: S704 -- as said


@lru_cache(maxsize=KEPT)
def _rendered(
    template: str,
    _spoken: languages.Spoken,
    _root: str,
    slots: tuple[str, ...],
    values: tuple[tuple[str, Hashable], ...],
) -> tuple[str, ...]:
    """Text, slot, text, slot, …, text."""
    left_open = {slot: _left_open(slot) for slot in slots}
    html = render_template(
        template, **left_open, **dict(values), **{_TOKEN: lambda: _left_open(_TOKEN)}
    )
    return tuple(_SLOT.split(html))


def _left_open(slot: str) -> Markup:
    return Markup("\x03{}\x04").format(slot)
