"""The figures that somebody takes as a file, of whichever kind: what an attacker reads in it."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from survey.findings import words
from tests import tables

NAME = re.compile(r"filename=\S+-figures(?!-codebook)\S*\.(\w+)$")


def rows_of(answer):
    """The rows of a file of figures; None of any other answer."""
    found = NAME.search(answer.headers.get("Content-Disposition", ""))
    return _read(answer.data, found[1]) if found else None


@cache
def _read(content, format):
    """Most who look are given the same bytes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"figures.{format}"
        file.write_bytes(content)
        return tables.READERS[format](file)


def whom(row):
    """Who stands behind a row: a group, or a unit; of a question none that a page names."""
    if row["measured"] == "question":
        return row["name"]
    return row["option_name"] or row["unit_name"]


def mean_of(row):
    """The mean as pages say it; that of a question is none of the capability's."""
    return "" if row["measured"] == "question" else words.fixed(float(row["mean"]))
