"""The sketch of Near me as SVG, drawn here: county lines, names of towns, rings by straight miles, and the numbers of the list.

North is up and miles are true from the middle (azimuthal equidistant): a sketch of where things are, and not for finding the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from analytics.cache import CACHE
from analytics.distance import EARTH_RADIUS_MILES
from analytics.near import Near
from analytics.near_point import Point, towns
from analytics.tables import Tables, version_without_sites
from maps.labelled import Label, as_address
from maps.messages import Messages
from maps.palette import Scheme
from maps.paper import path
from maps.spoken import spoken

Floats = npt.NDArray[np.float64]

SIZE: Final = 340
"""Units of the drawing, a square: about the pixels of a phone, where its words have least room."""
RINGS: Final = (10, 30, 60)
WIDEST: Final = 120.0
MARGIN = 1.08
APART = 17.0
"""Marks nearer than this are one, with the number of the first and how many more."""
TEXT = 13
"""Size of the words over the drawing on a phone, in its units."""
MOST_NAMES = 8
ASIDE: Final = (0, -14, 14)
"""The name of a town stands at it, above it or beneath it, where there is room."""
TURNS: Final = (0, 180, 45, 225, 135, 315, 90, 270)
"""Where on a ring its miles are tried, degrees from north."""


@dataclass(frozen=True)
class Sketch:
    """An SVG text without words, its address as data, the words over it, what it shows in words, and what to say beside it."""

    svg: str
    labels: tuple[Label, ...]
    alt: str
    note: str

    @property
    def address(self) -> str:
        return as_address(self.svg)


def sketch(near: Near, scheme: Scheme, tables: Tables, most: int, say: Messages) -> Sketch:
    """The first `most` sites of the list round the point, as far as they lie within two hours' miles."""
    extent = extent_of(near, most)
    scale = SIZE / 2 / extent
    marks = marks_of(near, extent, most)
    numbers = numbers_of(marks)
    taken = [CENTRE, *map(box_of, numbers), *map(dot_box, marks)]
    rings = [ring for ring in RINGS if ring <= extent]
    said = [ring_label(spoken(ring, "miles", say.lang), ring * scale, taken) for ring in rings]
    body = [
        f'<path d="{county_lines(near.point, extent, tables)}" transform="scale(.1)" fill="none" stroke="{scheme.missing}" stroke-opacity=".55" stroke-width="8"/>',
        *(ring_mark(ring * scale, scheme) for ring in rings),
        f'<path d="M{SIZE / 2 - 5} {SIZE / 2}h10M{SIZE / 2} {SIZE / 2 - 5}v10" stroke="{scheme.ink}" stroke-width="2"/>',
        *(mark(x, y, only_city, scheme) for x, y, _, only_city in marks),
    ]
    alt = say("sketch_alt", here=near.point.label, rings=", ".join(map(str, rings)))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="{scheme.page}"/>{"".join(body)}</svg>'
    )
    labels = (*said, *names(near.point, extent, tables, taken), *numbers)
    return Sketch(svg, labels, alt, say("sketch_note") if marks else say("sketch_far"))


def extent_of(near: Near, most: int) -> float:
    """Miles from the middle to the edge: as far as the list goes, at least the next ring, at most 120 miles."""
    listed = near.listed.iloc[:most]
    farthest = float(listed["miles"].max()) if len(listed) else near.within_miles
    wanted = min(max(farthest, 8.0), WIDEST)
    ring = next((ring for ring in RINGS if ring >= wanted), WIDEST)
    return ring * MARGIN


def placed(point: Point, longitude: npt.ArrayLike, latitude: npt.ArrayLike, extent: float) -> tuple[Floats, Floats]:
    """Page coordinates of points, x to the right and y down: direction and miles from the middle are true (Snyder 1987, p. 191)."""
    lat, lon = np.radians(np.asarray(latitude, dtype=float)), np.radians(np.asarray(longitude, dtype=float))
    lat0, apart = np.radians(point.latitude), lon - np.radians(point.longitude)
    cosine = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(apart)
    angle = np.arccos(np.clip(cosine, -1, 1))
    stretch = np.where(angle > 1e-9, angle / np.maximum(np.sin(angle), 1e-9), 1.0) * EARTH_RADIUS_MILES * SIZE / 2 / extent
    east = np.cos(lat) * np.sin(apart)
    north = np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(apart)
    return SIZE / 2 + stretch * east, SIZE / 2 - stretch * north


def county_tree(tables: Tables) -> tuple[shapely.STRtree, npt.NDArray[Any]]:
    return CACHE.get((version_without_sites(tables), "county tree"), lambda: _county_tree(tables))


def _county_tree(tables: Tables) -> tuple[shapely.STRtree, npt.NDArray[Any]]:
    rows = tables["boundaries"]
    shapes = shapely.from_wkb(rows.loc[rows["level"] == "county", "geometry"].to_numpy())
    return shapely.STRtree(shapes), shapes


def county_lines(point: Point, extent: float, tables: Tables) -> str:
    """The counties that reach into the sketch as one path in tenths of its unit."""
    tree, shapes = county_tree(tables)
    tall = np.degrees(1.5 * extent / EARTH_RADIUS_MILES)
    wide = tall / max(np.cos(np.radians(point.latitude)), 0.1)
    box = (point.longitude - wide, point.latitude - tall, point.longitude + wide, point.latitude + tall)
    parts = []
    for shape in shapes[np.sort(tree.query(shapely.box(*box)))]:
        cut = shapely.clip_by_rect(shape, *box)
        flat = shapely.transform(cut, lambda points: np.column_stack(placed(point, points[:, 0], points[:, 1], extent)))
        inside = shapely.clip_by_rect(flat, -2, -2, SIZE + 2, SIZE + 2)
        areas = [one for one in getattr(inside, "geoms", [inside]) if one.geom_type == "Polygon" and not one.is_empty]
        parts += [path(shapely.simplify(one, 0.3)) for one in areas]
    return "".join(parts)


Mark = tuple[float, float, str, bool]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom of what words or marks take up."""
CENTRE: Final[Box] = (SIZE / 2 - 8, SIZE / 2 - 8, SIZE / 2 + 8, SIZE / 2 + 8)


def marks_of(near: Near, extent: float, most: int) -> list[Mark]:
    """(x, y, words, whether only the city is known) of each mark: sites close together share the one of the first."""
    listed: pd.DataFrame = near.listed.iloc[:most]
    x, y = placed(near.point, listed["longitude"], listed["latitude"], extent)
    groups: list[tuple[float, float, list[int], bool]] = []
    for number, (left, top, quality) in enumerate(zip(x, y, listed["point_quality"], strict=True), start=1):
        if not (0 <= left <= SIZE and 0 <= top <= SIZE):
            continue
        own = next((group for group in groups if np.hypot(group[0] - left, group[1] - top) < APART), None)
        if own is None:
            groups.append((float(left), float(top), [number], quality == "city"))
        else:
            own[2].append(number)
    return [(left, top, f"{them[0]} +{len(them) - 1}" if len(them) > 1 else str(them[0]), open_) for left, top, them, open_ in groups]


def mark(x: float, y: float, only_city: bool, scheme: Scheme) -> str:
    """A point; a ring where only the city is known."""
    fill = scheme.page if only_city else scheme.site
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{fill}" stroke="{scheme.site}" stroke-width="2"/>'


def numbers_of(marks: list[Mark]) -> list[Label]:
    """The number of each mark at its right; at its left where the edge, the cross in the middle, a mark or another number is in the way."""
    taken, said = [CENTRE, *map(dot_box, marks)], []
    for x, y, words, _ in marks:
        right, left = Label(x + 8, y, words, "strong", "start"), Label(x - 8, y, words, "strong", "end")
        said.append(next((one for one in (right, left) if free(box_of(one), taken)), right if x < SIZE / 2 else left))
        taken.append(box_of(said[-1]))
    return said


def dot_box(one: Mark) -> Box:
    x, y, *_ = one
    return (x - 6, y - 6, x + 6, y + 6)


def box_of(label: Label) -> Box:
    """As wide as Source Sans is on the whole: a little over half its size a letter."""
    wide = 0.54 * TEXT * len(label.words)
    left = label.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    return (left, label.y - 8, left + wide, label.y + 8)


def meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def free(box: Box, taken: list[Box]) -> bool:
    """Whether words have room: in the drawing, and on nothing else."""
    return min(box[:2]) > 0 and max(box[2:]) < SIZE and not any(meet(box, one) for one in taken)


def ring_mark(radius: float, scheme: Scheme) -> str:
    return f'<circle cx="{SIZE / 2}" cy="{SIZE / 2}" r="{radius:.1f}" fill="none" stroke="{scheme.link}" stroke-dasharray="3 3"/>'


def ring_label(words: str, radius: float, taken: list[Box]) -> Label:
    """The miles of a ring on its line: at the top, or else where there is room."""
    around = [Label(SIZE / 2 + radius * np.sin(turn), SIZE / 2 - radius * np.cos(turn), words, "ring") for turn in np.radians(TURNS)]
    label = next((one for one in around if free(box_of(one), taken)), around[0])
    taken.append(box_of(label))
    return label


def names(point: Point, extent: float, tables: Tables, taken: list[Box]) -> list[Label]:
    """The towns with most people, as many as find room beside the marks."""
    frame, people = tables["towns"], towns(tables).people
    tall = np.degrees(extent / EARTH_RADIUS_MILES)
    wide = tall / max(np.cos(np.radians(point.latitude)), 0.1)
    near = (frame["latitude"] - point.latitude).abs().to_numpy() < tall
    rows = np.flatnonzero(near & ((frame["longitude"] - point.longitude).abs().to_numpy() < wide))
    rows = rows[np.argsort(-people[rows], kind="stable")][: 8 * MOST_NAMES]
    x, y = placed(point, frame["longitude"].iloc[rows], frame["latitude"].iloc[rows], extent)
    said: list[Label] = []
    for left, top, name in zip(x, y, frame["name"].iloc[rows], strict=True):
        about = (Label(float(left), float(top) + aside, name, "soft") for aside in ASIDE)
        if (label := next((one for one in about if free(box_of(one), taken)), None)) is not None:
            taken.append(box_of(label))
            said.append(label)
        if len(said) == MOST_NAMES:
            break
    return said
