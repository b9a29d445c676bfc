"""Congressional districts of the 119th Congress, and how people of counties and block groups are shared among them.

How many people of a county live in which seat is counted. Which block groups they are is modelled: the open polygons are too coarse to
say (whole seats go wrong by tens of per cent), so block groups inside a county are raked to the count, those near a seat's polygon first.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa
import shapely
from pandera.typing import Series

from data.checks import expect, expect_counties, expect_total
from data.districts import CONGRESS, VALID_TO, district_name
from data.parameter import load
from data.rake import Floats, pruned, rake, residuals
from data.source import Raw
from data.sources import census_block_groups, census_boundaries, census_districts
from data.table import Frames, Schema, Table

FLAG_DEVIATION = "access/district_deviation_flagged"
"""Seats of one state are drawn to equal people; one that misses by more than this shows an error of the overlaps, not of the map."""

SEED_MILES = 1.0
"""A block group's likelihood of a seat falls by e for every mile between its centre and the seat's polygon."""

LEAST_SHARE = 0.02
"""Smaller shares of a block group are dropped, and the rest raked again: they are noise of the seed, and most of the bytes."""

SHARE_DECIMALS = 4
"""Finer shares would say more than the model knows, and double the file."""

MILES_PER_DEGREE = 69.09


class Districts(Schema):
    geoid: Series[str] = pa.Field(str_matches=r"^\d{4}$", unique=True)
    name: Series[str] = pa.Field(unique=True)
    state: Series[str] = pa.Field(str_matches=r"^[A-Z]{2}$")
    state_fips: Series[str] = pa.Field(str_matches=r"^\d{2}$")
    congress: Series[int] = pa.Field(eq=CONGRESS)
    adults: Series[int] = pa.Field(gt=0)
    """Aged 18 and over, survey of 2024."""
    adults_moe: Series[int] = pa.Field(ge=0)
    """90 % margin; 0 where the survey is controlled to the population estimate."""
    population_2020: Series[int] = pa.Field(gt=0)
    """Sum of the overlaps with counties."""
    deviation_share: Series[float] = pa.Field(in_range={"min_value": -0.1, "max_value": 0.1})
    """population_2020 against the state's people / seats, less one."""
    flagged: Series[bool]
    valid_to: Series[str]


class CountyDistricts(Schema):
    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    district: Series[str] = pa.Field(str_matches=r"^\d{4}$")
    population_2020: Series[int] = pa.Field(gt=0)
    share_of_county: Series[float] = pa.Field(gt=0, le=1)
    share_of_district: Series[float] = pa.Field(gt=0, le=1)
    modelled: Series[bool]
    """True in Connecticut, whose counts are by old county: raked block groups summed by planning region."""


class BlockGroupDistricts(Schema):
    block_group: Series[pa.Int32] = pa.Field(ge=0)
    """Row of the table `block_groups`, from 0."""
    district: Series[str] = pa.Field(str_matches=r"^\d{4}$")
    share: Series[pa.Float32] = pa.Field(gt=0, le=1)
    """Modelled; the shares of one block group come to 1."""


def build_districts(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The 436 seats with their adults of 2024 and how far the overlaps can be trusted."""
    adults = census_districts.read_district_adults(raw)
    people = census_districts.read_overlaps(raw).groupby("district")["population_2020"].sum()
    states = census_boundaries.state_names(census_boundaries.read_county_boundaries(raw)).set_index("geoid")
    frame = adults.assign(state_fips=adults["geoid"].str[:2], congress=CONGRESS, valid_to=VALID_TO)
    expect(set(frame["geoid"]) == set(people.index), "Districts of the survey and of the overlaps differ.")
    frame["name"] = [district_name(geoid, states["name"][geoid[:2]]) for geoid in frame["geoid"]]
    frame["state"] = frame["state_fips"].map(states["state"])
    frame["population_2020"] = frame["geoid"].map(people).astype("int64")
    frame["deviation_share"] = frame["population_2020"] / frame.groupby("state_fips")["population_2020"].transform("mean") - 1
    frame["flagged"] = frame["deviation_share"].abs() > load(FLAG_DEVIATION).number()
    return frame[list(Districts.to_schema().columns)].sort_values("geoid", ignore_index=True)


def build_block_group_districts(raw: Raw, frames: Frames) -> pd.DataFrame:
    """One row a block group and seat; the report says how near the raking came to the counted people."""
    groups = census_block_groups.read_block_groups(raw)
    expect(
        groups["county"].tolist() == frames["block_groups"]["county"].tolist(), "The table block_groups is of another order; build it too."
    )
    seats = census_boundaries.read_district_boundaries(raw).set_index("geoid")["geometry"]
    parts = []
    missed: list[float] = []
    moved = concerned = 0.0
    for rows, people, codes, totals in by_county(groups, census_districts.read_overlaps(raw)):
        shares = np.ones((len(rows), 1))
        if len(codes) > 1:
            seed = likelihood(groups.loc[rows, ["longitude", "latitude"]].to_numpy(), seats.loc[codes].to_numpy())
            shares = rounded(pruned(rake(seed, people, totals), people, totals, LEAST_SHARE))
            missed.append(float(np.abs(residuals(shares, people, totals)).max()))
            moved += float(people @ np.where(seed < 1, shares, 0).sum(axis=1))
            concerned += float(people.sum())
        row, seat = np.nonzero(shares)
        parts.append(pd.DataFrame({"block_group": rows[row], "district": np.array(codes)[seat], "share": shares[row, seat]}))
    frame = pd.concat(parts).sort_values(["block_group", "district"], ignore_index=True)
    frame = frame.astype({"block_group": "int32", "district": "str", "share": "float32"})
    expect(frame["block_group"].nunique() == len(groups), "Some block groups are in no district.")
    frame.attrs["report"] = [
        f"{len(missed)} counties with several seats raked; the worst seat misses its people by {max(missed):.1f}.",
        f"{moved / concerned:.1%} of their people's weight lies outside the polygon nearest to them: access is smoothed near seams.",
    ]
    return frame


def by_county(groups: pd.DataFrame, overlaps: pd.DataFrame) -> Iterator[tuple[npt.NDArray[np.int64], Floats, list[str], Floats]]:
    """For each county of 2020: rows of its block groups, their people, its seats, and the people counted in each."""
    rows_of = groups.groupby("county_2020").indices
    expect(set(rows_of) == set(overlaps["county_2020"]), "Counties of the block groups and of the districts' overlaps differ.")
    people = groups["population_2020"].to_numpy(dtype="float64")
    for county, part in overlaps.groupby("county_2020"):
        rows = np.asarray(rows_of[county], dtype="int64")
        yield rows, people[rows], part["district"].tolist(), part["population_2020"].to_numpy(dtype="float64")


def likelihood(points: Floats, seats: npt.NDArray[np.object_]) -> Floats:
    """How likely a point (longitude, latitude; n x 2) lies in each of m polygons: exp(-miles to it), 1 for the nearest; n x m.

    Degrees are scaled to miles at the points' mean latitude, which errs by under 1 % inside a county.
    """
    scale = np.array([np.cos(np.radians(points[:, 1].mean())), 1.0]) * MILES_PER_DEGREE
    flat = shapely.points(points * scale)
    miles = np.column_stack([shapely.distance(flat, shapely.transform(seat, lambda xy: xy * scale)) for seat in seats])
    nearest = miles.min(axis=1, keepdims=True)
    seed: Floats = np.exp(-np.minimum(miles - nearest, 600 * SEED_MILES) / SEED_MILES)
    return seed


def rounded(shares: Floats) -> Floats:
    """Shares with few decimals; the largest of each row takes the rest, so that a row still comes to 1."""
    found = np.round(shares, SHARE_DECIMALS)
    rows = np.arange(len(found))
    largest = shares.argmax(axis=1)
    found[rows, largest] = 0
    found[rows, largest] = np.round(1 - found.sum(axis=1), SHARE_DECIMALS)
    return found


def build_county_districts(raw: Raw, frames: Frames) -> pd.DataFrame:
    """People of 2020 in each county of today and seat: as counted, in Connecticut by planning region as raked."""
    counted = census_districts.read_overlaps(raw).rename(columns={"county_2020": "county"}).assign(modelled=False)
    raked = by_today(frames["block_groups"], frames["block_group_districts"], "09").assign(modelled=True)
    frame = pd.concat([counted[counted["county"].str[:2] != "09"], raked]).sort_values(["county", "district"], ignore_index=True)
    before = counted.groupby("district")["population_2020"].sum()
    after = frame.groupby("district")["population_2020"].sum()
    expect(float((after - before).abs().max()) <= 5, "Moving Connecticut's people to planning regions changed a seat by over 5 people.")
    expect_counties(frame["county"].unique(), "Counties with their districts")
    people = frame["population_2020"]
    frame["share_of_county"] = people / people.groupby(frame["county"]).transform("sum")
    frame["share_of_district"] = people / people.groupby(frame["district"]).transform("sum")
    expect_total(people, census_districts.PEOPLE, "People by county and district", tolerance=20)
    return frame[list(CountyDistricts.to_schema().columns)]


def by_today(groups: pd.DataFrame, shares: pd.DataFrame, state: str) -> pd.DataFrame:
    """People of one state by county of today and seat, from the raked block groups; whole people, none where under half a person."""
    rows = groups.loc[shares["block_group"], ["county", "population_2020"]].reset_index(drop=True)
    people = pd.DataFrame(
        {
            "county": rows["county"],
            "district": shares["district"],
            "population_2020": rows["population_2020"] * shares["share"].astype("float64"),
        }
    )
    summed = people[people["county"].str[:2] == state].groupby(["county", "district"], as_index=False)["population_2020"].sum()
    whole = summed.assign(population_2020=summed["population_2020"].round().astype("int64"))
    return pd.DataFrame(whole[whole["population_2020"] > 0])


GEOMETRY = (census_boundaries.DISTRICT_SOURCE, census_districts.OVERLAP_SOURCE)
GROUPS = (census_block_groups.SOURCE, census_block_groups.TRACT_SOURCE)

TABLES = (
    Table(
        name="districts",
        title="Congressional districts of the 119th Congress, with adults of 2024",
        stands_for="ACS 1-year 2024, table S0101; people of 2020 from the 119th Congressional District Summary File",
        schema=Districts,
        sources=(census_districts.ADULTS_SOURCE, census_districts.OVERLAP_SOURCE, census_boundaries.SOURCE),
        build=build_districts,
    ),
    Table(
        name="block_group_districts",
        title="Shares of block groups in congressional districts (modelled)",
        stands_for="People of 2020 by county and district, spread over block groups by their distance to the district's polygon",
        schema=BlockGroupDistricts,
        sources=(*GEOMETRY, *GROUPS),
        build=build_block_group_districts,
        needs=("block_groups",),
    ),
    Table(
        name="county_districts",
        title="People of 2020 by county and congressional district",
        stands_for="119th Congressional District Summary File, people by county part; Connecticut by planning region (modelled)",
        schema=CountyDistricts,
        sources=(*GEOMETRY, *GROUPS),
        build=build_county_districts,
        needs=("block_groups", "block_group_districts"),
    ),
)
