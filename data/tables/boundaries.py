"""Outlines of counties, states, nation and congressional districts for the maps.

States and the nation are dissolved from the very counties that are shipped, so that their lines coincide. Simplifying is done on
the whole coverage at once: neighbours keep one common edge, and no sliver opens between them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pandera.typing import Series

from data.checks import COUNTIES, STATES, expect
from data.districts import district_name
from data.reading import NATION
from data.source import Raw
from data.sources import census_boundaries
from data.table import Frames, Schema, Table

GRID_DEGREES = 0.001
"""Coordinates are kept to three decimals, some 100 metres: far below a pixel, and a third of the bytes."""

TOLERANCE_DEGREES = 0.005
"""Corners whose triangle is smaller than the square of this are dropped; 1:20,000,000 is coarse already."""

Geometries = npt.NDArray[Any]
"""One-dimensional arrays of shapely geometries."""


class Boundaries(Schema):
    """One row an area. Polygons are longitude and latitude (EPSG:4326) as WKB, outer rings clockwise as d3-geo wants them."""

    level: Series[str]
    geoid: Series[str]
    name: Series[str]
    state: Series[str]
    geometry: Series[object]


def simplified(coverage: Geometries, tolerance: float = TOLERANCE_DEGREES, grid: float = GRID_DEGREES) -> Geometries:
    """The same areas with fewer corners, all on the grid, still one valid coverage.

    Rounding corner by corner would let thin areas cross their neighbours. So all lines together are noded on the grid, cut into
    faces, and each face goes to the area it lay in. Raises DataError where a face has no owner or an area is lost.
    """
    coarse = shapely.coverage_simplify(coverage, tolerance)
    lines = shapely.union_all(shapely.boundary(coarse), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face, area = shapely.STRtree(coarse).query(shapely.point_on_surface(faces), predicate="within")
    expect(len(np.unique(face)) == len(face), "Simplifying the boundaries gave a face to two areas; use a smaller tolerance.")
    whole = np.array([shapely.coverage_union_all(faces[face[area == position]]) for position in range(len(coarse))])
    # the second rounding takes off the binary noise of the first, which text would show as 0.30000000000000004
    rounded = shapely.transform(whole, lambda xy: np.round(np.round(xy / grid) * grid, 9))
    expect(not bool(shapely.is_empty(rounded).any()), "Simplifying the boundaries lost an area; use a smaller tolerance.")
    expect(bool(shapely.coverage_is_valid(rounded)), "The simplified boundaries overlap; use another tolerance.")
    return clockwise(rounded)


def clockwise(areas: Geometries) -> Geometries:
    """Outer rings clockwise and holes the other way, the order of d3-geo: turned round, a polygon covers the rest of the globe."""
    turned: Geometries = shapely.orient_polygons(shapely.normalize(areas), exterior_cw=True)
    return turned


def dissolved(areas: Geometries, groups: pd.Series) -> pd.Series:
    """The union of the areas by group; edges are exactly those of the areas. Indexed by group, sorted."""
    parts = pd.Series(areas, index=pd.Index(groups))
    return pd.Series({group: shapely.coverage_union_all(part.to_numpy()) for group, part in parts.groupby(level=0)})


def rows(level: str, geoid: pd.Series, name: pd.Series, state: pd.Series, areas: Geometries) -> pd.DataFrame:
    """Rows of one level, the geometry as little-endian WKB."""
    wkb = pd.Series(list(shapely.to_wkb(clockwise(areas), byte_order=1)), dtype=object)
    columns = {"level": level, "geoid": geoid, "name": name, "state": state, "geometry": wkb}
    return pd.DataFrame(columns).sort_values("geoid", ignore_index=True)


def build_boundaries(raw: Raw, frames: Frames) -> pd.DataFrame:
    """County, state, nation and district, in this order, each sorted by geoid."""
    counties = census_boundaries.read_county_boundaries(raw)
    areas = simplified(counties.geometry.to_numpy())
    states = census_boundaries.state_names(counties)
    outlines = dissolved(areas, counties["geoid"].str[:2])
    nation = pd.DataFrame({"geoid": [NATION], "name": ["United States"], "state": ["US"]})
    districts = census_boundaries.read_district_boundaries(raw)
    by_state = states.set_index("geoid")
    fips = districts["geoid"].str[:2]
    seats = pd.Series([district_name(geoid, by_state["name"][geoid[:2]]) for geoid in districts["geoid"]])
    frame = pd.concat(
        [
            rows("county", counties["geoid"], counties["name"], counties["state"], areas),
            rows("state", states["geoid"], states["name"], states["state"], outlines.loc[states["geoid"]].to_numpy()),
            rows("nation", nation["geoid"], nation["name"], nation["state"], np.array([shapely.coverage_union_all(areas)])),
            rows("district", districts["geoid"], seats, fips.map(by_state["state"]), simplified(districts.geometry.to_numpy())),
        ],
        ignore_index=True,
    )
    wanted = {"county": COUNTIES, "state": STATES, "nation": 1, "district": census_boundaries.SEATS}
    found = frame["level"].value_counts().to_dict()
    expect(found == wanted, f"The boundaries hold {found}; {wanted} were expected.")
    return frame


TABLES = (
    Table(
        name="boundaries",
        title="Outlines of counties, states, nation and congressional districts",
        stands_for="Census cartographic boundary files 2024, 1:20,000,000 (cb_2024_us_county_20m, cb_2024_us_cd119_20m), simplified",
        schema=Boundaries,
        sources=(census_boundaries.SOURCE, census_boundaries.DISTRICT_SOURCE),
        build=build_boundaries,
    ),
)
