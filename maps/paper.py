"""Maps drawn here as SVG, for pages that load no plotly: the nation in Albers with Alaska and Hawaii set in."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import shapely

from analytics.barriers import people
from analytics.cache import CACHE
from analytics.findings import START
from analytics.model import Result, answer
from analytics.tables import Tables
from maps import start_words
from maps.classes import MISSING_CLASS, ZERO_CLASS, Classes, classify
from maps.geometry import albers, outlines
from maps.messages import DEFAULT, LANGUAGES, messages
from maps.palette import SCHEMES, Scheme
from maps.words import title

WIDTH, HEIGHT = 975, 610
"""Units of the drawing: 975 x 610, the customary frame of the nation in Albers."""

# (lon0, lat0, parallels in degrees, scale, x and y of the centre): the lower 48, Alaska at a third of their scale, Hawaii.
CONUS = (-96.0, 37.5, 29.5, 45.5, 1230.0, 487.0, 305.0)
ALASKA = (-154.0, 58.5, 55.0, 65.0, 430.0, 150.0, 505.0)
HAWAII = (-157.0, 20.6, 8.0, 18.0, 1230.0, 270.0, 560.0)


@dataclass(frozen=True)
class Picture:
    """A picture drawn beforehand: where it is served, and its bytes, gzipped."""

    address: str
    body: bytes
    alt: str


def project(longitude: Any, latitude: Any, state: str) -> tuple[Any, Any]:
    """Page coordinates of points of a state (two digits): x to the right, y down."""
    lon0, lat0, first, second, scale, x0, y0 = {"02": ALASKA, "15": HAWAII}.get(state, CONUS)
    longitude = np.where(np.asarray(longitude) > 0, np.asarray(longitude) - 360, longitude)
    x, y = albers(longitude, latitude, lon0, lat0, np.radians(first), np.radians(second))
    return x0 + scale * x, y0 - scale * y


def projected(shape: Any, state: str) -> Any:
    """The same geometry on the page."""
    return shapely.transform(shape, lambda points: np.column_stack(project(points[:, 0], points[:, 1], state)))


def path(shape: Any) -> str:
    """An SVG path of a geometry, in whole tenths of the page's unit, relative moves; rings that shrink to nothing are left out."""
    parts = []
    for polygon in getattr(shape, "geoms", [shape]):
        for ring in (polygon.exterior, *polygon.interiors):
            points = np.rint(np.asarray(ring.coords)[:-1] * 10).astype(int)
            keep = np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]
            points = points[keep]
            if len(points) < 3:
                continue
            # A minus sign parts two numbers as well as a blank does, and takes no room of its own.
            moves = "".join(f" {step}" if step >= 0 else f"{step}" for step in np.diff(points, axis=0).ravel().tolist())
            parts.append(f"M{points[0, 0]} {points[0, 1]}l{moves.removeprefix(' ')}z")
    return "".join(parts)


def page_shapes(level: str, tables: Tables) -> dict[str, Any]:
    """geoid -> geometry on the page, simplified to about half a unit as one coverage, so that neighbours still share edges."""
    return CACHE.get((tables.version, "page shapes", level), lambda: _page_shapes(level, tables))


def _page_shapes(level: str, tables: Tables) -> dict[str, Any]:
    shapes = outlines(level, tables)
    placed = np.array([projected(shape, geoid[:2]) for geoid, shape in shapes.items()], dtype=object)
    simple = shapely.coverage_simplify(placed, 0.5)
    return {geoid: shape for geoid, shape in zip(shapes, simple, strict=True) if not shape.is_empty}


def fill(code: int, classes: Classes, scheme: Scheme) -> str:
    if code == MISSING_CLASS:
        return scheme.page
    if code == ZERO_CLASS and classes.zero is not None:
        return classes.zero
    return classes.colours[code]


def page_paths(level: str, tables: Tables) -> dict[str, str]:
    """geoid -> its SVG path: the same under every measure, theme and language."""
    shapes = page_shapes(level, tables)
    return CACHE.get((tables.version, "page paths", level), lambda: {geoid: path(shape) for geoid, shape in shapes.items()})


def coast(tables: Tables) -> str:
    """The outline of the land as an SVG path: the states dissolved."""
    groups = by_inset(page_shapes("state", tables))
    return CACHE.get((tables.version, "coast"), lambda: "".join(path(shapely.coverage_union_all(list(group))) for group in groups))


def draw(result: Result, scheme: Scheme, tables: Tables, name: str = "") -> str:
    """The national map of a result as SVG text: one path a class, then the lines of states. `name` is its title, else the finding in English."""
    paths = page_paths(result.query.level, tables)
    classes = classify(result.frame, result.indicator, scheme)
    by_class: dict[int, list[str]] = {}
    for geoid, code in zip(result.frame["geoid"], classes.code, strict=True):
        if geoid in paths:
            by_class.setdefault(int(code), []).append(paths[geoid])
    areas = "".join(
        f'<path fill="{fill(code, classes, scheme)}" stroke="{scheme.missing if code == MISSING_CLASS else scheme.page}" d="{"".join(own)}"/>'
        for code, own in sorted(by_class.items())
    )
    states = "".join(page_paths("state", tables).values())
    name = escape(name or title(result, tables))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{name}"><title>{name}</title>'
        f'<g transform="scale(.1)" stroke-linejoin="round"><g stroke-width="2.5">{areas}</g>'
        f'<path fill="none" stroke="{scheme.page}" stroke-width="10" d="{states}"/>'
        f'<path fill="none" stroke="{scheme.missing}" stroke-width="7" d="{coast(tables)}"/></g></svg>'
    )


def by_inset(states: dict[str, Any]) -> list[list[Any]]:
    """The states of the lower 48 together, Alaska, Hawaii: what is dissolved into one coast each."""
    apart = [[shape] for geoid, shape in states.items() if geoid in {"02", "15"}]
    return [[shape for geoid, shape in states.items() if geoid not in {"02", "15"}], *apart]


def start_picture(scheme: Scheme, tables: Tables, lang: str = DEFAULT) -> Picture:
    """The start page's map in one theme; its title and what is read in its place are in the language."""
    return CACHE.get((tables.version, "start picture", scheme.name, lang), lambda: _start_picture(scheme, tables, lang))


def _start_picture(scheme: Scheme, tables: Tables, lang: str = DEFAULT) -> Picture:
    result, found, say = answer(START, tables), people(START, tables), messages("start", lang)
    text = draw(result, scheme, tables, start_words.title(found, START, say)).encode()
    digest = hashlib.sha256(text).hexdigest()[:12]
    address = f"/pictures/start-{scheme.name}-{lang}-{digest}.svg"
    return Picture(address, gzip.compress(text, compresslevel=7, mtime=0), start_words.alt_text(result, found, say))


def pictures(tables: Tables) -> dict[str, Picture]:
    """Every picture drawn beforehand, by its address."""
    return {one.address: one for one in (start_picture(scheme, tables, lang) for scheme in SCHEMES.values() for lang in LANGUAGES)}
