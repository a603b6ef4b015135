"""The log: a line a record, which nobody can be found in."""

import json
import logging
import sys

import pytest

from survey.monitoring import logs

EMAIL = "ada@anytown.example"


def record(message="Two of %s", arguments=("three",), **more):
    made = logging.LogRecord("survey.jobs", logging.WARNING, "", 0, message, arguments, None)
    made.created = 1796025600.25
    for name, value in more.items():
        setattr(made, name, value)
    return made


def fault():
    try:
        raise ValueError(EMAIL)
    except ValueError:
        return sys.exc_info()


def test_a_line_in_json_says_when_how_bad_where_and_what():
    assert json.loads(logs.Json().format(record())) == {
        "time": "2026-11-30T08:00:00.250Z",
        "level": "warning",
        "logger": "survey.jobs",
        "message": "Two of three",
    }


def test_fields_of_a_record_stand_in_its_line():
    line = json.loads(logs.Json().format(record(fields={"status": 200})))
    assert line["status"] == 200


def test_a_line_as_text_says_the_same():
    line = logs.Text().format(record())
    assert line == "2026-11-30T08:00:00.250Z WARNING survey.jobs: Two of three"


@pytest.mark.parametrize("form", [logs.Json(), logs.Text()])
def test_a_fault_is_told_by_its_kind_and_place_without_its_words(form):
    line = form.format(record(exc_info=fault()))
    assert "ValueError" in line
    assert "in fault" in line
    assert EMAIL not in line


def test_a_fault_in_json_is_one_line():
    assert "\n" not in logs.Json().format(record(exc_info=fault()))


def test_there_is_no_id_where_there_is_no_request():
    assert logs.request_id() == ""


@pytest.fixture
def nothing_set_up(monkeypatch):
    """The root of all logs, as in a process that has just begun; pytest writes along elsewhere."""
    root = logging.getLogger()
    level = root.level
    yield lambda: monkeypatch.setattr(root, "handlers", [])
    root.setLevel(level)


@pytest.mark.parametrize(("form", "starts"), [("json", '{"time"'), ("text", "20")])
def test_lines_are_written_in_the_form_that_is_set(nothing_set_up, form, starts, capsys):
    nothing_set_up()
    logs.set_up({"LOG_FORMAT": "json", "LOG_LEVEL": "ERROR"})
    logs.set_up({"LOG_FORMAT": form, "LOG_LEVEL": "INFO"})
    logging.getLogger("survey.somewhere").info("It is.")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(starts)


def test_others_are_not_heard_at_every_step(nothing_set_up, capsys):
    nothing_set_up()
    logs.set_up({"LOG_FORMAT": "text", "LOG_LEVEL": "DEBUG"})
    logging.getLogger("urllib3.connectionpool").debug("POST /told?by=secret")
    assert capsys.readouterr().err == ""
