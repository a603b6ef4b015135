"""Translations as a gettext .po file, which programs for translators read and write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from survey.exchange.imported import NotImportable
from survey.questionnaire.catalogue import Row
from survey.questionnaire.catalogue_joining import Brought, Remark
from survey.questionnaire.model import Questionnaire

_GUESSED_FLAGS: Final = frozenset({"python-format", "python-brace-format"})
"""Of Babel, which takes “90% of” for a placeholder; ours have none."""

_TEXT: Final = r'"(?:[^"\\]|\\.)*"'
_LINE: Final = re.compile(
    rf"#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?)[ \t]*)?{_TEXT}|"
)
_LANGUAGE: Final = re.compile(r"^Language:[ \t]*([\w@.-]*)", re.M | re.I)
_SCRIPTS: Final = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva"}


def write_translations(
    questionnaire: Questionnaire, language: str, rows: Iterable[Row], *, now: datetime
) -> bytes:
    """The rows as messages: their key is the context, and who has to look again sees “fuzzy”."""
    catalog = Catalog(
        locale=language.replace("-", "_"),
        project=questionnaire.id,
        version="1",
        header_comment=f"# {' '.join(questionnaire.title.split())}",
        creation_date=now,
        revision_date=now,
        fuzzy=False,
    )
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    for row in rows:
        _add(catalog, row)
    out = BytesIO()
    write_po(out, catalog, width=0)  # Babel adds a line end to some texts that it wraps
    return out.getvalue()


def _add(catalog: Catalog, row: Row) -> None:
    comments = [row.section]
    if row.status == "library":
        comments.append("This translation comes from the library.")
    if row.made_of:
        comments.append(f"The original was: “{row.made_of}”")
    flags = ["fuzzy"] if row.status == "check" else []
    added = catalog.add(
        row.original, row.translation, flags=flags, auto_comments=comments, context=row.key
    )
    added.flags -= _GUESSED_FLAGS


def read_translations(text: str, language: str) -> tuple[list[Brought], list[Remark]]:
    """What each message brings into a language, and why some bring nothing.

    Raises NotImportable where a line cannot be read, or the header names another language.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if _LINE.fullmatch(line.strip()) is None:
            raise _unreadable(number)
    messages = _Messages()
    try:
        PoFileParser(messages, ignore_obsolete=True, abort_invalid=True).parse(lines)
    except PoFileError as fault:
        raise _unreadable(fault.lineno + 1) from fault
    brought, remarks = [], []
    for message in messages.found:
        if message.id == "":
            _check_language(message, language)
        elif isinstance(message.id, str) and message.context:
            brought.append(_brought(message, message.id, message.context))
        else:
            remarks.append(_without_key(message))
    return brought, remarks


class _Messages(Catalog):
    """Messages as they stand in a file, also where two have one key. Dates of the header, which
    programs write in many ways, are not looked at."""

    def __init__(self) -> None:
        super().__init__(creation_date="")
        self.found: list[Message] = []

    def __setitem__(self, _: Any, message: Message) -> None:
        self.found.append(message)


def _brought(message: Message, original: str, key: str) -> Brought:
    text = message.string if isinstance(message.string, str) else ""
    return Brought(message.lineno or 1, key, original, text, is_sure=not message.fuzzy)


def _check_language(header: Message, language: str) -> None:
    found = _LANGUAGE.search(header.string if isinstance(header.string, str) else "")
    named = found[1] if found else ""
    if named and not _is_same(_code(named), language):
        raise NotImportable(
            f"Line {header.lineno}: the file says that its language is “{named}”, "
            f"but this page is about “{language}”.",
            f"Import it on the page of its own language, or write “Language: {language}” there.",
        )


def _code(named: str) -> str:
    """How we write a language that gettext names: sr_RS@latin is sr-Latn-RS."""
    code, _, modifier = named.partition("@")
    main, *more = code.partition(".")[0].split("_")
    script = [_SCRIPTS[modifier.lower()]] if modifier.lower() in _SCRIPTS else []
    return "-".join([main, *script, *more])


def _is_same(code: str, language: str) -> bool:
    """Whether two codes mean one language; one of them may say more, such as the region."""
    named, wanted = (_parts(one) for one in (code, language))
    return named[: len(wanted)] == wanted[: len(named)]


def _parts(code: str) -> Sequence[str]:
    return code.lower().replace("_", "-").split("-")


def _without_key(message: Message) -> Remark:
    if not isinstance(message.id, str):
        what = "The message has a plural, and no text here has one."
    else:
        what = "The message has no “msgctxt”, which would say which text it is."
    return Remark(message.lineno or 1, what, "Export the file again for the messages that fit.")


def _unreadable(line: int) -> NotImportable:
    return NotImportable(
        f"Line {line}: this is not as a .po file has it.",
        "Each text stands in double quotes after “msgctxt”, “msgid” or “msgstr”; inside it, a "
        'quote is written \\".',
    )
