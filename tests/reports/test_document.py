"""The printed report: what it says, and that it can be read aloud."""

import io
import json
from datetime import date

import pytest

from survey.charts.drawing import Drawings
from survey.findings import words
from survey.maturity.profile import Shown
from survey.operations.narrowing import Part
from survey.reports import document
from survey.reports.building import made
from survey.reports.contents import Brand, Subject, contents
from tests import make_stored as make

TODAY = date(2026, 9, 30)
BRAND = Brand("Anytown")
pytestmark = pytest.mark.parametrize("shared_engine", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def drawings(tmp_path_factory):
    kept = Drawings(tmp_path_factory.mktemp("charts"))
    yield kept
    kept.draughtsman.close()


@pytest.fixture
def told(session):
    make.closed_wave(session, {"adults": [4] * 10 + [2], "places": [3] * 6, "parks": [2] * 9})
    return lambda **subject: contents(session, None, Subject("autumn", **subject), today=TODAY)


def set_in_type(told, drawings, monkeypatch=None, brand=BRAND):
    """The report, and all that is said in it."""
    seen = {}

    def keep(form, template):
        seen["form"] = form
        return typeset(form, template)

    typeset = document.typeset
    if monkeypatch:
        monkeypatch.setattr(document, "typeset", keep)
    pdf = made(told, brand, "pdf", drawings, lambda done, of: None)
    return pdf, json.dumps(seen.get("form"), ensure_ascii=False)


def test_it_is_a_tagged_pdf_that_claims_to_be_accessible(told, drawings):
    pdf, _ = set_in_type(told(), drawings)
    assert pdf.startswith(b"%PDF-1.7")
    for mark in (b"<pdfuaid:part>1</pdfuaid:part>", b"/MarkInfo", b"/StructTreeRoot", b"/Outlines"):
        assert mark in pdf
    assert b"<rdf:li>en-GB</rdf:li>" in pdf


def test_its_figures_are_those_of_the_pages(told, drawings, monkeypatch):
    of = told()
    _, said = set_in_type(of, drawings, monkeypatch)
    for one in of.profile.capabilities:
        assert isinstance(one.measure, Shown)
        for figure in (words.fixed(one.measure.mean), words.interval(one.measure), one.name):
            assert figure in said


def test_what_is_withheld_has_no_number(session, drawings, monkeypatch):
    wave = make.closed_wave(session, {"parks": [1, 5, 5]})
    of = contents(session, None, Subject(wave.slug), today=TODAY)
    _, said = set_in_type(of, drawings, monkeypatch)
    assert "Withheld: too few people answered" in said
    assert "3.67" not in said, "the mean of the three"


def test_a_report_of_a_part_says_so_and_leaves_the_rest_out(told, drawings, monkeypatch):
    _, said = set_in_type(told(unit="places", part=Part(domain="data")), drawings, monkeypatch)
    assert "Autumn: Places" in said
    assert "Sharing" in said
    assert "Design" not in said


@pytest.mark.parametrize(
    "name", ["N" * 200, "مجلس المدينة", "Anytown 🎉", "<b>“Any” & #town</b> *_$"], ids=range(4)
)
def test_no_name_breaks_it(told, drawings, name):
    pdf, _ = set_in_type(told(), drawings, brand=Brand(name))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_it_carries_the_logo(told, drawings):
    image = pytest.importorskip("PIL.Image")
    logo = io.BytesIO()
    image.new("RGB", (60, 30), "navy").save(logo, "PNG")
    plain, _ = set_in_type(told(), drawings)
    pdf, _ = set_in_type(told(), drawings, brand=Brand("Anytown", logo.getvalue(), "image/png"))
    assert len(pdf) > len(plain)
    assert b"/Subtype/Image" in pdf.replace(b" ", b"")


def test_many_capabilities_are_a_report_too(session, drawings):
    many = make.questionnaire(tuple(f"digital/c{number}" for number in range(40)))
    make.closed_wave(session, {"adults": [3] * 12}, asked=many)
    of = contents(session, None, Subject("autumn"), today=TODAY)
    assert len(set_in_type(of, drawings)[0]) > 100_000


def test_in_welsh_it_says_all_that_is_ours_in_welsh(told, drawings, monkeypatch):
    pdf, said = set_in_type(told(language="cy"), drawings, monkeypatch)
    assert b"<rdf:li>cy-GB</rdf:li>" in pdf
    assert "3 Gwreiddiedig" in said
    for english in ("In one page", "Where are we?", "How to read this", "Capability", "people"):
        assert f'"{english}"' not in said
