"""Boundaries as GeoJSON at an address of their own, and the frame (projection, ranges) a place is drawn in.

The address holds a hash of the content, so a browser may keep the file for ever; a change of measure sends none of it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from analytics.cache import CACHE
from analytics.query import NATION
from analytics.tables import Tables, version_without_sites

LEVELS = ("county", "state", "nation", "district")


@dataclass(frozen=True)
class Geometry:
    """One file of boundaries: where it is served, and its bytes, gzipped."""

    address: str
    body: bytes


def geometry(level: str, tables: Tables) -> Geometry:
    """The boundaries of a level as one compressed GeoJSON. ids are geoids; the property `name` is for the hover."""
    return CACHE.get((version_without_sites(tables), "geometry", level), lambda: _geometry(level, tables))


def _geometry(level: str, tables: Tables) -> Geometry:
    rows = tables["boundaries"]
    rows = rows[rows["level"] == level]
    shapes = shapely.to_geojson(shapely.from_wkb(rows["geometry"].to_numpy()))
    names = rows["name"].where(rows["level"] != "county", rows["name"] + ", " + rows["state"])
    features = [
        f'{{"type":"Feature","id":{json.dumps(geoid)},"properties":{{"name":{json.dumps(name, ensure_ascii=False)}}},"geometry":{shape}}}'
        for geoid, name, shape in zip(rows["geoid"], names, shapes, strict=True)
    ]
    text = ('{"type":"FeatureCollection","features":[' + ",\n".join(features) + "]}").encode()
    digest = hashlib.sha256(text).hexdigest()[:12]
    return Geometry(f"/geometry/{level}-{digest}.json", gzip.compress(text, compresslevel=6, mtime=0))


def geometries(tables: Tables) -> dict[str, Geometry]:
    """Every file of boundaries by its address."""
    return {one.address: one for one in (geometry(level, tables) for level in LEVELS)}


def outlines(level: str, tables: Tables) -> dict[str, Any]:
    """geoid -> shapely geometry, for drawings made here."""
    rows = tables["boundaries"]
    rows = rows[rows["level"] == level]
    return dict(zip(rows["geoid"], shapely.from_wkb(rows["geometry"].to_numpy()), strict=True))


@dataclass(frozen=True)
class Frame:
    """How a map is laid out: plotly's words for projection and ranges, its height over its width, and how much
    larger it is drawn than its frame (plotly leaves a margin around Albers USA that nothing can fill)."""

    geo: dict[str, Any]
    aspect: float
    zoom: float = 1.0

    @property
    def beside(self) -> str:
        """The room that a wide screen keeps beside the map for what is said of it: none beside the nation or a very long state."""
        return "22.5rem" if self.zoom == 1 and self.aspect > 0.5 else "0rem"


FILLED = 0.97
"""How much of its frame the land of a state fills where it touches first."""
ALBERS_USA = Frame({"scope": "usa", "projection": {"type": "albers usa", "scale": 1}}, 0.62, 1.2)


def frame_of(state: str, tables: Tables) -> Frame:
    """Albers USA for the nation (""), a conic equal-area projection fitted to the state otherwise."""
    if state in ("", NATION):
        return ALBERS_USA
    return CACHE.get((version_without_sites(tables), "frame", state), lambda: _frame_of(state, tables))


def _frame_of(state: str, tables: Tables) -> Frame:
    shape = outlines("state", tables)[state]
    coordinates = shapely.get_coordinates(shape)
    longitude = np.where(coordinates[:, 0] > 0, coordinates[:, 0] - 360, coordinates[:, 0])  # Alaska passes the date line
    west, east = float(longitude.min()), float(longitude.max())
    south, north = float(coordinates[:, 1].min()), float(coordinates[:, 1].max())
    middle = (west + east) / 2
    pad_x, pad_y = 0.04 * (east - west) + 0.05, 0.04 * (north - south) + 0.05
    ranges = (west - pad_x, east + pad_x), (south - pad_y, north + pad_y)
    x, y = conic(longitude, coordinates[:, 1], middle, (south, north))
    edge_x, edge_y = conic(*box_edge(*ranges), middle, (south, north))
    wide, tall = 2 * float(np.abs(x).max()), float(np.ptp(y))
    geo = {
        "projection": {
            "type": "conic equal area",
            "parallels": [south + (north - south) / 6, north - (north - south) / 6],
            "rotation": {"lon": middle},
            # plotly fits the bent box of the two ranges into the frame; the land is smaller than that and may fill it.
            "scale": round(FILLED * min(2 * float(np.abs(edge_x).max()) / wide, float(np.ptp(edge_y)) / tall), 4),
        },
        "lonaxis": {"range": list(ranges[0])},
        "lataxis": {"range": list(ranges[1])},
        "center": {"lon": middle, "lat": latitude_at((float(y.min()) + float(y.max())) / 2, (south, north))},
    }
    return Frame(geo, float(np.clip(tall / max(wide, 1e-9), 0.3, 1.25)))


def box_edge(longitudes: tuple[float, float], latitudes: tuple[float, float]) -> tuple[Any, Any]:
    """Points along the four sides of a box of longitudes and latitudes."""
    (west, east), (south, north) = longitudes, latitudes
    along, up = np.linspace(west, east, 100), np.linspace(south, north, 100)
    sides = [(along, np.full(100, south)), (along, np.full(100, north)), (np.full(100, west), up), (np.full(100, east), up)]
    return np.concatenate([one for one, _ in sides]), np.concatenate([other for _, other in sides])


def state_projection(state: str, tables: Tables) -> Callable[[Any, Any], tuple[Any, Any]]:
    """(longitude, latitude) -> x to the right, y down, in thousandths of the sphere's radius: the conic frame of a state for drawings."""
    latitude = shapely.get_coordinates(outlines("state", tables)[state])[:, 1]
    middle, between = float(frame_of(state, tables).geo["center"]["lon"]), (float(latitude.min()), float(latitude.max()))

    def place(longitude: Any, latitude: Any) -> tuple[Any, Any]:
        # Alaska passes the date line.
        x, y = conic(np.where(np.asarray(longitude) > 0, np.asarray(longitude) - 360, longitude), latitude, middle, between)
        return 1000 * x, -1000 * y

    return place


def conic(longitude: Any, latitude: Any, middle: float, between: tuple[float, float]) -> tuple[Any, Any]:
    """Albers' conic equal-area projection (Snyder 1987, doi 10.3133/pp1395, p. 100), parallels a sixth inside the range; unit sphere."""
    south, north = between
    first, second = np.radians(south + (north - south) / 6), np.radians(north - (north - south) / 6)
    return albers(longitude, latitude, middle, (south + north) / 2, first, second)


def latitude_at(y: float, between: tuple[float, float]) -> float:
    """The latitude of a point of the middle meridian `y` above the middle of the range: `conic` turned round."""
    south, north = between
    n, c = _cone(*np.radians([south + (north - south) / 6, north - (north - south) / 6]))
    rho = np.sqrt(max(c - 2 * n * np.sin(np.radians((south + north) / 2)), 0)) / n - y
    return float(np.degrees(np.arcsin((c - (n * rho) ** 2) / (2 * n))))


def albers(longitude: Any, latitude: Any, lon0: float, lat0: float, first: float, second: float) -> tuple[Any, Any]:
    """x, y on the unit sphere; `first` and `second` are the standard parallels in radians."""
    n, c = _cone(first, second)
    rho = np.sqrt(np.maximum(c - 2 * n * np.sin(np.radians(latitude)), 0)) / n
    rho0 = np.sqrt(max(c - 2 * n * np.sin(np.radians(lat0)), 0)) / n
    theta = n * np.radians(np.asarray(longitude) - lon0)
    return rho * np.sin(theta), rho0 - rho * np.cos(theta)


def _cone(first: float, second: float) -> tuple[float, float]:
    """Snyder's n and C of two standard parallels in radians."""
    n = (np.sin(first) + np.sin(second)) / 2 or 1e-9
    return n, np.cos(first) ** 2 + 2 * n * np.sin(first)
