"""Which tool a questionnaire file was written for, by what is in it and what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Final, Literal
from zipfile import ZipFile

from survey.exchange.foreign_file import as_text, check_size
from survey.exchange.imported import Imported, NotImportable
from survey.exchange.limesurvey_in import from_limesurvey
from survey.exchange.limesurvey_rows import COLUMNS
from survey.exchange.surveyjs_in import from_surveyjs
from survey.exchange.xlsform_in import from_xlsform
from survey.exchange.xlsform_sheets import OLD_WORKBOOK, WORKBOOK
from survey.questionnaire.source import read

Format = Literal["ours", "xlsform", "surveyjs", "limesurvey"]

READERS: Final[Mapping[Format, Callable[[bytes], Imported]]] = {
    "xlsform": from_xlsform,
    "surveyjs": from_surveyjs,
    "limesurvey": from_limesurvey,
}
"""What reads the files of each tool; our own need no reading."""

_ACCEPTED: Final = (
    "Choose a questionnaire of ours (.json), an XLSForm (.xlsx), the JSON of a SurveyJS survey, or "
    "LimeSurvey’s tab-separated form (.txt)."
)
_KEYS: Final[Mapping[Format, frozenset[str]]] = {
    "ours": frozenset({"format", "sections", "about_you", "answer_sets"}),
    "surveyjs": frozenset({"pages", "elements", "questions"}),
}
_KEY: Final = re.compile(r'"(\w+)"\s*:')
_QUALTRICS: Final = "SurveyElements"
_ELSEWHERE: Final[Mapping[str, tuple[str, str]]] = {
    ".xls": ("a workbook of an old kind", "Save it as an Excel workbook (.xlsx)."),
    ".ods": ("an OpenDocument sheet", "Save it as an Excel workbook (.xlsx)."),
    ".csv": ("a table", "For an XLSForm, put its sheets into one workbook (.xlsx)."),
    ".lss": ("LimeSurvey’s own form", "In LimeSurvey export it as tab-separated values (*.txt)."),
    ".lsa": ("a LimeSurvey archive", "In LimeSurvey export it as tab-separated values (*.txt)."),
    ".xml": ("XML", "Take the form that it was made from: XLSForm (.xlsx), for instance."),
    ".qsf": ("a Qualtrics survey", _ACCEPTED),
    ".docx": ("a text document", _ACCEPTED),
    ".pdf": ("a PDF", _ACCEPTED),
}


def format_of(name: str, file: bytes) -> Format:
    """Which kind of questionnaire file this is. name: what it is called, with its ending.

    JSON that cannot be read is told by the keys that stand in it: whoever reads it says what is
    wrong. Raises NotImportable where it is none of them.
    """
    check_size(file)
    if file.startswith(WORKBOOK):
        return _workbook(name, file)
    _refuse_by_ending(name, OLD_WORKBOOK if file.startswith(OLD_WORKBOOK) else b"")
    text = as_text(file)
    if text.lstrip().startswith(("{", "[")):
        return _json(name, text)
    header = {cell.strip().strip('"').lower() for cell in text.split("\n", 1)[0].split("\t")}
    if header.issuperset(COLUMNS):
        return "limesurvey"
    raise _not_ours(name)


def _workbook(name: str, file: bytes) -> Format:
    try:
        parts = ZipFile(BytesIO(file)).namelist()
    except Exception as fault:  # a broken archive makes its reader fail in any way
        mend = "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
        raise NotImportable("The workbook cannot be read.", mend) from fault
    if "xl/workbook.xml" in parts:
        return "xlsform"
    _refuse_by_ending(name, b"")
    raise _not_ours(name)


def _json(name: str, text: str) -> Format:
    source = read(text)
    keys = set(source.value) if isinstance(source.value, dict) else set(_written_keys(text))
    if _QUALTRICS in keys:
        raise _refused(*_ELSEWHERE[".qsf"])
    for format_, known in _KEYS.items():
        if keys & known:
            return format_
    if not source.is_read and name.lower().endswith(".json"):
        return "ours"
    raise _not_ours(name)


def _written_keys(text: str) -> Iterator[str]:
    return (found[1] for found in _KEY.finditer(text))


def _refuse_by_ending(name: str, start: bytes) -> None:
    """Raise NotImportable where a file is of a kind known not to do, by its name or its start."""
    ending = ".xls" if start else f".{name.lower().rpartition('.')[2]}"
    if ending in _ELSEWHERE:
        raise _refused(*_ELSEWHERE[ending])


def _refused(what: str, mend: str) -> NotImportable:
    return NotImportable(f"The file is {what}, which cannot be read.", mend)


def _not_ours(name: str) -> NotImportable:
    ending = name.rpartition(".")[2]
    said = f"“.{ending[:20]}”" if "." in name else "of an unknown kind"
    return NotImportable(f"The file ({said}) is no questionnaire that can be read.", _ACCEPTED)
