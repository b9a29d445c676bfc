"""What changed at a place: the directory's editions side by side, and Medicare's amounts by year."""

from __future__ import annotations

import pytest

from analytics.model import answer
from analytics.prices import allowed_trend
from analytics.query import Query
from analytics.trend import amount_trend, directory_trend
from data.bundle import Tables


@pytest.mark.parametrize(("place", "level"), [("09110", "county"), ("09", "state")])
def test_each_edition_is_asked_alone(place: str, level: str, tables: Tables) -> None:
    found = directory_trend(Query(place=place, level="state", measure="rucc"), tables)
    assert [one.year for one in found] == [2022, 2023, 2024]
    for one in found:
        alone = answer(Query(place=place, level=level, layers=(f"samhsa_{one.year}",)), tables)
        assert alone.figure is not None
        assert one.value == alone.figure.value
        assert one.sites == next(step.sites for step in alone.lists if step.layers == alone.query.layers)


def test_no_trend_where_no_edition_says_anything(tables: Tables) -> None:
    assert directory_trend(Query(place="02016"), tables) == (), "no road leads to a site of any"
    assert directory_trend(Query(place="35013", modality="esketamine"), tables) == (), "the directory does not state esketamine"


def test_amounts_are_those_of_each_year(tables: Tables) -> None:
    found = amount_trend("35013", tables)
    assert [one.year for one in found] == list(range(2020, 2027))
    rows = allowed_trend("35013", tables)
    assert [one.value for one in found] == list(rows[rows["hcpcs"] == "G2083"]["amount"])
