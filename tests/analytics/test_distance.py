"""Nearest sites, against the distance to every site measured one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.distance import (
    EARTH_RADIUS_MILES,
    Sites,
    chord_from_miles,
    miles_from_chord,
    nearest_site,
    unit_vectors,
    within_by_draws,
)


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
    chord = np.linalg.norm(origins[:, None, :] - sites.points[None, :, :], axis=2)
    return np.column_stack(
        [miles_from_chord(chord[:, own]) @ sites.weight[own] for own in (sites.site == one for one in range(len(sites)))]
    )


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


MILES_A_DEGREE = 2 * np.pi * EARTH_RADIUS_MILES / 360


def test_great_circles_checked_by_hand() -> None:
    quarter = unit_vectors([0, 0, 0], [0, 90, 180])
    chord = np.linalg.norm(quarter[0] - quarter[1:], axis=1)
    np.testing.assert_allclose(miles_from_chord(chord), [90 * MILES_A_DEGREE, 180 * MILES_A_DEGREE])
    assert pytest.approx(69.0934, abs=1e-4) == MILES_A_DEGREE
    new_york, los_angeles = unit_vectors([40.7128, 34.0522], [-74.0060, -118.2437])
    assert miles_from_chord(np.linalg.norm(new_york - los_angeles)) == pytest.approx(2445.6, abs=0.2)  # 3,935.7 km by the haversine
    assert chord_from_miles(float(miles_from_chord(1.2))) == pytest.approx(1.2)


def slow_miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The spherical law of cosines: another formula than the module's."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return EARTH_RADIUS_MILES * math.acos(max(-1.0, min(1.0, cosine)))


coordinates = st.tuples(st.integers(240, 480).map(lambda one: one / 10), st.integers(-1240, -700).map(lambda one: one / 10))
towns = st.lists(st.lists(st.tuples(coordinates, st.integers(1, 5)), min_size=1, max_size=4), min_size=1, max_size=7)


@given(st.lists(coordinates, min_size=1, max_size=6), towns)
def test_nearest_agrees_with_plain_loops_for_towns_however_scattered(people: list, sites: list) -> None:
    flat = [(lat, lon, number, weight / sum(w for _, w in own)) for number, own in enumerate(sites) for (lat, lon), weight in own]
    lat, lon, number, weight = (list(column) for column in zip(*flat, strict=True))
    miles, which = nearest_site(unit_vectors(*zip(*people, strict=True)), Sites(lat, lon, number, weight))
    for (a, b), found, site in zip(people, miles, which, strict=True):
        means = [sum(w / sum(v for _, v in own) * slow_miles(a, b, *point) for point, w in own) for own in sites]
        assert found == pytest.approx(min(means), rel=1e-6, abs=1e-3)
        assert means[site] == pytest.approx(min(means), rel=1e-6, abs=1e-3)


@pytest.mark.parametrize(("latitude", "longitude"), [([-98.0], [32.0]), ([95.0], [0.0]), ([40.0], [-200.0])])
def test_a_point_off_the_globe_is_named(latitude: list[float], longitude: list[float]) -> None:
    with pytest.raises(ValueError, match=r"Point 0 has latitude .* Are they swapped\?"):
        unit_vectors(latitude, longitude)


@pytest.mark.parametrize(("latitude", "longitude"), [([40.0, math.nan], [0.0, 0.0]), ([40.0, 41.0], [0.0, None])])
def test_a_missing_coordinate_is_not_called_swapped(latitude: list[float], longitude: list[float]) -> None:
    with pytest.raises(ValueError, match=r"Point 1 has latitude .*; give both in degrees, or leave the point out\.$"):
        unit_vectors(latitude, longitude)


def test_a_coordinate_that_is_a_text_is_named() -> None:
    with pytest.raises(ValueError, match="The longitude at position 1 is 'west', which is no number"):
        unit_vectors([40.0, 41.0], [-100.0, "west"])


def test_points_that_are_not_sorted_by_site_are_refused() -> None:
    with pytest.raises(ValueError, match="sorted by site"):
        Sites([40.0, 41.0], [-100.0, -100.0], [1, 0], [1.0, 1.0])


def test_reach_is_inclusive_and_a_drawn_point_stands_for_its_site() -> None:
    people = unit_vectors([0.0, 1.0, 3.0], [0.0, 0.0, 0.0])
    sites = Sites([1.0, 3.0], [0.0, 0.0], [0, 0], [0.5, 0.5])  # one site, at one of two points
    one_degree = MILES_A_DEGREE * (1 + 1e-12)
    within = within_by_draws(people, sites, one_degree, np.array([[0], [1]]))
    assert within.tolist() == [[True, True, False], [False, False, True]]
    assert not within_by_draws(people, Sites([], [], [], []), 10, np.empty((2, 0), dtype=np.intp)).any()


def test_nowhere_to_go_is_infinitely_far_and_no_site() -> None:
    nobody = Sites([], [], [], [])
    miles, which = nearest_site(unit_vectors([40.0], [-100.0]), nobody)
    assert miles.tolist() == [np.inf]
    assert which.tolist() == [-1]
    assert nearest_site(np.empty((0, 3)), some_sites([1, 2]))[0].size == 0
