"""Colours measured: neighbours apart for every kind of sight, words and outlines with enough contrast."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from maps.palette import MOST_COLOURS, SCHEMES, Scheme

# Machado, Oliveira & Fernandes 2009, doi 10.1109/TVCG.2009.113, severity 1.0
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}


def linear(colour: str) -> np.ndarray:
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Björn Ottosson's OKLab of linear sRGB."""
    to_lms = np.array(
        [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_lms @ np.clip(rgb, 0, 1))


def apart(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(oklab(SIGHT[sight] @ linear(one)) - oklab(SIGHT[sight] @ linear(other))))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    light, dark = sorted((float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=SCHEMES.values(), ids=list(SCHEMES))
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return request.param


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("subject", ["distance", "cost", "need"])
def test_neighbouring_classes_can_be_told_apart(scheme: Scheme, subject: str, sight: str) -> None:
    for count in range(2, MOST_COLOURS + 1):
        for one, other in pairwise(scheme.ramp(subject, count)):
            assert apart(one, other, sight) >= 0.076, (count, one, other)


@pytest.mark.parametrize("sight", SIGHT)
def test_barrier_classes_can_be_told_apart_in_any_pair(scheme: Scheme, sight: str) -> None:
    for one, other in combinations(scheme.barrier, 2):
        assert apart(one, other, sight) >= 0.07, (one, other)


@pytest.mark.parametrize("sight", SIGHT)
def test_neighbours_of_the_difference_scale_can_be_told_apart(scheme: Scheme, sight: str) -> None:
    for one, other in pairwise(scheme.difference):
        assert apart(one, other, sight) >= 0.07, (one, other)


def test_words_and_outlines_stand_out_from_the_page(scheme: Scheme) -> None:
    for ink in (scheme.ink, scheme.soft_ink, scheme.link):
        assert contrast(ink, scheme.page) >= 4.5
        assert contrast(ink, scheme.panel) >= 4.5
    assert contrast(scheme.missing, scheme.page) >= 3
    assert contrast(scheme.site, scheme.page) >= 3, "the circle of a site within its page-coloured ring"


def test_the_outline_of_the_chosen_stands_out_from_every_class(scheme: Scheme) -> None:
    for colour in (colour for subject in scheme.ramps for count in range(2, MOST_COLOURS + 1) for colour in scheme.ramp(subject, count)):
        assert max(contrast(scheme.ink, colour), contrast(scheme.page, colour)) >= 3


def test_strong_is_farther_from_the_page_in_both_themes(scheme: Scheme) -> None:
    for ramp in (scheme.ramp(subject, count) for subject in scheme.ramps for count in range(2, MOST_COLOURS + 1)):
        ratios = [contrast(colour, scheme.page) for colour in ramp]
        assert ratios == sorted(ratios)


def test_a_ramp_gives_no_more_colours_than_can_be_told_apart(scheme: Scheme) -> None:
    with pytest.raises(ValueError, match="A ramp bears 1 to 8 colours; 9 were asked for"):
        scheme.ramp("cost", MOST_COLOURS + 1)


def test_the_colours_of_a_ramp_stand_whatever_their_number(scheme: Scheme) -> None:
    """Up to its own number a ramp gives its own colours, as measured; between them lie those of more classes, and its ends stay."""
    for ramp in scheme.ramps.values():
        subject = next(name for name, one in scheme.ramps.items() if one is ramp)
        assert scheme.ramp(subject, len(ramp)) == ramp
        for count in range(len(ramp) + 1, MOST_COLOURS + 1):
            more = scheme.ramp(subject, count)
            assert (more[0], more[-1], len(set(more))) == (ramp[0], ramp[-1], count)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_nine_colours_of_two_measures_can_be_told_apart(scheme: Scheme, sight: str) -> None:
    """Neighbours by 0.1 in every sight and in grey; any two by 0.085, but in grey, where only lightness is left."""
    cells = {(row, column): colour for row, line in enumerate(scheme.bivariate) for column, colour in enumerate(line)}
    for (one, colour), (other, second) in combinations(cells.items(), 2):
        if abs(one[0] - other[0]) + abs(one[1] - other[1]) == 1:
            assert apart(colour, second, sight) >= 0.1, (one, other)
        elif sight != "grey":
            assert apart(colour, second, sight) >= 0.085, (one, other)


def test_the_outline_of_the_chosen_stands_out_from_the_nine_colours(scheme: Scheme) -> None:
    for colour in (colour for line in scheme.bivariate for colour in line):
        assert max(contrast(scheme.ink, colour), contrast(scheme.page, colour)) >= 3, colour
