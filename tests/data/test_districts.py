"""What districts promise: the counted people come back, every block group is shared out once, doubtful seats are flagged."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from data.build import validate
from data.errors import DataError
from data.parameter import load
from data.rake import pruned, rake, residuals
from data.source import Raw
from data.sources import census_block_groups, census_districts
from data.tables import districts
from data.tables.districts import by_today, likelihood, rounded

ROOT = Path(__file__).resolve().parents[2]
RAW = Raw(Path(os.environ.get("ATLAS_RAW") or ROOT.parent / "shared" / "raw"))
needs_raw = pytest.mark.skipif(
    bool(RAW.missing(source for table in districts.TABLES for source in table.sources)),
    reason="the Census files are not in the raw folder (ATLAS_RAW)",
)


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    built = {"block_groups": census_block_groups.read_block_groups(RAW)}
    for table in districts.TABLES:
        built[table.name] = table.build(RAW, built).reset_index(drop=True)
    return built


def answer(tmp_path: Path, rows: list[list[str]], file: str) -> Raw:
    (tmp_path / "census").mkdir(exist_ok=True)
    (tmp_path / file).write_text(json.dumps(rows), encoding="utf-8")
    return Raw(tmp_path)


def test_raking_reproduces_the_totals() -> None:
    people = np.array([100.0, 200.0, 300.0])
    shares = rake(np.array([[1.0, 0.1], [0.5, 0.5], [0.1, 1.0]]), people, np.array([250.0, 350.0]))
    assert shares.sum(axis=1) == pytest.approx(1)
    assert people @ shares == pytest.approx([250, 350], abs=0.5)
    assert shares[0, 0] > shares[1, 0] > shares[2, 0], "the order of the seed is kept"


def test_raking_of_two_rows_by_hand() -> None:
    """With a flat seed every row gets the totals' own proportions."""
    shares = rake(np.ones((2, 2)), np.array([10.0, 30.0]), np.array([30.0, 10.0]))
    assert shares.tolist() == [[30 / 40, 10 / 40], [30 / 40, 10 / 40]]


def test_totals_of_another_sum_are_taken_in_proportion() -> None:
    people = np.array([10.0, 30.0])
    shares = np.array([[0.5, 0.5], [0.5, 0.5]])
    assert residuals(shares, people, np.array([1.0, 1.0])).tolist() == [20 - 40 * 1 / 2, 20 - 40 * 1 / 2]


def test_rows_without_people_are_shared_out_too() -> None:
    shares = rake(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, 8.0]), np.array([6.0, 2.0]))
    assert shares[0].sum() == pytest.approx(1)


def test_raking_what_cannot_be_is_an_error() -> None:
    with pytest.raises(DataError, match="no column it could belong to"):
        rake(np.array([[0.0, 0.0]]), np.array([1.0]), np.array([1.0, 1.0]))
    with pytest.raises(DataError, match="no row that could belong to it"):
        rake(np.array([[1.0, 0.0]]), np.array([1.0]), np.array([1.0, 1.0]))


def test_pruning_drops_small_shares_but_not_a_small_seat() -> None:
    people = np.full(50, 1_000.0)
    totals = np.array([40_000.0, 9_990.0, 10.0])
    seed = np.column_stack([np.linspace(1, 0.01, 50), np.linspace(0.01, 1, 50), np.full(50, 0.5)])
    before = rake(seed, people, totals)
    after = pruned(before, people, totals, threshold=0.05)
    assert (after > 0).sum() < (before > 0).sum()
    assert after.sum(axis=1) == pytest.approx(1)
    assert np.abs(residuals(after, people, totals)).max() <= 0.5


def test_rounded_shares_still_come_to_one() -> None:
    found = rounded(np.array([[1 / 3, 1 / 3, 1 / 3], [0.00004, 0.99996, 0.0]]))
    assert found.tolist() == [[0.3334, 0.3333, 0.3333], [0.0, 1.0, 0.0]]


def test_likelihood_falls_by_e_a_mile() -> None:
    """On the equator one degree is 69.09 miles each way; the second seat begins a mile east of the point."""
    mile = 1 / 69.09
    here, there = shapely.box(-1, -1, 0, 1), shapely.box(mile, -1, 1, 1)
    seed = likelihood(np.array([[0.0, 0.0]]), np.array([here, there]))
    assert seed[0].tolist() == pytest.approx([1, np.exp(-1)], rel=1e-6)


def test_people_of_planning_regions_are_summed_from_block_groups() -> None:
    groups = pd.DataFrame({"county": ["09110", "09110", "09120", "10001"], "population_2020": [100, 50, 10, 7]})
    shares = pd.DataFrame(
        {"block_group": [0, 0, 1, 2, 3], "district": ["0901", "0902", "0901", "0904", "1000"], "share": [0.4, 0.6, 1.0, 1.0, 1.0]}
    )
    found = by_today(groups, shares, "09").set_index(["county", "district"])["population_2020"]
    assert found.to_dict() == {("09110", "0901"): 100 * 0.4 + 50, ("09110", "0902"): 100 * 0.6, ("09120", "0904"): 10}


def test_the_official_layout_of_overlaps_is_read(tmp_path: Path) -> None:
    rows = [
        ["P1_001N", "state", "congressional district", "county (or part)"],
        ["58805", "01", "06", "001"],
        ["0", "09", "ZZ", "001"],
        ["1200", "72", "98", "001"],
    ]
    read = census_districts.official_overlaps(answer(tmp_path, rows, census_districts.OFFICIAL_OVERLAP_FILE))
    assert read.to_dict("records") == [{"county_2020": "01001", "district": "0106", "population_2020": 58_805}]


def test_a_page_instead_of_an_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "census").mkdir()
    (tmp_path / census_districts.ADULTS_FILE).write_text("<html>Missing Key</html>", encoding="utf-8")
    with pytest.raises(DataError, match="HTML page instead means that a key is needed"):
        census_districts.read_district_adults(Raw(tmp_path))


@needs_raw
def test_every_table_fits_its_schema(frames: dict[str, pd.DataFrame]) -> None:
    for table in districts.TABLES:
        validate(table, frames[table.name])


@needs_raw
def test_seven_seats_are_flagged(frames: dict[str, pd.DataFrame]) -> None:
    seats = frames["districts"].set_index("geoid")
    assert len(seats) == 435 + 1
    assert sorted(seats.index[seats["flagged"]]) == ["0613", "0622", "0625", "2404", "2405", "2406", "2408"]
    told = {"2404": 0.044, "2405": -0.040, "2406": -0.052, "2408": 0.056, "0622": 0.029, "0625": 0.012, "0613": 0.010}
    assert seats["deviation_share"].loc[list(told)].to_dict() == pytest.approx(told, abs=0.0006)
    assert seats["population_2020"].sum() == 331_449_281 - 11, "rounding in nine counties of the derived file"
    assert set(seats["valid_to"]) == {"2027-01-03"}


@needs_raw
def test_seats_are_flagged_by_the_parameter_that_the_page_names(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = load("access/district_deviation_flagged")
    higher = replace(limit, values=tuple((start, 0.05) for start, _ in limit.values))
    monkeypatch.setattr(districts, "load", {limit.id: higher}.__getitem__)
    seats = districts.build_districts(RAW, {}).set_index("geoid")
    assert sorted(seats.index[seats["flagged"]]) == ["2406", "2408"]


@needs_raw
def test_a_districts_adults_are_those_of_the_survey(frames: dict[str, pd.DataFrame]) -> None:
    seats = frames["districts"].set_index("geoid")
    assert seats.loc["0101", ["adults", "adults_moe", "name"]].tolist() == [590_476, 5_873, "Alabama 1st"]
    assert seats.loc["1198", "name"] == "District of Columbia at large"
    assert seats["adults"].sum() == pytest.approx(267e6, rel=0.01), "adults of 2024"


@needs_raw
def test_counties_of_today_share_out_their_people(frames: dict[str, pd.DataFrame]) -> None:
    parts = frames["county_districts"]
    assert parts["county"].nunique() == 3_144
    assert parts.groupby("county")["share_of_county"].sum().to_numpy() == pytest.approx(1)
    assert parts.groupby("district")["share_of_district"].sum().to_numpy() == pytest.approx(1)
    assert set(parts.loc[parts["modelled"], "county"]) == {f"09{region}" for region in range(110, 200, 10)}
    seats = frames["districts"].set_index("geoid")["population_2020"]
    assert (parts.groupby("district")["population_2020"].sum() - seats).abs().max() <= 5


@needs_raw
def test_block_groups_are_shared_out_once(frames: dict[str, pd.DataFrame]) -> None:
    shares = frames["block_group_districts"]
    assert shares["block_group"].nunique() == len(frames["block_groups"])
    assert shares.groupby("block_group")["share"].sum().to_numpy() == pytest.approx(1, abs=1e-6)
    assert not shares.duplicated(["block_group", "district"]).any()
    assert len(shares) < 400_000, "the file stays under 1.5 MB"


@needs_raw
def test_raked_people_come_back_to_the_counted(frames: dict[str, pd.DataFrame]) -> None:
    """By county of 2020 and seat, no count is missed by more than 10 people (tried before: 36)."""
    groups, shares = frames["block_groups"], frames["block_group_districts"]
    rows = groups.loc[shares["block_group"]].reset_index(drop=True)
    people = rows["population_2020"] * shares["share"].astype("float64")
    raked = people.groupby([rows["county_2020"], shares["district"]]).sum()
    counted = census_districts.read_overlaps(RAW).set_index(["county_2020", "district"])["population_2020"]
    assert raked.sub(counted, fill_value=0).abs().max() < 10
    by_seat = people.groupby(shares["district"]).sum() - frames["districts"].set_index("geoid")["population_2020"]
    assert by_seat.abs().max() < 10


@needs_raw
def test_a_block_group_in_the_heart_of_a_seat_belongs_to_it(frames: dict[str, pd.DataFrame]) -> None:
    """Downtown Boise lies deep in Idaho's 2nd; Ada County is split between both seats."""
    groups, shares = frames["block_groups"], frames["block_group_districts"]
    ada = groups[groups["county"] == "16001"]
    downtown = ((ada["latitude"] - 43.6157) ** 2 + (ada["longitude"] + 116.2016) ** 2).idxmin()
    found = shares[shares["block_group"] == downtown].set_index("district")["share"]
    assert found.idxmax() == "1602"
