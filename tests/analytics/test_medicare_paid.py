"""What Medicare paid in 2024 beside what it allows: the ratios again with plain Python."""

from __future__ import annotations

import statistics

import pandas as pd
import pytest

from analytics.medicare_paid import LEEWAY, MODE_WIDTH, expected_ratio, paid_over_allowed, payments, summed_up
from data.bundle import Tables


def test_what_is_expected_once_the_deductible_is_met() -> None:
    assert expected_ratio() == pytest.approx((1 - 0.20) * (1 - 0.02)) == pytest.approx(0.784)
    assert expected_ratio(first_weeks=True) == pytest.approx(0.80 * 0.98 * 32.7442 / 33.2875)


def test_the_median_is_a_hundredth_below_and_784_is_where_payments_end(tables: Tables) -> None:
    """Not what METHODS expected: 0.784 is the edge of the heap, not its middle."""
    found = paid_over_allowed(tables).set_index("group")
    over = found.loc["G2083 in an office"]
    assert (over["rows"], over["services"]) == (74, 13_742 - 79 - 237)
    assert over["median"] == pytest.approx(0.7735, abs=0.0005)
    assert over["median_by_visits"] == pytest.approx(0.7751, abs=0.0005)
    both = found.loc["both in an office"]
    assert (both["rows"], both["services"]) == (89 - 2, 604 + 13_742 - 79 - 237)
    assert both["mode_low"] < expected_ratio() < both["mode_high"], "the fullest hundredth reaches just to 0.784"
    assert both["mode_rows"] == 34
    assert both["rows_below"] + both["rows_between"] + both["rows_above"] == both["rows"]
    assert both["rows_above"] < 0.1 * both["rows"]
    everything = found.loc["all rows, facility payments too"]
    assert (everything["rows"], everything["facility_rows"]) == (89, 2)
    assert everything["median"] == pytest.approx(0.7715, abs=0.0005)


def test_the_sums_again_with_plain_python(tables: Tables) -> None:
    found = paid_over_allowed(tables).set_index("group")
    rows = [row for row in tables["medicare_payments_2024"].to_dict("records") if row["office"] and row["hcpcs"] == "G2083"]
    ratios = [row["average_payment_usd"] / row["allowed_usd"] for row in rows]
    over = found.loc["G2083 in an office"]
    assert over["median"] == pytest.approx(statistics.median(ratios))
    assert over["median_by_visits"] == statistics.median_low(
        [ratio for ratio, row in zip(ratios, rows, strict=True) for _ in range(row["services"])]
    )
    assert [over["lower_quartile"], over["upper_quartile"]] == pytest.approx(
        [statistics.quantiles(ratios, n=4, method="inclusive")[part] for part in (0, 2)]
    )
    fullest = max(sum(start <= other <= start + MODE_WIDTH for other in ratios) for start in ratios)
    assert over["mode_rows"] == fullest
    assert over["rows_above"] == sum(ratio > 0.784 + LEEWAY for ratio in ratios)


def test_two_rows_are_a_facilitys_and_say_so(tables: Tables) -> None:
    rows = payments(tables)
    facility = rows[rows["why"] != ""]
    assert facility["average_payment_usd"].round().tolist() == [26, 27]
    assert (facility["ratio"] < 0.03).all()
    assert facility["why"].str.contains("The hospital bills drug and observation apart").all()
    assert rows.loc[rows["office"], "ratio"].min() > 0.5


def test_the_fullest_stretch_and_the_weights_by_hand() -> None:
    rows = pd.DataFrame(
        {
            "ratio": [0.784, 0.60, 0.776, 0.779, 0.90],
            "services": [10, 100, 1, 1, 1],
            "office": [True] * 5,
        }
    )
    found = summed_up(rows)
    assert (found["mode_low"], found["mode_high"], found["mode_rows"]) == (0.776, 0.776 + 0.01, 3)
    assert found["median"] == 0.779
    assert found["median_by_visits"] == 0.60, "100 of 113 visits"
    assert (found["rows_below"], found["rows_between"], found["rows_above"]) == (1, 3, 1)
