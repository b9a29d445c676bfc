"""The readers on the real official files: both layouts where a file has two, and the checks that other files allow."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from data.checks import without_territories
from data.errors import DataError
from data.reading import numbers, read_text
from data.source import Raw
from data.sources import census_block_groups, census_population, cms_medicare_enrollment
from data.tables import people

RAW = Raw(Path(os.environ.get("ATLAS_RAW") or Path(__file__).resolve().parents[3] / "shared" / "raw"))
pytestmark = pytest.mark.skipif(
    not RAW.root.is_dir(), reason="the official files are not on this machine; set ATLAS_RAW to the folder that has them"
)


@pytest.fixture(scope="module")
def counties() -> pd.DataFrame:
    return people.build_counties(RAW, {}).reset_index(drop=True)


def test_the_build_gives_the_schema_and_all_levels(counties: pd.DataFrame) -> None:
    frames = {"counties": counties}
    frames["states"] = people.build_states(RAW, frames).reset_index(drop=True)
    nation = people.build_nation(RAW, frames)
    fmap = people.build_fmap(RAW, frames)
    by_name = {table.name: table for table in people.TABLES}
    for name, frame in (*frames.items(), ("nation", nation), ("fmap", fmap)):
        by_name[name].schema.validate(frame, lazy=True)


def test_building_twice_gives_the_same(counties: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(counties, people.build_counties(RAW, {}).reset_index(drop=True))


def test_the_official_centres_give_the_same_as_the_reworked(tmp_path: Path) -> None:
    reworked = census_population.read_centres(RAW).set_index("geoid")
    (tmp_path / "census").mkdir()
    shutil.copy(RAW.path("census/CenPop2020_Mean_CO.txt"), tmp_path / census_population.CENTRES_FILE)
    shutil.copy(RAW.path(census_block_groups.FILE), tmp_path / census_block_groups.FILE)
    official = census_population.read_centres(Raw(tmp_path)).set_index("geoid")
    assert official["population_2020"].equals(reworked["population_2020"])
    assert (official[["latitude", "longitude"]] - reworked[["latitude", "longitude"]]).abs().max().max() < 0.002  # 0.1 mile


def test_the_official_totals_give_the_same_as_the_reworked(tmp_path: Path) -> None:
    reworked = read_text(RAW.path(census_population.TOTALS_FILE))
    reworked = reworked[reworked["fipscode"] != "00000"]
    official = pd.DataFrame(
        {
            "SUMLEV": "050",
            "STATE": reworked["fipscode"].str[:2],
            "COUNTY": reworked["fipscode"].str[2:],
            "POPESTIMATE2024": reworked["POPESTIMATE2024"],
        }
    )
    (tmp_path / "census").mkdir()
    official.to_csv(tmp_path / census_population.TOTALS_FILE, index=False)
    pd.testing.assert_frame_equal(census_population.read_totals(Raw(tmp_path)), census_population.read_totals(RAW))


def changed_totals(tmp_path: Path, old: str, new: str) -> Raw:
    """The county totals with one line changed, in a raw folder of their own."""
    text = RAW.path(census_population.TOTALS_FILE).read_text(encoding="latin-1")
    assert old in text
    (tmp_path / "census").mkdir()
    (tmp_path / census_population.TOTALS_FILE).write_text(text.replace(old, new, 1), encoding="latin-1")
    return Raw(tmp_path)


def test_a_county_under_a_territory_s_code_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="3,143 counties; 3,144 were expected"):
        census_population.read_totals(changed_totals(tmp_path, "\n01001,", "\n72001,"))


def test_a_county_that_does_not_add_up_to_its_state_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="counties do not add up to their states"):
        census_population.read_totals(changed_totals(tmp_path, ",60436.0,61464.0", ",60436.0,61465.0"))


def test_advantage_agrees_with_cms_own_penetration_file() -> None:
    other = read_text(RAW.path("coverage/cms_ma_penetration_county_2025_06.csv"))
    other = without_territories(other, "county_fips").set_index("county_fips")
    june = numbers(other["ma_penetration_pct"], "penetration") / 100
    found = cms_medicare_enrollment.read_medicare(RAW).set_index("geoid")
    november = found["medicare_advantage_people"] / (found["medicare_advantage_people"] + found["medicare_traditional_people"])
    assert november.corr(june) == pytest.approx(0.993, abs=0.003)


def test_poor_people_of_counties_add_up_to_the_nation_but_for_rounding(counties: pd.DataFrame) -> None:
    assert counties["people_in_poverty"].sum() == pytest.approx(40_763_043, abs=100)
