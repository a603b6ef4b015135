"""An empty deck: 16:9, two layouts of its own, the colours of our charts as those of the theme, so
that what is edited later keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from survey.charts.palette import LIGHT
from survey.reports.office_text import PROGRAM

if TYPE_CHECKING:
    from pptx.presentation import Presentation

INCH: Final = 914_400
WIDE, HIGH = round(13.333 * INCH), round(7.5 * INCH)
FACE: Final = "Arial"
MARGIN: Final = 0.5
BODY: Final = (MARGIN, 1.38, 12.33, 5.05)
TITLE: Final = (MARGIN, 0.32, 11.1, 0.98)
SOURCE: Final = (MARGIN, 6.5, 11.5, 0.8)
NUMBER: Final = (12.13, 6.98, 0.7, 0.32)
LOGO: Final = (11.75, 0.34, 1.08, 0.6)
COVER_TITLE: Final = (0.8, 2.3, 11.7, 1.9)
COVER_TEXT: Final = (0.8, 4.6, 11.7, 2.4)
COVER_LOGO: Final = (0.8, 0.6, 4.0, 1.4)
COVER_LAYOUT, PAGE_LAYOUT = "Cover", "Page"
SOURCE_PLACE: Final = 13
"""The number of the placeholder in which a source stands."""

_KEPT_LAYOUTS: Final = {"Title Slide": COVER_LAYOUT, "Title Only": PAGE_LAYOUT}
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SOURCE: Final = """
<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
 <p:nvSpPr><p:cNvPr id="21" name="Source"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>
  <p:nvPr><p:ph type="body" sz="quarter" idx="{place}"/></p:nvPr></p:nvSpPr>
 <p:spPr/>
 <p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr>
  <a:lstStyle><a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="200"/></a:spcBef><a:buNone/>
   <a:defRPr sz="1200"><a:solidFill><a:srgbClr val="{quiet}"/></a:solidFill></a:defRPr></a:lvl1pPr>
  </a:lstStyle><a:p><a:r><a:t>Source</a:t></a:r></a:p></p:txBody>
</p:sp>"""


def empty_deck() -> Presentation:
    """A deck without slides, with the layouts COVER_LAYOUT and PAGE_LAYOUT."""
    from pptx import Presentation as opened  # takes memory that only those need who ask for a deck

    deck: Any = opened()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    _keep_two_layouts(deck)
    _colour(deck)
    _set_master(deck.slide_master)
    _set_cover(layout(deck, COVER_LAYOUT))
    _set_page(layout(deck, PAGE_LAYOUT))
    _leave_out_foreign_parts(deck)
    made: Presentation = deck
    return made


def layout(deck: Presentation, name: str) -> Any:
    """The layout of that name."""
    return next(one for one in deck.slide_layouts if one.name == name)


def place(shape: Any, box: tuple[float, float, float, float]) -> None:
    """Put a shape there: left, top, width, height in inches."""
    shape.left, shape.top, shape.width, shape.height = (round(side * INCH) for side in box)


def rgb(colour: str) -> Any:
    """A colour of the palette."""
    from pptx.dml import color

    made: Any = color.RGBColor
    return made.from_string(colour.lstrip("#").upper())


def of_theme(number: int) -> Any:
    """A colour of the theme: 1 to 5 the steps, 6 the target."""
    from pptx.enum import dml

    return getattr(dml.MSO_THEME_COLOR, f"ACCENT_{number}")


def _keep_two_layouts(deck: Presentation) -> None:
    for one in list(deck.slide_layouts):
        if one.name in _KEPT_LAYOUTS:
            one._element.cSld.set("name", _KEPT_LAYOUTS[one.name])
        else:
            deck.slide_layouts.remove(one)


def _colour(deck: Presentation) -> None:
    """The palette and the typeface as the theme's."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    part: Any = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme: Any = parse_xml(part.blob)
    colours = {
        "dk1": LIGHT.ink,
        "lt1": LIGHT.paper,
        "dk2": LIGHT.steps[4],
        "lt2": LIGHT.steps[0],
        **{f"accent{step}": colour for step, colour in enumerate(LIGHT.steps, start=1)},
        "accent6": LIGHT.target,
        "hlink": LIGHT.steps[3],
        "folHlink": LIGHT.quiet,
    }
    for name, colour in colours.items():
        slot = theme.find(f".//{_A}clrScheme/{_A}{name}")
        for child in list(slot):
            slot.remove(child)
        slot.append(slot.makeelement(f"{_A}srgbClr", {"val": colour.lstrip("#").upper()}))
    for font in ("majorFont", "minorFont"):
        theme.find(f".//{_A}{font}/{_A}latin").set("typeface", FACE)
    theme.set("name", "Maturity survey")
    part._blob = serialize_part_xml(theme)


def _set_master(master: Any) -> None:
    for shape in list(master.placeholders):
        kind = str(shape.placeholder_format.type)
        if kind.startswith("TITLE"):
            place(shape, TITLE)
        elif kind.startswith("BODY"):
            place(shape, BODY)
        elif kind.startswith("SLIDE_NUMBER"):
            place(shape, NUMBER)
        else:
            _remove(shape)
    styles = master._element.find(".//{*}txStyles")
    title = styles.find(".//{*}titleStyle/{*}lvl1pPr")
    title.set("algn", "l")
    title.find("{*}defRPr").set("sz", "2600")
    title.find("{*}defRPr").set("b", "1")
    _body_properties(master.placeholders[0], "ctr")


def _set_cover(cover: Any) -> None:
    for shape in list(cover.placeholders):
        kind = str(shape.placeholder_format.type)
        if kind.startswith("CENTER_TITLE"):
            place(shape, COVER_TITLE)
            _body_properties(shape, "b")
            _first_level(shape, size=3600, bold=True)
        elif kind.startswith("SUBTITLE"):
            place(shape, COVER_TEXT)
            _body_properties(shape, "t")
            _first_level(shape, size=1800, bold=False)
        else:
            _remove(shape)


def _set_page(page: Any) -> None:
    from pptx.oxml import parse_xml

    for shape in list(page.placeholders):
        kind = str(shape.placeholder_format.type)
        if not kind.startswith(("TITLE", "SLIDE_NUMBER")):
            _remove(shape)
    xml = _SOURCE.format(place=SOURCE_PLACE, quiet=LIGHT.quiet.lstrip("#").upper())
    page.shapes._spTree.append(parse_xml(xml))
    place(page.placeholders[-1], SOURCE)


def _body_properties(shape: Any, anchor: str) -> None:
    properties = shape._element.txBody.bodyPr
    for name, value in {"lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0"}.items():
        properties.set(name, value)
    properties.set("anchor", anchor)


def _first_level(shape: Any, *, size: int, bold: bool) -> None:
    style = shape._element.txBody.find("{*}lstStyle")
    for level in list(style):
        style.remove(level)
    first = style.makeelement(f"{_A}lvl1pPr", {"marL": "0", "indent": "0", "algn": "l"})
    first.append(first.makeelement(f"{_A}buNone", {}))
    letters = {"sz": str(size), "b": str(int(bold))}
    first.append(first.makeelement(f"{_A}defRPr", letters))
    style.append(first)


def _leave_out_foreign_parts(deck: Presentation) -> None:
    """The small picture of, and the printer of, whoever made the template."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    unwanted = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    for owner in (deck.part.package._rels, deck.part.rels):
        for id_ in [id_ for id_, one in owner.items() if one.reltype in unwanted]:
            owner.pop(id_)
    program: Any = deck.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    program._blob = PROGRAM


def _remove(shape: Any) -> None:
    shape._element.getparent().remove(shape._element)
