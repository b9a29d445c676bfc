"""Similar places: four counties by hand with the sum visible, plain loops on the real tables, and what is left out."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.indicators.rucc import METROPOLITAN
from analytics.places import places
from analytics.similar import TRAITS, distances, similar
from data.bundle import Tables

COUNTIES = {
    # geoid: (depression, median income, RUCC, adults, of them 65+)
    "01001": (0.20, 50_000, 1, 1_000, 200),
    "01003": (0.20, 50_000, 3, 1_000, 200),
    "01005": (0.24, 50_000, 1, 1_000, 200),
    "01007": (0.24, np.nan, 3, 1_000, 200),
    "01009": (0.24, 50_000, 3, 1_000, 200),
}


@dataclass(eq=False)
class Bundle:
    """A state of five counties, with what the four traits need and nothing else."""

    version: str = field(default_factory=lambda: f"similar {next(NUMBERS)}")
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = list(COUNTIES.values())
        self.frames["counties"] = pd.DataFrame(
            {
                "geoid": list(COUNTIES),
                "name": [f"County {geoid}" for geoid in COUNTIES],
                "state": "AL",
                "depression_share": [row[0] for row in rows],
                "depression_low": np.nan,
                "depression_high": np.nan,
                "median_household_income_usd": [row[1] for row in rows],
                "median_household_income_usd_moe": np.nan,
                "rucc": [row[2] for row in rows],
                "adults": [row[3] for row in rows],
                "age_65_plus": [row[4] for row in rows],
            }
        )
        self.frames["states"] = pd.DataFrame({"geoid": ["01"], "name": ["Alabama"], "state": ["AL"]})
        self.frames["districts"] = pd.DataFrame({"geoid": ["0101"], "name": ["Alabama 1st"]})

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def __contains__(self, name: object) -> bool:
        return name in self.frames

    def sources_of(self, name: str) -> list[dict[str, Any]]:
        return []


NUMBERS = iter(range(1_000))


def test_the_distance_of_counties_by_hand() -> None:
    """Of the four counties with an income: depression 0.20, 0.20, 0.24, 0.24 (mean 0.22, deviation 0.02), codes 1, 3, 1, 3 (mean 2,
    deviation 1); income and age are the same everywhere and part nobody. So two deviations apart in one trait is 2, in both √8."""
    found = similar("01001", Bundle())
    assert [(one.geoid, pytest.approx(one.distance)) for one in found.places] == [("01003", 2.0), ("01005", 2.0), ("01009", math.sqrt(8))]
    assert found.left_out == 1, "01007 has no median income"
    assert found.compared == 3
    assert dict(found.own) == {"depression": 0.20, "median_income": 50_000, "rucc": 1, "age_65_plus": 0.2}
    assert dict(found.places[2].figures) == {"depression": 0.24, "median_income": 50_000, "rucc": 3, "age_65_plus": 0.2}


def test_a_place_without_a_figure_has_no_similar_ones_and_says_which() -> None:
    found = similar("01007", Bundle())
    assert found.places == ()
    assert found.missing == ("median_income",)
    assert (found.compared, found.left_out) == (4, 0)
    assert math.isnan(found.own["median_income"])


def test_no_more_than_asked_for() -> None:
    assert [one.geoid for one in similar("01001", Bundle(), most=1).places] == ["01003"]


@pytest.mark.parametrize("geoid", ["us", "72", "72001", "99999", "", "1"])
def test_what_has_no_similar_places_is_an_error_with_a_sentence(geoid: str) -> None:
    with pytest.raises(ValueError, match=r"There is (no place|one nation here)"):
        similar(geoid, Bundle())


def slow_distances(rows: list[list[float]], own: int) -> list[float]:
    whole = [row for row in rows if all(math.isfinite(one) for one in row)]
    spreads = [statistics.pstdev(column) for column in zip(*whole, strict=True)]
    found = []
    for row in rows:
        total = 0.0
        for one, mine, spread in zip(row, rows[own], spreads, strict=True):
            total += ((one - mine) / spread) ** 2 if spread > 1e-9 else (one - mine) ** 2
        found.append(math.sqrt(total))
    return found


number = st.one_of(st.integers(-20, 20).map(float), st.just(math.nan))


@given(st.lists(st.lists(number, min_size=3, max_size=3), min_size=2, max_size=9))
def test_distances_are_those_of_plain_loops(rows: list[list[float]]) -> None:
    rows[0] = [0.0 if math.isnan(one) else one for one in rows[0]]
    assert distances(np.array(rows), 0) == pytest.approx(slow_distances(rows, 0), nan_ok=True)


@pytest.mark.parametrize("geoid", ["35013", "56045"])
def test_counties_of_the_real_tables_are_those_of_plain_loops(geoid: str, tables: Tables) -> None:
    counties = tables["counties"]
    rows = [
        [one.depression_share, one.median_household_income_usd, float(one.rucc), one.age_65_plus / one.adults]
        for one in counties.itertuples()
    ]
    rows = [[math.nan if pd.isna(one) else float(one) for one in row] for row in rows]
    ids = list(counties["geoid"])
    far = slow_distances(rows, ids.index(geoid)) if geoid == "35013" else list(distances(np.array(rows), ids.index(geoid)))
    order = sorted((distance, other) for distance, other in zip(far, ids, strict=True) if other != geoid and math.isfinite(distance))
    found = similar(geoid, tables)
    assert [one.geoid for one in found.places] == [other for _, other in order[:5]]
    assert [one.distance for one in found.places] == pytest.approx([distance for distance, _ in order[:5]])
    assert found.left_out == 2, "Esmeralda and Kenedy County have no published median income"


def test_a_district_is_held_against_districts_by_sums_and_not_by_medians(tables: Tables) -> None:
    found = similar("3502", tables)
    assert [trait.id for trait in found.traits] == ["depression", "near_poverty", "outside_metro", "age_65_plus"]
    assert {len(one.geoid) for one in found.places} == {4}
    parts, counties = tables["county_districts"], tables["counties"].set_index("geoid")
    own = parts[parts["district"] == "3502"]
    poor = people = outside = old = adults = 0.0
    for county, share in zip(own["county"], own["share_of_county"], strict=True):
        row = counties.loc[county]
        poor, people = poor + row["poverty_150_people"] * share, people + row["svi_population"] * share
        outside += row["adults"] * share * (row["rucc"] > METROPOLITAN)
        old, adults = old + row["age_65_plus"] * share, adults + row["adults"] * share
    assert found.own["near_poverty"] == pytest.approx(poor / people)
    assert found.own["outside_metro"] == pytest.approx(outside / adults)
    assert found.own["age_65_plus"] == pytest.approx(old / adults)


def test_every_state_has_five_states_like_it(tables: Tables) -> None:
    for geoid in tables["states"]["geoid"]:
        found = similar(geoid, tables)
        assert len(found.places) == 5
        assert geoid not in {one.geoid for one in found.places}
        assert [one.distance for one in found.places] == sorted(one.distance for one in found.places)
        assert set(found.places[0].figures) == {trait.id for trait in TRAITS["state"]}


def test_a_place_that_shares_its_figures_with_itself_is_not_named(tables: Tables) -> None:
    """A district that is a whole state is compared with districts, not with its state."""
    assert all(one.geoid in places(tables) and len(one.geoid) == 4 for one in similar("5600", tables).places)
