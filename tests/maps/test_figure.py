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
from analytics.findings import START
from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps.classes import MISSING_CLASS, ZERO_CLASS, classify
from maps.figure import areas, hovered, trimmed, written_map
from maps.files import data_csv
from maps.geometry import frame_of, geometry
from maps.numbers import UNITS
from maps.palette import DARK, LIGHT, Scheme
from maps.paper import start_picture
from maps.ready import Ready
from maps.table import column_config, heading, shown_table
from maps.view import View
from maps.words import subtitle
from tests.maps.checked import checked_map
from tests.sound import sound

COUNTY_MEASURES = [one.id for one in indicators().values() if "county" in one.levels]


def ids_of(level: str, tables: Tables) -> set[str]:
    return {feature["id"] for feature in json.loads(gzip.decompress(geometry(level, tables).body))["features"]}


def colour_at(trace: object, z: float) -> str:
    """What plotly paints: the colour of the last stop at or below the value, stops laid out over zmin..zmax as plotly does."""
    return [colour for stop, colour in trace.colorscale if trace.zmin + stop * (trace.zmax - trace.zmin) <= z][-1]


@pytest.mark.parametrize("measure", COUNTY_MEASURES)
def test_every_county_is_drawn_once_in_the_colour_of_its_class(measure: str, tables: Tables) -> None:
    result = answer(sound(measure, tables), tables)
    figure = checked_map(result, View(), LIGHT, tables)
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


LEEWAY = {"share": 0.005, "miles": 0.5, "minutes": 0.5, "rate": 0.005, "per_million": 0.005, "mean_sites": 0.05, "score": 0.005}
LEEWAY |= {"people": 0, "usd": 0.5, "sites": 0, "code": 0, "class": 0}
"""How far the hover's number may be from the table's: no more than half of the last digit that it shows; counts not at all. Dollars with a wide
interval are told to the hundred."""


@pytest.mark.parametrize("measure", [one for one in COUNTY_MEASURES if indicators()[one].categories])
def test_the_hover_of_a_category_says_its_words(measure: str, tables: Tables) -> None:
    result = answer(sound(measure, tables), tables)
    value = result.frame.set_index("geoid")["value"]
    drawn = [trace for trace in checked_map(result, View(), LIGHT, tables).data if trace.type == "choropleth" and trace.zmax == 1]
    assert sum(len(trace.locations) for trace in drawn) == value.notna().sum()
    for trace in drawn:
        (position,) = set(value[list(trace.locations)])
        assert f"<br>{result.indicator.categories[int(position)]}<br>" in trace.hovertemplate
    words = set(shown_table(result)[heading(result)])
    assert words <= {*result.indicator.categories, ""}
    assert heading(result) not in column_config(result), "words are no numbers"


@pytest.mark.parametrize("measure", [one for one in COUNTY_MEASURES if not indicators()[one].categories])
def test_the_hover_says_what_the_table_says(measure: str, tables: Tables) -> None:
    result = answer(sound(measure, tables, modality="esketamine"), tables)
    trace = checked_map(result, View(), LIGHT, tables).data[0]
    rows = result.frame.set_index("geoid").loc[list(trace.locations)]
    shown = np.asarray(trace.customdata, dtype=float) / (100 if result.indicator.unit == "share" else 1)
    columns = ["value", "low", "high"][: shown.shape[1]]
    near = rows["value"] < 400  # rounding grows with the number; farther than that there is nothing but the Aleutians
    leeway = LEEWAY[result.indicator.unit] + (0 if UNITS[result.indicator.unit].exact else 1e-9)
    for column, numbers in zip(columns, shown.T, strict=True):
        within = near if result.indicator.unit in {"miles", "minutes"} else np.ones(len(rows), dtype=bool)
        wide = 50 if result.indicator.unit == "usd" and len(columns) == 3 else 0
        np.testing.assert_allclose(numbers[within], rows[column][within], rtol=0, atol=max(leeway, wide))
    for index in range(shown.shape[1]):
        assert f"customdata[{index}]" in trace.hovertemplate
    assert f"customdata[{shown.shape[1]}]" not in trace.hovertemplate
    assert "%{properties.name}" in trace.hovertemplate
    assert trace.hovertemplate.endswith("<extra></extra>")


def test_the_hover_has_no_more_digits_than_it_shows() -> None:
    """By hand: whole per cent, whole dollars, hundreds where the ends are 2,000 dollars apart or more."""
    share = hovered(np.array([[0.1234, 0.104, 0.1451]]), "share")
    assert (share.dtype, share.tolist()) == (np.int8, [[12, 10, 15]])
    assert hovered(np.array([[120.4], [300.0]]), "minutes").dtype == np.int16
    assert hovered(np.array([[69_841.0, 64_329, 75_353], [500, 450.4, 550]]), "usd") == [[69_800, 64_300, 75_400], [500, 450, 550]]
    assert hovered(np.array([[0.5, np.nan, np.nan]]), "share").dtype == np.float32, "an end that is not known stays so"
    assert hovered(np.array([[0.12345]]), "rate")[0, 0] == pytest.approx(0.12345, rel=1e-4)


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
    text = plotly.io.to_json(Ready(written_map(result, View(), LIGHT, tables)).to_dict(), validate=False)
    assert len(text) < 120_000
    assert "coordinates" not in text


@pytest.mark.parametrize("measure", ["within_30_miles", "uninsured", "barrier_class", "medicare_people"])
def test_the_message_is_what_plotly_would_send(measure: str, tables: Tables) -> None:
    """What goes unchecked to the page is, word by word, what plotly makes of the same figure."""
    result = answer(sound(measure, tables), tables)
    sent = json.loads(plotly.io.to_json(Ready(written_map(result, View(selected=("35013",)), LIGHT, tables)), validate=False))
    theirs = json.loads(checked_map(result, View(selected=("35013",)), LIGHT, tables).update_layout(template="none").to_json())
    del theirs["layout"]["template"]
    assert sent == theirs


def test_names_of_sites_travel_only_within_a_state(tables: Tables) -> None:
    nation = checked_map(answer(Query(), tables), View(), LIGHT, tables).data[-1]
    state = checked_map(answer(Query(place="28"), tables), View(), LIGHT, tables).data[-1]
    assert nation.type == state.type == "scattergeo"
    assert nation.text is None
    assert all("point: " in text for text in state.text)
    assert len(state.lat) < len(nation.lat)
    hidden = checked_map(answer(Query(), tables), View(sites=False), LIGHT, tables)
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
    result = answer(START, tables)
    for scheme in (LIGHT, DARK):
        picture = start_picture(scheme, tables)
        text = gzip.decompress(picture.body).decode()
        fills = set(re.findall(r'fill="(#\w{6})"', text))
        classes = classify(result.frame, result.indicator, scheme)
        assert fills == set(classes.colours), "every county is in a class: one without a road to a site is far"
        assert not classes.missing
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
        assert ("<br>modelled<" in checked_map(result, View(), LIGHT, tables).data[0].hovertemplate) == modelled
        assert ("Modelled" in subtitle(result)) == modelled
        assert (b"medicaid_people_modelled" in data_csv(result)) == modelled
        assert ("(modelled)" in heading(result)) == modelled


@pytest.mark.parametrize(("place", "level"), [("28049", "county"), ("2802", "district"), ("2802", "county"), ("28049", "state")])
def test_the_chosen_place_has_an_outline_in_ink_within_the_pages_colour(place: str, level: str, tables: Tables) -> None:
    figure = checked_map(answer(Query(place=place, level=level), tables), View(), DARK, tables)
    outlines = [
        trace for trace in figure.data if trace.type == "choropleth" and list(trace.locations) == [place] and trace.hoverinfo == "skip"
    ]
    assert [trace.marker.line.color for trace in outlines] == [DARK.page, DARK.ink]
    assert outlines[0].marker.line.width > outlines[1].marker.line.width
    assert outlines[0].geojson == geometry("district" if len(place) == 4 else "county", tables).address


def test_missing_kinds_are_counted_for_the_legend(tables: Tables) -> None:
    result = answer(Query(measure="medicare_people"), tables)
    assert classify(result.frame, result.indicator, LIGHT).missing == {status.NO_DATA: 4, status.SUPPRESSED: 1}


def test_the_hover_says_which_class_a_place_has_at_its_bounds(tables: Tables) -> None:
    result = answer(Query(measure="barrier_class"), tables)
    frame = result.frame.set_index("geoid")
    said = {}
    for trace in checked_map(result, View(), LIGHT, tables).data:
        if trace.type == "choropleth" and trace.text is not None:
            assert "%{text}" in trace.hovertemplate
            said |= {geoid: text for geoid, text in zip(trace.locations, trace.text, strict=True) if text}
    differs = (frame["low"] != frame["value"]) | (frame["high"] != frame["value"])
    assert set(said) == set(frame.index[differs])
    for geoid, text in said.items():
        ends = sorted({int(frame.loc[geoid, end]) for end in ("low", "high")} - {int(frame.loc[geoid, "value"])})
        assert text == f"at its bounds: {' or '.join(result.indicator.categories[one] for one in ends)}<br>"
