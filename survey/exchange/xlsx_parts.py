"""The parts of a workbook (.xlsx) that are the same for every table, as XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from survey.exchange.xml_text import xml_text

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_OFFICE}/spreadsheetml/2006/main"
_RELATIONS: Final = f"{_OFFICE}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_OFFICE}/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"

SHEET_END: Final = "</sheetData></worksheet>"

_LOOK: Final = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    f"<cellStyleXfs><xf {_LOOK}/></cellStyleXfs>"
    f'<cellXfs><xf {_LOOK} xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    f'<xf {_LOOK} xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
"""Of cells: plain, bold, and with lines that are broken."""


def sheet_name(number: int) -> str:
    """Where in the file a sheet stands, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def sheet_start(widths: Sequence[int]) -> str:
    """A sheet up to its first row. The header and the first column stay in sight."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def parts(title: str, sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The name and content of each part but the sheets themselves."""
    numbers = range(1, len(sheets) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    yield (
        "_rels/.rels",
        _related(
            ("officeDocument", _RELATIONS, "xl/workbook.xml"),
            ("metadata/core-properties", f"{_PACKAGE}/relationships", "docProps/core.xml"),
        ),
    )
    yield (
        "docProps/core.xml",
        (
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(xml_text(title))}</dc:title></cp:coreProperties>"
        ),
    )
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
            f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets></workbook>"
        ),
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _related(
            *(("worksheet", _RELATIONS, f"worksheets/sheet{number}.xml") for number in numbers),
            ("styles", _RELATIONS, "styles.xml"),
        ),
    )
    yield "xl/styles.xml", _XML + _STYLES


def _content_types(numbers: Sequence[int]) -> str:
    overrides = {
        "xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "xl/styles.xml": f"{_TYPE}.styles+xml",
    }
    overrides |= {sheet_name(number): f"{_TYPE}.worksheet+xml" for number in numbers}
    overrides["docProps/core.xml"] = _CORE
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{type_}"/>' for name, type_ in overrides.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{listed}</Types>"
    )


def _related(*targets: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{name}" Target="{target}"/>'
        for number, (name, kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
