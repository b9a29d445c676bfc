"""Bars against the measure itself, draws that repeat, stop and report, and stay within their time."""

from __future__ import annotations

import time

import numpy as np
import pytest

from analytics.assumptions import changeable
from analytics.charges import PRICE
from analytics.model import answer
from analytics.query import PAYERS, Query
from analytics.tornado import BAR_COLUMNS, FIXED, REPORT_EVERY, bars, draws, settings
from data.bundle import Tables
from data.parameter import names

SOUND = [payer for payer in PAYERS if payer != "tricare"]


@pytest.mark.parametrize("payer", SOUND)
def test_bars_are_what_the_measure_says_with_that_assumption(payer: str, tables: Tables) -> None:
    query = Query(measure="households_over", payer=payer)
    found = bars(query, "us", tables)
    assert list(found.columns) == list(BAR_COLUMNS)
    assert (found["spread"].diff().dropna() <= 0).all(), "widest first"
    asked = answer(query, tables).figure
    assert asked is not None
    assert found["value"].to_numpy() == pytest.approx(asked.value)
    for row in found[found["assumption"] != "schedule"].itertuples():
        if row.setting_low != changeable()[row.assumption].value:
            moved = answer(query.with_(assumptions=((row.assumption, row.setting_low),)), tables).figure
            assert moved is not None
            assert row.at_low == pytest.approx(moved.value)


def test_which_assumptions_move_a_course_of_infusions(tables: Tables) -> None:
    found = bars(Query(), "us", tables).set_index("assumption")
    assert set(found.index) == {
        PRICE,
        "treatment/iv_infusion.course",
        "affordability/burden_share.others",
        "affordability/burden_share.under_poverty_multiple",
        "affordability/poverty_multiple",
        "affordability/income_factor",
    }
    assert (found.loc[PRICE, "setting_low"], found.loc[PRICE, "setting_high"]) == pytest.approx((374, 692.5))
    assert found.loc["affordability/income_factor", "setting_high"] == 1.1
    assert found.loc["affordability/income_factor", "at_high"] <= found.loc["affordability/income_factor", "value"]
    assert found["kind"].to_dict()[PRICE] == "uncertain"
    assert found["kind"].to_dict()["affordability/poverty_multiple"] == "what if"


def test_the_schedule_is_a_bar_of_its_own_for_esketamine(tables: Tables) -> None:
    row = bars(Query(payer="medicare", schedule="typical_year"), "17031", tables).set_index("assumption").loc["schedule"]
    assert (row["setting_low"], row["setting"], row["setting_high"]) == (8, 12, 56)
    assert row["at_low"] <= row["value"] < row["at_high"]


def test_what_is_fixed_names_parameters_that_are_there() -> None:
    for one in FIXED:
        assert any(name == one or (one.endswith("/") and name.startswith(one)) for name in names())


def test_a_bar_starts_from_what_a_person_assumes(tables: Tables) -> None:
    found = bars(Query(assumptions=((PRICE, 900.0),)), "us", tables).set_index("assumption")
    assert found.loc[PRICE, "setting"] == found.loc[PRICE, "setting_high"] == 900
    assert found.loc[PRICE, "at_high"] == found.loc[PRICE, "value"]


@pytest.mark.parametrize("place", ["us", "28", "1707", "28011"])
def test_draws_repeat_and_lie_about_the_value(place: str, tables: Tables) -> None:
    query = Query(measure="households_over", payer="medicare_advantage")
    one, again, other = draws(query, tables, place, 60), draws(query, tables, place, 60), draws(query, tables, place, 60, seed=7)
    assert one.values.tolist() == again.values.tolist()
    assert one.values.tolist() != other.values.tolist()
    assert ((one.values >= 0) & (one.values <= 1)).all()
    assert one.quantile(0.05) <= one.quantile(0.5) <= one.quantile(0.95)
    assert one.complete


def test_draws_stay_within_the_bars_of_what_is_uncertain(tables: Tables) -> None:
    query = Query(measure="households_over", payer="medicaid")
    found = bars(query, "us", tables).set_index("assumption").loc["medicaid/copay.typical"]
    values = draws(query, tables, number=100).values
    assert values.max() <= found["at_high"] + 1e-9
    assert len(np.unique(values)) == 100


def test_draws_report_and_can_be_ended(tables: Tables) -> None:
    told: list[tuple[int, int]] = []
    draws(Query(), tables, number=120, progress=lambda done, number: told.append((done, number)))
    assert told == [(0, 120), (50, 120), (100, 120), (120, 120)]
    ended = draws(Query(), tables, number=200, cancelled=iter([False, False, True]).__next__)
    assert len(ended.values) == 2 * REPORT_EVERY
    assert not ended.complete
    assert np.isnan(draws(Query(), tables, cancelled=lambda: True).quantile(0.5))


def test_a_thousand_draws_for_the_nation_take_at_most_two_seconds(tables: Tables) -> None:
    query = Query(payer="commercial_copay")
    draws(query, tables, number=10)
    start = time.process_time()
    assert draws(query, tables).complete
    assert time.process_time() - start < 2


def test_refused_questions_and_unknown_places_are_sentences(tables: Tables) -> None:
    with pytest.raises(ValueError, match="There is no rule for what TRICARE leaves"):
        bars(Query(payer="tricare"), "us", tables)
    with pytest.raises(ValueError, match="no place “nowhere”"):
        draws(Query(), tables, "nowhere")


def test_settings_have_their_value_between_their_ends(tables: Tables) -> None:
    for payer in SOUND:
        for one in settings(Query(payer=payer), tables):
            assert one.low <= one.value <= one.high
            assert one.unit
