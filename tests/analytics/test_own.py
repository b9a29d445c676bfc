"""Data of one's own laid over the tables: a list of providers as a layer, and travel times in place of modelled minutes."""

from __future__ import annotations

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import own, status
from analytics import tables as tables_module
from analytics.indicators import indicators
from analytics.model import answer, national_frame
from analytics.own import OWN_TRAVEL, check_travel, has_own_travel, layers_of, own_notes, own_ways
from analytics.pairs import addresses
from analytics.query import Query
from analytics.reach import nearest_miles, nearest_minutes
from analytics.refusal import refuse
from analytics.rollup import demand
from analytics.scores import sites_in_reach, three_step, two_step
from analytics.supply import choose
from analytics.ways import sites_at, supply_at
from data.bundle import Tables, shipped
from data.own_providers import read_own_list
from data.user_file import BadRow

GALLATIN, PARK = "30031", "30067"
"""Two neighbours in Montana: Bozeman's county and Livingston's."""
OWN, ONE_LIST = ("own",), ("samhsa_2024",)


def listed(tables: Tables, *rows: str) -> Tables:
    """The tables with a list of name, latitude, longitude, esketamine, capacity."""
    content = "\n".join(["name,latitude,longitude,esketamine,capacity", *rows])
    found = read_own_list(content.encode(), "mine.csv", tables)
    assert not found.bad
    return found.laid_over(tables)


def timed(tables: Tables, *rows: tuple[str, str | None, float]) -> Tables:
    """The tables with these travel times."""
    frame = pd.DataFrame(list(rows), columns=["origin", "destination", "minutes"])
    checked = check_travel(frame, tables)
    assert not checked.bad
    return tables.with_table(OWN_TRAVEL, checked.table)


def blocks_of(county: str, tables: Tables) -> np.ndarray:
    return np.flatnonzero((tables["block_groups"]["county"] == county).to_numpy())


@pytest.fixture(scope="module")
def two(tables: Tables) -> Tables:
    """Two sites of one's own, in Bozeman (esketamine, capacity 2) and in Miami (not said)."""
    return listed(tables, "Bozeman,45.68,-111.04,yes,2", "Miami,25.77,-80.2,,")


@pytest.fixture(scope="module")
def ids(two: Tables) -> tuple[str, str]:
    first, second = two["providers"].loc[two["providers"]["own"], "id"]
    return first, second


@pytest.fixture(scope="module")
def minutes(two: Tables, ids: tuple[str, str]) -> Tables:
    """Gallatin County is 20 minutes from Bozeman, but one block group 50; Park County 70; from Meagher County nothing was found."""
    bozeman, _ = ids
    special = blocks_of(GALLATIN, two)[0]
    return timed(two, (GALLATIN, bozeman, 20), (f"bg-{special}", bozeman, 50), (PARK, bozeman, 70), ("30059", None, np.nan))


def test_the_examples_in_the_texts_hold() -> None:
    assert doctest.testmod(own).failed == 0
    assert doctest.testmod(tables_module).failed == 0


# --- A list ---


def test_a_list_is_a_layer_where_it_is_laid_over_and_nowhere_else(two: Tables, tables: Tables) -> None:
    assert "own" not in layers_of(tables)
    assert list(layers_of(two))[-1] == "own"
    assert choose(Query(layers=OWN), two["providers"]).known.sum() == 2
    assert not choose(Query(layers=OWN), tables["providers"]).known.any()


def test_a_list_that_is_not_at_hand_is_a_refusal_with_a_door(tables: Tables) -> None:
    result = answer(Query(layers=OWN), tables)
    assert result.refusal is not None
    assert "not at hand" in result.refusal.sentence
    assert result.refusal.query == Query()


def test_esketamine_bears_a_rate_once_a_list_says_who_offers_it(two: Tables, tables: Tables) -> None:
    query = Query(measure="e2sfca", modality="esketamine")
    assert refuse(query, indicators()["e2sfca"], tables) is not None
    assert refuse(query.with_(layers=OWN), indicators()["e2sfca"], two) is None
    frame = national_frame(query.with_(layers=OWN), two).set_index("geoid")
    assert frame.loc[GALLATIN, "value"] > 0
    assert frame.loc["12086", "value"] == 0, "Miami's row does not say"
    assert frame.loc["12086", "high"] > 0


def test_what_a_list_offers_is_conserved(two: Tables) -> None:
    """People x access adds up to what somebody can reach: 2 in Bozeman and 1 in Miami."""
    query = Query(layers=OWN)
    assert supply_at(query, two).sum() == 2 + 1
    assert sites_at(query, two).sum() == 1 + 1
    for measure in (two_step, three_step):
        assert measure(query, two) @ demand(two).adults == pytest.approx(2 + 1, rel=1e-9)
    assert sites_in_reach(query, two).max() == 1, "a site of capacity 2 is still one site"


def test_a_capacity_of_two_is_two_sites_of_one(tables: Tables) -> None:
    once = listed(tables, "Ann,45.68,-111.04,,2", "Miami,25.77,-80.2,,")
    twice = listed(tables, "Ann,45.68,-111.04,,1", "Ben,45.68,-111.04,,", "Miami,25.77,-80.2,,")
    query = Query(layers=OWN)
    np.testing.assert_allclose(two_step(query, once), two_step(query, twice), rtol=1e-12)


def test_a_capacity_of_nothing_counts_nowhere(tables: Tables) -> None:
    over = listed(tables, "Full,45.68,-111.04,yes,0", "Miami,25.77,-80.2,,")
    query = Query(layers=OWN)
    assert choose(query, over["providers"]).possible.sum() == 1
    assert nearest_miles(query, over)[blocks_of(GALLATIN, over)].min() > 1_000
    assert national_frame(query.with_(measure="sites"), over).set_index("geoid").loc[GALLATIN, "value"] == 0


def test_whoever_does_not_choose_the_list_sees_the_shipped_figures(two: Tables, tables: Tables) -> None:
    query = Query(layers=ONE_LIST)
    np.testing.assert_array_equal(nearest_miles(query, two), nearest_miles(query, tables))
    np.testing.assert_array_equal(nearest_minutes(query, two), nearest_minutes(query, tables))
    np.testing.assert_allclose(two_step(query, two), two_step(query, tables), rtol=1e-12)
    assert own_notes(Query(), indicators()["e2sfca"], two) == ()


@settings(max_examples=5)
@given(st.lists(st.tuples(st.floats(20, 70), st.floats(-178, -67)), min_size=1, max_size=6))
def test_a_list_however_far_makes_nobodys_way_longer(points: list[tuple[float, float]]) -> None:
    before = nearest_miles(Query(layers=ONE_LIST), shipped())
    content = "\n".join(["name,latitude,longitude", *(f"site {number},{lat:.4f},{lon:.4f}" for number, (lat, lon) in enumerate(points))])
    found = read_own_list(content.encode(), "mine.csv", shipped())
    after = nearest_miles(Query(layers=(*ONE_LIST, "own")), found.laid_over(shipped()))
    assert (after <= before).all()
    if found.sites.empty:
        np.testing.assert_array_equal(after, before)


def test_far_sites_change_no_minutes_for_the_worse(two: Tables, tables: Tables) -> None:
    before, after = nearest_minutes(Query(layers=ONE_LIST), tables), nearest_minutes(Query(layers=(*ONE_LIST, "own")), two)
    assert (after <= before).all()
    montana = np.char.startswith(two["block_groups"]["county"].to_numpy(dtype="U5"), "30")
    assert (after < before)[montana].any()


def test_the_result_says_that_a_list_is_in_use(two: Tables) -> None:
    result = answer(Query(measure="e2sfca", layers=("samhsa_2024", "own")), two)
    said = " ".join(result.notes)
    assert "Your own list is in use (2 rows)" in said
    assert "not in the link" in said
    assert "counts twice" in said
    assert "capacity" in said
    assert result.provenance[0]["publisher"] == "Your own data"
    (alone,) = own_notes(Query(layers=OWN), indicators()["within_30_miles"], two)
    assert "in use" in alone
    assert own_notes(Query(layers=OWN), indicators()["depression"], two) == (), "it rests on no list"


# --- Travel times ---


def test_own_minutes_take_the_place_of_modelled_ones(minutes: Tables, two: Tables) -> None:
    found = nearest_minutes(Query(layers=OWN), minutes)
    gallatin, park = blocks_of(GALLATIN, minutes), blocks_of(PARK, minutes)
    assert found[gallatin[0]] == 50, "a block group's own row goes before its county's"
    assert (found[gallatin[1:]] == 20).all()
    assert (found[park] == 70).all()
    rest = np.setdiff1d(np.arange(len(found)), np.r_[gallatin, park])
    assert np.isinf(found[rest]).all(), "no row, no way: nothing is filled in from the model"
    np.testing.assert_array_equal(nearest_miles(Query(layers=OWN), minutes), nearest_miles(Query(layers=OWN), two))


def test_a_catchment_over_own_minutes_by_hand(minutes: Tables) -> None:
    """At 60 minutes Bozeman's 2 are shared by Gallatin County alone: within 20 minutes they weigh 1, at 50 minutes 0.22."""
    query = Query(layers=OWN)
    adults = demand(minutes).adults
    gallatin = blocks_of(GALLATIN, minutes)
    drawn = adults[gallatin[1:]].sum() + 0.22 * adults[gallatin[0]]
    scores = two_step(query, minutes)
    assert scores[gallatin[1]] == pytest.approx(2 / drawn)
    assert scores[gallatin[0]] == pytest.approx(0.22 * 2 / drawn)
    assert scores[blocks_of(PARK, minutes)].max() == 0
    wider = two_step(query.with_(reach="90", decay="flat"), minutes)
    both = adults[np.r_[gallatin, blocks_of(PARK, minutes)]].sum()
    assert wider[blocks_of(PARK, minutes)] == pytest.approx(2 / both)


def test_places_without_a_row_have_no_figure_and_those_that_reach_nothing_say_so(minutes: Tables) -> None:
    median = national_frame(Query(measure="minutes_to_nearest", layers=OWN), minutes).set_index("geoid")
    assert median.loc[GALLATIN, "value"] == 20
    assert median.loc[PARK, "value"] == 70
    assert median.loc["30059", "status"] == status.BEYOND_REACH
    assert median.loc["30001", "status"] == status.NO_DATA
    hour = national_frame(Query(measure="within_60_minutes", layers=OWN), minutes).set_index("geoid")
    assert (hour.loc[GALLATIN, "value"], hour.loc[PARK, "value"]) == (1, 0)
    assert hour.loc[PARK, "status"] == status.ZERO
    assert hour.loc["30059", "status"] == status.ZERO
    assert hour.loc["30001", "status"] == status.NO_DATA
    crowding = national_frame(Query(measure="raam", layers=OWN), minutes).set_index("geoid")
    assert crowding.loc[GALLATIN, "status"] == status.MODELLED
    assert crowding.loc["30059", "status"] == status.BEYOND_REACH
    assert crowding.loc["30001", "status"] == status.NO_DATA


@pytest.mark.parametrize("measure", ["within_60_minutes", "minutes_to_nearest", "e2sfca", "sites_in_reach"])
def test_a_part_does_not_read_as_the_whole(measure: str, minutes: Tables) -> None:
    for level, place in (("state", "30"), ("nation", "us")):
        frame = national_frame(Query(measure=measure, level=level, layers=OWN), minutes)
        assert frame.set_index("geoid").loc[place, "status"] == status.NO_DATA


def test_miles_stand_where_they_stood(minutes: Tables, two: Tables) -> None:
    query = Query(measure="within_30_miles", layers=OWN)
    pd.testing.assert_frame_equal(national_frame(query, minutes), national_frame(query, two))
    assert own_notes(query, indicators()["within_30_miles"], minutes) == own_notes(query, indicators()["within_30_miles"], two)
    gradient = query.with_(measure="use_gradient", modality="esketamine")
    pd.testing.assert_frame_equal(national_frame(gradient, minutes), national_frame(gradient, two))


def test_over_half_beyond_the_table_lies_beyond_it(two: Tables, ids: tuple[str, str]) -> None:
    """The median counts those who have no way: leaving them out would bring the site nearer than it is."""
    park = blocks_of(PARK, two)
    adults = demand(two).adults[park]
    few = park[np.argsort(adults)][: int((np.cumsum(np.sort(adults)) < 0.4 * adults.sum()).sum())]
    rows = [(f"bg-{one}", None, np.nan) for one in park if one not in few]
    over = timed(two, *[(f"bg-{one}", ids[0], 30.0) for one in few], *rows)
    found = national_frame(Query(measure="minutes_to_nearest", layers=OWN), over).set_index("geoid").loc[PARK]
    assert found["status"] == status.BEYOND_REACH
    share = national_frame(Query(measure="within_30_minutes", layers=OWN), over).set_index("geoid").loc[PARK]
    assert share["value"] == pytest.approx(demand(over).adults[few].sum() / adults.sum())


def test_the_way_to_a_provider_is_not_the_way_to_its_neighbour(tables: Tables) -> None:
    over = listed(tables, "Ann,45.68,-111.04,yes,", "Ben,45.68,-111.04,no,")
    first, second = over["providers"].loc[over["providers"]["own"], "id"]
    assert len(addresses(over)) < len(over["providers"])
    timed_ = timed(over, (GALLATIN, first, 30), (GALLATIN, second, 10))
    assert len(addresses(timed_)) == len(over["providers"])
    gallatin = blocks_of(GALLATIN, over)[1]
    assert nearest_minutes(Query(layers=OWN), timed_)[gallatin] == 10
    assert nearest_minutes(Query(layers=OWN, modality="esketamine"), timed_)[gallatin] == 30


def test_the_result_says_that_minutes_are_ones_own(minutes: Tables) -> None:
    result = answer(Query(measure="e2sfca", layers=OWN, place=GALLATIN), minutes)
    assert result.figure is not None
    assert result.figure.value == pytest.approx(1e6 * 2 / demand(minutes).adults[blocks_of(GALLATIN, minutes)].sum(), rel=1e-6), "all of it"
    said = " ".join(result.notes)
    assert "In place of modelled minutes stand those of your own table (4 rows)" in said
    assert "(100 % of adults) are left out" in said
    assert [source["title"] for source in result.provenance[:2]] == ["a list of providers", "travel times"]


@settings(max_examples=8)
@given(st.data())
def test_unfolding_agrees_with_a_dictionary(data: st.DataObject) -> None:
    """Slow and plain: for each block group its own row, else its county's."""
    tables = shipped()
    providers = tables["providers"]["id"].tolist()[:3]
    blocks = tables["block_groups"]["county"]
    counties = [GALLATIN, PARK, "15005"]
    origins = counties + [f"bg-{row}" for county in counties for row in np.flatnonzero(blocks == county)[:2]]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(origins), st.sampled_from(providers)), unique=True, min_size=1, max_size=12))
    rows = [(origin, provider, float(data.draw(st.integers(0, 200)))) for origin, provider in pairs]
    said = {(origin, provider): minutes for origin, provider, minutes in rows}
    over = timed(tables, *rows)
    costs = own_ways(over)
    sites = {int(addresses(over).of[position]): provider for position, provider in enumerate(providers)}
    found = {(int(o), sites[int(d)]): float(c) for o, d, c in zip(costs.origin, costs.destination, costs.cost, strict=True)}
    expected = {
        (row, provider): said.get((f"bg-{row}", provider), said.get((blocks[row], provider)))
        for row in np.flatnonzero(blocks.isin(counties))
        for provider in providers
    }
    assert found == {pair: minutes for pair, minutes in expected.items() if minutes is not None}
    assert len(own_ways(over, 60)) == sum(minutes <= 60 for minutes in found.values())


def test_unknown_ids_and_negative_minutes_are_named_and_the_rest_is_used(tables: Tables) -> None:
    first = tables["providers"]["id"].iloc[0]
    frame = pd.DataFrame(
        [
            (GALLATIN, first, "12"),
            ("1001", first, "1"),
            ("bg-999999", first, "1"),
            (GALLATIN, "nobody", "1"),
            (PARK, first, "-1"),
            (PARK, "", ""),
        ],
        columns=["origin", "destination", "minutes"],
    ).assign(line=[2, 3, 4, 5, 6, 7])
    checked = check_travel(frame, tables, (BadRow(9, "has 2 cells where the heading has 3"),))
    assert checked.bad == (
        BadRow(3, "the origin 1001 is not known"),
        BadRow(4, "the origin bg-999999 is not known"),
        BadRow(5, "the destination nobody is not known"),
        BadRow(6, f"the way from {PARK} to {first} takes -1 minutes" if len(first) < 40 else checked.bad[3].reason),
        BadRow(9, "has 2 cells where the heading has 3"),
    )
    assert checked.said == "2 of 7 rows are used."
    assert not has_own_travel(tables)


def test_a_table_of_which_nothing_can_be_used_is_an_error(tables: Tables) -> None:
    frame = pd.DataFrame({"origin": ["x"], "destination": ["y"], "minutes": [1.0]})
    with pytest.raises(ValueError, match="None of the 1 rows of travel times can be used: line 2: the origin x is not known"):
        check_travel(frame, tables)


def test_a_table_that_unfolds_to_too_many_pairs_is_refused(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = len(blocks_of(GALLATIN, tables))
    frame = pd.DataFrame({"origin": [GALLATIN], "destination": [tables["providers"]["id"].iloc[0]], "minutes": [1.0]})
    monkeypatch.setattr(own, "MOST_PAIRS", blocks)
    assert len(check_travel(frame, tables).table) == 1
    monkeypatch.setattr(own, "MOST_PAIRS", blocks - 1)
    with pytest.raises(ValueError, match=f"unfold to {blocks} pairs"):
        check_travel(frame, tables)


def test_times_for_a_list_that_is_gone_are_an_error_and_no_silent_gap(minutes: Tables, tables: Tables) -> None:
    stray = tables.with_table(OWN_TRAVEL, minutes[OWN_TRAVEL])
    with pytest.raises(ValueError, match="do not belong to these providers"):
        own_ways(stray)


def test_people_and_places_are_kept_once_for_all_lists(two: Tables, tables: Tables) -> None:
    assert demand(two) is demand(tables)
    assert two.version != tables.version


def test_lists_are_not_compared_over_a_table_that_names_the_sites_of_one(minutes: Tables) -> None:
    result = answer(Query(measure="within_60_minutes", layers=OWN, place=GALLATIN), minutes)
    assert [one.layers for one in result.lists] == [OWN]
    assert result.list_range == (1, 1)
    straight = answer(Query(measure="within_30_miles", layers=OWN, place=GALLATIN), minutes)
    assert len(straight.lists) > 1, "miles are had for every list"
