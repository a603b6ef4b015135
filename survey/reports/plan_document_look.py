"""How the plan looks as a text document: styles, headings, tables that can be filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from survey.charts.palette import LIGHT
from survey.findings.speech import say
from survey.reports.office_text import PROGRAM, clean, is_right_to_left

if TYPE_CHECKING:
    from docx.document import Document

FACE: Final = "Arial"
A4: Final = (21.0, 29.7)
MARGIN: Final = 2.0
TEXT_WIDTH: Final = A4[0] - 2 * MARGIN
LOGO_HEIGHT: Final = 1.6
LONGEST_LOGO: Final = 8.0
EMPTY_ROW: Final = 1.1
"""Centimetres, as all above: room to write by hand."""

_AFTER_DIRECTION: Final = ("w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
_SIZES: Final = {"Normal": 11, "Title": 26, "Heading 1": 18, "Heading 2": 14, "Subtitle": 12}


def empty_document(language: str) -> Document:
    """A document on A4 with our typeface and colours, numbered pages, in that language."""
    from docx import Document as opened  # takes memory that only those need who ask for a file
    from docx.shared import Cm

    document = opened()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(A4[0]), Cm(A4[1])
    section.left_margin = section.right_margin = section.top_margin = Cm(MARGIN)
    section.bottom_margin = Cm(MARGIN)
    _set_styles(document)
    _set_language(document, language)
    _number_pages(section)
    _leave_out_foreign_parts(document)
    return document


def _set_styles(document: Document) -> None:
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles
    for name, size in _SIZES.items():
        style = styles[name]
        style.font.size, style.font.name = Pt(size), FACE
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(LIGHT.ink.lstrip("#").upper())
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_w(kind), None)
        for kind in ("ascii", "hAnsi", "cs"):
            fonts.set(_w(kind), FACE)
    styles["Title"].font.bold = True
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Heading 1"].paragraph_format.space_before = Pt(20)
    styles["Heading 2"].paragraph_format.space_before = Pt(16)
    for border in styles["Title"].element.findall(f".//{_w('pBdr')}"):
        border.getparent().remove(border)


def _set_language(document: Document, language: str) -> None:
    styles: Any = document.styles.element
    settings: Any = document.settings.element
    for letters in (*styles.iter(_w("lang")), *settings.iter(_w("themeFontLang"))):
        letters.set(_w("val"), language)


def _number_pages(section: Any) -> None:
    """In the foot: "Page 2 of 9"."""
    foot = section.footer.paragraphs[0]
    before, between = say("Page {page} of {pages}").split("{page}")
    between, after = between.split("{pages}")
    foot.add_run(before)
    _add_field(foot, "PAGE")
    foot.add_run(between)
    _add_field(foot, "NUMPAGES")
    foot.add_run(after)


def _add_field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    field: Any = OxmlElement("w:fldSimple")
    field.set(_w("instr"), name)
    run: Any = OxmlElement("w:r")
    text: Any = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _leave_out_foreign_parts(document: Document) -> None:
    """The small picture of whoever made the template, and with which program."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    relations: Any = document.part.package.rels
    for id_ in [
        id_ for id_, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        relations.pop(id_)
    program: Any = document.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    program._blob = PROGRAM


def add_logo(document: Document, logo: io.BytesIO, name: str) -> None:
    """As high as a few lines, with what it is for those who do not see it."""
    from docx.shared import Cm

    picture: Any = document.add_picture(logo, height=Cm(LOGO_HEIGHT))
    if picture.width > Cm(LONGEST_LOGO):
        scale = Cm(LONGEST_LOGO) / picture.width
        picture.width, picture.height = Cm(LONGEST_LOGO), round(picture.height * scale)
    picture._inline.docPr.set("descr", clean(say("Logo of %(name)s", name=name)))


def add_text(document: Document, text: str, style: str = "Normal", lead: str = "") -> Any:
    """A paragraph; lead: its first words, in bold."""
    paragraph = document.add_paragraph(style=style)
    if lead:
        paragraph.add_run(f"{clean(lead)} ").bold = True
    paragraph.add_run(clean(text))
    _direct(paragraph, text)
    return paragraph


def add_heading(document: Document, text: str, level: int) -> None:
    """A heading that the navigation of a program shows."""
    _direct(document.add_heading(clean(text), level), text)


def add_table(
    document: Document,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float],
    alt: str,
    *,
    empty: int = 0,
) -> None:
    """A table whose head comes again on each page. widths: parts of the page's; empty: rows to fill
    in by hand."""
    from docx.shared import Cm

    table: Any = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    _describe(table, alt)
    _fill(table.rows[0], heads, bold=True)
    _repeat(table.rows[0])
    for row in rows:
        _fill(table.add_row(), row)
    for _ in range(empty):
        table.add_row().height = Cm(EMPTY_ROW)
    sides = [Cm(TEXT_WIDTH * width / sum(widths)) for width in widths]
    for column, side in zip(table.columns, sides, strict=True):
        column.width = side
    for row in table.rows:
        _keep_whole(row)
        for cell, side in zip(row.cells, sides, strict=True):
            cell.width = side
    document.add_paragraph()


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    from docx.shared import Pt

    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(clean(text))
        run.bold = bold or None
        run.font.size = Pt(10)
        paragraph.paragraph_format.space_after = Pt(2)
        _direct(paragraph, text)
        if bold:
            _shade(cell)


def _shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(
        _element("w:shd", val="clear", color="auto", fill=LIGHT.steps[0].lstrip("#").upper())
    )


def _repeat(row: Any) -> None:
    """Marked as the head, which comes again on each page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, _element("w:cantSplit"))


def _describe(table: Any, alt: str) -> None:
    properties = table._tbl.tblPr
    properties.append(_element("w:tblCaption", val=clean(alt)[:250]))
    properties.append(_element("w:tblDescription", val=clean(alt)))


def _direct(paragraph: Any, text: str) -> None:
    if is_right_to_left(text):
        paragraph._p.get_or_add_pPr().insert_element_before(_element("w:bidi"), *_AFTER_DIRECTION)


def _element(tag: str, **values: str) -> Any:
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(tag)
    for name, value in values.items():
        made.set(_w(name), value)
    return made


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
