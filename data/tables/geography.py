"""Where people live: block-group centres, districts, ZIP areas, towns, and which county touches which."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from data.checks import expect, expect_counties, expect_total
from data.source import Raw
from data.sources import census_block_groups
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


TABLES = (
    Table(
        name="block_groups",
        title="Block groups: the centre of their people in 2020, and their adults of 2023 (modelled)",
        stands_for="Census Centers of Population 2020 (CenPop2020_Mean_BG.txt), with adults from Population Estimates vintage 2023",
        schema=BlockGroups,
        sources=(census_block_groups.SOURCE, census_block_groups.TRACT_SOURCE),
        build=build_block_groups,
        needs=("counties",),
    ),
)
