"""What one person pays against sums by hand, what moves it, what a detail of a plan changes, and the way there."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.bill import bill
from analytics.cache import CACHE
from analytics.my_cost import DETAILS, INCOMES, NO_ROUTE, NOT_IN_HAND, SPANS, Answers, amount, changes, my_cost, share_of_income
from analytics.near_point import Point, find
from analytics.query import NATION, PAYERS, Query
from data.bundle import Tables

COOK = "17031"
CHARGE = 960.42 + 7 * 1_365.92
"""A first course of esketamine in Cook County at Medicare's amounts of 2026: one visit up to 56 mg, seven over it."""


def point(text: str, tables: Tables) -> Point:
    found = find(text, tables).point
    assert found is not None
    return found


def test_a_job_plan_in_chicago_by_hand(tables: Tables) -> None:
    """Low: no deductible, a tenth of 0.9 of the charge. Typical: 1,886 and a fifth of the rest. High: the yearly limit."""
    one = amount("commercial", "esketamine", "course", COOK, tables)
    assert one.low == pytest.approx(0.1 * 0.9 * CHARGE, abs=0.01)
    assert one.value == pytest.approx(1_886 + 0.2 * (CHARGE - 1_886), abs=0.01)
    assert one.high == 10_600
    assert one.visits == (8, 8)


@pytest.mark.parametrize("payer", PAYERS)
def test_every_payer_has_the_bills_own_total_or_a_reason(payer: str, tables: Tables) -> None:
    for treatment, spans in SPANS.items():
        one = amount(payer, treatment, "course", COOK, tables)
        told = bill(Query(payer=payer, modality=treatment, schedule="course"), COOK, tables)
        assert one.known == (told.refusal is None)
        if told.figure is not None:
            assert (one.low, one.value, one.high) == pytest.approx((told.figure.low, told.figure.value, told.figure.high))
        assert set(spans) <= {"course", "typical_year", "label_year"}
    assert amount("tricare", "esketamine", "course", COOK, tables).why == NOT_IN_HAND
    assert amount("tricare", "iv", "course", COOK, tables).why == NO_ROUTE


@pytest.mark.parametrize(
    ("payer", "detail", "usd"),
    [
        ("medicare", "deductible_met", 0.2 * CHARGE),
        ("commercial", "deductible_met", 0.2 * CHARGE),
        ("commercial", "limit_reached", 0),
        ("commercial_copay", "limit_reached", 0),
        ("medicare_supplement", "deductible_met", 0),
        ("medicare_advantage", "limit_reached", 0),
        ("va", "disability", 0),
    ],
)
def test_a_detail_of_a_plan_is_a_changed_rule(payer: str, detail: str, usd: float, tables: Tables) -> None:
    answers = Answers("esketamine", payer, detail)
    assert amount(payer, "esketamine", "course", COOK, tables, answers.assumptions).value == pytest.approx(usd, abs=0.01)


def test_every_detail_can_be_assumed_and_that_of_another_payer_is_passed_over() -> None:
    for payer, details in DETAILS.items():
        for detail in details:
            assert Answers("both", payer, detail).assumptions
    assert Answers("both", "medicaid", "limit_reached").assumptions == ()


def test_a_year_by_the_label_runs_from_its_fewest_visits_to_its_most(tables: Tables) -> None:
    """283 + 0.2 x (960.42 + 33 x 1,365.92 - 283), and with 55 of them."""
    one = amount("medicare", "esketamine", "label_year", COOK, tables)
    low, high = (283 + 0.2 * (960.42 + n * 1_365.92 - 283) for n in (33, 55))
    assert (one.low, one.high) == pytest.approx((low, high), abs=0.01)
    assert np.isnan(one.value)
    assert one.visits == (34, 56)


def test_what_moves_it_most_stands_first_and_what_was_said_moves_no_more(tables: Tables) -> None:
    moved = changes(Answers("esketamine", "commercial"), "esketamine", COOK, tables)
    widths = [one.high - one.low for one in moved]
    assert widths == sorted(widths, reverse=True)
    deductible = next(one for one in moved if one.id == "commercial/deductible.typical")
    # Nothing left of it: a fifth of the charge. As high as the limit: all of the charge, which is less than 10,600.
    assert (deductible.low, deductible.high) == pytest.approx((0.2 * CHARGE, CHARGE), abs=0.01)
    said = changes(Answers("esketamine", "commercial", "deductible_met"), "esketamine", COOK, tables)
    assert "commercial/deductible.typical" not in [one.id for one in said]
    price = changes(Answers("iv", "self"), "iv", NATION, tables)
    assert [(one.id, round(one.low), round(one.high)) for one in price] == [("affordability/iv_session_price", 6 * 374, round(6 * 692.5))]
    assert changes(Answers("esketamine", "tricare"), "esketamine", COOK, tables) == ()
    assert changes(Answers(), "esketamine", COOK, tables) == ()


def test_a_share_of_income_has_the_ends_of_the_step() -> None:
    assert share_of_income(3_000, "30") == pytest.approx((3_000 / 45_000, 3_000 / 30_000))
    assert share_of_income(3_000, "0") == pytest.approx((3_000 / 15_000, np.inf))
    assert share_of_income(3_000, "150") == pytest.approx((0, 3_000 / 150_000))
    assert [low for low, _ in list(INCOMES.values())[1:]] == [high for _, high in list(INCOMES.values())[:-1]]


def test_the_way_adds_up(tables: Tables) -> None:
    """Twice the way for each visit; driving at two rates a mile; the driver has road and site together."""
    way = my_cost(Answers("esketamine", "self"), point("59718", tables), tables).ways["esketamine"]
    assert way is not None
    course = way.spans["course"]
    assert course["miles"][0] == pytest.approx(2 * 8 * way.miles)
    assert course["driving_hours"][0] == pytest.approx(2 * 8 * way.minutes / 60)
    assert course["driving_cost"] == pytest.approx((course["miles"][0] * 0.205, course["miles"][0] * 0.725))
    assert course["driver_hours"][1] == pytest.approx(course["driving_hours"][1] + course["hours_on_site"][1])
    assert way.spans["label_year"]["visits"] == (34, 56)


def test_veterans_see_their_own_sites(tables: Tables) -> None:
    mine = my_cost(Answers("iv", "va"), point("60601", tables), tables)
    assert mine.near["iv"].query.population == "veteran"
    assert set(mine.near["iv"].reached["veterans_only"]) == {True}


def test_nothing_that_hangs_on_an_answer_is_kept(tables: Tables) -> None:
    my_cost(Answers("both", "commercial"), point("60601", tables), tables)
    before = set(CACHE._values)
    my_cost(Answers("both", "commercial", "deductible_met", "30", 2), point("78701", tables), tables)
    assert set(CACHE._values) == before
