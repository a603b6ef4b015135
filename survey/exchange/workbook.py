"""Tables written as the sheets of a workbook (.xlsx)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from survey.exchange.xml_text import xml_text

Row = Mapping[str, str]
"""Column to cell; a column without a cell is left empty."""

WIDEST: Final = 60
"""Characters: how wide a column may be."""


def workbook(sheets: Mapping[str, tuple[Sequence[str], Sequence[Row]]]) -> bytes:
    """The workbook: name of a sheet to its columns and its rows.

    Every cell is a text, also one that begins as a formula does. The header stays in sight.
    """
    from openpyxl import Workbook  # takes a moment, which most commands need not spend

    book = Workbook(write_only=True)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, start=1):
            longest = max((len(row.get(column, "")) for row in rows), default=0)
            width = min(WIDEST, max(longest, len(column)) + 2)
            sheet.column_dimensions[_letter(number)].width = width
        sheet.append([_cell(sheet, column, is_bold=True) for column in columns])
        for row in rows:
            sheet.append([_cell(sheet, row.get(column, "")) for column in columns])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _cell(sheet: Any, text: str, *, is_bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if not text:
        return None
    cell = WriteOnlyCell(sheet, xml_text(text))
    cell.data_type = "s"
    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > WIDEST)
    return cell
