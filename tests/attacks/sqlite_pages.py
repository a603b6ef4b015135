"""The raw file of an SQLite database: which of its pages hold a table.

The format: https://www.sqlite.org/fileformat2.html, section 1.6 (B-tree pages).
"""

import sqlite3
import struct
from pathlib import Path

INTERIOR = (0x02, 0x05)
"""Kinds of pages that have children."""


def pages_of(file, tables):
    """The bytes of each page of these tables and of their indexes."""
    marks = ", ".join("?" * len(tables))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = connection.execute(
            f"SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ({marks}) AND rootpage", tables
        ).fetchall()
    connection.close()
    content = Path(file).read_bytes()
    size = struct.unpack(">H", content[16:18])[0]
    found, waiting = {}, [root for (root,) in rows]
    while waiting:
        number = waiting.pop()
        found[number] = content[(number - 1) * size : number * size]
        waiting += _children(found[number])
    return found


def _children(page):
    if page[0] not in INTERIOR:
        return []
    cells = struct.unpack(">H", page[3:5])[0]
    places = struct.unpack(f">{cells}H", page[12 : 12 + 2 * cells])
    return [struct.unpack(">I", page[at : at + 4])[0] for at in (8, *places)]
