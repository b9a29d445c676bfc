"""From everybody to the nearest site, list by list, and where a site known only by its city may stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.pairs import site_points
from analytics.query import DEFAULT_LAYERS, Query
from analytics.reach import DRAWS, nearest_miles, sites, within_draws
from analytics.supply import choose
from analytics.ways import without_road
from data.bundle import Tables


def test_the_nearest_over_lists_is_the_least_of_theirs(tables: Tables) -> None:
    each = [nearest_miles(Query(layers=(layer,)), tables) for layer in DEFAULT_LAYERS]
    np.testing.assert_array_equal(nearest_miles(Query(), tables), np.minimum.reduce(each))
    roadless = without_road(Query(), tables)
    assert 0 < roadless.sum() < 1_000, "some islands and roadless Alaska"
    np.testing.assert_array_equal(np.isfinite(nearest_miles(Query(), tables)), ~roadless)


def test_sites_that_may_fit_are_never_farther_than_those_known_to(tables: Tables) -> None:
    query = Query(modality="esketamine")
    known, possible, anyone = nearest_miles(query, tables), nearest_miles(query, tables, possible=True), nearest_miles(Query(), tables)
    assert (possible <= known).all()
    assert (possible < known).any()
    assert (anyone <= possible).all()


def test_a_list_without_such_a_site_is_infinitely_far(tables: Tables) -> None:
    assert np.isinf(nearest_miles(Query(modality="im", layers=("samhsa_2024",)), tables)).all()


def test_every_site_has_points_that_make_one_whole_site(tables: Tables) -> None:
    points = site_points(tables)
    weights = points.groupby("position")["weight"].sum()
    assert weights.index.tolist() == list(range(len(tables["providers"])))
    np.testing.assert_allclose(weights, 1, atol=1e-9)
    assert points.groupby("position").size().between(1, 5).all()
    mask = choose(Query(), tables["providers"]).known
    chosen, positions = sites(mask, tables)
    assert len(chosen) == len(positions) == mask.sum()
    assert (positions == mask.nonzero()[0]).all()


def test_a_point_of_nobodys_is_an_error_that_names_the_check(tables: Tables) -> None:
    stray = pd.concat(
        [tables["provider_points"], pd.DataFrame({"provider": ["nobody"], "latitude": [40.0], "longitude": [-90.0], "weight": [1.0]})]
    )
    with pytest.raises(ValueError, match=r"run `python -m data check`"):
        site_points(tables.with_table("provider_points", stray))
    lacking = tables.with_table("provider_points", tables["provider_points"].iloc[5:])
    with pytest.raises(ValueError, match="no point"):
        sites(np.ones(len(tables["providers"]), dtype=bool), lacking)


def test_draws_are_the_same_twice_and_bracket_the_certain(tables: Tables) -> None:
    query = Query(layers=("samhsa_2024",))
    once = within_draws(query, tables, 10)
    assert once.shape == (DRAWS, len(tables["block_groups"]))
    np.testing.assert_array_equal(once, within_draws(query, tables, 10))
    exact = tables["providers"]["point_quality"].ne("city")
    certain = choose(query, tables["providers"]).known & exact.to_numpy()
    assert certain.any()
    only = tables.with_table("providers", tables["providers"].assign(civilian_outpatient=certain))
    assert (once | ~within_draws(query, only, 10)).all(), "a site with one point stands there in every draw"


def test_more_lists_reach_more_in_every_single_draw(tables: Tables) -> None:
    fewer, more = within_draws(Query(layers=DEFAULT_LAYERS[:2]), tables, 10), within_draws(Query(layers=DEFAULT_LAYERS[:3]), tables, 10)
    assert (more | ~fewer).all()
