"""Conditions on four counties by hand; each against a loop; and on the shipped tables what is refused leaves the others standing."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics import status
from analytics.conditions import MET, NOT_MET, UNKNOWN, Checked, Condition, checked_on, meets, starting_value, together
from analytics.indicators import indicators
from analytics.model import Result, answer
from analytics.query import DEFAULT_LAYERS, Query
from analytics.refusal import RATE_LAYERS
from data.bundle import Tables

NAN = float("nan")


def result(value: list[float], measure: str = "uninsured", states: list[str] | None = None) -> Result:
    """An answer over made-up places a, b, c ..."""
    geoids = [chr(ord("a") + place) for place in range(len(value))]
    kinds = states or [status.NO_DATA if math.isnan(one) else status.ZERO if one == 0 else status.MODELLED for one in value]
    frame = pd.DataFrame(
        {
            "geoid": geoids,
            "name": geoids,
            "value": value,
            "low": NAN,
            "high": NAN,
            "status": pd.Categorical(kinds, categories=list(status.ALL)),
            "people": [100.0 * (place + 1) for place in range(len(value))],
        }
    )
    return Result(Query(measure=measure), indicators()[measure], frame, None, (), (), (), None, "test")


def checked(sign: str, at: float, value: list[float]) -> Checked:
    one = result(value)
    return checked_on(one.frame["geoid"], Condition("uninsured", sign, at), one, "")


def test_the_value_itself_is_neither_over_nor_under_and_missing_is_neither() -> None:
    over = checked("over", 0.1, [0.05, 0.1, 0.2, NAN])
    assert list(over.met) == [False, False, True, False]
    assert list(over.unknown) == [False, False, False, True]
    assert over.not_met == 2
    under = checked("under", 0.1, [0.05, 0.1, 0.0, NAN])
    assert list(under.met) == [True, False, True, False], "a true zero is a value"


def test_one_that_is_not_met_decides_and_one_that_is_missing_leaves_open() -> None:
    first, second = checked("over", 0.1, [0.2, 0.2, 0.0, NAN, NAN]), checked("over", 0.1, [0.2, NAN, NAN, 0.0, 0.2])
    assert list(together([first, second], 5)) == [MET, UNKNOWN, NOT_MET, NOT_MET, UNKNOWN]
    assert list(together([], 2)) == [UNKNOWN, UNKNOWN]


def test_a_new_condition_begins_with_the_worst_quarter() -> None:
    # Uninsured, where high is worse: three quarters of the way up 1, 2, 3, 4, 5 is 4.
    assert starting_value(result([1, 2, 3, 4, 5])) == ("over", 4.0)
    # Within 30 miles, where low is worse: a quarter of the way up is 2.
    assert starting_value(result([1, 2, 3, 4, 5], "within_30_miles")) == ("under", 2.0)
    # Half stand at zero, of which none can be under zero: the middle is (0 + 0.4) / 2 = 0.2.
    assert starting_value(result([0, 0, 0.4, 0.5], "within_30_miles"))[1] == pytest.approx(0.2)
    assert starting_value(result([0] * 10 + [0.3, 0.5], "within_30_miles"))[1] == pytest.approx(0.4), "the middle of the others"
    assert starting_value(result([2, 2, 2]))[1] == 2
    assert math.isnan(starting_value(result([NAN, NAN]))[1])


def test_the_nation_against_a_loop_and_a_rate_from_uneven_lists_takes_the_list_that_bears_it(tables: Tables) -> None:
    conditions = (Condition("minutes_to_nearest", "over", 60), Condition("uninsured", "over", 0.1), Condition("e2sfca", "under", 5))
    found = meets(Query(), conditions, tables)
    assert [one.result.query.layers for one in found.checked] == [DEFAULT_LAYERS, DEFAULT_LAYERS, RATE_LAYERS]
    values = [answer(one.result.query, tables).frame.set_index("geoid")["value"] for one in found.checked]
    met, unknown, people = 0, 0, 0.0
    for geoid, adults in zip(found.frame["geoid"], found.frame["people"], strict=True):
        told = [
            None if np.isnan(value[geoid]) else value[geoid] > one.value if one.sign == "over" else value[geoid] < one.value
            for one, value in zip(conditions, values, strict=True)
        ]
        if all(one is True or one is np.True_ for one in told):
            met, people = met + 1, people + adults
        elif not any(one is not None and not one for one in told):
            unknown += 1
    assert (found.places, found.unknown) == (met, unknown)
    assert found.people == pytest.approx(people)
    assert found.places > 0
    assert set(found.frame["met"]) == {MET, NOT_MET, UNKNOWN}


def test_what_is_refused_says_so_and_the_others_stand(tables: Tables) -> None:
    query = Query(level="state", layers=("named_2026",))
    conditions = (Condition("sites_per_100k", "under", 0.1), Condition("uninsured", "over", 0.1), Condition("barrier_class", "over", 1))
    found = meets(query, conditions, tables)
    assert "treats every state alike" in found.checked[0].refused
    assert "puts places into classes" in found.checked[2].refused
    assert [one.condition.measure for one in found.asked] == ["uninsured"]
    alone = meets(query, conditions[1:2], tables)
    assert found.places == alone.places > 0
    assert meets(query, conditions[:1], tables).frame.empty


def test_assumptions_that_do_not_go_together_refuse_their_own_condition_alone(tables: Tables) -> None:
    query = Query(place="44", assumptions=(("access/e2sfca_weights.1", 0.1),))
    found = meets(query, (Condition("e2sfca", "under", 5), Condition("uninsured", "over", 0.01)), tables)
    assert "must not count more" in found.checked[0].refused
    assert found.places == 5


def test_no_place_meets_all_and_the_strictest_is_named(tables: Tables) -> None:
    conditions = (Condition("uninsured", "over", 0.05), Condition("uninsured", "over", 0.95))
    found = meets(Query(place="44"), conditions, tables)
    assert found.places == 0
    assert found.strictest is found.checked[1]
    assert found.without(found.checked[1]) == int(found.checked[0].met.sum())
    one = meets(Query(level="state", place="11"), conditions[:1], tables)
    assert len(one.frame) == 1


def test_more_than_five_or_a_strange_sign_is_an_error(tables: Tables) -> None:
    with pytest.raises(ValueError, match="At most 5"):
        meets(Query(), (Condition("uninsured", "over", 0.1),) * 6, tables)
    with pytest.raises(ValueError, match="near"):
        meets(Query(), (Condition("uninsured", "near", 0.1),), tables)
