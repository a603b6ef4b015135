"""A file of responses, read: each cell an answer, or a problem with its row and column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from survey.operations.csv_rows import (
    LARGEST,
    MOST_ROWS,
    CsvRow,
    CsvRows,
    InvalidRows,
    RowProblem,
    read_rows,
)
from survey.operations.unit_tree import UnitTree
from survey.operations.versions import questions_by_id
from survey.questionnaire.answers import InvalidAnswer, drop_hidden, parse
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, Answer, Question, Questionnaire

COLUMNS: Final = ("response", "unit")
ANSWERS_APART: Final = ";"
"""What stands between the ticked options of a checklist."""

Answered = list[tuple[int, Mapping[str, Answer]]]
"""A unit's id and the answers that count, for each response."""


def answered_in(
    file: bytes,
    format: str,
    questionnaire: Questionnaire,
    tree: UnitTree,
) -> Answered:
    """The responses of a file, hidden answers dropped. Raises InvalidRows with every problem."""
    questions = questions_by_id(questionnaire)
    found = (
        read_rows(file, COLUMNS, others=questions.__contains__)
        if format == "csv"
        else _json_rows(file, questions)
    )
    _refuse_repeated(found)
    unit_ids = {unit.slug: unit.id for unit in tree.units}
    modules = [section.id for section in questionnaire.modules]
    answered: Answered = []
    for row in found.rows:
        unit_id = _unit_of(found, row, unit_ids)
        kept, _ = drop_hidden(questionnaire, _answers_of(found, row, questions), modules)
        answered.append((unit_id, kept))
    if found.problems:
        raise InvalidRows(found.problems)
    return answered


def _refuse_repeated(found: CsvRows) -> None:
    seen: dict[str, int] = {}
    for row in found.rows:
        name = row.cells["response"]
        if name and seen.setdefault(name, row.line) != row.line:
            found.refuse(
                row,
                "response",
                f"Response “{name}” is in row {seen[name]} already.",
                "Delete one of the two.",
                "repeated-response",
            )


def _unit_of(found: CsvRows, row: CsvRow, unit_ids: Mapping[str, int]) -> int:
    slug = row.cells["unit"]
    if slug not in unit_ids:
        found.refuse(
            row,
            "unit",
            f"There is no unit “{slug}” in this wave.",
            "Use the short name of a unit as it was when the wave opened.",
            "unknown-unit",
        )
    return unit_ids.get(slug, 0)


def _answers_of(
    found: CsvRows, row: CsvRow, questions: Mapping[str, Question]
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for id_, cell in row.cells.items():
        if not cell or id_ in COLUMNS:
            continue
        question = questions[id_]
        sent = cell.split(ANSWERS_APART) if question.kind == "checklist" else [cell]
        try:
            answer = parse(question, sent)
        except InvalidAnswer as fault:
            message = f"“{cell[:40]}” is no answer here: {fault}"
            found.refuse(row, id_, message, f"Use {_allowed(question)}.", "bad-answer")
        else:
            if answer is not None:
                answers[id_] = answer
    return answers


def _allowed(question: Question) -> str:
    if question.kind == "text":
        return "a shorter text"
    if question.kind in ("choice", "checklist"):
        values = [option.id for option in question.options]
    else:
        values = ["a number"] if question.kind == "number" else list("12345")
    opt_outs = [DONT_KNOW, NOT_APPLICABLE] if question.not_applicable else [DONT_KNOW]
    return ", ".join(values + opt_outs)


def _json_rows(file: bytes, questions: Mapping[str, Question]) -> CsvRows:
    """Objects with the same keys as the columns of a CSV file; the first is row 1."""
    found = CsvRows()
    for line, value in enumerate(_json_list(file), start=1):
        if not isinstance(value, dict) or not all(name in value for name in COLUMNS):
            found.problems.append(
                RowProblem(
                    line,
                    "",
                    "This is no response.",
                    f"Give it {' and '.join(COLUMNS)}.",
                    "no-response",
                )
            )
            continue
        row = CsvRow(line, {})
        for name, content in value.items():
            _add_cell(found, row, name, content, questions)
        found.rows.append(row)
    return found


def _add_cell(
    found: CsvRows, row: CsvRow, name: str, content: Any, questions: Mapping[str, Question]
) -> None:
    row.cells[name] = ""
    if name not in COLUMNS and name not in questions:
        del row.cells[name]
        message = f"There is no question “{name[:100]}”."
        found.refuse(row, name[:100], message, "Delete it.", "unknown-column")
    elif _is_text(content):
        row.cells[name] = content.strip()
    elif isinstance(content, int | float) and not isinstance(content, bool):
        row.cells[name] = str(content)
    elif isinstance(content, list) and all(_is_text(one) for one in content):
        row.cells[name] = ANSWERS_APART.join(content) or "none"
    elif content is not None:
        mend = "Use a text, a number or a list of texts."
        found.refuse(row, name, "This is no answer.", mend, "bad-answer")


def _is_text(content: Any) -> bool:
    """Whether it is a text that a database can hold: half of a surrogate pair is none."""
    return isinstance(content, str) and not any("\ud800" <= char <= "\udfff" for char in content)


def _json_list(file: bytes) -> list[Any]:
    if len(file) > LARGEST:
        raise _unreadable(f"The file is larger than {LARGEST // 1024**2} MiB.", "Divide it.")
    try:
        value = json.loads(file.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise _unreadable(f"This is not JSON: {fault}.", "Export it again.") from fault
    if not isinstance(value, list) or not value or len(value) > MOST_ROWS:
        raise _unreadable(
            "The file is not a list of responses.",
            f"Begin with [ and give from 1 to {MOST_ROWS:,} objects.",
        )
    return value


def _unreadable(message: str, mend: str) -> InvalidRows:
    return InvalidRows([RowProblem(0, "", message, mend, "not-json")])
