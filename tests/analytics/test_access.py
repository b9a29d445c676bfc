"""The measures: by hand on five places, against a second slow implementation, and by what must hold whatever the numbers."""

from __future__ import annotations

import doctest
import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analytics import access, decay
from analytics.travel import TravelCosts
from tests.analytics import slow

DECAYS = {
    "2SFCA": (decay.binary(60), slow.binary(60)),
    "E2SFCA": (decay.thirds(60, (1.0, 0.68, 0.22)), slow.steps({20: 1.0, 40: 0.68, 60: 0.22})),
    "Gaussian": (decay.gaussian(25, 60), slow.gaussian(25, 60)),
    "exponential": (decay.exponential(0.04, 60), slow.exponential(0.04, 60)),
    "inverse power": (decay.inverse_power(10, 2, 60), slow.inverse_power(10, 2, 60)),
}
CATCHMENTS = {"two_step": (access.two_step, slow.two_step), "three_step": (access.three_step, slow.three_step)}

# --- Five places on a line, two sites: to be followed with a pencil ---
#
#   minutes      A (100)  B (200)  C (300)  D (400)  E (50)
#   site 0 (6)      5       10       25        .       .
#   site 1 (3)      .       30       15       10       .
PEOPLE = np.array([100.0, 200, 300, 400, 50])
SUPPLY = np.array([6.0, 3])
LINE = {(0, 0): 5.0, (1, 0): 10.0, (2, 0): 25.0, (1, 1): 30.0, (2, 1): 15.0, (3, 1): 10.0}


def table(pairs: slow.Pairs, n: int, m: int) -> TravelCosts:
    origin, destination = np.array(list(pairs), dtype=np.int64).reshape(-1, 2).T
    return TravelCosts.from_pairs(origin, destination, list(pairs.values()), shape=(n, m))


@pytest.fixture
def line() -> TravelCosts:
    return table(LINE, 5, 2)


def test_the_examples_in_the_texts_hold() -> None:
    assert doctest.testmod(access).failed == 0


def test_nearest_by_hand(line: TravelCosts) -> None:
    cost, site = access.nearest(line)
    assert cost.tolist() == [5, 10, 15, 10, math.inf]
    assert site.tolist() == [0, 0, 1, 1, -1]


def test_of_equally_near_sites_the_first_is_named() -> None:
    cost, site = access.nearest(table({(0, 1): 7.0, (0, 0): 7.0, (1, 1): 7.0}, 2, 2))
    assert cost.tolist() == [7, 7]
    assert site.tolist() == [0, 1]


def test_opportunities_by_hand(line: TravelCosts) -> None:
    assert access.opportunities(SUPPLY, line, decay.binary(25)).tolist() == [6, 6, 6 + 3, 3, 0]
    assert access.opportunities(SUPPLY, line, decay.steps({10: 1, 30: 0.5})).tolist() == [6, 6 + 0.5 * 3, 0.5 * 6 + 0.5 * 3, 3, 0]


def test_two_step_by_hand(line: TravelCosts) -> None:
    site_0, site_1 = 6 / (100 + 200 + 300), 3 / (200 + 300 + 400)
    expected = [site_0, site_0 + site_1, site_0 + site_1, site_1, 0]
    np.testing.assert_allclose(access.two_step(PEOPLE, SUPPLY, line, decay.binary(30)), expected, rtol=1e-14)


def test_a_pair_exactly_on_the_reach_counts_and_one_beyond_does_not(line: TravelCosts) -> None:
    at_25 = access.two_step(PEOPLE, SUPPLY, line, decay.binary(25))
    just_below = access.two_step(PEOPLE, SUPPLY, line, decay.binary(np.nextafter(25.0, 0)))
    np.testing.assert_allclose(at_25[2], 6 / (100 + 200 + 300) + 3 / (300 + 400), rtol=1e-14)
    np.testing.assert_allclose(just_below[2], 3 / (300 + 400), rtol=1e-14)


def test_enhanced_two_step_by_hand(line: TravelCosts) -> None:
    bands = decay.steps({10: 1.0, 20: 0.68, 30: 0.22})
    site_0 = 6 / (1.0 * 100 + 1.0 * 200 + 0.22 * 300)
    site_1 = 3 / (0.22 * 200 + 0.68 * 300 + 1.0 * 400)
    expected = [site_0, site_0 + 0.22 * site_1, 0.22 * site_0 + 0.68 * site_1, site_1, 0]
    np.testing.assert_allclose(access.two_step(PEOPLE, SUPPLY, line, bands), expected, rtol=1e-14)


def test_three_step_by_hand(line: TravelCosts) -> None:
    """B chooses between weights 1 and 0.22, C between 0.22 and 0.68; A and D have no choice."""
    bands = decay.steps({10: 1.0, 20: 0.68, 30: 0.22})
    b0, b1, c0, c1 = 1 / 1.22, 0.22 / 1.22, 0.22 / 0.90, 0.68 / 0.90
    site_0 = 6 / (1.0 * 100 + b0 * 1.0 * 200 + c0 * 0.22 * 300)
    site_1 = 3 / (b1 * 0.22 * 200 + c1 * 0.68 * 300 + 1.0 * 400)
    expected = [site_0, b0 * site_0 + b1 * 0.22 * site_1, c0 * 0.22 * site_0 + c1 * 0.68 * site_1, site_1, 0]
    np.testing.assert_allclose(access.three_step(PEOPLE, SUPPLY, line, bands), expected, rtol=1e-14)


def test_raam_by_hand_when_nobody_is_torn() -> None:
    """Ways of 0 and 60 minutes at tau 60: everybody stays at home, loads 4 and 6, crowding 4/1 and 6/2, and 1 more for the way."""
    costs = table({(0, 0): 0.0, (0, 1): 60.0, (1, 0): 60.0, (1, 1): 0.0}, 2, 2)
    np.testing.assert_allclose(access.raam([4, 6], [1, 2], costs, tau=60), [4 / 1, 6 / 2], rtol=1e-9)


def test_raam_by_hand_when_a_place_is_torn() -> None:
    """10 people at the first place: x of them go on to the second site until 10 - x = (2 + x) + 30/60, so x = 3.75."""
    costs = table({(0, 0): 0.0, (0, 1): 30.0, (1, 1): 0.0}, 3, 2)
    x = (10 - 2 - 30 / 60) / 2
    np.testing.assert_allclose(access.raam([10, 2, 5], [1, 1], costs, tau=60), [10 - x, 2 + x, math.inf], rtol=1e-9)
    np.testing.assert_allclose(access.raam_crowding([10, 2, 5], [1, 1], costs, tau=60), [10 - x, 2 + x], rtol=1e-9)


def test_the_use_gradient_is_read_at_the_nearest_site(line: TravelCosts) -> None:
    gradient = decay.from_lower_edges({0: 1.0, 10: 0.881, 20: 0.492}, reach=24)
    assert access.gradient_at_nearest(line, gradient).tolist() == [1.0, 0.881, 0.881, 0.881, 0.0]


# --- What is odd ---


def test_a_site_whose_catchment_holds_nobody_gives_nothing() -> None:
    costs = table({(0, 0): 5.0, (0, 1): 5.0, (1, 1): 5.0}, 2, 2)
    for measure in (access.two_step, access.three_step):
        assert measure([0, 10], [7, 2], costs, decay.binary(30))[1] == pytest.approx(2 / 10)
        assert np.isfinite(measure([0, 0], [7, 2], costs, decay.binary(30))).all()
    assert access.two_step([0, 0], [7, 2], costs, decay.binary(30)).tolist() == [0, 0]


def test_nothing_in_nothing_out() -> None:
    for n, m in ((0, 0), (3, 0), (0, 3), (3, 2)):
        costs = TravelCosts.from_pairs([], [], [], shape=(n, m))
        ones = np.ones(n), np.ones(m)
        assert access.two_step(*ones, costs, decay.binary(30)).tolist() == [0] * n
        assert access.three_step(*ones, costs, decay.binary(30)).tolist() == [0] * n
        assert access.opportunities(np.ones(m), costs, decay.binary(30)).tolist() == [0] * n
        assert access.gradient_at_nearest(costs, decay.binary(30)).tolist() == [0] * n
        assert access.raam(*ones, costs, tau=60).tolist() == [math.inf] * n
        assert access.nearest(costs)[0].tolist() == [math.inf] * n
        assert access.nearest(costs)[1].tolist() == [-1] * n


def test_a_site_without_supply_is_used_by_nobody() -> None:
    costs = table({(0, 0): 0.0, (0, 1): 30.0}, 1, 2)
    assert access.raam([10], [0, 5], costs, tau=60)[0] == pytest.approx(10 / 5 + 30 / 60)
    assert access.raam_crowding([10], [0, 5], costs, tau=60).tolist() == [math.inf, pytest.approx(2)]
    assert access.raam([10], [0, 0], costs, tau=60).tolist() == [math.inf]


def test_a_place_without_people_has_its_access_all_the_same() -> None:
    costs = table({(0, 0): 0.0, (1, 0): 60.0}, 2, 1)
    assert access.two_step([10, 0], [1], costs, decay.binary(60)).tolist() == [0.1, 0.1]
    np.testing.assert_allclose(access.raam([10, 0], [5], costs, tau=60), [2, 2 + 1], rtol=1e-9)


def test_three_step_does_not_depend_on_how_wide_the_costs_were_made(line: TravelCosts) -> None:
    wider = table({**LINE, (0, 1): 90.0, (3, 0): 61.0, (4, 0): 75.0}, 5, 2)
    within = decay.gaussian(25, 60)
    np.testing.assert_array_equal(access.three_step(PEOPLE, SUPPLY, wider, within), access.three_step(PEOPLE, SUPPLY, line, within))


@pytest.mark.parametrize(
    ("demand", "supply", "words"),
    [
        ([1, 2, 3, 4], SUPPLY, r"demand has the shape \(4,\)"),
        (PEOPLE, [1, 2, 3], r"supply has the shape \(3,\)"),
        ([1, 2, math.nan, 4, 5], SUPPLY, "demand at position 2 is nan"),
        ([1, 2, -3, 4, 5], SUPPLY, "demand at position 2 is -3"),
        ([1, 2, "many", 4, 5], SUPPLY, "demand at position 2 is 'many', which is no number"),
        ([1, 2, 3, None, 5], SUPPLY, "demand at position 3 is nan"),
        (PEOPLE, [1, -1], "supply at position 1 is -1"),
        (PEOPLE, [math.inf, 1], "supply at position 0 is inf"),
    ],
)
def test_bad_numbers_are_named_with_their_place(line: TravelCosts, demand: list[float], supply: list[float], words: str) -> None:
    for measure in (access.two_step, access.three_step):
        with pytest.raises(ValueError, match=words):
            measure(demand, supply, line, decay.binary(30))
    with pytest.raises(ValueError, match=words):
        access.raam(demand, supply, line, tau=60)


@pytest.mark.parametrize("tau", [0, -1, math.nan, math.inf, None, "60"])
def test_a_tau_that_is_none_is_refused(line: TravelCosts, tau: float) -> None:
    with pytest.raises(ValueError, match="tau"):
        access.raam(PEOPLE, SUPPLY, line, tau)


def test_a_bare_function_is_no_decay(line: TravelCosts) -> None:
    for call in (
        lambda: access.two_step(PEOPLE, SUPPLY, line, lambda cost: 1 / cost),  # type: ignore[arg-type]
        lambda: access.opportunities(SUPPLY, line, np.exp),  # type: ignore[arg-type]
        lambda: access.gradient_at_nearest(line, np.exp),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match="outer limit"):
            call()


def test_inputs_stay_as_they_were(line: TravelCosts) -> None:
    demand, supply, cost = PEOPLE.copy(), SUPPLY.copy(), line.cost.copy()
    for within, _ in DECAYS.values():
        access.two_step(demand, supply, line, within)
        access.three_step(demand, supply, line, within, sites=np.array([2, 1]))
        access.opportunities(supply, line, within)
    access.raam(demand, supply, line, 60)
    np.testing.assert_array_equal(demand, PEOPLE)
    np.testing.assert_array_equal(supply, SUPPLY)
    np.testing.assert_array_equal(line.cost, cost)


# --- Whatever the numbers ---


@dataclass(frozen=True)
class Case:
    demand: np.ndarray
    supply: np.ndarray
    pairs: dict[tuple[int, int], float]

    @property
    def costs(self) -> TravelCosts:
        return table(self.pairs, len(self.demand), len(self.supply))


PERSONS = st.integers(0, 5_000_000).map(lambda cents: cents / 100)
OFFERED = st.integers(0, 5_000).map(lambda cents: cents / 100)
MINUTES = st.sampled_from([0.0, 20.0, 40.0, 60.0, 60.5]) | st.integers(0, 90_000).map(lambda thousandths: thousandths / 1000)


@st.composite
def cases(draw: st.DrawFn, least: int = 0) -> Case:
    n, m = draw(st.integers(least, 7)), draw(st.integers(least, 5))
    every = [(place, site) for place in range(n) for site in range(m)]
    some = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    return Case(
        np.array(draw(st.lists(PERSONS, min_size=n, max_size=n)), dtype=float),
        np.array(draw(st.lists(OFFERED, min_size=m, max_size=m)), dtype=float),
        {pair: draw(MINUTES) for pair in some},
    )


each_decay = pytest.mark.parametrize("name", DECAYS)
each_catchment = pytest.mark.parametrize("measure", CATCHMENTS)


@each_catchment
@each_decay
@given(case=cases())
def test_catchments_agree_with_the_slow_ones(name: str, measure: str, case: Case) -> None:
    (fast, plain), (within, weight) = CATCHMENTS[measure], DECAYS[name]
    np.testing.assert_allclose(
        fast(case.demand, case.supply, case.costs, within), plain(case.demand, case.supply, case.pairs, weight), rtol=1e-9, atol=0
    )


@each_decay
@given(case=cases())
def test_opportunities_and_nearest_agree_with_the_slow_ones(name: str, case: Case) -> None:
    within, weight = DECAYS[name]
    expected = slow.opportunities(len(case.demand), case.supply, case.pairs, weight)
    np.testing.assert_allclose(access.opportunities(case.supply, case.costs, within), expected, rtol=1e-9, atol=0)
    cost, site = access.nearest(case.costs)
    assert list(zip(cost.tolist(), site.tolist(), strict=True)) == slow.nearest(len(case.demand), case.pairs)


def reachable(case: Case, weight: slow.Weight) -> float:
    """Supply of the sites that somebody can reach."""
    return sum(
        offered
        for site, offered in enumerate(case.supply)
        if any(case.demand[place] * weight(cost) > 0 for (place, other), cost in case.pairs.items() if other == site)
    )


@each_catchment
@each_decay
@given(case=cases())
def test_people_times_access_is_the_supply_that_someone_can_reach(name: str, measure: str, case: Case) -> None:
    within, weight = DECAYS[name]
    found = CATCHMENTS[measure][0](case.demand, case.supply, case.costs, within)
    assert found @ case.demand == pytest.approx(reachable(case, weight), rel=1e-9)


@each_catchment
@given(case=cases(), factor=st.integers(1, 50))
def test_twice_the_supply_is_twice_the_access_and_twice_the_people_half(measure: str, case: Case, factor: int) -> None:
    fast, within = CATCHMENTS[measure][0], DECAYS["E2SFCA"][0]
    once = fast(case.demand, case.supply, case.costs, within)
    np.testing.assert_allclose(fast(case.demand, factor * case.supply, case.costs, within), factor * once, rtol=1e-9)
    np.testing.assert_allclose(fast(factor * case.demand, case.supply, case.costs, within), once / factor, rtol=1e-9)


def split(case: Case, share: float) -> Case:
    """The first site in two at the same address."""
    m = len(case.supply)
    twin = {(place, m): cost for (place, site), cost in case.pairs.items() if site == 0}
    return Case(case.demand, np.r_[share * case.supply[0], case.supply[1:], (1 - share) * case.supply[0]], {**case.pairs, **twin})


@each_decay
@given(case=cases(least=1), share=st.floats(0.1, 0.9))
def test_two_step_a_site_in_two_changes_nothing(name: str, case: Case, share: float) -> None:
    halves, within = split(case, share), DECAYS[name][0]
    np.testing.assert_allclose(
        access.two_step(halves.demand, halves.supply, halves.costs, within),
        access.two_step(case.demand, case.supply, case.costs, within),
        rtol=1e-9,
        atol=1e-300,
    )


def test_three_step_and_opportunities_count_sites(line: TravelCosts) -> None:
    """Two half sites are chosen twice as often: that is how 3SFCA is made, and why its numbers hang on what a site is."""
    halves = split(Case(PEOPLE, SUPPLY, LINE), 0.5)
    within = decay.binary(30)
    assert not np.allclose(access.three_step(PEOPLE, SUPPLY, line, within), access.three_step(PEOPLE, halves.supply, halves.costs, within))
    assert access.opportunities(np.ones(2), line, within)[0] == 1
    assert access.opportunities(np.ones(3), halves.costs, within)[0] == 2


@each_decay
@given(case=cases(least=1))
def test_sites_at_one_address_may_be_held_once_with_their_number(name: str, case: Case) -> None:
    halves, within = split(case, 0.5), DECAYS[name][0]
    number = np.r_[2, np.ones(len(case.supply) - 1)]
    np.testing.assert_allclose(
        access.three_step(case.demand, case.supply, case.costs, within, sites=number),
        access.three_step(halves.demand, halves.supply, halves.costs, within),
        rtol=1e-9,
        atol=1e-300,
    )


@given(case=cases(least=1))
def test_without_decay_and_with_everything_in_reach_everybody_has_supply_over_people(case: Case) -> None:
    assume(case.demand.sum() > 0)
    n, m = len(case.demand), len(case.supply)
    every = Case(case.demand, case.supply, {(i, j): case.pairs.get((i, j), 45.0) for i in range(n) for j in range(m)})
    expected = np.full(n, case.supply.sum() / case.demand.sum())
    np.testing.assert_allclose(access.two_step(every.demand, every.supply, every.costs, decay.binary(1000)), expected, rtol=1e-9)


@each_decay
@given(case=cases(least=1), data=st.data())
def test_a_faster_road_helps_those_who_use_it_and_nobody_else(name: str, case: Case, data: st.DataObject) -> None:
    assume(case.pairs)
    pair = data.draw(st.sampled_from(sorted(case.pairs)))
    faster = Case(case.demand, case.supply, {**case.pairs, pair: case.pairs[pair] * data.draw(st.floats(0, 1))})
    within = DECAYS[name][0]
    before = access.two_step(case.demand, case.supply, case.costs, within)
    after = access.two_step(faster.demand, faster.supply, faster.costs, within)
    others = np.arange(len(before)) != pair[0]
    assert after[pair[0]] >= before[pair[0]] * (1 - 1e-9)
    assert (after[others] <= before[others] * (1 + 1e-9)).all()


@each_decay
@given(case=cases(least=1), offered=OFFERED, data=st.data())
def test_another_site_never_lowers_the_total(name: str, case: Case, offered: float, data: st.DataObject) -> None:
    n, m = len(case.demand), len(case.supply)
    new = data.draw(st.dictionaries(st.tuples(st.integers(0, n - 1), st.just(m)), MINUTES))
    more, within = Case(case.demand, np.r_[case.supply, offered], {**case.pairs, **new}), DECAYS[name][0]
    for measure in (access.two_step, access.three_step):
        before = measure(case.demand, case.supply, case.costs, within) @ case.demand
        assert measure(more.demand, more.supply, more.costs, within) @ case.demand >= before * (1 - 1e-9)
    before = access.opportunities(case.supply, case.costs, within)
    assert (access.opportunities(more.supply, more.costs, within) >= before * (1 - 1e-12)).all()
    assert (access.nearest(more.costs)[0] <= access.nearest(case.costs)[0]).all()
    assert (
        access.raam(more.demand, more.supply, more.costs, 60) <= access.raam(case.demand, case.supply, case.costs, 60) * (1 + 1e-9)
    ).all()


@given(case=cases(least=1), offered=OFFERED, data=st.data())
def test_raam_another_site_makes_nobody_worse_off(case: Case, offered: float, data: st.DataObject) -> None:
    n, m = len(case.demand), len(case.supply)
    new = data.draw(st.dictionaries(st.tuples(st.integers(0, n - 1), st.just(m)), MINUTES))
    more = Case(case.demand, np.r_[case.supply, offered], {**case.pairs, **new})
    before = access.raam(case.demand, case.supply, case.costs, 60)
    assert (access.raam(more.demand, more.supply, more.costs, 60) <= before * (1 + 1e-9)).all()


@given(case=cases(least=1), data=st.data())
def test_the_order_of_rows_changes_nothing(case: Case, data: st.DataObject) -> None:
    n, m = len(case.demand), len(case.supply)
    place, site = np.array(data.draw(st.permutations(range(n)))), np.array(data.draw(st.permutations(range(m))))
    pairs = data.draw(st.permutations(sorted(case.pairs)))
    where, which = np.argsort(place), np.argsort(site)
    other = Case(case.demand[place], case.supply[site], {(int(where[i]), int(which[j])): case.pairs[i, j] for i, j in pairs})
    for within, _ in DECAYS.values():
        for measure in (access.two_step, access.three_step):
            expected = measure(case.demand, case.supply, case.costs, within)[place]
            np.testing.assert_allclose(measure(other.demand, other.supply, other.costs, within), expected, rtol=1e-9)
    np.testing.assert_array_equal(access.nearest(other.costs)[0], access.nearest(case.costs)[0][place])
    np.testing.assert_allclose(
        access.raam(other.demand, other.supply, other.costs, 60), access.raam(case.demand, case.supply, case.costs, 60)[place], rtol=1e-9
    )


@given(case=cases(), tau=st.sampled_from([1.0, 20.0, 60.0]))
def test_raam_is_an_equilibrium(case: Case, tau: float) -> None:
    """The proof is in the loads: everybody who can go somewhere does, nobody has a cheaper site, and the loads can be made that way."""
    costs = case.costs
    crowd = access.raam_crowding(case.demand, case.supply, costs, tau)
    total = {(i, j): cost / tau + crowd[j] for (i, j), cost in case.pairs.items()}
    best = [min((total[i, j] for j in range(len(case.supply)) if (i, j) in total), default=math.inf) for i in range(len(case.demand))]
    np.testing.assert_allclose(access.raam(case.demand, case.supply, costs, tau), best, rtol=1e-12)
    load = np.where(case.supply > 0, case.supply * np.where(case.supply > 0, crowd, 0), 0)
    going = np.where(np.isfinite(best), case.demand, 0)
    assert load.sum() == pytest.approx(going.sum(), rel=1e-9, abs=1e-9)
    assert carried(going, load, {pair for pair, sum_ in total.items() if sum_ <= best[pair[0]] * (1 + 1e-9) + 1e-9})


def carried(going: np.ndarray, load: np.ndarray, allowed: set[tuple[int, int]]) -> bool:
    """Whether all people fit into the loads by the allowed pairs (Hall's condition over every set of sites)."""
    m = len(load)
    room = 1e-7 * max(1.0, going.sum())
    for chosen in range(1 << m):
        sites = {j for j in range(m) if chosen >> j & 1}
        captive = sum(going[i] for i in range(len(going)) if going[i] and {j for k, j in allowed if k == i} <= sites)
        if captive > sum(load[j] for j in sites) + room:
            return False
    return True


# --- An independent peer ---


@pytest.mark.parametrize("name", ["2SFCA", "E2SFCA"])
def test_pysal_access_agrees_wherever_it_gives_a_number(name: str) -> None:
    peer = pytest.importorskip("access.fca", reason="pysal/access is in the development requirements; make test installs it")
    pd = pytest.importorskip("pandas")
    rng = np.random.default_rng(3)
    n, m = 400, 60
    origin, destination = np.nonzero(rng.random((n, m)) < 0.2)
    cost = np.r_[rng.uniform(0, 80, len(origin) - 3), [20.0, 40.0, 60.0]].astype(np.float32)
    demand, supply = rng.integers(0, 3000, n).astype(float), rng.integers(1, 5, m).astype(float)
    costs = TravelCosts.from_pairs(origin, destination, cost, shape=(n, m)).narrowed()
    weight = {"2SFCA": None, "E2SFCA": slow.steps({20: 1.0, 40: 0.68, 60: 0.22})}[name]
    theirs = peer.two_stage_fca(
        demand_df=pd.DataFrame({"demand": demand}, index=pd.RangeIndex(n, name="geoid")),
        supply_df=pd.DataFrame({"supply": supply}, index=pd.RangeIndex(m, name="geoid")),
        cost_df=pd.DataFrame({"origin": origin, "dest": destination, "cost": cost}),
        max_cost=60,
        demand_index=True,
        weight_fn=weight,
    ).reindex(range(n))
    ours = access.two_step(demand, supply, costs, DECAYS[name][0])
    known = theirs.notna().to_numpy()
    assert known.sum() > 0.9 * n
    np.testing.assert_allclose(ours[known], theirs[known], rtol=1e-9)
    assert (ours[~known] == 0).all()
