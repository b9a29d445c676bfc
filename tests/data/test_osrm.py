"""The client of OSRM's table service, against a small local server that speaks its format."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.errors import DataError
from data.osrm import blocks, travel_minutes
from tests.data.osrm_server import Osrm


def points(n: int, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"latitude": rng.uniform(30, 45, n).round(4), "longitude": rng.uniform(-120, -80, n).round(4)})


def test_minutes_of_all_pairs_asked_for_in_blocks(address: str) -> None:
    origins, goals = points(13), points(11, seed=2)
    found = travel_minutes(address, origins, goals, most_coordinates=10)
    assert max(Osrm.asked) <= 10
    assert len(found) == 13 * 11
    assert found[["origin", "destination"]].values.tolist() == [[i, j] for i in range(13) for j in range(11)]
    apart = (
        np.abs(origins["latitude"].to_numpy()[:, None] - goals["latitude"].to_numpy())
        + np.abs(origins["longitude"].to_numpy()[:, None] - goals["longitude"].to_numpy())
    ).ravel()
    np.testing.assert_allclose(found["minutes"], 100 * apart / 60)


def test_a_pair_without_a_way_is_left_out(address: str) -> None:
    goals = pd.DataFrame({"latitude": [-10.0, 40.0], "longitude": [-100.0, -100.0]})
    found = travel_minutes(address, points(2), goals)
    assert found["destination"].tolist() == [1, 1]


def test_no_points_no_question(address: str) -> None:
    assert len(travel_minutes(address, points(0), points(3))) == 0
    assert len(travel_minutes(address, points(3), points(0))) == 0
    assert Osrm.asked == []


def test_what_the_server_refuses_is_told_in_its_words(address: str) -> None:
    with pytest.raises(DataError, match="TooBig: Too many table coordinates"):
        travel_minutes(address, points(20), points(20))


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("<html>", "no JSON; is it an OSRM server"),
        ("[]", "gave no table"),
        ('{"code": "Ok", "durations": [[1]]}', r"table of \(1, 1\) for 2 starts and 3 goals"),
        ('{"code": "Ok"}', "table of"),
    ],
)
def test_an_answer_that_is_no_table_is_refused(address: str, reply: str, words: str) -> None:
    Osrm.reply = reply
    with pytest.raises(DataError, match=words):
        travel_minutes(address, points(2), points(3))


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(DataError, match="can't be reached"):
        travel_minutes("http://127.0.0.1:9", points(1), points(1))


def test_swapped_coordinates_are_named_before_anything_is_asked(address: str) -> None:
    swapped = pd.DataFrame({"latitude": [40.0, -100.0], "longitude": [-100.0, 40.0]})
    with pytest.raises(DataError, match="Row 1 of the origins has latitude -100"):
        travel_minutes(address, swapped, points(1))
    assert Osrm.asked == []


@pytest.mark.parametrize(("n", "m", "most"), [(5, 5, 4), (1, 200, 100), (200, 1, 100), (7, 3, 100), (3, 3, 2)])
def test_blocks_cover_every_pair_once(n: int, m: int, most: int) -> None:
    covered = np.zeros((n, m), dtype=int)
    for rows, columns in blocks(n, m, most):
        assert len(rows) + len(columns) <= most
        covered[rows.start : rows.stop, columns.start : columns.stop] += 1
    assert (covered == 1).all()
