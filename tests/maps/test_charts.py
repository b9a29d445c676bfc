"""What all charts share: one look, labels that fit on a phone, points of which none hides another, marks that can be seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.charts import (
    LONGEST,
    Bar,
    Column,
    Line,
    Point,
    Table,
    accent,
    bars,
    beside,
    columns,
    cut,
    faint,
    lines,
    look,
    stacked,
    strip,
    table_html,
)
from maps.palette import DARK, LIGHT, SCHEMES, Scheme
from tests.maps.test_palette import contrast

CLEAR = "rgba(0,0,0,0)"
ROWS = [
    Bar("What the visits come to", "$46,036", 0, 46_036),
    Bar("Deductible", "$283", 0, 283, low=0, high=600),
    Bar("All", "$9,434", 0, 9_434, True),
]
YEARS = Line("over 56 mg", (2020, 2021, 2022), (1_154.0, 1_293.0, 1_197.0), ("$1,154", "$1,293", "$1,197"), strong=True)
LOWER = Line(
    "up to 56 mg",
    (2020, 2021, 2022),
    (790.0, 904.0, 842.0),
    ("$790", "$904", "$842"),
    low=(700.0, 800.0, 750.0),
    high=(800.0, 950.0, 900.0),
)


def figures(scheme: Scheme) -> dict[str, go.Figure]:
    several = [Point(one, f"{one}", "$365" if one == 365 else "", strong=one == 600) for one in (365, 375, 425, 600)]
    return {
        "bars": bars(ROWS, scheme, (0, 50_000)),
        "columns": columns(
            [Column("2023", 82_389, "82,000"), Column("2024", np.nan, ""), Column("2025<br>Q1", 9, "9", open=True)], scheme, "no data"
        ),
        "lines": lines([YEARS, LOWER], scheme, [(0, "$0"), (500, "$500")]),
        "strip": strip(several, scheme, [(0, "$0"), (500, "$500")], (0, 1_000), band=(370, 500), line=(400, "median $400")),
    }


def told(figure: go.Figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
@pytest.mark.parametrize("kind", ["bars", "columns", "lines", "strip"])
def test_all_have_one_look(kind: str, scheme: Scheme) -> None:
    figure = figures(scheme)[kind]
    layout = figure.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == CLEAR, "the page's own ground shows through, by day and by night"
    assert not layout.showlegend
    assert layout.font.family.startswith("Source Sans")
    assert layout.font.color == scheme.ink
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert not layout.xaxis.showgrid
    assert layout.template.layout.to_plotly_json() == {}, "no default template"
    sizes = [one.font.size for one in layout.annotations] + [
        axis.tickfont.size for axis in (layout.xaxis, layout.yaxis) if axis.tickfont.size
    ]
    assert min(sizes) >= 12


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_marks_stand_out_from_the_page(scheme: Scheme) -> None:
    assert contrast(accent(scheme), scheme.page) >= 3
    assert contrast(scheme.missing, scheme.page) >= 3


def test_a_chart_has_at_most_one_strong_colour() -> None:
    figure = figures(LIGHT)["bars"]
    assert list(figure.data[0].marker.color) == [LIGHT.missing, LIGHT.missing, accent(LIGHT)]
    assert accent(LIGHT) != accent(DARK)


def test_bars_have_their_label_above_and_their_number_at_the_right() -> None:
    figure = figures(LIGHT)["bars"]
    assert told(figure) == ["What the visits come to", "$46,036", "Deductible", "$283", "All", "$9,434"]
    assert [one.xanchor for one in figure.layout.annotations] == ["left", "right"] * 3
    assert list(figure.data[0].base) == [0, 0, 0]
    whiskers = [shape for shape in figure.layout.shapes if shape.x0 != shape.x1]
    assert [(one.x0, one.x1) for one in whiskers] == [(0, 600)]


def test_a_bar_may_begin_anywhere_and_a_base_is_marked_on_each() -> None:
    figure = bars([Bar("a", "1", 3, 1), Bar("b", "2", 2, 5)], LIGHT, (0, 5), base=2.5)
    assert list(figure.data[0].base) == [1, 2]
    assert list(figure.data[0].x) == [2, 3]
    assert [shape.x0 for shape in figure.layout.shapes] == [2.5, 2.5]


def test_a_label_is_cut_where_it_would_meet_its_number() -> None:
    assert cut("Deductible") == "Deductible"
    long = "Commercial plans, the patient's share after the deductible"
    assert len(cut(long)) <= LONGEST
    assert cut(long).endswith("…")


def test_a_year_that_is_not_in_hand_is_no_zero() -> None:
    figure = figures(LIGHT)["columns"]
    assert list(figure.data[0].y) == [82_389, None, 9]
    assert told(figure) == ["82,000", "no data", "9"]
    assert list(figure.data[0].marker.line.width) == [0, 0, 1.5], "a part of a year is hollow"


def test_names_of_lines_stand_off_each_other() -> None:
    figure = figures(LIGHT)["lines"]
    names = {one.text: one.yanchor for one in figure.layout.annotations if "mg" in one.text}
    assert names == {"over 56 mg": "bottom", "up to 56 mg": "top"}
    # from 1,154 up to 1,293: the first number stands under the line, and the last, after a fall, under it too
    ends = {one.text: one.yanchor for one in figure.layout.annotations if one.text in ("$1,154", "$1,197")}
    assert ends == {"$1,154": "top", "$1,197": "top"}
    assert sum(trace.fill == "toself" for trace in figure.data) == 1, "a band where there is a range"


@given(st.lists(st.floats(0, 1_000), max_size=40), st.floats(0.5, 60))
def test_no_point_hides_another(values: list[float], width: float) -> None:
    ordered = sorted(values)
    heights = stacked(ordered, width)
    for first in range(len(ordered)):
        for second in range(first):
            if heights[first] == heights[second]:
                assert abs(ordered[first] - ordered[second]) >= width


def test_labels_of_points_stay_inside() -> None:
    assert beside(Point(10, "", "a"), (0, 1_000))["xanchor"] == "left"
    assert beside(Point(990, "", "a"), (0, 1_000))["xanchor"] == "right"
    assert beside(Point(500, "", "a"), (0, 1_000))["xanchor"] == "center"
    assert beside(Point(990, "", "a", side="left"), (0, 1_000))["xanchor"] == "right"


def test_a_high_stack_is_pressed_together() -> None:
    alike = strip([Point(5.0, f"{one}") for one in range(50)], LIGHT, [(0, "0")], (0, 10))
    assert alike.layout.height < 300
    assert sorted(alike.data[0].y) == list(range(50))


def test_a_colour_seen_through() -> None:
    assert faint("#b9543f", 0.18) == "rgba(185,84,63,0.18)"


def test_a_table_is_markup_of_its_own_and_nothing_in_it_is() -> None:
    html = table_html(Table("What <it> is", ("Row", "A & B"), (("first", "<1 %"), ("second", "2 %"))))
    assert 'role="region" tabindex="0" aria-label="What &lt;it&gt; is"' in html
    assert '<th scope="col">A &amp; B</th>' in html
    assert '<tr><th scope="row">first</th><td>&lt;1 %</td></tr>' in html


def test_the_look_can_be_added_to() -> None:
    more: dict[str, Any] = {"barmode": "overlay"}
    assert look(LIGHT, 200, **more)["barmode"] == "overlay"
