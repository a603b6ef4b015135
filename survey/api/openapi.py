"""The document that describes the API (OpenAPI 3.1), made of what the views declare."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from flask import Flask
from flask_smorest import Api

from survey.api import limits
from survey.api.errors import MIMETYPE, title_of
from survey.api.resource import Resource
from survey.api.schemas import ProblemDetailsSchema

KEPT: Final = "openapi"

ABOUT: Final = (
    "Programs do here what people do on the pages, for an account and with its permissions. Each "
    "request carries a token in the header Authorization, after the word Bearer; tokens are made "
    "on the account’s page. Answers are JSON in UTF-8, times are in UTC. What is refused is said "
    "as problem details (RFC 9457), with a title, a detail, and how to mend it. There may be only "
    "so many requests a minute, as every answer says in its header RateLimit. A request that makes "
    "something may carry a key in its header Idempotency-Key: then it can be sent again, and is "
    "done once."
)


class _Document(Api):
    """What the library says of resources, in our words and without its own ways with faults,
    lists and ETags."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """None for all of the application: pages have their own."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            told: dict[str, Any] = {"description": title_of(status)}
            if status >= HTTPStatus.BAD_REQUEST:
                told["content"] = {MIMETYPE: {"schema": ProblemDetailsSchema}}
            self.spec.components.response(status.name, told, lazy=True)

    def _register_etag_headers(self) -> None:
        """None: `conditions` documents them."""

    def _register_pagination_header(self) -> None:
        """None: `pages` documents them."""


def document(app: Flask) -> dict[str, Any]:
    """The document of an application's resources. Made when it is first asked for: most processes
    never are."""
    if KEPT not in app.extensions:
        app.extensions[KEPT] = _made(app)
    kept: dict[str, Any] = app.extensions[KEPT]
    return kept


def _made(app: Flask) -> dict[str, Any]:
    told = {
        "title": "Maturity Survey",
        "version": "1",
        "openapi_version": "3.1.0",
        "info": {"description": ABOUT},
    }
    api = _Document(app, spec_kwargs=told)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for name, resource in app.blueprints.items():
        if isinstance(resource, Resource):
            resource.register_views_in_doc(
                api, app, api.spec, name=name, parameters=resource.parameters
            )
            api.spec.tag({"name": name, "description": resource.description})
    made: dict[str, Any] = api.spec.to_dict()
    _add_limits(made)
    return made


def _add_limits(made: dict[str, Any]) -> None:
    """Say of every answer, in one place, which headers tell what is left of the limit."""
    kept = made["components"].setdefault("headers", {})
    links = {}
    for name, told in limits.HEADERS.items():
        kept[name.replace("-", "")] = told
        links[name] = {"$ref": f"#/components/headers/{name.replace('-', '')}"}
    for answer in _answers(made):
        answer["headers"] = answer.get("headers", {}) | links
    for status in (HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS):
        if status.name in made["components"]["responses"]:
            made["components"]["responses"][status.name]["headers"] |= limits.RETRY


def _answers(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those of each operation, and those to which several refer."""
    yield from made["components"]["responses"].values()
    for path in made["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                yield from (one for one in operation["responses"].values() if "$ref" not in one)
