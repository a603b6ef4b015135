"""One-press mends of what keeps a text from being JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from survey.questionnaire.editing import Edit, edited
from survey.questionnaire.faults import quoted
from survey.questionnaire.problems import Problem
from survey.questionnaire.source import read


class Mend(NamedTuple):
    """What pressing it does, in a few words, and the edits that do it."""

    label: str
    edits: tuple[Edit, ...]


_WORD: Final = re.compile(r"[^\W\d][\w-]*|[\w.+-]+")
_NUMBER: Final = re.compile(r"[+-]?[0-9.][\w.+-]*")
_COMMENT: Final = re.compile(r"[ \t]*(?:(?://|#)[^\r\n]*|/\*.*?\*/|<!--.*?-->)", re.S)
_CLOSING: Final[Mapping[str, str]] = {
    "'": "'",
    "`": "`",
    "‘": "’",
    "’": "’",
    "“": "”",
    "”": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
}
_LITERALS: Final[Mapping[str, str]] = {
    "true": "true",
    "false": "false",
    "null": "null",
    "none": "null",
    "yes": "true",
    "no": "false",
}


def mend_text(problem: Problem, text: str, at: int) -> Mend | None:
    """How to mend a fault of the text at an offset; None where that takes a thought."""
    mend = _MENDS.get(problem.code)
    return mend(problem, text, at) if mend else None


def _put(label: str, start: int, end: int, text: str) -> Mend:
    return Mend(label, (Edit(start, end, text),))


def _trailing_comma(_: Problem, __: str, at: int) -> Mend:
    return _put("Delete the comma", at, at + 1, "")


def _missing_comma(_: Problem, text: str, at: int) -> Mend:
    end = len(text[:at].rstrip())
    return _put("Put in the comma", end, end, ",")


def _missing_colon(_: Problem, __: str, at: int) -> Mend:
    return _put("Put in the colon", at, at, ": ")


def _missing_value(_: Problem, text: str, at: int) -> Mend | None:
    before = text[:at].rstrip()
    if text[at] == "," and before.endswith(","):
        return _put("Delete the second comma", len(before), at + 1, "")
    return None


def _quote(_: Problem, text: str, at: int) -> Mend | None:
    found = _WORD.match(text, at)
    return _put("Put it in quotes", at, found.end(), f'"{found[0]}"') if found else None


def _bad_word(problem: Problem, text: str, at: int) -> Mend | None:
    found = _WORD.match(text, at)
    literal = _LITERALS.get(found[0].lower()) if found else None
    if found is None or literal is None:
        return _quote(problem, text, at)
    return _put(f"Write {literal}", at, found.end(), literal)


def _wrong_quotes(_: Problem, text: str, at: int) -> Mend | None:
    line_end = re.compile(r"[\r\n]|$").search(text, at)
    closing = f'{_CLOSING[text[at]]}"'
    end = next(
        (
            n
            for n in range(at + 1, line_end.start() if line_end else len(text))
            if text[n] in closing
        ),
        None,
    )
    if end is None:
        return None
    straight = (Edit(at, at + 1, '"'), Edit(end, end + 1, '"'))
    return Mend("Use straight double quotes", straight)


def _comment(_: Problem, text: str, at: int) -> Mend | None:
    found = _COMMENT.match(text, len(text[:at].rstrip(" \t")))
    return _put("Delete the comment", found.start(), found.end(), "") if found else None


def _bad_number(_: Problem, text: str, at: int) -> Mend | None:
    found = _NUMBER.match(text, at)
    try:
        number = float(found[0].replace("_", "x")) if found else float("nan")
    except ValueError:
        return None
    if found is None or abs(number) > 1e15 or number != number:
        return None
    said = str(int(number)) if number == int(number) else repr(number)
    return _put(f"Write {said}", at, found.end(), said)


def _stray(_: Problem, __: str, at: int) -> Mend:
    return _put("Delete it", at, at + 1, "")


def _control_character(_: Problem, text: str, at: int) -> Mend:
    if text[at] == "\t":
        return _put("Write \\t", at, at + 1, "\\t")
    return _stray(_, text, at)


def _bad_escape(_: Problem, __: str, at: int) -> Mend:
    return _put("Write two backslashes", at, at, "\\")


def _unclosed_text(_: Problem, text: str, at: int) -> Mend:
    line = re.split(r"[\r\n]", text[at:], maxsplit=1)[0]
    end = at + len(line.rstrip(" \t,:]}"))
    return _put("Close the text", end, end, '"')


def _wrong_bracket(problem: Problem, text: str, at: int) -> Mend:
    """Forgotten before this one, written wrongly, or the two the wrong way round: whichever lets
    the rest be read furthest."""
    wanted = str(problem.values["wanted"])
    end = len(text[:at].rstrip())
    forgotten = _put(f"Put in {quoted(wanted)}", end, end, wanted)
    wrong = _put(f"Write {quoted(wanted)}", at, at + 1, wanted)
    other = len(text) - len(text[at + 1 :].lstrip())
    swapped = Mend("Swap the two", (Edit(at, at + 1, wanted), Edit(other, other + 1, text[at])))
    mends = (forgotten, wrong, *([swapped] if text[other : other + 1] == wanted else []))
    return max(mends, key=lambda mend: _readable(edited(text, mend.edits)))


def _readable(text: str) -> tuple[bool, tuple[int, int]]:
    """Whether a text can be read to its end, and if not, how far."""
    source = read(text)
    first = min(source.problems, default=None)
    return source.is_read, (first.line, first.column) if first else (0, 0)


def _unclosed(problem: Problem, text: str, _: int) -> Mend:
    wanted = str(problem.values["wanted"])
    end = len(text.rstrip())
    return _put(f"Put in {quoted(wanted)}", end, end, f"\n{wanted}")


_MENDS: Final[Mapping[str, Callable[[Problem, str, int], Mend | None]]] = {
    "trailing-comma": _trailing_comma,
    "missing-comma": _missing_comma,
    "missing-colon": _missing_colon,
    "missing-value": _missing_value,
    "unquoted-key": _quote,
    "bad-word": _bad_word,
    "wrong-quotes": _wrong_quotes,
    "comment": _comment,
    "bad-number": _bad_number,
    "stray-character": _stray,
    "control-character": _control_character,
    "bad-escape": _bad_escape,
    "unclosed-text": _unclosed_text,
    "wrong-bracket": _wrong_bracket,
    "unclosed": _unclosed,
}
