"""Classes that a person chose: the same places as mapclassify's own, zero apart, and a sentence where they can't be had."""

from __future__ import annotations

import time

import mapclassify
import numpy as np
import pandas as pd
import pytest

from analytics import status
from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps.breaks import borders, first_own, round_between, typed, written
from maps.classes import MISSING_CLASS, ZERO_CLASS, Classes, classify
from maps.html_file import html_file
from maps.palette import LIGHT
from maps.print import PRESETS, drawn_sheet
from maps.view import COUNTS, Classing, View, own_borders, with_borders
from tests.maps.checked import checked_map

DEPRESSION, WITHIN = indicators()["depression"], indicators()["within_30_miles"]


def frame_of(values: list[float]) -> pd.DataFrame:
    said = [status.NO_DATA if np.isnan(one) else status.ZERO if one == 0 else status.OBSERVED for one in values]
    return pd.DataFrame({"value": values, "status": pd.Categorical(said, categories=list(status.ALL))})


def classed(values: list[float], classing: Classing, measure: str = "within_30_miles") -> Classes:
    return classify(frame_of(values), indicators()[measure], LIGHT, classing)


@pytest.fixture(scope="module")
def depression(tables: Tables) -> np.ndarray:
    return answer(Query(measure="depression"), tables).frame["value"].to_numpy(dtype=float)


@pytest.mark.parametrize("count", COUNTS)
def test_equal_numbers_are_the_classes_of_mapclassify(depression: np.ndarray, count: int) -> None:
    values = depression[np.isfinite(depression)]
    ours = classed(values.tolist(), Classing("quantiles", count), "depression")
    theirs = mapclassify.Quantiles(values, k=count)
    assert len(ours.colours) == count
    # The published figures have one decimal in per cent, so a border of few digits parts the very same places.
    assert ours.code.tolist() == theirs.yb.tolist()
    assert np.bincount(ours.code).tolist() == theirs.counts.tolist()


@pytest.mark.parametrize("count", [2, 4, 7])
def test_natural_breaks_are_those_of_mapclassify_and_the_same_every_time(depression: np.ndarray, count: int) -> None:
    values = depression[np.isfinite(depression)]
    np.random.seed(1)  # noqa: NPY002 - what others draw from it must neither change the classes nor be changed by them
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    found = classed(values.tolist(), Classing("natural", count), "depression")
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002
    sums = [float(((values[found.code == one] - values[found.code == one].mean()) ** 2).sum()) for one in range(count)]
    reference = mapclassify.NaturalBreaks(values, k=count).adcm
    ours = sum(float(np.abs(values[found.code == one] - np.median(values[found.code == one])).sum()) for one in range(count))
    assert len(sums) == count == len(set(found.code.tolist()))
    assert ours <= reference * 1.02, "as good a fit as mapclassify finds, in its own measure (deviations from class medians)"


def test_natural_breaks_find_the_gaps_that_are_seen() -> None:
    """Three clusters: 1-3, 50-52, 97-99."""
    found = borders(np.array([1.0, 2, 3, 50, 51, 52, 97, 98, 99]), DEPRESSION, Classing("natural", 3))
    assert found.inner == (50, 90), "the number with the fewest digits between the clusters, not over the next value"


@pytest.mark.parametrize(
    ("below", "above", "border"),
    [(3, 50, 50), (52, 97, 90), (0.234, 0.235, 0.235), (0.23412, 0.23418, 0.2342), (-3, 2, 2), (-3.2, -1.1, -2), (0, 7, 7), (19, 21, 20)],
)
def test_a_border_has_as_few_digits_as_parting_allows(below: float, above: float, border: float) -> None:
    assert round_between(below, above) == border


def test_zero_stands_apart_whatever_the_classes() -> None:
    values = [0.0, 0.0, 0.0, 0.1, 0.2, 0.3, 0.4, float("nan")]
    for classing in (Classing("quantiles", 2), Classing("natural", 2), with_borders((0.25,))):
        found = classed(values, classing)
        assert found.code.tolist() == [ZERO_CLASS] * 3 + [0, 0, 1, 1, MISSING_CLASS]
        assert found.zero not in found.colours
        assert found.zero is not None
    assert classed(values, Classing("quantiles", 7)).colours[0] != classed(values, Classing("quantiles", 7)).zero


@pytest.mark.parametrize(
    ("values", "classing", "classes", "said"),
    [
        ([0.1, 0.1, 0.2], Classing("quantiles", 5), 2, "fewer than the five asked for, because there are 2 different values"),
        ([0.1, 0.2, 0.3], Classing("natural", 7), 3, "because there are 3 different values"),
        ([0.1] * 90 + [0.2, 0.3, 0.4, 0.5], Classing("quantiles", 4), 2, "because many places share a value"),
        ([0.1, 0.1], Classing("natural", 4), 1, "Every place with a value has the same"),
        ([0.0, 0.0], Classing("quantiles", 4), 1, "No place has a value to class"),
        ([float("nan")], Classing("natural", 4), 1, "No place has a value to class"),
        ([], Classing("quantiles", 4), 1, "No place has a value to class"),
        ([0.1, 0.2], with_borders((0.5, 0.6)), 3, "Every place lies under them: values run from 10 % to 20 %"),
        ([0.1, 0.2], with_borders((0.01, 0.05)), 3, "Every place lies over them"),
        ([0.0], with_borders((0.01, 0.05)), 3, "No place has a value to class"),
    ],
)
def test_what_cannot_be_had_is_told_and_never_an_error(values: list[float], classing: Classing, classes: int, said: str) -> None:
    found = classed(values, classing)
    assert len(found.colours) == len(found.labels()) == classes
    assert said in found.said


def test_labels_of_chosen_borders_show_every_digit() -> None:
    assert classed([0.1, 0.3], with_borders((0.125, 0.25))).labels() == ["under 12.5 %", "12.5–25 %", "25 % and over"]
    assert classed([5.0, 70_000.0], with_borders((12_500.5,)), "median_income").labels() == ["under $12,500.5", "$12,500.5 and over"]


@pytest.mark.parametrize(
    ("text", "unit", "used"),
    [
        ("10, 20, 30", "share", (0.1, 0.2, 0.3)),
        ("10,20,30", "minutes", (10, 20, 30)),
        ("12.5 %; 25 %", "share", (0.125, 0.25)),
        ("$40,000 $60,000", "usd", (40_000, 60_000)),
        ("40,000, 60,000", "usd", (40_000, 60_000)),
    ],
)
def test_borders_as_people_type_them(text: str, unit: str, used: tuple[float, ...]) -> None:
    assert own_borders(typed(text, unit)) == (used, "")
    assert own_borders(typed(written(used, unit), unit)) == (used, ""), "what is shown can be typed again"


@pytest.mark.parametrize(
    ("text", "said"), [("", "at least one border"), ("10, ten", "“ten” is no number"), ("30, 20", "must rise"), ("5, 5", "must rise")]
)
def test_borders_that_cannot_be_used_are_named(text: str, said: str) -> None:
    found, sentence = own_borders(typed(text, "minutes"))
    assert found == ()
    assert said in sentence


def test_whoever_wants_own_borders_begins_with_those_on_the_map() -> None:
    assert first_own((0.2, 0.4), "share") == Classing("own", 3, (0.2, 0.4))
    assert first_own((), "minutes").borders == (1.0,)


@pytest.mark.parametrize("classing", [Classing("quantiles", 7), Classing("natural", 3), with_borders((0.15, 0.2))])
def test_a_download_has_the_classes_of_the_page(tables: Tables, classing: Classing) -> None:
    """Map, printed page and HTML file draw the same colours for as many places."""
    result, view = answer(Query(measure="depression", place="28"), tables), View(classing=classing)
    classes = classify(result.frame, result.indicator, LIGHT, classing)
    counts = {colour: int((classes.code == number).sum()) for number, colour in enumerate(classes.colours)}
    trace = checked_map(result, view, LIGHT, tables).data[0]
    steps = [colour for _, colour in trace.colorscale[::2]]
    assert {colour: int((np.asarray(trace.z) == number).sum()) for number, colour in enumerate(steps)} == counts
    sheet = drawn_sheet(result, view, tables, PRESETS["slide"], "https://atlas.example.org/explore").file("svg", 72, "t", "d", "a").decode()
    page = html_file(result, view, tables, "https://atlas.example.org/explore").decode()
    for colour, count in counts.items():
        assert (f"fill: {colour}" in sheet) or count == 0
        assert f":{colour};" in page
    for label in classes.labels():
        assert label in page
    assert classes.said in page


def test_the_counties_are_classed_in_a_blink(depression: np.ndarray) -> None:
    values = depression[np.isfinite(depression)] + 1e-9  # not in the cache
    begun = time.perf_counter()
    borders(values, DEPRESSION, Classing("natural", 6))
    assert time.perf_counter() - begun < 5
