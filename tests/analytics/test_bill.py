"""Bills of places against sums by hand, the same total for every county at once, what is refused and why, and the way there."""

from __future__ import annotations

import math
import time
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import status
from analytics.assumptions import changeable
from analytics.bill import COLUMNS, NO_ROUTE, NOT_IN_HAND, bill, class_words, cost_class, travel
from analytics.charges import PRICE, charges
from analytics.indicators import indicators
from analytics.model import answer
from analytics.out_of_pocket import barred, lines, parameters, patient_cost
from analytics.query import LEVELS, MODALITIES, PAYERS, SCHEDULES, Query
from analytics.self_pay import distribution
from data.bundle import Tables, shipped
from data.parameter import load

G2082, G2083 = 952.59, 1_356.08
ALL_OVER_56_MG = (("treatment/visits_at_56_mg", 0.0),)
VISITS = {"course": 8, "typical_year": 12, "label_year_low": 34, "label_year_high": 56}
COOK = "17031"


def line(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[frame["line"] == name].iloc[0]


# --- Traditional Medicare ---


@pytest.mark.parametrize(("schedule", "visits"), VISITS.items())
def test_traditional_medicare_of_2026_at_the_national_amount(schedule: str, visits: int, tables: Tables) -> None:
    flat = bill(Query(payer="medicare", schedule=schedule, assumptions=ALL_OVER_56_MG), "us", tables)
    assert flat.figure is not None
    assert flat.figure.value == pytest.approx(283 + 0.20 * (visits * 1_356.08 - 283))
    per_label = bill(Query(payer="medicare", schedule=schedule), "us", tables)
    assert per_label.figure is not None
    assert per_label.figure.value == pytest.approx(283 + 0.20 * (952.59 + (visits - 1) * 1_356.08 - 283))
    assert line(per_label.frame, "deductible")["value"] == 283
    assert line(per_label.frame, "visits")["value"] == visits


def test_a_county_has_its_localitys_amount_and_a_rule_no_range(tables: Tables) -> None:
    amounts = tables["medicare_amounts"]
    locality = tables["county_localities"].set_index("geoid").loc[COOK, "locality"]
    of = amounts[(amounts["year"] == 2026) & (amounts["locality"] == locality)].set_index("hcpcs")["allowed_usd"]
    found = bill(Query(payer="medicare", schedule="label_year_low"), COOK, tables)
    assert found.figure is not None
    by_hand = 283 + 0.20 * (of["G2082"] + 33 * of["G2083"] - 283)
    assert (found.figure.low, found.figure.value, found.figure.high) == pytest.approx((by_hand, by_hand, by_hand))
    assert (found.frame.loc[found.frame["role"].isin(["charge", "part", "total"]), "kind"] == "rule").all()
    state = bill(Query(payer="medicare", schedule="label_year_low"), "17", tables)
    assert state.figure is not None
    assert state.figure.low < state.figure.value <= state.figure.high, "Illinois has four localities"
    assert line(state.frame, "charge")["kind"] == "modelled"


def test_a_course_over_new_year_meets_two_deductibles(tables: Tables) -> None:
    # Four of the eight visits lie in January.
    query = Query(payer="medicare", schedule="course", assumptions=ALL_OVER_56_MG)
    split = bill(query, "us", tables, start=date(2026, 12, 21))
    assert split.figure is not None
    assert split.figure.value == pytest.approx(2 * (283 + 0.20 * (4 * 1_356.08 - 283)))
    assert line(split.frame, "deductible")["value"] == 2 * 283
    inside = bill(query, "us", tables, start=date(2026, 3, 2))
    whole = bill(query, "us", tables)
    assert inside.figure is not None
    assert whole.figure is not None
    assert inside.figure.value == whole.figure.value
    assert line(whole.frame, "new_year")["value"] == pytest.approx(283 - 0.20 * 283), "said beside a bill without a day"
    assert "new_year" not in set(split.frame["line"])


def test_each_year_has_a_limit_of_its_own(tables: Tables) -> None:
    query = Query(payer="medicare_advantage", schedule="label_year_high")
    assert bill(query, "us", tables).figure.high == 9_250  # type: ignore[union-attr]
    split = bill(query, "us", tables, start=date(2026, 7, 1))
    assert split.figure is not None
    assert split.figure.high == 2 * 9_250
    assert line(split.frame, "limit")["value"] == 9_250


def test_a_start_before_the_rules_in_hand_is_a_sentence(tables: Tables) -> None:
    with pytest.raises(ValueError, match="do not reach back to 2019-05-01"):
        bill(Query(payer="medicare"), "us", tables, start=date(2019, 5, 1))


# --- The other payers, at real places ---


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("level", [*LEVELS, "nation"])
@pytest.mark.parametrize(("payer", "limit"), [("medicare_advantage", 9_250), ("commercial", 10_600), ("commercial_copay", 10_600)])
def test_no_place_is_above_the_legal_limit(payer: str, limit: float, schedule: str, level: str, tables: Tables) -> None:
    costs = patient_cost(Query(payer=payer, schedule=schedule), tables, level)
    assert (costs.low >= 0).all()
    assert (costs.low <= costs.value).all()
    assert (costs.value <= costs.high).all()
    assert (costs.high <= limit).all()


def test_full_dual_pays_about_nothing_and_that_is_a_true_zero(tables: Tables) -> None:
    found = bill(Query(payer="medicare_medicaid", schedule="label_year_high"), COOK, tables)
    assert found.figure is not None
    assert (found.figure.value, found.figure.high, found.figure.status) == (0, 0, status.ZERO)
    frame = answer(Query(measure="patient_cost", payer="medicare_medicaid"), tables).frame
    assert (frame["status"] == status.ZERO).all()
    over = answer(Query(measure="households_over", payer="medicare_medicaid"), tables).frame
    assert (over["status"] == status.ZERO).all()


def test_medicaid_asks_at_most_8_a_visit_and_says_the_federal_rule(tables: Tables) -> None:
    found = bill(Query(payer="medicaid", schedule="label_year_low"), "01001", tables)
    assert found.figure is not None
    assert (found.figure.low, found.figure.high) == (0, 34 * 8)
    assert any("the state's own text was not read" in note for note in found.notes)
    assert not any("{" in note for note in found.notes), "a rule is said, not printed"
    read = bill(Query(payer="medicaid"), "37", tables)
    assert not any("was not read" in note for note in read.notes), "North Carolina's own document was"


@pytest.mark.parametrize("state", ["MA", "MI", "MN", "RI", "IL", "CA"])
def test_the_observation_is_rebated_but_in_four_states(state: str, tables: Tables) -> None:
    geoid = tables["states"].set_index("state").loc[state, "geoid"]
    county = tables["counties"].loc[tables["counties"]["state"] == state, "geoid"].iloc[0]
    for place in (geoid, county):
        found = bill(Query(payer="commercial_copay"), place, tables)
        assert (line(found.frame, "observation")["value"] > 0) == (state in {"MA", "MI", "MN", "RI"})


def test_the_programme_is_for_commercial_insurance_alone(tables: Tables) -> None:
    for payer in PAYERS:
        found = bill(Query(payer=payer), COOK, tables)
        assert ("drug_copay" in set(found.frame["line"])) == (payer == "commercial_copay")


def test_the_programme_with_and_without_its_yearly_maximum(tables: Tables) -> None:
    frame = bill(Query(payer="commercial_copay", schedule="label_year_high"), "us", tables).frame
    assert line(frame, "without_maximum")["value"] == 56 * 10
    with_maximum = line(frame, "total")["value"]
    assert with_maximum - 56 * 10 == pytest.approx(line(frame, "over_maximum")["value"])
    assert line(frame, "without_programme")["value"] == 10_600


def test_nobody_pays_more_beyond_the_programme_than_with_it(tables: Tables) -> None:
    for schedule in SCHEDULES:
        helped = patient_cost(Query(payer="commercial_copay", schedule=schedule), tables, "county")
        plain = patient_cost(Query(payer="commercial", schedule=schedule), tables, "county")
        assert (helped.value <= plain.value).all()
        assert (helped.high <= plain.high).all()


def test_paying_oneself_is_the_published_price_times_six(tables: Tables) -> None:
    prices = distribution("iv", tables)
    found = bill(Query(), COOK, tables)
    assert found.figure is not None
    assert found.figure.value == 6 * prices.median == 6 * 500
    assert (found.figure.low, found.figure.high) == pytest.approx((6 * prices.percentiles[10], 6 * prices.percentiles[90]))
    assert load(PRICE).number() == prices.median, "what the control shows is what the table says"
    assumed = bill(Query(assumptions=((PRICE, 400.0),)), COOK, tables)
    assert assumed.figure is not None
    assert (assumed.figure.low, assumed.figure.value, assumed.figure.high) == (2_400, 2_400, 2_400)
    assert line(assumed.frame, "charge")["kind"] == "modelled"


def test_esketamine_without_a_payer_is_a_stand_in_and_says_so(tables: Tables) -> None:
    found = bill(Query(modality="esketamine"), "us", tables)
    assert found.figure is not None
    assert found.figure.value == pytest.approx(952.59 + 7 * 1_356.08)
    assert "stands in" in found.notes[2]
    assert set(found.frame.loc[found.frame["unit"] == "usd", "kind"]) == {"modelled"}


# --- What holds of every bill ---


SOUND = [
    (payer, schedule) for payer in PAYERS for schedule in SCHEDULES if payer != "tricare" and (payer != "self" or schedule == "course")
]


@pytest.mark.parametrize(("payer", "schedule"), SOUND)
def test_every_line_has_its_source_and_the_parts_are_the_total(payer: str, schedule: str, tables: Tables) -> None:
    for place in ("us", "17", "1707", COOK):
        found = bill(Query(payer=payer, schedule=schedule), place, tables, road_miles=12, minutes=25)
        frame = found.frame
        assert list(frame.columns) == list(COLUMNS)
        assert frame["line"].is_unique
        assert set(frame["kind"]) <= {"observed", "rule", "modelled"}
        assert set(frame["role"]) <= {"charge", "part", "payer", "total", "beside", "travel"}
        assert (frame["low"] <= frame["value"]).all()
        assert (frame["value"] <= frame["high"]).all()
        parts, total = frame[frame["role"] == "part"], line(frame, "total")
        assert parts["value"].sum() == pytest.approx(total["value"])
        if "payer_pays" in set(frame["line"]):
            assert line(frame, "charge")["value"] - line(frame, "payer_pays")["value"] == pytest.approx(total["value"])
        for source, link in zip(frame["source"], frame["link"], strict=True):
            assert load(source).references if "/" in source else tables.sources_of(source)
            assert link == "" or link.startswith("https://")
        assert found.figure is not None
        assert found.figure.value == total["value"]
        assert found.provenance


@pytest.mark.parametrize("level", [*LEVELS, "nation"])
def test_all_places_at_once_have_the_total_of_their_bills(level: str, tables: Tables) -> None:
    for payer, schedule in SOUND[::3]:
        costs = patient_cost(Query(payer=payer, schedule=schedule), tables, level)
        for position in {0, len(costs.geoids) // 2, len(costs.geoids) - 1}:
            one = bill(Query(payer=payer, schedule=schedule), str(costs.geoids[position]), tables).figure
            assert one is not None
            assert (one.low, one.value, one.high) == pytest.approx((costs.low[position], costs.value[position], costs.high[position]))


def test_the_measures_are_those_totals_and_shares(tables: Tables) -> None:
    query = Query(measure="patient_cost", payer="medicare", schedule="label_year_low", place=COOK)
    cost, found = answer(query, tables), bill(query, COOK, tables)
    assert cost.figure is not None
    assert found.figure is not None
    assert cost.figure.value == pytest.approx(found.figure.value)
    share = answer(query.with_(measure="households_over"), tables)
    assert share.figure is not None
    assert share.figure.value == pytest.approx(found.more["households"]["value"].iloc[0])
    assert share.modelled
    assert cost.modelled
    assert len(share.frame) == 102


def test_a_new_payer_takes_at_most_100_ms_for_every_county(tables: Tables) -> None:
    for measure in ("patient_cost", "households_over"):
        compute = indicators()[measure].compute
        compute(Query(payer="commercial_copay"), tables)
        spent = []
        for payer in ("medicare", "commercial_copay", "medicare_advantage"):
            start = time.process_time()
            compute(Query(payer=payer, schedule="label_year_low"), tables)
            spent.append(time.process_time() - start)
        assert min(spent) < 0.1


def test_everything_a_cost_rests_on_is_declared_by_its_measures(tables: Tables) -> None:
    for payer in PAYERS:
        for schedule in SCHEDULES:
            for name in parameters(Query(payer=payer, schedule=schedule)):
                for measure in ("patient_cost", "households_over"):
                    declared = indicators()[measure].assumes
                    assert any(name == one or (one.endswith("/") and name.startswith(one)) for one in declared)
    query = Query(measure="patient_cost", payer="medicare")
    changed = query.with_(assumptions=(("medicare/part_b_coinsurance", 0.5),))
    assert "medicare/part_b_coinsurance" in changeable()
    assert answer(changed, tables).figure.value > answer(query, tables).figure.value  # type: ignore[union-attr]


# --- What is refused ---


def test_infusions_are_refused_under_every_insurer_and_oneself_is_offered(tables: Tables) -> None:
    for payer in set(PAYERS) - {"self", "va"}:
        for measure in ("patient_cost", "households_over"):
            found = answer(Query(measure=measure, payer=payer, modality="iv", schedule="label_year_low"), tables)
            assert found.refusal is not None
            assert "hardly ever covered" in found.refusal.sentence
            assert (found.refusal.query.payer, found.refusal.query.schedule) == ("self", "course")
            assert answer(found.refusal.query, tables).refusal is None


def test_a_secondary_source_is_told_but_opens_nothing(tables: Tables) -> None:
    wisconsin = bill(Query(payer="medicaid", modality="iv"), "55", tables)
    assert wisconsin.refusal is not None
    assert "no document of the state's own was read" in wisconsin.refusal.sentence
    alabama = bill(Query(payer="medicaid", modality="iv"), "01", tables)
    assert alabama.refusal is not None
    assert "own was read" not in alabama.refusal.sentence


def test_tricare_is_not_in_hand_and_says_what_to_ask(tables: Tables) -> None:
    found = bill(Query(payer="tricare"), COOK, tables)
    assert found.refusal is not None
    assert "not in hand. Ask" in found.refusal.sentence
    assert found.frame.empty
    assert list(found.frame.columns) == list(COLUMNS)


def test_no_year_of_infusions_and_no_course_of_the_rest(tables: Tables) -> None:
    year = bill(Query(modality="iv", schedule="typical_year"), "us", tables)
    assert year.refusal is not None
    assert year.refusal.query.schedule == "course"
    for modality in ("im", "oral", "assisted_psychotherapy"):
        found = bill(Query(modality=modality), "us", tables)
        assert found.refusal is not None
        assert "cannot be added up" in found.refusal.sentence


def test_too_few_published_prices_are_no_price_but_an_assumed_one_is(tables: Tables) -> None:
    few = tables.with_table("prices_observed", tables["prices_observed"].head(5))
    found = bill(Query(), "us", few)
    assert found.refusal is not None
    assert "needs 5 providers" in found.refusal.sentence
    assert found.more["payers"].set_index("payer").loc["self", "class"] == NOT_IN_HAND
    assert bill(Query(assumptions=((PRICE, 400.0),)), "us", few).figure.value == 6 * 400  # type: ignore[union-attr]


def test_every_question_is_answered_or_refused_with_a_sound_offer(tables: Tables) -> None:
    for payer in PAYERS:
        for modality in MODALITIES:
            for schedule in SCHEDULES:
                query = Query(payer=payer, modality=modality, schedule=schedule)
                reason = barred(query, tables)
                if reason is None:
                    assert np.isfinite(patient_cost(query, tables, "nation").value).all()
                    continue
                assert reason.sentence.endswith((".", "?"))
                assert barred(reason.query, tables) is None
                with pytest.raises(ValueError, match=r"There is no rule|No label"):
                    patient_cost(query, tables, "nation")


def test_a_place_nobody_knows(tables: Tables) -> None:
    with pytest.raises(ValueError, match="There is no place “99999”"):
        bill(Query(), "99999", tables)


# --- Classes and payers side by side ---


def test_classes_of_cost() -> None:
    assert class_words() == ("under $100", "$100 to $1,000", "$1,000 to $5,000", "over $5,000", NO_ROUTE, NOT_IN_HAND)
    edges = {0: 0, 99.99: 0, 100: 1, 999.99: 1, 1_000: 2, 5_000: 2, 5_000.01: 3, 1e6: 3}
    assert {usd: class_words().index(cost_class(usd)) for usd in edges} == edges


def test_payers_side_by_side_are_a_distribution_and_no_mean(tables: Tables) -> None:
    payers = bill(Query(payer="medicare", schedule="label_year_low"), COOK, tables).more["payers"].set_index("payer")
    assert list(payers.index) == list(PAYERS)
    assert payers.loc["self", "treatment"] == "a first course of IV ketamine"
    assert payers.loc["medicare", "class"] == "over $5,000"
    assert payers.loc["medicare_medicaid", "class"] == "under $100"
    assert payers.loc["tricare", "class"] == NOT_IN_HAND
    assert math.isnan(payers.loc["tricare", "value"])
    infusions = bill(Query(modality="iv"), COOK, tables).more["payers"].set_index("payer")
    assert set(infusions["class"]) == {NO_ROUTE, "$1,000 to $5,000", "$100 to $1,000"}
    assert infusions.loc["medicare", "class"] == NO_ROUTE
    assert "hardly ever covered" in infusions.loc["medicare", "why"]


# --- The way there ---


def test_the_way_there_by_hand(tables: Tables) -> None:
    # 34 visits an hour away: 68 hours' driving, 70 to 85 on site.
    frame = bill(Query(payer="medicare", schedule="label_year_low"), COOK, tables, road_miles=40, minutes=60).frame
    assert line(frame, "miles")["value"] == 34 * 2 * 40
    assert line(frame, "driving_cost")["low"] == pytest.approx(34 * 2 * 40 * 0.205)
    assert line(frame, "driving_cost")["high"] == pytest.approx(34 * 2 * 40 * 0.725)
    assert line(frame, "driving_hours")["value"] == 68
    on_site = line(frame, "hours_on_site")
    assert (on_site["low"], on_site["high"]) == pytest.approx((70.04, 85))
    assert line(frame, "driver_hours")["high"] == pytest.approx(68 + 85)
    assert (
        line(frame, "total")["value"]
        == line(bill(Query(payer="medicare", schedule="label_year_low"), COOK, tables).frame, "total")["value"]
    )


spans = st.sampled_from(["visit", *VISITS])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["medicare", "medicare_advantage", "commercial", "self"]),
    spans,
    spans,
    st.floats(4, 34),
    st.floats(1, 500),
    st.integers(0, 3_143),
)
def test_visit_course_and_year_convert_both_ways(payer: str, of: str, to: str, typical: float, way: float, at: int) -> None:
    """Before anybody pays a part, what a schedule comes to at a place is its visits times one visit: dollars, miles and hours alike."""
    assumptions = (*ALL_OVER_56_MG, ("treatment/esketamine_typical", typical))
    here = charges("county", shipped()).at(np.array([at]))

    def told(span: str) -> dict[str, np.ndarray]:
        """The lines of the schedule's bill, end by end; those of a visit as the shares of a course."""
        asked = Query(payer=payer, modality="esketamine", schedule="course" if span == "visit" else span, assumptions=assumptions)
        rows = [one for one in lines(asked, here) if one.role == "charge"] + travel(asked, road_miles=way, minutes=way)
        of_one = VISITS["course"] if span == "visit" else 1
        return {
            one.id: np.array([float(np.ravel(end)[0]) for end in (one.span.low, one.span.value, one.span.high)]) / of_one for one in rows
        }

    first, second = told(of), told(to)
    assert set(first) == {"charge", "visits", "miles", "driving_cost", "hours_on_site", "driving_hours", "driver_hours"}
    there = second["visits"] / first["visits"]
    for name, amount in first.items():
        assert amount * there == pytest.approx(second[name]), name
        assert second[name] / there == pytest.approx(amount), name
    if payer == "medicare" and of == "visit":
        assert first["charge"] == pytest.approx(here.over_56_mg.value[0]), "one visit comes to Medicare's amount for one"
        assert first["miles"] == pytest.approx(2 * way), "there and back"


def test_no_way_is_told_where_none_is_given(tables: Tables) -> None:
    assert not {"miles", "driving_cost", "driving_hours", "driver_hours"} & set(bill(Query(), COOK, tables).frame["line"])
    with pytest.raises(ValueError, match="miles of the way there must be 0 or more"):
        bill(Query(), COOK, tables, road_miles=-1)
    with pytest.raises(ValueError, match="minutes of the way there"):
        bill(Query(), COOK, tables, minutes=math.nan)


def test_charges_lie_between_the_least_and_the_greatest_county(tables: Tables) -> None:
    counties = charges("county", tables)
    for level in ("state", "district", "nation"):
        above = charges(level, tables)
        assert above.over_56_mg.low.min() == counties.over_56_mg.value.min()
        assert above.over_56_mg.high.max() == counties.over_56_mg.value.max()
        assert (above.over_56_mg.low <= above.over_56_mg.value).all()
    assert charges("nation", tables).over_56_mg.value[0] == 1_356.08
    assert counties.rebate_excluded.sum() == tables["counties"]["state"].isin(["MA", "MI", "MN", "RI"]).sum()
