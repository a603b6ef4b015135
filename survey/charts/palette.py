"""The colours of charts: those of the style sheet, which has them as custom properties, and the
letters in which they are written."""

from __future__ import annotations

from dataclasses import dataclass, replace

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PAPER_FONT = "'Atkinson Hyperlegible Next', Arial, sans-serif"
"""That of `survey/exchange/fonts`, and what comes near it where a drawing is opened without it."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Five colours for the steps, five that can be read on them, and those of everything else.

    `ground`: on what a drawing is laid, where that is not the page's own.
    """

    steps: tuple[str, str, str, str, str]
    on_steps: tuple[str, str, str, str, str]
    paper: str
    ink: str
    quiet: str
    line: str
    target: str
    font: str = FONT
    ground: str = "transparent"


LIGHT = Palette(
    steps=("#dbe7ef", "#a5c8d9", "#5f9fbd", "#2b6f93", "#123f5c"),
    on_steps=("#14212b", "#14212b", "#14212b", "#ffffff", "#ffffff"),
    paper="#ffffff",
    ink="#14212b",
    quiet="#4a5965",
    line="#c4ced6",
    target="#9a3412",
)
DARK = Palette(
    steps=("#24404f", "#2f6480", "#4c93b5", "#8cc3dc", "#d5ecf7"),
    on_steps=("#ffffff", "#ffffff", "#0c151b", "#0c151b", "#0c151b"),
    paper="#10181e",
    ink="#eef3f6",
    quiet="#b3c0c9",
    line="#3b4a55",
    target="#f2a65e",
    ground="#10181e",  # so that it can be read where it is printed as it is
)
PAPER = replace(LIGHT, font=PAPER_FONT, ground="#ffffff")
