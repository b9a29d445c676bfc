"""Nearest sites, against the distance to every site measured one by one."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.distance import Sites, nearest_site, unit_vectors


def some_sites(counts: list[int], seed: int = 1) -> Sites:
    """Sites with so many points each, near one another, as the points of a town are."""
    rng = np.random.default_rng(seed)
    site = np.repeat(np.arange(len(counts)), counts)
    centre = np.column_stack([rng.uniform(30, 45, len(counts)), rng.uniform(-120, -75, len(counts))])
    points = centre[site] + rng.normal(0, 0.4, (len(site), 2))
    weight = rng.uniform(0.5, 2, len(site))
    return Sites(points[:, 0], points[:, 1], site, weight / np.bincount(site, weight)[site])


def one_by_one(origins: np.ndarray, sites: Sites) -> np.ndarray:
    """Miles from every origin to every site, shape (n, m)."""
    return np.column_stack([sites.miles(origins, np.full(len(origins), site, dtype=np.intp)) for site in range(len(sites))])


@pytest.mark.parametrize("counts", [[1] * 12, [5] * 12, [1, 5, 3, 1, 1, 4, 2, 1, 5, 5], [3], [1]])
def test_nearest_is_the_least_of_all(counts: list[int]) -> None:
    sites = some_sites(counts)
    rng = np.random.default_rng(2)
    origins = unit_vectors(rng.uniform(25, 48, 500), rng.uniform(-124, -70, 500))
    miles, which = nearest_site(origins, sites)
    every = one_by_one(origins, sites)
    np.testing.assert_allclose(miles, every.min(axis=1), rtol=1e-9, atol=1e-6)
    np.testing.assert_array_equal(which, every.argmin(axis=1))


def test_sites_at_the_same_points_are_measured_once_and_the_first_is_named() -> None:
    once = some_sites([3, 3])
    thrice = Sites(np.tile([40.0, 40.1, 40.2], 3), np.tile([-100.0, -100.1, -100.2], 3), np.repeat([0, 1, 2], 3), np.full(9, 1 / 3))
    assert once.distinct().tolist() == [0, 1]
    assert thrice.distinct().tolist() == [0]
    assert nearest_site(unit_vectors([39.0], [-99.0]), thrice)[1].tolist() == [0]


def test_nowhere_to_go_is_infinitely_far_and_no_site() -> None:
    nobody = Sites([], [], [], [])
    miles, which = nearest_site(unit_vectors([40.0], [-100.0]), nobody)
    assert miles.tolist() == [np.inf]
    assert which.tolist() == [-1]
    assert nearest_site(np.empty((0, 3)), some_sites([1, 2]))[0].size == 0
