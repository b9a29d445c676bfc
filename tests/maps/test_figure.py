"""The map: the right places in the right colours, and a message small enough for a phone."""

from __future__ import annotations

import gzip
import json
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import plotly.io
import pytest

from analytics import status
from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps.classes import MISSING_CLASS, ZERO_CLASS, classify
from maps.figure import EXACT, areas, clicked_place, drawn_map, trimmed
from maps.files import data_csv
from maps.geometry import frame_of, geometry
from maps.palette import DARK, LIGHT, Scheme
from maps.paper import start_picture
from maps.table import heading
from maps.view import View
from maps.words import subtitle

COUNTY_MEASURES = [one.id for one in indicators().values() if "county" in one.levels]


def ids_of(level: str, tables: Tables) -> set[str]:
    return {feature["id"] for feature in json.loads(gzip.decompress(geometry(level, tables).body))["features"]}


def colour_at(trace: object, z: float) -> str:
    """What plotly paints: the colour of the last stop at or below the value, stops laid out over zmin..zmax as plotly does."""
    return [colour for stop, colour in trace.colorscale if trace.zmin + stop * (trace.zmax - trace.zmin) <= z][-1]


@pytest.mark.parametrize("measure", COUNTY_MEASURES)
def test_every_county_is_drawn_once_in_the_colour_of_its_class(measure: str, tables: Tables) -> None:
    layers = ("samhsa_2024",) if measure == "sites_per_100k" else Query().layers
    result = answer(Query(measure=measure, layers=layers), tables)
    figure = drawn_map(result, View(), LIGHT, tables)
    classes = classify(result.frame, result.indicator, LIGHT)
    drawn = [trace for trace in figure.data if trace.type == "choropleth" and trace.hoverinfo != "skip"]
    ids = [geoid for trace in drawn for geoid in trace.locations]
    assert len(ids) == len(set(ids)) == 3_144
    assert set(ids) == ids_of("county", tables) == set(result.frame["geoid"])
    code = dict(zip(result.frame["geoid"], classes.code, strict=True))
    value = dict(zip(result.frame["geoid"], result.frame["value"], strict=True))
    for trace in drawn:
        for geoid, z in zip(trace.locations, trace.z, strict=True):
            if code[geoid] == MISSING_CLASS:
                assert colour_at_missing(trace) == LIGHT.page
            elif code[geoid] == ZERO_CLASS:
                assert colour_at(trace, float(z)) == classes.zero
            else:
                assert colour_at(trace, float(z)) == classes.colours[code[geoid]], (geoid, value[geoid])


UNITS = {"share": 0.0005, "miles": 0.1, "rate": 0.005, "people": 0, "usd": 0.01, "sites": 0, "code": 0}
"""How far the hover's number may be from the table's: less than what it shows; counts and dollars not at all."""


@pytest.mark.parametrize("measure", COUNTY_MEASURES)
def test_the_hover_says_what_the_table_says(measure: str, tables: Tables) -> None:
    result = answer(Query(measure=measure, modality="esketamine"), tables)
    trace = drawn_map(result, View(), LIGHT, tables).data[0]
    rows = result.frame.set_index("geoid").loc[list(trace.locations)]
    shown = np.asarray(trace.customdata, dtype=float)
    columns = ["value", "low", "high"][: shown.shape[1]]
    near = rows["value"] < 800  # rounding grows with the number; farther than that there is nothing but the Aleutians
    leeway = UNITS[result.indicator.unit] if result.indicator.unit in EXACT else UNITS[result.indicator.unit] + 1e-9
    for column, numbers in zip(columns, shown.T, strict=True):
        within = near if result.indicator.unit == "miles" else np.ones(len(rows), dtype=bool)
        np.testing.assert_allclose(numbers[within], rows[column][within], rtol=0, atol=leeway)
    for index in range(shown.shape[1]):
        assert f"customdata[{index}]" in trace.hovertemplate
    assert f"customdata[{shown.shape[1]}]" not in trace.hovertemplate
    assert "%{properties.name}" in trace.hovertemplate
    assert trace.hovertemplate.endswith("<extra></extra>")


def test_a_value_on_a_border_belongs_to_the_class_above_it() -> None:
    """Six counties, hand-made: nothing, on a border, a hair below it, and none known."""
    values = [0.0, 0.2, np.nextafter(0.2, 0), 0.95, 1.0, np.nan]
    states = [status.ZERO, *[status.MODELLED] * 4, status.NO_DATA]
    frame = pd.DataFrame(
        {
            "geoid": list("abcdef"),
            "value": values,
            "low": np.nan,
            "high": np.nan,
            "status": pd.Categorical(states, categories=list(status.ALL)),
        }
    )
    indicator = indicators()["within_30_miles"]
    classes = classify(frame, indicator, LIGHT)
    result = SimpleNamespace(frame=frame, indicator=indicator, modelled=True)
    painted = {}
    for trace in areas(result, classes, LIGHT, "/geometry/x.json"):
        painted |= {
            geoid: colour_at(SimpleNamespace(**trace), z)
            for geoid, z in zip(trace["locations"], trace["z"], strict=True)
            if "zmin" in trace
        }
    assert classes.breaks == (0.2, 0.4, 0.6, 0.8, 0.95)
    assert painted == {
        "a": classes.zero,
        "b": classes.colours[1],
        "c": classes.colours[0],
        "d": classes.colours[5],
        "e": classes.colours[5],
    }


def test_a_map_of_zeros_alone_and_one_of_nothing_known_are_drawn() -> None:
    indicator = indicators()["sites"]
    for state, count in ((status.ZERO, 0.0), (status.NO_DATA, np.nan)):
        frame = pd.DataFrame({"geoid": list("ab"), "value": count, "low": np.nan, "high": np.nan, "status": state})
        classes = classify(frame, indicator, LIGHT)
        (trace,) = areas(SimpleNamespace(frame=frame, indicator=indicator, modelled=False), classes, LIGHT, "/geometry/x.json")
        assert list(trace["locations"]) == ["a", "b"]
        assert trace["colorscale"][0][1] == (classes.zero if state == status.ZERO else LIGHT.page)


def colour_at_missing(trace: object) -> str:
    return trace.colorscale[0][1]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_worst_class_is_the_strongest(scheme: Scheme, tables: Tables) -> None:
    near = classify(answer(Query(measure="miles_to_nearest"), tables).frame, indicators()["miles_to_nearest"], scheme)
    assert near.colours[-1] == scheme.ramps["distance"][-1]
    share = classify(answer(Query(), tables).frame, indicators()["within_30_miles"], scheme)
    assert share.zero == scheme.ramps["distance"][-1]
    assert share.colours[-1] == scheme.ramps["distance"][0]


def test_the_message_is_small(tables: Tables) -> None:
    result = answer(Query(modality="esketamine"), tables)  # interval, status and points
    text = plotly.io.to_json(drawn_map(result, View(), LIGHT, tables), validate=False)
    assert len(text) < 120_000
    assert "coordinates" not in text


def test_names_of_sites_travel_only_within_a_state(tables: Tables) -> None:
    nation = drawn_map(answer(Query(), tables), View(), LIGHT, tables).data[-1]
    state = drawn_map(answer(Query(place="28"), tables), View(), LIGHT, tables).data[-1]
    assert nation.type == state.type == "scattergeo"
    assert nation.text is None
    assert all("point: " in text for text in state.text)
    assert len(state.lat) < len(nation.lat)
    hidden = drawn_map(answer(Query(), tables), View(sites=False), LIGHT, tables)
    assert all(trace.type == "choropleth" for trace in hidden.data)


def test_trimming_keeps_four_digits() -> None:
    values = np.array([0.123456, 1356.08, 98765.4, 0, np.nan])
    np.testing.assert_allclose(trimmed(values), values, rtol=1e-4)


@pytest.mark.parametrize("state", ["48", "02", "15", "44", "11"])
def test_a_state_fills_its_frame(state: str, tables: Tables) -> None:
    frame = frame_of(state, tables)
    west, east = frame.geo["lonaxis"]["range"]
    south, north = frame.geo["lataxis"]["range"]
    assert west < frame.geo["center"]["lon"] < east < 0
    assert south < frame.geo["center"]["lat"] < north
    assert east - west < 70
    assert 0.45 <= frame.aspect <= 1.25


def test_the_start_pages_map_is_an_svg_of_every_class_and_light_to_load(tables: Tables) -> None:
    result = answer(Query(), tables)
    for scheme in (LIGHT, DARK):
        picture = start_picture(scheme, tables)
        text = gzip.decompress(picture.body).decode()
        fills = set(re.findall(r'fill="(#\w{6})"', text))
        classes = classify(result.frame, result.indicator, scheme)
        assert fills == {*classes.colours, classes.zero}
        assert len(picture.body) < 150_000
        assert "3,144 counties" in picture.alt
        assert "<script" not in text


def test_boundaries_have_the_same_address_twice(tables: Tables) -> None:
    from maps.geometry import _geometry

    assert _geometry("state", tables) == geometry("state", tables)


def test_what_is_shared_out_to_districts_is_called_modelled_everywhere(tables: Tables) -> None:
    for level, modelled in (("county", False), ("district", True)):
        result = answer(Query(measure="medicaid_people", level=level), tables)
        assert result.modelled == modelled
        assert ("<br>modelled<" in drawn_map(result, View(), LIGHT, tables).data[0].hovertemplate) == modelled
        assert ("Modelled" in subtitle(result)) == modelled
        assert (b"medicaid_people_modelled" in data_csv(result)) == modelled
        assert ("(modelled)" in heading(result)) == modelled


@pytest.mark.parametrize(("place", "level"), [("28049", "county"), ("2802", "district"), ("2802", "county"), ("28049", "state")])
def test_the_chosen_place_has_an_outline_in_ink_within_the_pages_colour(place: str, level: str, tables: Tables) -> None:
    figure = drawn_map(answer(Query(place=place, level=level), tables), View(), DARK, tables)
    outlines = [
        trace for trace in figure.data if trace.type == "choropleth" and list(trace.locations) == [place] and trace.hoverinfo == "skip"
    ]
    assert [trace.marker.line.color for trace in outlines] == [DARK.page, DARK.ink]
    assert outlines[0].marker.line.width > outlines[1].marker.line.width
    assert outlines[0].geojson == geometry("district" if len(place) == 4 else "county", tables).address


def test_a_click_leads_to_a_place_and_nowhere_else() -> None:
    def click(*points: dict[str, object]) -> dict[str, object]:
        return {"selection": {"points": list(points)}}

    known = {"17031": 1}
    assert clicked_place(click({"location": "17031"}), known) == "17031"
    assert clicked_place(click({"lat": 1.0, "lon": 2.0}), known) is None
    assert clicked_place(click(), known) is None


def test_missing_kinds_are_counted_for_the_legend(tables: Tables) -> None:
    result = answer(Query(measure="medicare_people"), tables)
    assert classify(result.frame, result.indicator, LIGHT).missing == {status.NO_DATA: 4, status.SUPPRESSED: 1}
