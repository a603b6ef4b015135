"""A file of translations as text, whatever a spreadsheet saved it as."""

from __future__ import annotations

import codecs
import re
from typing import Final

from survey.exchange.imported import NotImportable

LARGEST: Final = 1024 * 1024
"""Bytes that a file may have. Whoever opens one need read no more than LARGEST + 1 of it."""

_AS_UTF_8: Final = (
    "In a spreadsheet, save it as “CSV UTF-8”; in a translation program, choose UTF-8."
)
_MESSAGE: Final = re.compile(r'^msgid[ \t]*"', re.M)
_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def text_of(file: bytes) -> str:
    """A file's text: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Raises NotImportable where it is too large, a workbook, or in another encoding.
    """
    if len(file) > LARGEST:
        raise NotImportable(
            f"The file is larger than {LARGEST // 1024**2} MiB.", "Divide it into several files."
        )
    if file.startswith(b"PK\x03\x04"):
        raise NotImportable(
            "The file is a workbook, not CSV.", "In your spreadsheet, save it as “CSV UTF-8”."
        )
    if not file.strip():
        raise NotImportable("The file is empty.", "Export it again, fill it in and save it.")
    encoding = _UTF_16.get(file[:2], "utf-8")
    mark = 2 if encoding != "utf-8" else 3 * file.startswith(codecs.BOM_UTF8)
    try:
        text = file[mark:].decode(encoding)
    except UnicodeDecodeError as fault:
        raise _undecodable(file[mark:], fault) from fault
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = f"Line {line}: the file is not UTF-8; it may be UTF-16 without a byte order mark."
        raise NotImportable(message, _AS_UTF_8)
    return text


def is_po(text: str) -> bool:
    """Whether it is a .po file, not CSV: its name need not say so."""
    return _MESSAGE.search(text) is not None


def _undecodable(file: bytes, fault: UnicodeDecodeError) -> NotImportable:
    before = file[: fault.start].decode(fault.encoding, errors="replace")
    line = before.count("\n") + 1
    if fault.encoding != "utf-8":
        return NotImportable(f"Line {line}: the file is UTF-16, but broken.", _AS_UTF_8)
    message = (
        f"Line {line}: byte {file[fault.start]:#x} is not UTF-8; "
        "the file may be in Windows-1252, as some programs save it."
    )
    return NotImportable(message, _AS_UTF_8)
