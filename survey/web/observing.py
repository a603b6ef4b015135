"""Looks on while requests are answered: an id for each, a line in the log, figures.

Whoever answers a survey is not watched. A line that said when a page of theirs was asked for could
be laid beside what a network keeps; so a line is written of such a page only if it failed, by a
fault of ours, and in figures all of these pages are one.
"""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Final

from flask import Flask, Response, request

from survey.monitoring import logs, metrics

log = logging.getLogger("survey.requests")

NOWHERE: Final = "no such page"
ANSWERING: Final = "answer"
"""The blueprint where staff answer, and what all of its pages are called in figures."""

FRONT: Final = "home.front"
"""Here a code may be typed that leads to a survey."""

CHECKS: Final = "health"
"""The blueprint that machines ask every few seconds."""

FAULT: Final = 500
BEGAN: Final = "survey.began"


def is_of_staff() -> bool:
    """Whether this request is of somebody who answers a survey, or is about to."""
    return request.blueprint == ANSWERING or request.endpoint == FRONT


def init_app(app: Flask) -> None:
    """Look on at all requests to `app`. Before anything else is set up that may answer them."""
    counted = metrics.figures() if metrics.are_wanted(app.config) else None

    @app.before_request
    def begin() -> None:
        request.environ[BEGAN] = perf_counter()
        if counted:
            counted.begin()

    @app.after_request
    def note(response: Response) -> Response:
        response.headers[logs.REQUEST_ID] = logs.request_id()
        seconds = perf_counter() - request.environ[BEGAN]
        _write(response, seconds)
        if counted:
            counted.answered(_counted_as(), request.method, response.status_code, seconds)
        return response

    @app.teardown_request
    def end(_fault: BaseException | None) -> None:
        if request.environ.pop(BEGAN, None) and counted:
            counted.end()


def _counted_as() -> str:
    return ANSWERING if is_of_staff() else request.endpoint or NOWHERE


def _write(response: Response, seconds: float) -> None:
    status = response.status_code
    if status < FAULT and (is_of_staff() or request.blueprint == CHECKS):
        return
    route = request.url_rule.rule if request.url_rule else NOWHERE
    milliseconds = round(seconds * 1000, 1)
    log.info(
        "%s %s %s in %s ms",
        request.method,
        route,
        status,
        milliseconds,
        extra={
            "fields": {
                "method": request.method,
                "route": route,
                "status": status,
                "milliseconds": milliseconds,
                "bytes": response.content_length,
            }
        },
    )
