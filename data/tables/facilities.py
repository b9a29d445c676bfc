"""Facilities: every mental-health treatment facility of SAMHSA's directory of 2024, with its codes, payments and point."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from data.checks import expect
from data.placing import place
from data.records import public_name
from data.site_facts import give_ids, unplaced
from data.sites import atlas_of, counties_of, in_its_town, in_the_states, people_of, placed
from data.source import Raw
from data.sources import census_block_groups, census_gazetteer_places, samhsa
from data.table import Frames, Schema, Table

YEAR = 2024
PRINTED_TWICE = 8
"""Rows that the directory repeats word for word."""
IN_TERRITORIES = 41

TREATMENT_CODES = {"ketamine": "KIT", "tms": "TMS", "ect": "ECT", "telehealth": "TELE"}


class Facilities(Schema):
    """One row a facility. A missing True/False means that the facility gave no code of that kind."""

    id: Series[str] = pa.Field(unique=True, str_matches=r"^[a-z]{2}-[a-z0-9-]+-[0-9a-f]{4,}$")
    name: Series[str] = pa.Field(str_length={"min_value": 2})
    street: Series[str]
    city: Series[str]
    state: Series[str] = pa.Field(str_matches=r"^[A-Z]{2}$")
    zip: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    latitude: Series[pa.Float32] = pa.Field(ge=18, le=72)
    longitude: Series[pa.Float32] = pa.Field(ge=-180, le=180)
    point_quality: Series[str] = pa.Field(isin=["street", "zip", "city"])
    phone: Series[str]
    codes: Series[str]
    """The facility's codes, separated by blanks."""
    ketamine: Series[bool]
    tms: Series[bool]
    ect: Series[bool]
    telehealth: Series[bool]
    outpatient: Series[bool]
    residential: Series[bool]
    veterans_only: Series[bool]
    serves_adults: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    children_only: Series[bool]
    """Names children and adolescents and no other age."""
    takes_medicaid: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_medicare: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_private: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_self_pay: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_military: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_veterans_funds: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_state_financed: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    sliding_fee: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    payment_assistance: Series[pd.BooleanDtype] = pa.Field(nullable=True)


def build_facilities(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The directory of 2024 without its exact repetitions and without the territories, placed; sorted by id."""
    directory = samhsa.read_directory(raw, YEAR)
    once = directory.drop_duplicates()
    expect(len(directory) - len(once) == PRINTED_TWICE, f"{len(directory) - len(once)} repeated rows; {PRINTED_TWICE} were expected.")
    here = in_the_states(once)
    expect(len(once) - len(here) == IN_TERRITORIES, f"{len(once) - len(here)} facilities in territories; {IN_TERRITORIES} were expected.")
    facts = samhsa.facts(here)
    ages = here["codes"].str.split().map(lambda codes: samhsa.AGE_CODES & set(codes))
    facilities = pd.concat([here, facts.astype({"outpatient": "bool", "residential": "bool"})], axis=1).assign(
        **{column: samhsa.has_code(here["codes"], code) for column, code in TREATMENT_CODES.items()},
        children_only=ages.map(lambda found: found == {"CHLD"}),
        name=[public_name(*names) for names in zip(here["name"], here["part"], here["city"], strict=True)],
    )
    facilities["id"] = give_ids(facilities)
    atlas = atlas_of(raw, frames)
    lost = list(unplaced(facilities, place(facilities, atlas)["point_quality"]))
    people = people_of(frames["block_groups"])
    found = in_its_town(placed(facilities, atlas, people), people)
    found["county"] = counties_of(found, frames)
    found = found.astype({"latitude": "float32", "longitude": "float32"})
    table = found[list(Facilities.to_schema().columns)].sort_values("id", ignore_index=True)
    quality = ", ".join(f"{name} {count:,}" for name, count in table["point_quality"].value_counts().sort_index().items())
    table.attrs["report"] = [f"{PRINTED_TWICE} repeated rows and {IN_TERRITORIES} in territories left out; points: {quality}", *lost]
    return table


PLACES = (samhsa.LOCATOR, census_gazetteer_places.ZCTA_SOURCE, census_gazetteer_places.TOWN_SOURCE, census_block_groups.SOURCE)

TABLES = (
    Table(
        name="facilities",
        title="Mental-health treatment facilities with their codes (ketamine, TMS, ECT, payments), 2024",
        stands_for="SAMHSA National Directory of Mental Health Treatment Facilities 2024",
        schema=Facilities,
        sources=(samhsa.DIRECTORIES[YEAR], *PLACES),
        build=build_facilities,
        needs=("block_groups", "counties", "towns", "zctas"),
    ),
)
