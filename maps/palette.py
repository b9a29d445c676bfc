"""Every colour of the atlas, light and dark. Theme, maps, legends and print read this; a test measures it.

Strong always means worse for people, in both themes: the ramps are turned round in the dark. One family of hues a
subject: teal is distance, wine is cost, violet is need. Missing is never a colour of a ramp.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

MOST_COLOURS = 8
"""Seven classes and zero: with more, neighbours of a ramp are no longer told apart."""


@dataclass(frozen=True)
class Scheme:
    """One theme's colours. `ramps` run from weak to strong, that is from better to worse."""

    name: str
    page: str
    ink: str
    soft_ink: str
    link: str
    missing: str
    """Outline of a place without a value, of the coast, and of legend blocks."""
    panel: str
    ramps: dict[str, tuple[str, ...]]
    difference: tuple[str, ...]
    barrier: tuple[str, str, str, str]
    """within reach, costly, far, far and costly"""
    bivariate: tuple[tuple[str, str, str], ...]
    """Two measures in thirds: a row for each third of the second (the family of cost), in it one colour for each third of the first (the
    family of distance); the worst third last."""
    site: str

    def ramp(self, subject: str, count: int) -> tuple[str, ...]:
        """`count` colours spread over the subject's ramp, the strongest last; at most `MOST_COLOURS`, which a test measures."""
        full = self.ramps[subject]
        if not 1 <= count <= MOST_COLOURS:
            raise ValueError(f"A ramp bears 1 to {MOST_COLOURS} colours; {count} were asked for.")
        if count == 1:
            return (full[len(full) // 2],)
        if count > len(full):
            return spread(full, count)
        return tuple(full[round(step * (len(full) - 1) / (count - 1))] for step in range(count))

    def categories(self, subject: str, count: int, worse: str) -> tuple[str, ...]:
        """`count` colours for categories, the worst last: those of the barrier classes, else the subject's ramp. Where neither end
        is worse the last, what is most often so, is the palest.
        """
        if subject == "barrier":
            return self.barrier
        return self.ramp(subject, count) if worse else self.ramp(subject, count)[::-1]


LIGHT = Scheme(
    name="light",
    page="#ffffff",
    ink="#1f2a30",
    soft_ink="#4d5960",
    link="#0f6674",
    missing="#7d878d",
    panel="#f5f7f7",
    ramps={
        "distance": ("#e3f1ec", "#b5dbd0", "#7dbdb4", "#44979c", "#226f82", "#174763", "#101f3f"),
        "cost": ("#fdeecf", "#f3c58a", "#e28e5c", "#b9543f", "#6f1f2d"),
        "need": ("#efeaf6", "#cfc3e3", "#a893c9", "#7f63a8", "#573c82", "#2d1b52"),
    },
    difference=("#7a3b12", "#c07f45", "#ecd0a8", "#f4f4f2", "#b3d5e0", "#4d91b3", "#134a73"),
    barrier=("#e9efe6", "#e2b04a", "#5f9bb3", "#5a1f46"),
    bivariate=(("#f1efe4", "#87cccc", "#3ca4b6"), ("#e8b181", "#a18b79", "#466381"), ("#c0691b", "#843b3e", "#321739")),
    site="#b9543f",
)
DARK = Scheme(
    name="dark",
    page="#12171a",
    ink="#e8edee",
    soft_ink="#a9b5ba",
    link="#6cc2cf",
    missing="#7d878d",
    panel="#1b2226",
    ramps={
        "distance": ("#16313f", "#1d5066", "#2b7285", "#4a979c", "#7dbdb4", "#b5dbd0", "#e9f6f1"),
        "cost": ("#3a1a22", "#6f2c33", "#a84c41", "#d98558", "#f0bd86", "#fdeecf"),
        "need": ("#2a2140", "#463468", "#6b5296", "#9379bd", "#bda8dc", "#e9e0f7"),
    },
    difference=("#f0bd86", "#b5763e", "#6b4420", "#262b2e", "#24505f", "#4d91b3", "#b9e0f0"),
    barrier=("#263236", "#9a6a1c", "#62a9c6", "#ffe3f1"),
    bivariate=(("#202e32", "#345c67", "#49a2a7"), ("#7c4a2d", "#857466", "#94bbe0"), ("#ca7d44", "#deaea3", "#fbe8f8")),
    site="#ff9d6e",
)
SCHEMES = {"light": LIGHT, "dark": DARK}

GREY = replace(
    LIGHT,
    name="grey",
    ink="#000000",
    soft_ink="#4a4a4a",
    link="#000000",
    missing="#7c7c7c",
    panel="#f5f5f5",
    ramps={
        "distance": ("#eeeeee", "#c7c7c7", "#a0a0a0", "#7c7c7c", "#595959", "#383838", "#1b1b1b"),
        "cost": ("#eeeeee", "#b3b3b3", "#7c7c7c", "#484848", "#1b1b1b"),
        "need": ("#eeeeee", "#bfbfbf", "#919191", "#666666", "#3f3f3f", "#1b1b1b"),
    },
    difference=("#1b1b1b", "#383838", "#595959", "#7c7c7c", "#a0a0a0", "#c7c7c7", "#eeeeee"),
    barrier=("#eeeeee", "#a0a0a0", "#595959", "#1b1b1b"),
    bivariate=(("#f4f4f4", "#c4c4c4", "#8f8f8f"),) * 3,
    site="#000000",
)
"""For print without colour: every ramp in equal steps of lightness (OKLab 0.95 to 0.22). Of two measures the second is told by a pattern
(maps/print_together.py), since nine greys are not told apart."""

# --- Colours between those of a ramp, in Björn Ottosson's OKLab, where equal steps look equal (bottosson.github.io/posts/oklab) ---

TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]]
)
TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]]
)


def oklab(colour: str) -> npt.NDArray[np.float64]:
    """L, a, b of a colour as #rrggbb."""
    srgb = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    lab: npt.NDArray[np.float64] = TO_LAB @ np.cbrt(TO_LMS @ linear)
    return lab


def colour_of(lab: npt.NDArray[np.float64]) -> str:
    """#rrggbb of L, a, b."""
    linear = np.clip(np.linalg.solve(TO_LMS, np.linalg.solve(TO_LAB, lab) ** 3), 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(255 * one):02x}" for one in srgb.tolist())


@cache
def spread(full: tuple[str, ...], count: int) -> tuple[str, ...]:
    """More colours than a ramp has, in equal steps along it; its ends stay."""
    places = np.array([oklab(one) for one in full])
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(places, axis=0), axis=1))]
    steps = np.linspace(0, along[-1], count)
    return tuple(colour_of(one) for one in np.column_stack([np.interp(steps, along, part) for part in places.T]))
