"""A table as an SPSS system file (.sav): labels of columns and of values, and declared codes of
what is no answer, are in the file itself.

Written here, not by a library: the ones there are take whole data frames in memory, of packages
larger than this product. Read back with pyreadstat in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from struct import pack
from typing import Any, Final

from survey.exchange.sav_records import (
    ELEMENT,
    LONGEST_TEXT,
    ROWS_AT,
    Variable,
    cut,
    dictionary,
)
from survey.exchange.table import Column, Table

Element = tuple[int, bytes]
"""A code of one byte, and what follows it where the code alone does not say all."""

DECIMALS: Final = 4
_LITERAL, _SPACES, _NOTHING = 253, 254, 255
_BIAS: Final = 100
_SMALL: Final = {number: (number + _BIAS, b"") for number in range(1 - _BIAS, 252 - _BIAS)}
"""Numbers that are their own code: from -99 to 151."""

_UNKNOWN_DAY: Final = date(1970, 1, 1)


def write_sav(table: Table, file: Path) -> None:
    """Rows go to the disk one by one, each compressed. What is not known is the system's own
    missing value, in a text column an empty text. A text of more than 32,767 bytes is cut."""
    variables = [_variable(column) for column in table.columns]
    elements = [_number if not variable.width else _texts(variable) for variable in variables]
    notes = [f"{heading}: {text}" for heading, text in table.method]
    number = 0
    with file.open("wb") as out:
        out.write(dictionary(variables, table.title, notes, table.day or _UNKNOWN_DAY))
        for row in table.rows:
            number += 1
            found: list[Element] = []
            for add, cell in zip(elements, row, strict=True):
                add(found, cell)
            out.write(b"".join(_packed(found)))
        out.seek(ROWS_AT)
        out.write(pack("<i", number))


def _variable(column: Column) -> Variable:
    return Variable(
        name=column.name,
        label=column.label,
        width=min(max(column.longest, 1), LONGEST_TEXT) if column.kind == "text" else 0,
        decimals=DECIMALS if column.kind == "number" else 0,
        values=column.values + column.missing,
        missing=tuple(value for value, _ in column.missing),
        level=column.level,
    )


def _number(found: list[Element], cell: Any) -> None:
    if cell is None:
        found.append((_NOTHING, b""))
    else:
        found.append(_SMALL.get(cell) or (_LITERAL, pack("<d", cell)))


def _texts(variable: Variable) -> Callable[[list[Element], Any], None]:
    """What adds a text of this variable: segment by segment, each in whole elements."""
    segments = variable.segments

    def add(found: list[Element], cell: Any) -> None:
        text = cut(cell or "", variable.width)
        at = 0
        for width in segments:
            part = text[at : at + width]
            at += width
            found.extend(_element(part[i : i + ELEMENT]) for i in range(0, width, ELEMENT))

    return add


def _element(part: bytes) -> Element:
    whole = part.ljust(ELEMENT)
    return (_SPACES, b"") if whole.isspace() else (_LITERAL, whole)


def _packed(elements: list[Element]) -> Iterator[bytes]:
    """Eight codes, then what follows each; the last eight filled up with noughts, which say
    nothing."""
    for start in range(0, len(elements), 8):
        eight = elements[start : start + 8]
        yield bytes([code for code, _ in eight]).ljust(8, b"\0")
        yield b"".join([literal for _, literal in eight])
