"""A resource of the API: a blueprint that documents itself and says its faults to programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, cast

from flask_smorest import Blueprint
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser

from survey.api import errors

View = Callable[..., Any]

OF_AN_ORGANISATION: Final = "/organisations/<organisation>"
OF_A_WAVE: Final = f"{OF_AN_ORGANISATION}/waves/<wave>"

_SLUGS: Final = {
    "organisation": "The organisation’s short name, as in the addresses of its pages.",
    "wave": "The wave’s short name, as in the addresses of its pages.",
}
_SLUG: Final = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}


class _Parser(FlaskParser):
    """What is asked after the question mark: a filter that there is not is no filter, and the
    answer would be another than the one that is meant."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": RAISE}


class Resource(Blueprint):
    """The addresses of one resource below PREFIX. `name` is also its heading in the
    documentation, and `parts` are what that says of parts of its addresses, by their name."""

    ARGUMENTS_PARSER = _Parser()

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        under: str,
        description: str,
        parts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(
            name, import_name, url_prefix=errors.PREFIX + under, description=description
        )
        self.parts = parts
        self.parameters = [
            {"name": name, "in": "path", "description": description, "schema": _SLUG}
            for name, description in _SLUGS.items()
            if f"<{name}>" in under
        ]
        self._prepare_doc_cbks.append(_add_headers)
        errors.answer_for(self)

    def add_url_rule(self, rule: str, *arguments: Any, **options: Any) -> None:
        """Add an address. It is taken as it is: a redirect that mends a doubled slash would be a
        page."""
        told = [
            {"name": name, "in": "path", "description": description}
            for name, description in self.parts.items()
            if f":{name}>" in rule
        ]
        options |= {"merge_slashes": False, "parameters": told}
        super().add_url_rule(rule, *arguments, **options)


def documented(**told: Any) -> Callable[[View], View]:
    """Say in the documentation what the decorators of a view do not."""
    decorator: Callable[[View], View] = Resource.doc(**told)
    return decorator


def faults(*statuses: int) -> dict[int, str]:
    """Answers of a view for its documentation, each known to it by the name of its status."""
    return {status: HTTPStatus(status).name for status in statuses}


def with_header(
    name: str, description: str, *, required: bool = False, **schema: str
) -> Callable[[View], View]:
    """Document a header that a view reads, beside its other parameters. It is text, of which
    `schema` may say more."""
    told = {
        "name": name,
        "in": "header",
        "description": description,
        "required": required,
        "schema": {"type": "string"} | schema,
    }

    def mark(view: View) -> View:
        marked: Any = documented()(view)  # which gives it an `_apidoc` of its own
        marked._apidoc.setdefault("headers", []).append(told)
        return cast(View, marked)

    return mark


def _add_headers(operation: dict[str, Any], told: dict[str, Any], **_: Any) -> dict[str, Any]:
    operation.setdefault("parameters", []).extend(told.get("headers", ()))
    return operation
