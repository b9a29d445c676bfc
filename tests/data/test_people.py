"""The people tables: what each reader does with the traps of its file, on small pieces made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pandera.errors
import pytest

from data.errors import DataError
from data.people_schemas import Counties, Nation, States
from data.source import Raw
from data.sources import (
    cdc_cdi,
    cdc_places,
    cdc_wonder,
    census_acs,
    census_population,
    census_sahie,
    census_saipe,
    cms_marketplace,
    cms_medicaid,
    cms_medicare_enrollment,
)
from data.tables import people


def raw_with(tmp_path: Path, file: str, text: str) -> Raw:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Raw(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"CDI_2022_states\.csv is not in"):
        cdc_cdi.read_depression(Raw(tmp_path))


def test_the_census_key_page_that_answers_200_is_not_taken_for_data(tmp_path: Path) -> None:
    raw = raw_with(tmp_path, census_population.ACS_FILE, "<html><title>Missing Key</title></html>")
    with pytest.raises(DataError, match="is no answer of the Census API"):
        census_population.read_acs_population(raw)


def test_half_a_file_is_refused_with_both_numbers(tmp_path: Path) -> None:
    answer = '[["NAME","B01003_001E","state","county"],["Autauga","59285","01","001"],["Adjuntas","17900","72","001"]]'
    with pytest.raises(DataError, match="ACS population: 1 counties; 3,144 were expected"):
        census_population.read_acs_population(raw_with(tmp_path, census_population.ACS_FILE, answer))


def test_the_centre_of_people_is_weighted_by_people_and_longitudes_by_their_length() -> None:
    groups = pd.DataFrame(
        {"geoid": ["09110"] * 3, "people": [100.0, 300.0, 0.0], "latitude": [0.0, 60.0, 80.0], "longitude": [-70.0, -74.0, 0.0]}
    )
    centre = census_population.mean_centres(groups).iloc[0]
    assert centre["population_2020"] == 100 + 300 + 0
    assert centre["latitude"] == (100 * 0 + 300 * 60) / 400
    # a degree of longitude at 60 degrees north is half as long as at the equator
    assert centre["longitude"] == pytest.approx((100 * 1.0 * -70 + 300 * 0.5 * -74) / (100 * 1.0 + 300 * 0.5), abs=1e-6)


def test_wonder_recodes_renamed_counties_and_leaves_out_the_rest() -> None:
    codes = ["02270", "46113", "51515", "51560", "51019", "02261", "09001", "01001"]
    found = cdc_wonder.on_todays_counties(pd.DataFrame({"County.Code": codes}))
    assert found["geoid"].tolist() == ["02158", "46102", "51019", "01001"]


def test_every_county_without_deaths_is_one_of_eleven() -> None:
    assert len(cdc_wonder.NOT_AVAILABLE) == 9 + 2
    assert "09110" in cdc_wonder.NOT_AVAILABLE
    assert "09190" in cdc_wonder.NOT_AVAILABLE


def test_places_intervals_are_read_and_other_words_are_not() -> None:
    read = pd.Series(["(14.0, 19.9)", "( 5,6)", "14.0-19.9", ""]).str.extract(cdc_places.INTERVAL)
    assert read.iloc[:2].to_numpy().tolist() == [["14.0", "19.9"], ["5", "6"]]
    assert read.iloc[2:].isna().all(axis=None)


def test_places_with_a_broken_interval_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdc_places, "expect_counties", lambda *_: None)
    columns = "CountyFIPS,DEPRESSION_CrudePrev,DEPRESSION_Crude95CI,DEPRESSION_AdjPrev,DEPRESSION_Adj95CI,MHLTH_CrudePrev,MHLTH_Crude95CI"
    good = raw_with(tmp_path, cdc_places.FILE, f'{columns}\n1001,20.1,"(17.0, 23.5)",20.7,"(17.5, 24.0)",16.8,"(14.0, 19.9)"\n')
    row = cdc_places.read_mental_health(good).iloc[0]
    assert row["geoid"] == "01001"
    assert (row["depression_low"], row["depression_share"], row["depression_high"]) == (0.17, 0.201, 0.235)
    assert (row["distress_low"], row["distress_share"], row["distress_high"]) == (0.14, 0.168, 0.199)
    wrong = raw_with(tmp_path, cdc_places.FILE, f'{columns}\n1001,24.1,"(17.0, 23.5)",20.7,"(17.5, 24.0)",16.8,"(14.0, 19.9)"\n')
    with pytest.raises(DataError, match="1 intervals do not contain their value"):
        cdc_places.read_mental_health(wrong)


def test_sahie_counts_connecticut_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(census_sahie, "expect_counties", lambda *_: None)
    head = ",".join(f"v003_{name}" for name in ("numerator", "denominator", "rawvalue", "cilow", "cihigh", "sourceflag", "flag_CT"))
    rows = [
        "00,000,30,300,0.1,,,,",
        "09,000,30,300,0.1,0.08,0.12,,",
        "09,001,30,300,0.1,0.05,0.2,,U",
        "09,110,30,300,0.1,0.05,0.2,,A",
        "15,000,0,0,,,,,",
        "15,005,,,,,,,",
    ]
    raw = raw_with(tmp_path, census_sahie.ADULTS_FILE, f"statecode,countycode,{head}\n" + "\n".join(rows))
    found = census_sahie.read_uninsured_adults(raw).set_index("geoid")
    assert found.index.tolist() == ["09", "09110", "15", "15005", "us"]
    assert found.loc["09110", ["uninsured_18_64_low", "uninsured_18_64_share", "uninsured_18_64_high"]].tolist() == [0.05, 0.1, 0.2]
    assert np.isnan(found.loc["15005", "uninsured_18_64"])


def test_saipe_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"saipe_est23all.xls cannot be opened as an Excel 97 workbook"):
        census_saipe.read_poverty_and_income(raw_with(tmp_path, census_saipe.FILE, "<html>not found</html>"))


def medicare(**changes: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "geoid": ["09110", "09120", "09190", "20025"],
            "medicare_people": [100.0, np.nan, np.nan, 40.0],
            "medicare_advantage_people": [60.0, np.nan, np.nan, np.nan],
            "medicare_traditional_people": [40.0, np.nan, np.nan, np.nan],
            "medicare_suppressed": [False, False, False, True],
            "medicare_combined_with": [None, "09120+09190", "09120+09190", None],
            "medicare_combined_people": [np.nan, 50.0, 50.0, np.nan],
            "medicare_combined_advantage_people": [np.nan, 20.0, 20.0, np.nan],
        }
    )
    return frame.assign(**changes)


def test_a_pair_of_connecticut_counts_once_in_its_state() -> None:
    states = cms_medicare_enrollment.sum_by_state(medicare()).set_index("geoid")
    assert states.loc["09"].tolist() == [100 + 50, 60 + 20, 40 + (50 - 20)]


def test_a_suppressed_split_leaves_the_total_known_and_the_parts_out() -> None:
    states = cms_medicare_enrollment.sum_by_state(medicare()).set_index("geoid")
    assert states.loc["20"].tolist() == [40, 0, 0]


def test_medicare_parts_that_do_not_add_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cms_medicare_enrollment, "PAIRS", {"09120": "09120+09190", "09190": "09120+09190"})
    with pytest.raises(DataError, match="Advantage and traditional do not add up"):
        cms_medicare_enrollment.check_medicare(medicare(medicare_traditional_people=[41.0, np.nan, np.nan, np.nan]))
    monkeypatch.setattr(cms_medicare_enrollment, "PAIRS", {})
    with pytest.raises(DataError, match="other pairs than expected"):
        cms_medicare_enrollment.check_medicare(medicare())


def test_no_marketplace_county_is_not_zero_and_a_withheld_one_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("expect_counties", "expect_total", "expect"):
        monkeypatch.setattr(cms_marketplace, name, lambda *_: None)
    raw = raw_with(tmp_path, cms_marketplace.COUNTY_FILE, "county_fips,state_abbr,plan_selections\n48001,TX,3400\n48301,TX,\n")
    counties = pd.DataFrame({"geoid": ["06001", "48001", "48301"], "state": ["CA", "TX", "TX"]})
    found = cms_marketplace.read_county_selections(raw, counties)
    assert found["marketplace_selections_2024"].isna().tolist() == [True, False, True]
    assert found["marketplace_suppressed"].tolist() == [False, False, True]


def test_the_updated_row_of_a_month_wins_over_the_preliminary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("expect_total", "expect"):
        monkeypatch.setattr(cms_medicaid, name, lambda *_: None)
    head = "State Abbreviation,Reporting Period,State Expanded Medicaid,Preliminary or Updated,Total Adult Medicaid Enrollment"
    rows = "AK,202510,Y,U,130.0\nAK,202510,Y,P,120.0\nAK,202509,Y,U,999.0\nAL,202510,N,P,50.0\n"
    raw_with(tmp_path, cms_medicaid.NOVEMBER_FILE, "state,enrollment\nAK,200\nAL,70\n")
    found = cms_medicaid.read_enrollment(raw_with(tmp_path, cms_medicaid.MONTHLY_FILE, f"{head}\n{rows}")).set_index("state")
    assert found.loc["AK"].tolist() == [130, True, 200]
    assert found.loc["AL"].tolist() == [50, False, 70]


def test_a_place_that_only_one_source_knows_is_named() -> None:
    left, right = pd.DataFrame({"geoid": ["01001", "09110"]}), pd.DataFrame({"geoid": ["01001", "09001"], "drug_deaths": [1, 2]})
    with pytest.raises(DataError, match=r"\['09001', '09110'\] stand in one source and not in another \(drug_deaths\)"):
        people.join([left, right])


def test_a_place_that_stands_twice_is_refused() -> None:
    with pytest.raises(DataError, match=r"\['01001'\] stand more than once in a source \(x\)"):
        people.join([pd.DataFrame({"geoid": ["01001"]}), pd.DataFrame({"geoid": ["01001", "01001"], "x": [1, 2]})])


def test_columns_keep_the_house_rules() -> None:
    for schema in (Counties, States, Nation):
        for name, column in schema.to_schema().columns.items():
            kind = str(column.dtype)
            if name.endswith("_share"):
                assert kind == "float64", name
            if name.endswith("_people") and not column.nullable:
                assert kind == "int64", name
            if name.endswith("_suppressed"):
                assert kind == "bool", name
            if name.endswith("_low"):
                assert name.removesuffix("_low") + "_high" in schema.to_schema().columns


def test_the_schema_refuses_a_share_in_percent() -> None:
    with pytest.raises(pandera.errors.SchemaError):
        Counties.to_schema().columns["depression_share"].validate(pd.DataFrame({"depression_share": [20.1]}))


def test_every_table_names_its_sources_with_address_and_licence() -> None:
    for table in people.TABLES:
        for source in table.sources:
            assert source.url.startswith("https://"), source.id
            assert source.licence, source.id
            assert source.stale_after_days > 0, source.id


def test_the_brackets_have_the_edges_that_the_tables_of_the_census_have() -> None:
    assert [name.removeprefix("households_owner_") for name in census_acs.OWNERS.values()] == [
        "0",
        "10k",
        "20k",
        "35k",
        "50k",
        "75k",
        "100k",
        "150k",
    ]
    assert [name.removeprefix("households_renter_") for name in census_acs.RENTERS.values()] == [
        "0",
        "10k",
        "20k",
        "35k",
        "50k",
        "75k",
        "100k",
    ]
