"""Charts for print, read again: every bar, point and word of the page's chart stands on the sheet, where the scale says, and nothing on another."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image
from pypdf import PdfReader

from maps.chart_files import LOWER_BOUND, Printed, chart_picture, table_csv
from maps.charts import Bar, Chart, Column, Line, Point, Table, bars, columns, lines, look, strip
from maps.dots import ticks
from maps.palette import LIGHT, Scheme
from maps.print import PRESETS
from maps.print_charts import drawn, paint, plain, stacked
from maps.sheet import Sheet

TABLE = Table("Three places", ("Place", "Number"), (("Doña Ana", "45 %"), ("=1+1", "")))
ADDRESS = "https://atlas.example.org/costs?place=48"
FIGURES: dict[str, Callable[[Scheme], go.Figure]] = {
    "bars": lambda one: bars([Bar("first", "45 %", 0, 45, True, 30, 60), Bar("second", "12 %", 0, 12)], one, (0, 100), base=10),
    "columns": lambda one: columns(
        [Column("2023", 5, "5"), Column("2024", np.nan, ""), Column("2025<br>Q1", 2, "2", open=True)], one, "no data"
    ),
    "lines": lambda one: lines(
        [Line("a line", (2020, 2021, 2022), (1, 2, 3), ("$1", "$2", "$3"), (0, 1, 2), (2, 3, 4), True)], one, [(0, "$0"), (4, "$4")]
    ),
    "strip": lambda one: strip(
        [Point(3, "three", "the third", True), Point(4, "four")], one, [(0, "0"), (10, "10")], (0, 10), (2, 5), (6, "median 6")
    ),
}
figures = pytest.mark.parametrize("name", FIGURES)


def printed(name: str, title: str = "What the chart finds, with its number 45 %") -> Printed:
    return Printed(
        f"A Chart of {name}",
        title,
        "Share, by place",
        "Sources: somebody (2023).",
        lambda one: Chart(FIGURES[name](one), "In words.", TABLE),
        TABLE,
    )


@figures
def test_a_pdf_has_every_word_of_the_chart_and_what_goes_with_it(name: str) -> None:
    body = chart_picture(printed(name), "pdf", "slide", ADDRESS)
    assert body == chart_picture(printed(name), "pdf", "slide", ADDRESS)
    said = " ".join(PdfReader(io.BytesIO(body), strict=True).pages[0].extract_text().split())
    figure = FIGURES[name](LIGHT)
    words = [line for one in figure.layout.annotations for line in plain(one.text)]
    words += [
        line for one in (figure.layout.xaxis.ticktext or (), figure.layout.yaxis.ticktext or ()) for text in one for line in plain(text)
    ]
    assert len(words) >= 4
    for one in (*words, printed(name).title, "Share, by place", "Sources: somebody (2023).", ADDRESS, LOWER_BOUND):
        assert one in said


@figures
def test_a_png_has_its_size_and_grey_has_no_colour(name: str) -> None:
    picture = Image.open(io.BytesIO(chart_picture(printed(name), "png", "grey", ADDRESS)))
    assert picture.size == PRESETS["grey"].pixels()
    assert np.ptp(np.asarray(picture.convert("RGB")).astype(int), axis=2).max() == 0


def sheet_of(figure: go.Figure) -> Sheet:
    sheet = Sheet(10, 6, LIGHT.page)
    drawn(sheet, figure.to_plotly_json(), (1, 1, 8, 4), LIGHT)
    return sheet


def test_bars_lie_where_the_scale_says() -> None:
    """100 on a scale of 100 is 8 inches; the first bar starts at 0 and ends at 45."""
    areas = [one.get_path().vertices for one in sheet_of(FIGURES["bars"](LIGHT)).axes.patches]
    assert (areas[0][:, 0].min(), areas[0][:, 0].max()) == pytest.approx((1, 1 + 8 * 0.45))
    assert areas[1][:, 0].max() == pytest.approx(1 + 8 * 0.12)
    assert areas[0][:, 1].mean() < areas[1][:, 1].mean(), "the first above the second"


def test_a_missing_column_is_no_bar() -> None:
    assert len(sheet_of(FIGURES["columns"](LIGHT)).axes.patches) == 2


def test_stacked_bars_begin_where_those_before_end() -> None:
    traces = [
        {"type": "bar", "orientation": "h", "x": [0.2, 0.5], "y": [0, -1]},
        {"type": "bar", "orientation": "h", "x": [0.3, 0.1], "y": [0, -1]},
    ]
    assert [one["base"] for one in stacked({"data": traces})] == [[0.0, 0.0], [0.2, 0.5]]


def test_what_is_not_known_is_an_error_and_no_gap() -> None:
    for trace in ({"type": "pie", "values": [1]}, {"type": "scatter", "x": [1], "y": [1], "mode": "text"}):
        axes = {"xaxis": {"range": [0, 1]}, "yaxis": {"range": [0, 1]}}
        with pytest.raises((KeyError, ValueError)):
            drawn(Sheet(10, 6, "#ffffff"), {"data": [trace], "layout": look(LIGHT, 100, **axes)}, (1, 1, 8, 4), LIGHT)


def test_colours_words_and_round_numbers() -> None:
    assert paint("rgba(255,0,51,0.5)") == (1, 0, 0.2, 0.5)
    assert paint("#ff0000") == "#ff0000"
    assert plain("A &amp; <b>B</b><br>second") == ["A & B", "second"]
    assert ticks(0, 160) == [0, 50, 100, 150]


def test_the_numbers_are_the_tables_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(table_csv(TABLE).decode(), newline="")))
    assert rows == [["Place", "Number"], ["Doña Ana", "45 %"], ["'=1+1", ""]]
    assert printed("bars").file_name("_slide.png", "v1") == "ketamine-access_a-chart-of-bars_v1_slide.png"
