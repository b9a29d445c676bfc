"""Small pictures of the page of a place, drawn here as SVG: where it lies, and a line over a few years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from analytics.cache import CACHE
from analytics.places import level_of, places
from analytics.tables import Tables, version_without_sites
from analytics.trend import Step
from maps.geometry import outlines
from maps.labelled import Label, as_address
from maps.numbers import spoken
from maps.palette import Scheme
from maps.plane import Plane, plane

WIDTH, HEIGHT, EDGE = 300.0, 96.0, 30.0
"""Units of a trend's drawing: about the pixels of a phone, where the words over it have least room."""
SMALLEST: Final = 12.0
"""A place of less than a square of so many units on a page of 975 is marked with a ring, which is seen where the place is not."""


@dataclass(frozen=True)
class Drawn:
    """An SVG as the address of an image, what it shows in words, its size, and the words over it."""

    address: str
    alt: str
    width: int
    height: int
    labels: tuple[Label, ...] = ()


def locator(geoid: str, scheme: Scheme, tables: Tables) -> Drawn:
    """A county or district in its state, a state in the nation: filled, and ringed where it is too small to be seen."""
    return CACHE.get((version_without_sites(tables), "locator", geoid, scheme.name), lambda: _locator(geoid, scheme, tables))


def _locator(geoid: str, scheme: Scheme, tables: Tables) -> Drawn:
    level = level_of(geoid)
    state = "" if level == "state" else geoid[:2]
    drawn, known = plane(level, state, tables), places(tables)
    others = "".join(one for name, one in drawn.paths.items() if name != geoid)
    x, y, size = extent(geoid, drawn, tables)
    ring = (
        f'<circle cx="{10 * x:.0f}" cy="{10 * y:.0f}" r="260" fill="none" stroke="{scheme.site}" stroke-width="60"/>'
        if size < SMALLEST
        else ""
    )
    where = "the United States" if level == "state" else known[state].name
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}"><g transform="scale(.1)" stroke-linejoin="round">'
        f'<path fill="{scheme.missing}" fill-opacity=".22" stroke="{scheme.page}" stroke-width="14" d="{others}"/>'
        f'<path fill="{scheme.site}" stroke="{scheme.page}" stroke-width="14" d="{drawn.paths[geoid]}"/>'
        f'<path fill="none" stroke="{scheme.missing}" stroke-width="18" d="{drawn.coast}"/>{ring}</g></svg>'
    )
    return Drawn(as_address(svg), f"Map of {where} with {known[geoid].short} marked", drawn.width, drawn.height)


def extent(geoid: str, drawn: Plane, tables: Tables) -> tuple[float, float, float]:
    """Middle of a place on the page, and the side of a square as large, in the page's units."""

    def placed(points: Any) -> Any:
        return np.column_stack(drawn.place(points[:, 0], points[:, 1], np.full(len(points), geoid[:2], dtype=object)))

    shape = shapely.transform(outlines(level_of(geoid), tables)[geoid], placed)
    left, top, right, bottom = shape.bounds
    return (left + right) / 2, (top + bottom) / 2, float(np.sqrt(shape.area))


def trend(steps: tuple[Step, ...], unit: str, alt: str, scheme: Scheme) -> Drawn:
    """A line from 0 with a dot a year; the first and the last year have their numbers."""
    values = [one.value for one in steps]
    most = max(values) or 1.0
    first, last = steps[0].year, steps[-1].year
    x = [EDGE + (WIDTH - 2 * EDGE) * (one.year - first) / max(last - first, 1) for one in steps]
    y = [HEIGHT - 28 - (HEIGHT - 52) * one.value / most for one in steps]
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5"/>' for a, b in zip(x, y, strict=True))
    numbers = (Label(x[at], y[at] - 14, spoken(steps[at].value, unit), "strong") for at in (0, -1))
    ends = (0, len(steps) - 1)
    years = (
        Label(a, HEIGHT - 10, str(one.year), "soft")
        for at, (a, one) in enumerate(zip(x, steps, strict=True))
        if at in ends or len(steps) <= 3
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">'
        f'<path d="M{EDGE:.0f} {HEIGHT - 22:.0f}H{WIDTH - EDGE:.0f}" stroke="{scheme.missing}"/>'
        f'<g fill="{scheme.link}" stroke="none"><polyline points="{points}" fill="none" stroke="{scheme.link}" stroke-width="2"/>{dots}</g></svg>'
    )
    return Drawn(as_address(svg), alt, int(WIDTH), int(HEIGHT), (*numbers, *years))
