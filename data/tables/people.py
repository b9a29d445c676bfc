"""Who lives where: counties, states and the nation with their people, incomes, cover and need.

Every source gives a frame of places; a table is their one-to-one join on geoid, in the order of its schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import pandas as pd

from data.checks import STATES, expect, expect_counties
from data.people_schemas import Counties, Fmap, Nation, States
from data.reading import NATION, counties_of, nation_of, states_of
from data.source import Raw
from data.sources import (
    cdc_cdi,
    cdc_places,
    cdc_svi,
    cdc_wonder,
    census_acs,
    census_coverage,
    census_gazetteer_counties,
    census_population,
    census_sahie,
    census_saipe,
    cms_marketplace,
    cms_medicaid,
    cms_medicare_enrollment,
    usda_rucc,
)
from data.table import Frames, Schema, Table

ADDED_UP = (
    "land_sqmi",
    "population",
    "population_2020",
    "population_2024",
    "adults",
    "age_18_24",
    "age_25_44",
    "age_45_64",
    "age_65_plus",
    "svi_population",
    *("white_not_hispanic_people", *cdc_svi.GROUPS.values()),
    *cdc_svi.HOUSEHOLDS.values(),
    *cdc_svi.PEOPLE.values(),
    "medicaid_people_2023",
    "medicaid_people_2024",
)
"""Complete in every county, so that states and the nation are their sums."""


def columns_of(schema: type[Schema]) -> list[str]:
    return list(schema.to_schema().columns)


def join(parts: Iterable[pd.DataFrame], on: str = "geoid") -> pd.DataFrame:
    """Join one to one; a place that stands twice, or in one part and not in another, is an error."""

    def pair(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
        twice = right.loc[right[on].duplicated(), on]
        expect(twice.empty, f"{twice.head(3).tolist()} stand more than once in a source ({', '.join(right.columns[1:4])}).")
        joined = left.merge(right, on=on, how="outer", validate="one_to_one", indicator="_found")
        lonely = joined[joined["_found"] != "both"]
        expect(lonely.empty, f"{lonely[on].head(3).tolist()} stand in one source and not in another ({', '.join(right.columns[1:4])}).")
        return joined.drop(columns="_found")

    return reduce(pair, parts)


def places_with_own_rows(raw: Raw) -> list[pd.DataFrame]:
    """Figures whose publisher states counties, states and the nation each, so that none is added up here."""
    return [
        census_acs.read_incomes(raw),
        census_acs.read_income_brackets(raw),
        census_saipe.read_poverty_and_income(raw),
        census_sahie.read_uninsured_adults(raw),
        census_sahie.read_uninsured_under_65(raw),
    ]


def build_counties(raw: Raw, frames: Frames) -> pd.DataFrame:
    names = census_gazetteer_counties.read_counties(raw)
    names = names.merge(census_acs.read_state_names(raw), on="state_fips", how="left", validate="many_to_one")
    parts = [
        names,
        census_population.read_centres(raw),
        census_population.read_acs_population(raw),
        census_population.read_ages(raw).drop(columns="population_2023"),
        census_population.read_totals(raw),
        cdc_svi.read_vulnerability(raw),
        *(counties_of(frame) for frame in places_with_own_rows(raw)),
        census_coverage.read_medicaid(raw),
        census_coverage.read_cover_by_type(raw),
        cms_medicare_enrollment.read_medicare(raw),
        cms_marketplace.read_county_selections(raw, names),
        usda_rucc.read_rurality(raw),
        cdc_places.read_mental_health(raw),
        cdc_wonder.read_deaths(raw),
    ]
    counties = join(parts)
    expect_counties(counties["geoid"], "Counties")
    return counties[columns_of(Counties)].sort_values("geoid")


def add_up(places: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """ADDED_UP summed over the groups `by`, and the centre of the people of each."""
    sums = places[list(ADDED_UP)].groupby(by.rename("geoid")).sum().reset_index()
    sums["land_sqmi"] = sums["land_sqmi"].round(3)
    parts = pd.DataFrame(
        {"geoid": by, "people": places["population_2020"], "latitude": places["latitude"], "longitude": places["longitude"]}
    )
    return sums.merge(census_population.mean_centres(parts).drop(columns="population_2020"), on="geoid", validate="one_to_one")


def build_states(raw: Raw, frames: Frames) -> pd.DataFrame:
    counties = frames["counties"]
    names = counties[["state_fips", "state", "state_name"]].drop_duplicates().reset_index(drop=True)
    names = names.assign(geoid=names["state_fips"], name=names["state_name"])
    by_postal = join(
        [
            names[["state", "geoid"]],
            cms_marketplace.read_state_selections(raw),
            cms_marketplace.read_credits(raw),
            cms_medicaid.read_enrollment(raw),
            cms_medicaid.read_expansion_dates(raw),
            fmap_of(raw, 2026),
        ],
        on="state",
    )
    states = join(
        [
            names,
            add_up(counties, counties["state_fips"]),
            *(states_of(frame) for frame in places_with_own_rows(raw)),
            cms_medicare_enrollment.sum_by_state(counties),
            by_postal.drop(columns="state"),
            states_of(cdc_cdi.read_depression(raw)),
        ]
    )
    expect(len(states) == STATES, f"States: {len(states)} rows; {STATES} were expected.")
    dated = states["medicaid_expansion_date"].notna()
    expect(bool((dated == states["medicaid_expansion"]).all()), "Medicaid expansion: CMS's flag and the list of dates disagree.")
    for column in ("medicare_people", "medicare_advantage_people", "medicare_traditional_people", "marketplace_selections_2024"):
        states[column] = states[column].astype("float64")  # counties lack some, and the schema is one for all levels
    return states[columns_of(States)].sort_values("geoid")


def fmap_of(raw: Raw, year: int) -> pd.DataFrame:
    """state, fmap_{year}_share."""
    rates = cms_medicaid.read_fmap(raw)
    rates = rates[rates["fiscal_year"] == year]
    return rates[["state", "fmap_share"]].rename(columns={"fmap_share": f"fmap_{year}_share"})


def build_nation(raw: Raw, frames: Frames) -> pd.DataFrame:
    states = frames["states"]
    here = pd.Series(NATION, index=states.index, dtype="str")
    counted = (
        "medicare_people",
        "medicare_advantage_people",
        "medicare_traditional_people",
        "marketplace_selections_2024",
        "medicaid_adults",
        "medicaid_enrollment_2025_11",
        "marketplace_aptc_people_2024",
        "aptc_people_2025",
        "basic_health_program_people",
    )
    names = {"geoid": NATION, "name": "United States", "state": "US", "state_fips": "00", "state_name": "United States"}
    nation = join(
        [
            pd.DataFrame([names]),
            add_up(states, here),
            states[list(counted)].groupby(here.rename("geoid")).sum().reset_index(),
            *(nation_of(frame) for frame in places_with_own_rows(raw)),
            nation_of(cdc_cdi.read_depression(raw)),
        ]
    )
    expect(int(nation["households"].iloc[0]) == int(states["households"].sum()), "The states' households do not add up to the nation's.")
    return nation[columns_of(Nation)]


def build_fmap(raw: Raw, frames: Frames) -> pd.DataFrame:
    codes = frames["states"][["state", "geoid"]]
    rates = cms_medicaid.read_fmap(raw).merge(codes, on="state", how="left", validate="many_to_one")
    return rates[columns_of(Fmap)].sort_values(["geoid", "fiscal_year"])


COMMON_SOURCES = (
    census_gazetteer_counties.SOURCE,
    census_population.CENTRES,
    census_population.ACS_TOTAL,
    census_population.AGES,
    census_population.TOTALS,
    cdc_svi.SOURCE,
    census_acs.SOURCE,
    census_saipe.SOURCE,
    census_sahie.SOURCE,
    census_coverage.MEDICAID,
    cms_medicare_enrollment.SOURCE,
    cms_marketplace.SOURCE,
)
STATE_SOURCES = (*COMMON_SOURCES, cms_marketplace.CREDITS, cms_medicaid.ENROLLMENT, cdc_cdi.SOURCE)

TABLES = (
    Table(
        name="counties",
        title="Counties: people, income, cover and need",
        stands_for="Gazetteer, Centers of Population, ACS 5-year, Population Estimates, SVI, SAIPE, SAHIE, PLACES, WONDER, RUCC, "
        "CMS Medicare and Marketplace enrolment, by county",
        schema=Counties,
        sources=(*COMMON_SOURCES, census_coverage.TYPES, usda_rucc.SOURCE, cdc_places.SOURCE, cdc_wonder.SOURCE),
        build=build_counties,
    ),
    Table(
        name="states",
        title="States: the same, with Medicaid, the marketplace and the survey's depression",
        stands_for="the same files by state, with CMS Medicaid enrolment, expansion, FMAP, tax credits and CDC's Chronic Disease Indicators",
        schema=States,
        sources=(*STATE_SOURCES, cms_medicaid.EXPANSION, cms_medicaid.FMAP),
        build=build_states,
        needs=("counties",),
    ),
    Table(
        name="nation",
        title="The nation in one row",
        stands_for="the same files for the fifty states and DC",
        schema=Nation,
        sources=STATE_SOURCES,
        build=build_nation,
        needs=("states",),
    ),
    Table(
        name="fmap",
        title="The federal share of Medicaid's bill by state and fiscal year",
        stands_for="Federal Medical Assistance Percentages, fiscal years 2018 to 2026",
        schema=Fmap,
        sources=(cms_medicaid.FMAP,),
        build=build_fmap,
        needs=("states",),
    ),
)
