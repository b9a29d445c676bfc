"""The map of two measures: every place in one class, its colour strong where both are worse, the legend's numbers those of the map."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.model import answer
from analytics.query import Query
from analytics.together import Pair, paired
from data.bundle import Tables
from maps.nine import legend, legend_rows
from maps.palette import DARK, LIGHT, Scheme
from maps.together_words import bivariate_alt, bivariate_title, by_chance, cells, missing_words
from maps.view import View
from tests.analytics.test_conditions import result
from tests.maps.checked import checked_bivariate


def pair(tables: Tables, first: str = "minutes_to_nearest", second: str = "median_income", **asked: str) -> Pair:
    query = Query(measure=first, **asked)
    return paired(answer(query, tables), answer(query.with_(measure=second), tables))


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_place_is_drawn_once_and_the_strongest_is_worst_of_both(scheme: Scheme, tables: Tables) -> None:
    one = pair(tables)
    drawn = checked_bivariate(one, View(), scheme, tables)
    areas = [trace for trace in drawn.data if trace.hoverinfo != "skip"]
    places = [geoid for trace in areas for geoid in trace.locations]
    assert sorted(places) == sorted(one.frame["geoid"])
    worst = np.asarray(areas[0].locations)[np.asarray(areas[0].z) == 8]
    rows = one.frame.set_index("geoid").loc[worst]
    # Many minutes are worse, and little income is.
    assert rows["x"].min() >= one.thirds[0].borders[1]
    assert rows["y"].max() < one.thirds[1].borders[0]
    assert areas[0].colorscale[-1][1] == scheme.bivariate[2][2]
    kinds = {trace.hovertemplate for trace in areas[1:]}
    assert any("no road or ferry" in words for words in kinds)
    assert any("median household income: no data" in words for words in kinds)


def test_the_legend_counts_what_the_map_draws(tables: Tables) -> None:
    one = pair(tables)
    columns, rows = legend_rows(one, *one.thirds)
    assert sum(count for _, counts in rows for count in counts) == one.places
    code = cells(one, *one.thirds)
    assert rows[0][1][2] == int((code == 8).sum())
    assert rows[2][1][0] == int((code == 0).sum())
    assert rows[0][0].startswith("under $"), "little income is the worse third, on top"
    assert columns[2].endswith("and over")
    html = legend(one, LIGHT)
    assert html.count("<td><span") == 9
    assert "minutes to the nearest provider, higher →" in html
    assert "↑ median household income, lower" in html


def test_the_selected_and_the_chosen_place_have_an_outline(tables: Tables) -> None:
    drawn = checked_bivariate(pair(tables, place="35013"), View(selected=("35001", "48001")), LIGHT, tables)
    marked = [list(trace.locations) for trace in drawn.data if trace.hoverinfo == "skip"]
    assert marked[-1] == marked[-2] == ["35013", "35001"], "a place of another state is not on this map"


def test_the_title_counts_places_and_people() -> None:
    x, y = [float(one) for one in range(1, 10)], [9.0, 8, 7, 6, 5, 4, 3, 2, 1]
    # High is worse of both: the highest third of x is g, h, i; of y it is a, b, c. None is in both.
    apart = paired(result(x), result(y, "depression"))
    assert bivariate_title(apart, *apart.thirds).startswith("No county is in the highest third for adults 18-64 without insurance and")
    assert bivariate_title(apart, *apart.thirds, "the US").startswith("In the US, no county is in the highest third")
    # Where low is worse of the second, g, h, i are in both: 100 x (7 + 8 + 9) = 2,400 adults.
    both = paired(result(x), result(y, "median_income"))
    title = bivariate_title(both, *both.thirds)
    assert title.startswith("3 counties, where 2,400 adults live, are in the highest third for")
    assert title.endswith("in the lowest third for median household income")
    # 3 x 3 / 9 = 1 of nine.
    assert "about 1 would be" in by_chance(both, *both.thirds)
    assert "unequal" not in by_chance(both, *both.thirds)
    assert missing_words(both) == ""
    assert "3 counties are in the best third of both" in bivariate_alt(both, *both.thirds)


def test_thirds_that_ties_make_unequal_say_so(tables: Tables) -> None:
    one = pair(tables, first="within_30_miles", second="uninsured")
    assert "unequal" in by_chance(one, *one.thirds)
    assert legend_rows(one, *one.thirds)[0][2].startswith("under 0."), "zero is not told as 0 %"
