"""Traces: where packages are missing, that is said. What they hold: tests/cli/test_serving.py."""

import sys

import pytest

from survey.config import WrongSetting
from survey.monitoring import tracing
from tests.cli.conftest import Survey

ENDPOINT = "http://127.0.0.1:4318"


@pytest.fixture
def not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)


def test_missing_packages_are_said_with_how_to_install_them(not_installed):
    with pytest.raises(WrongSetting, match=r"pip install 'maturity-survey\[telemetry\]'"):
        tracing.check(ENDPOINT)


def test_the_doctor_says_so_too(not_installed, tmp_path):
    environment = {"SURVEY_OTEL_ENDPOINT": ENDPOINT, "SURVEY_DATABASE_URL": f"sqlite:///{tmp_path}"}
    (line,) = Survey(environment).refuses("doctor")
    assert "SURVEY_OTEL_ENDPOINT" in line


def test_nothing_is_missed_where_no_traces_are_made(not_installed):
    tracing.check("")
