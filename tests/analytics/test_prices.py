"""What Medicare allows, reckoned again by hand and by a slow second way; and every wrong question answered with a sentence."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pandas as pd
import pytest

from analytics import prices, status
from analytics.assumptions import ordered
from analytics.model import answer
from analytics.prices import allowed_amount, allowed_amount_at_zip, allowed_amounts, allowed_trend, zip_locality
from analytics.query import Query
from data.bundle import Tables
from data.parameter import load

YEARS = range(2020, 2027)
ORANGE, LOS_ANGELES, SAN_MATEO, ALAMEDA = "06059", "06037", "06081", "06001"


# --- the nation, a locality -------------------------------------------------------------------------------------------


def test_the_nation_has_the_schedules_own_amounts_to_the_cent(tables: Tables) -> None:
    trend = allowed_trend("us", tables)
    assert list(trend.columns) == ["year", "hcpcs", "amount", "low", "high", "status"]
    over = trend[trend["hcpcs"] == "G2083"]
    assert over["year"].tolist() == list(YEARS)
    assert over["amount"].tolist() == [1_110.12, 1_237.66, 1_144.77, 1_180.97, 1_211.66, 1_171.27, 1_356.08]
    up_to = trend[trend["hcpcs"] == "G2082"]
    # (work + practice expense + malpractice) x conversion factor
    assert up_to["amount"].tolist() == [
        round((0.48 + 20.52 + 0.05) * 36.0896, 2),
        round((0.70 + 24.06 + 0.05) * 34.8931, 2),
        round((0.70 + 22.48 + 0.09) * 34.6062, 2),
        round((0.70 + 23.77 + 0.07) * 33.8872, 2),
        round((0.70 + 24.86 + 0.08) * 33.2875, 2),
        round((0.70 + 24.76 + 0.07) * 32.3465, 2),
        round((0.70 + 27.75 + 0.07) * 33.4009, 2),
    ]
    assert (trend["status"] == status.OBSERVED).all()


def test_ohio_2020_from_relative_values_and_indices(tables: Tables) -> None:
    up_to, over = (allowed_amount(code, 2020, "39", tables) for code in ("G2082", "G2083"))
    assert up_to.usd == round((0.48 * 1.000 + 20.52 * 0.915 + 0.05 * 1.049) * 36.0896, 2) == 696.83
    assert over.usd == round((0.48 * 1.000 + 30.23 * 0.915 + 0.05 * 1.049) * 36.0896, 2) == 1_017.47
    assert over.low == over.high == over.usd
    assert over.status == status.OBSERVED, "the whole state is one locality: nothing was averaged"


def test_every_county_has_one_amount_in_every_year_and_it_follows_from_the_indices(tables: Tables) -> None:
    national = tables["medicare_national"].set_index(["year", "hcpcs"])
    for year in YEARS:
        localities = prices.county_localities(year, tables)
        assert localities.notna().all()
        assert localities.index.is_unique
        assert len(localities) == 3_144
        indices = tables["gpci"]
        indices = indices[indices["year"] == year].set_index("locality").loc[localities.to_numpy()]
        for code in prices.VISITS:
            rows = allowed_amounts(code, year, "county", tables)
            assert rows["geoid"].tolist() == tables["counties"]["geoid"].tolist()
            assert (rows["status"] == status.OBSERVED).all()
            units = national.loc[(year, code)]
            made = (
                units["work_rvu"] * indices["gpci_work"] + units["pe_rvu"] * indices["gpci_pe"] + units["mp_rvu"] * indices["gpci_mp"]
            ) * units["conversion_factor"]
            # CMS rounds at other places than we do.
            np.testing.assert_allclose(rows["value"], made, rtol=0, atol=0.0051)


# --- states and districts ---------------------------------------------------------------------------------------------


def test_a_state_is_its_counties_by_adults_the_slow_way(tables: Tables) -> None:
    """Locality by locality with loops, from the tables alone."""
    locality = dict(zip(tables["county_localities"]["geoid"], tables["county_localities"]["locality"], strict=True))
    usd = {
        row["locality"]: row["allowed_usd"]
        for row in tables["medicare_amounts"].to_dict("records")
        if row["year"] == 2026 and row["hcpcs"] == "G2083"
    }
    counties = tables["counties"][["geoid", "adults"]].to_dict("records")
    rows = allowed_amounts("G2083", 2026, "state", tables).set_index("geoid")
    assert len(rows) == 51
    for geoid, row in rows.iterrows():
        within = [(usd[locality[one["geoid"]]], one["adults"]) for one in counties if one["geoid"].startswith(str(geoid))]
        assert row["value"] == pytest.approx(sum(amount * adults for amount, adults in within) / sum(adults for _, adults in within))
        assert row["low"] == min(amount for amount, _ in within)
        assert row["high"] == max(amount for amount, _ in within)
        assert row["low"] <= row["value"] <= row["high"]
        assert row["status"] == (status.OBSERVED if row["low"] == row["high"] else status.MODELLED)


def test_a_district_lies_between_its_counties(tables: Tables) -> None:
    rows = allowed_amounts("G2083", 2026, "district", tables).set_index("geoid")
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()
    assert rows.loc["3901", "value"] == allowed_amount("G2083", 2026, "39", tables).usd, "Ohio is one locality"


# --- the crosswalk ----------------------------------------------------------------------------------------------------


def test_localities_that_ended_with_2023_have_their_own_amount_until_then(tables: Tables) -> None:
    assert prices.county_localities(2023, tables)[[ORANGE, SAN_MATEO, ALAMEDA]].tolist() == ["01182-26", "01112-06", "01112-07"]
    assert prices.county_localities(2024, tables)[[ORANGE, SAN_MATEO, ALAMEDA]].tolist() == ["01182-18", "01112-05", "01112-05"]
    amounts = tables["medicare_amounts"].copy()
    own = (amounts["locality"] == "01182-26") & (amounts["year"] == 2023) & (amounts["hcpcs"] == "G2083")
    amounts.loc[own, "allowed_usd"] = 1_000.00
    changed = tables.with_table("medicare_amounts", amounts)
    # Irvine lies in Orange County, Santa Monica in Los Angeles County: one locality today, two then.
    assert zip_locality("92614", 2026, tables) == zip_locality("90401", 2026, tables) == "01182-18"
    for place, zip_code, expected in ((ORANGE, "92614", 1_000.00), (LOS_ANGELES, "90401", 1_395.03)):
        assert allowed_amount("G2083", 2023, place, changed).usd == expected
        assert allowed_amount_at_zip("G2083", 2023, zip_code, changed).usd == expected
        assert allowed_amount_at_zip("G2083", 2024, zip_code, changed).usd == 1_441.84
    trend = allowed_trend(ORANGE, changed)
    assert trend["amount"].notna().all()
    for hcpcs, year, amount in zip(trend["hcpcs"], trend["year"], trend["amount"], strict=True):
        assert allowed_amount_at_zip(hcpcs, year, "92614", changed).usd == amount


# --- ZIP codes --------------------------------------------------------------------------------------------------------


def test_a_county_lies_between_the_zip_codes_that_lie_mostly_in_it(tables: Tables) -> None:
    zips = tables["zctas"].merge(tables["zip_localities"][["zip", "locality"]], left_on="zcta", right_on="zip", validate="one_to_one")
    zips["usd"] = zips["locality"].map(prices.by_locality("G2083", 2026, tables))
    spread = zips.groupby("county")["usd"].agg(["min", "max"])
    county = allowed_amounts("G2083", 2026, "county", tables).set_index("geoid")["value"]
    # 18 of Virginia's independent cities hold most of the land of no ZIP code.
    without = county.index.difference(spread.index)
    assert len(without) == 18
    assert without.str.startswith("51").all()
    county = county.loc[spread.index]
    assert (spread["min"] <= county).all()
    assert (county <= spread["max"]).all()


def test_a_zip_code_has_its_own_localitys_amount_not_its_countys(tables: Tables) -> None:
    loop = allowed_amount_at_zip("G2083", 2026, "60601", tables)
    assert loop.usd == allowed_amount("G2083", 2026, "17031", tables).usd
    assert (loop.locality, loop.place, loop.status) == ("06102-16", "60601", status.OBSERVED)
    assert math.isnan(loop.low)
    zips = tables["zctas"].merge(tables["zip_localities"][["zip", "locality"]], left_on="zcta", right_on="zip")
    county = prices.county_localities(2026, tables).rename("of_county")
    apart = zips.join(county, on="county").query("locality != of_county")
    assert len(apart) == 60
    for row in apart.head(5).to_dict("records"):
        assert zip_locality(row["zcta"], 2026, tables) == row["locality"]


@pytest.mark.parametrize(
    ("zip_code", "state", "county", "locality"),
    [
        ("63101", "MO", "29510", "05302-01"),  # EM: St. Louis
        ("64105", "MO", "29095", "05302-02"),  # WM: Kansas City, Missouri
        ("66101", "KS", "20209", "05202-00"),  # EK: Kansas City, Kansas
        ("67202", "KS", "20173", "05202-00"),  # WK: Wichita
    ],
)
def test_cmss_half_states_land_in_missouri_and_kansas(zip_code: str, state: str, county: str, locality: str, tables: Tables) -> None:
    zips = tables["zip_localities"].set_index("zip")
    assert zips.loc[zip_code, "state"] == state
    amount = allowed_amount_at_zip("G2083", 2026, zip_code, tables)
    assert amount.locality == locality
    assert amount.usd == allowed_amount("G2083", 2026, county, tables).usd
    assert not set(zips["state"]) & {"EM", "WM", "EK", "WK"}


@pytest.mark.parametrize(
    ("zip_code", "words"),
    [
        ("6060", "five digits"),
        ("606011", "five digits"),
        ("6060²", "five digits"),
        ("", "five digits"),
        ("00901", "00901 lies in a territory"),  # San Juan, Puerto Rico
        ("00802", "lies in a territory"),  # St. Thomas, Virgin Islands
        ("96910", "lies in a territory"),  # Guam
        ("96799", "lies in a territory"),  # American Samoa, among Hawaii's ZIP codes
        ("00000", "not in use"),
        ("09007", "not in the fifty states or DC"),  # an army post office
        ("60690", "no area of its own .* choose the county in IL"),  # Chicago's post-office boxes
    ],
)
def test_a_zip_code_without_an_amount_gets_a_sentence(zip_code: str, words: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match=words) as raised:
        allowed_amount_at_zip("G2083", 2026, zip_code, tables)
    assert str(raised.value).count(". ") == 0, "one sentence"


def test_no_zip_code_of_a_state_reads_as_one_of_a_territory(tables: Tables) -> None:
    begins = tuple(load("prices/territory_zips").latest)
    assert not tables["zip_localities"]["zip"].str.startswith(begins).any()
    assert not tables["zctas"]["zcta"].str.startswith(begins).any()


# --- what can't be asked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hcpcs", "year", "place", "words"),
    [
        ("G0463", 2026, "us", "no Medicare amount for “G0463”"),
        ("S0013", 2026, "us", "no Medicare amount for “S0013”"),
        ("G2083", 2019, "us", "known from 2020 to 2026; 2019 is outside"),
        ("G2083", 2027, "17031", "known from 2020 to 2026; 2027 is outside"),
        ("G2083", 2026, "72", "no place “72”"),
        ("G2083", 2026, "60601", "no place “60601”"),
    ],
)
def test_an_unknown_code_year_or_place_gets_a_sentence(hcpcs: str, year: int, place: str, words: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match=words):
        allowed_amount(hcpcs, year, place, tables)


def test_the_facility_component_cannot_be_chosen(tables: Tables) -> None:
    """No function takes a setting, no table has the figure (24 to 45 dollars), and no amount is anywhere near it."""
    for _, function in inspect.getmembers(prices, inspect.isfunction):
        assert not {"setting", "facility", "office"} & set(inspect.signature(function).parameters)
    assert not [column for name in ("medicare_amounts", "medicare_national", "opps") for column in tables[name] if "facility" in column]
    for place in ("us", "17031", "17", "1707"):
        assert allowed_trend(place, tables)["amount"].min() > 600


def test_hospitals_stand_apart_with_their_year(tables: Tables) -> None:
    rates = prices.hospital_amounts(tables)
    assert rates.to_dict("list") == {
        "year": [2025, 2025],
        "hcpcs": ["G2082", "G2083"],
        "amount": [1_150.50, 1_450.50],
        "minimum_copayment": [round(0.20 * 1_150.50, 2), round(0.20 * 1_450.50, 2)],
    }


# --- the measures -----------------------------------------------------------------------------------------------------


def test_the_change_is_last_over_first_less_one(tables: Tables) -> None:
    result = answer(Query(measure="medicare_change"), tables)
    assert result.figure is not None
    assert result.figure.value == pytest.approx(1_356.08 / 1_110.12 - 1)
    by_county = result.frame.set_index("geoid")["value"]
    first = allowed_amounts("G2083", 2020, "county", tables).set_index("geoid")["value"]
    last = allowed_amounts("G2083", 2026, "county", tables).set_index("geoid")["value"]
    assert by_county[ORANGE] == pytest.approx(1_599.71 / 1_302.45 - 1), "the locality it belonged to then, and the one of today"
    pd.testing.assert_series_equal(by_county, last / first - 1, check_names=False)


def test_a_states_change_is_that_of_its_amounts(tables: Tables) -> None:
    for level in ("state", "district"):
        change = answer(Query(measure="medicare_change", level=level), tables).frame.set_index("geoid")
        first = allowed_amounts("G2083", 2020, level, tables).set_index("geoid")["value"]
        last = allowed_amounts("G2083", 2026, level, tables).set_index("geoid")["value"]
        np.testing.assert_allclose(change["value"], last / first - 1, rtol=1e-9)
        assert (change["low"] <= change["value"]).all()
        assert (change["value"] <= change["high"]).all()


def test_the_patients_share_is_the_coinsurance_and_follows_it(tables: Tables) -> None:
    asked = Query(measure="medicare_patient_share", level="state")
    fifth, amount = answer(asked, tables), answer(asked.with_(measure="medicare_amount"), tables)
    assert fifth.figure is not None
    assert fifth.figure.value == pytest.approx(0.20 * 1_356.08)
    for column in ("value", "low", "high"):
        np.testing.assert_allclose(fifth.frame[column], 0.20 * amount.frame[column])
    tenth = answer(asked.with_(assumptions=ordered({"medicare/part_b_coinsurance": 0.1})), tables)
    np.testing.assert_allclose(tenth.frame["value"], fifth.frame["value"] / 2)
    with pytest.raises(ValueError, match=r"can be set from 0 to 0\.5; 1\.2 is outside"):
        ordered({"medicare/part_b_coinsurance": 1.2})


def test_no_coinsurance_is_a_true_zero(tables: Tables) -> None:
    free = answer(Query(measure="medicare_patient_share", assumptions=ordered({"medicare/part_b_coinsurance": 0.0})), tables)
    assert (free.frame["value"] == 0).all()
    assert (free.frame["status"] == status.ZERO).all()


def test_the_measures_words_name_the_years_of_the_tables(tables: Tables) -> None:
    first, last = str(prices.years(tables)[0]), str(prices.years(tables)[-1])
    for measure in ("medicare_amount", "medicare_patient_share"):
        indicator = answer(Query(measure=measure), tables).indicator
        assert last in indicator.unit_words
    change = answer(Query(measure="medicare_change"), tables).indicator
    assert first in change.unit_words
    assert last in change.unit_words
    assert first in change.finding
