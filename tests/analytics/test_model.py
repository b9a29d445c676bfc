"""The one road: every measure at every level, against the tables and against a slow second reckoning."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics import status
from analytics.indicators import indicators
from analytics.model import COLUMNS, LIST_STEPS, answer
from analytics.places import places
from analytics.query import LEVELS, Query
from analytics.reach import nearest_miles
from analytics.waters import MAINLAND
from analytics.ways import waters
from data.bundle import Tables
from maps.words import asked_words
from tests.sound import sound

GEOIDS = {"state": "states", "county": "counties", "district": "districts"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("measure", indicators())
def test_every_measure_answers_for_every_place_or_refuses_soundly(measure: str, level: str, tables: Tables) -> None:
    result = answer(Query(measure=measure, level=level), tables)
    if result.refusal is not None:
        assert result.frame.empty
        result = answer(result.refusal.query, tables)
        assert result.refusal is None, "what is offered must be answered"
    level = result.query.level
    frame = result.frame
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["geoid"]) == set(tables[GEOIDS[level]]["geoid"])
    assert frame["geoid"].is_unique
    has_value = frame["status"].isin(list(status.WITH_VALUE))
    assert frame.loc[has_value, "value"].notna().all()
    assert frame.loc[~has_value, ["value", "low", "high"]].isna().all(axis=None)
    assert (frame.loc[frame["status"] == status.ZERO, "value"] == 0).all()
    # A 0 whose interval reaches above it is not known to be nothing.
    surely_none = (frame["value"] == 0) & ~(frame["high"] > 0) & (not result.indicator.categories)
    assert (frame.loc[surely_none, "status"] == status.ZERO).all()
    assert not (frame.loc[frame["high"] > 0, "status"] == status.ZERO).any(), "unknown is not none"
    assert np.isfinite(frame["value"].dropna()).all()
    known = frame.dropna(subset=["low", "high"])
    assert (known["low"] <= known["value"] + 1e-9).all()
    assert (known["value"] <= known["high"] + 1e-9).all()


@pytest.mark.parametrize("measure", [one.id for one in indicators().values() if one.unit == "share"])
def test_shares_lie_between_nothing_and_all(measure: str, tables: Tables) -> None:
    values = answer(sound(measure, tables), tables).frame["value"] if "county" in indicators()[measure].levels else pd.Series(dtype=float)
    assert values.dropna().between(0, 1).all()


def miles_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Haversine in plain Python: another formula than the atlas's own."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 3958.7613 * math.asin(math.sqrt(h))


def said_yes(stated: object) -> bool:
    return stated is not pd.NA and bool(stated)


@pytest.mark.parametrize(
    ("county", "query"), [("09110", Query()), ("28049", Query(modality="esketamine")), ("06037", Query(population="medicaid"))]
)
def test_share_and_median_agree_with_a_slow_reckoning_site_by_site(county: str, query: Query, tables: Tables) -> None:
    providers, points = tables["providers"], tables["provider_points"]
    fits = []
    for row in providers.itertuples():
        listed = any(getattr(row, layer) for layer in query.layers)
        offers = query.modality == "any" or said_yes(getattr(row, query.modality))
        takes = query.population != "medicaid" or said_yes(row.takes_medicaid)
        if listed and row.civilian_outpatient and offers and takes:
            fits.append(row.id)
    by_site = {name: rows[["latitude", "longitude", "weight"]].to_numpy().tolist() for name, rows in points.groupby("provider")}
    blocks = tables["block_groups"]
    blocks = blocks[blocks["county"] == county]
    # Straight lines from the mainland; from an island (Santa Catalina lies in Los Angeles County) the way leads by its ferry.
    blocks = blocks[waters().labels(blocks, "block groups") == waters().names.index(MAINLAND)]
    blocks = blocks[blocks["adults"] > 0].head(25) if len(blocks) > 25 else blocks
    modelled = nearest_miles(query, tables)[blocks.index]
    for block, found in zip(blocks.itertuples(), modelled, strict=True):
        slow = min(
            sum(weight * miles_between(block.latitude, block.longitude, lat, lon) for lat, lon, weight in by_site[name])
            for name in fits
            if abs(by_site[name][0][0] - block.latitude) < 12 and abs(by_site[name][0][1] - block.longitude) < 12
        )
        assert found == pytest.approx(slow, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("state", ["44", "10"])
def test_the_share_of_a_state_agrees_with_plain_loops(state: str, tables: Tables) -> None:
    """Every block group against every site of the default lists within some 300 miles, formula and all."""
    providers, points = tables["providers"], tables["provider_points"]
    listed = providers[providers["civilian_outpatient"] & providers[list(Query().layers)].any(axis=1)]["id"]
    near = points[points["provider"].isin(set(listed)) & points["latitude"].between(34, 47) & points["longitude"].between(-81, -66)]
    sites: dict[str, list[tuple[float, float, float]]] = {}
    for provider, lat, lon, weight in near.itertuples(index=False):
        sites.setdefault(provider, []).append((lat, lon, weight))
    blocks = tables["block_groups"]
    blocks = blocks[blocks["county"].str[:2] == state]
    people = within_30 = within_60 = 0.0
    for block in blocks.itertuples():
        miles = math.inf
        for own in sites.values():
            lat, lon, _ = own[0]
            if abs(lat - block.latitude) > 1.5 or abs(lon - block.longitude) > 2:
                continue  # over 100 miles away
            miles = min(miles, sum(w * miles_between(block.latitude, block.longitude, a, b) for a, b, w in own))
        people += block.adults
        within_30 += block.adults * (miles <= 30)
        within_60 += block.adults * (miles <= 60)
    for measure, slow in (("within_30_miles", within_30), ("within_60_miles", within_60)):
        figure = answer(Query(measure=measure, level="state", place=state), tables).figure
        assert figure is not None
        assert figure.value == pytest.approx(slow / people, abs=1e-4)
        assert figure.people == pytest.approx(people, rel=1e-4)


@pytest.mark.parametrize("measure", ["within_10_miles", "sites"])
def test_sites_that_do_not_say_widen_the_interval(measure: str, tables: Tables) -> None:
    query = Query(measure=measure)
    frame, anyone = answer(query.with_(modality="esketamine"), tables).frame, answer(query, tables).frame
    has_road = (frame["status"] != status.NO_ROAD) & (anyone["status"] != status.NO_ROAD)
    frame, anyone = frame[has_road], anyone[has_road]
    assert (frame["low"] <= frame["value"]).all()
    assert (frame["high"] > frame["value"]).any()
    assert (frame["high"] <= anyone["high"].fillna(anyone["value"]) + 1e-9).all()


def test_a_state_is_its_counties_weighted_by_adults(tables: Tables) -> None:
    counties = answer(Query(level="county"), tables).frame
    states = answer(Query(level="state"), tables).frame.set_index("geoid")
    counties = counties.assign(state=counties["geoid"].str[:2], reached=counties["value"] * counties["people"])
    by_hand = counties.groupby("state")["reached"].sum() / counties.groupby("state")["people"].sum()
    np.testing.assert_allclose(by_hand, states.loc[by_hand.index, "value"], atol=1e-6)


def test_districts_share_out_the_nation_and_lose_nobody(tables: Tables) -> None:
    districts = answer(Query(level="district"), tables).frame
    nation = answer(Query(level="state"), tables).figure
    assert nation is not None
    assert districts["people"].sum() == pytest.approx(262_083_034, rel=1e-6)
    assert (districts["value"] * districts["people"]).sum() / districts["people"].sum() == pytest.approx(nation.value, abs=1e-4)


def test_more_lists_never_reach_fewer_people(tables: Tables) -> None:
    shares = [one.value for one in answer(Query(), tables).lists]
    assert len(shares) == len(LIST_STEPS)
    assert shares == sorted(shares)
    miles = [one.value for one in answer(Query(measure="miles_to_nearest"), tables).lists]
    assert miles == sorted(miles, reverse=True)


def test_the_figures_that_the_inputs_were_read_with_come_out(tables: Tables) -> None:
    """INPUTS gives them for all people in whole per cent; ours are of adults, so a point of leeway."""
    lists = {one.layers[-1]: one.value for one in answer(Query(), tables).lists}
    assert lists["samhsa_2024"] == pytest.approx(0.33, abs=0.01)
    assert lists["own_pages"] == pytest.approx(0.74, abs=0.01)
    assert lists["medicare_claims_2024"] == pytest.approx(0.76, abs=0.01)
    for miles, share in ((30, 0.66), (60, 0.82)):
        figure = answer(Query(measure=f"within_{miles}_miles", modality="esketamine"), tables).figure
        assert figure is not None
        assert figure.value == pytest.approx(share, abs=0.01)


def test_unknown_is_not_no(tables: Tables) -> None:
    frame = answer(Query(modality="esketamine"), tables).frame
    anyone = answer(Query(), tables).frame
    has_road = frame["status"] != status.NO_ROAD
    frame, anyone = frame[has_road], anyone[has_road]
    assert (frame["low"] == frame["value"]).all()
    assert (frame["high"] > frame["value"]).any()
    assert (frame["high"] <= anyone["value"] + 1e-9).all()


def test_a_state_view_is_cut_from_the_nation(tables: Tables) -> None:
    nation = answer(Query(), tables).frame
    state = answer(Query(place="28"), tables).frame
    assert len(state) == 82
    pd.testing.assert_frame_equal(state, nation[nation["geoid"].str.startswith("28")].reset_index(drop=True))


def test_medicare_amounts_are_the_published_ones(tables: Tables) -> None:
    nation = answer(Query(measure="medicare_amount"), tables).figure
    assert nation is not None
    assert nation.value == 1_356.08
    assert answer(Query(measure="medicare_amount"), tables).frame["value"].notna().all()


def test_connecticut_pairs_say_that_they_are_not_had(tables: Tables) -> None:
    frame = answer(Query(measure="medicare_people"), tables).frame.set_index("geoid")
    assert set(frame.loc[["09120", "09190", "09140", "09170"], "status"]) == {status.NO_DATA}
    assert frame["value"].isna().sum() == 5  # the four of Connecticut, and Kalawao
    state = answer(Query(measure="medicare_people", place="09"), tables).figure
    assert state is not None
    assert state.value > 700_000


def test_what_nobody_knows_is_an_error_that_says_so(tables: Tables) -> None:
    with pytest.raises(ValueError, match="no measure “happiness”"):
        answer(Query(measure="happiness"), tables)
    with pytest.raises(ValueError, match="no place “99”"):
        answer(Query(place="99"), tables)


def test_a_visitors_own_list_changes_his_answer_and_nobody_elses(tables: Tables) -> None:
    before = answer(Query(place="28"), tables)
    fewer = tables["providers"].assign(civilian_outpatient=False)
    fewer.loc[fewer.index[:400], "civilian_outpatient"] = True
    own = tables.with_table("providers", fewer)
    assert own.version != tables.version
    assert answer(Query(), own).lists != answer(Query(), tables).lists
    assert answer(Query(place="28"), tables) is before


def test_every_place_has_a_name_of_its_own(tables: Tables) -> None:
    names = [place.short for place in places(tables).values()]
    assert len(names) == len(set(names)) == 1 + 51 + 436 + 3_144


@pytest.mark.parametrize("measure", indicators())
def test_words_are_there_and_sources_are_known(measure: str, tables: Tables) -> None:
    one = indicators()[measure]
    for text in (one.label, one.question, one.why, one.unit_words, one.universe, one.vintage, one.method):
        assert text.strip()
    assert one.finding.format(value="5", place="here", doubt="", providers="a site", none="1 %", **asked_words(Query()))
    assert answer(sound(measure, tables, level=one.levels[-1]), tables).provenance or one.bears == "rate"


@pytest.mark.parametrize(
    "change",
    [
        {"level": "zip"},
        {"modality": "tea"},
        {"population": "x"},
        {"weights": "kids"},
        {"decay": "zzz"},
        {"reach": "45"},
        {"payer": "nobody"},
        {"layers": ("nope",)},
        {"layers": ()},
        {"assumptions": (("travel/speed_factor", 9.0),)},
        {"assumptions": (("happiness", 1.0),)},
    ],
)
def test_a_word_nobody_knows_is_never_taken_for_another(change: dict[str, object], tables: Tables) -> None:
    with pytest.raises(ValueError, match=r"There is no |can be set from"):
        answer(Query().with_(**change), tables)


def test_districts_say_until_when_their_lines_hold_and_which_are_off(tables: Tables) -> None:
    nation = " ".join(answer(Query(level="district"), tables).notes)
    assert "119th Congress, valid to 3 January 2027" in nation
    flagged = tables["districts"].query("flagged")
    assert len(flagged) == 7
    assert all(name in nation for name in flagged["name"])
    assert "differ from" not in " ".join(answer(Query(level="district", place="48"), tables).notes)


def test_kauai_has_no_road_within_ten_miles_either(tables: Tables) -> None:
    frame = answer(Query(measure="within_10_miles"), tables).frame.set_index("geoid")
    assert frame.loc["15007", "status"] == status.NO_ROAD


def test_a_result_is_asked_for_places_in_any_order(tables: Tables) -> None:
    result = answer(Query(measure="uninsured", place="35"), tables)
    rows = result.at(pd.Series(["35013", "48301", "35001"]))
    frame = result.frame.set_index("geoid")
    assert rows["value"].tolist()[::2] == frame.loc[["35013", "35001"], "value"].tolist()
    assert math.isnan(rows["value"].iloc[1])
    assert rows["status"].tolist() == [frame.loc["35013", "status"], status.NO_DATA, frame.loc["35001", "status"]]


@pytest.mark.parametrize("measure", ["patient_cost", "households_over", "barrier_class"])
def test_where_medicares_amount_is_taken_for_a_price_the_answer_says_so(measure: str, tables: Tables) -> None:
    """A payment rule is no price: a map of what who pays oneself pays for esketamine would else pass for one."""

    def said(payer: str, modality: str = "any") -> bool:
        return any("stands in" in note for note in answer(Query(measure=measure, payer=payer, modality=modality), tables).notes)

    assert said("commercial")
    assert said("commercial_copay")
    assert not said("self"), "infusions have published prices"
    assert not said("medicare"), "Part B pays Medicare's amount itself"
    if measure != "barrier_class":
        assert said("self", "esketamine")
