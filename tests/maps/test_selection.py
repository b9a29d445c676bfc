"""The selection: what a click, a box, a tick and a typed name do to it, its rows, its outline on every picture."""

from __future__ import annotations

import csv
import io

import pytest

from analytics.model import Result, answer
from analytics.places import places
from analytics.query import Query
from data.bundle import Tables
from maps.embed import frame
from maps.export import read_address
from maps.figure import clicked_places
from maps.files import data_csv
from maps.html_file import html_file
from maps.messages import messages
from maps.palette import LIGHT
from maps.print import PRESETS, drawn_sheet
from maps.selection import (
    elsewhere_sentence,
    known_only,
    named,
    only,
    outlined_sentence,
    positions,
    selected,
    selected_html,
    ticked,
    touched,
)
from maps.view import MOST_SELECTED, View
from tests.maps.checked import checked_map

DONA_ANA, SANDOVAL, PRINCE_GEORGES, OUTSIDE = "35013", "35043", "24033", "48201"


@pytest.fixture(scope="module")
def mexico(tables: Tables) -> Result:
    return answer(Query(measure="depression", place="35"), tables)


def test_a_click_takes_in_and_out_and_a_box_only_takes_in() -> None:
    assert touched((), ["35013"], boxed=False) == (("35013",), "")
    assert touched(("35013", "35043"), ["35013"], boxed=False) == (("35043",), "")
    assert touched(("35013",), ["35013", "35043"], boxed=True) == (("35013", "35043"), "")
    assert touched(("35013",), [], boxed=True) == (("35013",), ""), "a box round nothing"


def test_more_than_a_link_holds_is_cut_and_told() -> None:
    many = [f"{one:05d}" for one in range(100)]
    found, said = touched(("35013",), many, boxed=True)
    assert (len(found), found[0]) == (MOST_SELECTED, "35013")
    assert "That would be 101 places; the first 60 are selected" in said
    assert ticked((), many, range(100))[0] == tuple(many[:MOST_SELECTED])


def test_ticks_keep_the_order_and_what_has_no_row() -> None:
    rows = ("35001", "35013", "35043")
    assert ticked(("24033", "35043"), rows, [1, 2]) == (("24033", "35043", "35013"), "")
    assert ticked(("24033", "35043"), rows, []) == (("24033",), "")
    assert ticked((), rows, [7]) == ((), ""), "a row of an earlier table"


def test_a_click_on_a_line_or_a_site_meets_no_place() -> None:
    points = [{"location": "35"}, {"lat": 35.0}, {"location": "35013"}, {"customdata": ["35043", 1.0]}, {"location": "35013"}]
    assert clicked_places({"selection": {"points": points}}, ("35013", "35043")) == ["35013", "35043"]
    assert clicked_places({"selection": {"points": []}}, ("35013",)) == []


def test_names_are_found_with_accents_and_apostrophes(tables: Tables, mexico: Result) -> None:
    for text in ("dona ana", "Doña Ana County", "88001"):
        hits, said = named(text, mexico, tables)
        assert ([hit.geoid for hit in hits], said) == ([DONA_ANA], ""), text
    maryland = answer(Query(measure="depression", place="24"), tables)
    for text in ("Prince George's", "prince georges county", "Prince George’s County"):
        assert [hit.geoid for hit in named(text, maryland, tables)[0]] == [PRINCE_GEORGES], text
    assert named("Harris County, TX", mexico, tables) == ([], "Harris County, TX is not among the 33 counties on this map.")
    assert "No ZIP code, county" in named("Atlantiszz", mexico, tables)[1]
    assert named("", mexico, tables) == ([], "")


@pytest.mark.parametrize("state", ["01", "48", "55"])
def test_a_name_of_many_states_is_found_on_its_map(tables: Tables, state: str) -> None:
    result = answer(Query(measure="depression", place=state), tables)
    ids = set(result.frame.loc[result.frame["name"].str.startswith("Washington County"), "geoid"])
    assert ids
    assert ids <= {hit.geoid for hit in named("Washington County", result, tables)[0]}


def test_what_is_not_here_is_kept_out_with_a_sentence(tables: Tables, mexico: Result) -> None:
    view = View(selected=(DONA_ANA, OUTSIDE, "35"))
    assert selected(view, mexico).here == (DONA_ANA,)
    assert (
        elsewhere_sentence(view, mexico, places(tables))
        == "Selected too, but not among the counties on this map, are Harris County, TX; New Mexico."
    )
    assert elsewhere_sentence(View(selected=(DONA_ANA,)), mexico, places(tables)) == ""
    cleaned, said = known_only(View(selected=("99999", DONA_ANA, "98")), tables)
    assert cleaned.selected == (DONA_ANA,)
    assert said == ("The address selects 2 places this atlas does not know; they are left out.",)
    with pytest.raises(ValueError, match="1 place this atlas does not know"):
        read_address("/explore?measure=depression&selected=99999", tables)


def test_the_selected_rows_are_rows_of_the_table(mexico: Result) -> None:
    view = View(selected=(SANDOVAL, DONA_ANA))
    whole = list(csv.DictReader(io.StringIO(data_csv(mexico).decode(), newline="")))
    chosen = list(csv.DictReader(io.StringIO(data_csv(only(mexico, view.selected)).decode(), newline="")))
    assert chosen == [row for row in whole if row["geoid"] in (DONA_ANA, SANDOVAL)]
    assert [mexico.frame["geoid"][row] for row in positions(mexico, view)] == [DONA_ANA, SANDOVAL], "in the order of the table"


def test_rows_of_a_measure_with_a_spread_take_it_along(tables: Tables) -> None:
    result = answer(Query(measure="minutes_to_nearest", place="35"), tables)
    whole = data_csv(result).decode().split("\r\n")
    assert data_csv(only(result, (DONA_ANA,))).decode().split("\r\n") == [
        whole[0],
        next(row for row in whole if row.startswith(DONA_ANA)),
        "",
    ]


def test_the_list_names_value_interval_and_what_is_missing(tables: Tables, mexico: Result) -> None:
    html = selected_html(View(selected=(DONA_ANA,)), mexico)
    row = mexico.frame.set_index("geoid").loc[DONA_ANA]
    assert f'<th scope="row"><a href="/place?place=35013">Doña Ana County, NM</a></th><td>{100 * row["value"]:.1f} %</td>' in html
    assert f"{100 * row['low']:.1f} % to {100 * row['high']:.1f} %" in html
    assert selected_html(View(), mexico) == ""
    income = answer(Query(measure="median_income", place="35"), tables)
    assert "<td>$55,663</td>" in selected_html(View(selected=(DONA_ANA,)), income), "whole dollars, as the Census Bureau publishes them"
    alaska = answer(Query(measure="minutes_to_nearest", place="02"), tables)
    missing = alaska.frame[~alaska.frame["status"].isin(["modelled", "observed", "zero"])]
    assert not missing.empty
    told = selected_html(View(selected=(missing["geoid"].iloc[0],)), alaska)
    assert "no road or ferry to a listed site" in told or "beyond the reach of the search" in told
    apostrophe = answer(Query(measure="depression", place="24"), tables)
    assert "Prince George&#x27;s County, MD" in selected_html(View(selected=(PRINCE_GEORGES,)), apostrophe)


def test_every_picture_outlines_the_selected(tables: Tables, mexico: Result) -> None:
    """Two more lines than without, in the page's colour and in ink; and a sentence for those who do not see them."""
    plain, view = View(), View(selected=(DONA_ANA, OUTSIDE))
    traces = [one for one in checked_map(mexico, view, LIGHT, tables).data if one.type == "choropleth"]
    assert len(traces) == len([one for one in checked_map(mexico, plain, LIGHT, tables).data if one.type == "choropleth"]) + 2
    assert [(list(one.locations), one.marker.line.color) for one in traces if list(one.locations) == [DONA_ANA]] == [
        ([DONA_ANA], LIGHT.page),
        ([DONA_ANA], LIGHT.ink),
    ]
    said = "Outlined: Doña Ana County, NM."
    assert outlined_sentence(view, mexico, places(tables)) == said
    pictures = [
        [
            drawn_sheet(mexico, one, tables, PRESETS["slide"], "https://a.example").file("svg", 72, "t", "d", "a").decode()
            for one in (plain, view)
        ],
        [html_file(mexico, one, tables, "https://a.example").decode() for one in (plain, view)],
        [frame(mexico, one, tables, "https://a.example", messages("embed"), "more")[0] for one in (plain, view)],
    ]
    for without, with_it in pictures:
        assert with_it.count("<path") > without.count("<path")
    assert said in pictures[1][1]
    assert said not in pictures[1][0]
