"""The cost of one given way is that of its pair, wherever the site lies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.ends import places_of, points_of
from analytics.given_way import cost_to
from analytics.travel import TravelCosts
from analytics.travel_model import StraightMiles, TravelModel
from tests.analytics.test_waters import BARRIERS, MINUTES, places


def sites() -> pd.DataFrame:
    """Twelve points on every side of the water; the last three are one town."""
    return places(2, 12).sort_values("county", ignore_index=True).assign(site=[*range(9), 9, 9, 9], weight=[1.0] * 9 + [0.5, 0.3, 0.2])


@pytest.mark.parametrize("model", [StraightMiles(), MINUTES], ids=["miles", "minutes"])
def test_a_given_way_costs_what_its_pair_costs(model: TravelModel) -> None:
    origins, destinations = places(1, 60), sites()
    site = np.random.default_rng(3).integers(0, 10, 60)
    costs = TravelCosts.between(origins, destinations, 10_000, model, BARRIERS)
    pairs = dict(zip(zip(costs.origin.tolist(), costs.destination.tolist(), strict=True), costs.cost.tolist(), strict=True))
    expected = [pairs.get((place, int(one)), np.inf) for place, one in enumerate(site)]
    assert np.isinf(expected).any(), "some have no road"
    ends = places_of(origins, model, BARRIERS), points_of(destinations, model, BARRIERS)
    np.testing.assert_allclose(cost_to(*ends, site, model, BARRIERS), expected, rtol=1e-9)


def test_without_waters_every_way_is_straight() -> None:
    origins, destinations = places(1, 20), sites()
    site = np.arange(20) % 10
    ends = places_of(origins, MINUTES, None), points_of(destinations, MINUTES, None)
    costs = TravelCosts.between(origins, destinations, 10_000, MINUTES)
    pairs = dict(zip(zip(costs.origin.tolist(), costs.destination.tolist(), strict=True), costs.cost.tolist(), strict=True))
    found = cost_to(*ends, site, MINUTES, None)
    np.testing.assert_allclose(found, [pairs[place, int(one)] for place, one in enumerate(site)], rtol=1e-9)


def test_without_places_there_is_no_cost() -> None:
    ends = places_of(places(1, 4).iloc[:0], MINUTES, BARRIERS), points_of(sites(), MINUTES, BARRIERS)
    assert cost_to(*ends, np.empty(0, dtype=np.intp), MINUTES, BARRIERS).tolist() == []
