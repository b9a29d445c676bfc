"""Where measures agree: five places by hand, a slow second reckoning in plain Python, what must hold, and the real tables."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import status
from analytics.agreement import agreement, layers_agreement, measures_for, usual_measures
from analytics.compared import FOUND_BY_COLUMNS, PAIR_COLUMNS, PARTING_COLUMNS, compared
from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import DEFAULT_LAYERS, LEVELS, MODALITIES, POPULATIONS, Query
from analytics.refusal import RATE_LAYERS, refuse
from data.bundle import Tables

M, Z, NONE, ROADLESS = status.MODELLED, status.ZERO, status.NO_DATA, status.NO_ROAD
NAN = float("nan")


def rows(value: list[float], states: list[str] | None = None, people: list[float] | None = None) -> pd.DataFrame:
    """A measure's frame for places a, b, c ..."""
    geoids = [chr(ord("a") + place) for place in range(len(value))]
    return pd.DataFrame(
        {
            "geoid": geoids,
            "name": [one.upper() for one in geoids],
            "value": value,
            "status": pd.Categorical(states or [Z if one == 0 else M for one in value], categories=list(status.ALL)),
            "people": people or [float(10 ** (place % 6)) for place in range(len(value))],
        }
    )


def pair_of(first: pd.DataFrame, second: pd.DataFrame, worse: tuple[str, str] = ("low", "low")) -> pd.Series:
    pairs, _, _ = compared({"one": first, "two": second}, {"one": worse[0], "two": worse[1]}, "county")
    assert tuple(pairs.columns) == PAIR_COLUMNS
    return pairs.iloc[0]


# --- Five and a few more places by hand ---


def test_five_places_of_which_each_measure_finds_another() -> None:
    # The first finds a (worst fifth: 1 of 5), the second b; they share none of the two.
    pair = pair_of(rows([1, 2, 3, 4, 5]), rows([2, 1, 3, 4, 5]))
    assert pair["places"] == 5
    assert [pair["both_found"], pair["first_found"], pair["second_found"]] == [0, 1, 1]
    assert [pair["share_of_first"], pair["share_of_second"], pair["jaccard"]] == [0, 0, 0]
    assert pair["people_parted"] == 1 + 10
    assert math.isnan(pair["zero_jaccard"]), "no zero is found, so there is nothing to overlap"
    assert pair["rank_reason"] == "few"


def test_five_places_minutes_against_a_score_that_is_mostly_zero() -> None:
    """Minutes: 1 of 5 is worst off (c). Score: three at zero (a, b, c) and 0.2 * 2 = 0.4, nearer to none, of the other two."""
    pair = pair_of(rows([70, 80, 90, 20, 10]), rows([0, 0, 0, 2, 3]), ("high", "low"))
    assert [pair["both_found"], pair["first_found"], pair["second_found"]] == [1, 1, 3]
    assert pair["share_of_first"] == 1 / 1
    assert pair["share_of_second"] == pair["jaccard"] == pair["jaccard_most"] == 1 / 3
    assert [pair["zero_first"], pair["zero_second"], pair["zero_both"], pair["zero_jaccard"]] == [0, 3, 0, 0]
    assert pair["people_parted"] == 1 + 10
    assert [pair["rank_places"], pair["rest_places"]] == [5, 2]
    assert pair["tied"] == 3 / 5


def test_a_place_without_data_counts_in_no_figure_of_the_pair() -> None:
    # Of the first the fifth is of five (a), of the second of five (f); a is unknown to the second, f to the first.
    first = rows([1, 2, 3, 4, 5, NAN], [M, M, M, M, M, NONE])
    second = rows([NAN, 5, 4, 3, 2, 1], [NONE, M, M, M, M, M])
    pair = pair_of(first, second)
    assert pair["places"] == 4
    assert [pair["both_found"], pair["first_found"], pair["second_found"]] == [0, 0, 0]
    assert math.isnan(pair["jaccard"])
    assert pair["people_parted"] == 0


def test_no_road_stands_with_zero() -> None:
    first = rows([NAN, 5, 4, 3, 2, 1], [ROADLESS, M, M, M, M, M])
    second = rows([NAN, 0, 2, 3, 4, 5], [ROADLESS, Z, M, M, M, M])
    pair = pair_of(first, second, ("high", "low"))
    assert [pair["places"], pair["rank_places"], pair["rest_places"]] == [6, 5, 4]
    assert [pair["zero_first"], pair["zero_second"], pair["zero_both"], pair["zero_jaccard"]] == [1, 2, 1, 1 / 2]
    # First: a and the worst of five, b. Second: a, b, and 0.2 * 4 = 0.8, so the worst of the other four, c.
    assert [pair["both_found"], pair["first_found"], pair["second_found"], pair["jaccard"]] == [2, 2, 3, 2 / 3]


def test_ranks_go_by_spearman_from_the_worst_off() -> None:
    """Ten places, the second in the same order but for one exchange of neighbours: 1 - 6 * (1 + 1) / (10 * (100 - 1))."""
    first, second = [float(one) for one in range(1, 11)], [2.0, 1.0, *(float(one) for one in range(3, 11))]
    assert pair_of(rows(first), rows(second))["rank_correlation"] == pytest.approx(1 - 6 * 2 / (10 * 99), rel=1e-12)
    # Miles fall as shares rise: both say the same of everybody.
    assert pair_of(rows(first), rows([11 - one for one in first]), ("low", "high"))["rank_correlation"] == pytest.approx(1, rel=1e-12)


def test_ranks_refuse_over_a_fifth_of_ties_and_not_at_a_fifth() -> None:
    ten = [float(one) for one in range(1, 11)]
    two_tie = pair_of(rows(ten), rows([1, 1, *ten[2:]]))
    assert [two_tie["tied"], two_tie["rank_reason"]] == [2 / 10, ""]
    # Mean rank 1.5 for the two: 1 - (sum of squares) by the covariance of ranks: (82.5 - 0.5 / 2) over both spreads.
    assert two_tie["rank_correlation"] == pytest.approx((82.5 - 0.5) / math.sqrt(82.5 * (82.5 - 0.5)), rel=1e-12)
    three_tie = pair_of(rows(ten), rows([1, 1, 1, *ten[3:]]))
    assert [three_tie["tied"], three_tie["rank_reason"]] == [3 / 10, "tied"]
    assert math.isnan(three_tie["rank_correlation"])


def test_above_zero_ranks_are_had_where_zeros_forbid_them() -> None:
    value = [0.0] * 10 + [float(one) for one in range(1, 11)]
    pair = pair_of(rows(value), rows(value))
    assert [pair["rank_places"], pair["tied"], pair["rank_reason"]] == [20, 10 / 20, "tied"]
    assert [pair["rest_places"], pair["rest_reason"]] == [10, ""]
    assert pair["rest_correlation"] == pytest.approx(1, rel=1e-12)


def test_where_two_part_most_is_told_with_the_fewest_ranks_that_ties_allow() -> None:
    # The first ranks a..f 1 to 6. The second has a, b, c at zero (1 to 3 each) and f, e, d as 4, 5, 6.
    _, parting, _ = compared({"one": rows([1, 2, 3, 4, 5, 6]), "two": rows([0, 0, 0, 9, 8, 7])}, {"one": "low", "two": "low"}, "county")
    assert tuple(parting.columns) == PARTING_COLUMNS
    # f: 6 against 4, d: 4 against 6, two ranks each, and f has more people; e, a, b, c not at all.
    assert list(parting["geoid"]) == ["f", "d"]
    assert list(parting["gap"]) == [2, 2]
    assert parting.iloc[0][["rank_first", "last_rank_first", "rank_second", "last_rank_second"]].tolist() == [6, 6, 4, 4]
    assert parting.iloc[0][["value_first", "value_second", "name"]].tolist() == [6, 7, "F"]


def test_ten_places_are_named_at_most() -> None:
    up = [float(one) for one in range(1, 25)]
    _, parting, _ = compared({"one": rows(up), "two": rows(up[::-1])}, {"one": "low", "two": "low"}, "county")
    assert len(parting) == 10
    assert list(parting["gap"]) == sorted(parting["gap"], reverse=True)
    assert parting["gap"].iloc[0] == 24 - 1


def test_how_many_measures_find_a_place() -> None:
    # One of five each: the first a, the second a, the third b.
    frames = {"one": rows([1, 2, 3, 4, 5]), "two": rows([1, 3, 2, 4, 5]), "three": rows([2, 1, 3, 4, 5])}
    pairs, _, found_by = compared(frames, dict.fromkeys(frames, "low"), "county")
    assert list(zip(pairs["first"], pairs["second"], strict=True)) == [("one", "two"), ("one", "three"), ("two", "three")]
    assert tuple(found_by.columns) == FOUND_BY_COLUMNS
    assert list(found_by["places"]) == [3, 1, 1, 0]
    assert list(found_by["people"]) == [100 + 1_000 + 10_000, 10, 1, 0]


def test_a_place_that_one_frame_lacks_counts_as_unknown() -> None:
    pair = pair_of(rows([1, 2, 3, 4, 5]), rows([1, 2, 3, 4, 5]).iloc[1:])
    assert pair["places"] == 4


def test_where_nothing_is_known_there_is_nothing_to_tell() -> None:
    nothing = rows([NAN] * 3, [NONE] * 3)
    pairs, parting, found_by = compared({"one": nothing, "two": nothing}, {"one": "low", "two": "high"}, "county")
    assert pairs["places"].tolist() == [0]
    assert pairs[["jaccard", "zero_jaccard", "share_of_first", "rank_correlation"]].isna().all(axis=None)
    assert parting.empty
    assert found_by["places"].sum() == 0


# --- A slow second reckoning ---


def slow_class(value: float, state: str, worse: str) -> str:
    """zero, rest or unknown."""
    if state in ("beyond reach", "no road") or (state in ("zero", "modelled", "observed") and value == 0 and worse == "low"):
        return "zero"
    return "rest" if state in ("zero", "modelled", "observed") else "unknown"


def slow_found(values: list[float], states: list[str], worse: str) -> list[bool]:
    """Groups of places that tie are taken from the worst on, as long as that comes nearer to a fifth of the rest, or as near."""
    kinds = [slow_class(value, state, worse) for value, state in zip(values, states, strict=True)]
    rest = [value for value, kind in zip(values, kinds, strict=True) if kind == "rest"]
    taken: set[float] = set()
    count = 0
    for value in sorted(set(rest), reverse=worse == "high"):
        more = count + rest.count(value)
        # In fifths, so that nothing is rounded.
        if abs(5 * more - len(rest)) > abs(5 * count - len(rest)):
            break
        taken.add(value)
        count = more
    return [kind == "zero" or (kind == "rest" and value in taken) for value, kind in zip(values, kinds, strict=True)]


def slow_ranks(values: list[float]) -> list[float]:
    """Mean ranks, 1 for the least."""
    return [sum(other < one for other in values) + (1 + sum(other == one for other in values)) / 2 for one in values]


def slow_correlation(first: list[float], second: list[float]) -> float | None:
    if len(first) < 10 or max(max(one.count(value) for value in one) / len(one) for one in (first, second)) > 0.2:
        return None
    a, b = slow_ranks(first), slow_ranks(second)
    mean = (len(a) + 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    return top / math.sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))


STATES = st.sampled_from([M, M, M, M, M, M, NONE, status.SUPPRESSED, ROADLESS, status.BEYOND_REACH])
NUMBERS = st.one_of(st.integers(0, 4).map(float), st.floats(0.001, 500).map(lambda one: round(one, 3)))


@st.composite
def measured(draw: st.DrawFn, places: int) -> tuple[list[float], list[str]]:
    states = draw(st.lists(STATES, min_size=places, max_size=places))
    values = draw(st.lists(NUMBERS, min_size=places, max_size=places))
    states = [Z if state == M and value == 0 else state for value, state in zip(values, states, strict=True)]
    return [value if state in (M, Z) else NAN for value, state in zip(values, states, strict=True)], states


@st.composite
def two_measures(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]]:
    places = draw(st.integers(1, 26))
    people = draw(st.lists(st.integers(0, 9_999).map(float), min_size=places, max_size=places))
    worse = draw(st.tuples(st.sampled_from(["low", "high"]), st.sampled_from(["low", "high"])))
    return rows(*draw(measured(places)), people), rows(*draw(measured(places)), people), worse


@given(two_measures())
def test_a_slow_reckoning_finds_the_same(case: tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]]) -> None:
    first, second, worse = case
    given_ = [
        (frame["value"].tolist(), frame["status"].astype(str).tolist(), end) for frame, end in zip((first, second), worse, strict=True)
    ]
    kinds = [[slow_class(value, state, end) for value, state in zip(values, states, strict=True)] for values, states, end in given_]
    found = [slow_found(*one) for one in given_]
    both = [place for place in range(len(first)) if kinds[0][place] != "unknown" and kinds[1][place] != "unknown"]
    sets = [{place for place in both if one[place]} for one in found]
    zeros = [{place for place in both if one[place] == "zero"} for one in kinds]
    pair = pair_of(first, second, worse)
    assert pair["places"] == len(both)
    assert [pair["both_found"], pair["first_found"], pair["second_found"]] == [len(sets[0] & sets[1]), len(sets[0]), len(sets[1])]
    for column, part, whole in (
        ("share_of_first", sets[0] & sets[1], sets[0]),
        ("share_of_second", sets[0] & sets[1], sets[1]),
        ("jaccard", sets[0] & sets[1], sets[0] | sets[1]),
        ("zero_jaccard", zeros[0] & zeros[1], zeros[0] | zeros[1]),
    ):
        assert math.isnan(pair[column]) if not whole else pair[column] == pytest.approx(len(part) / len(whole), rel=1e-12)
    assert [pair["zero_both"], pair["zero_first"], pair["zero_second"]] == [len(zeros[0] & zeros[1]), len(zeros[0]), len(zeros[1])]
    assert pair["people_parted"] == pytest.approx(sum(first["people"][place] for place in sets[0] ^ sets[1]), rel=1e-12)

    better = [[(value if end == "low" else -value) for value in values] for values, _, end in given_]
    valued = [place for place in both if not any(math.isnan(values[place]) for values, _, _ in given_)]
    rest = [place for place in valued if kinds[0][place] == kinds[1][place] == "rest"]
    for column, count, chosen in (("rank_correlation", "rank_places", valued), ("rest_correlation", "rest_places", rest)):
        slow = slow_correlation(*([one[place] for place in chosen] for one in better))
        assert pair[count] == len(chosen)
        assert math.isnan(pair[column]) if slow is None else pair[column] == pytest.approx(slow, rel=1e-9, abs=1e-12)


@given(two_measures())
def test_the_gap_is_the_fewest_ranks_over_every_way_to_break_ties(case: tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]]) -> None:
    first, second, worse = case
    _, parting, _ = compared({"one": first, "two": second}, {"one": worse[0], "two": worse[1]}, "county")
    order = []
    for frame, end in ((first, worse[0]), (second, worse[1])):
        kinds = [slow_class(value, state, end) for value, state in zip(frame["value"], frame["status"], strict=True)]
        order.append(
            [
                -math.inf if kind == "zero" else NAN if kind == "unknown" else value if end == "low" else -value
                for kind, value in zip(kinds, frame["value"], strict=True)
            ]
        )
    both = [place for place in range(len(first)) if not math.isnan(order[0][place]) and not math.isnan(order[1][place])]
    gaps = {}
    for place in both:
        possible = []
        for one in order:
            before = sum(one[other] < one[place] for other in both)
            possible.append(range(before + 1, before + sum(one[other] == one[place] for other in both) + 1))
        gaps[first["geoid"][place]] = min(abs(a - b) for a in possible[0] for b in possible[1])
    slow = sorted((-gap, -float(first.set_index("geoid")["people"][place]), place) for place, gap in gaps.items() if gap)
    assert [(-gap, place) for gap, _, place in slow[:10]] == list(zip(parting["gap"], parting["geoid"], strict=True))


# --- What must hold ---

SYMMETRIC = ["places", "both_found", "jaccard", "jaccard_most", "zero_both", "zero_jaccard", "rank_places", "tied", "rank_correlation"]
SYMMETRIC += ["rank_reason", "rest_places", "rest_correlation", "rest_reason", "people_parted"]
TURNED = {"first_found": "second_found", "share_of_first": "share_of_second", "zero_first": "zero_second"}


@given(two_measures())
def test_first_and_second_may_be_exchanged(case: tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]]) -> None:
    first, second, worse = case
    there, back = pair_of(first, second, worse), pair_of(second, first, worse[::-1])
    for column in SYMMETRIC:
        assert there[column] == back[column] or there[column] == pytest.approx(back[column], rel=1e-12, nan_ok=True), column
    for one, other in TURNED.items():
        assert there[one] == pytest.approx(back[other], nan_ok=True)
        assert there[other] == pytest.approx(back[one], nan_ok=True)


@given(two_measures())
def test_a_measure_agrees_wholly_with_itself(case: tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]]) -> None:
    first, _, (worse, _) = case
    pairs, parting, found_by = compared({"one": first, "two": first}, {"one": worse, "two": worse}, "county")
    pair = pairs.iloc[0]
    assert pair["both_found"] == pair["first_found"] == pair["second_found"]
    assert pair["jaccard"] == 1 or pair["first_found"] == 0
    assert pair["zero_jaccard"] == 1 or pair["zero_first"] == 0
    assert pair["rank_correlation"] == pytest.approx(1, rel=1e-12) or pair["rank_reason"]
    assert pair["people_parted"] == 0
    assert parting.empty
    assert found_by["places"].iloc[1] == 0


@given(two_measures(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case: tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]], chance: object) -> None:
    first, second, worse = case
    ends = {"one": worse[0], "two": worse[1]}
    mixed = []
    for frame in (first, second):
        order = list(range(len(frame)))
        chance.shuffle(order)
        mixed.append(frame.iloc[order].reset_index(drop=True))
    for plain, shuffled in zip(
        compared({"one": first, "two": second}, ends, "county"), compared({"one": mixed[0], "two": mixed[1]}, ends, "county"), strict=True
    ):
        pd.testing.assert_frame_equal(plain.reset_index(drop=True), shuffled.reset_index(drop=True))


def test_frames_stay_as_they_were() -> None:
    first, second = rows([0, 2, 3, 4, 5]), rows([2, 1, 3, 4, 0])
    before = first.copy(), second.copy()
    compared({"one": first, "two": second}, {"one": "low", "two": "low"}, "county")
    pd.testing.assert_frame_equal(first, before[0])
    pd.testing.assert_frame_equal(second, before[1])


# --- The real tables ---


def test_the_usual_measures_are_those_for_everyone_within_the_reach_that_was_asked(tables: Tables) -> None:
    assert usual_measures(Query(), tables) == ("minutes_to_nearest", "within_60_minutes", "e2sfca")
    assert usual_measures(Query(reach="90"), tables) == ("minutes_to_nearest", "within_90_minutes", "e2sfca")
    assert measures_for(Query(measure="raam"), tables) == (
        "minutes_to_nearest",
        "within_60_minutes",
        "e2sfca",
        "two_sfca",
        "three_sfca",
        "raam",
    )
    assert "within_30_miles" in measures_for(Query(), tables), "the page's own measure comes along"
    assert "median_income" not in measures_for(Query(measure="median_income"), tables)
    assert measures_for(Query(measure="miles_to_nearest", population="veteran"), tables) == ("minutes_to_nearest", "miles_to_nearest")


@pytest.mark.parametrize("query", [Query(), Query(place="48"), Query(level="state"), Query(level="district", place="06037")])
def test_measures_are_compared_on_one_list_and_with_the_maps_own_values(query: Query, tables: Tables) -> None:
    measures = usual_measures(query, tables)
    result = agreement(query, measures, tables)
    assert result.refusal is None
    assert len(result.frame) == 3
    assert result.modelled
    assert any("SAMHSA directory 2024" in one for one in result.notes)
    assert {source["publisher"] for source in result.provenance}
    maps = {one: answer(query.with_(measure=one, layers=RATE_LAYERS), tables).frame for one in measures}
    for pair in result.frame.itertuples():
        assert pair.places == len(maps[pair.first])
        assert pair.zero_second == maps[pair.second]["status"].isin([Z, ROADLESS]).sum()
    for row in result.more["parting"].itertuples():
        shown = maps[row.first].set_index("geoid").loc[row.geoid]
        assert row.value_first == pytest.approx(shown["value"], nan_ok=True)
        assert row.people == shown["people"]
    found_by = result.more["found_by"]
    assert found_by["people"].sum() == pytest.approx(maps["e2sfca"]["people"].sum())


def test_share_within_reach_and_catchment_score_have_the_same_zeros(tables: Tables) -> None:
    frame = agreement(Query(), ("within_60_minutes", "e2sfca", "two_sfca", "three_sfca"), tables).frame
    assert (frame["zero_jaccard"] == 1).all()
    assert (frame["rank_reason"] == "tied").all(), "four counties in five score zero on the one list that bears a rate"


def test_lists_fit_for_a_rate_stay_as_they_were_chosen(tables: Tables) -> None:
    chosen = agreement(Query(layers=("samhsa_2024", "samhsa_2023")), ("e2sfca", "minutes_to_nearest"), tables)
    assert not any("same list" in one for one in chosen.notes)
    nearest = agreement(Query(), ("minutes_to_nearest", "within_60_minutes"), tables)
    assert not any("same list" in one for one in nearest.notes), "nearest and within reach bear every list"


def test_lists_are_compared_one_by_one(tables: Tables) -> None:
    result = layers_agreement(Query(place="48"), tables)
    assert result.refusal is None
    assert len(result.frame) == 6  # 4 * 3 / 2 pairs
    assert list(dict.fromkeys(result.frame["first"])) == list(DEFAULT_LAYERS[:-1])
    alone = answer(Query(place="48", layers=("named_2026",)), tables).frame
    pair = result.frame[result.frame["first"] == "named_2026"].iloc[0]
    assert pair["zero_first"] == alone["status"].isin([Z, ROADLESS]).sum()


def test_lists_are_compared_by_a_measure_that_every_list_bears(tables: Tables) -> None:
    score = Query(measure="e2sfca", layers=RATE_LAYERS, place="06")
    result = layers_agreement(score, tables)
    assert result.query.measure == result.indicator.id == "within_60_minutes"
    assert result.query.layers == DEFAULT_LAYERS, "one list alone is compared with all current ones"
    veterans = layers_agreement(Query(measure="sites", population="veteran"), tables)
    assert veterans.query.measure == "minutes_to_nearest", "sixteen sites bear no share"
    assert any("Left out" in one for one in veterans.notes)
    assert "named_2026" not in set(veterans.frame["first"]) | set(veterans.frame["second"])
    assert layers_agreement(Query(measure="median_income", place="48"), tables).query.measure == "within_60_minutes"


def test_the_same_question_is_reckoned_once(tables: Tables) -> None:
    measures = usual_measures(Query(place="48"), tables)
    assert agreement(Query(place="48"), measures, tables) is agreement(Query(place="48"), measures, tables)
    assert layers_agreement(Query(place="48"), tables) is layers_agreement(Query(place="48"), tables)


# --- Refusals ---

REFUSED = [
    (Query(), ("e2sfca",), "needs two measures"),
    (Query(), ("e2sfca", "e2sfca"), "needs two measures"),
    (Query(), (), "needs two measures"),
    (Query(), ("e2sfca", "medicaid_people"), "Neither end of “people with Medicaid”"),
    (Query(place="44"), ("minutes_to_nearest", "e2sfca"), "Rhode Island has 5 counties"),
    (Query(place="11"), ("minutes_to_nearest", "e2sfca"), "District of Columbia has 1 county"),
    (Query(place="48", level="state"), ("minutes_to_nearest", "e2sfca"), "Texas has 1 state"),
    (Query(measure="miles_to_nearest", population="veteran"), ("minutes_to_nearest", "e2sfca"), "16 sites"),
    (Query(), ("use_gradient", "e2sfca"), "known for esketamine"),
    (Query(measure="medicare_people"), ("e2sfca", "raam", "rucc", "medicare_people"), "Neither end"),
    (Query(level="district"), ("e2sfca", "median_income"), "must not be averaged"),
    (Query(payment="sliding_fee", place="44"), ("minutes_to_nearest", "e2sfca"), "Rhode Island has 5 counties"),
    (Query(modality="im", population="medicaid"), ("minutes_to_nearest", "e2sfca"), "not the same as no"),
]


@pytest.mark.parametrize(("query", "measures", "sentence"), REFUSED)
def test_what_has_no_sound_comparison_is_refused_with_one_that_has(
    query: Query, measures: tuple[str, ...], sentence: str, tables: Tables
) -> None:
    result = agreement(query, measures, tables)
    assert result.refusal is not None
    assert sentence in result.refusal.sentence
    assert result.frame.empty
    assert tuple(result.frame.columns) == PAIR_COLUMNS
    assert tuple(result.more["parting"].columns) == PARTING_COLUMNS
    assert not result.modelled or result.indicator.modelled
    offered = result.refusal.query
    assert refuse(offered, indicators()[offered.measure], tables) is None, "the page's own figure is answered there"
    again = agreement(offered, measures, tables)
    usual = agreement(offered, usual_measures(offered, tables), tables)
    assert (usual if "usual" in result.refusal.offer else again).refusal is None


def test_the_offer_keeps_what_it_can(tables: Tables) -> None:
    refused = agreement(Query(place="44", reach="90"), ("minutes_to_nearest", "e2sfca"), tables).refusal
    assert refused is not None
    assert refused.query == Query(reach="90")
    assert refused.offer == "Compare them over the whole nation"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("population", POPULATIONS)
@pytest.mark.parametrize("modality", MODALITIES)
def test_whatever_is_asked_is_compared_or_refused_soundly(modality: str, population: str, level: str, tables: Tables) -> None:
    query = Query(measure="miles_to_nearest", modality=modality, population=population, level=level, place="44")
    refused = agreement(query, usual_measures(query, tables), tables).refusal
    assert refused is not None, "Rhode Island has five counties and two districts"
    offered = refused.query
    assert refuse(offered, indicators()[offered.measure], tables) is None
    assert len(measures_for(offered, tables)) > 1
    lists = layers_agreement(query, tables).refusal
    assert lists is not None
    assert lists.query.place == "us"


def test_what_nobody_knows_is_an_error_that_says_so(tables: Tables) -> None:
    with pytest.raises(ValueError, match="no measure “happiness”"):
        agreement(Query(), ("e2sfca", "happiness"), tables)
    with pytest.raises(ValueError, match="no measure “happiness”"):
        layers_agreement(Query(measure="happiness"), tables)
    with pytest.raises(ValueError, match="no place “99”"):
        agreement(Query(place="99"), ("e2sfca", "raam"), tables)
    with pytest.raises(ValueError, match="no place “99”"):
        layers_agreement(Query(place="99"), tables)


def test_one_list_that_names_such_a_site_is_not_enough(tables: Tables) -> None:
    providers = tables["providers"]
    off = {layer: False for layer in DEFAULT_LAYERS if layer != "samhsa_2024"}
    only = tables.with_table("providers", providers.assign(**off))
    refused = layers_agreement(Query(), only).refusal
    assert refused is not None
    assert "Fewer than two of the lists" in refused.sentence


def test_figures_are_numbers_that_a_file_can_hold(tables: Tables) -> None:
    frame = agreement(Query(place="48"), usual_measures(Query(), tables), tables).frame
    for column in ("share_of_first", "share_of_second", "jaccard", "zero_jaccard", "people_parted"):
        assert np.isfinite(frame[column]).all(), column
