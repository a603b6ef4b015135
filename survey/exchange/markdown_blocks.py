"""Markdown that authors write, as plain values: paragraphs and lists of pieces of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from survey.questionnaire.model import Json

_PARSER: Final = MarkdownIt("js-default", {"html": False, "linkify": False})
_STYLES: Final = {"strong": "bold", "em": "italic"}


def markdown_blocks(text: str) -> list[dict[str, Json]]:
    """The text's blocks, in order, lists within lists made flat.

    A block is {"kind", "level", "pieces"}: kind is paragraph, heading, bullet or number (with
    its "number"), level how deep a list's entry lies, and a piece {"text", "bold", "italic"}.
    HTML stands as it was typed, a link has its address behind it, a picture is its description.
    """
    return list(_blocks(_PARSER.parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[dict[str, Json]]:
    lists: list[int | None] = []  # of those that are open, the last number; None for bullets
    is_entry = is_heading = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1) - 1
            lists.append(start if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            is_entry = True
            lists[-1] = None if lists[-1] is None else lists[-1] + 1
        elif token.type in ("heading_open", "heading_close"):
            is_heading = token.type == "heading_open"
        elif token.type in ("inline", "fence", "code_block"):
            yield _block(token, lists, is_entry, is_heading)
            is_entry = False


def _block(
    token: Token, lists: Sequence[int | None], is_entry: bool, is_heading: bool
) -> dict[str, Json]:
    kind = "heading" if is_heading else "paragraph"
    if is_entry:
        kind = "bullet" if lists[-1] is None else "number"
    pieces = (
        list(_pieces(token.children or [])) if token.type == "inline" else [_piece(token.content)]
    )
    number = {"number": lists[-1]} if kind == "number" else {}
    return {"kind": kind, "level": len(lists), "pieces": pieces, **number}


def _pieces(tokens: Sequence[Token]) -> Iterator[dict[str, Json]]:
    styles = {"bold": 0, "italic": 0}
    address = said = ""
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if name in _STYLES:
            styles[_STYLES[name]] += 1 if end == "open" else -1
        elif token.type == "link_open":
            address, said = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close" and address != said:
            yield _piece(f" ({address})")
        elif token.type in ("softbreak", "hardbreak"):
            yield _piece("\n" if token.type == "hardbreak" else " ")
        elif token.content:
            said += token.content
            yield _piece(token.content, styles["bold"] > 0, styles["italic"] > 0)


def _piece(text: str, bold: bool = False, italic: bool = False) -> dict[str, Json]:
    return {"text": text, "bold": bold, "italic": italic}
