"""Lists, a page at a time: which one is asked for, and the links to its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from flask import request
from marshmallow import Schema, fields, post_load
from marshmallow.validate import Range

Row = TypeVar("Row")

MOST: Final = 100
USUAL: Final = 25

HEADERS: Final = {
    "Total-Count": {"description": "How many there are in all.", "schema": {"type": "integer"}},
    "Link": {
        "description": "The addresses of the first, the previous, the next and the last page "
        "(RFC 8288), where there are such.",
        "schema": {"type": "string"},
    },
}
"""Of a list, for its documentation."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number, from 1, of so many rows. `wanted`: of which rows the list is made, by
    the names of the filters."""

    number: int
    size: int
    wanted: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The place of its first row in the list, from 0."""
        return (self.number - 1) * self.size

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Its rows, of all that there are."""
        return rows[self.first : self.first + self.size]


class PageSchema(Schema):
    """Which page of a list is asked for. Schemas of lists that can be filtered add the filters."""

    page = fields.Integer(
        load_default=1,
        validate=Range(1, 1_000_000),
        metadata={"description": "The page’s number."},
    )
    page_size = fields.Integer(
        load_default=USUAL,
        validate=Range(1, MOST),
        metadata={"description": "How many are on a page."},
    )

    @post_load
    def to_page(self, loaded: dict[str, Any], **_: object) -> Page:
        """The page."""
        return Page(loaded.pop("page"), loaded.pop("page_size"), loaded)


def headers_of(page: Page, total: int) -> dict[str, str]:
    """How many rows the list has, and the links to other pages."""
    last = max(1, -(-total // page.size))
    numbers = {"first": 1, "prev": page.number - 1, "next": page.number + 1, "last": last}
    links = [
        f'<{_address(number, page.size)}>; rel="{rel}"'
        for rel, number in numbers.items()
        if 1 <= number <= last
    ]
    return {"Total-Count": str(total), "Link": ", ".join(links)}


def _address(number: int, size: int) -> str:
    asked = {"page": number, "page_size": size}
    return f"{request.path}?{urlencode(request.args.to_dict() | asked)}"
