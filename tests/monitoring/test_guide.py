"""The guide for operators names every figure that there is, and no other."""

import re
from contextlib import nullcontext

import pytest

from survey.config import ROOT
from survey.monitoring import metrics
from survey.operations.standing import WORK
from survey.storage import leases
from tests.make_stored import NOON


@pytest.mark.parametrize("shared_engine", ["sqlite"], indirect=True)
def test_the_guide_names_every_figure(session):
    leases.take(session, WORK, "me", now=NOON, until=NOON)
    told = metrics.exposition(lambda: nullcontext(session)).decode()
    guide = (ROOT / "docs" / "monitor.md").read_text()
    named = re.findall(r"^\| `(survey_\w+)` \|.*\|.*\|$", guide, re.M)
    assert set(named) == set(re.findall(r"^# TYPE (\w+)", told, re.M))
