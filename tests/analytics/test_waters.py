"""Water and missing roads: a small archipelago by hand, every way by brute force, and the places of the nation that maps get wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
import shapely

from analytics import access
from analytics.ends import places_of, points_of
from analytics.nearest_way import nearest_anywhere
from analytics.travel import TravelCosts
from analytics.travel_model import RoadMinutes, StraightMiles, TravelModel, road_minutes
from analytics.waters import Waters, read_waters
from data.bundle import Tables
from data.parameter import load
from tests.analytics import slow

SPEEDS = {1: 35.0, 4: 45.0}
MINUTES = road_minutes({"near": 1.417, "near_miles": 10, "far": 1.2, "far_miles": 60}, SPEEDS)

# A mainland, an island with a bridge and a ferry, a second island behind the first, a rock that no boat goes to.
SEA = {
    "labels": {
        "island": [{"counties": ["00001"]}],
        "behind": [{"counties": ["00002"]}],
        "cape": [{"counties": ["00009"], "box": [40.0, -100.5, 41.0, -100.0]}],
    },
    "alone": ["00003"],
    "gates": [
        {"name": "Bridge", "from": "island", "to": "mainland", "at": [40.0, -99.5]},
        {"name": "Ferry", "from": "mainland", "to": "island", "at": [[40.5, -99.8], [40.5, -99.4]], "minutes": 25},
        {"name": "Small ferry", "from": "behind", "to": "island", "at": [[40.2, -98.9], [40.2, -99.0]], "minutes": 10},
        {"name": "Border", "from": "cape", "to": "mainland", "border": [[40.0, -100.4], [40.0, -100.2], [40.0, -100.0]]},
    ],
}
BARRIERS = read_waters(SEA)


def places(seed: int, n: int) -> pd.DataFrame:
    """Places of every county, each in its own stretch of the map."""
    rng = np.random.default_rng(seed)
    west = {"00001": -99.4, "00002": -98.9, "00003": -98.5, "00009": -100.6}
    county = rng.choice(list(west), n)
    return pd.DataFrame(
        {
            "latitude": rng.uniform(39.7, 40.7, n),
            "longitude": [west[one] for one in county] + rng.uniform(0, 0.4, n),
            "county": county,
            "rucc": rng.choice(list(SPEEDS), n),
        }
    )


def label_of(row: object) -> str:
    in_box = 40.0 <= row.latitude <= 41.0 and -100.5 <= row.longitude <= -100.0  # type: ignore[attr-defined]
    names = {"00001": "island", "00002": "behind", "00003": "00003", "00009": "cape" if in_box else "mainland"}
    return names[row.county]  # type: ignore[attr-defined]


def crossings() -> Iterator[tuple[str, str, tuple[float, float], tuple[float, float], float]]:
    """Every gate both ways: from label, to label, from point, to point, minutes."""
    for gate in SEA["gates"]:
        at = gate.get("at")
        ends = [(p, p) for p in gate["border"]] if "border" in gate else [tuple(at) if isinstance(at[0], list) else (at, at)]
        for one, other in ends:
            yield gate["from"], gate["to"], tuple(one), tuple(other), gate.get("minutes", 0)
            yield gate["to"], gate["from"], tuple(other), tuple(one), gate.get("minutes", 0)


GATES = list(crossings())


def brute_force(origin: object, site: object, minutes: bool) -> float:
    """The least over all sequences of up to three crossings, each begun where the last one ended."""
    start, goal = label_of(origin), label_of(site)
    best = math.inf
    here, there = (origin.latitude, origin.longitude), (site.latitude, site.longitude)  # type: ignore[attr-defined]
    paces = (SPEEDS[origin.rucc], SPEEDS[site.rucc])  # type: ignore[attr-defined]
    if start == goal:
        straight = slow.miles(here, there)
        return slow.minutes(straight, *paces) if minutes else straight
    for length in (1, 2, 3):
        for way in permutations(GATES, length):
            labels = [start, *(gate[1] for gate in way)]
            if [gate[0] for gate in way] != labels[:-1] or labels[-1] != goal or start in labels[1:] or goal in labels[:-1]:
                continue
            legs = zip([here, *(gate[3] for gate in way)], [*(gate[2] for gate in way), there], strict=True)
            driven, aboard = sum(slow.miles(*leg) for leg in legs), sum(gate[4] for gate in way)
            if minutes:
                best = min(best, slow.minutes(driven, *paces) + aboard)
            else:
                best = min(best, driven + sum(slow.miles(gate[2], gate[3]) for gate in way))
    return best


@pytest.mark.parametrize("minutes", [False, True], ids=["miles", "minutes"])
def test_ways_through_gates_are_the_least_of_all_sequences(minutes: bool) -> None:
    origins, sites = places(1, 25), places(2, 12)
    costs = TravelCosts.between(origins, sites, 90, MINUTES if minutes else None, BARRIERS)
    found = dict(zip(zip(costs.origin.tolist(), costs.destination.tolist(), strict=True), costs.cost.tolist(), strict=True))
    expected = {
        (i, j): cost
        for i, origin in enumerate(origins.itertuples())
        for j, site in enumerate(sites.itertuples())
        if (cost := brute_force(origin, site, minutes)) <= 90
    }
    assert found.keys() == expected.keys()
    assert len({label_of(row) for row in origins.itertuples()}) == 5
    np.testing.assert_allclose([found[pair] for pair in expected], list(expected.values()), rtol=1e-9)


def test_labels_by_county_and_box() -> None:
    origins = places(3, 200)
    labels = [BARRIERS.names[label] for label in BARRIERS.labels(origins, "origins")]
    assert labels == [label_of(row) for row in origins.itertuples()]


def test_a_way_over_a_bridge_by_hand() -> None:
    """Five minutes of longitude on each side of the bridge, along the parallel: twice the same short leg."""
    origin = pd.DataFrame({"latitude": [40.0], "longitude": [-99.5 - 5 / 60], "county": ["00009"], "rucc": [1]})
    site = pd.DataFrame({"latitude": [40.0], "longitude": [-99.5 + 5 / 60], "county": ["00001"], "rucc": [1]})
    leg = slow.miles((40.0, -99.5), (40.0, -99.5 + 5 / 60))
    assert TravelCosts.between(origin, site, 60, None, BARRIERS).cost.tolist() == pytest.approx([2 * leg], rel=1e-9)
    minutes = TravelCosts.between(origin, site, 60, MINUTES, BARRIERS).cost.tolist()
    assert minutes == pytest.approx([2 * leg * 1.417 / 35 * 60], rel=1e-9)


def test_a_town_across_the_water_costs_the_mean_of_its_points_through_the_gate() -> None:
    origin = pd.DataFrame({"latitude": [40.0], "longitude": [-99.6], "county": ["00009"]})
    town = pd.DataFrame(
        {"latitude": [40.1, 40.0], "longitude": [-99.4, -99.3], "county": ["00001"] * 2, "site": [0, 0], "weight": [3.0, 1.0]}
    )
    bridge, here = (40.0, -99.5), (40.0, -99.6)
    legs = [slow.miles(here, bridge) + slow.miles(bridge, point) for point in ((40.1, -99.4), (40.0, -99.3))]
    assert TravelCosts.between(origin, town, 60, None, BARRIERS).cost.tolist() == pytest.approx([(3 * legs[0] + legs[1]) / 4], rel=1e-9)


def test_a_place_that_no_road_leaves() -> None:
    origins, sites = places(4, 60), places(5, 10)
    sites = sites[sites["county"] != "00003"].reset_index(drop=True)
    rock = (origins["county"] == "00003").to_numpy()
    costs = TravelCosts.between(origins, sites, 500, MINUTES, BARRIERS)
    assert (costs.counts[rock] == 0).all()
    assert (costs.counts[~rock] == len(sites)).all()
    cut_off = BARRIERS.without_road(BARRIERS.labels(origins, "origins"), BARRIERS.labels(sites, "sites"))
    np.testing.assert_array_equal(cut_off, rock)
    cost, site = nearest_anywhere(
        costs.within(20), places_of(origins, MINUTES, BARRIERS), points_of(sites, MINUTES, BARRIERS), MINUTES, BARRIERS
    )
    assert np.isinf(cost[rock]).all()
    assert (site[rock] == -1).all()


@pytest.mark.parametrize("model", [StraightMiles(), MINUTES], ids=["miles", "minutes"])
def test_the_nearest_however_far_is_the_least_of_all_pairs_through_gates(model: TravelModel) -> None:
    origins, sites = places(6, 150), places(7, 8)
    everything = TravelCosts.between(origins, sites, 2000, model, BARRIERS)
    cost, _ = nearest_anywhere(
        everything.within(15), places_of(origins, model, BARRIERS), points_of(sites, model, BARRIERS), model, BARRIERS
    )
    np.testing.assert_allclose(cost, access.nearest(everything)[0], rtol=1e-9)


def test_the_nearest_town_across_a_border_is_reached_through_the_best_gate_for_each_of_its_points() -> None:
    """As in every pair: one gate for a whole town made it farther (Toledo from Monroe, Michigan, by most of a mile)."""
    gates = [{"name": "Border", "from": "cape", "to": "mainland", "border": [[40.0, -100.0], [40.4, -100.0]]}]
    border = read_waters({"labels": {"cape": SEA["labels"]["cape"]}, "gates": gates})
    here = (40.2, -100.4)
    origin = pd.DataFrame({"latitude": [here[0]], "longitude": [here[1]], "county": ["00009"]})
    ends = [(40.0, -99.9), (40.4, -99.9)]
    town = pd.DataFrame({"latitude": [40.0, 40.4], "longitude": [-99.9] * 2, "county": ["00009"] * 2, "site": [0, 0], "weight": [0.5, 0.5]})
    cost, site = nearest_anywhere(
        None, places_of(origin, StraightMiles(), border), points_of(town, StraightMiles(), border), StraightMiles(), border
    )
    legs = [slow.miles(here, gate) + slow.miles(gate, end) for gate, end in zip([(40.0, -100.0), (40.4, -100.0)], ends, strict=True)]
    assert cost.tolist() == pytest.approx([sum(legs) / 2], rel=1e-9)
    assert site.tolist() == [0]
    assert cost.tolist() == pytest.approx(
        access.nearest(TravelCosts.between(origin, town, 200, StraightMiles(), border))[0].tolist(), rel=1e-9
    )


def test_without_barriers_the_way_is_straight_and_with_them_never_shorter_in_miles() -> None:
    origins, sites = places(8, 80), places(9, 15)
    straight = TravelCosts.between(origins, sites, 2000)
    around = TravelCosts.between(origins, sites, 2000, None, BARRIERS)
    everywhere = np.full(straight.shape, np.inf)
    everywhere[around.origin, around.destination] = around.cost
    assert (everywhere[straight.origin, straight.destination] >= straight.cost - 1e-9).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gates": [{"name": "Odd", "from": "island", "to": "nowhere", "at": [40, -99]}]}, "Odd leads to nowhere"),
        ({"gates": [{"name": "Odd", "from": "island", "to": "mainland", "at": [40, -99], "minutes": -5}]}, "Odd takes -5"),
        ({"gates": [{"name": "Odd", "from": "island", "to": "mainland", "at": [40, -99, 1]}]}, "Odd needs a point"),
        ({"gates": [{"name": "Odd", "from": "island", "to": "mainland", "at": [-99, 40]}]}, "swapped"),
        ({"alone": ["island"]}, "stands twice"),
        ({"labels": {"mainland": [{"counties": ["00001"]}]}, "gates": []}, "called mainland"),
        ({"labels": {"island": [{"counties": ["00001"], "box": [41, -100, 40, -99]}]}, "gates": []}, "box of the label island"),
    ],
)
def test_barriers_that_cannot_be_read_are_named(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_waters({**SEA, **change})


def test_barriers_are_told_apart_by_what_they_hold() -> None:
    again, fewer = read_waters(SEA), read_waters({**SEA, "alone": []})
    assert again == BARRIERS
    assert hash(again) == hash(BARRIERS)
    assert fewer != BARRIERS
    assert BARRIERS.chains(MINUTES).keys() != read_waters({"labels": SEA["labels"], "gates": SEA["gates"][:1]}).chains(MINUTES).keys()


def test_a_place_without_a_county_is_named() -> None:
    with pytest.raises(ValueError, match="Row 1 of the origins has no county"):
        TravelCosts.between(places(1, 3).assign(county=["00001", None, "00001"]), places(2, 2), 60, None, BARRIERS)


def test_a_frame_without_counties_is_refused() -> None:
    with pytest.raises(ValueError, match="destinations need a column county"):
        TravelCosts.between(places(1, 2), places(2, 2).drop(columns="county"), 60, None, BARRIERS)


# --- The nation ---


@pytest.fixture(scope="module")
def nation() -> Waters:
    return read_waters(load("travel/waters").latest)


@pytest.fixture(scope="module")
def model() -> RoadMinutes:
    return road_minutes(load("travel/detour_index").latest, load("travel/speed").latest)


@pytest.fixture(scope="module")
def blocks(tables: Tables) -> pd.DataFrame:
    rucc = tables["counties"].set_index("geoid")["rucc"]
    return tables["block_groups"].assign(rucc=lambda frame: frame["county"].map(rucc).astype(int))


@pytest.fixture(scope="module")
def sites(tables: Tables) -> pd.DataFrame:
    rucc = tables["counties"].set_index("geoid")["rucc"]
    return tables["providers"].assign(rucc=lambda frame: frame["county"].map(rucc).astype(int))[
        ["latitude", "longitude", "county", "state", "rucc"]
    ]


class Reached:
    """The nearest site of some block groups, with and without waters."""

    def __init__(self, some: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters) -> None:
        straight = TravelCosts.between(some, sites, 120, model)
        self.costs = TravelCosts.between(some, sites, 120, model, nation)
        self.before, before = nearest_anywhere(straight, places_of(some, model, None), points_of(sites, model, None), model, None)
        self.minutes, site = nearest_anywhere(self.costs, places_of(some, model, nation), points_of(sites, model, nation), model, nation)
        self.states_before = set(sites["state"].to_numpy()[before])
        self.states = {sites["state"].iloc[one] for one in site if one >= 0}
        self.counties = {sites["county"].iloc[one] for one in site if one >= 0}
        self.people = some["adults"].to_numpy(dtype=float)

    def median(self, minutes: np.ndarray) -> float:
        order = np.argsort(minutes)
        return float(minutes[order][np.searchsorted(np.cumsum(self.people[order]), self.people.sum() / 2)])


def test_nobody_in_north_west_lower_michigan_is_sent_to_wisconsin(
    blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters
) -> None:
    shore = {"26019", "26055", "26089", "26101", "26105", "26123", "26127", "26121", "26029", "26009", "26079", "26165"}
    some = blocks[blocks["county"].isin(shore)].reset_index(drop=True)
    # Detroit is the only site of their own: by straight lines Green Bay is nearer to many of them.
    few = sites[(sites["state"] == "WI") | (sites["county"] == "26163")].reset_index(drop=True)
    reached = Reached(some, few, model, nation)
    assert "WI" in reached.states_before
    within_two_hours = few["state"].to_numpy()[np.unique(reached.costs.destination)]
    assert "WI" not in within_two_hours
    assert reached.median(reached.minutes) > reached.median(reached.before) + 20
    assert "WI" not in Reached(some, sites, model, nation).states


def test_nobody_in_anchorage_is_sent_to_seattle(blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters) -> None:
    some = blocks[blocks["county"] == "02020"].reset_index(drop=True)
    elsewhere = sites[sites["state"] != "AK"].reset_index(drop=True)
    reached = Reached(some, elsewhere, model, nation)
    assert "WA" in reached.states_before
    assert np.isinf(reached.minutes).all()
    assert nation.without_road(nation.labels(some, "x"), nation.labels(elsewhere, "x")).all()
    assert Reached(some, sites, model, nation).states == {"AK"}


def test_nobody_on_kauai_is_sent_to_honolulu(blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters) -> None:
    some = blocks[blocks["county"] == "15007"].reset_index(drop=True)
    oahu = sites[sites["county"] == "15003"].reset_index(drop=True)
    reached = Reached(some, oahu, model, nation)
    assert np.isfinite(reached.before).all()
    assert np.isinf(reached.minutes).all()
    maui, molokai, lanai = (
        pd.DataFrame({"latitude": [a], "longitude": [b], "county": ["15009"]})
        for a, b in ((20.89, -156.48), (21.09, -157.01), (20.83, -156.92))
    )
    labels = [nation.names[nation.labels(one, "x")[0]] for one in (maui, molokai, lanai)]
    assert labels == ["maui", "molokai", "lanai"]


def test_long_island_is_not_sent_to_connecticut(blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters) -> None:
    some = blocks[blocks["county"].isin(["36059", "36103"])].reset_index(drop=True)
    mainland = sites[sites["state"].isin(["CT", "RI"]) | (sites["county"] == "36061")].reset_index(drop=True)
    reached = Reached(some, mainland, model, nation)
    assert reached.states_before & {"CT", "RI"}
    assert reached.states == {"NY"}, "over the bridges to Manhattan"


@pytest.mark.parametrize(("county", "least"), [("25007", 45), ("25019", 135), ("53055", 40)])
def test_islands_with_a_ferry_take_at_least_its_minutes(
    county: str, least: int, blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters
) -> None:
    some = blocks[blocks["county"] == county].reset_index(drop=True)
    off = sites[sites["county"] != county].reset_index(drop=True)
    reached = Reached(some, off, model, nation)
    assert (reached.minutes > least).all()
    assert np.isfinite(reached.minutes).all()


def test_delmarva_is_not_sent_over_the_chesapeake(blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters) -> None:
    some = blocks[blocks["county"].isin(["24019", "24039", "51001", "51131"])].reset_index(drop=True)
    western = sites[sites["state"].isin(["MD", "VA"]) & ~sites["county"].isin(["24045", "24041"])].reset_index(drop=True)
    reached = Reached(some, western, model, nation)
    assert reached.median(reached.minutes) > reached.median(reached.before) + 5


def test_juneau_has_no_road(blocks: pd.DataFrame, sites: pd.DataFrame, nation: Waters) -> None:
    off = sites[sites["county"] != "02110"]
    juneau = blocks[blocks["county"] == "02110"]
    assert nation.without_road(nation.labels(juneau, "x"), nation.labels(off, "x")).all()


def test_the_keys_are_left_by_the_overseas_highway(blocks: pd.DataFrame, sites: pd.DataFrame, model: RoadMinutes, nation: Waters) -> None:
    """Key West to Naples is 90 miles over the water and 230 by road."""
    key_west = blocks[(blocks["county"] == "12087") & (blocks["longitude"] < -81.7)].reset_index(drop=True)
    naples = pd.DataFrame({"latitude": [26.14], "longitude": [-81.79], "county": ["12021"], "rucc": [2]})
    reached = Reached(key_west, naples.assign(state="FL"), model, nation)
    assert reached.median(reached.minutes) > 1.5 * reached.median(reached.before)


def test_every_county_of_alaska_has_a_label_and_no_other_lies_alone(tables: Tables, nation: Waters) -> None:
    counties = tables["counties"][["geoid", "state", "latitude", "longitude"]].rename(columns={"geoid": "county"})
    label = np.array(nation.names)[nation.labels(counties, "counties")]
    alaska = (counties["state"] == "AK").to_numpy()
    assert (label[alaska] != "mainland").all()
    named = {county for area in nation.areas for county in area.counties}
    assert named <= set(counties["county"]), "a county that is none, perhaps an old code"
    alone = {name for name in nation.names if name.isdigit()}
    assert {name[:2] for name in alone} == {"02"}
    per_label = dict(zip(*np.unique(label, return_counts=True), strict=True))
    assert per_label["lower_michigan"] == 83 - 15


def test_border_gates_lie_on_the_border_that_they_name(tables: Tables, nation: Waters) -> None:
    """Within two miles of both sides: points of a land border stand on land borders."""
    counties = tables["boundaries"].query("level == 'county'").set_index("geoid")["geometry"]
    shapes = dict(zip(counties.index, shapely.from_wkb(counties.to_numpy()), strict=True))
    value = load("travel/waters").latest
    for gate in value["gates"]:
        if "border" in gate:
            own = {county for area in value["labels"][gate["from"]] for county in area["counties"]}
            inside = shapely.unary_union([shapes[county] for county in own])
            near = [shape for county, shape in shapes.items() if county not in own and shape.distance(inside) < 0.01]
            outside = shapely.unary_union(near)
            points = [shapely.Point(longitude, latitude) for latitude, longitude in gate["border"]]
            assert max(max(inside.distance(point), outside.distance(point)) for point in points) < 2 / 55, gate["name"]


def test_the_nation_within_60_miles_hardly_moves_and_whole_counties_do(blocks: pd.DataFrame, sites: pd.DataFrame, nation: Waters) -> None:
    straight, around = TravelCosts.between(blocks, sites, 60), TravelCosts.between(blocks, sites, 60, None, nation)
    adults = blocks["adults"].to_numpy(dtype=float)
    share = [adults[costs.counts > 0].sum() / adults.sum() for costs in (straight, around)]
    assert 0.0001 < share[0] - share[1] < 0.0004, "about 0.02 points"
    lost = pd.Series(adults * ((straight.counts > 0) & (around.counts == 0))).groupby(blocks["county"].to_numpy()).sum()
    assert lost.max() > 5_000


def test_every_label_that_a_gate_names_is_inhabited(blocks: pd.DataFrame, nation: Waters) -> None:
    people = np.bincount(nation.labels(blocks, "origins"), weights=blocks["adults"], minlength=len(nation.names))
    empty = [name for name, adults in zip(nation.names, people, strict=True) if adults == 0]
    assert not empty
