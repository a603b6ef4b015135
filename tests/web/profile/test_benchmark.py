"""Leads see where they stand among ten others or more, and never one of the others."""

import json
import re

import altair
import pytest

from survey.charts.look import Look
from survey.charts.pictures import of_benchmark
from survey.database import session_scope
from survey.findings import sentences
from survey.maturity.benchmark import NoQuartiles, Quartiles
from survey.operations import organising, running
from survey.operations.benchmark_reporting import BenchmarkReport, Standing, benchmark_report
from survey.operations.profile import CapabilityFigure
from tests import make_benchmarks as others
from tests.make_profile import shown
from tests.web.profile.test_pages import row_of, said

DESIGN = others.DESIGN
PAGE = "/profiles/autumn/benchmark"
CAPABILITY = f"/profiles/autumn/capabilities/{DESIGN}"
CHART = "/profiles/autumn/charts/benchmark.1"
MEANS = [2.0513, 2.1537, 2.3119, 2.4327, 2.5143, 2.6717, 2.7123, 2.8319, 2.9731, 3.1327]


@pytest.fixture(scope="module")
def database(database, request):
    """Ten others that asked for Design as Anytown did; of Sharing nine, of which one is large."""
    with session_scope(database) as session:
        wave = running.wave(session, "autumn")
        asked = others.alike(session, wave)
        files = []
        for number, mean in enumerate(MEANS):
            figures = {DESIGN: others.figure(asked[DESIGN], mean)}
            if number:
                figures[others.SHARING] = others.figure(asked[others.SHARING], mean)
            files.append((f"{number}.json", others.file(f"Council {number}", figures)))
        others.take_in(session, organising.organisation(session, "anytown"), files)
        session.commit()
    return database


def test_the_quarter_and_the_quartiles_are_said(lead):
    page = lead.get(PAGE)
    assert "Among others: highest quarter on 1, of 1 capability" in said(page)
    row = row_of(page, "Design")
    assert row[1:3] == ["3.00", "Highest quarter"]
    assert row[6] == "10"
    assert [2.0 < float(cell) < 3.1 for cell in row[3:6]] == [True] * 3
    assert row_of(page, "Sharing") == ["Sharing", "3.00", "9 of 10 organisations are in"]


def test_the_capability_says_it_in_a_sentence_and_a_unit_does_not(lead, sign_in):
    expected = "Among 10 other organisations: higher than about three quarters of them."
    assert expected in said(lead.get(CAPABILITY))
    assert "Among 10" not in said(sign_in("adults").get(CAPABILITY))


def test_the_overview_leads_to_it(lead):
    assert f'href="{PAGE}"' in lead.get("/profiles/autumn").text


@pytest.mark.parametrize("address", [PAGE, f"{CHART}.svg", f"{CHART}.json"])
def test_whoever_is_limited_to_a_unit_or_elsewhere_sees_none(sign_in, address):
    for name, at in (("adults", "anytown"), ("author", "anytown"), ("stranger", "elsewhere")):
        assert sign_in(name, at).get(address).status_code == 404
    assert sign_in().get(address).status_code == 303
    assert sign_in("viewer").get(address).status_code == 200


def test_before_the_end_there_is_nothing_to_compare(lead):
    assert lead.get("/profiles/spring/benchmark").status_code == 404
    assert "Too few people answered" in said(lead.get("/profiles/quiet/benchmark"))


@pytest.mark.parametrize("address", [PAGE, CAPABILITY, f"{CHART}.json", "/profiles/autumn"])
def test_attack_15_no_other_is_named_anywhere_a_lead_can_look(lead, address):
    assert "Council" not in lead.get(address).text


def test_attack_15_no_number_of_the_chart_is_anothers_mean(lead):
    numbers = [float(found) for found in re.findall(r"\d\.\d+", lead.get(f"{CHART}.json").text)]
    assert len(numbers) > 6
    assert not any(abs(number - mean) < 1e-6 for number in numbers for mean in MEANS)


def test_the_chart_shows_own_mean_band_and_median_alone(lead):
    layers = json.loads(lead.get(f"{CHART}.json").text)["layer"]
    told = [one for layer in layers for one in layer["data"]["values"] if "Name" in one]
    named = [set(one) - {"x", "y", "start", "end", "top", "bottom"} for one in told]
    assert named == [
        {"Name", "Middle half of the others"},
        {"Name", "Median of the others"},
        {"Name", "Who", "Mean", "People", "Compared"},
    ]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_is_valid_and_says_the_same_in_words(database, narrow, dark):
    with session_scope(database) as session:
        (chart,) = of_benchmark(benchmark_report(session, "autumn", None)).values()
    altair.Chart.from_dict(chart.specification(Look(narrow, dark)), validate=True)
    assert "Design: Own mean 3.00, Middle half of the others 2." in chart.description
    assert re.search(r"Median of the others 2\.\d\d\.", chart.description)
    assert "Sharing: 9 of 10 organisations are in." in chart.description


def report(*others):
    """A report of capabilities rated 3.0 beside these others."""
    figure = CapabilityFigure(DESIGN, "Design", shown((0, 0, 20, 0, 0)), None)
    return BenchmarkReport(None, tuple(Standing(figure, one) for one in others))


LOWEST, SECOND, THIRD, HIGHEST = (
    Quartiles(10, middle - 0.5, middle, middle + 0.5) for middle in (4.0, 3.2, 2.8, 2.0)
)
FEW, LARGE = NoQuartiles(7, "too-few"), NoQuartiles(12, "one-gives-too-many")


@pytest.mark.parametrize(
    ("others", "finding"),
    [
        ((), "Too few people answered to compare us with others"),
        ((FEW, FEW), "7 of 10 organisations are in"),
        ((FEW, LARGE), "One organisation has too many of the people to compare us with others"),
        ((SECOND, THIRD, FEW), "Among others: in the middle half on each of 2 capabilities"),
        ((HIGHEST, SECOND), "Among others: highest quarter on 1, of 2 capabilities"),
        (
            (HIGHEST, LOWEST, LOWEST),
            "Among others: highest quarter on 1, lowest quarter on 2, of 3 capabilities",
        ),
    ],
)
def test_the_finding_comes_first(others, finding):
    assert sentences.benchmark(report(*others)) == finding


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (LOWEST, "Among 10 other organisations: lower than about three quarters of them."),
        (SECOND, "Among 10 other organisations: in the middle half, below the median."),
        (THIRD, "Among 10 other organisations: in the middle half, above the median."),
        (HIGHEST, "Among 10 other organisations: higher than about three quarters of them."),
        (FEW, "Among others: 7 of 10 organisations are in."),
        (
            LARGE,
            "Among others: withheld, since one of them has over a quarter of the people.",
        ),
    ],
)
def test_each_standing_has_a_sentence(others, said):
    assert sentences.standing(report(others).standings[0]) == said
