"""Pairs by distinct address: counted once each, with as many providers as stand there."""

from __future__ import annotations

import numpy as np
import pytest

from analytics import access, decay
from analytics.pairs import addresses, national_pairs, origins, pairs_within
from analytics.supply import on_lists
from analytics.travel import TravelCosts
from analytics.travel_model import RoadMinutes, road_minutes
from analytics.waters import Waters, read_waters
from data.bundle import Tables
from data.parameter import load

E2SFCA = decay.thirds(60, (1.0, 0.68, 0.22))


@pytest.fixture(scope="module")
def model() -> RoadMinutes:
    return road_minutes(load("travel/detour_index").latest, load("travel/speed").latest)


@pytest.fixture(scope="module")
def waters() -> Waters:
    return read_waters(load("travel/waters").latest)


def test_every_provider_has_an_address_and_every_address_a_provider(tables: Tables) -> None:
    found, providers = addresses(tables), tables["providers"]
    assert len(found.of) == len(providers)
    everybody = found.providers_at(np.ones(len(providers), dtype=bool))
    assert everybody.sum() == len(providers)
    assert (everybody > 0).all()
    assert len(found) < len(providers), "several share an address or a town"
    assert (found.sums(np.full(len(providers), 2.0)) == 2 * everybody).all()
    weights = found.points.groupby("site")["weight"].sum()
    np.testing.assert_allclose(weights, 1, rtol=1e-6)


def test_an_address_stands_where_its_providers_do(tables: Tables) -> None:
    found, points = addresses(tables), tables["provider_points"].groupby("provider")
    for position in range(0, len(found.of), 37):
        own = points.get_group(tables["providers"]["id"].iloc[position])[["latitude", "longitude"]].to_numpy()
        there = found.points[found.points["site"] == found.of[position]][["latitude", "longitude"]].to_numpy()
        np.testing.assert_array_equal(own, there)


def test_the_nation_by_address_is_the_nation_by_provider(tables: Tables, model: RoadMinutes) -> None:
    """On every seventeenth block group, where holding each provider by itself is still cheap."""
    found, some = addresses(tables), origins(tables).iloc[::17]
    adults = tables["block_groups"]["adults"].to_numpy(dtype=float)[::17]
    mask = on_lists(tables["providers"], ("samhsa_2024", "named_2026"))
    by_address = TravelCosts.between(some, found.points, 60, model)
    rows = np.concatenate([np.flatnonzero(found.points["site"].to_numpy() == site) for site in found.of])
    count = np.bincount(found.points["site"])[found.of]
    each = found.points.iloc[rows].assign(site=np.repeat(np.arange(len(found.of)), count))
    by_provider = TravelCosts.between(some, each, 60, model)
    once = access.two_step(adults, found.providers_at(mask), by_address, E2SFCA)
    np.testing.assert_allclose(once, access.two_step(adults, mask.astype(float), by_provider, E2SFCA), rtol=1e-9)
    assert once @ adults == pytest.approx(
        mask.sum() - found.providers_at(mask)[~np.isin(np.arange(len(found)), by_address.destination)].sum()
    )
    number = found.providers_at(np.ones(len(mask), dtype=bool))
    np.testing.assert_allclose(
        access.three_step(adults, number, by_address, E2SFCA, sites=number),
        access.three_step(adults, np.ones(len(mask)), by_provider, E2SFCA),
        rtol=1e-9,
    )


def test_pairs_are_built_once_narrow_and_cut_for_a_smaller_reach(tables: Tables, model: RoadMinutes, waters: Waters) -> None:
    widest = national_pairs(tables, model, waters, 120)
    assert widest is national_pairs(tables, model, read_waters(load("travel/waters").latest), 120)
    assert widest.cost.dtype == np.float32
    assert len(widest) <= 6_000_000
    hour = pairs_within(tables, model, waters, 60, 120)
    assert hour.shape == widest.shape
    assert len(hour) == (widest.cost <= 60).sum()
    assert pairs_within(tables, model, waters, 120, 120) is widest


def test_conservation_on_the_nation(tables: Tables, model: RoadMinutes, waters: Waters) -> None:
    """People x access adds up to the sites that someone can reach, whatever the decay: so no mean can judge between decays."""
    found, adults = addresses(tables), tables["block_groups"]["adults"].to_numpy(dtype=float)
    pairs = pairs_within(tables, model, waters, 60, 120)
    supply = found.providers_at(
        tables["providers"]["civilian_outpatient"].to_numpy(dtype=bool) & on_lists(tables["providers"], ("samhsa_2024",))
    )
    reached = supply[np.unique(pairs.destination)].sum()
    assert reached == supply.sum() > 80
    for within in (decay.binary(60), E2SFCA, decay.gaussian(20, 60), decay.exponential(0.05, 60), decay.inverse_power(10, 2, 60)):
        for measure in (access.two_step, access.three_step):
            assert measure(adults, supply, pairs, within) @ adults == pytest.approx(reached, rel=1e-9)
