"""Responses in bulk: into a wave, by the way that people's own take; and out, made coarser."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy.orm import Session

from survey.exchange.codebook import to_codebook
from survey.exchange.formula_safe import safe
from survey.exchange.table_codebook import codebook
from survey.exchange.table_csv import write_csv
from survey.exchange.table_files import FORMATS
from survey.exchange.table_xlsx import MOST_ROWS
from survey.operations import auditing
from survey.operations.drafting import closed
from survey.operations.errors import Refused
from survey.operations.recording import record
from survey.operations.response_rows import answered_in
from survey.operations.rows_out import as_text, rows_table, shared_rows
from survey.operations.unit_tree import tree_of
from survey.operations.versions import questionnaire_of
from survey.questionnaire.model import Answer, Questionnaire
from survey.storage import waves
from survey.storage.waves import Wave

Format = Literal["csv", "json"]
FormatOut = Literal["csv", "xlsx", "json", "parquet", "sav"]

SHORTEST_REASON: Final = 10
LONGEST_REASON: Final = 500
WANTED_REASON: Final = (
    f"Say in {SHORTEST_REASON} to {LONGEST_REASON} characters what they are needed for."
)


def import_responses(session: Session, wave: Wave, file: bytes, format: Format) -> int:
    """Add the responses of a file to an open wave, all of them or none; how many.

    Columns are response, unit, and the ids of questions, those about the person among them. Each
    is read, rated and packed as if it had been sent.
    Raises InvalidRows (see `csv_rows`) with every problem; Closed unless the wave is open.
    """
    waves.share_submissions(session, wave.id)
    if waves.state_of(session, wave.id) != "open":
        raise closed(wave.state)
    questionnaire = questionnaire_of(session, wave.version_digest)
    answered = answered_in(file, format, questionnaire, tree_of(session, wave))
    return len(record(session, wave.id, questionnaire, answered))


def export_responses(
    session: Session, wave: Wave, format: FormatOut, reason: str, file: Path
) -> None:
    """Write the responses of a closed wave to a file, and note in the audit log why they leave.

    CSV and JSON hold answers as `import_responses` takes them; the others numbers with labels
    (see `rows_out`, also for what is left out).
    Raises Refused before the wave closes, without a reason, where fewer than the minimum group
    answered, and where a workbook cannot hold as many rows.
    """
    said = " ".join(reason.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise Refused("No reason was given for taking the responses.", WANTED_REASON)
    if wave.state != "closed":
        raise Refused("Responses can be exported once the wave is closed.", "Close it first.")
    questionnaire = questionnaire_of(session, wave.version_digest)
    shared = shared_rows(session, wave, questionnaire)
    if format == "xlsx" and shared.number > MOST_ROWS:
        raise Refused(f"A workbook holds {MOST_ROWS:,} responses at most.", "Choose another file.")
    auditing.note(
        session,
        "responses.export",
        f"wave:{wave.slug}",
        wave.organisation_id,
        format=format,
        reason=said,
        responses=shared.number,
    )
    if format in ("csv", "json"):
        parts = _as_csv(questionnaire, shared.rows) if format == "csv" else _as_json(shared.rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(parts)
    else:
        FORMATS[format].write(rows_table(wave, questionnaire, shared.rows), file)


def codebook_of(session: Session, wave: Wave, format: FormatOut, file: Path) -> None:
    """Write, as CSV, what each column of the responses in this format means."""
    questionnaire = questionnaire_of(session, wave.version_digest)
    if format in ("csv", "json"):
        file.write_text(to_codebook(questionnaire), encoding="utf-8-sig", newline="")
    else:
        write_csv(codebook(rows_table(wave, questionnaire, iter(()))), file)


def _as_csv(questionnaire: Questionnaire, rows: Iterator[dict[str, Answer]]) -> Iterator[str]:
    columns = [question.id for question in questionnaire.questions if question.kind != "text"]
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["response", "unit", *columns])
    for row in rows:
        writer.writerow([_safe(row.get(name)) for name in ("response", "unit", *columns)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _safe(answer: Answer | None) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if answer is None or isinstance(answer, int | float):
        return answer
    return safe(as_text(answer) or "")


def _as_json(rows: Iterator[dict[str, Answer]]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
