"""Access scores of the nation's block groups: what must hold on the real pairs, whatever the decay, reach or people."""

from __future__ import annotations

import numpy as np
import pytest

from analytics import scores
from analytics.model import answer
from analytics.query import DECAYS, REACHES, WEIGHTS, Query
from analytics.rollup import weighed
from analytics.ways import supply_at, ways
from data.bundle import Tables

DIRECTORY = ("samhsa_2024",)


@pytest.mark.parametrize("decay", DECAYS)
@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("score", [scores.two_step, scores.three_step])
def test_what_people_have_adds_up_to_what_they_can_reach(score: object, reach: str, decay: str, tables: Tables) -> None:
    query = Query(layers=DIRECTORY, reach=reach, decay=decay)
    supply, people = supply_at(query, tables), weighed("adults", tables)
    weights = ways(query, tables).weights(scores.decay_of(query))
    reachable = supply[np.asarray(weights.T @ people) > 0].sum()
    assert (people * score(query, tables)).sum() == pytest.approx(reachable, rel=1e-9)


@pytest.mark.parametrize("weights", WEIGHTS)
def test_the_nations_mean_is_sites_over_people_whatever_the_decay(weights: str, tables: Tables) -> None:
    means = [
        answer(Query(measure="e2sfca", layers=DIRECTORY, weights=weights, decay=decay), tables).figure.value
        for decay in ("bands", "gaussian")
    ]
    assert means[0] == pytest.approx(94 / weighed(weights, tables).sum() * 1e6, rel=1e-9), (
        "all 94 sites of the default supply are within somebody's reach"
    )
    assert means[1] == pytest.approx(means[0], rel=1e-9)


def test_a_wider_reach_never_takes_a_site_away(tables: Tables) -> None:
    hour, two = (scores.sites_in_reach(Query(reach=reach), tables) for reach in ("60", "120"))
    assert (two >= hour).all()
    assert (two > hour).any()


def test_a_slower_road_brings_no_site_nearer(tables: Tables) -> None:
    shipped = scores.sites_in_reach(Query(), tables)
    slow = scores.sites_in_reach(Query(assumptions=(("travel/speed_factor", 0.8),)), tables)
    assert (slow <= shipped).all()
    assert (slow < shipped).any()


def test_a_score_is_zero_exactly_where_no_site_is_in_reach(tables: Tables) -> None:
    query = Query(layers=DIRECTORY)
    np.testing.assert_array_equal(scores.two_step(query, tables) == 0, scores.sites_in_reach(query, tables) == 0)
    # RAAM is infinite where nothing lies within its widest reach, and a number everywhere else.
    np.testing.assert_array_equal(np.isinf(scores.raam(query, tables)), scores.sites_in_reach(query.with_(reach="120"), tables) == 0)


def test_the_gradient_is_read_at_the_nearest_site_and_ends(tables: Tables) -> None:
    gradient = scores.gradient_of(Query())
    assert gradient([0, 9.9, 10, 25, 50, 100, 100.1]).tolist() == [1, 1, 1 - 0.119, 1 - 0.508, 1 - 0.928, 1 - 0.928, 0]
    assert scores.gradient_of(Query(assumptions=(("access/esketamine_gradient_limit", 75.0),)))([75, 76]).tolist() == pytest.approx(
        [0.072, 0]
    )


def test_nobody_in_lower_michigan_is_sent_to_wisconsin_nor_from_kauai_to_honolulu(tables: Tables) -> None:
    """Leelanau County (26089) looks across the lake at Door County; Kauai (15007) lists no site of its own on the default lists."""
    frame = answer(Query(measure="minutes_to_nearest"), tables).frame.set_index("geoid")
    straight = answer(Query(measure="miles_to_nearest"), tables).frame.set_index("geoid")
    assert frame.loc["26089", "value"] > straight.loc["26089", "value"]
    assert frame.loc["15007", "status"] == "no road"
    assert np.isnan(frame.loc["15007", "value"])
    assert frame.loc["02110", "status"] == "no road", "Juneau has no road to Anchorage nor Seattle"


def test_people_inside_a_place_are_spread_around_its_middle(tables: Tables) -> None:
    result = answer(Query(measure="minutes_to_nearest"), tables)
    spread = result.more["spread"]
    known = spread["p50"].notna()
    assert (spread["geoid"] == result.frame["geoid"]).all()
    assert (spread.loc[known, "p10"] <= spread.loc[known, "p50"]).all()
    assert (spread.loc[known, "p50"] <= spread.loc[known, "p90"]).all()
    np.testing.assert_array_equal(spread.loc[known, "p50"], result.frame.loc[known, "value"])
