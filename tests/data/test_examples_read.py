"""Worked cases by YAML: what the reader takes, and what it refuses with a sentence that names file and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import DataError
from data.examples import Example, examples, read

GOOD = """\
title: Two sites
method: catchment
about: two_sfca
plain: >-
  A and B share
  one site.
calls: two_step
places: {A: 100, B: 300}
sites: {Site 1: 2}
ways:
  unit: minutes
  pairs: [[A, Site 1, 10], [B, Site 1, 20]]
decay: {kind: binary, reach: 30}
steps:
  - {what: Site 1, sum: 2 / (100 + 300), value: 0.005}
results:
  unit: for each adult
  rows:
    - {what: A, sum: 2 / (100 + 300), value: 0.005}
    - {what: B, why: no site, value: 0}
"""


def reading(tmp_path: Path, text: str) -> Example:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    one = reading(tmp_path, GOOD)
    assert one.id == "one"
    assert one.plain == "A and B share one site."
    assert one.places == (("A", 100), ("B", 300))
    assert one.ways == (("A", "Site 1", 10), ("B", "Site 1", 20))
    assert one.cost_unit == "minutes"
    assert [row.sum for row in one.results] == ["2 / (100 + 300)", ""]
    assert one.cost("A", "Site 1") == 10
    assert one.cost("B", "Site 2") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Two sites\n", "", "lacks .'title'."),
        ("about:", "abuot:", "has .'abuot'. that is not known"),
        ("[A, Site 1, 10]", "[Z, Site 1, 10]", "is no .place, site, cost. of the places and sites named"),
        ("[A, Site 1, 10]", "[A, Site 1]", "is no .place, site, cost."),
        ("{A: 100, B: 300}", "{A: many, B: 300}", "places maps names to numbers"),
        ("value: 0.005}\nresults", "value: much}\nresults", "a row of steps has what and a value"),
        ("why: no site, value: 0", "value: 0", "“B” in results has either a sum or a why"),
        ("why: no site,", "why: no site, sum: 1 - 1,", "“B” in results has either a sum or a why"),
        ("  unit: for each adult\n", "", "results have a unit and rows"),
        ("  unit: minutes\n", "", "ways have a unit and pairs"),
        ("calls: two_step\n", "calls: two_step\ngiven: {deductible: 283}\n", "either a map with places, sites and ways, or given"),
        ("title: Two sites", "title: [", "is not YAML"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError, match=f"The example one.yaml.*{said}"):
        reading(tmp_path, GOOD.replace(old, new))


def test_the_shipped_ones_are_there() -> None:
    assert {"nearest", "opportunities", "two_sfca", "e2sfca", "three_sfca", "raam", "use_gradient"} <= set(examples())
