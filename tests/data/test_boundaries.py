"""What the maps may rely on: every area once, neighbours share their edges, rings turn the way d3-geo wants them."""

from __future__ import annotations

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.build import validate, write_table
from data.districts import district_name, ordinal
from data.source import Raw
from data.sources import census_boundaries
from data.tables import boundaries
from data.tables.boundaries import GRID_DEGREES, clockwise, dissolved, simplified

ROOT = Path(__file__).resolve().parents[2]
RAW = Raw(Path(os.environ.get("ATLAS_RAW") or ROOT.parent / "shared" / "raw"))
needs_raw = pytest.mark.skipif(
    bool(RAW.missing((census_boundaries.SOURCE, census_boundaries.DISTRICT_SOURCE))),
    reason="the Census boundary files are not in the raw folder (ATLAS_RAW)",
)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return boundaries.build_boundaries(RAW, {})


def shapes(table: pd.DataFrame, level: str) -> np.ndarray:
    return shapely.from_wkb(table.loc[table["level"] == level, "geometry"].to_numpy())


def quarter_squares() -> np.ndarray:
    """Two squares side by side whose common edge carries a needless corner, and one above both."""
    left = shapely.Polygon([(0, 0), (1, 0), (1.0001, 0.5), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1.0001, 0.5)])
    top = shapely.Polygon([(0, 1), (1, 1), (2, 1), (2, 2), (0, 2)])
    return np.array([left, right, top])


def test_simplifying_drops_needless_corners_and_keeps_a_coverage() -> None:
    small = simplified(quarter_squares(), tolerance=0.05)
    assert shapely.coverage_is_valid(small)
    assert shapely.area(small).tolist() == pytest.approx([1 * 1, 1 * 1, 2 * 1])
    assert shapely.get_num_coordinates(small).sum() < shapely.get_num_coordinates(quarter_squares()).sum()


def test_simplifying_keeps_a_county_that_lies_inside_another() -> None:
    """Virginia's independent cities are holes in the counties round them."""
    outer = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    ring, city = simplified(np.array([outer, shapely.box(1, 1, 2, 2)]))
    assert ring.area == pytest.approx(9 - 1)
    assert city.area == pytest.approx(1)
    assert not ring.contains(shapely.Point(1.5, 1.5))


def test_outer_rings_are_clockwise_and_holes_are_not() -> None:
    ring = clockwise(np.array([shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))]))[0]
    assert not ring.exterior.is_ccw
    assert ring.interiors[0].is_ccw


def test_dissolving_leaves_no_line_inside() -> None:
    whole = dissolved(quarter_squares(), pd.Series(["a", "a", "b"]))
    assert list(whole.index) == ["a", "b"]
    assert whole["a"].area == pytest.approx(2)
    assert whole["a"].geom_type == "Polygon"


@pytest.mark.parametrize(
    ("geoid", "state", "name"),
    [
        ("4807", "Texas", "Texas 7th"),
        ("0200", "Alaska", "Alaska at large"),
        ("1198", "District of Columbia", "District of Columbia at large"),
    ],
)
def test_districts_are_called_as_people_call_them(geoid: str, state: str, name: str) -> None:
    assert district_name(geoid, state) == name


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 11, 12, 13, 21, 22, 52)] == ["1st", "2nd", "3rd", "11th", "12th", "13th", "21st", "22nd", "52nd"]


@needs_raw
def test_every_area_is_there_once(table: pd.DataFrame) -> None:
    validate(boundaries.TABLES[0], table)
    assert table["level"].value_counts().to_dict() == {"county": 3_144, "district": 435 + 1, "state": 50 + 1, "nation": 1}
    assert not table.duplicated(["level", "geoid"]).any()
    names = table.set_index(["level", "geoid"])["name"]
    assert names["county", "35013"] == "Doña Ana County"
    assert names["county", "09190"] == "Western Connecticut Planning Region"
    assert names["state", "11"] == "District of Columbia"
    assert names["district", "5600"] == "Wyoming at large"
    assert not set(table["state"]) & {"PR", "GU", "VI", "AS", "MP"}


@needs_raw
@pytest.mark.parametrize("level", ["county", "state", "nation", "district"])
def test_areas_are_sound(table: pd.DataFrame, level: str) -> None:
    areas = shapes(table, level)
    assert shapely.coverage_is_valid(areas)
    assert shapely.is_valid(areas).all()
    assert not shapely.is_empty(areas).any()
    assert set(shapely.get_type_id(areas)) <= {3, 6}, "polygons and multipolygons only"
    corners = shapely.get_coordinates(areas)
    assert np.abs(corners / GRID_DEGREES - np.round(corners / GRID_DEGREES)).max() < 1e-6


@needs_raw
def test_every_outer_ring_is_clockwise_and_every_hole_is_not(table: pd.DataFrame) -> None:
    for polygon in shapely.get_parts(shapely.from_wkb(table["geometry"].to_numpy())):
        assert not polygon.exterior.is_ccw
        assert all(hole.is_ccw for hole in polygon.interiors)


@needs_raw
def test_states_and_nation_are_the_same_counties(table: pd.DataFrame) -> None:
    counties, states, nation = (shapely.area(shapes(table, level)).sum() for level in ("county", "state", "nation"))
    assert states == pytest.approx(counties, rel=1e-9)
    assert nation == pytest.approx(counties, rel=1e-9)
    texas = table.set_index(["level", "geoid"])["geometry"]["state", "48"]
    edges = {tuple(corner) for corner in shapely.get_coordinates(shapes(table, "county")).tolist()}
    assert {tuple(corner) for corner in shapely.get_coordinates(shapely.from_wkb(texas)).tolist()} <= edges


@needs_raw
def test_areas_keep_their_size(table: pd.DataFrame) -> None:
    before = census_boundaries.read_county_boundaries(RAW)
    ratio = shapely.area(shapes(table, "county")) / shapely.area(before.geometry.to_numpy())
    assert ratio.min() > 0.90, "the smallest independent city loses under a tenth"
    assert ratio.max() < 1.05
    assert np.quantile(np.abs(ratio - 1), 0.99) < 0.01


@needs_raw
def test_nothing_crosses_the_date_line(table: pd.DataFrame) -> None:
    """Aleutians West lies on both sides of 180 degrees: each piece must stay on its own."""
    aleutians = shapely.from_wkb(table.set_index(["level", "geoid"])["geometry"]["county", "02016"])
    west, _, east, _ = aleutians.bounds
    assert west < -179
    assert east > 179
    widths = [piece.bounds[2] - piece.bounds[0] for piece in shapely.get_parts(shapes(table, "nation"))]
    assert max(widths) < 70
    assert all(-180 <= bound <= 180 for bound in (west, east))


@needs_raw
def test_building_twice_gives_the_same_bytes(table: pd.DataFrame) -> None:
    assert boundaries.build_boundaries(RAW, {})["geometry"].tolist() == table["geometry"].tolist()


@needs_raw
def test_the_file_opens_as_geoparquet_in_degrees(table: pd.DataFrame, tmp_path: Path) -> None:
    write_table(table, tmp_path / "boundaries.parquet")
    opened = gpd.read_parquet(tmp_path / "boundaries.parquet")
    assert opened.crs == "OGC:CRS84", "longitude and latitude, which is GeoParquet's default when no system is named"
    assert len(opened) == len(table)
    assert opened.total_bounds.tolist() == pytest.approx([-179.174, 18.91, 179.774, 71.365], abs=0.05)
