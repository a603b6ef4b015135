"""Jobs of the background are spans with their statements, and are counted; of counting answers
nothing is told that says whether anybody has answered."""

import prometheus_client  # noqa: F401 -- before there is a folder: it decides once how to count
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from survey.database import session_scope
from survey.jobs import Jobs
from survey.monitoring import metrics, tracing
from tests import make_stored as make
from tests.receiver import receiving

SECRET = "what nobody may read in a trace"


@pytest.fixture
def jobs(sqlite_url, tmp_path, monkeypatch):
    """A worker that sends traces and counts."""
    monkeypatch.setenv(metrics.FOLDER, str(tmp_path))
    with receiving() as receiver:
        endpoint = f"http://127.0.0.1:{receiver.port}"
        made = Jobs(
            {
                "DATABASE_URL": sqlite_url,
                "SECRET_KEY": "k" * 32,
                "BASE_URL": "https://survey.example",
            }
            | {"OTEL_ENDPOINT": endpoint, "INSTANCE": tmp_path}
        )
        made.told = lambda: told(endpoint, receiver)
        yield made
        made._sessions.kw["bind"].dispose()


def told(endpoint, receiver):
    """The spans that have come, by name: each with its attributes and what it is within."""
    tracing.tracer(endpoint).span_processor.force_flush()
    spans = [
        span
        for _, _, body in receiver.came
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    names = {span.span_id: span.name for span in spans}
    return [
        (
            span.name,
            {one.key: one.value.string_value for one in span.attributes},
            names.get(span.parent_span_id),
        )
        for span in spans
    ]


def counted(job, outcome):
    return metrics.figures().registry.get_sample_value(
        "survey_jobs_total", {"job": job, "outcome": outcome}
    )


def test_a_job_is_a_span_around_its_statements(jobs):
    jobs.do_all()
    spans = jobs.told()
    ended = {name: about["job.outcome"] for name, about, _ in spans if name.startswith("job ")}
    assert ended["job close_waves"] == ended["job deliver"] == "done"
    within = {around for name, about, around in spans if "db.query.text" in about}
    assert "job close_waves" in within
    assert within <= {*ended}


def test_a_job_that_fails_says_so_without_words(jobs, monkeypatch):
    def close_waves():
        raise LookupError(SECRET)

    monkeypatch.setattr(jobs, "close_waves", close_waves)
    before = counted("close_waves", "failed") or 0
    jobs.do_all()
    spans = jobs.told()
    (about,) = [about for name, about, _ in spans if name == "job close_waves"]
    assert (about["job.outcome"], about["error.type"]) == ("failed", "LookupError")
    assert SECRET not in repr(spans)
    assert counted("close_waves", "failed") == before + 1


def test_nothing_tells_when_answers_were_counted(jobs, sqlite_url):
    with session_scope(sqlite_url) as session:
        make.wave(session)
        session.commit()
    before = counted("tally", "done") or 0
    jobs.do_all()
    assert counted("tally", "done") == before + 1
    assert not any("tally" in repr(span) for span in jobs.told())
    text = metrics.exposition(jobs.opened).decode()
    assert 'survey_job_seconds_count{job="deliver"}' in text
    assert 'survey_job_seconds_count{job="tally"}' not in text


def test_nothing_is_counted_where_nobody_can_read_it(sqlite_url, monkeypatch):
    monkeypatch.delenv(metrics.FOLDER, raising=False)
    before = counted("tally", "done")
    made = Jobs(
        {"DATABASE_URL": sqlite_url, "SECRET_KEY": "k" * 32, "BASE_URL": "https://survey.example"}
    )
    made._try(made.tally)
    assert counted("tally", "done") == before
    made._sessions.kw["bind"].dispose()
