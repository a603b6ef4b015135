"""Files of tables, read back by programs that are not ours: rows as dicts by the columns' names, a
cell without anything as None, every number as a float."""

import csv
import json
from io import StringIO
from pathlib import Path

import duckdb
import openpyxl
import pyreadstat

FORMATS = ("csv", "xlsx", "json", "parquet", "sav")


def read_back(file: Path, format, columns):
    """The rows of a file with these columns."""
    numeric = {column.name for column in columns if column.kind != "text"}
    return [
        {name: _cell(cell, name in numeric) for name, cell in row.items()}
        for row in READERS[format](file)
    ]


def as_is(table):
    """The rows of a table in the same shape. It can be read once."""
    names = [column.name for column in table.columns]
    return [
        {
            name: _cell(cell, not isinstance(cell, str))
            for name, cell in zip(names, row, strict=True)
        }
        for row in table.rows
    ]


def _cell(cell, is_number):
    if cell in (None, ""):
        return None
    return float(cell) if is_number else cell


def read_csv(file):
    return list(csv.DictReader(StringIO(file.read_text("utf-8-sig"), newline="")))


def read_xlsx(file, sheet="Rows"):
    book = openpyxl.load_workbook(file, read_only=True)
    header, *rows = book[sheet].iter_rows(values_only=True)
    book.close()
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_json(file):
    return json.loads(file.read_text())["rows"]


def read_parquet(file):
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(file)])
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def read_sav(file):
    found, meta = pyreadstat.read_sav(file, output_format="dict", user_missing=True)
    return [
        dict(zip(meta.column_names, row, strict=True))
        for row in zip(*(found[name] for name in meta.column_names), strict=True)
    ]


READERS = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "json": read_json,
    "parquet": read_parquet,
    "sav": read_sav,
}
