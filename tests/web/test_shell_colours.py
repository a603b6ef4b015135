"""Colours: the style sheet's and the charts' are the same, and labels can be read on all."""

import re

import pytest

from survey.charts import palette
from survey.web.static_files import FOLDER

CSS = (FOLDER / "app.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): ?(#[0-9a-f]{6})", part))
    for part in (
        CSS[CSS.index("--step-1") : CSS.index("prefers-color-scheme")],
        CSS[CSS.index("prefers-color-scheme") :],
    )
)
PAPER = {"light": "#ffffff", "dark": "#10181e"}
THEMES = [("light", LIGHT, palette.LIGHT), ("dark", DARK, palette.DARK)]
PAIRS = [
    *((f"on-step-{n}", f"step-{n}") for n in range(1, 6)),
    ("on-band", "band"),
    ("on-button", "button"),
    ("on-button", "button-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
    ("on-good-wash", "good-wash"),
]


def brightness(colour):
    """Relative luminance, 0 to 1, by WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio, 1 to 21, by WCAG 2.2."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "colours", "drawn"), THEMES, ids=["light", "dark"])
def test_charts_are_drawn_in_the_colours_of_the_page(theme, colours, drawn):
    assert drawn.steps == tuple(colours[f"step-{n}"] for n in range(1, 6))
    assert drawn.on_steps == tuple(colours[f"on-step-{n}"] for n in range(1, 6))
    assert drawn.paper == PAPER[theme]


@pytest.mark.parametrize(("label", "under"), PAIRS)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_label_can_be_read_on_its_colour(colours, label, under):
    assert contrast(colours[label], colours[under]) >= 4.5


@pytest.mark.parametrize(("theme", "colours", "drawn"), THEMES, ids=["light", "dark"])
def test_steps_are_told_apart_by_lightness_alone(theme, colours, drawn):
    steps = [brightness(colour) for colour in drawn.steps]
    assert steps == sorted(steps, reverse=theme == "light")
    pairs = zip(drawn.steps, drawn.steps[1:], strict=False)
    assert all(contrast(one, other) >= 1.3 for one, other in pairs)
