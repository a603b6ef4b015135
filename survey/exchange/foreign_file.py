"""Files of other tools as bytes: none larger than ours may be."""

from __future__ import annotations

from typing import Final

from survey.exchange.imported import NotImportable
from survey.questionnaire.source import MAX_BYTES

_BYTE_ORDER_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def check_size(file: bytes) -> None:
    """Raise NotImportable where a file is empty, or too large."""
    if not file.strip():
        raise NotImportable("The file is empty.", "Choose the file that the other tool exported.")
    if len(file) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024**2} MiB."
        raise NotImportable(message, "Take out pictures and other media, or divide it.")


def as_text(file: bytes) -> str:
    """A file’s text, UTF-8 or UTF-16 with its mark. Raises NotImportable."""
    encoding = next(
        (name for mark, name in _BYTE_ORDER_MARKS.items() if file.startswith(mark)), "utf-8"
    )
    try:
        return file.decode(encoding)
    except UnicodeDecodeError as fault:
        message = "The file is not a text in UTF-8."
        raise NotImportable(message, "Export it again, as UTF-8.") from fault
