"""LimeSurvey’s tab-separated form: one row for each setting, group, question, row and answer.

The form: the columns that its export writes, by name; relations are told by order. The main
language comes first, then all rows again in each other. Source: LimeSurvey’s manual, “Tab
Separated Value survey structure”.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from survey.exchange.foreign import Texts
from survey.exchange.foreign_file import as_text, check_size
from survey.exchange.imported import NotImportable
from survey.exchange.languages import language_code
from survey.exchange.left_out import Report
from survey.exchange.plain_text import plain_text, readable

COLUMNS: Final = ("class", "type/scale", "name", "text")
MOST_ROWS: Final = 20_000

_EXPORT_AGAIN: Final = "In LimeSurvey choose “Export”, then “Tab-separated-values format (*.txt)”."
_MASKED: Final = re.compile(r"^'(?=[=+\-@])")
"""What LimeSurvey puts before a cell that a spreadsheet would take for a formula."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line on which it ends, and its cells by column, none empty."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What stands in a column; nothing if it has no such cell."""
        return self.cells.get(column, "")

    @property
    def kind(self) -> str:
        """S, SL, G, Q, SQ, A and others: what the row is about."""
        return self.cell("class").upper()


@dataclass(slots=True)
class Question:
    """A question’s row, and those of its subquestions, its answers, and of conditions."""

    row: Row
    subquestions: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A group’s row and its questions."""

    row: Row
    number: int
    questions: list[Question] = field(default_factory=list)


def read_rows(file: bytes) -> tuple[Row, ...]:
    """The rows of the file. Raises NotImportable."""
    check_size(file)
    text = as_text(file)
    try:
        rows = tuple(_rows(text))
    except csv.Error as fault:
        message = "The file cannot be read as tab-separated values."
        raise NotImportable(message, _EXPORT_AGAIN) from fault
    if not rows:
        raise NotImportable("The file has no row below its header.", _EXPORT_AGAIN)
    return rows


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t")
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        message = f"The first line names no column “{missing[0]}”."
        raise NotImportable(f"{message} LimeSurvey’s form begins with one.", _EXPORT_AGAIN)
    for count, cells in enumerate(reader):
        if count == MOST_ROWS:
            message = f"The file has more than {MOST_ROWS:,} rows."
            raise NotImportable(message, "Divide the survey into several.")
        named = zip(header, map(_cell, cells), strict=False)
        row = Row(reader.line_num, {name: cell for name, cell in named if cell})
        if row.kind:
            yield row


def _cell(written: str) -> str:
    return _MASKED.sub("", readable(written).strip())


class Structure:
    """What the rows are together: settings, groups with their questions, and texts by language.

    `languages` are our codes, the main one first. `others` are the rows of other classes.
    """

    def __init__(self, rows: tuple[Row, ...], report: Report) -> None:
        self.groups: list[Group] = []
        self.settings: dict[str, str] = {}
        self.others: list[Row] = []
        self._texts: dict[tuple[str, ...], dict[str, str]] = {}
        self._places: dict[str, tuple[int, str]] = {}
        self.settings = {row.cell("name"): row.cell("text") for row in rows if row.kind == "S"}
        written = dict.fromkeys(row.cell("language") for row in rows if row.cell("language"))
        self._main = self.settings.get("language") or next(iter(written), "en")
        self._codes = {name: language_code(name) for name in (self._main, *written)}
        self._codes[self._main] = self._codes[self._main] or "en"
        self.languages = tuple(dict.fromkeys(filter(None, self._codes.values())))
        for name, code in self._codes.items():
            if code is None:
                became = "Its texts are left out: languages here have codes such as “cy”."
                report.tell("the whole survey", f"the language “{name}”", became)
        for row in rows:
            self._add(row, row.cell("language") or self._main)

    def texts(self, *key: str) -> Texts:
        """What is said under a key: class, names and column."""
        return self._texts.get(key, {})

    def _add(self, row: Row, language: str) -> None:
        if row.kind == "SL":
            self._say(row, language, ("SL", row.cell("name")), "text")
        elif row.kind == "G":
            number = self._places.get(language, (0, ""))[0] + 1
            self._places[language] = (number, "")
            self._say(row, language, ("G", str(number)), "name", "text")
            if language == self._main:
                self.groups.append(Group(row, number))
        elif row.kind == "Q":
            number = self._places.get(language, (0, ""))[0]
            self._places[language] = (number, row.cell("name"))
            self._say(row, language, ("Q", row.cell("name")), "text", "help")
            if language == self._main:
                self._group(row).questions.append(Question(row))
        else:
            self._add_part(row, language)

    def _add_part(self, row: Row, language: str) -> None:
        """A row that belongs to the question before it."""
        question = self._places.get(language, (0, ""))[1]
        if row.kind in ("SQ", "A"):
            scale = row.cell("type/scale") or "0"
            self._say(row, language, (row.kind, question, scale, row.cell("name")), "text", "help")
        asked = self.groups[-1].questions if self.groups else []
        if language == self._main and asked and row.kind in ("SQ", "A", "C"):
            last = asked[-1]
            {"SQ": last.subquestions, "A": last.answers, "C": last.conditions}[row.kind].append(row)
        elif row.kind not in ("S", "SQ", "A", "C"):
            self.others.append(row)

    def _group(self, row: Row) -> Group:
        """The group that was begun last; one of its own for a question that stands before all."""
        if not self.groups:
            self.groups.append(Group(Row(row.line, {}), 0))
        return self.groups[-1]

    def _say(self, row: Row, language: str, key: tuple[str, ...], *columns: str) -> None:
        code = self._codes.get(language)
        for column in columns:
            said = plain_text(row.cell(column))
            if code and said:
                self._texts.setdefault((*key, column), {}).setdefault(code, said)
