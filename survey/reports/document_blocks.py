"""What a printed report is made of: blocks that the template sets in type. Each is plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from survey.questionnaire.model import Json

Block = dict[str, Json]
Cells = Sequence[str]

TEXT: Final = "left"
FIGURE: Final = "right"


def heading(title: str, level: Literal[1, 2, 3] = 1) -> Block:
    """A heading; those of level 1 begin a page and stand in the contents."""
    return {"kind": "heading", "level": level, "text": title}


def lead(text: str) -> Block:
    """A sentence in large type."""
    return {"kind": "lead", "text": text}


def text(said: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": said}


def note(said: str) -> Block:
    """A paragraph in small type."""
    return {"kind": "note", "text": said}


def bullets(items: Iterable[str]) -> Block:
    """A list."""
    return {"kind": "bullets", "items": list(items)}


def steps(rows: Iterable[tuple[str, str, int]]) -> Block:
    """Steps with their wording: a mark ("Now"), the wording, and the step by which it is
    coloured."""
    return {
        "kind": "steps",
        "rows": [{"mark": mark, "text": wording, "step": step} for mark, wording, step in rows],
    }


def cards(items: Iterable[tuple[str, str, Sequence[str]]]) -> Block:
    """Answers side by side: a question, the answer, and lines that say more."""
    return {
        "kind": "cards",
        "items": [
            {"title": title, "text": said, "lines": list(lines)} for title, said, lines in items
        ],
    }


def together(parts: Iterable[Block]) -> Block:
    """Blocks that stay on one page."""
    return {"kind": "together", "blocks": list(parts)}


def figure(svg: str, alt: str, caption: str, notes: Sequence[str], share: int = 100) -> Block:
    """A drawing with what it says above it, and notes beneath. share: of the page's width, in
    percent."""
    return {
        "kind": "figure",
        "svg": svg,
        "alt": alt,
        "caption": caption,
        "notes": list(notes),
        "share": share,
    }


def table(
    heads: Cells,
    rows: Iterable[Cells],
    *,
    caption: str,
    figures: Iterable[int] = (),
    small: bool = False,
) -> Block:
    """A table. figures: places of the columns that hold numbers. small: in small type, for many
    columns. A row shorter than the head has its last cell span the rest."""
    numbers = set(figures)
    return {
        "kind": "table",
        "caption": caption,
        "heads": list(heads),
        "align": [FIGURE if place in numbers else TEXT for place in range(len(heads))],
        "rows": [list(row) for row in rows],
        "small": small,
    }
