"""What every chart has, whatever it draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from survey.charts.look import Look
from survey.charts.marks import Layer

Cell = str | int | float | None
"""What a table holds: numbers are exact, whoever shows them rounds. None: withheld or not there."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart: a heading for each column, then rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(Protocol):
    """A chart as pages, files and reports take it. Everything is said in the language spoken."""

    @property
    def title(self) -> str:
        """What is drawn: "Digital"."""

    @property
    def finding(self) -> str:
        """What it says, as one short sentence without a full stop: "User research is lowest"."""

    @property
    def measured_in(self) -> str:
        """What is drawn in which unit, and of how many people: "Share of people at each step, and
        mean from 1 to 5; 111 to 119 people"."""

    @property
    def note(self) -> str:
        """What is withheld, and why; empty where nothing is."""

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""

    def table(self) -> Table:
        """Its numbers."""

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels, known before anything is drawn."""

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
