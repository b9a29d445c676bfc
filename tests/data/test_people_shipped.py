"""The figures that INPUTS.md states come out of the shipped tables, and states add up to the nation."""

from __future__ import annotations

import pandas as pd
import pytest

from data.bundle import SNAPSHOT, read_table

pytestmark = pytest.mark.skipif(not (SNAPSHOT / "counties.parquet").is_file(), reason="the snapshot is not built: python -m data build")


@pytest.fixture(scope="module")
def counties() -> pd.DataFrame:
    return read_table("counties").set_index("geoid", drop=False)


@pytest.fixture(scope="module")
def states() -> pd.DataFrame:
    return read_table("states").set_index("geoid", drop=False)


@pytest.fixture(scope="module")
def nation() -> pd.Series:
    return read_table("nation").iloc[0]


def brackets(frame: pd.DataFrame) -> pd.Series:
    return frame.filter(regex="^households_(owner|renter)_").sum(axis=1)


def test_counties_are_todays(counties: pd.DataFrame) -> None:
    assert len(counties) == 3_144
    assert counties["geoid"].is_unique
    assert counties["geoid"].is_monotonic_increasing
    assert counties["state"].nunique() == 50 + 1
    assert counties.index[counties["state"] == "CT"].tolist() == [f"091{tens}0" for tens in range(1, 10)]
    assert {"02063", "02066", "02158", "46102"} <= set(counties.index)
    assert counties.loc["17031", ["name", "state_name"]].tolist() == ["Cook County", "Illinois"]
    assert counties.loc["35013", "name"] == "Doña Ana County"


@pytest.mark.parametrize(
    ("column", "total"),
    [
        ("population", 332_387_540),
        ("population_2020", 331_449_281),
        ("adults", 262_083_034),
        ("svi_population", 331_097_593),
        ("households", 127_482_865),
        ("medicaid_people_2023", 67_698_700),
        ("medicaid_people_2024", 68_918_083),
        ("marketplace_selections_2024", 16_363_114),
        ("population_18_64", 197_858_423),
    ],
)
def test_national_totals(counties: pd.DataFrame, column: str, total: int) -> None:
    assert counties[column].sum() == total


def test_adults_are_their_ages(counties: pd.DataFrame) -> None:
    ages = ["age_18_24", "age_25_44", "age_45_64", "age_65_plus"]
    assert (counties[ages].sum(axis=1) == counties["adults"]).all()


def test_groups_of_people_add_up_to_all(counties: pd.DataFrame) -> None:
    groups = ["white_not_hispanic", "black", "asian", "hispanic", "american_indian", "pacific", "two_or_more", "other_race"]
    assert (counties[[f"{group}_people" for group in groups]].sum(axis=1) == counties["svi_population"]).all()


def test_brackets_hold_all_households_of_every_county(counties: pd.DataFrame, states: pd.DataFrame) -> None:
    assert counties.filter(regex="^households_owner_").shape[1] == 8
    assert counties.filter(regex="^households_renter_").shape[1] == 7
    assert (brackets(counties) == counties["households"]).all()
    assert (brackets(states) == states["households"]).all()
    # the open brackets: owners over 150,000 and renters over 100,000
    assert counties["households_owner_150k"].sum() / 127_482_865 == pytest.approx(0.185, abs=0.0005)
    assert counties["households_renter_100k"].sum() / 127_482_865 == pytest.approx(0.075, abs=0.0005)


def test_incomes_missing_and_coded(counties: pd.DataFrame) -> None:
    assert counties.index[counties["median_household_income_usd"].isna()].tolist() == ["32009", "48261"]
    assert counties["income_p80_topcoded"].sum() == 22
    assert (counties.loc[counties["income_p80_topcoded"], "income_p80_usd"] == 250_001).all()
    for group in ("black", "american_indian", "asian", "white_not_hispanic", "hispanic"):
        coded = counties[f"median_household_income_{group}_usd"].isin([2_499, 250_001])
        assert counties.loc[coded, f"median_household_income_{group}_usd_moe"].isna().all()


@pytest.mark.parametrize(
    ("group", "usable"), [("black", 51), ("american_indian", 48), ("asian", 51), ("white_not_hispanic", 51), ("hispanic", 51)]
)
def test_incomes_by_race_are_precise_enough_in_nearly_every_state(states: pd.DataFrame, group: str, usable: int) -> None:
    value, margin = states[f"median_household_income_{group}_usd"], states[f"median_household_income_{group}_usd_moe"]
    assert value.notna().all()
    assert (margin / 1.645 / value < 0.30).sum() == usable  # the coefficient of variation that METHODS.md allows


@pytest.mark.parametrize(
    ("low", "value", "high"),
    [
        ("poverty_low", "poverty_share", "poverty_high"),
        ("saipe_median_income_usd_low", "saipe_median_income_usd", "saipe_median_income_usd_high"),
        ("uninsured_18_64_low", "uninsured_18_64_share", "uninsured_18_64_high"),
        ("uninsured_under_65_low", "uninsured_under_65_share", "uninsured_under_65_high"),
        ("depression_low", "depression_share", "depression_high"),
        ("depression_adjusted_low", "depression_adjusted_share", "depression_adjusted_high"),
        ("distress_low", "distress_share", "distress_high"),
    ],
)
def test_intervals_contain_their_values(counties: pd.DataFrame, low: str, value: str, high: str) -> None:
    known = counties[[low, value, high]].dropna()
    assert len(known) >= 3_143  # Kalawao alone may be missing
    assert ((known[low] <= known[value]) & (known[value] <= known[high])).all()


def test_kalawao_is_missing_not_zero(counties: pd.DataFrame) -> None:
    missing = ["poverty_share", "saipe_median_income_usd", "uninsured_18_64_share", "medicare_people", "marketplace_selections_2024"]
    assert counties.loc["15005", missing].isna().all()


def test_medicare_is_whole_with_each_pair_counted_once(counties: pd.DataFrame, nation: pd.Series) -> None:
    pairs = counties.dropna(subset="medicare_combined_with")
    assert pairs["medicare_combined_with"].to_dict() == {
        "09120": "09120+09190",
        "09140": "09140+09170",
        "09170": "09140+09170",
        "09190": "09120+09190",
    }
    assert counties["medicare_people"].sum() + 174_504 + 222_659 == 68_343_524 == nation["medicare_people"]
    assert counties["medicare_advantage_people"].sum() + 78_665 + 135_118 == 34_941_232 == nation["medicare_advantage_people"]
    assert counties["medicare_suppressed"].sum() == 23 + 1  # the split of 23, and all of Kalawao
    assert counties.loc[counties["medicare_suppressed"], "medicare_advantage_people"].isna().all()


def test_marketplace_counties_are_those_of_32_states(counties: pd.DataFrame, states: pd.DataFrame, nation: pd.Series) -> None:
    had = counties.loc[counties["marketplace_selections_2024"].notna() | counties["marketplace_suppressed"], "state"].unique()
    federal = states.loc[states["marketplace_platform"] == "HealthCare.gov", "state"]
    assert set(had) == set(federal)
    assert len(federal) == 32
    assert (counties["marketplace_selections_2024"].dropna() > 0).all()
    assert states["marketplace_selections_2024"].sum() == 21_446_150 == nation["marketplace_selections_2024"]


def test_cover_by_type_is_missing_where_it_is_not_had(counties: pd.DataFrame) -> None:
    blank = counties.index[counties["employer_alone_share"].isna()].tolist()
    assert blank == ["02063", "02066", *(f"091{tens}0" for tens in range(1, 10)), "51019"]


def test_rurality(counties: pd.DataFrame) -> None:
    assert (counties["rucc"] <= 3).sum() == 1_186
    assert (counties["rucc"] > 3).sum() == 1_958


def test_suppressed_deaths_are_null_and_marked(counties: pd.DataFrame) -> None:
    for cause in ("drug", "suicide", "alcohol"):
        deaths, suppressed = counties[f"{cause}_deaths"], counties[f"{cause}_deaths_suppressed"]
        assert deaths[suppressed].isna().all()
        assert (deaths.dropna() >= 10).all()
        unknown = counties.index[deaths.isna() & ~suppressed].tolist()
        assert unknown == ["02063", "02066", *(f"091{tens}0" for tens in range(1, 10))]
    assert counties.loc["46102", ["drug_deaths", "suicide_deaths"]].tolist() == [18, 70]  # Shannon, now Oglala Lakota
    assert counties.loc["02158", "suicide_deaths"] == 91  # Wade Hampton, now Kusilvak
    assert counties.loc["51019", ["drug_deaths", "drug_person_years"]].tolist() == [102, 756_457]  # without Bedford city, on both sides


def test_states_add_up(counties: pd.DataFrame, states: pd.DataFrame, nation: pd.Series) -> None:
    assert len(states) == 51
    for column in (
        "population",
        "population_2024",
        "adults",
        "age_65_plus",
        "black_people",
        "no_vehicle_households",
        "medicaid_people_2024",
    ):
        by_state = counties.groupby("state_fips")[column].sum()
        assert (by_state == states[column]).all(), column
        assert states[column].sum() == nation[column], column
    assert nation["adults"] == 262_083_034


def test_state_medicaid(states: pd.DataFrame, nation: pd.Series) -> None:
    assert states["medicaid_adults"].sum() == nation["medicaid_adults"] == 40_151_019
    assert states["medicaid_expansion"].sum() == 40 + 1
    assert states.loc["37", "medicaid_expansion_date"] == "2023-12-01"
    assert pd.isna(states.loc["48", "medicaid_expansion_date"])
    assert (states["medicaid_adults"] < states["medicaid_enrollment_2025_11"]).all()
    assert (states["medicaid_adults"] < states["adults"]).all()


def test_fmap_has_51_states_in_nine_years() -> None:
    fmap = read_table("fmap")
    assert len(fmap) == 51 * 9 == 459
    assert fmap["fmap_share"].between(0.5, 0.83).all()  # the law's floor and ceiling
    assert fmap.groupby("fiscal_year")["geoid"].nunique().eq(51).all()


def test_the_nation_is_one_row_with_the_published_medians(nation: pd.Series) -> None:
    assert nation["geoid"] == "us"
    assert nation["median_household_income_usd"] == 78_538
    assert nation["saipe_median_income_usd"] == 77_719
    assert nation["uninsured_18_64_share"] == pytest.approx(22_237_154 / 197_858_423, abs=1e-6)


def test_places_agrees_with_the_survey_it_is_modelled_from(counties: pd.DataFrame, states: pd.DataFrame) -> None:
    weighted = (counties["depression_adjusted_share"] * counties["adults"]).groupby(counties["state_fips"]).sum()
    modelled = weighted / counties.groupby("state_fips")["adults"].sum()
    assert modelled.corr(states["depression_survey_share"]) > 0.96  # INPUTS.md: 0.97
    assert (modelled - states["depression_survey_share"]).abs().max() < 0.03


def test_people_ever_diagnosed_are_about_57_7_million(counties: pd.DataFrame) -> None:
    assert (counties["depression_share"] * counties["adults"]).sum() / 1e6 == pytest.approx(57.7, abs=0.4)
