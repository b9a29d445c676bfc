"""The order of places and the worst tenth: twenty places by hand, a slow second reckoning, and what has no ranking."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.indicators import indicators
from analytics.model import Result, answer
from analytics.query import Query
from analytics.ranking import BY_VALUE, CERTAIN, LIKELY, NO, NO_TENTH, NOT_BY_VALUE, UNCLEAR, Ranking, ranking, verdicts
from analytics.rollup import adults
from data.bundle import Tables
from tests.analytics.test_conditions import NAN, result


def with_interval(value: list[float], low: list[float], high: list[float], measure: str = "uninsured") -> Result:
    one = result(value, measure)
    return replace(one, frame=one.frame.assign(low=low, high=high))


def told(one: Ranking) -> dict[str, str]:
    return dict(zip(one.frame["geoid"], one.frame["verdict"], strict=True))


def test_of_twenty_places_two_are_the_worst_tenth() -> None:
    # 1 to 20, high is worse: 20 and 19 are the tenth, the border is 19.
    value = [float(one) for one in range(1, 21)]
    low, high = [one - 0.2 for one in value], [one + 0.2 for one in value]
    low[19] = 19.0  # 20: from 19 to 20.2, all at the border or over it
    low[18], high[18] = 18.5, 19.6  # 19: 0.6 of 1.1 over the border
    low[17], high[17] = 17.0, 19.5  # 18: below, but its interval reaches over
    found = ranking(with_interval(value, low, high))
    assert found.border == 19
    assert list(found.frame["rank"][:3]) == [1, 2, 3]
    verdict = told(found)
    assert [verdict[one] for one in ("t", "s", "r", "q")] == [CERTAIN, LIKELY, UNCLEAR, NO]
    assert len(found.of(NO)) == 17
    # With most of its interval under the border the second place is unclear, though its value is in the tenth.
    low[18] = 15.0
    assert told(ranking(with_interval(value, low, high)))["s"] == UNCLEAR


def test_where_low_is_worse_the_order_turns_round() -> None:
    value = [float(one) for one in range(1, 21)]
    found = ranking(with_interval(value, [one - 0.1 for one in value], [one + 0.1 for one in value], "within_30_miles"))
    assert found.border == 2
    assert list(found.frame["geoid"][:2]) == ["a", "b"]
    assert [told(found)[one] for one in ("a", "b", "c")] == [CERTAIN, UNCLEAR, NO]


def test_places_that_tie_share_a_rank_and_stand_by_people() -> None:
    found = ranking(result([5, 7, 7, 1, 2, 3, 4, 6, 8, 9, 10]))
    rows = found.frame.set_index("geoid")
    assert list(rows.loc[["b", "c"], "rank"]) == [4, 4]
    assert list(rows.loc[["b", "c"], "last_rank"]) == [5, 5]
    assert list(found.frame["geoid"][3:5]) == ["c", "b"], "c has more people"


def test_a_value_without_interval_is_told_by_its_value_and_that_it_is() -> None:
    found = ranking(result([float(one) for one in range(1, 11)]))
    assert [told(found)[one] for one in ("j", "i")] == [BY_VALUE, NOT_BY_VALUE]
    assert not found.has_intervals
    assert set(told(ranking(result([1, 2, 3]))).values()) == {NO_TENTH}


def test_missing_has_no_rank_and_is_counted() -> None:
    found = ranking(result([1, NAN, 3, 2, 5, 6]))
    assert found.missing == 1
    assert "b" not in set(found.frame["geoid"])


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 5), st.floats(0, 5)), min_size=1, max_size=12), st.floats(0, 10), st.booleans())
def test_the_verdict_is_that_of_a_slow_reckoning(rows: list[tuple[float, float, float]], border: float, worst_high: bool) -> None:
    value = np.array([one for one, _, _ in rows])
    low, high = value - [down for _, down, _ in rows], value + [up for _, _, up in rows]
    for one, a, b, said in zip(value, low, high, verdicts(value, low, high, border, worst_high), strict=True):
        in_it = one >= border if worst_high else one <= border
        if (a >= border) if worst_high else (b <= border):
            assert said == CERTAIN
        elif (b < border) if worst_high else (a > border):
            assert said == NO
        else:
            over = (b - border) if worst_high else (border - a)
            assert said == (LIKELY if in_it and over > (b - a) / 2 else UNCLEAR)


def test_what_has_no_ranking_says_why(tables: Tables) -> None:
    assert "treats every state alike" in ranking(answer(Query(measure="sites_per_100k", level="state"), tables)).refusal
    assert "would rank states" in ranking(answer(Query(measure="sites", level="state"), tables)).refusal
    assert "puts places into classes" in ranking(answer(Query(measure="barrier_class"), tables)).refusal
    at_zero = answer(Query(), tables)
    assert f"{int((at_zero.frame['value'] == 0).sum()):,} of 3,1" in ranking(at_zero).refusal
    assert "at least two" in ranking(answer(Query(measure="uninsured", level="state", place="11"), tables)).refusal
    for refused in (ranking(at_zero),):
        assert refused.frame.empty
        assert math.isnan(refused.border)


def test_the_nation_keeps_every_place_once(tables: Tables) -> None:
    one = answer(Query(measure="uninsured"), tables)
    found = ranking(one)
    assert len(found.frame) + found.missing == len(one.frame) == 3144
    assert found.frame["geoid"].is_unique
    assert set(found.frame["verdict"]) == {CERTAIN, LIKELY, UNCLEAR, NO}
    assert (found.of(CERTAIN)["low"] >= found.border).all()
    assert (found.of(NO)["high"] < found.border).all()
    assert found.frame["people"].sum() <= adults("county", tables).sum()


def test_every_measure_with_an_interval_says_what_is_in_it(tables: Tables) -> None:
    for one in indicators().values():
        level = one.levels[-1] if "county" not in one.levels else "county"
        if one.bears in ("count", "rate"):
            continue
        found = answer(
            Query(measure=one.id, level=level, modality=(one.modalities or ("any",))[0], population=(one.populations or ("civilian",))[0]),
            tables,
        )
        finite = bool(np.isfinite(found.frame["low"].to_numpy(dtype=float)).any())
        if not (one.uses_providers and found.query.population == "medicaid") and found.query.modality == "any":
            assert finite == bool(one.interval), one.id
