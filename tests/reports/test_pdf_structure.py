"""The printed report keeps the rules of PDF/UA-1 (ISO 14289-1) that can be told from its structure:
those that validators check by machine."""

import io
from itertools import pairwise

import pikepdf
import pytest

from survey.charts.drawing import Drawings
from survey.reports.building import made
from survey.reports.contents import Brand
from tests.reports import make_contents
from tests.reports.office_files import logo

TEXT = {"Tj", "TJ", "'", '"'}
PAINT = TEXT | {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}
HEADINGS = [f"/H{level}" for level in range(1, 7)]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    drawings = Drawings(tmp_path_factory.mktemp("charts"))
    brand = Brand("Anytown", logo(), "image/png")
    content = made(make_contents.contents(), brand, "pdf", drawings, lambda done, of: None)
    drawings.draughtsman.close()
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def elements(node):
    """The structure elements below a node, in the order in which they are read."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def tagged(pdf, *kinds):
    return [one for one in elements(pdf.Root.StructTreeRoot.K) if str(one.S) in kinds]


def attribute(element, name):
    """An attribute of an element, None where it has none of that name."""
    held = element.get("/A", pikepdf.Array())
    groups = held if isinstance(held, pikepdf.Array) else [held]
    return next((one[name] for one in groups if name in one), None)


def test_it_is_tagged_and_says_its_language_and_title(pdf):
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert not root.MarkInfo.get("/Suspects", False)
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as known:
        assert known["pdfuaid:part"] == "1"
        assert known["dc:title"] == "Autumn 2026"


def test_every_picture_says_in_words_what_it_shows(pdf):
    found = tagged(pdf, "/Figure")
    assert len(found) > 4
    assert all(str(one.get("/Alt", "")).strip() for one in found)


def test_headings_begin_at_the_first_level_and_skip_none(pdf):
    levels = [HEADINGS.index(str(one.S)) + 1 for one in tagged(pdf, *HEADINGS)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_heads_of_tables_say_what_they_are_heads_of(pdf):
    heads = tagged(pdf, "/TH")
    assert heads
    assert {str(attribute(one, "/Scope")) for one in heads} <= {"/Column", "/Row", "/Both"}


def test_rows_of_a_table_are_equally_wide(pdf):
    for table in tagged(pdf, "/Table"):
        rows = [one for one in elements(table.K) if str(one.S) == "/TR"]
        widths = {
            sum(
                int(attribute(cell, "/ColSpan") or 1)
                for cell in elements(row.K)
                if str(cell.S) in ("/TH", "/TD")
            )
            for row in rows
        }
        assert len(widths) == 1


def test_all_that_is_painted_is_content_or_marked_as_decoration(pdf):
    for page in pdf.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                is_said_for = str(operands[0]) == "/Artifact" or "/MCID" in operands[1]
                assert depth or is_said_for
                depth += 1
            elif name == "EMC":
                depth -= 1
            elif name in PAINT:
                assert depth, f"{name} outside of what is marked"
        assert page.get("/Tabs") == "/S"


def test_letters_are_embedded_and_can_be_read_as_text(pdf):
    fonts = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
    ]
    outer = [one for one in fonts if one.get("/Subtype") == "/Type0"]
    assert outer
    assert all("/ToUnicode" in one for one in outer)
    assert all(
        any(name.startswith("/FontFile") for name in one.DescendantFonts[0].FontDescriptor)
        for one in outer
    )


def test_links_are_in_the_structure(pdf):
    annotations = [one for page in pdf.pages for one in page.get("/Annots", [])]
    assert annotations
    assert all("/StructParent" in one for one in annotations if one.Subtype == "/Link")
    assert len(tagged(pdf, "/Link")) >= len(annotations)
