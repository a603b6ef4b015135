"""Figures for Prometheus. None is of one wave, unit or person; each has few labels of few values.

The library is loaded only where somebody may read them. Several processes count into files of one
folder, which `survey serve` makes and removes; without it a process tells of itself alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from platform import python_version
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from survey.engines import FAULTS
from survey.operations.standing import Standing, standing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
    from prometheus_client.metrics_core import Metric

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which the library finds the folder of the files."""

CONTENT_TYPE: Final = "text/plain; version=1.0.0; charset=utf-8"
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
JOB_SECONDS: Final = (0.01, 0.1, 1, 10, 60, 600, 3600)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Figures:
    """What this process counts."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    in_progress: Gauge

    def begin(self) -> None:
        """A request has come."""
        self.in_progress.inc()

    def answered(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """A request was answered. `endpoint`: one of those that there are, or a word for others."""
        self.requests.labels(endpoint, method if method in METHODS else "other", status).inc()
        self.seconds.labels(endpoint).observe(seconds)

    def end(self) -> None:
        """A request is over."""
        self.in_progress.dec()


@dataclass(frozen=True, slots=True)
class JobFigures:
    """What a worker counts."""

    jobs: Counter
    seconds: Histogram

    def ended(self, job: str, outcome: str, seconds: float | None) -> None:
        """A job has ended, done or failed. `seconds`: None where it is not to be told."""
        self.jobs.labels(job, outcome).inc()
        if seconds is not None:
            self.seconds.labels(job).observe(seconds)


def are_wanted(settings: Mapping[str, Any]) -> bool:
    """Whether anybody may read figures, so that they are counted."""
    return bool(settings["METRICS_TOKEN"] or os.environ.get(FOLDER))


@cache
def _registry() -> CollectorRegistry:
    from prometheus_client import CollectorRegistry, disable_created_metrics

    disable_created_metrics()  # type: ignore[no-untyped-call]  # when each was first counted
    return CollectorRegistry()


@cache
def figures() -> Figures:
    """What this process counts; from now on also its connections to databases."""
    from prometheus_client import Counter, Histogram

    registry = _registry()
    connections = _level(
        "database_connections_in_use", "Connections to the database that requests hold.", registry
    )
    event.listen(Pool, "checkout", lambda *_: connections.inc())
    event.listen(Pool, "checkin", lambda *_: connections.dec())
    return Figures(
        registry,
        Counter(
            "survey_requests",
            "Requests answered. All pages where staff answer are one endpoint, “answer”.",
            ("endpoint", "method", "status"),
            registry=registry,
        ),
        Histogram(
            "survey_request_seconds",
            "How long requests took.",
            ("endpoint",),
            registry=registry,
            buckets=SECONDS,
        ),
        _level("requests_in_progress", "Requests that are being answered.", registry),
    )


@cache
def job_figures() -> JobFigures:
    """What a worker counts in this process."""
    from prometheus_client import Counter, Histogram

    return JobFigures(
        Counter(
            "survey_jobs",
            "Jobs of the background that ended, done or failed.",
            ("job", "outcome"),
            registry=_registry(),
        ),
        Histogram(
            "survey_job_seconds",
            "How long they took. Of counting answers it is not told.",
            ("job",),
            registry=_registry(),
            buckets=JOB_SECONDS,
        ),
    )


def _level(name: str, about: str, registry: CollectorRegistry) -> Gauge:
    """A figure that goes up and down, added up over the processes that live."""
    from prometheus_client import Gauge

    return Gauge(f"survey_{name}", about, registry=registry, multiprocess_mode="livesum")


def exposition(opened: Callable[[], AbstractContextManager[Session]], folder: str = "") -> bytes:
    """All figures as Prometheus reads them: those of the processes that count into `folder`, or of
    this one, and how the database stands that `opened` opens."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    if folder:
        MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    counted = generate_latest(registry if folder else _of_this_process())
    standing_now = CollectorRegistry()
    standing_now.register(_Installation(opened))
    return counted + generate_latest(standing_now)


def _of_this_process() -> CollectorRegistry:
    job_figures()
    return figures().registry


class _Installation:
    """What is looked up when figures are read."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Session]]) -> None:
        self._opened = opened

    def collect(self) -> Iterator[Metric]:
        """The figures: without a database, that it is not there."""
        yield _gauge("build_info", "What runs.", 1, **_build())
        try:
            with self._opened() as session:
                found = standing(session)
        except FAULTS:
            yield _gauge("database_up", "Whether the database answers.", 0)
            return
        yield _gauge("database_up", "Whether the database answers.", 1)
        yield from _of(found)


def _build() -> dict[str, str]:
    return {"version": version("maturity-survey"), "python": python_version()}


def _of(found: Standing) -> Iterator[Metric]:
    yield _gauge("waves_open", "Waves that take answers.", found.waves_open)
    yield _gauge(
        "submissions",
        "Answers sent in all waves that are kept, down to whole tens.",
        found.submissions,
    )
    yield _gauge("webhooks_failing", "Webhooks whose receiver fails.", found.webhooks_failing)
    if found.worked is not None:
        yield _gauge(
            "worker_last_run_timestamp_seconds",
            "When a worker last looked for work; ahead of now while one is at it.",
            found.worked.timestamp(),
        )
    yield from _backlogs(found)


def _backlogs(found: Standing) -> Iterator[Metric]:
    from prometheus_client.metrics_core import GaugeMetricFamily

    waiting, failed, oldest = (
        GaugeMetricFamily(f"survey_background_{name}", about, labels=["kind"])
        for name, about in (
            ("waiting", "What waits for a worker."),
            ("failed", "What went wrong, until it is tried again or forgotten."),
            ("oldest_timestamp_seconds", "Since when the oldest waits, where anything does."),
        )
    )
    for one in found.backlogs:
        waiting.add_metric([one.kind], one.waiting)
        failed.add_metric([one.kind], one.failed)
        if one.oldest is not None:
            oldest.add_metric([one.kind], one.oldest.timestamp())
    yield from (waiting, failed, oldest)


def _gauge(name: str, about: str, value: float, **labels: str) -> Metric:
    from prometheus_client.metrics_core import GaugeMetricFamily

    made = GaugeMetricFamily(f"survey_{name}", about, labels=list(labels))
    made.add_metric(list(labels.values()), value)
    return made
