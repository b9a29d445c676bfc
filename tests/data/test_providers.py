"""Providers and facilities: what the lists say, where sites are put, what is never shipped, and the figures that rest on them."""

from __future__ import annotations

import doctest
import re

import numpy as np
import pandas as pd
import pytest

from data import placing, records, site_facts, sites
from data.bundle import Tables
from data.errors import DataError
from data.placing import Atlas, place, read_cited_points
from data.source import Raw
from data.sources import medicare_claims, named_directory, own_pages, samhsa
from data.tables import providers as tables_of_providers
from data.town_points import POINTS, People, gather, miles_between, town_points

KITS = {2022: 104, 2023: 82, 2024: 138}


def test_the_examples_in_the_docstrings_hold() -> None:
    for module in (own_pages, records, site_facts, placing, sites):
        assert doctest.testmod(module).failed == 0


# --- codes ------------------------------------------------------------------------------------------------------------


def directory(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "part", "codes"], dtype="str")


def test_codes_are_whole_words() -> None:
    codes = pd.Series(["MH KIT TMS", "KITE MH", "MH"])
    assert samhsa.has_code(codes, "KIT").tolist() == [True, False, False]
    assert samhsa.has_code(pd.Series(["MDX SMD", "MD"]), "MD").tolist() == [False, True]


def test_no_payment_code_at_all_is_unknown_and_not_no() -> None:
    facts = samhsa.facts(directory(("A", "", "MH OP ADLT MD"), ("B", "", "MH OP ADLT")))
    assert facts["takes_medicaid"].tolist() == [True, pd.NA]
    assert facts["takes_medicare"].tolist()[0] is False
    assert facts["takes_medicare"].isna().tolist() == [False, True]


def test_veterans_places_are_known_by_code_or_by_name() -> None:
    facts = samhsa.facts(
        directory(
            ("Somebody's Hospital", "", "OP VAHC"),
            ("Tulsa VA Outpatient Clinic", "", "OP VET"),
            ("William S Middleton Veterans Hosp", "Addictive Disorders", "OP"),
            ("Spero Health", "Martinsville VA Clinic", "OP"),
            ("Valley Counseling", "", "OP VET"),
        )
    )
    assert facts["veterans_only"].tolist() == [True, True, True, False, False], "Martinsville VA is a town in Virginia"


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jane Doe, LCSW", "Private practice in Falmouth"),
        ("Jane Q Doe MD", "Private practice in Falmouth"),
        ("Jane Doe MD practice", "Private practice in Falmouth"),
        ("Jane Doe MD PA LLC DBA Calm Clinic", "Calm Clinic"),
        ("KMD Clinics", "KMD Clinics"),
        ("MD Infusions", "MD Infusions"),
        ("Mind MD", "Mind MD"),
    ],
)
def test_a_clinicians_name_is_never_a_sites_name(name: str, shown: str) -> None:
    assert records.public_name(name, "", "Falmouth") == shown


# --- one row a site ---------------------------------------------------------------------------------------------------


def entry(layer: str, **known: object) -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(records.FACTS) | dict.fromkeys(records.TEXTS, "")
    base = {
        "layer": layer,
        "public_name": "Calm Clinic",
        "person": False,
        "veterans_only": False,
        "year": None,
        "city": "Reno",
        "state": "NV",
    }
    return blank | base | known


def test_each_fact_comes_from_the_best_list_that_has_it() -> None:
    site = site_facts.one_site(
        [
            entry("named_2026", year=2026, website="https://calm.example", esketamine=True, public_name="Calm"),
            entry(
                "samhsa_2024",
                year=2024,
                iv=True,
                street="1 Main St",
                zip="89501",
                phone="775-555-0100",
                takes_medicaid=False,
                outpatient=True,
            ),
            entry("own_pages", year=2021, takes_medicaid=True),
        ]
    )
    assert (site["street"], site["zip"], site["phone"], site["website"]) == ("1 Main St", "89501", "775-555-0100", "https://calm.example")
    assert (site["iv"], site["esketamine"], site["im"]) == (True, True, None), "what no list says stays unknown"
    assert site["takes_medicaid"] is False, "the latest directory's word about payment goes first"
    assert (site["first_year"], site["last_year"]) == (2021, 2026)
    assert (site["samhsa_2024"], site["named_2026"], site["own_pages"], site["samhsa_2023"]) == (True, True, True, False)


def test_a_street_that_the_latest_directory_withholds_stays_withheld() -> None:
    rows = [entry("samhsa_2024", street="", zip="53705"), entry("samhsa_2022", street="2500 Overlook Ter", zip="53705")]
    assert site_facts.best_address(rows)["street"] == ""


def test_veterans_is_what_the_latest_directory_says() -> None:
    rows = [entry("samhsa_2022", veterans_only=True), entry("samhsa_2024", veterans_only=False)]
    assert site_facts.one_site(rows)["veterans_only"] is False


def test_ids_are_readable_lasting_and_do_not_depend_on_the_order_of_rows() -> None:
    frame = pd.DataFrame(
        {
            "name": ["Calm Clinic", "Calm Clinic", "Other"],
            "city": "Reno",
            "state": "NV",
            "street": ["1 Main St", "2 Main St", ""],
            "zip": "89501",
        }
    )
    ids = site_facts.give_ids(frame)
    assert ids.str.startswith("nv-reno-").all()
    assert ids.is_unique
    turned = site_facts.give_ids(frame.iloc[::-1]).iloc[::-1]
    assert turned.tolist() == ids.tolist()


def test_one_address_has_one_key_whatever_the_suite_and_towns_alone_have_their_own() -> None:
    frame = pd.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "name": ["Nomad", "Find Your Light", "X", "Y"],
            "street": ["200 First Ave W Suite 403", "200 1st Avenue West, #400", "", ""],
            "city": "Seattle",
            "state": "WA",
            "zip": ["98119", "98119", "", ""],
        }
    )
    keys = site_facts.address_keys(frame)
    assert keys[0] == keys[1]
    assert keys.nunique() == 3


def test_closed_sites_leave_every_list() -> None:
    rows = pd.DataFrame(
        {
            "layer": ["site_details", "named_2026", "named_2026"],
            "name": ["Klarisana - Austin", "Klarisana", "Klarisana"],
            "city": ["Austin", "Austin", "Denver"],
            "state": ["TX", "TX", "CO"],
            "closed": [True, False, False],
        }
    )
    kept, lines = records.drop_closed(rows)
    assert kept["city"].tolist() == ["Denver"]
    assert lines == ["left out as closed: Klarisana, Austin TX (named_2026)"]


# --- where a site lies ------------------------------------------------------------------------------------------------


def small_atlas() -> Atlas:
    zctas = pd.DataFrame({"zcta": ["89501", "89502", "99503"], "latitude": [39.52, 39.5, 62.0], "longitude": [-119.81, -119.78, -158.2]})
    towns = pd.DataFrame(
        {
            "geoid": ["3260600", "0203000", "3200001"],
            "name": ["Reno", "Anchorage", "Nashville-Davidson"],
            "also": [None, None, "Nashville"],
            "state": ["NV", "AK", "NV"],
            "latitude": [39.55, 61.17, 36.1],
            "longitude": [-119.85, -149.28, -115.1],
            "land_sqmi": [108.0, 1707.0, 10.0],
        }
    )
    locator = pd.DataFrame(
        {
            "street": ["1 Main Street", "2 Main Street", "9 Elm Road"],
            "city": ["Reno", "Reno", "Sparks"],
            "state": "NV",
            "zip": ["89501", "89501", "89431"],
            "latitude": [39.53, 33.0, 39.54],
            "longitude": [-119.80, -112.0, -119.75],
        }
    )
    cited = pd.DataFrame({"city": ["Kailua-Kona"], "state": ["HI"], "latitude": [19.65], "longitude": [-156.0], "land_sqmi": [13.8]})
    return Atlas.of(zctas, towns, locator, cited)


@pytest.mark.parametrize(
    ("street", "city", "state", "zip", "quality", "latitude", "why"),
    [
        ("1 Main St, Suite 4", "Reno", "NV", "89501", "street", 39.53, "the locator knows the street"),
        ("1 Main St", "Reno", "NV", "", "street", 39.53, "street and town do where there is no ZIP"),
        ("2 Main St", "Reno", "NV", "89501", "zip", 39.52, "the locator's point is 500 miles off and is dropped"),
        ("7 Oak St", "Reno", "NV", "89502", "zip", 39.5, "the middle of the ZIP area"),
        ("", "Reno", "NV", "89599", "city", 39.55, "a ZIP that is no area: the town"),
        ("3001 C St", "Anchorage", "AK", "99503", "city", 61.17, "a ZIP area whose middle is 290 miles from its town"),
        ("", "Nashville", "NV", "", "city", 36.1, "a town by its other name"),
        ("", "Kailua-Kona", "HI", "", "city", 19.65, "a cited point"),
        ("", "Sparks", "NV", "", "city", 39.54, "the locator's median for the town"),
        ("", "Nowhere", "NV", "", "", None, "nothing places it"),
    ],
)
def test_the_ladder_of_points(street: str, city: str, state: str, zip: str, quality: str, latitude: float | None, why: str) -> None:
    site = pd.DataFrame({"street": [street], "city": [city], "state": [state], "zip": [zip]}, dtype="str")
    found = place(site, small_atlas()).iloc[0]
    assert found["point_quality"] == quality, why
    assert (np.isnan(found["latitude"]) and latitude is None) or found["latitude"] == pytest.approx(latitude), why


def test_what_cannot_be_placed_is_named() -> None:
    frame = pd.DataFrame({"name": ["Calm Clinic"], "city": ["Nowhere"], "state": ["NV"]})
    assert list(site_facts.unplaced(frame, pd.Series([""]))) == ["cannot be placed: Calm Clinic, Nowhere NV"]


def test_every_cited_point_has_a_reference_and_lies_in_the_country() -> None:
    cited = read_cited_points()
    assert {"Kailua-Kona", "Newington", "Bedford", "South Florida"} <= set(cited["city"])
    assert cited["latitude"].between(18, 72).all()
    assert cited["longitude"].between(-180, -66).all()


# --- a town as five points --------------------------------------------------------------------------------------------


def five_villages() -> People:
    """Five clusters of three block groups; the third village has four times the people of each other."""
    latitude = np.repeat([40.00, 40.02, 40.04, 40.06, 40.08], 3) + np.tile([0.0, 0.001, 0.002], 5)
    people = np.repeat([100.0, 100.0, 400.0, 100.0, 100.0], 3)
    return People.at(latitude, np.full(15, -100.0), people)


def test_a_town_is_five_points_weighted_by_people() -> None:
    latitude, longitude, weight = town_points(five_villages(), 40.04, -100.0, 200.0)
    assert len(weight) == POINTS
    assert weight.sum() == pytest.approx(1.0)
    # 3 x 400 of 3 x (100 + 100 + 400 + 100 + 100) people.
    assert weight[0] == pytest.approx(1200 / 2400)
    assert latitude[0] == pytest.approx(40.041, abs=1e-5)
    assert longitude == pytest.approx(-100.0)


def test_a_town_with_under_five_block_groups_is_its_own_point() -> None:
    latitude, longitude, weight = town_points(five_villages(), 41.0, -100.0, 3.0)
    assert (latitude.tolist(), longitude.tolist(), weight.tolist()) == ([41.0], [-100.0], [1.0])


def test_the_points_keep_the_centre_of_the_people_and_are_the_same_twice() -> None:
    generator = np.random.default_rng(7)
    points, weights = generator.normal(size=(60, 3)), generator.uniform(1, 5, 60)
    centres, sums = gather(points, weights, POINTS)
    assert np.average(centres, axis=0, weights=sums) == pytest.approx(np.average(points, axis=0, weights=weights))
    again, _ = gather(points.copy(), weights.copy(), POINTS)
    assert np.array_equal(centres, again)


def test_nobody_lives_in_an_empty_block_group() -> None:
    people = People.at(np.array([40.0, 41.0]), np.array([-100.0, -100.0]), np.array([0.0, 5.0]))
    assert people.nearest(np.array([40.0]), np.array([-100.0])).tolist() == [0]
    assert people.weights.tolist() == [5.0]


def test_miles_are_great_circle_miles() -> None:
    # A degree of a meridian: 2 x pi x 3,958.76 / 360.
    assert miles_between(np.array([40.0]), np.array([-90.0]), np.array([41.0]), np.array([-90.0]))[0] == pytest.approx(
        2 * np.pi * 3958.7613 / 360
    )


def test_a_town_whose_point_lies_at_sea_moves_to_its_people() -> None:
    people = five_villages()
    atlas = small_atlas()
    atlas.medians.loc[("bay city", "CA"), :] = [40.04, -100.0]
    site = pd.DataFrame(
        {
            "id": ["x"],
            "city": ["Bay City"],
            "state": ["CA"],
            "latitude": [37.7],
            "longitude": [-123.0],
            "point_quality": ["city"],
            "town_land_sqmi": [200.0],
        }
    )
    moved = sites.among_people(site, atlas, people)
    assert moved[["latitude", "longitude"]].iloc[0].tolist() == [40.04, -100.0]
    assert site["latitude"].iloc[0] == 37.7, "the input is not changed"


# --- the official files -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_directories_hold_as_many_ketamine_sites_as_stated(raw: Raw, year: int) -> None:
    assert int(samhsa.has_code(samhsa.read_directory(raw, year)["codes"], "KIT").sum()) == KITS[year]


@pytest.mark.slow
def test_the_figures_of_the_directory_of_2024(raw: Raw) -> None:
    everybody = samhsa.read_directory(raw, 2024)
    ketamine = everybody[samhsa.has_code(everybody["codes"], "KIT")]
    facts = samhsa.facts(ketamine)
    outpatient = facts["outpatient"].astype(bool)
    assert int((ketamine["street"] == "").sum()) == 13
    assert int(samhsa.has_code(ketamine["codes"], "VAHC").sum()) == 14
    assert int(facts["veterans_only"].sum()) == 16
    assert int((~outpatient).sum()) == 28
    assert int(facts["residential"].sum()) == 35
    assert int((ketamine["state"] == "CA").sum()) == 41
    assert int(((ketamine["state"] == "CA") & (ketamine["name"] == "Comprehensive Psychiatric Services")).sum()) == 13
    default = facts[outpatient & ~facts["veterans_only"]]
    assert (len(default), int(default["takes_medicaid"].sum())) == (94, 62)
    assert len(ketamine.drop_duplicates()) == 137
    assert len(ketamine.drop_duplicates(["name", "street", "zip"])) == 136
    with_either = samhsa.has_code(everybody["codes"], "TMS") | samhsa.has_code(everybody["codes"], "ECT")
    assert int(with_either.sum()) == 395


@pytest.mark.slow
def test_three_years_have_241_streets_with_ketamine(raw: Raw) -> None:
    years = [samhsa.read_directory(raw, year) for year in KITS]
    ketamine = pd.concat([one[samhsa.has_code(one["codes"], "KIT")] for one in years])
    assert len(ketamine["street"].str.lower().mask(ketamine["street"] == "", "withheld").add(ketamine["zip"]).unique()) == pytest.approx(
        241, abs=1
    )


def test_the_other_lists_hold_what_is_stated(raw: Raw) -> None:
    assert len(named_directory.read_named_providers(raw)) == 397
    assert int((own_pages.read_own_pages(raw)["overlaps"].map(len) == 0).sum()) == 187
    details = own_pages.read_site_details(raw)
    assert (len(details), int(details["closed"].sum())) == (131, 3)
    billing = medicare_claims.read_billing(raw)
    assert (len(billing), billing["state"].nunique(), int(billing["services"].sum())) == (73, 19, 604 + 13_742)


def test_streets_of_claims_are_streets_or_institutions_and_nobodys_name(raw: Raw) -> None:
    streets = medicare_claims.read_billing(raw)["street"]
    assert set(streets[~streets.str.contains(r"\d")]) == {"Massachusetts General Hospital", "Behavioral Healthcare Services"}


def test_a_list_that_is_cut_short_is_refused(tmp_path: object, raw: Raw) -> None:
    folder = Raw(root=raw.root.__class__(str(tmp_path)))
    (folder.root / "directories").mkdir()
    whole = (raw.root / named_directory.FILE).read_text(encoding="utf-8").splitlines()
    (folder.root / named_directory.FILE).write_text("\n".join(whole[:-1]), encoding="utf-8")
    with pytest.raises(DataError, match="396 providers; 397 were expected"):
        named_directory.read_named_providers(folder)


# --- the shipped tables -----------------------------------------------------------------------------------------------


def test_the_default_supply_is_94_sites_at_93_addresses_62_with_medicaid(tables: Tables) -> None:
    shipped = tables["providers"]
    tables_of_providers.expect_default_supply(shipped)
    default = shipped[shipped["samhsa_2024"] & shipped["civilian_outpatient"]]
    assert (len(default), default["address_key"].nunique(), int(default["takes_medicaid"].sum())) == (94, 93, 62)


def test_every_site_stands_on_a_list_and_no_closed_one_on_any(tables: Tables) -> None:
    shipped, closed = tables["providers"], tables["closed_sites"]
    assert shipped[list(records.LAYERS)].any(axis=1).all()
    for row in closed.itertuples():
        assert not ((shipped["name"] == row.name) & (shipped["city"] == row.city)).any()
    assert len(closed) == 3


def test_veterans_sites_are_never_civilian_supply(tables: Tables) -> None:
    shipped = tables["providers"]
    assert not (shipped["veterans_only"] & shipped["civilian_outpatient"]).any()
    assert int((shipped["veterans_only"] & shipped["samhsa_2024"]).sum()) == 16
    own_page = shipped.set_index("name")["veterans_only"]
    assert own_page["San Francisco Veterans Affairs Medical Center"]


def test_hand_checked_sites(tables: Tables) -> None:
    shipped = tables["providers"]

    def site(name: str, city: str) -> pd.Series:
        found = shipped[(shipped["name"] == name) & (shipped["city"] == city)]
        assert len(found) == 1, f"{name}, {city}: {len(found)}"
        return found.iloc[0]

    keta = site("Keta Medical Center - New Rochelle", "New Rochelle")
    assert keta["own_pages"]
    assert keta["medicare_claims_2024"]
    assert keta["esketamine"]
    los_angeles = site("Ketamine Clinics Los Angeles", "Los Angeles")
    assert los_angeles[["samhsa_2022", "samhsa_2024", "named_2026", "own_pages"]].all()
    assert site("WellPower - Wellshire Behavioral Services", "Denver")["samhsa_2022"], "renamed since 2022"
    seattle = shipped[shipped["street"].str.startswith("200 First Ave")]
    assert len(seattle) == 2
    assert len(set(seattle["address_key"])) == 1


def test_points_lie_in_their_state_and_san_francisco_is_not_at_sea(tables: Tables) -> None:
    shipped, counties = tables["providers"], tables["counties"].set_index("geoid")["state"]
    assert (shipped["county"].map(counties) == shipped["state"]).all()
    san_francisco = shipped[(shipped["city"] == "San Francisco") & (shipped["point_quality"] == "city")]
    assert len(san_francisco)
    assert (san_francisco["longitude"] > -122.6).all()


def test_each_provider_has_points_whose_weights_sum_to_one(tables: Tables) -> None:
    points, shipped = tables["provider_points"], tables["providers"]
    assert set(points["provider"]) == set(shipped["id"])
    assert points.groupby("provider")["weight"].sum().to_numpy() == pytest.approx(1.0)
    many = points.groupby("provider").size()
    assert many.max() <= POINTS
    exact = shipped.loc[shipped["point_quality"] != "city", "id"]
    assert (many[exact] == 1).all()


def test_no_clinician_no_refused_listing_and_no_address_of_this_machine_is_shipped(tables: Tables) -> None:
    for name in ("providers", "facilities", "closed_sites"):
        frame = tables[name]
        text = frame[[column for column in frame if pd.api.types.is_string_dtype(frame[column])]].astype("str").agg(" | ".join, axis=1)
        assert not text.str.contains("healingmaps|/work/|/root/", case=False).any(), name
        assert not frame["name"].map(lambda called: bool(records.PEOPLE.search(str(called)))).any(), name
    private = tables["providers"][tables["providers"]["name"].str.startswith("Private practice in ")]
    assert len(private) == 8
    assert (private["website"] == "").all()
    assert (private["source_url"] == "").all()


def test_credit_is_given(tables: Tables) -> None:
    names = tables["providers"]["source_name"]
    assert names.str.contains("Agarikon index (CC BY 4.0, doi 10.5281/zenodo.23090788)", regex=False).any()
    named = tables["providers"].loc[tables["providers"]["named_2026"], "source_name"]
    assert named.str.contains("Elevated States Project").all()


def test_facilities_are_the_directory_without_repetitions_and_territories(tables: Tables) -> None:
    shipped = tables["facilities"]
    assert len(shipped) == 8_319 - 8 - 41
    assert int(shipped["ketamine"].sum()) == 138 - 1
    assert (shipped["tms"] | shipped["ect"]).sum() == 395 - 2, "one repeated, one in Puerto Rico"
    assert not (shipped["children_only"] & shipped["serves_adults"].fillna(False)).any()
    assert not set(shipped["state"]) & {"PR", "GU", "VI", "MP"}
    assert all(re.fullmatch(r"[A-Z0-9]+( [A-Z0-9]+)*", codes) for codes in shipped["codes"].head(200))


def test_ketamine_facilities_are_the_sites_of_the_directory_layer(tables: Tables) -> None:
    """Same directory, same sites: as many rows, state by state."""
    listed = tables["providers"][tables["providers"]["samhsa_2024"]]
    facilities = tables["facilities"][tables["facilities"]["ketamine"]]
    assert listed["state"].value_counts().to_dict() == facilities["state"].value_counts().to_dict()
