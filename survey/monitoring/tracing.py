"""Traces by OpenTelemetry, where OTEL_ENDPOINT says where they go: a span a request or a job of the
background, and one for each statement that it sends to the database.

A span has the route or the name of the job, never an address; a statement has no parameters; a
fault has no words. Of pages where staff answer there is none. Without the setting nothing of this
is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, request
from sqlalchemy import Connection, Engine, event

from survey.config import PREFIX, WrongSetting

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

NAME: Final = "maturity-survey"
PATH: Final = "/v1/traces"
FAULT: Final = 500
SPAN: Final = "survey.span"


def init_app(app: Flask, *, but: Callable[[], bool]) -> None:
    """Trace requests to `app`, but those of which it is said that they are not to be.

    Raises WrongSetting where the packages are not installed.
    """
    if app.config["OTEL_ENDPOINT"]:
        _trace_requests(app, tracer(app.config["OTEL_ENDPOINT"]), but)


def check(endpoint: str) -> None:
    """Raises WrongSetting where traces are to go somewhere and the packages are not installed."""
    if endpoint:
        try:
            import opentelemetry.exporter.otlp.proto.http
            import opentelemetry.sdk.trace  # noqa: F401 -- whether it is there
        except ImportError as fault:
            raise WrongSetting(
                f"{PREFIX}OTEL_ENDPOINT is set, but OpenTelemetry is not installed: "
                f"pip install '{NAME}[telemetry]', or leave the setting empty."
            ) from fault


@cache
def tracer(endpoint: str) -> Tracer:
    """What begins spans that go there; from now on also a span for each statement within one.

    Raises WrongSetting where the packages are not installed.
    """
    check(endpoint)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    about = Resource.create({"service.name": NAME, "service.version": version(NAME)})
    provider = TracerProvider(resource=about)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint}{PATH}")))
    made = provider.get_tracer(NAME)
    _trace_statements(made)
    return made


@contextmanager
def job(tracer: Tracer, name: str) -> Iterator[None]:
    """Within it a job of the background is done, in a span that says how it ended."""
    from opentelemetry import trace

    with tracer.start_as_current_span(
        f"job {name}",
        attributes={"job.name": name},
        record_exception=False,  # its words may quote people
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except Exception as fault:
            span.set_attributes({"job.outcome": "failed", "error.type": type(fault).__name__})
            span.set_status(trace.StatusCode.ERROR)
            raise
        span.set_attribute("job.outcome", "done")


def _trace_requests(app: Flask, tracer: Tracer, but: Callable[[], bool]) -> None:
    from opentelemetry import context, trace
    from opentelemetry.propagate import extract

    @app.before_request
    def begin() -> None:
        if but():
            return
        route = request.url_rule.rule if request.url_rule else ""
        span = tracer.start_span(
            f"{request.method} {route}".strip(),
            extract(request.headers),
            trace.SpanKind.SERVER,
            {"http.request.method": request.method, "http.route": route},
        )
        request.environ[SPAN] = span, context.attach(trace.set_span_in_context(span))

    @app.after_request
    def note(response: Response) -> Response:
        if SPAN in request.environ:
            span, _ = request.environ[SPAN]
            span.set_attribute("http.response.status_code", response.status_code)
            if response.status_code >= FAULT:
                span.set_status(trace.StatusCode.ERROR)
        return response

    @app.teardown_request
    def end(_fault: BaseException | None) -> None:
        if SPAN in request.environ:
            span, before = request.environ.pop(SPAN)
            context.detach(before)
            span.end()


def _trace_statements(tracer: Tracer) -> None:
    from opentelemetry import trace

    def begin(connection: Connection, _cursor: Any, statement: str, *about: Any) -> None:
        _, ran, _ = about
        if trace.get_current_span().is_recording():
            ran.span = tracer.start_span(
                statement.split(maxsplit=1)[0].upper(),
                kind=trace.SpanKind.CLIENT,
                attributes={
                    "db.system.name": connection.dialect.name,
                    "db.query.text": statement,
                },
            )

    def end(_connection: Connection, _cursor: Any, _statement: str, *about: Any) -> None:
        _, ran, _ = about
        if span := getattr(ran, "span", None):
            span.end()

    def fail(fault: Any) -> None:
        if span := getattr(fault.execution_context, "span", None):
            span.set_status(trace.StatusCode.ERROR)
            span.end()

    event.listen(Engine, "before_cursor_execute", begin)
    event.listen(Engine, "after_cursor_execute", end)
    event.listen(Engine, "handle_error", fail)
