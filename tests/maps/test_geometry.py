"""Boundaries and frames: valid GeoJSON at an address that only its content changes, and projections checked by hand."""

from __future__ import annotations

import gzip
import hashlib
import json

import numpy as np
import pytest
import shapely

from analytics.places import places
from data.bundle import Tables
from maps.geometry import ALBERS_USA, LEVELS, albers, conic, frame_of, geometries, geometry, outlines


@pytest.mark.parametrize("level", LEVELS)
def test_a_file_holds_every_place_with_its_name(level: str, tables: Tables) -> None:
    one = geometry(level, tables)
    text = gzip.decompress(one.body)
    assert one.address == f"/geometry/{level}-{hashlib.sha256(text).hexdigest()[:12]}.json"
    features = json.loads(text)["features"]
    known = {place.geoid: place.short for place in places(tables).values() if place.level == level}
    named = {feature["id"]: feature["properties"]["name"] for feature in features}
    assert len(features) == len(named)
    assert set(named) == set(known)
    wrong = {geoid: (name, known[geoid]) for geoid, name in named.items() if name != known[geoid]}
    assert not wrong, "the hover and the table must name a place alike"
    assert {feature["geometry"]["type"] for feature in features} <= {"Polygon", "MultiPolygon"}


def test_every_level_is_served_at_an_address_of_its_own(tables: Tables) -> None:
    assert len(geometries(tables)) == len(LEVELS)
    assert sum(len(one.body) for one in geometries(tables).values()) < 900_000


def test_neighbours_share_their_edges(tables: Tables) -> None:
    counties = np.array(list(outlines("county", tables).values()), dtype=object)
    assert shapely.is_valid(counties).all()
    assert shapely.coverage_is_valid(counties)


def test_the_projection_is_snyders() -> None:
    """Snyder 1987, p. 292: parallels 29.5 and 45.5, origin 23 N 96 W; 35 N 75 W lies at x 0.2952720, y 0.2416774 on the unit sphere."""
    x, y = albers(-75.0, 35.0, -96.0, 23.0, np.radians(29.5), np.radians(45.5))
    assert float(x) == pytest.approx(0.2952720, abs=1e-7)
    assert float(y) == pytest.approx(0.2416774, abs=1e-7)


def test_the_conic_keeps_areas() -> None:
    """A degree's cell at 40 N and one at 44 N: their areas on the map are as on the sphere."""

    def area(south: float) -> float:
        lon, lat = np.array([-100, -99.9, -99.9, -100.0]), np.array([south, south, south + 0.1, south + 0.1])
        x, y = conic(lon, lat, -100.0, (38.0, 46.0))
        return float(shapely.Polygon(np.column_stack([x, y])).area)

    def on_sphere(south: float) -> float:
        return float(np.radians(0.1) * (np.sin(np.radians(south + 0.1)) - np.sin(np.radians(south))))

    assert area(40) / on_sphere(40) == pytest.approx(1, abs=1e-4)
    assert area(44) / on_sphere(44) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("state", "west", "east", "south", "north", "shape"),
    [
        ("48", -106.6, -93.5, 25.8, 36.5, "about as wide as high"),
        ("02", -187.5, -130.0, 51.2, 71.4, "wide"),  # to Attu, over the date line: 172.5 E
        ("15", -160.3, -154.8, 18.9, 22.3, "wide"),
        ("47", -90.3, -81.6, 35.0, 36.7, "very wide"),
        ("10", -75.8, -75.0, 38.5, 39.8, "high"),
    ],
)
def test_a_frame_holds_its_state_and_little_else(
    state: str, west: float, east: float, south: float, north: float, shape: str, tables: Tables
) -> None:
    frame = frame_of(state, tables)
    left, right = frame.geo["lonaxis"]["range"]
    bottom, top = frame.geo["lataxis"]["range"]
    assert left < west < east < right
    assert bottom < south < north < top
    assert (right - left) < 1.1 * (east - west) + 0.5
    assert (top - bottom) < 1.1 * (north - south) + 0.5
    assert frame.geo["projection"]["rotation"]["lon"] == frame.geo["center"]["lon"] == pytest.approx((left + right) / 2)
    low, high = {"very wide": (0.3, 0.3), "wide": (0.45, 0.8), "about as wide as high": (0.8, 1.1), "high": (1.25, 1.25)}[shape]
    assert low <= frame.aspect <= high


@pytest.mark.parametrize("state", ["48", "02", "47", "15", "10"])
def test_the_land_of_a_state_is_centred_and_fills_the_frame_but_is_not_cut(state: str, tables: Tables) -> None:
    """plotly fits the box of the ranges into the frame, clips by it, and draws `scale` times as large round the centre."""
    frame = frame_of(state, tables)
    at = shapely.get_coordinates(outlines("state", tables)[state])
    longitude, between = np.where(at[:, 0] > 0, at[:, 0] - 360, at[:, 0]), (float(at[:, 1].min()), float(at[:, 1].max()))
    middle, scale = frame.geo["center"]["lon"], frame.geo["projection"]["scale"]
    x, y = conic(longitude, at[:, 1], middle, between)
    (west, east), (south, north) = frame.geo["lonaxis"]["range"], frame.geo["lataxis"]["range"]
    edge_x, edge_y = conic(np.tile(np.linspace(west, east, 9), 2), np.repeat([south, north], 9), middle, between)
    _, centre = conic(middle, frame.geo["center"]["lat"], middle, between)
    assert centre == pytest.approx((y.min() + y.max()) / 2, abs=1e-6)
    parts = scale * 2 * np.abs(x).max() / np.ptp(edge_x), scale * np.ptp(y) / np.ptp(edge_y)
    assert 0.95 < max(parts) < 1


def test_a_wide_screen_keeps_room_for_words_beside_a_state(tables: Tables) -> None:
    assert frame_of("48", tables).beside == frame_of("15", tables).beside == "22.5rem"
    assert ALBERS_USA.beside == frame_of("47", tables).beside == "0rem", "the nation and Tennessee take the whole width"


def test_the_nation_has_albers_with_insets(tables: Tables) -> None:
    assert frame_of("", tables) is frame_of("us", tables) is ALBERS_USA
    assert ALBERS_USA.geo["projection"]["type"] == "albers usa"
