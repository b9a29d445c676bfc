"""The command that asks an OSRM server for minutes, against the small local one, and the points it asks between."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.own import check_travel, origin_ids
from data import minutes
from data.__main__ import main
from data.bundle import Tables
from data.errors import DataError
from data.minutes import asked_minutes, county_centres, points, write_whole
from data.town_points import miles_between
from data.travel_table import read_travel_table
from tests.data.osrm_server import Osrm

MONTANA = "30"


def test_points_go_by_the_ids_that_a_travel_table_may_name(tables: Tables) -> None:
    known = set(origin_ids(tables))
    assert set(points("county", tables)["id"]) | set(points("block-group", tables)["id"]) == known
    assert points("provider", tables)["id"].tolist() == tables["providers"]["id"].tolist()
    assert points("county", tables, MONTANA)["id"].str.startswith("30").all()
    some = points("block-group", tables, MONTANA)
    row = int(some["id"].iloc[7].removeprefix("bg-"))
    there = tables["block_groups"].iloc[row]
    assert (some["county"].iloc[7], some["latitude"].iloc[7]) == (there["county"], there["latitude"])


def test_a_county_stands_where_its_people_do(tables: Tables) -> None:
    centre = county_centres(tables).set_index("id").loc["06037"]
    blocks = tables["block_groups"].query("county == '06037'").astype({"latitude": float, "longitude": float})
    people = blocks["population_2020"].to_numpy(dtype=float)
    assert centre["latitude"] == pytest.approx((blocks["latitude"] * people).sum() / people.sum())
    assert centre["longitude"] == pytest.approx((blocks["longitude"] * people).sum() / people.sum())
    assert len(county_centres(tables)) == 3_144


def test_a_state_that_is_none_is_named(tables: Tables) -> None:
    with pytest.raises(DataError, match="There is no state MT; a state goes by its two digits"):
        points("county", tables, "MT")


def frame(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["id", "county", "latitude", "longitude"])


ORIGINS = frame(("30031", "30031", 45.7, -111.1), ("30067", "30067", 45.6, -110.6), ("02016", "02016", 52.0, -175.0))
GOALS = frame(("a", "30031", 45.7, -111.0), ("b", "30031", 45.7, -111.0), ("c", "30111", 45.8, -108.5), ("d", "12086", 25.8, -80.2))


def test_near_pairs_are_asked_and_far_ones_not(address: str) -> None:
    told: list[int] = []
    found = asked_minutes(address, ORIGINS, GOALS, 120, advance=told.append)
    rows = {(row.origin, row.destination): row.minutes for row in found.itertuples() if np.isfinite(row.minutes)}
    # 100 seconds a degree, both ways added up: 0.1, 0.5 + 0.1 and 2.1 + 0.2 degrees. Bozeman to Billings is 126 miles.
    expected = {
        ("30031", "a"): round(100 * 0.1 / 60, 2),
        ("30031", "b"): round(100 * 0.1 / 60, 2),
        ("30067", "a"): round(100 * (0.1 + 0.4) / 60, 2),
        ("30067", "b"): round(100 * (0.1 + 0.4) / 60, 2),
        ("30067", "c"): round(100 * (0.2 + 2.1) / 60, 2),
    }
    assert rows == pytest.approx(expected, abs=0.011)
    nothing = found[found["minutes"].isna()]
    assert nothing["origin"].tolist() == ["02016"]
    assert nothing["destination"].isna().all()
    assert sum(told) == len(ORIGINS)


def test_providers_at_one_point_are_asked_for_once(address: str) -> None:
    asked_minutes(address, ORIGINS.iloc[:1], GOALS.iloc[:2], 120)
    assert Osrm.asked == [2], "one origin and one point"


def test_where_the_server_knows_no_way_there_is_none(address: str) -> None:
    south = frame(("s", "30031", -0.1, -111.1))
    found = asked_minutes(address, frame(("o", "30031", 0.1, -111.1)), south, 50)
    assert found["origin"].tolist() == ["o"]
    assert found["minutes"].isna().all()


def test_nothing_to_ask_is_a_table_without_rows(address: str) -> None:
    assert asked_minutes(address, ORIGINS.iloc[:0], GOALS, 50).columns.tolist() == ["origin", "destination", "minutes"]
    assert asked_minutes(address, ORIGINS, GOALS.iloc[:0], 50)["minutes"].isna().all()


def test_a_reach_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(DataError, match="must be above 0"):
        asked_minutes(address, ORIGINS, GOALS, 0)


@pytest.mark.parametrize(("name", "origins", "count"), [("minutes.parquet", "county", 56), ("minutes.csv", "block-group", 900)])
def test_the_command_writes_a_table_that_the_page_takes(
    name: str, origins: str, count: int, address: str, tmp_path: Path, tables: Tables, capsys: pytest.CaptureFixture[str]
) -> None:
    Osrm.most = 100
    output = tmp_path / name
    told = main(["minutes", "--server", address, "--origins", origins, "--state", MONTANA, "--reach-miles", "60", "--output", str(output)])
    assert told == 0
    assert f"rows in {output}" in capsys.readouterr().out
    read = read_travel_table(output.read_bytes(), name)
    checked = check_travel(read.frame, tables, read.bad)
    assert checked.bad == ()
    assert checked.table["origin"].nunique() == count
    ways = checked.table.dropna()
    assert len(ways) > 20
    start = points(origins, tables).set_index("id").loc[ways["origin"].astype(str)]
    goal = points("provider", tables).set_index("id").loc[ways["destination"].astype(str)]
    sides = [side[column].to_numpy() for side in (start, goal) for column in ("latitude", "longitude")]
    assert miles_between(*sides).max() <= 60
    apart = np.abs(sides[0] - sides[2]) + np.abs(sides[1] - sides[3])
    np.testing.assert_allclose(ways["minutes"], 100 * apart / 60, atol=0.02)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_list_of_ones_own_is_asked_for_too(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Osrm.most = 100
    own = tmp_path / "mine.csv"
    own.write_text("name,latitude,longitude\nMy clinic,45.68,-111.04\nLost,1,1\n", encoding="utf-8")
    output = tmp_path / "minutes.csv"
    assert (
        main(["minutes", "--server", address, "--origins", "county", "--state", MONTANA, "--list", str(own), "--output", str(output)]) == 0
    )
    assert pd.read_csv(output)["destination"].str.startswith("mt-own-my-clinic-").any()
    assert "Line 3: latitude 1 and longitude 1 lie outside" in capsys.readouterr().err


def test_points_are_written_for_those_who_ask_another_router(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "points.csv"
    assert main(["points", "--of", "block-group", "--state", MONTANA, "--output", str(output)]) == 0
    found = pd.read_csv(output, dtype={"county": "str"})
    assert found.columns.tolist() == ["id", "county", "latitude", "longitude"]
    assert f"{len(found):,} points" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--output": "minutes.txt"}, "must end in .parquet or .csv"),
        ({"--output": "nowhere/minutes.csv"}, "There is no folder"),
        ({"--state": "99"}, "There is no state 99"),
        ({"--server": "http://127.0.0.1:9"}, "can't be reached"),
        ({"--list": "missing.csv"}, "can't be read"),
        ({"--reach-miles": "-1"}, "must be above 0"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    changed: dict[str, str], words: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = {"--server": address, "--origins": "county", "--state": MONTANA, "--output": "minutes.csv", **changed}
    assert main(["minutes", *[word for pair in asked.items() for word in pair]]) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert words in said
    assert not list(tmp_path.iterdir())


def test_a_command_that_is_stopped_leaves_no_half_file(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = []

    def stopped(*given: object) -> pd.DataFrame:
        calls.append(given)
        raise KeyboardInterrupt

    monkeypatch.setattr(minutes, "travel_minutes", stopped)
    told = main(["minutes", "--server", address, "--origins", "county", "--state", MONTANA, "--output", str(tmp_path / "minutes.csv")])
    assert told == 130
    assert calls
    assert "Stopped; nothing was written." in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_file_is_written_whole_or_not_at_all(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / name
    output.write_bytes(b"before")

    def failing(*given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.replace", failing)
    with pytest.raises(OSError, match="full"):
        write_whole(pd.DataFrame({"origin": ["a"]}), output)
    assert output.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == [name]
