"""Providers of ketamine and esketamine: one row a site, where it may stand, and the sites known to be closed."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from data.checks import expect
from data.match import name_key
from data.placing import place
from data.records import LAYERS, all_records, assign_sites, drop_closed, read_closed
from data.site_facts import address_keys, give_ids, one_row_a_site, unplaced
from data.sites import atlas_of, counties_of, in_its_town, in_the_states, people_of, placed, points_of
from data.source import Raw
from data.sources import census_block_groups, census_gazetteer_places, medicare_claims, named_directory, own_pages, samhsa
from data.table import Frames, Schema, Table

DEFAULT_ROWS, DEFAULT_ADDRESSES, DEFAULT_WITH_MEDICAID = 94, 93, 62
"""SAMHSA 2024, outpatient and open to civilians: the default supply."""
KETAMINE_ROWS_2024 = 137
"""The 138 facilities of 2024 less one that the directory prints twice, word for word."""

Code = pa.Field(str_matches=r"^[a-z]{2}-[a-z0-9-]+-[0-9a-f]{4}$")


class Providers(Schema):
    """One row a site. A missing True/False means that no list says; it never means no."""

    id: Series[str] = pa.Field(unique=True, str_matches=r"^[a-z]{2}-[a-z0-9-]+-[0-9a-f]{4}$")
    name: Series[str] = pa.Field(str_length={"min_value": 2})
    street: Series[str]
    phone: Series[str]
    city: Series[str]
    state: Series[str] = pa.Field(str_matches=r"^[A-Z]{2}$")
    zip: Series[str] = pa.Field(str_matches=r"^(\d{5})?$")
    county: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    latitude: Series[float] = pa.Field(ge=18, le=72)
    longitude: Series[float] = pa.Field(ge=-180, le=180)
    point_quality: Series[str] = pa.Field(isin=["street", "zip", "city"])
    address_key: Series[str]
    """Rows with the same key are one place: a chain at one address counts once."""
    samhsa_2022: Series[bool]
    samhsa_2023: Series[bool]
    samhsa_2024: Series[bool]
    named_2026: Series[bool]
    own_pages: Series[bool]
    medicare_claims_2024: Series[bool]
    iv: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    im: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    esketamine: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    oral: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    assisted_psychotherapy: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_medicaid: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_medicare: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_private: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_self_pay: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_military: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_veterans_funds: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    takes_state_financed: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    sliding_fee: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    payment_assistance: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    payment_applies_to: Series[str] = pa.Field(isin=["facility", "practice", ""])
    """facility: the codes describe all that the facility does, not its ketamine; practice: said of the practice itself."""
    outpatient: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    residential: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    serves_adults: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    veterans_only: Series[bool]
    civilian_outpatient: Series[bool]
    """Counts as default supply: open to civilians, and not known to take no outpatients."""
    first_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=2016, le=2026)
    last_year: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=2016, le=2026)
    website: Series[str]
    source_url: Series[str]
    source_name: Series[str]
    verified: Series[bool]
    """A public record shows treatment there: Medicare paid for it. Nothing else has been verified."""
    closed: Series[bool] = pa.Field(eq=False)


class ProviderPoints(Schema):
    """Where a site may stand: one point, or at most five of its town, with weights that sum to 1."""

    provider: Series[str]
    latitude: Series[float] = pa.Field(ge=18, le=72)
    longitude: Series[float] = pa.Field(ge=-180, le=180)
    weight: Series[float] = pa.Field(gt=0, le=1)


class ClosedSites(Schema):
    """Sites known to be closed or to have stopped; in no other table."""

    name: Series[str]
    city: Series[str]
    state: Series[str] = pa.Field(str_matches=r"^[A-Z]{2}$")
    closed_on: Series[str] = pa.Field(str_matches=r"^(\d{4}(-\d{2}){0,2})?$")
    why: Series[str]
    source_name: Series[str]
    source_url: Series[str] = pa.Field(str_startswith="http")


def build_providers(raw: Raw, frames: Frames) -> pd.DataFrame:
    """Every site of every list, merged, placed, and with what is known of it; what cannot be placed is named in the report."""
    open_rows, report = drop_closed(in_the_states(all_records(raw)))
    sites = one_row_a_site(assign_sites(open_rows))
    sites["id"] = give_ids(sites)
    sites["address_key"] = address_keys(sites)
    atlas = atlas_of(raw, frames)
    report += list(unplaced(sites, place(sites, atlas)["point_quality"]))
    people = people_of(frames["block_groups"])
    found = in_its_town(placed(sites, atlas, people), people)
    found["county"] = counties_of(found, frames)
    found["verified"] = found["medicare_claims_2024"]
    found["closed"] = False
    found["civilian_outpatient"] = ~found["veterans_only"] & found["outpatient"].fillna(True).astype(bool)
    expect_default_supply(found)
    providers = found[list(Providers.to_schema().columns)].sort_values("id", ignore_index=True)
    providers.attrs["report"] = [*summary(providers), *report]
    return providers


def expect_default_supply(sites: pd.DataFrame) -> None:
    """The figures of SAMHSA 2024 on which every default map rests."""
    listed = sites[sites["samhsa_2024"]]
    default = listed[listed["civilian_outpatient"]]
    found = len(default), default["address_key"].nunique(), int(default["takes_medicaid"].sum())
    wanted = DEFAULT_ROWS, DEFAULT_ADDRESSES, DEFAULT_WITH_MEDICAID
    expect(found == wanted, f"The default supply has {found} sites, addresses and sites with Medicaid; {wanted} were expected.")
    expect(len(listed) == KETAMINE_ROWS_2024, f"{len(listed)} sites of SAMHSA 2024; {KETAMINE_ROWS_2024} were expected.")
    veterans = int(listed["veterans_only"].sum())
    expect(veterans == 16, f"{veterans} of the SAMHSA 2024 sites belong to Veterans Affairs; 16 were expected.")


def summary(providers: pd.DataFrame) -> list[str]:
    """What the build says of the table."""
    layers = ", ".join(f"{layer} {int(providers[layer].sum())}" for layer in LAYERS)
    quality = ", ".join(f"{name} {count}" for name, count in providers["point_quality"].value_counts().sort_index().items())
    several = int(
        (
            providers[["samhsa_2022", "samhsa_2023", "samhsa_2024"]].any(axis=1).astype(int) + providers[list(LAYERS[3:])].sum(axis=1) > 1
        ).sum()
    )
    return [
        f"sites by layer: {layers}; {several} stand in more than one kind of list",
        f"points: {quality}; {providers['address_key'].nunique()} addresses",
    ]


def build_provider_points(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The points of every provider. A town is placed again from its name, because `providers` holds its people's centre."""
    providers, people = frames["providers"], people_of(frames["block_groups"])
    of_town = providers["point_quality"] == "city"
    towns = providers.loc[of_town, ["id", "city", "state"]].assign(street="", zip="")
    sites = pd.concat([providers[~of_town].assign(town_land_sqmi=float("nan")), placed(towns, atlas_of(raw, frames), people)])
    sites = sites.sort_values("id", ignore_index=True)
    points = points_of(sites, people)
    sums = points.groupby("provider")["weight"].sum()
    expect(bool((abs(sums - 1) < 1e-9).all()), "The weights of a provider's points do not sum to 1.")
    expect(len(sums) == len(providers), f"{len(sums)} of {len(providers)} providers have points.")
    towns_used = towns.drop_duplicates(["state", "city"])
    few = int((points.groupby("provider").size().reindex(towns_used["id"]) == 1).sum())
    points.attrs["report"] = [f"{len(towns_used)} towns stand for sites without a street; {few} of them by one point"]
    return points


def build_closed_sites(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The dated list; every site that a source calls closed is on it, and on no other."""
    closed = read_closed()
    details = own_pages.read_site_details(raw)
    said = set(details.loc[details["closed"], "name"].map(name_key))
    listed = set(closed["name"].map(name_key))
    expect(
        said <= listed,
        f"{sorted(said - listed)} are closed and not in data/parameters/closed_sites.yaml; put them there with date and source.",
    )
    return closed.sort_values(["state", "city", "name"], ignore_index=True)


LISTS = (*samhsa.DIRECTORIES.values(), named_directory.SOURCE, own_pages.PAGES, own_pages.DETAILS, medicare_claims.SOURCE)
PLACES = (samhsa.LOCATOR, census_gazetteer_places.ZCTA_SOURCE, census_gazetteer_places.TOWN_SOURCE, census_block_groups.SOURCE)

TABLES = (
    Table(
        name="providers",
        title="Providers: sites of ketamine and esketamine, merged from all lists (a lower bound)",
        stands_for="SAMHSA directories 2022-2024 (code KIT), named providers 2026, practices' own pages, Medicare claims 2024",
        schema=Providers,
        sources=(*LISTS, *PLACES),
        build=build_providers,
        needs=("block_groups", "counties", "towns", "zctas"),
    ),
    Table(
        name="provider_points",
        title="Points of providers: one, or at most five of the town where only that is known",
        stands_for="The project's own reckoning from providers, Gazetteer towns and block-group centres",
        schema=ProviderPoints,
        sources=(*LISTS, *PLACES),
        build=build_provider_points,
        needs=("block_groups", "providers", "towns", "zctas"),
    ),
    Table(
        name="closed_sites",
        title="Sites known to be closed",
        stands_for="Press and practices' own pages, by entry",
        schema=ClosedSites,
        sources=(own_pages.DETAILS,),
        build=build_closed_sites,
    ),
)
