"""What each payer leaves to the patient, on charges made by hand: never below nothing, never above a limit, more coinsurance never less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.assumptions import Assumptions
from analytics.charges import Charges, Span
from analytics.out_of_pocket import cost_at, total_of
from analytics.payer_rules import PARAMETERS, RULES, Year, drug_share
from analytics.query import PAYERS, Query
from analytics.schedules import Visits
from data.parameter import load

G2082, G2083 = 952.59, 1_356.08
ADVANTAGE, COMMERCIAL = 9_250, 10_600


def charges(at_56_mg: float = G2082, over_56_mg: float = G2083, infusion: float = 500, excluded: bool = False) -> Charges:
    """One place."""
    one = [Span.one(np.array([usd])) for usd in (at_56_mg, over_56_mg, infusion)]
    return Charges(np.array(["17031"], dtype=object), *one, (700, 1_300), np.array([excluded]))


def paid(payer: str, visits: Visits, of: Charges | None = None, *assumptions: tuple[str, float]) -> tuple[float, float, float]:
    """Low, value and high of a payer's total."""
    treatment = "esketamine" if payer != "self" else "iv"
    total = total_of(RULES[payer, treatment](Year(visits, of or charges(), tuple(sorted(assumptions)))))
    return float(total.low[0]), float(total.value[0]), float(total.high[0])


EIGHT, THIRTY_FOUR = Visits(1, 7), Visits(1, 33)
CHARGE_OF_8 = 952.59 + 7 * 1_356.08


def test_traditional_medicare() -> None:
    assert paid("medicare", EIGHT) == pytest.approx([283 + 0.20 * (CHARGE_OF_8 - 283)] * 3)
    assert paid("medicare", Visits(0, 34)) == pytest.approx([283 + 0.20 * (34 * 1_356.08 - 283)] * 3)
    assert paid("medicare", Visits(0, 8), None, ("medicare/part_b_coinsurance", 0.0)) == (283, 283, 283)


def test_a_supplement_leaves_the_deductible_or_nothing() -> None:
    assert paid("medicare_supplement", EIGHT) == (0, 283, 283)


def test_medicare_advantage_is_from_nothing_to_its_limit() -> None:
    assert paid("medicare_advantage", EIGHT) == pytest.approx((0, 0.2 * CHARGE_OF_8, ADVANTAGE))
    assert paid("medicare_advantage", Visits(0, 56)) == (0, ADVANTAGE, ADVANTAGE)
    assert paid("medicare_advantage", Visits(0, 4)) == pytest.approx((0, 0.2 * 4 * 1_356.08, 4 * 1_356.08)), "nor above the charge"
    assert paid("medicare_advantage", Visits(0, 56), None, ("medicare/advantage_limit", 5_000.0)) == (0, 5_000, 5_000)


def test_full_dual_and_medicaid() -> None:
    assert paid("medicare_medicaid", THIRTY_FOUR) == (0, 0, 0)
    assert paid("medicaid", THIRTY_FOUR) == (0, 34 * 4, 34 * 8)


def test_commercial_plans() -> None:
    low, value, high = paid("commercial", EIGHT)
    assert low == pytest.approx(0.1 * 0.9 * CHARGE_OF_8), "nothing left of the deductible, a tenth of a low charge"
    assert value == pytest.approx(1_886 + 0.2 * (CHARGE_OF_8 - 1_886))
    assert high == COMMERCIAL
    assert paid("commercial", THIRTY_FOUR)[1:] == (COMMERCIAL, COMMERCIAL)


def test_what_a_person_states_has_no_range() -> None:
    stated = [("commercial/deductible.typical", 500.0), ("commercial/coinsurance.typical", 0.3), ("commercial/charge_factor.typical", 1.1)]
    assert paid("commercial", Visits(0, 8), None, *stated) == pytest.approx([500 + 0.3 * (1.1 * 8 * 1_356.08 - 500)] * 3)
    assert paid("medicaid", EIGHT, None, ("medicaid/copay.typical", 3.0)) == (24, 24, 24)


def test_the_drugs_part_is_two_or_three_devices() -> None:
    # The codes differ by one device of 28 mg: 1,356.08 - 952.59; three of them of a visit over 56 mg, two of one at 56 mg.
    device = 1_356.08 - 952.59
    assert drug_share(Year(Visits(0, 1), charges(), ())) == pytest.approx(3 * device / 1_356.08)
    assert drug_share(Year(Visits(1, 0), charges(), ())) == pytest.approx(2 * device / 952.59)
    assert 1_356.08 - 3 * device == pytest.approx(952.59 - 2 * device), "what is left, visit and observation, is the same in both"


def test_the_makers_programme_takes_the_drug_to_ten_dollars() -> None:
    visits = Visits(0, 8)
    plan = 1_886 + 0.2 * (8 * 1_356.08 - 1_886)
    low, value, high = paid("commercial_copay", visits)
    assert low == value == 8 * 10, "the observation is rebated, and the plan's part is under the programme's maximum"
    drug = 3 * (1_356.08 - 952.59) / 1_356.08
    assert plan * drug - 8 * 10 < 7_150
    assert high == pytest.approx(COMMERCIAL * drug - 7_150 + COMMERCIAL * (1 - drug)), "10,600 less what the programme pays at most"


def test_above_the_programmes_maximum_the_patient_pays_again() -> None:
    drug = 3 * (1_356.08 - 952.59) / 1_356.08
    low, value, _ = paid("commercial_copay", Visits(0, 34))
    assert low == 34 * 10, "without a maximum"
    assert value == pytest.approx(COMMERCIAL * drug - 7_150), "with that of 2019: the drug's part of the limit less 7,150"
    assert paid("commercial_copay", Visits(0, 34), None, ("copay_programme/yearly_maximum", 30_000.0))[1] == 34 * 10
    assert paid("commercial_copay", Visits(0, 34), None, ("copay_programme/yearly_maximum", 0.0))[1] == pytest.approx(COMMERCIAL * drug)


def test_no_rebate_on_the_observation_for_residents_of_four_states() -> None:
    drug = 3 * (1_356.08 - 952.59) / 1_356.08
    plan = 1_886 + 0.2 * (8 * 1_356.08 - 1_886)
    with_rebate, without = (paid("commercial_copay", Visits(0, 8), charges(excluded=one))[1] for one in (False, True))
    assert without - with_rebate == pytest.approx(plan * (1 - drug))


def test_the_va_asks_a_copay_or_nothing() -> None:
    assert paid("va", EIGHT) == (0, 5 * 50, 8 * 50)
    assert paid("va", Visits(0, 2)) == (0, 0, 2 * 50)


def test_paying_oneself() -> None:
    assert paid("self", Visits(0, 6)) == (6 * 500, 6 * 500, 6 * 500)
    total = total_of(RULES["self", "esketamine"](Year(Visits(0, 8), charges(), ())))
    assert (total.low[0], total.value[0], total.high[0]) == pytest.approx((8 * 700, 8 * 1_356.08, 8 * 1_356.08))


def test_every_payer_has_parameters_and_every_one_is_there() -> None:
    assert set(PARAMETERS) == set(PAYERS)
    for names in PARAMETERS.values():
        for name in names:
            assert load(name).references
    assert {payer for payer, _ in RULES} == set(PAYERS) - {"tricare"}


usd = st.floats(1, 5_000)
number = st.floats(0, 60)


@given(st.sampled_from(sorted(RULES)), usd, usd, number, number, st.booleans())
def test_nobody_pays_less_than_nothing_or_more_than_a_limit(
    rule: tuple[str, str], one: float, other: float, first: float, rest: float, excluded: bool
) -> None:
    of = charges(min(one, other), max(one, other), excluded=excluded)
    year = Year(Visits(first, rest), of, ())
    total = total_of(RULES[rule](year))
    low, value, high = float(total.low[0]), float(total.value[0]), float(total.high[0])
    assert -1e-9 <= low <= value + 1e-6
    assert value <= high + 1e-6
    limit = {"medicare_advantage": ADVANTAGE, "commercial": COMMERCIAL, "commercial_copay": COMMERCIAL}.get(rule[0])
    if limit:
        assert high <= limit + 1e-6
    if rule[0].startswith("medicare"):
        assert high <= float(year.charge.high[0]) + 1e-6


@given(
    st.sampled_from(["medicare/part_b_coinsurance", "medicare/advantage_coinsurance.typical", "commercial/coinsurance.typical"]),
    st.floats(0, 0.5),
    st.floats(0, 0.5),
    st.floats(0, 56),
)
def test_more_coinsurance_never_costs_the_patient_less(name: str, one: float, other: float, visits: float) -> None:
    payer = {"medicare/part_b_coinsurance": "medicare", "medicare/advantage_coinsurance.typical": "medicare_advantage"}.get(
        name, "commercial"
    )
    less, more = (paid(payer, Visits(0, visits), None, (name, share)) for share in sorted((one, other)))
    assert all(a <= b + 1e-6 for a, b in zip(less, more, strict=True))
    if payer == "commercial":
        less, more = (paid("commercial_copay", Visits(0, visits), None, (name, share)) for share in sorted((one, other)))
        assert less[1] <= more[1] + 1e-6


@given(st.sampled_from(sorted(RULES)), st.floats(0, 30), st.floats(0, 30))
def test_more_visits_never_cost_less(rule: tuple[str, str], one: float, other: float) -> None:
    fewer, more = (total_of(RULES[rule](Year(Visits(0, visits), charges(), ()))) for visits in sorted((one, other)))
    for end in ("low", "value", "high"):
        assert getattr(fewer, end)[0] <= getattr(more, end)[0] + 1e-6


def test_many_places_are_each_place_by_itself() -> None:
    alone = [charges(900, 1_300), charges(1_000, 1_500, excluded=True)]
    together = Charges(
        np.array(["17031", "25017"], dtype=object),
        *(joined(alone, name) for name in ("at_56_mg", "over_56_mg", "infusion")),
        (700, 1_300),
        np.array([False, True]),
    )
    for payer in set(PAYERS) - {"tricare"}:
        query = Query(payer=payer)
        many = cost_at(query, together)
        for position, one in enumerate(alone):
            single = cost_at(query, replace(one, geoids=together.geoids[position : position + 1]))
            for end in ("low", "value", "high"):
                assert getattr(many, end)[position] == pytest.approx(getattr(single, end)[0])
    first, kind = together.alike()
    assert together.at(first).over_56_mg.value[kind].tolist() == [1_300, 1_500]


def joined(of: list[Charges], name: str) -> Span:
    spans: list[Any] = [getattr(one, name) for one in of]
    return Span(*(np.concatenate([getattr(span, end) for span in spans]) for end in ("low", "value", "high")))


def test_an_assumption_is_read_by_every_rule() -> None:
    """Each parameter of a payer moves its total when it is changed, in a treatment long enough to meet it."""
    other: Assumptions = (
        ("medicare/part_b_deductible", 100.0),
        ("medicare/part_b_coinsurance", 0.3),
        ("medicare/supplement_deductible.typical", 0.5),
        ("medicare/advantage_coinsurance.typical", 0.1),
        ("medicare/advantage_limit", 1_000.0),
        ("medicaid/copay.typical", 1.0),
        ("commercial/charge_factor.typical", 1.2),
        ("commercial/deductible.typical", 100.0),
        ("commercial/coinsurance.typical", 0.3),
        ("commercial/out_of_pocket_limit", 1_000.0),
        ("copay_programme/drug_copay", 20.0),
        ("copay_programme/yearly_maximum", 100.0),
        ("va/visit_copay.typical", 15.0),
        ("va/visits_without_copay", 0.0),
    )
    for payer, names in PARAMETERS.items():
        for name, value in other:
            if name.partition(".")[0] in names:
                # With a small maximum, so that what the plan leaves reaches the patient through the programme too.
                base = {"copay_programme/yearly_maximum": 500.0}
                before, after = (paid(payer, EIGHT, None, *of.items()) for of in (base, {**base, name: value}))
                assert before != after, f"{payer} does not read {name}"
