"""The kinds of file that a table is given away as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from survey.exchange.table import Table
from survey.exchange.table_csv import write_csv, write_json
from survey.exchange.table_parquet import write_parquet
from survey.exchange.table_sav import write_sav
from survey.exchange.table_xlsx import write_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `about` says what it is good for; `is_text` whether it can be shown on a
    screen."""

    name: str
    mimetype: str
    about: str
    write: Callable[[Table, Path], None]
    is_text: bool = False


FORMATS: Final = {
    "csv": Format(
        "CSV",
        "text/csv",
        "For any spreadsheet or program. The codebook is a second file.",
        write_csv,
        is_text=True,
    ),
    "xlsx": Format(
        "Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "With a sheet that says what each column means, and one that says how to read it.",
        write_xlsx,
    ),
    "json": Format(
        "JSON",
        "application/json",
        "For programs. Columns and what they mean are in the file.",
        write_json,
        is_text=True,
    ),
    "parquet": Format(
        "Parquet",
        "application/vnd.apache.parquet",
        "For analysis in R, Python or DuckDB. The codebook is in the file’s metadata.",
        write_parquet,
    ),
    "sav": Format(
        "SPSS",
        "application/x-spss-sav",
        "With labels of columns and values, and the codes of what is no answer declared.",
        write_sav,
    ),
}
"""By how the file's name ends."""
