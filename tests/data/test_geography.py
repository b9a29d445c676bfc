"""Where people live: block groups, districts, ZIP areas, towns, neighbours. Small recorded pieces always; the real files where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from data.build import validate
from data.errors import DataError
from data.source import Raw
from data.sources import census_block_groups
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
    """What block groups need of the table `counties`: geoid and adults of 1 July 2023, straight from the official file."""
    columns = ["STATE", "COUNTY", "YEAR", "AGE18PLUS_TOT"]
    read = pd.read_csv(RAW.path(AGES), dtype={"STATE": "str", "COUNTY": "str"}, usecols=columns, encoding="latin-1").query("YEAR == 5")
    return pd.DataFrame({"geoid": read["STATE"] + read["COUNTY"], "adults": read["AGE18PLUS_TOT"]})


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
