"""The steps can be told apart by everybody, in light, in the dark and on paper."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from survey.charts.palette import DARK, LIGHT, PAPER

# Machado, Oliveira & Fernandes (2009), IEEE Trans. Visualization and Computer Graphics 15(6),
# 1291-1298, table 1, severity 1.0: for linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
PALETTES = {"light": LIGHT, "dark": DARK, "paper": PAPER}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(seen):
    """CIE 1976 L*a*b* of linear RGB."""
    ratio = TO_XYZ @ np.clip(seen, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, other):
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_any_two_steps_are_far_apart_however_colours_are_seen(palette, sight):
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in palette.steps]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) >= 12


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_steps_go_one_way_from_pale_to_deep_or_back(palette, sight):
    light = [lab(SIGHT[sight] @ linear(colour))[0] for colour in palette.steps]
    falls = [b - a for a, b in pairwise(light)]
    assert all(fall > 0 for fall in falls) or all(fall < 0 for fall in falls)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_outline_of_a_step_is_seen_on_its_ground_where_its_colour_is_not(palette):
    assert contrast(palette.quiet, palette.paper) >= 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_number_of_a_step_is_read_on_its_colour(palette):
    for on, step in zip(palette.on_steps, palette.steps, strict=True):
        assert contrast(on, step) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_and_targets_are_read_on_paper(palette):
    assert contrast(palette.ink, palette.paper) >= 7
    assert contrast(palette.quiet, palette.paper) >= 4.5
    assert contrast(palette.target, palette.paper) >= 4.5


def test_black_and_white_are_as_far_apart_as_lightness_goes():
    assert np.linalg.norm(lab(linear("#ffffff")) - lab(linear("#000000"))) == pytest.approx(100)
