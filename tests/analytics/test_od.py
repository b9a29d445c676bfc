"""A user's table of travel times: good rows are used, bad ones named with line and reason."""

from __future__ import annotations

import doctest

import numpy as np
import pandas as pd
import pytest

from analytics import od
from analytics.od import BadRow, named, read_travel_table

ORIGINS, DESTINATIONS = ["01001", "01003", "01005"], ["clinic", "hospital"]


def table(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["origin", "destination", "minutes"])


def test_the_examples_in_the_texts_hold() -> None:
    assert doctest.testmod(od).failed == 0


def test_good_rows_in_any_order_become_costs() -> None:
    costs = read_travel_table(
        table(("01005", "clinic", 30), ("01001", "hospital", 12.5), ("01001", "clinic", 0)), ORIGINS, DESTINATIONS
    ).costs
    assert costs.shape == (3, 2)
    assert costs.origin.tolist() == [0, 0, 2]
    assert costs.destination.tolist() == [0, 1, 0]
    assert costs.cost.tolist() == [0, 12.5, 30]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("1001", "clinic", 5), "the origin 1001 is not known"),
        ((1001, "clinic", 5), "the origin 1001 is not known"),
        ((None, "clinic", 5), "the origin nothing is not known"),
        (("01001", "shop", 5), "the destination shop is not known"),
        (("01001", "clinic", -1), "the way from 01001 to clinic takes -1 minutes"),
        (("01001", "clinic", "soon"), "the way from 01001 to clinic has soon for minutes, which is no number"),
        (("01001", "clinic", None), "the way from 01001 to clinic has nothing for minutes, which is no number"),
        (("01001", "clinic", np.inf), "the way from 01001 to clinic has inf for minutes, which is no number"),
        (("01003", "clinic", 7), "the way from 01003 to clinic stands in a row before this one"),
        (("x" * 100, "clinic", 5), f"the origin {'x' * 39}… is not known"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_are_used(row: tuple[object, object, object], reason: str) -> None:
    found = read_travel_table(table(("01003", "clinic", 10), row), ORIGINS, DESTINATIONS)
    assert found.bad == (BadRow(3, reason),)
    assert found.costs.cost.tolist() == [10]


def test_many_bad_rows_are_counted() -> None:
    found = read_travel_table(table(*[("nowhere", "clinic", 1)] * 8), ORIGINS, DESTINATIONS)
    assert named(found.bad) == "; ".join(f"line {line}: the origin nowhere is not known" for line in range(2, 7)) + "; and 3 more"
    assert named(found.bad[:1]) == "line 2: the origin nowhere is not known"


def test_the_order_of_rows_does_not_decide_which_index_they_had() -> None:
    shuffled = table(("01001", "clinic", 5), ("01003", "nowhere", 5)).set_index(pd.Index([7, 7]))
    assert read_travel_table(shuffled, ORIGINS, DESTINATIONS).bad == (BadRow(3, "the destination nowhere is not known"),)


def test_an_empty_table_gives_no_pairs() -> None:
    assert len(read_travel_table(table(), ORIGINS, DESTINATIONS).costs) == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="no column minutes"):
        read_travel_table(table().drop(columns="minutes"), ORIGINS, DESTINATIONS)


def test_ids_that_stand_twice_in_the_atlas_are_refused() -> None:
    with pytest.raises(ValueError, match="01001 stands twice among the origins"):
        read_travel_table(table(), ["01001", "01001"], DESTINATIONS)
