"""Texts of other tools without their markup: HTML goes, what it says stays."""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

_TAG: Final = re.compile(
    r"<(?:!--|!doctype|/?(?:a|abbr|area|article|aside|audio|b|base|big|blockquote|body|br|button"
    r"|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset"
    r"|figcaption|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins"
    r"|kbd|label|legend|li|link|main|map|mark|math|meta|nav|noscript|object|ol|optgroup|option|p"
    r"|param|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub"
    r"|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var"
    r"|video|wbr)(?=[\s/>]|$))",
    re.IGNORECASE,
)
"""Where a tag begins; “<5 people” and “a < b” are no tags."""

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_UNREADABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_KEPT: Final = {
    "a",
    "br",
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_UNSAID: Final = {
    "script",
    "style",
    "head",
    "template",
    "title",
    "noscript",
    "svg",
    "math",
    "object",
}
_CLEAN_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)(?: href=\"([^\"]*)\")?>")
_SPACE: Final = re.compile(r"[ \t\n\f]+")

LONGEST: Final = 20_000
"""Characters that are read of one text: more than we take of any."""


def plain_text(text: str) -> str:
    """A text without markup, control characters and needless space; lines stay lines.

    Paragraphs are parted by an empty line, entries of a list begin with a hyphen, a link is
    followed by its address.
    """
    said = readable(text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    if _TAG.search(said):
        said = readable(_without_tags(said))
    elif _ENTITY.search(said):
        said = readable(_ENTITY.sub(lambda found: _characters(found[0]), said))
    lines = [line.rstrip() for line in said.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def readable(text: str) -> str:
    """A text without the characters that nobody can read, or no file can hold."""
    return _UNREADABLE.sub("", text)


def _characters(escaped: str) -> str:
    return html.unescape(escaped).replace("\xa0", " ").replace("\r", "\n")


def _without_tags(text: str) -> str:
    clean = nh3.clean(
        text,
        tags=_KEPT,
        clean_content_tags=_UNSAID,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    said: list[str] = []
    address, at = "", 0
    for tag in _CLEAN_TAG.finditer(clean):
        said.append(_characters(_SPACE.sub(" ", clean[at : tag.start()])))
        at, (closes, name, href) = tag.end(), tag.groups()
        if name == "a":
            said.append(_link(address, said) if closes else "")
            address = _characters(href or "")
        else:
            said.append(_break(name, bool(closes)))
    said.append(_characters(_SPACE.sub(" ", clean[at:])))
    return "\n".join(" ".join(line.split()) for line in "".join(said).split("\n"))


def _link(address: str, said: list[str]) -> str:
    """What follows a link: its address, unless that was shown."""
    shown = address.removeprefix("mailto:")
    return "" if not shown or said[-1].strip() in (shown, address) else f" ({shown})"


def _break(tag: str, closes: bool) -> str:
    """How a tag parts what stands before it from what stands behind."""
    if tag in ("td", "th"):
        return " "
    if tag == "br":
        return "\n"
    if tag == "li":
        return "" if closes else "\n- "
    return "\n\n" if tag != "tr" else "\n"
