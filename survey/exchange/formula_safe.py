"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final, TypeVar

Cell = TypeVar("Cell")

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: Cell) -> Cell | str:
    """The cell; a text that begins as a formula does has an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
