"""Every colour of the atlas, light and dark. Theme, maps, legends and print read this; a test measures it.

Strong always means worse for people, in both themes: the ramps are turned round in the dark. One family of hues a
subject: teal is distance, wine is cost, violet is need. Missing is never a colour of a ramp.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    site: str

    def ramp(self, subject: str, count: int) -> tuple[str, ...]:
        """`count` colours spread over the subject's ramp, the strongest last; at most as many as it has."""
        full = self.ramps[subject]
        if not 1 <= count <= len(full):
            raise ValueError(f"The ramp of {subject} has {len(full)} colours; {count} were asked for.")
        if count == 1:
            return (full[len(full) // 2],)
        return tuple(full[round(step * (len(full) - 1) / (count - 1))] for step in range(count))


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
    site="#ff9d6e",
)
SCHEMES = {"light": LIGHT, "dark": DARK}
