"""The types of an XLSForm’s rows, and what becomes of each here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Become = Literal["one", "many", "number", "text", "note", "begin", "end", "nothing", "left out"]


@dataclass(frozen=True, slots=True)
class Type:
    """What a row is, and what becomes of it.

    list: the name of its choices. told: what it is called in the report; `told_became` goes on.
    """

    become: Become
    list: str = ""
    or_other: bool = False
    told: str = ""
    told_became: str = "It is asked for in people’s own words."
    is_repeat: bool = False
    is_whole: bool = False


_SELECT: Final = re.compile(
    r"(?:add )?(select[ _]?(?:one|1)|select[ _]multiple|select all that apply)"
    r"(?: prompt)?(?: from| using)? (\S.*?)(?: (?:or_other|(or specify other)))?",
    re.IGNORECASE,
)
_FROM_FILE: Final = re.compile(r"select[ _](?:one|multiple)[ _](?:from[ _]file|external)\b.*")
_GROUP: Final = re.compile(r"(begin|end)[ _]?(group|repeat|loop|looped group|lgroup)")
_ANSWERED: Final[Mapping[str, Become]] = {
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "range": "number",
    "percentage": "number",
    "text": "text",
    "string": "text",
    "note": "note",
}
_IN_WORDS: Final = {"date": "a date", "time": "a time of day", "datetime": "a date and time"}
_UNASKED: Final = "It is left out: people choose, write, or enter a number here."
_UNRECORDED: Final = "It is left out: nothing but answers is recorded here."
_UNCALCULATED: Final = "It is left out: nothing is calculated here."
_LEFT_OUT: Final[Mapping[str, tuple[str, str]]] = {
    word: (what, became)
    for words, what, became in (
        ("geopoint geotrace geoshape location gps", "a place on a map", _UNASKED),
        ("image photo audio video file", "a picture, recording or file", _UNASKED),
        ("barcode", "a barcode", _UNASKED),
        ("acknowledge trigger", "a tick that something was read", _UNASKED),
        ("rank", "a ranking", _UNASKED),
        ("calculate hidden", "a calculated or hidden value", _UNCALCULATED),
        ("xml-external csv-external osm", "a file of other facts", _UNASKED),
        ("start end today audit start-geopoint", "a record of when and where", _UNRECORDED),
        ("deviceid subscriberid simserial", "a record of the device", _UNRECORDED),
        ("phonenumber username email", "a record of the person", _UNRECORDED),
        ("background-audio background-geopoint", "a recording", _UNRECORDED),
    )
    for word in words.split()
}


def type_of(written: str) -> Type:
    """What stands in the column `type`, as a row’s type."""
    said = " ".join(written.split())
    small = said.lower()
    if found := _GROUP.fullmatch(small):
        begins = found[1] == "begin"
        return Type("begin" if begins else "end", is_repeat=found[2] != "group")
    if _FROM_FILE.fullmatch(small):
        return Type("text", told="a choice from a list in another file")
    if found := _SELECT.fullmatch(said):
        several = found[1].lower().endswith(("multiple", "apply"))
        has_other = small.endswith((" or_other", " or specify other"))
        return Type("many" if several else "one", list=found[2], or_other=has_other)
    word = small.split(" ")[0]
    if small in _ANSWERED:
        return Type(_ANSWERED[small], is_whole=small in ("integer", "int"))
    if word in _IN_WORDS:
        return Type("text", told=_IN_WORDS[word])
    what, became = _LEFT_OUT.get(word, (f"the type “{said[:60]}”", _UNASKED))
    return Type("left out", told=what, told_became=became)
