"""Ways between places and sites: pairs given, pairs found by trees, and the nearest without a limit."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import access, decay, travel
from analytics.decay import Decay
from analytics.ends import Places, Points, places_of, points_of
from analytics.nearest_way import nearest_anywhere
from analytics.travel import TravelCosts
from analytics.travel_model import RoadMiles, RoadMinutes, StraightMiles, TravelModel, road_minutes
from data.bundle import Tables
from data.parameter import load
from tests.analytics import slow

SPEEDS = {1: 35.0, 4: 45.0, 9: 50.0}
MINUTES = road_minutes({"near": 1.417, "near_miles": 10, "far": 1.2, "far_miles": 60}, SPEEDS)


def cloud(seed: int, n: int, spread: float = 1.5) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "latitude": 40 + rng.uniform(-spread, spread, n),
            "longitude": -100 + rng.uniform(-spread, spread, n),
            "rucc": rng.choice(list(SPEEDS), n),
        }
    )


def as_pairs(costs: TravelCosts) -> dict[tuple[int, int], float]:
    return dict(zip(zip(costs.origin.tolist(), costs.destination.tolist(), strict=True), costs.cost.tolist(), strict=True))


def one_by_one(origins: pd.DataFrame, sites: pd.DataFrame, reach: float, minutes: bool) -> dict[tuple[int, int], float]:
    """Every place with every site, the mean over the site's points, kept if within reach."""
    found = {}
    points = sites if "site" in sites else sites.assign(site=range(len(sites)), weight=1.0)
    for i, place in enumerate(origins.itertuples()):
        for j, site in points.groupby("site"):
            costs = []
            for point in site.itertuples():
                straight = slow.miles((place.latitude, place.longitude), (point.latitude, point.longitude))
                costs.append(slow.minutes(straight, SPEEDS[place.rucc], SPEEDS[point.rucc]) if minutes else straight)
            mean = sum(cost * weight for cost, weight in zip(costs, site["weight"], strict=True)) / site["weight"].sum()
            if mean <= reach:
                found[i, j] = mean
    return found


def towns(seed: int, m: int) -> pd.DataFrame:
    """Sites of one to five points, with weights that don't add up to 1 and rows in no order."""
    rng = np.random.default_rng(seed)
    count = rng.integers(1, 6, m)
    centre = cloud(seed, m)
    rows = centre.loc[np.repeat(np.arange(m), count)].reset_index(drop=True)
    rows["latitude"] += rng.normal(0, 0.08, len(rows))
    rows["longitude"] += rng.normal(0, 0.08, len(rows))
    rows["site"], rows["weight"] = np.repeat(np.arange(m), count), rng.uniform(10, 500, len(rows))
    return rows.sample(frac=1, random_state=seed)


# --- Pairs given ---


def test_pairs_come_sorted_by_place_and_site_whatever_their_order() -> None:
    costs = TravelCosts.from_pairs([2, 0, 2], [1, 0, 0], [7.0, 5.0, 9.0], shape=(3, 2))
    assert as_pairs(costs) == {(0, 0): 5.0, (2, 0): 9.0, (2, 1): 7.0}
    assert costs.start.tolist() == [0, 1, 1, 3]
    assert costs.counts.tolist() == [1, 0, 2]


def test_positions_are_32_bit_and_costs_double_unless_narrowed() -> None:
    costs = TravelCosts.from_pairs(np.array([0], dtype=np.int64), np.array([0], dtype=np.uint8), [1], shape=(1, 1))
    assert costs.start.dtype == costs.destination.dtype == np.int32
    assert costs.cost.dtype == np.float64
    assert costs.narrowed().cost.dtype == np.float32
    assert len(costs) == 1


def test_pairs_are_closed_to_change() -> None:
    given = np.array([5.0])
    costs = TravelCosts.from_pairs([0], [0], given, shape=(1, 1))
    with pytest.raises(ValueError, match="read-only"):
        costs.cost[0] = 1
    given[0] = 99
    assert costs.cost[0] == 5


def test_an_infinite_way_is_no_way_and_a_way_of_nothing_is_one() -> None:
    costs = TravelCosts.from_pairs([0, 0], [0, 1], [math.inf, 0.0], shape=(1, 2))
    assert as_pairs(costs) == {(0, 1): 0.0}


@pytest.mark.parametrize(
    ("origin", "destination", "cost", "shape", "words"),
    [
        ([0, 1], [0], [1.0], (2, 1), "2 origins, 1 destinations and 1 costs"),
        ([0, 2], [0, 0], [1.0, 1.0], (2, 1), "Pair 1 names the origin 2; there are 2"),
        ([0, -1], [0, 0], [1.0, 1.0], (2, 1), "Pair 1 names the origin -1"),
        ([0], [1], [1.0], (2, 1), "names the destination 1; there are 1"),
        ([0, 1], [0, 0], [1.0, -2.0], (2, 1), r"Pair 1 \(origin 1, destination 0\) costs -2.0"),
        ([0, 1], [0, 0], [1.0, math.nan], (2, 1), "costs nan"),
        ([0, 1], [0, 0], [1.0, "far"], (2, 1), "cost at position 1 is 'far', which is no number"),
        ([0, 1, 1], [0, 0, 0], [1.0, 2.0, 3.0], (2, 1), "origin 1 and destination 0 stands more than once"),
        ([0.5], [0], [1.0], (2, 1), "whole positions"),
        (["a"], [0], [1.0], (2, 1), "whole positions"),
        ([0], [0], [1.0], (2,), "shape"),
        ([0], [0], [1.0], (2, -1), "shape"),
    ],
)
def test_bad_pairs_are_named(origin, destination, cost, shape, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        TravelCosts.from_pairs(origin, destination, cost, shape)


def test_fewer_pairs_by_reach_and_by_site() -> None:
    costs = TravelCosts.from_pairs([0, 0, 1], [0, 1, 1], [5.0, 30.0, 30.1], shape=(3, 2))
    assert as_pairs(costs.within(30)) == {(0, 0): 5.0, (0, 1): 30.0}
    assert as_pairs(costs.only(np.array([False, True]))) == {(0, 1): 30.0, (1, 1): 30.1}
    assert costs.only(np.array([False, True])).shape == (3, 2)
    for wrong in ([True], [0, 1]):
        with pytest.raises(ValueError, match="mask of 2"):
            costs.only(wrong)


# --- Pairs found ---


def test_pairs_of_some_places_in_the_order_asked() -> None:
    costs = TravelCosts.from_pairs([0, 0, 2, 3], [1, 0, 2, 1], [3.0, 4.0, 5.0, 6.0], shape=(4, 3))
    some = costs.at(np.array([3, 1, 0]))
    assert some.shape == (3, 3)
    assert as_pairs(some) == {(0, 1): 6.0, (2, 0): 4.0, (2, 1): 3.0}
    assert as_pairs(costs.at(np.arange(4))) == as_pairs(costs)
    assert len(costs.at(np.empty(0, dtype=np.intp))) == 0


@pytest.mark.parametrize("minutes", [False, True])
@pytest.mark.parametrize("reach", [0, 12.5, 60, 1000])
def test_pairs_are_those_found_one_by_one(minutes: bool, reach: float) -> None:
    origins, sites = cloud(1, 60), cloud(2, 15)
    found = as_pairs(TravelCosts.between(origins, sites, reach, MINUTES if minutes else None))
    expected = one_by_one(origins, sites, reach, minutes)
    assert found.keys() == expected.keys()
    np.testing.assert_allclose([found[pair] for pair in expected], list(expected.values()), rtol=1e-9)


@pytest.mark.parametrize("minutes", [False, True])
def test_a_city_level_site_costs_the_mean_over_its_points(minutes: bool) -> None:
    origins, sites = cloud(3, 100), towns(4, 20)
    sites["rucc"] = sites["site"].map(dict(enumerate(cloud(4, 20)["rucc"])))
    found = as_pairs(TravelCosts.between(origins, sites, 70, MINUTES if minutes else StraightMiles()))
    expected = one_by_one(origins, sites, 70, minutes)
    assert found.keys() == expected.keys()
    assert len(found) > 200
    np.testing.assert_allclose([found[pair] for pair in expected], list(expected.values()), rtol=1e-9)


def test_a_pair_is_kept_if_its_mean_is_within_reach_even_where_a_point_is_not() -> None:
    """Two points 10 and 20 minutes of latitude away, in equal parts: about 11.5 and 23 miles, mean 17.3."""
    origin = pd.DataFrame({"latitude": [40.0], "longitude": [-100.0]})
    site = pd.DataFrame({"latitude": [40 + 10 / 60, 40 + 20 / 60], "longitude": [-100.0, -100.0], "site": [0, 0], "weight": [1.0, 1.0]})
    mean = 3958.7613 * math.radians(15 / 60)
    assert TravelCosts.between(origin, site, mean + 1e-9).cost.tolist() == pytest.approx([mean])
    assert len(TravelCosts.between(origin, site, mean - 1e-6)) == 0


def test_the_reach_is_inclusive() -> None:
    origin, site = cloud(1, 1), cloud(2, 1)
    cost = float(TravelCosts.between(origin, site, 1000, MINUTES).cost[0])
    assert len(TravelCosts.between(origin, site, cost, MINUTES)) == 1
    assert len(TravelCosts.between(origin, site, np.nextafter(cost, 0), MINUTES)) == 0


def test_sites_at_one_address_are_all_reached_and_a_place_at_a_site_is_there() -> None:
    origins = pd.DataFrame({"latitude": [40.0], "longitude": [-100.0], "rucc": [1]})
    twice = pd.concat([origins, origins])
    assert as_pairs(TravelCosts.between(origins, twice, 0, MINUTES)) == {(0, 0): 0.0, (0, 1): 0.0}


def test_the_date_line_is_no_barrier() -> None:
    west, east = pd.DataFrame({"latitude": [52.0], "longitude": [179.9]}), pd.DataFrame({"latitude": [52.0], "longitude": [-179.9]})
    assert TravelCosts.between(west, east, 20).cost.tolist() == pytest.approx([slow.miles((52, 179.9), (52, -179.9))])


def test_no_places_or_no_sites_give_no_pairs() -> None:
    none, some = cloud(1, 0), cloud(2, 3)
    assert TravelCosts.between(none, some, 60, MINUTES).shape == (0, 3)
    assert TravelCosts.between(some, none, 60, MINUTES).shape == (3, 0)
    assert TravelCosts.between(some, towns(1, 3).iloc[:0], 60, MINUTES).shape == (3, 0)
    assert len(TravelCosts.between(none, none, 60)) == 0


def test_the_frames_stay_as_they_were() -> None:
    origins, sites = cloud(1, 20), towns(2, 5)
    before = origins.copy(), sites.copy()
    TravelCosts.between(origins, sites, 60, MINUTES)
    pd.testing.assert_frame_equal(origins, before[0])
    pd.testing.assert_frame_equal(sites, before[1])


@pytest.mark.parametrize(
    ("change", "reach", "words"),
    [
        ({"latitude": 95.0}, 60, "origins can't be placed. Point 0 has latitude 95"),
        ({"longitude": 200.0}, 60, "longitude 200"),
        ({"latitude": math.nan}, 60, r"origins can't be placed. Point 0 has latitude nan .*; give both in degrees"),
        ({"latitude": "north"}, 60, "latitude of the origins at position 0 is 'north', which is no number"),
        ({"latitude": -74.0, "longitude": 40.7}, 60, "swapped"),
        ({"latitude": -100.0, "longitude": 40.0}, 60, "swapped"),
        ({"rucc": 7}, 60, "Row 0 of the origins has the Rural-Urban Continuum Code 7"),
    ],
)
def test_bad_places_are_named(change: dict[str, float], reach: float, words: str) -> None:
    origins = cloud(1, 1).assign(**change)
    with pytest.raises(ValueError, match=words):
        TravelCosts.between(origins, cloud(2, 2), reach, MINUTES)


@pytest.mark.parametrize(
    ("reach", "given"),
    [(-1, "-1"), (math.inf, "inf"), (math.nan, "nan"), (None, "None"), ("60", "'60'"), (True, "True"), ([60], r"\[60\]")],
)
def test_a_reach_that_is_none_is_refused_in_the_same_words_by_all_who_take_one(reach: float, given: str) -> None:
    words = f"The reach is {given}; it must be a number of minutes or miles, 0 or more."
    costs = TravelCosts.from_pairs([0], [0], [5.0], shape=(1, 1))
    for call in (lambda: TravelCosts.between(cloud(1, 1), cloud(2, 2), reach), lambda: costs.within(reach)):
        with pytest.raises(ValueError, match=words):
            call()


@pytest.mark.parametrize("model", ["minutes", 45.0])
def test_what_is_no_model_is_refused(model: TravelModel) -> None:
    with pytest.raises(ValueError, match=r"The model is ('minutes'|45\.0); take StraightMiles"):
        TravelCosts.between(cloud(1, 1), cloud(2, 2), 30, model)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"site": [0, 1]}, "a column site and none named weight"),
        ({"site": [0, 1], "weight": [1.0, "half"]}, "weight of the destinations at position 1 is 'half'"),
        ({"site": [0, "b"], "weight": 1.0}, "site of the destinations at position 1 is 'b'"),
        ({"site": [0, 0.5], "weight": 1.0}, "site of the destinations at position 1 is 0.5; sites are numbered"),
        ({"site": [-1, 0], "weight": 1.0}, "site of the destinations at position 0 is -1"),
    ],
)
def test_points_of_sites_that_are_none_are_named(columns: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        TravelCosts.between(cloud(1, 1), cloud(2, 2).assign(**columns), 60)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="origins have no column longitude"):
        TravelCosts.between(cloud(1, 1).drop(columns="longitude"), cloud(2, 1), 60)
    with pytest.raises(ValueError, match="destinations need a column rucc"):
        TravelCosts.between(cloud(1, 1), cloud(2, 1).drop(columns="rucc"), 60, MINUTES)


@pytest.mark.parametrize("weight", [[0.0, 0.0], [-1.0, 2.0], [math.nan, 1.0]])
def test_weights_that_are_none_are_refused(weight: list[float]) -> None:
    site = cloud(2, 2).assign(site=0, weight=weight)
    with pytest.raises(ValueError, match="weights"):
        TravelCosts.between(cloud(1, 1), site, 60)


def test_a_site_without_a_point_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        TravelCosts.between(cloud(1, 1), cloud(2, 1).assign(site=1, weight=1.0), 60)


# --- Minutes ---


def test_road_miles_by_hand() -> None:
    """1.417 up to 10 miles, 1.2 from 60, half-way between them at 35."""
    np.testing.assert_allclose(MINUTES.road_miles([0, 5, 10, 35, 60, 100]), [0, 5 * 1.417, 14.17, 35 * (1.417 + 1.2) / 2, 72, 120])


def test_road_miles_as_a_cost_leave_the_ferry_as_it_is() -> None:
    model = RoadMiles(MINUTES)
    assert model.cost(np.array([5.0, 100.0]), np.array([0.0, 20.0]), 45.0, 0.0, 0.0).tolist() == pytest.approx([5 * 1.417, 100 * 1.2 + 20])
    assert model.unit == "miles"
    near = TravelCosts.between(cloud(1, 5), cloud(2, 4), 80, model)
    straight = as_pairs(TravelCosts.between(cloud(1, 5), cloud(2, 4), 80))
    expected = {pair: slow.road_miles(miles) for pair, miles in straight.items() if slow.road_miles(miles) <= 80}
    assert as_pairs(near) == pytest.approx(expected)


@given(st.floats(0, 500))
def test_road_miles_as_the_slow_ones_and_never_falling(straight: float) -> None:
    assert MINUTES.road_miles([straight])[0] == pytest.approx(slow.road_miles(straight), rel=1e-12)
    assert MINUTES.road_miles([straight + 0.01])[0] > MINUTES.road_miles([straight])[0]


def test_half_of_the_way_at_the_speed_of_each_end() -> None:
    """10 straight miles are 14.17 by road: half of it at 35 and half at 50 miles an hour."""
    cost = MINUTES.cost(np.array([10.0]), 0, 0, 60 / 35, 60 / 50)
    assert cost[0] == pytest.approx(14.17 / 2 / 35 * 60 + 14.17 / 2 / 50 * 60)


def test_the_shipped_parameters_make_a_model() -> None:
    model = road_minutes(load("travel/detour_index").latest, load("travel/speed").latest, load("travel/speed_factor").number())
    assert model == road_minutes(load("travel/detour_index").latest, load("travel/speed").latest)
    assert hash(model) == hash(road_minutes(load("travel/detour_index").latest, load("travel/speed").latest))
    assert [rucc for rucc, _ in model.speeds] == list(range(1, 10))


def test_faster_speeds_mean_fewer_minutes() -> None:
    detour = {"near": 1.4, "near_miles": 10, "far": 1.2, "far_miles": 60}
    origin, site = cloud(1, 5), cloud(2, 3)
    slow_minutes = TravelCosts.between(origin, site, 1000, road_minutes(detour, SPEEDS)).cost
    fast_minutes = TravelCosts.between(origin, site, 1000, road_minutes(detour, SPEEDS, factor=1.25)).cost
    np.testing.assert_allclose(fast_minutes, slow_minutes / 1.25)


@pytest.mark.parametrize(
    ("detour", "speeds", "words"),
    [
        ({"near": 1.2, "near_miles": 10, "far": 1.4, "far_miles": 60}, SPEEDS, "must fall"),
        ({"near": 1.4, "near_miles": 60, "far": 1.2, "far_miles": 60}, SPEEDS, "must fall"),
        ({"near": 1.9, "near_miles": 10, "far": 0.2, "far_miles": 60}, SPEEDS, "fewer road miles"),
        ({"near": 1.4, "near_miles": 10, "far": 1.2, "far_miles": 60}, {1: 0.0}, "speed"),
        ({"near": 1.4, "near_miles": 10, "far": 1.2, "far_miles": 60}, {}, "speed"),
    ],
)
def test_a_model_that_makes_no_sense_is_refused(detour: dict[str, float], speeds: dict[int, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        road_minutes(detour, speeds)


# --- The nearest, however far ---


def ends(origins: pd.DataFrame, sites: pd.DataFrame, model: TravelModel) -> tuple[Places, Points]:
    return places_of(origins, model, None), points_of(sites, model, None)


@pytest.mark.parametrize("model", [StraightMiles(), MINUTES], ids=["miles", "minutes"])
def test_the_nearest_without_a_limit_is_the_least_of_all_pairs(model: TravelModel) -> None:
    origins, sites = cloud(5, 200, spread=6), cloud(6, 30)
    everything = TravelCosts.between(origins, sites, 5000, model)
    some = TravelCosts.between(origins, sites, 60, model)
    assert 0 < (some.counts == 0).sum() < len(origins)
    cost, site = nearest_anywhere(some, *ends(origins, sites, model), model, None)
    expected, which = access.nearest(everything)
    np.testing.assert_allclose(cost, expected, rtol=1e-9)
    np.testing.assert_array_equal(site, which)


def test_the_nearest_of_towns_without_a_limit() -> None:
    """Pairs reach beyond where the detour index is level, so what lies farther is exact for means over points too."""
    origins, sites = cloud(7, 150, spread=6), towns(8, 25)
    sites["rucc"] = 4
    some = TravelCosts.between(origins, sites, 150, MINUTES)
    cost, _ = nearest_anywhere(some, *ends(origins, sites, MINUTES), MINUTES, None)
    expected, _ = access.nearest(TravelCosts.between(origins, sites, 5000, MINUTES))
    np.testing.assert_allclose(cost, expected, rtol=1e-9)


@pytest.mark.parametrize("model", [StraightMiles(), MINUTES], ids=["miles", "minutes"])
@pytest.mark.parametrize("every", [1, 2, 5])
def test_the_nearest_of_some_sites_has_their_position_among_all(model: TravelModel, every: int) -> None:
    """With pairs and without, and where some places must look beyond them."""
    origins, sites = cloud(5, 200, spread=6), cloud(6, 30)
    at = np.arange(30) % every == every - 1
    expected, which = access.nearest(TravelCosts.between(origins, sites, 5000, model).only(at))
    some = TravelCosts.between(origins, sites, 60, model)
    assert 0 < (some.only(at).counts == 0).sum() < len(origins)
    for pairs in (some, None) if model == StraightMiles() else (some,):
        cost, site = nearest_anywhere(pairs, *ends(origins, sites, model), model, None, at)
        np.testing.assert_allclose(cost, expected, rtol=1e-9)
        np.testing.assert_array_equal(site, which)
    nobody = nearest_anywhere(some, *ends(origins, sites, model), model, None, np.zeros(30, dtype=bool))
    assert set(nobody[1].tolist()) == {-1}
    assert np.isinf(nobody[0]).all()


def test_without_a_site_the_nearest_is_infinitely_far() -> None:
    origins, none = cloud(1, 3), cloud(2, 0)
    pairs, straight = TravelCosts.between(origins, none, 60), StraightMiles()
    cost, site = nearest_anywhere(pairs, *ends(origins, none, straight), straight, None)
    assert cost.tolist() == [math.inf] * 3
    assert site.tolist() == [-1] * 3


# --- On the nation ---


def test_the_nation_at_two_hours_fits_into_little_memory(tables: Tables) -> None:
    """Named providers at their own points: pairs for every block group, at twelve bytes a pair."""
    rucc = tables["counties"].set_index("geoid")["rucc"]
    origins = tables["block_groups"].assign(rucc=lambda frame: frame["county"].map(rucc).astype(int)).iloc[::7]
    sites = tables["providers"].assign(rucc=lambda frame: frame["county"].map(rucc).astype(int))
    model = road_minutes(load("travel/detour_index").latest, load("travel/speed").latest)
    tracemalloc.start()
    costs = TravelCosts.between(origins, sites, 120, model)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(costs) > 100_000
    assert costs.cost.max() <= 120
    assert costs.nbytes == 12 * len(costs) + 4 * (len(origins) + 1)
    assert peak < 12 * costs.nbytes


def test_a_model_is_a_value() -> None:
    assert StraightMiles() == StraightMiles()
    assert isinstance(MINUTES, RoadMinutes)
    assert MINUTES.unit == "minutes"
    assert StraightMiles().unit == "miles"


def test_pairs_weighed_block_by_block_weigh_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = TravelCosts.between(cloud(1, 40), cloud(2, 10), 60)
    assert len(costs) > 10
    whole = costs.weights(decay.gaussian(20, 45)).toarray()
    monkeypatch.setattr(travel, "BLOCK", 7)
    np.testing.assert_array_equal(costs.weights(decay.gaussian(20, 45)).toarray(), whole)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (lambda cost: 1 - cost / 30, "gives the weight -0.333333 at 40 and 1 at 0"),
        (lambda cost: np.where(cost == 40, np.nan, 1.0), "gives the weight nan at 40 and 1 at 0"),
        (lambda cost: 1 + cost, "gives the weight 21 at 20 and 1 at 0"),
        (lambda cost: np.where(cost > 0, 1.0, np.nan), "gives the weight 1 at 20 and nan at 0"),
        (lambda cost: 1 / cost, "gives the weight 0.05 at 20 and inf at 0"),
    ],
)
@pytest.mark.parametrize("block", [1, 2, 1 << 17])
def test_weights_that_are_none_are_refused_in_whatever_block_they_stand(
    monkeypatch: pytest.MonkeyPatch, block: int, shape: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]], words: str
) -> None:
    monkeypatch.setattr(travel, "BLOCK", block)
    costs = TravelCosts.from_pairs([0, 0, 1], [0, 1, 1], [20.0, 40.0, 90.0], shape=(2, 2))
    with pytest.raises(ValueError, match=f"The decay “bare” {words}; a weight is a number, 0 or more"):
        costs.weights(Decay("bare", 60, shape))


def test_a_decay_of_ones_own_is_looked_at_between_the_points_where_it_was_probed() -> None:
    """0 at every probe but the first, and 2 between: only the pairs themselves can show it."""
    own = decay.custom("comb", lambda cost: np.where(cost == 0, 1.0, np.where(cost * 1000 / 60 % 1 == 0.5, 2.0, 0.0)), 60)
    with pytest.raises(ValueError, match=r"gives the weight 2 at 7\.53 and 1 at 0"):
        TravelCosts.from_pairs([0], [0], [7.53], shape=(1, 1)).weights(own)


def test_all_of_some_places_are_these_very_places() -> None:
    places = places_of(pd.DataFrame({"latitude": [40.0, 41.0, 42.0], "longitude": [-90.0, -91.0, -92.0]}), StraightMiles(), None)
    assert places.only(np.arange(3)) is places
    assert places.only(np.array([2, 1, 0])).xyz.tolist() == places.xyz[::-1].tolist()
    assert len(places.only(np.array([1])).xyz) == 1
    assert len(places.only(np.empty(0, dtype=np.intp)).xyz) == 0
