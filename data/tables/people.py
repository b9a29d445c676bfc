"""Who lives where: counties, states and the nation with their people, incomes, cover and need."""

from __future__ import annotations

import functools

import pandas as pd
import pandera.pandas as pa

from data.checks import expect_counties
from data.source import Raw
from data.sources import census_gazetteer_counties, census_population
from data.table import Frames, Schema, Table


def join(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Join on geoid, one to one; a county in one and not in the other is an error."""
    joined = left.merge(right, on="geoid", how="outer", validate="one_to_one", indicator=True)
    expect_counties(joined["geoid"], "Joined counties")
    return joined.drop(columns="_merge")


class Counties(Schema):
    geoid: str = pa.Field(str_matches=r"^\d{5}$", unique=True)
    name: str
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    state_fips: str = pa.Field(str_matches=r"^\d{2}$")
    land_sqmi: float = pa.Field(gt=0)
    population: int = pa.Field(ge=0)
    adults: int = pa.Field(ge=0)
    latitude: float = pa.Field(in_range={"min_value": 18, "max_value": 72})
    longitude: float = pa.Field(in_range={"min_value": -180, "max_value": -66})


def build_counties(raw: Raw, frames: Frames) -> pd.DataFrame:
    parts = [
        census_gazetteer_counties.read_counties(raw),
        census_population.read_acs_population(raw),
        census_population.read_ages(raw)[["geoid", "adults"]],
        census_population.read_centres(raw)[["geoid", "latitude", "longitude"]],
    ]
    return functools.reduce(join, parts).sort_values("geoid")


TABLES = (
    Table(
        name="counties",
        title="Counties",
        stands_for="Gazetteer 2025, ACS 2019-2023, Population Estimates 2023, Centers of Population 2020",
        schema=Counties,
        sources=(
            census_gazetteer_counties.SOURCE,
            census_population.ACS_TOTAL,
            census_population.AGES,
            census_population.CENTRES,
        ),
        build=build_counties,
    ),
)
