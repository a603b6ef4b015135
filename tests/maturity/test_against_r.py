"""Our figures beside those of R's packages psych and survey, on the data that comes with them: what
2,700 people said of themselves, and 200 schools of California. Only where R is installed."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from survey.maturity.agreement import icc
from survey.maturity.change import benjamini_hochberg, change, mann_whitney_u
from survey.maturity.intervals import wilson
from survey.maturity.moments import Moments
from survey.maturity.reliability import (
    alpha,
    correlations,
    item_rest,
    omega,
    one_factor,
    standardised_alpha,
)
from survey.maturity.weighting import post_stratified, raked

SCRIPT = Path(__file__).parent / "r" / "figures.R"
GET = "On Debian or Ubuntu: apt-get install r-cran-psych r-cran-survey"
QUESTIONS = ("A2", "A3", "A4", "A5")


@pytest.fixture(scope="module")
def r():
    """Every figure of the script, by name. Optional, in CI as well: no figure is made by R."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip(f"R is missing. {GET}")
    done = subprocess.run([program, SCRIPT], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"R lacks a package: {done.stderr.strip().splitlines()[-1]}. {GET}")
    lines = (line.split() for line in done.stdout.splitlines())
    return {name: np.array(numbers, float) for name, *numbers in lines}


@pytest.fixture
def rated(r):
    return np.column_stack([r[f"ratings.{question}"] for question in QUESTIONS]).astype(int)


def counts(ratings):
    return np.bincount(ratings, minlength=7)[1:].tolist()


def test_reliability_is_that_of_psych(r, rated):
    of = Moments.of(rated)
    assert alpha(of) == pytest.approx(r["alpha"][0])
    assert item_rest(of) == pytest.approx(r["item_rest"])
    pairs = correlations(of)[np.triu_indices(len(QUESTIONS), 1)]
    assert standardised_alpha(pairs, len(QUESTIONS)) == pytest.approx(r["standardised_alpha"][0])


def test_loadings_and_omega_are_those_of_minimum_residuals_in_psych(r, rated):
    loadings = one_factor(correlations(Moments.of(rated)))
    assert loadings == pytest.approx(r["loadings"], abs=1e-4)
    assert omega(loadings) == pytest.approx(r["omega"][0], abs=1e-4)


def test_intraclass_correlation_is_that_of_psych(r, rated):
    units = [(row.size, int(row.sum()), int((row**2).sum())) for row in rated[:200]]
    assert [float(one) for one in icc(units)] == pytest.approx(r["icc"])


def test_differences_are_those_of_ranks(r, rated):
    of_men, of_women = (counts(rated[r["gender"] == gender, 2]) for gender in (1, 2))
    found = change(of_men, of_women)
    assert found.delta == pytest.approx(r["delta"][0])
    assert found.p == pytest.approx(r["brunner_munzel_p"][0], rel=1e-6)
    assert mann_whitney_u(of_men, of_women) == r["mann_whitney_u"][0]


def test_many_tests_are_adjusted_as_r_does(r):
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]
    assert benjamini_hochberg(p) == pytest.approx(r["benjamini_hochberg"])


def test_a_share_has_the_limits_of_prop_test(r):
    assert wilson(38, 251) == pytest.approx(r["wilson"], abs=1e-5)


def test_weights_are_those_of_post_stratification_in_survey(r):
    invited, answered = ([int(one) for one in r[name]] for name in ("invited", "answered"))
    found = post_stratified(invited, answered, r["means"])
    assert found.weighted_mean == pytest.approx(r["weighted_mean"][0])
    assert found.design_effect == pytest.approx(r["design_effect"][0])


def test_raking_is_that_of_survey(r):
    found = raked(r["table"].reshape(3, 2), r["invited"], r["awards"])
    assert np.ravel(found) == pytest.approx(r["raked"], rel=1e-6)
