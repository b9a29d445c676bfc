"""Why this number? The parts against plain loops on a small country, and that they add up on the real one."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics import scores, status
from analytics.behind import people_here
from analytics.explain import COLUMNS, SHOWN, explain
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.model import answer
from analytics.places import level_of
from analytics.query import DECAYS, LAYERS, Query
from analytics.refusal import refuse
from analytics.rollup import block_membership, demand
from data.bundle import Tables
from data.parameter import load
from tests.analytics import slow
from tests.analytics.small import Small
from tests.sound import sound

DIRECTORY = ("samhsa_2024",)
PLACES = ("20001", "20003", "31001", "2001", "2002", "20", "us")
FLOAT32 = 1e-5
"""Pairs of the nation are kept as float32; the loops use double precision."""


def weight_of(decay: str, reach: float) -> slow.Weight:
    shape = load("access/decay_shapes").latest
    bands = load("access/e2sfca_weights").latest
    return {
        "flat": slow.binary(reach),
        "bands": slow.steps({reach * (band + 1) / 3: weight for band, weight in enumerate(bands)}),
        "gaussian": slow.gaussian(shape["gaussian_scale"] * reach, reach),
        "exponential": slow.exponential(shape["exponential_rate"] / reach, reach),
        "inverse_power": slow.inverse_power(shape["inverse_power_scale"] * reach, shape["inverse_power"], reach),
    }[decay]


def slow_parts(measure: str, country: Small, place: str, weight: slow.Weight, weights: str) -> dict[str, float]:
    """Part of each site: one after another alone is given its ratio, all others none, and the mean over the place is taken."""
    here, everybody = country.people_of(place, weights), country.people_of("us", weights)
    pairs = country.costs("minutes")
    n, m = len(here), len(country["providers"])
    chosen = dict.fromkeys(pairs, 1.0)
    if measure == "three_sfca":
        for i in range(n):
            total = sum(weight(pairs[i, j]) for j in range(m))
            chosen |= {(i, j): weight(pairs[i, j]) / total if total > 0 else 0.0 for j in range(m)}
    parts = {}
    for j in range(m):
        pull = [chosen[i, j] * weight(pairs[i, j]) for i in range(n)]
        crowd = sum(people * one for people, one in zip(everybody, pull, strict=True))
        ratio = 1.0 if measure == "sites_in_reach" else 1 / crowd if crowd > 0 else 0.0
        scale = 1 if measure == "sites_in_reach" else 1_000_000
        parts[f"site-{j}"] = scale * sum(people * one for people, one in zip(here, pull, strict=True)) * ratio / sum(here)
    return {name: part for name, part in parts.items() if part > 0}


def asked(measure: str, **changes: object) -> Query:
    return Query(measure=measure, layers=DIRECTORY).with_(**changes)


@pytest.mark.parametrize(
    ("measure", "decay"),
    [("sites_in_reach", "bands"), ("two_sfca", "gaussian"), *(("e2sfca", one) for one in DECAYS), *(("three_sfca", one) for one in DECAYS)],
)
def test_parts_of_catchments_are_those_of_the_loops(measure: str, decay: str) -> None:
    country = Small(1)
    weight = weight_of("flat" if measure in ("sites_in_reach", "two_sfca") else decay, 60)
    for place, weights in [*((place, "adults") for place in PLACES), ("20", "depression"), ("us", "distress")]:
        result = explain(asked(measure, decay=decay, weights=weights), place, country)
        expected = slow_parts(measure, country, place, weight, weights)
        found = dict(zip(result.frame["provider"], result.frame["part"], strict=True))
        assert found == pytest.approx(expected, rel=FLOAT32), place
        assert result.figure is not None
        assert result.frame["part"].sum() == pytest.approx(result.figure.value, rel=1e-12)
        assert result.frame["share"].sum() == pytest.approx(1)


def test_what_stands_beside_a_part_makes_it() -> None:
    """Part = a million x people x weight / those who share it / all people here; minutes and weight are means over the people."""
    country = Small(3)
    here, pairs, weight = country.people_of("20"), country.costs("minutes"), weight_of("gaussian", 60)
    for row in explain(asked("e2sfca", decay="gaussian"), "20", country).frame.itertuples():
        assert row.part == pytest.approx(1_000_000 * row.people * row.weight / row.sharing / sum(here), rel=1e-9)
        j = int(row.provider.removeprefix("site-"))
        near = [i for i in range(len(here)) if pairs[i, j] <= 60]
        people = sum(here[i] for i in near)
        assert row.people == pytest.approx(people)
        assert row.minutes == pytest.approx(sum(here[i] * pairs[i, j] for i in near) / people, rel=FLOAT32)
        assert row.weight == pytest.approx(sum(here[i] * weight(pairs[i, j]) for i in near) / people, rel=FLOAT32)


def slow_nearest(country: Small, place: str, unit: str, limit: float = math.inf) -> dict[str, float]:
    """People of the place by their nearest site; the two sites at one address have half of their address's people each."""
    pairs, m = country.costs(unit), len(country["providers"])
    gone: dict[str, float] = {}
    for i, people in enumerate(country.people_of(place)):
        best = min(range(m), key=lambda j: pairs[i, j])
        if pairs[i, best] <= limit and people > 0:
            for j in [0, 1] if best in (0, 1) else [best]:
                gone[f"site-{j}"] = gone.get(f"site-{j}", 0) + people / (2 if best in (0, 1) else 1)
    return gone


@pytest.mark.parametrize("seed", [4, 5])
@pytest.mark.parametrize(("limit", "unit"), [(30, "miles"), (60, "miles"), (30, "minutes"), (60, "minutes")])
def test_a_share_within_reach_is_shared_out_over_the_nearest(limit: int, unit: str, seed: int) -> None:
    country = Small(seed, sites=5)
    for place in PLACES:
        result = explain(asked(f"within_{limit}_{unit}"), place, country)
        everybody, expected = sum(country.people_of(place)), slow_nearest(country, place, unit, limit)
        found = result.frame.set_index("provider")
        assert found["people"].to_dict() == pytest.approx(expected, rel=FLOAT32)
        assert found["part"].to_dict() == pytest.approx({name: people / everybody for name, people in expected.items()}, rel=FLOAT32)
        assert result.figure is not None
        assert found["part"].sum() == pytest.approx(result.figure.value, rel=1e-12)
        assert found["people"].sum() + result.more["apart"]["people"].sum() == pytest.approx(everybody)


@pytest.mark.parametrize("unit", ["miles", "minutes"])
def test_a_median_is_shared_out_over_people_and_found_at_a_block_group(unit: str) -> None:
    country = Small(6, sites=5)
    for place in PLACES:
        result = explain(asked(f"{unit}_to_nearest"), place, country)
        expected = slow_nearest(country, place, unit)
        assert result.frame.set_index("provider")["people"].to_dict() == pytest.approx(expected, rel=FLOAT32)
        assert result.frame["share"].sum() == pytest.approx(1)
        assert result.frame["part"].isna().all(), "a median has no parts"
        assert result.figure is not None
        (middle,) = result.more["median"].to_dict("records")
        assert middle["value"] == result.figure.value
        assert middle["people"] in country["block_groups"]["adults"].to_list()
        assert str(middle["county"]) in " ".join(result.notes)


def test_minutes_stand_beside_miles() -> None:
    country = Small(7, sites=5)
    minutes, miles, here = country.costs("minutes"), country.costs("miles"), country.people_of("us")
    for row in explain(asked("miles_to_nearest"), "us", country).frame.itertuples():
        j = int(row.provider.removeprefix("site-"))
        mine = [i for i, people in enumerate(here) if people > 0 and min(range(5), key=lambda k: miles[i, k]) in {j, 0 if j == 1 else j}]
        people = sum(here[i] for i in mine)
        assert row.minutes == pytest.approx(sum(here[i] * minutes[i, j] for i in mine) / people, rel=FLOAT32)
        assert row.miles == pytest.approx(sum(here[i] * miles[i, j] for i in mine) / people, rel=FLOAT32)


def test_the_use_gradient_is_read_at_the_nearest_site_of_everybody() -> None:
    country = Small(8, sites=4)
    lost, miles, here = load("access/esketamine_gradient").latest, country.costs("miles"), country.people_of("20")
    result = explain(asked("use_gradient", modality="esketamine"), "20", country)
    expected: dict[str, float] = {}
    for i, people in enumerate(here):
        best = min(range(4), key=lambda j: miles[i, j])
        share = 1 - float(lost[max(edge for edge in lost if edge <= miles[i, best])])
        for j in [0, 1] if best in (0, 1) else [best]:
            expected[f"site-{j}"] = expected.get(f"site-{j}", 0) + people * share / sum(here) / (2 if best in (0, 1) else 1)
    found = dict(zip(result.frame["provider"], result.frame["part"], strict=True))
    assert found == pytest.approx({name: part for name, part in expected.items() if part > 0}, rel=FLOAT32)
    assert result.figure is not None
    assert result.frame["part"].sum() == pytest.approx(result.figure.value, rel=1e-12)


def test_raam_sends_everybody_where_crowding_and_way_cost_least() -> None:
    country = Small(9, sites=4)
    query, pairs, tau = asked("raam"), country.costs("minutes"), load("access/raam_tau").number()
    result = explain(query, "20", country)
    crowding = scores.crowding(query, country)[[0, 0, 1, 2]]  # the first two sites share an address
    gone: dict[str, float] = {}
    for i, people in enumerate(country.people_of("20")):
        sums = [pairs[i, j] / tau + crowding[j] if pairs[i, j] <= 120 else math.inf for j in range(4)]
        best = [j for j in range(4) if sums[j] <= min(sums) * (1 + 1e-6)]
        addresses = len({0 if j == 1 else j for j in best})
        for j in best:
            gone[f"site-{j}"] = gone.get(f"site-{j}", 0) + people / addresses / (2 if j in (0, 1) else 1)
    found = result.frame.set_index("provider")
    assert found["people"].to_dict() == pytest.approx({name: people for name, people in gone.items() if people > 0}, rel=FLOAT32)
    assert found["crowding"].to_dict() == pytest.approx({name: crowding[int(name[-1])] for name in found.index})
    # Supply is rescaled to equal the people: a crowding of 1 is everybody over all sites.
    assert found["sharing"].to_list() == pytest.approx((found["crowding"] * sum(country.people_of("us")) / 4).to_list())
    assert result.figure is not None
    assert result.more["median"]["value"].iloc[0] == pytest.approx(result.figure.value)


def test_listed_sites_stand_in_the_place() -> None:
    country = Small(10)
    inside = country["providers"][country["providers"]["county"] == "20001"]["id"].to_list()
    result = explain(asked("sites"), "20001", country)
    assert result.frame["provider"].to_list() == inside
    assert (result.frame["part"] == 1).all()
    rate = explain(asked("sites_per_100k", level="state"), "20", country)
    adults = sum(country.people_of("20"))
    assert rate.frame["part"].to_list() == pytest.approx([100_000 / adults] * len(rate.frame))
    assert rate.figure is not None
    assert rate.frame["part"].sum() == pytest.approx(rate.figure.value, rel=1e-12)


def test_sites_at_one_address_give_the_same() -> None:
    country = Small(11)
    rows = explain(asked("e2sfca"), "us", country).frame.set_index("provider")
    assert rows.loc["site-0", "part"] == rows.loc["site-1", "part"]
    alone = Small(11, change={"samhsa_2024": [True, False, *[True] * 7]})
    one = explain(asked("e2sfca"), "us", alone).frame.set_index("provider")
    assert "site-1" not in one.index
    assert one.loc["site-0", "part"] == pytest.approx(rows.loc["site-0", "part"]), "nationwide each site that is reached gives one site"
    assert any("one address" in note for note in explain(asked("e2sfca"), "us", country).notes)
    assert not any("one address" in note for note in explain(asked("e2sfca"), "us", alone).notes)


def test_a_site_that_offers_more_gives_more() -> None:
    country = Small(11, change={"capacity": [3.0, 1.0, *[np.nan] * 7]})
    for measure in ("two_sfca", "e2sfca", "three_sfca"):
        result = explain(asked(measure), "us", country)
        rows = result.frame.set_index("provider")["part"]
        assert rows["site-0"] == pytest.approx(3 * rows["site-1"])
        assert result.figure is not None
        assert rows.sum() == pytest.approx(result.figure.value, rel=1e-12)
    alike = explain(asked("sites_in_reach"), "us", country).frame.set_index("provider")["part"]
    assert alike["site-0"] == alike["site-1"]
    loads = explain(asked("raam"), "us", country).frame.set_index("provider")
    assert loads.loc["site-0", "people"] == pytest.approx(3 * loads.loc["site-1", "people"])


@pytest.mark.parametrize("measure", ["sites_in_reach", "two_sfca", "e2sfca", "three_sfca", "within_60_minutes", "within_30_miles"])
def test_with_travel_times_of_ones_own_the_parts_add_up_as_well(measure: str) -> None:
    country = Small(15).with_own_travel(longest=50, without=("20005",))
    for place in ("20001", "31001", "20", "us"):
        result = explain(asked(measure), place, country)
        assert result.figure is not None
        total = result.figure.value
        if result.figure.status == status.NO_DATA:
            assert place == "20" or place == "us"  # too many people of Gamma County are left out
            continue
        assert result.frame["part"].sum() == pytest.approx(total, rel=1e-12)
        if measure.startswith("within"):
            assert result.frame["people"].sum() + result.more["apart"]["people"].sum() == pytest.approx(sum(country.people_of(place)))


def test_minutes_are_those_of_ones_own_table() -> None:
    country = Small(16, sites=5)
    twice = country.with_own_travel(longest=math.inf)
    twice["own_travel"]["minutes"] *= 2
    for measure in ("minutes_to_nearest", "miles_to_nearest", "within_30_miles"):
        usual, own = (explain(asked(measure), "us", one).frame.set_index("provider")["minutes"] for one in (country, twice))
        # In a table of one's own two sites at one address are two, and of equal ways the first is taken.
        assert own.to_dict() == pytest.approx((2 * usual).drop("site-1").to_dict(), rel=FLOAT32)
    short = explain(asked("miles_to_nearest"), "us", country.with_own_travel(longest=20)).frame
    assert short["minutes"].isna().any(), "a mean over those who have a way would not be theirs"
    far = explain(asked("minutes_to_nearest"), "us", country.with_own_travel(longest=20))
    assert far.more["apart"]["words"].to_list() == ["no way to any such site in your travel times"]


# --- The real country ---

CATCHMENTS = [("sites_in_reach", "bands"), ("two_sfca", "bands"), *((name, one) for name in ("e2sfca", "three_sfca") for one in DECAYS)]


@pytest.mark.parametrize(("measure", "decay"), CATCHMENTS)
def test_the_parts_add_up_to_the_value_shown(measure: str, decay: str, tables: Tables) -> None:
    layers = DIRECTORY
    for reach, place in [("60", "06037"), ("60", "0612"), ("90", "36"), ("120", "us")]:
        query = Query(measure=measure, decay=decay, reach=reach, layers=layers)
        result = explain(query, place, tables)
        shown = answer(query.with_(place=place), tables).figure
        assert shown is not None
        assert shown.value > 0
        assert result.frame["part"].sum() == pytest.approx(shown.value, rel=1e-12)
        assert result.frame["share"].sum() == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("measure", ["within_10_miles", "within_30_miles", "within_100_miles", "within_60_minutes", "use_gradient"])
@pytest.mark.parametrize("place", ["06037", "26055", "0200", "25", "us"])
def test_shares_add_up_to_the_value_shown(measure: str, place: str, tables: Tables) -> None:
    """Also weighted, and with Alaska's people without a road kept apart."""
    query = Query(measure=measure, modality="esketamine", weights="distress")
    result = explain(query, place, tables)
    shown = answer(query.with_(place=place), tables).figure
    assert shown is not None
    assert shown.value > 0 or place == "26055"
    assert result.frame["part"].sum() == pytest.approx(shown.value, rel=1e-12)
    here = people_here(query, tables, block_membership(level_of(place), tables).of(place), "miles")
    assert result.frame["people"].sum() + result.more["apart"]["people"].sum() == pytest.approx(here.total)


@pytest.mark.parametrize("measure", ["miles_to_nearest", "minutes_to_nearest"])
@pytest.mark.parametrize("place", ["30031", "02", "us"])
def test_everybody_with_a_road_has_a_nearest_site(measure: str, place: str, tables: Tables) -> None:
    result = explain(Query(measure=measure), place, tables)
    here = people_here(Query(), tables, block_membership(level_of(place), tables).of(place), "miles")
    assert result.frame["people"].sum() == pytest.approx(here.people[~here.roadless].sum())
    assert result.frame["share"].sum() == pytest.approx(1)
    assert result.figure is not None
    (middle,) = result.more["median"].to_dict("records")
    assert middle["value"] == result.figure.value
    named = result.frame[result.frame["sites"] == 1]
    assert named["minutes"].notna().all(), "minutes also where the measure is in miles, however far"


def test_a_long_list_keeps_its_sum_in_one_last_row(tables: Tables) -> None:
    frame = explain(Query(), "us", tables).frame
    assert len(frame) == SHOWN + 1
    last = frame.iloc[-1]
    assert last["provider"] == ""
    assert last["name"] == f"{last['sites']:,} further sites"
    assert last["sites"] > 100
    assert last["people"] > frame["people"].iloc[0]
    assert frame["share"].iloc[:-1].is_monotonic_decreasing
    assert list(frame.columns) == list(COLUMNS)


def test_a_row_says_what_the_tables_say_of_its_site(tables: Tables) -> None:
    query = Query(measure="within_30_miles")
    frame = explain(query, "30031", tables).frame
    providers = tables["providers"].set_index("id")
    for row in frame.itertuples():
        own = providers.loc[row.provider]
        assert (row.name, row.city, row.state, row.point_quality) == (own["name"], own["city"], own["state"], own["point_quality"])
        assert row.layers == ", ".join(LAYERS[layer] for layer in query.layers if own[layer])
        assert row.status == status.MODELLED
    assert (explain(Query(measure="sites"), "30031", tables).frame["status"] == status.OBSERVED).all()


def test_where_no_road_leads_nobody_is_sent(tables: Tables) -> None:
    for measure in ("within_60_minutes", "miles_to_nearest", "sites_in_reach"):
        result = explain(Query(measure=measure), "15007", tables)
        assert result.frame.empty
        assert result.figure is not None
        assert result.figure.status == status.NO_ROAD
        assert result.more["apart"]["status"].to_list() == [status.NO_ROAD]
        assert result.more["apart"]["people"].sum() == pytest.approx(
            demand(tables).adults[tables["block_groups"]["county"] == "15007"].sum()
        )


def test_a_zero_has_nobody_behind_it(tables: Tables) -> None:
    result = explain(Query(measure="e2sfca", layers=DIRECTORY), "30031", tables)
    assert result.refusal is None
    assert result.figure is not None
    assert result.figure.status == status.ZERO
    assert result.frame.empty
    assert list(result.frame.columns) == list(COLUMNS)
    assert result.more["apart"]["words"].to_list() == ["no such site within 60 minutes"]


# --- What is not told ---


@pytest.mark.parametrize("one", indicators().values(), ids=list(indicators()))
def test_every_measure_is_explained_or_refused_with_a_reason(one: Indicator, tables: Tables) -> None:
    query = sound(one.id, tables)
    # What would rank states or districts by how a list was made is told of counties alone.
    place = "06037" if one.bears == "count" else {"state": "06", "county": "06037", "district": "0612"}[one.levels[-1]]
    result = explain(query, place, tables)
    if one.uses_providers and one.group == "Getting there" and not one.categories:
        assert result.refusal is None
        assert not result.frame.empty
    elif one.uses_providers:
        assert result.refusal is not None
        assert "several figures" in result.refusal.sentence
        assert explain(result.refusal.query, place, tables).refusal is None
    else:
        assert result.refusal is not None
        assert "not made from sites" in result.refusal.sentence
        assert result.refusal.query == query.with_(place=place), "the figure itself, with its source"
        assert result.frame.empty


def test_a_refused_measure_stays_refused(tables: Tables) -> None:
    query = Query(measure="e2sfca")
    refused = explain(query, "06037", tables).refusal
    assert refused is not None
    assert refused == refuse(query.with_(place="06037"), indicators()["e2sfca"], tables)


@pytest.mark.parametrize(
    ("measure", "level", "place", "above"), [("sites", "county", "0612", "06"), ("sites_per_100k", "state", "06037", "06")]
)
def test_where_the_place_has_no_figure_the_state_is_offered(measure: str, level: str, place: str, above: str, tables: Tables) -> None:
    result = explain(asked(measure, level=level), place, tables)
    assert result.refusal is not None
    assert result.refusal.query.place == above
    assert explain(result.refusal.query, above, tables).refusal is None


def test_a_measure_of_several_figures_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.explain.behind", lambda query, tables, here: None)
    result = explain(asked("within_30_miles"), "us", Small(12))
    assert result.refusal is not None
    assert "several figures" in result.refusal.sentence


@pytest.mark.parametrize(("measure", "place", "words"), [("nothing", "us", "no measure"), ("e2sfca", "99", "no place")])
def test_what_nobody_knows_is_an_error(measure: str, place: str, words: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match=words):
        explain(Query(measure=measure), place, tables)


def test_the_tables_stay_as_they_were() -> None:
    country = Small(13)
    before = {name: frame.copy() for name, frame in country.frames.items()}
    for measure in ("e2sfca", "miles_to_nearest", "raam", "within_10_miles"):
        explain(asked(measure), "20", country)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(country[name], frame)


def test_a_place_without_people_has_nothing_to_explain() -> None:
    country = Small(14)
    country["block_groups"].loc[country["block_groups"]["county"] == "20001", "adults"] = 0.0
    for measure in ("e2sfca", "within_30_miles", "miles_to_nearest", "within_10_miles", "raam"):
        result = explain(asked(measure), "20001", country)
        assert result.frame.empty
        assert result.figure is not None
        assert np.isnan(result.figure.value)
