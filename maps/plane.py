"""What a map in SVG is drawn on: every place of a level as one path, with the lines of states and the coast, at the nation or one state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from analytics.cache import CACHE
from analytics.tables import Tables, version_without_sites
from maps.geometry import outlines, state_projection
from maps.paper import HEIGHT, WIDTH, by_inset, path, project, projected

TALLEST = 720
"""A state is drawn at most so tall, and as wide as the nation where it is a wide one."""
TOLERANCE = 0.7
"""What lines may move when they are simplified, in units of a page 975 wide: under a pixel on the widest frame."""


@dataclass(frozen=True)
class Plane:
    """Paths in tenths of the page's unit (`maps.paper.path`), and how a point is put among them."""

    paths: dict[str, str]
    """geoid -> path, in the order of the boundaries."""
    lines: str
    """Of the states, "" at one state or where the places are states."""
    coast: str
    width: int
    height: int
    place: Callable[[Any, Any, npt.NDArray[np.object_]], tuple[Any, Any]]
    """(longitude, latitude, two digits of the state) -> x, y in the page's unit"""


def plane(level: str, state: str, tables: Tables) -> Plane:
    """The nation in Albers with Alaska and Hawaii set in (`state` is ""), or a state ("48") in the conic frame of its page."""
    key = (version_without_sites(tables), "plane", level, state)
    return CACHE.get(key, lambda: of_state(level, state, tables) if state else of_nation(level, tables))


def simplified(shapes: dict[str, Any]) -> dict[str, Any]:
    """The same areas with fewer points, as one coverage: neighbours still share their edges."""
    simple = shapely.coverage_simplify(np.array(list(shapes.values()), dtype=object), TOLERANCE)
    return dict(zip(shapes, simple, strict=True))


def of_nation(level: str, tables: Tables) -> Plane:
    def placed(one: str) -> dict[str, Any]:
        return simplified({geoid: projected(shape, geoid[:2]) for geoid, shape in outlines(one, tables).items()})

    states = placed("state")
    shapes = states if level == "state" else placed(level)
    lines = "" if level == "state" else "".join(path(shape) for shape in states.values())
    coast = "".join(path(shapely.coverage_union_all(group)) for group in by_inset(states))

    def place(longitude: Any, latitude: Any, states_of: npt.NDArray[np.object_]) -> tuple[Any, Any]:
        x, y = np.full(len(states_of), np.nan), np.full(len(states_of), np.nan)
        for one in np.unique(states_of):
            rows = states_of == one
            x[rows], y[rows] = project(longitude[rows], latitude[rows], str(one))
        return x, y

    return Plane({geoid: path(shape) for geoid, shape in shapes.items()}, lines, coast, WIDTH, HEIGHT, place)


def of_state(level: str, state: str, tables: Tables) -> Plane:
    on_sphere = state_projection(state, tables)
    outline = outlines("state", tables)[state]
    x, y = on_sphere(*shapely.get_coordinates(outline).T)
    scale = min((WIDTH - 4) / np.ptp(x), (TALLEST - 4) / np.ptp(y))
    west, top = x.min() - 2 / scale, y.min() - 2 / scale

    def place(longitude: Any, latitude: Any, _: Any = None) -> tuple[Any, Any]:
        x, y = on_sphere(longitude, latitude)
        return scale * (x - west), scale * (y - top)

    def placed(shape: Any) -> Any:
        return shapely.transform(shape, lambda points: np.column_stack(place(points[:, 0], points[:, 1])))

    inside = {geoid: placed(shape) for geoid, shape in outlines(level, tables).items() if geoid[:2] == state}
    shapes = simplified(inside)
    coast = path(shapely.coverage_union_all(list(shapes.values())))
    width, height = (int(np.ceil(scale * np.ptp(one))) + 4 for one in (x, y))
    return Plane({geoid: path(shape) for geoid, shape in shapes.items()}, "", coast, width, height, place)
