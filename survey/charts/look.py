"""For which screen or paper a chart is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from survey.charts.palette import DARK, LIGHT, PAPER, Palette
from survey.charts.placing import NARROW, WIDE, Frame


@dataclass(frozen=True, slots=True)
class Look:
    """For which screen a chart is drawn, or for `paper`."""

    narrow: bool = False
    dark: bool = False
    paper: bool = False

    @property
    def frame(self) -> Frame:
        """The columns that fit."""
        return NARROW if self.narrow else WIDE

    @property
    def palette(self) -> Palette:
        """The colours that can be seen."""
        if self.paper:
            return PAPER
        return DARK if self.dark else LIGHT
