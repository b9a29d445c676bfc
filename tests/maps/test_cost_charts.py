"""The charts of the page on costs: what is drawn is what the models say, each with its finding in words and its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.brackets import by_bracket
from analytics.prices import allowed_trend
from analytics.query import PAYERS, Query
from analytics.self_pay import distribution, price_kinds
from analytics.tornado import bars as assumption_bars
from data.bundle import Tables
from maps.charts import LONGEST, Chart, accent
from maps.cost_charts import MOVES, bill_chart, households_chart, line_words, states_chart, states_title, steps, tornado_chart
from maps.cost_words import asked_bill
from maps.palette import LIGHT, SCHEMES, Scheme
from maps.payment_charts import kinds_table, prices_chart, trend_chart, use_chart, use_table
from maps.payment_words import use_rows

YEAR = Query(modality="esketamine", payer="medicare", schedule="label_year_low", place="17031")
MOST = YEAR.with_(schedule="label_year_high")
COURSE = Query(place="us")


def every(scheme: Scheme, tables: Tables) -> dict[str, Chart | None]:
    bill = asked_bill(YEAR, tables)
    return {
        "bill": bill_chart(bill, scheme, tables),
        "households": households_chart(bill, scheme, tables),
        "states": states_chart("patient_cost", YEAR, scheme, tables),
        "states by households": states_chart("households_over", YEAR, scheme, tables),
        "tornado": tornado_chart(assumption_bars(YEAR, YEAR.place, tables), scheme),
        "trend": trend_chart(allowed_trend("17", tables), "17", scheme, tables),
        "prices": prices_chart(distribution("iv", tables), scheme),
        "use": use_chart("medicaid", "claims", scheme, tables),
    }


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_every_chart_tells_its_finding_and_has_its_numbers(scheme: Scheme, tables: Tables) -> None:
    for name, chart in every(scheme, tables).items():
        assert chart is not None, name
        assert chart.alt[0].isupper(), name
        assert chart.alt.endswith("."), name
        assert any(char.isdigit() for char in chart.alt), name
        assert "nan" not in chart.alt, name
        assert chart.table.rows, name
        assert {len(row) for row in chart.table.rows} == {len(chart.table.heads)}, name
        assert chart.figure.layout.height < 500, name


# --- The bill ---


def test_the_waterfall_falls_from_the_charge_to_what_the_patient_pays(tables: Tables) -> None:
    drawn = bill_chart(asked_bill(YEAR, tables), LIGHT, tables).figure.data[0]
    starts, widths = np.array(drawn.base), np.array(drawn.x)
    charge, others, deductible, coinsurance, total = zip(starts, starts + widths, strict=True)
    assert charge == pytest.approx((0, 46_035.78))
    assert others == pytest.approx((9_433.556, 46_035.78)), "what others pay ends where the charge does"
    assert deductible == pytest.approx((0, 283))
    assert coinsurance == pytest.approx((283, 9_433.556)), "and the patient's parts stand one behind the other"
    assert total == pytest.approx((0, 9_433.556))
    assert list(drawn.marker.color).count(accent(LIGHT)) == 1


def test_one_amount_is_one_bar_with_its_range(tables: Tables) -> None:
    figure = bill_chart(asked_bill(COURSE, tables), LIGHT, tables).figure
    assert list(figure.data[0].x) == [3_000]
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.x0 != shape.x1] == [(2_244, pytest.approx(4_155))]


@pytest.mark.parametrize("payer", PAYERS)
def test_labels_and_numbers_of_every_bill_fit_beside_each_other_on_a_phone(payer: str, tables: Tables) -> None:
    for schedule in ("course", "label_year_high"):
        bill = asked_bill(Query(payer=payer, modality="esketamine", schedule=schedule, place="06037"), tables)
        if bill.refusal is None:
            texts = [one.text for one in bill_chart(bill, LIGHT, tables).figure.layout.annotations]
            assert all(len(label) + len(number) < 45 for label, number in zip(texts[::2], texts[1::2], strict=True))


# --- The households ---


@pytest.mark.parametrize("query", [YEAR, MOST, COURSE, YEAR.with_(place="48301", payer="commercial", schedule="typical_year")])
def test_the_coloured_part_of_the_columns_is_the_share_over_the_line(query: Query, tables: Tables) -> None:
    rows = by_bracket(query, query.place, tables)
    figure = households_chart(asked_bill(query, tables), LIGHT, tables).figure
    over, rest = figure.data
    whole = 0.94  # a column's width, of one
    share = sum(width * height for width, height in zip(over.width, over.y, strict=True)) / whole
    assert share == pytest.approx(rows["over"].sum() / rows["households"].sum())
    both = share + sum(width * height for width, height in zip(rest.width, rest.y, strict=True)) / whole
    assert both == pytest.approx(1)


def test_open_brackets_that_the_line_falls_into_are_hollow(tables: Tables) -> None:
    assert list(households_chart(asked_bill(MOST, tables), LIGHT, tables).figure.data[1].marker.line.width)[-2:] == [1.5, 1.5]
    assert not any(households_chart(asked_bill(YEAR, tables), LIGHT, tables).figure.data[1].marker.line.width)


def test_the_line_stands_where_the_colours_part(tables: Tables) -> None:
    figure = households_chart(asked_bill(YEAR, tables), LIGHT, tables).figure
    # 10 x 9,433.56 = 94,336 lies in the bracket from 75,000 to 100,000, the sixth
    line = next(shape for shape in figure.layout.shapes if shape.x0 == shape.x1)
    assert line.x0 == pytest.approx(5 + (94_335.56 - 75_000) / 25_000)
    assert line_words(94_335.56, 94_335.56) == "line: $94,300 a year"
    assert line_words(34_310, 60_000) == "line: $34,300 to $60,000 a year, by county"


# --- The states ---


def test_states_stand_on_one_scale_with_ones_own_named(tables: Tables) -> None:
    chart = states_chart("patient_cost", YEAR, LIGHT, tables)
    assert chart is not None
    assert len(chart.figure.data[0].x) == len(chart.table.rows) == 51
    assert "Illinois $9,172" in [one.text for one in chart.figure.layout.annotations]
    assert (
        states_title("patient_cost", YEAR, tables)
        == "What a patient pays: from $8,095 in Arkansas to $11,187 in California, $9,172 in Illinois"
    )


def test_what_is_the_same_everywhere_is_said_and_not_drawn(tables: Tables) -> None:
    assert states_chart("patient_cost", COURSE, LIGHT, tables) is None
    assert states_title("patient_cost", COURSE, tables) == "What a patient pays: $3,000 in every state"
    assert states_chart("households_over", COURSE, LIGHT, tables) is not None


def test_many_at_one_end_are_counted(tables: Tables) -> None:
    assert "to $667 in Massachusetts" in states_title(
        "patient_cost", Query(payer="commercial_copay", schedule="typical_year", place="25"), tables
    )
    assert "from $120 in 47 states" in states_title("patient_cost", Query(payer="commercial_copay", schedule="typical_year"), tables)


@pytest.mark.parametrize(("low", "high"), [(8_095.0, 11_187.0), (0.48, 0.66), (120.0, 667.0), (0.001, 0.07)])
def test_a_scale_has_a_few_round_numbers(low: float, high: float) -> None:
    found = steps(low, high)
    assert 2 <= len(found) <= 6
    assert all(low <= one <= high + 1e-9 for one in found)


# --- Which assumption moves it ---


def test_the_tornado_runs_through_the_share_as_it_is(tables: Tables) -> None:
    found = assumption_bars(YEAR, YEAR.place, tables)
    chart = tornado_chart(found, LIGHT)
    assert chart is not None
    drawn = chart.figure.data[0]
    base = found["value"].iloc[0]
    for start, width in zip(drawn.base, drawn.x, strict=True):
        assert start - 1e-9 <= base <= start + width + 1e-9
    assert list(drawn.x) == sorted(drawn.x, reverse=True), "widest first"
    assert len(chart.table.rows) == len(found), "the table has those too that move nothing"
    uncertain = found[found["spread"] > 0.0005]["kind"] == "uncertain"
    assert [colour == accent(LIGHT) for colour in drawn.marker.color] == list(uncertain)


def test_where_nothing_moves_there_is_no_tornado(tables: Tables) -> None:
    free = Query(payer="medicare_medicaid", place="28")
    assert tornado_chart(assumption_bars(free, "28", tables), LIGHT) is None


def test_short_words_of_assumptions_fit() -> None:
    assert all(len(words) <= LONGEST for words in MOVES.values())


# --- Payments ---


def test_the_trend_has_seven_years_of_both_codes(tables: Tables) -> None:
    chart = trend_chart(allowed_trend("17031", tables), "17031", LIGHT, tables)
    assert [row[0] for row in chart.table.rows] == [str(year) for year in range(2020, 2027)]
    assert chart.table.rows[-1] == ("2026", "$960.42", "$1,365.92")
    assert len(chart.figure.data) == 2, "a county has its locality's amount, and no band"
    assert len(trend_chart(allowed_trend("17", tables), "17", LIGHT, tables).figure.data) == 4
    assert "least to greatest county" in trend_chart(allowed_trend("17", tables), "17", LIGHT, tables).table.heads


def test_one_point_a_provider_and_none_where_too_few_publish(tables: Tables) -> None:
    chart = prices_chart(distribution("iv", tables), LIGHT)
    assert chart is not None
    assert len(chart.figure.data[0].x) == 10
    assert "median $500" in [one.text for one in chart.figure.layout.annotations]
    assert ("50 % ask this or less", "$500.00") in chart.table.rows
    assert prices_chart(distribution("esketamine", tables), LIGHT) is None


def test_kinds_of_prices_stand_apart(tables: Tables) -> None:
    rows = {row[0]: row[1:] for row in kinds_table(price_kinds(tables)).rows}
    assert rows["IV ketamine, a session, standard price"] == ("10", "$365 to $850", "$500")
    assert rows["IV ketamine for pain, a session, standard price"] == ("4", "$590 to $1,650", "too few")


def test_a_year_without_data_is_no_zero_and_a_part_of_a_year_is_hollow(tables: Tables) -> None:
    figure = use_chart("medicaid", "claims", LIGHT, tables).figure
    assert list(figure.layout.xaxis.ticktext) == ["2019", "2020", "2021", "2022", "2023", "2024", "2025<br>Q1-Q3"]
    assert list(figure.data[0].y)[-2:] == [None, 134_625]
    assert list(figure.data[0].marker.line.width) == [0, 0, 0, 0, 0, 0, 1.5]
    rows = {row[0]: row[1:] for row in use_table(tables).rows}
    assert rows["Medicaid, 2025 Q1-Q3"] == ("134,625", f"${float(use_rows('medicaid', 'spending', tables)['value'].iloc[-1]):,.0f}")
    assert rows["Medicare Part D, 2019"][0] == "6,173"
