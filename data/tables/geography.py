"""Where people live: block-group centres, ZIP areas, towns, and which county touches which."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series
from scipy.spatial import KDTree

from data.checks import expect, expect_counties, expect_total, without_territories
from data.source import Raw
from data.sources import census_block_groups, census_gazetteer_places, census_population, census_relationships
from data.table import Frames, Schema, Table

ADULTS = 262_083_034
"""People aged 18 and over on 1 July 2023, 50 states and DC (Population Estimates, vintage 2023)."""


class BlockGroups(Schema):
    """One row a block group, at the centre of its people; the row's number is its name in `block_group_districts`."""

    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    latitude: Series[pa.Float32] = pa.Field(ge=18, le=72)
    longitude: Series[pa.Float32] = pa.Field(ge=-180, le=180)
    population_2020: Series[pa.Int32] = pa.Field(ge=0)
    adults: Series[pa.Float32] = pa.Field(ge=0)
    """Modelled: the county's adults of 1 July 2023, spread as its people of 2020 were."""


def build_block_groups(raw: Raw, frames: Frames) -> pd.DataFrame:
    """239,776 block groups; those without people stay, with zero, so that the count can be checked against the census."""
    groups = census_block_groups.read_block_groups(raw)
    expect_counties(groups["county"].unique(), "The block groups' counties")
    county_adults = frames["counties"].set_index("geoid")["adults"].astype("float64")
    adults = spread(groups["population_2020"], groups["county"], county_adults)
    expect_total(adults, ADULTS, "Adults of the block groups", tolerance=0.5)
    frame = groups.assign(adults=adults)[["county", "latitude", "longitude", "population_2020", "adults"]]
    return frame.astype({"latitude": "float32", "longitude": "float32", "population_2020": "int32", "adults": "float32"})


def spread(people: pd.Series, group: pd.Series, totals: pd.Series) -> pd.Series:
    """Each group's total spread over its rows in proportion to their people; `totals` is indexed by group.

    >>> spread(pd.Series([1, 3, 5]), pd.Series(["a", "a", "b"]), pd.Series({"a": 8.0, "b": 1.0})).tolist()
    [2.0, 6.0, 1.0]
    """
    unknown = set(group) - set(totals.index)
    expect(not unknown, f"There is no total for {sorted(unknown)[:3]}.")
    return people / people.groupby(group).transform("sum") * group.map(totals)


class Zctas(Schema):
    zcta: Series[str] = pa.Field(str_matches=r"^\d{5}$", unique=True)
    latitude: Series[pa.Float32] = pa.Field(ge=18, le=72)
    longitude: Series[pa.Float32] = pa.Field(ge=-180, le=180)
    population: Series[float] = pa.Field(ge=0, nullable=True)
    """Whole people; missing where the survey has no row for the area, which is not zero."""
    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    """The county of today that holds most of its land: where it lies, not where all its people do."""
    state: Series[str] = pa.Field(str_matches=r"^[A-Z]{2}$")


class Towns(Schema):
    geoid: Series[str] = pa.Field(str_matches=r"^\d{7}$", unique=True)
    name: Series[str]
    also: Series[str] = pa.Field(nullable=True)
    """Another name it goes by."""
    kind: Series[str]
    state: Series[str] = pa.Field(str_matches=r"^[A-Z]{2}$")
    latitude: Series[pa.Float32] = pa.Field(ge=18, le=72)
    longitude: Series[pa.Float32] = pa.Field(ge=-180, le=180)
    land_sqmi: Series[pa.Float32] = pa.Field(ge=0)
    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")


class Adjacency(Schema):
    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    neighbor: Series[str] = pa.Field(str_matches=r"^\d{5}$")


def build_zctas(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The ZIP areas of 50 states and DC, each in one county of today.

    The official overlap with counties is of 2020: in Connecticut the planning region is that of the nearest block group with people.
    """
    counties = census_relationships.county_of_most_land(census_relationships.read_zcta_land(raw))
    zctas = census_gazetteer_places.read_zctas(raw).merge(counties, on="zcta", how="left", validate="one_to_one")
    expect(bool(zctas["county_2020"].notna().all()), "A ZIP area is in no county of the relationship file.")
    zctas = without_territories(zctas, "county_2020").reset_index(drop=True)
    old = zctas["county_2020"].str[:2] == "09"
    zctas["county"] = zctas["county_2020"].where(~old, nearest_county(zctas, zctas["county_2020"].str[:2], frames["block_groups"]))
    people = census_gazetteer_places.read_zcta_people(raw).set_index("zcta")["population"]
    zctas["population"] = zctas["zcta"].map(people).astype("float64")
    postal = frames["counties"].set_index("geoid")["state"]
    zctas["state"] = zctas["county"].map(postal)
    expect(bool(zctas["state"].notna().all()), "A ZIP area lies in a county that is not in the table counties.")
    return sized(zctas, Zctas).sort_values("zcta", ignore_index=True)


def build_towns(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The towns of 50 states and DC; the county is that of the nearest block group with people in the same state."""
    towns = census_gazetteer_places.read_towns(raw)
    towns["county"] = nearest_county(towns, towns["geoid"].str[:2], frames["block_groups"])
    return sized(towns, Towns)


def build_adjacency(raw: Raw, frames: Frames) -> pd.DataFrame:
    """Which county touches which, both ways; islands without a neighbour have no row."""
    pairs = census_relationships.read_adjacency(raw)
    strange = set(pairs["county"]) - set(frames["counties"]["geoid"])
    expect(not strange, f"Neighbours that are no counties of today: {sorted(strange)[:3]}.")
    return pairs


def nearest_county(points: pd.DataFrame, state: pd.Series, groups: pd.DataFrame) -> pd.Series:
    """County of the block group with people that is nearest to each point (latitude, longitude) within the point's state (two digits).

    Straight through the earth, which orders places as the way round it does. On the index of `points`.
    """
    lived_in = groups[groups["population_2020"] > 0]
    by_state = {str(code): part for code, part in lived_in.groupby(lived_in["county"].str[:2])}
    found = pd.Series(index=points.index, dtype="str")
    for code, part in points.groupby(state):
        expect(code in by_state, f"No block group lies in state {code}.")
        near = by_state[str(code)]
        _, position = KDTree(unit_vectors(near)).query(unit_vectors(part))
        found.loc[part.index] = near["county"].to_numpy()[position]
    return found


def unit_vectors(points: pd.DataFrame) -> npt.NDArray[np.float64]:
    """latitude, longitude as points on the unit sphere; n x 3."""
    latitude, longitude = (np.radians(points[name].to_numpy(dtype="float64")) for name in ("latitude", "longitude"))
    return np.column_stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])


def sized(frame: pd.DataFrame, schema: type[Schema]) -> pd.DataFrame:
    """The schema's columns in its order, measures in single precision (a point to about a metre)."""
    floats = [name for name in ("latitude", "longitude", "land_sqmi") if name in frame]
    return frame[list(schema.to_schema().columns)].astype(dict.fromkeys(floats, "float32"))


CENTRES = (census_block_groups.SOURCE, census_block_groups.TRACT_SOURCE)

TABLES = (
    Table(
        name="block_groups",
        title="Block groups: the centre of their people in 2020, and their adults of 2023 (modelled)",
        stands_for="Census Centers of Population 2020 (CenPop2020_Mean_BG.txt), with adults from Population Estimates vintage 2023",
        schema=BlockGroups,
        sources=(*CENTRES, census_population.AGES),
        build=build_block_groups,
        needs=("counties",),
    ),
    Table(
        name="zctas",
        title="ZIP areas (ZCTAs): a point, people of 2019-2023, and the county that holds most of the land",
        stands_for="Gazetteer 2025, ACS 2019-2023 (B01003), relationship file ZCTA to county 2020",
        schema=Zctas,
        sources=(
            census_gazetteer_places.ZCTA_SOURCE,
            census_gazetteer_places.PEOPLE_SOURCE,
            census_relationships.LAND_SOURCE,
            *CENTRES,
        ),
        build=build_zctas,
        needs=("counties", "block_groups"),
    ),
    Table(
        name="towns",
        title="Towns: cities, towns, villages, boroughs and census-designated places",
        stands_for="Gazetteer 2025, places",
        schema=Towns,
        sources=(census_gazetteer_places.TOWN_SOURCE, *CENTRES),
        build=build_towns,
        needs=("block_groups",),
    ),
    Table(
        name="adjacency",
        title="Which county touches which",
        stands_for="County adjacency file 2024",
        schema=Adjacency,
        sources=(census_relationships.ADJACENCY_SOURCE,),
        build=build_adjacency,
        needs=("counties",),
    ),
)
