"""Where people live: block groups, districts, ZIP areas, towns, neighbours. Small recorded pieces always; the real files where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from data.build import validate, write_table
from data.bundle import read_table
from data.errors import DataError
from data.source import Raw
from data.sources import census_block_groups, census_gazetteer_counties, census_gazetteer_places, census_relationships
from data.tables import geography

ROOT = Path(__file__).resolve().parents[2]
RAW = Raw(Path(os.environ.get("ATLAS_RAW") or ROOT.parent / "shared" / "raw"))
AGES = "census/cc-est2023-agesex-all.csv"
SOURCES = [source for table in geography.TABLES for source in table.sources]
needs_raw = pytest.mark.skipif(
    bool(RAW.missing(SOURCES)) or not (RAW.root / AGES).is_file(), reason="the Census files are not in the raw folder (ATLAS_RAW)"
)

OFFICIAL = """\ufeffSTATEFP,COUNTYFP,TRACTCE,BLKGRPCE,POPULATION,LATITUDE,LONGITUDE
01,001,020100,1,674,+32.465832,-086.489661
09,001,010101,1,1436,+41.082297,-073.669875
09,001,990000,0,0,+41.000000,-073.500000
72,001,956300,1,1200,+18.170000,-066.720000
"""
TRACTS = "\ufefftract_fips_2020,ce_fips_2022\n09001010101,09190\n"


@pytest.fixture(scope="module")
def counties() -> pd.DataFrame:
    """What is needed of the table `counties`: geoid, state, and adults of 1 July 2023, straight from the official files."""
    columns = ["STATE", "COUNTY", "YEAR", "AGE18PLUS_TOT"]
    read = pd.read_csv(RAW.path(AGES), dtype={"STATE": "str", "COUNTY": "str"}, usecols=columns, encoding="latin-1").query("YEAR == 5")
    adults = pd.DataFrame({"geoid": read["STATE"] + read["COUNTY"], "adults": read["AGE18PLUS_TOT"]})
    return adults.merge(census_gazetteer_counties.read_counties(RAW)[["geoid", "state"]], on="geoid", validate="one_to_one")


@pytest.fixture(scope="module")
def frames(counties: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table of this family, built in the declared order."""
    built = {"counties": counties}
    for table in geography.TABLES:
        built[table.name] = table.build(RAW, built).reset_index(drop=True)
    return built


def test_the_official_layout_of_block_groups_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "census").mkdir()
    (tmp_path / census_block_groups.OFFICIAL_FILE).write_text(OFFICIAL, encoding="utf-8")
    monkeypatch.setattr(
        census_block_groups, "read_connecticut_tracts", lambda raw: pd.DataFrame({"tract_2020": ["09001010101"], "county": ["09190"]})
    )
    read = census_block_groups.from_official(Raw(tmp_path))
    assert read["county"].tolist()[:2] == ["01001", "09190"]
    assert read["county_2020"].tolist() == ["01001", "09001", "09001", "72001"]
    assert read["county"].isna().tolist() == [False, False, True, False], "open water of Connecticut belongs to no planning region"
    assert read["longitude"].iloc[0] == -86.489661
    assert read["population_2020"].sum() == 674 + 1_436 + 0 + 1_200


def test_a_block_group_with_people_and_no_county_stops_the_build() -> None:
    groups = pd.DataFrame({"county": [None] * 4, "county_2020": ["09001", "09007", "09009", "09011"], "population_2020": [0, 0, 7, 0]})
    with pytest.raises(DataError, match="sum to 7"):
        census_block_groups.without_empty_connecticut(groups, "recorded")
    with pytest.raises(DataError, match="without a county of today"):
        census_block_groups.without_empty_connecticut(groups.head(2), "recorded")


def test_adults_are_spread_as_people_were() -> None:
    spread = geography.spread(pd.Series([10, 30, 60]), pd.Series(["a", "a", "b"]), pd.Series({"a": 20.0, "b": 45.0}))
    assert spread.tolist() == [20 * 10 / 40, 20 * 30 / 40, 45 * 60 / 60]
    with pytest.raises(DataError, match="no total for"):
        geography.spread(pd.Series([1]), pd.Series(["c"]), pd.Series({"a": 1.0}))


@needs_raw
def test_every_table_fits_its_schema(frames: dict[str, pd.DataFrame]) -> None:
    for table in geography.TABLES:
        validate(table, frames[table.name])


@needs_raw
def test_tables_come_back_from_their_files_as_they_were(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    """Missing people of a ZIP area must not come back as another type; block groups have nothing missing and take seconds to pack."""
    for table in geography.TABLES:
        if table.name != "block_groups":
            write_table(frames[table.name], tmp_path / f"{table.name}.parquet")
            validate(table, read_table(table.name, tmp_path))


@needs_raw
def test_block_groups_are_the_census(frames: dict[str, pd.DataFrame], counties: pd.DataFrame) -> None:
    groups = frames["block_groups"]
    assert len(groups) == 239_780 - 4, "four empty rows of Connecticut have no county of today"
    assert groups["population_2020"].sum() == 331_449_281
    assert (groups["population_2020"] == 0).sum() == 1_343 - 4
    assert groups["adults"].astype("float64").sum() == pytest.approx(262_083_034, abs=20), "single precision loses a few"
    assert groups["county"].nunique() == 3_144
    adults = groups.astype({"adults": "float64"}).groupby("county")["adults"].sum()
    assert (adults - counties.set_index("geoid")["adults"]).abs().max() < 2
    assert groups["county"].is_monotonic_increasing


def test_a_zip_area_lies_where_most_of_its_land_is() -> None:
    land = pd.DataFrame({"zcta": ["00001", "00001", "00002", "00002"], "county_2020": ["b", "a", "b", "a"], "land": [2.0, 1.0, 3.0, 3.0]})
    found = census_relationships.county_of_most_land(land).set_index("zcta")["county_2020"]
    assert found.to_dict() == {"00001": "b", "00002": "a"}, "of equals the lower code"


def test_the_official_layout_of_zip_areas_and_counties_is_read(tmp_path: Path) -> None:
    (tmp_path / "census").mkdir()
    text = (
        "OID_ZCTA5_20|GEOID_ZCTA5_20|NAMELSAD_ZCTA5_20|GEOID_COUNTY_20|AREALAND_PART\n"
        "1|06830|ZCTA5 06830|09001|1200\n||||500\n2|01001|ZCTA5 01001|25013|900\n"
    )
    (tmp_path / census_relationships.OFFICIAL_LAND_FILE).write_text("\ufeff" + text, encoding="utf-8")
    read = census_relationships.read_zcta_land(Raw(tmp_path))
    assert read.to_dict("list") == {"zcta": ["06830", "01001"], "county_2020": ["09001", "25013"], "land": [1200.0, 900.0]}


@pytest.mark.parametrize(
    ("geoid", "full", "code", "name", "also"),
    [
        ("0100124", "Abbeville city", "25", "Abbeville", None),
        ("0101132", "Alexander City city", "25", "Alexander City", None),
        ("3209700", "Carson City", "00", "Carson City", None),
        ("0236400", "Juneau city and borough", "53", "Juneau", None),
        ("2148006", "Louisville/Jefferson County metro government (balance)", "00", "Louisville", "Louisville/Jefferson County"),
        ("1836003", "Indianapolis city (balance)", "00", "Indianapolis", None),
        ("0622300", "El Paso de Robles (Paso Robles) city", "25", "El Paso de Robles (Paso Robles)", "Paso Robles"),
        ("1608830", "Boise City city", "25", "Boise", "Boise City"),
        ("4007300", "Boise City city", "25", "Boise City", None),
        ("0811810", "Cañon City city", "25", "Cañon City", None),
    ],
)
def test_towns_are_called_as_people_call_them(geoid: str, full: str, code: str, name: str, also: str | None) -> None:
    assert census_gazetteer_places.town_name(geoid, full, code) == (name, also)


def test_the_nearest_county_lies_in_the_same_state_and_has_people() -> None:
    groups = pd.DataFrame(
        {"county": ["10001", "10003", "11001"], "latitude": [0.0, 3.0, 0.1], "longitude": [0.0, 0.0, 0.0], "population_2020": [0, 5, 9]}
    )
    points = pd.DataFrame({"latitude": [0.0, 0.0], "longitude": [0.0, 0.0]})
    found = geography.nearest_county(points, pd.Series(["10", "11"]), groups)
    assert found.tolist() == ["10003", "11001"], "nobody lives in 10001, and 11001 is another state"


@needs_raw
def test_zip_areas_have_a_county_of_today(frames: dict[str, pd.DataFrame], counties: pd.DataFrame) -> None:
    zctas = frames["zctas"].set_index("zcta")
    assert len(zctas) == 33_791 - 132 - 17, "without Puerto Rico and the islands"
    assert set(zctas["county"]) <= set(counties["geoid"])
    assert zctas["state"].nunique() == 51
    told = {"06103": "09110", "06510": "09170", "06830": "09190", "99501": "02020", "96813": "15003", "60601": "17031"}
    assert zctas["county"].loc[list(told)].to_dict() == told
    assert list(zctas.index[zctas["population"].isna()]) == ["11717", "11798"], "missing is not zero"
    assert 331e6 < zctas["population"].sum() < 333e6


@needs_raw
def test_connecticuts_zip_areas_agree_with_its_tracts(frames: dict[str, pd.DataFrame]) -> None:
    """The tracts' own table names a ZIP area for each: an independent way to the same planning region."""
    tracts = pd.read_csv(RAW.path(census_block_groups.TRACT_FILE), dtype="str", encoding="utf-8-sig")
    told = tracts.groupby("zip5_zcta2020")["ce_fips_2022"].agg(lambda regions: regions.mode().iloc[0])
    found = frames["zctas"].set_index("zcta")["county"].reindex(told.index).dropna()
    assert len(found) > 200
    assert (found == told[found.index]).all()


@needs_raw
def test_towns_are_the_gazetteers(frames: dict[str, pd.DataFrame], counties: pd.DataFrame) -> None:
    towns = frames["towns"].set_index("geoid")
    assert len(towns) == 32_350 - 292, "without Puerto Rico"
    assert set(towns["county"]) <= set(counties["geoid"])
    assert (towns["county"].str[:2] == towns.index.str[:2]).all()
    told = {"4752006": "47037", "1836003": "18097", "0236400": "02110", "0947515": "09170"}
    assert towns["county"].loc[list(told)].to_dict() == told
    assert set(towns["name"]).isdisjoint({"Abbeville city", "Abanda CDP"})


@needs_raw
def test_neighbours_are_mutual_and_of_today(frames: dict[str, pd.DataFrame], counties: pd.DataFrame) -> None:
    pairs = frames["adjacency"]
    there = set(pairs.itertuples(index=False, name=None))
    assert all((neighbor, county) in there for county, neighbor in there)
    assert all(county != neighbor for county, neighbor in there)
    assert set(counties["geoid"]) - set(pairs["county"]) == {"15001", "15003", "15007"}, "Hawaii, Honolulu and Kauai touch no county"
    assert ("01001", "01021") in there
    assert ("09190", "09120") in there
