"""What maps in SVG are drawn on: every place there, inside the page, and points among them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from data.bundle import Tables
from maps.plane import TALLEST, plane


@pytest.mark.parametrize(
    ("level", "state", "count"), [("state", "", 51), ("county", "48", 254), ("district", "06", 52), ("county", "02", 30)]
)
def test_every_place_is_drawn_inside_the_page(tables: Tables, level: str, state: str, count: int) -> None:
    on = plane(level, state, tables)
    assert len(on.paths) == count
    assert all(on.paths.values())
    starts = np.array([(int(x), int(y)) for path in on.paths.values() for x, y in re.findall(r"M(-?\d+) (-?\d+)", path)])
    assert starts.min() >= 0
    assert starts[:, 0].max() <= 10 * on.width
    assert starts[:, 1].max() <= 10 * on.height
    assert on.width <= 975
    assert on.height <= TALLEST


def test_a_point_lies_in_its_county(tables: Tables) -> None:
    # Houston's city hall lies in Harris County, east of the middle of Texas and south of it.
    on = plane("county", "48", tables)
    x, y = on.place(np.array([-95.37]), np.array([29.76]), np.array(["48"], dtype=object))
    corners = np.array([int(one) for one in re.findall(r"M(-?\d+) (-?\d+)", on.paths["48201"])[0]])
    assert on.width / 2 < x[0] < on.width
    assert on.height / 2 < y[0] < on.height
    assert abs(10 * x[0] - corners[0]) < 900
    assert abs(10 * y[0] - corners[1]) < 900
