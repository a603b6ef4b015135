"""Work in the background is watched where somebody may look: each job is a span, and is counted.

Of counting answers only is told that it was done: how long it took, and what it wrote, would tell
whether somebody has sent answers in the last minute.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from time import monotonic
from typing import Any, Final

from survey.monitoring import metrics, tracing

OF_STAFF: Final = frozenset({"tally"})
"""The jobs whose work is to be done because staff have answered."""


class Watch:
    """Over the jobs of this process. Nothing is loaded that nobody asked for.

    Raises WrongSetting where there are to be traces and the packages are not installed.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        endpoint = settings.get("OTEL_ENDPOINT")
        self._tracer = tracing.tracer(endpoint) if endpoint else None
        # Without a folder nobody could read what another process counts than that of the pages.
        self._figures = metrics.job_figures() if os.environ.get(metrics.FOLDER) else None

    @contextmanager
    def over(self, job: str) -> Iterator[None]:
        """Within it a job is done; it has failed where it raises something."""
        tracer = None if job in OF_STAFF else self._tracer
        began, outcome = monotonic(), "failed"
        try:
            with tracing.job(tracer, job) if tracer else nullcontext():
                yield
            outcome = "done"
        finally:
            if self._figures:
                seconds = None if job in OF_STAFF else monotonic() - began
                self._figures.ended(job, outcome, seconds)
