"""A resource of the API: a blueprint that documents itself and says its faults to programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, cast

from flask_smorest import Blueprint

from survey.api import errors

View = Callable[..., Any]

OF_AN_ORGANISATION: Final = "/organisations/<organisation>"

_SLUG: Final = {
    "name": "organisation",
    "in": "path",
    "description": "The organisation’s short name, as in the addresses of its pages.",
    "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80},
}


class Resource(Blueprint):
    """The addresses of one resource below PREFIX. `name` is also its heading in the
    documentation, and `parts` are what that says of parts of its addresses, by their name."""

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
        self.parameters = [_SLUG] if under.startswith(OF_AN_ORGANISATION) else []
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


def with_header(name: str, description: str, *, required: bool = False) -> Callable[[View], View]:
    """Document a header that a view reads, beside its other parameters."""
    told = {
        "name": name,
        "in": "header",
        "description": description,
        "required": required,
        "schema": {"type": "string"},
    }

    def mark(view: View) -> View:
        marked: Any = documented()(view)  # which gives it an `_apidoc` of its own
        marked._apidoc.setdefault("headers", []).append(told)
        return cast(View, marked)

    return mark


def _add_headers(operation: dict[str, Any], told: dict[str, Any], **_: Any) -> dict[str, Any]:
    operation.setdefault("parameters", []).extend(told.get("headers", ()))
    return operation
