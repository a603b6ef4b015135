"""Figures that may not be seen are in no part of a file: no chart, sheet, note or property."""

from datetime import date

import pytest

from survey.maturity.profile import Shown
from survey.reports import deck, plan_document, workbook
from survey.reports.contents import Subject, contents
from tests import make_stored as make
from tests.reports.office_files import made, texts

pytestmark = pytest.mark.parametrize("shared_engine", ["sqlite"], indirect=True)

OF_FOUR = "2.25"
"""The mean of the four whose figures are withheld: no other figure is that."""


@pytest.fixture
def told(session):
    answers = {"adults": [1, 1, 2, 5], "places": [3] * 9 + [4] * 5 + [5] * 3}
    make.closed_wave(session, answers, minimum_group=10, invited={"adults": 8, "places": 30})
    return lambda unit=None: contents(
        session, None, Subject("autumn", unit), today=date(2026, 9, 30)
    )


@pytest.mark.parametrize("module", [deck, workbook, plan_document])
@pytest.mark.parametrize("unit", [None, "adults"])
def test_the_mean_of_too_few_is_nowhere(told, module, unit):
    about = told(unit)
    seen = about.profile.capabilities if unit else [row.cells[0] for row in about.heat.rows]
    assert not any(isinstance(getattr(one, "measure", one), Shown) for one in seen)
    said = texts(made(module, about))
    assert said
    assert not [name for name, text in said.items() if OF_FOUR in text]


@pytest.mark.parametrize("module", [deck, workbook])
def test_a_mean_that_may_be_seen_is_there(told, module):
    whole = told().profile.capabilities[0].measure
    assert isinstance(whole, Shown)
    said = "".join(texts(made(module, told())).values())
    assert f"{whole.mean:.2f}" in said or repr(whole.mean)[:8] in said
