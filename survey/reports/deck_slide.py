"""Pages become slides: the title first in the reading order, then what shows it, then where it
comes from; what a speaker says in the notes."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from survey.charts.palette import LIGHT
from survey.findings.speech import say
from survey.reports import deck_charts
from survey.reports.deck_master import (
    BODY,
    COVER_LAYOUT,
    COVER_LOGO,
    INCH,
    LOGO,
    PAGE_LAYOUT,
    SOURCE,
    SOURCE_PLACE,
    TITLE,
    layout,
    of_theme,
    rgb,
)
from survey.reports.deck_page import Page, Parts, Picture, Table, head_height, row_height
from survey.reports.office_text import clean, is_right_to_left, largest_that_fits, lines_of

if TYPE_CHECKING:
    from pptx.presentation import Presentation

TITLE_SIZES: Final = (26, 24, 22, 20, 18, 16, 14)
COVER_SIZES: Final = (36, 32, 28, 24, 20, 18)
TEXT_SIZES: Final = (20, 18, 16, 15, 14, 13, 12, 11, 10, 9)
SOURCE_SIZES: Final = (12, 11, 10, 9)
GAP: Final = 0.35
"""Inches between columns of text."""

CROSSED: Final = "D9DEE3"
"""The quiet grey of a head."""

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def add_cover(deck: Presentation, title: str, lines: tuple[str, ...], logo: Any, name: str) -> None:
    """The first slide. logo: a file, or None. name: whose it is."""
    slide: Any = deck.slides.add_slide(layout(deck, COVER_LAYOUT))
    heading, text = slide.placeholders
    _write(heading.text_frame, (title,), _size(title, 11.7, 1.9, COVER_SIZES), bold=True)
    _write(text.text_frame, lines, _size(" ".join(lines), 11.7, 1.7, (18, 16, 14)))
    _add_stripe(slide)
    _add_notes(slide, lines)
    if logo is not None:
        _add_logo(slide, logo, name)


def add_page(deck: Presentation, page: Page) -> None:
    """A slide of a page."""
    slide: Any = deck.slides.add_slide(layout(deck, PAGE_LAYOUT))
    title: Any = slide.shapes.title
    size = _size(page.title, TITLE[2], TITLE[3], TITLE_SIZES)
    _write(title.text_frame, (page.title,), size, bold=True)
    if isinstance(page.body, Picture):
        _name(deck_charts.draw(slide, page.body, BODY), page.body.alt)
    elif isinstance(page.body, Table):
        _add_table(slide, page.body)
    else:
        _add_parts(slide, page.body)
    _add_source(slide, page)
    _add_number(deck, slide)
    _add_notes(slide, page.spoken)


def _add_notes(slide: Any, said: tuple[str, ...]) -> None:
    if said:
        notes: Any = slide.notes_slide.notes_text_frame
        notes.text = "\n".join(clean(one) for one in said)


def _size(text: str, width: float, height: float, sizes: tuple[int, ...]) -> int:
    return largest_that_fits(text, width * 72, height * 72, sizes)


def _write(frame: Any, lines: tuple[str, ...], size: int, *, bold: bool | None = None) -> None:
    """Each line a paragraph."""
    from pptx.util import Pt  # as deck_master says

    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean(line)
        run.font.size = Pt(size)
        run.font.bold = bold
        _direct(paragraph, line)


def _direct(paragraph: Any, text: str) -> None:
    if is_right_to_left(text):
        properties = paragraph._p.get_or_add_pPr()
        properties.set("rtl", "1")
        properties.set("algn", "r")


def _name(frame: Any, alt: str) -> None:
    """What those are told who do not see it."""
    frame._element.xpath(".//p:cNvPr")[0].set("descr", clean(alt))


def _add_stripe(slide: Any) -> None:
    """The five steps as a band of colour: nothing to be read."""
    from pptx.enum.shapes import MSO_SHAPE

    for step in range(1, 6):
        sides = (0.8 + (step - 1) * 0.9, 4.24, 0.9, 0.08)
        left, top, width, height = (round(side * INCH) for side in sides)
        band: Any = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
        band.fill.solid()
        band.fill.fore_color.theme_color = of_theme(step)
        band.line.fill.background()
        band.shadow.inherit = False
        _decorative(band)


def _decorative(shape: Any) -> None:
    """Passed over by those who listen (Office 2019 and later)."""
    from pptx.oxml import parse_xml

    shape._element.xpath(".//p:cNvPr")[0].append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )


def set_logo(deck: Presentation, logo: Any, name: str) -> None:
    """In the corner of the layout: on every page, and read out on none."""
    from pptx.oxml.shapes.picture import CT_Picture

    corner = layout(deck, PAGE_LAYOUT)
    logo.seek(0)
    part, id_ = corner.part.get_or_add_image_part(logo)
    left, top, width, height = _within(LOGO, *part.image.size)
    picture: Any = CT_Picture
    element = picture.new_pic(
        31, "Logo", _logo_of(name), id_, left + round(LOGO[2] * INCH) - width, top, width, height
    )
    corner.shapes._spTree.append(element)


def _add_logo(slide: Any, logo: Any, name: str) -> None:
    logo.seek(0)
    picture: Any = slide.shapes.add_picture(logo, 0, 0)
    sides = _within(COVER_LOGO, picture.width, picture.height)
    picture.left, picture.top, picture.width, picture.height = sides
    _name(picture, _logo_of(name))


def _within(
    box: tuple[float, float, float, float], width: int, height: int
) -> tuple[int, int, int, int]:
    """Left, top, width and height of a picture as large as its box allows."""
    scale = min(box[2] * INCH / width, box[3] * INCH / height)
    return round(box[0] * INCH), round(box[1] * INCH), round(width * scale), round(height * scale)


def _logo_of(name: str) -> str:
    return clean(say("Logo of %(name)s", name=name))


def _add_source(slide: Any, page: Page) -> None:
    from pptx.util import Pt

    shape: Any = next(
        one for one in slide.placeholders if one.placeholder_format.idx == SOURCE_PLACE
    )
    lines = tuple(line for line in (page.source, page.note) if line)
    if not lines:
        shape._element.getparent().remove(shape._element)
        return
    size = _size(" ".join(lines) + " " * 40, SOURCE[2], SOURCE[3] - 0.1, SOURCE_SIZES)
    _write(shape.text_frame, lines, size)
    if page.note:
        shape.text_frame.paragraphs[-1].runs[0].font.italic = True
    shape.text_frame.paragraphs[0].space_before = Pt(0)
    slide.shapes._spTree.append(shape._element)  # read after what it is about


def _add_number(deck: Presentation, slide: Any) -> None:
    """Slides made by a program have no number unless its place is copied from the layout."""
    source = next(
        one
        for one in layout(deck, PAGE_LAYOUT).placeholders
        if str(one.placeholder_format.type).startswith("SLIDE_NUMBER")
    )
    number = deepcopy(source._element)
    number.xpath(".//p:cNvPr")[0].set("id", str(900))
    slide.shapes._spTree.append(number)


def _add_table(slide: Any, table: Table) -> None:
    left, top, width, _ = (round(side * INCH) for side in BODY)
    heights = [head_height(table), *(row_height(table, row) for row in table.rows)]
    frame: Any = slide.shapes.add_table(
        len(heights), len(table.heads), left, top, width, round(sum(heights) * 12_700)
    )
    _name(frame, table.alt)
    drawn = frame.table
    drawn.horz_banding = False
    drawn.first_row = drawn.first_col = True
    for column, part in zip(drawn.columns, table.widths, strict=True):
        column.width = round(width * part / sum(table.widths))
    for row, height in zip(drawn.rows, heights, strict=True):
        row.height = round(height * 12_700)
    for place_, head in enumerate(table.heads):
        _fill_cell(drawn.cell(0, place_), head, table, place_, colour=CROSSED, bold=True)
    for number, row in enumerate(table.rows, start=1):
        for place_, cell in enumerate(row):
            colour = LIGHT.steps[cell.step - 1].lstrip("#") if cell.step else "FFFFFF"
            drawn_cell = drawn.cell(number, place_)
            _fill_cell(
                drawn_cell, cell.text, table, place_, colour=colour, bold=not place_, step=cell.step
            )


def _fill_cell(
    cell: Any,
    text: str,
    table: Table,
    column: int,
    *,
    colour: str,
    bold: bool,
    step: int | None = None,
) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = Pt(5)
    cell.margin_top = cell.margin_bottom = Pt(3)
    cell.fill.solid()
    if step:
        cell.fill.fore_color.theme_color = of_theme(step)
    else:
        cell.fill.fore_color.rgb = rgb(colour)
    _write(cell.text_frame, (text,), table.size, bold=bold)
    paragraph = cell.text_frame.paragraphs[0]
    ink = LIGHT.on_steps[step - 1] if step else LIGHT.ink
    paragraph.runs[0].font.color.rgb = rgb(ink)
    if step:
        paragraph.alignment = PP_ALIGN.CENTER
    elif column in table.figures:
        paragraph.alignment = PP_ALIGN.RIGHT
    _set_lines(cell)


def _set_lines(cell: Any) -> None:
    """Thin lines above and beneath."""
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("lnT", "lnB")):
        line = properties.makeelement(f"{_A}{side}", {"w": "6350"})
        solid = line.makeelement(f"{_A}solidFill", {})
        solid.append(solid.makeelement(f"{_A}srgbClr", {"val": LIGHT.line.lstrip("#").upper()}))
        line.append(solid)
        properties.insert(place, line)


def _add_parts(slide: Any, body: Parts) -> None:
    """Texts in columns; where there are more than columns, in rows of them, each as high as its
    share of the text."""
    rows = [body.parts[i : i + body.columns] for i in range(0, len(body.parts), body.columns)]
    width = (BODY[2] - GAP * (body.columns - 1)) / body.columns
    size = next(
        (one for one in TEXT_SIZES if _height_of(rows, width, one) <= BODY[3]), TEXT_SIZES[-1]
    )
    spare = max(0.0, BODY[3] - _height_of(rows, width, size)) / (len(rows) + 1)
    top = BODY[1] + min(spare, 0.15)
    for row in rows:
        height = max(_part_height(part, width, size) for part in row)
        for number, part in enumerate(row):
            left = BODY[0] + number * (width + GAP)
            sides = (round(side * INCH) for side in (left, top, width, height))
            _fill_part(slide.shapes.add_textbox(*sides), part, size)
        top += height + min(spare, 0.5)


def _height_of(rows: list[tuple[Any, ...]], width: float, size: int) -> float:
    return sum(max(_part_height(part, width, size) for part in row) for row in rows)


def _part_height(part: Any, width: float, size: int) -> float:
    """Inches."""
    ems = width * 72 / size
    lines = sum(lines_of(one, ems) + 0.45 for one in part.sentences)
    heading = lines_of(part.heading, ems / 1.2) * 1.2 + 0.5 if part.heading else 0.0
    return (lines + heading) * size * 1.2 / 72 + 0.12


def _fill_part(box: Any, part: Any, size: int) -> None:
    from pptx.util import Pt

    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    lines = ((part.heading,) if part.heading else ()) + part.sentences
    _write(frame, lines, size)
    for number, paragraph in enumerate(frame.paragraphs):
        paragraph.space_after = Pt(size * 0.45)
        if part.heading and not number:
            paragraph.runs[0].font.size = Pt(round(size * 1.15))
            paragraph.runs[0].font.bold = True
