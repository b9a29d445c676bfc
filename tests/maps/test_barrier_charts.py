"""The charts of far and costly: what is drawn are the numbers of the tables, in the colours of the classes."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.barriers import CLASSES, curve, people
from analytics.make_up import INSURED, RACE, SURVEYED, make_up
from analytics.query import Query
from analytics.refusal import RATE_LAYERS
from data.bundle import Tables
from maps import barrier_charts as charts
from maps.barrier_words import sections
from maps.palette import DARK, LIGHT, Scheme

QUERY = Query(measure="barrier_class")
both = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


@both
def test_people_by_class_in_the_colours_of_the_map(scheme: Scheme, tables: Tables) -> None:
    found = people(QUERY, tables)
    drawn = charts.people_chart(found, scheme)
    (bars,) = drawn.figure.data
    assert tuple(bars.marker.color) == scheme.barrier
    assert bars.x.tolist() == found.adults.tolist()
    spans = [(shape.x0, shape.x1) for shape in drawn.figure.layout.shapes]
    assert spans == [found.list_range(position) for position in range(len(CLASSES))]
    assert drawn.figure.layout.xaxis.range[1] > max(high for _, high in spans), "no range is cut"
    for name in CLASSES:
        assert name.capitalize() in drawn.alt
        assert name in charts.class_legend(scheme)
    assert not charts.people_chart(people(QUERY.with_(far="e2sfca", layers=RATE_LAYERS), tables), scheme).figure.layout.shapes


@both
def test_the_make_up_is_a_whole_for_each_group(scheme: Scheme, tables: Tables) -> None:
    frame = make_up(QUERY, tables)
    drawn = charts.make_up_chart(frame, RACE, scheme)
    parts = np.array([trace.x for trace in drawn.figure.data])
    assert parts.sum(axis=0) == pytest.approx(1)
    assert [trace.marker.color for trace in drawn.figure.data] == list(scheme.barrier)
    numbers = frame[(frame["section"] == RACE) & (frame["group"] == "Black, not Hispanic")]["number"].to_numpy()
    assert parts[:, 2] == pytest.approx(numbers / numbers.sum())
    assert "all adults" in drawn.alt
    assert "Black, not Hispanic" in drawn.alt
    assert len(drawn.figure.layout.annotations) == 2 * parts.shape[1], "a name and a number a row"


def test_every_section_with_counts_has_a_chart(tables: Tables) -> None:
    for place in ("us", "44"):
        frame = make_up(QUERY.with_(place=place), tables)
        drawn = [section for section in sections(frame) if charts.has_counts(frame, section)]
        assert SURVEYED not in drawn
        assert INSURED in drawn
        for section in drawn:
            assert charts.make_up_chart(frame, section, LIGHT).alt


@both
@pytest.mark.parametrize("along", ["distance", "share"])
@pytest.mark.parametrize("place", ["us", "28", "44"])
def test_the_curve_is_its_table_with_a_mark_at_the_own_line(along: str, place: str, scheme: Scheme, tables: Tables) -> None:
    query = QUERY.with_(place=place)
    moved = curve(query, tables, along)
    drawn = charts.curve_chart(moved, along, query, scheme)
    band, alone, lines, mark = drawn.figure.data
    assert lines.y.tolist() == moved["both"].tolist()
    assert alone.y.tolist() == moved["alone"].tolist()
    assert mark.x[0] == (30 if along == "distance" else 0.33)
    assert len(band.y) == 2 * len(moved)
    assert max(band.y) <= drawn.figure.layout.yaxis.range[1]
    assert (lines.line.color, alone.line.color) == (scheme.barrier[3], scheme.barrier[2 if along == "distance" else 1])
    assert "far and in costly counties" in charts.curve_legend(along, scheme)
    assert drawn.figure.layout.paper_bgcolor == "rgba(0,0,0,0)"


@pytest.mark.parametrize(
    ("top", "ticks"), [(210e6, [0, 1e8, 2e8]), (1.9e6, [0, 5e5, 1e6, 1.5e6]), (900, [0, 250, 500, 750]), (1.0, [0, 0.25, 0.5, 0.75, 1.0])]
)
def test_a_scale_has_round_numbers(top: float, ticks: list[float]) -> None:
    assert charts.scale(top) == ticks
