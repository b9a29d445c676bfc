"""Fact sheets, opened again: one page of US Letter, its words searchable, nothing cut nor overlapping, whatever the place."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache

import pytest
from matplotlib.textpath import text_to_path
from pypdf import PdfReader

from analytics.near import near as near_point
from analytics.near_place import sites_inside, sites_near
from analytics.nearest_kinds import middle
from analytics.places import places
from analytics.profile import Line
from analytics.query import DEFAULT_LAYERS, Query
from data.bundle import Tables, shipped
from maps import fact_sheet_words as said
from maps.cost_words import way_with_cost
from maps.fact_sheet import HEIGHT, MOST_SITES, WIDTH, Facts, drawn, fact_sheet, facts

SITE = "https://atlas.example.org"
KINDS = {
    "county": "35013",
    "apostrophe": "24033",
    "no road": "02016",
    "district": "4803",
    "state": "48",
    "one county": "11",
    "nobody near": "48301",
}
kinds = pytest.mark.parametrize("kind", KINDS)
LONG = "This sentence is far too long for any title and goes on and on, past every edge that a page of paper has, until it ends. " * 3


@cache
def told(kind: str) -> Facts:
    return facts(KINDS[kind], shipped(), SITE)


def words_of(body: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(body), strict=True).pages
    assert [float(one) for one in page.mediabox] == [0, 0, 8.5 * 72, 11 * 72]
    return " ".join(page.extract_text().split())


@kinds
def test_a_sheet_is_one_page_whose_words_can_be_found(kind: str, tables: Tables) -> None:
    body, one = fact_sheet(KINDS[kind], tables, SITE), told(kind)
    assert body == fact_sheet(KINDS[kind], tables, SITE), "the same bytes twice"
    assert len(body) < 150_000
    text = words_of(body)
    for words in (one.name, one.finding, one.journey, one.sites_heading, one.map_words, one.sources, one.address, said.NOT_ADVICE):
        assert words in text
    assert len(one.figures) == 5
    for figure in one.figures:
        assert all(part in text for part in (figure.label, figure.value, figure.doubt, figure.beside, figure.kind))
        assert "United States" in figure.beside
    assert "lower bound" in text
    assert "not medical advice" in text
    assert f"Data version {tables.version}" in text


@kinds
def test_nothing_is_cut_and_no_line_lies_on_another(kind: str, tables: Tables) -> None:
    check(told(kind), tables)


def test_what_is_too_long_wraps(tables: Tables) -> None:
    one = told("county")
    long_figure = replace(one.figures[0], label=LONG[:120], value="An unusually long word of a value", doubt=LONG[:90])
    check(
        replace(
            one,
            name=LONG[:90],
            finding=LONG,
            figures=(long_figure, *one.figures[1:]),
            sites=((LONG[:120], LONG[:40], "1,234 miles", "a" * 40),),
        ),
        tables,
    )


def check(one: Facts, tables: Tables) -> None:
    """Every line of text lies inside the margins, and none touches another."""
    boxes = []
    for text in drawn(one, tables).axes.texts:
        x, y = text.get_position()
        size = text.get_fontsize() / 72
        wide = text_to_path.get_text_width_height_descent(text.get_text(), text.get_fontproperties(), False)[0] / 72
        assert x >= 0.5
        assert x + wide <= WIDTH - 0.5, f"{text.get_text()} runs over the edge"
        assert 0.4 < y < HEIGHT - 0.3, f"{text.get_text()} runs off the page"
        boxes.append((x, y - 0.72 * size, x + wide, y + 0.2 * size, text.get_text()))
    for number, (left, top, right, bottom, words) in enumerate(boxes):
        for other in boxes[:number]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] + 0.01 or other[3] <= top + 0.01
            assert apart, f"“{words}” lies on “{other[4]}”"


def test_a_value_that_is_missing_says_why_and_is_no_zero() -> None:
    within, minutes = told("no road").figures[:2]
    assert within.value == minutes.value == "No road or ferry to a listed site"
    assert within.doubt == ""
    nobody = told("nobody near")
    assert nobody.figures[0].value == "0 %"
    assert nobody.sites_heading.startswith("No listed site in Loving County, TX.")


@kinds
def test_the_journey_has_its_dollars_where_there_is_a_way(kind: str, tables: Tables) -> None:
    one = told(kind)
    assert one.journey == way_with_cost(Query(place=KINDS[kind]), tables), "the sheet says what the pages say"
    dollars = re.findall(r"\$[\d,]+", one.journey)
    if kind == "no road":
        assert not dollars
        assert one.journey.endswith("Without a way there, no cost of it is given.")
    else:
        assert len(dollars) == 4, "visits and driving, from the least to the most of each"


def test_what_is_not_made_for_a_place_is_replaced(tables: Tables) -> None:
    from analytics.profile import profile

    whole = profile("4803", tables)
    without = replace(whole, lines=tuple(replace(one, figure=None) if one.indicator.id == "depression" else one for one in whole.lines))
    asked = []

    def line(measure: str) -> Line:
        asked.append(measure)
        return without.line(measure)

    assert [one.indicator.id for one in said.five(line)] == [
        "within_30_miles",
        "minutes_to_nearest",
        "households_over",
        "uninsured",
        "miles_to_nearest",
    ]
    assert len(asked) == 6, "what is not told is not worked out: an archive asks for some hundred places"


@kinds
def test_a_figure_asked_for_alone_is_that_of_the_whole_profile(kind: str, tables: Tables) -> None:
    from analytics.profile import line, profile

    whole = profile(KINDS[kind], tables)
    assert [repr(line(KINDS[kind], measure, tables)) for measure in (*said.FIGURES, *said.INSTEAD)] == [
        repr(whole.line(measure)) for measure in (*said.FIGURES, *said.INSTEAD)
    ]


def test_the_sites_are_the_nearest_by_straight_miles_and_the_state_s_by_people(tables: Tables) -> None:
    near = sites_near(Query(place="35013"), tables, MOST_SITES)
    assert near.sites["miles"].is_monotonic_increasing
    assert near.sites["county"].iloc[0] == "35013"
    there = near_point(middle("35013", tables), Query(), tables, 10_000).sites
    there = there[there["known"] & there["open"]].head(MOST_SITES)
    assert near.sites["id"].tolist() == there["id"].tolist()
    assert near.sites["miles"].tolist() == there["miles"].tolist(), "Near me says the same miles from there"
    assert near.sites["point_quality"].eq("city").any(), "also for those known by their city alone"
    listed = tables["providers"]
    assert near.inside == int((listed["county"].eq("35013") & listed["civilian_outpatient"] & listed[["samhsa_2024", "named_2026", "own_pages", "medicare_claims_2024"]].any(axis=1)).sum())  # fmt: skip
    of_state = sites_inside(Query(place="48"), tables)
    in_texas = listed[listed["state"].eq("TX") & listed["civilian_outpatient"] & listed[list(DEFAULT_LAYERS)].any(axis=1)]
    assert [one.known for one in of_state[:3]] == [
        len(in_texas),
        int(in_texas["iv"].sum()),
        int(in_texas["esketamine"].sum()),
    ]
    assert all(one.known + one.silent <= len(in_texas) for one in of_state)
    assert of_state[3].silent > of_state[3].known > 0, "few records say whether a site takes Medicaid: that is not a no"
    state = sites_near(Query(place="48"), tables, MOST_SITES)
    assert state.inside == of_state[0].known
    assert state.by_people
    assert state.inside > len(state.sites) == MOST_SITES
    assert not hasattr(state.sites.iloc[0], "clinician")


def test_a_sheet_says_what_the_place_is_and_the_years_of_its_lists_as_the_pages_do() -> None:
    assert told("district").subtitle.startswith("Congressional district, ")
    assert told("county").subtitle.endswith("adults, July 2023")
    assert told("no road").finding == "No road or ferry leads from Aleutians West Census Area, AK to a listed provider"
    assert told("county").figures[0].kind == "Modelled: provider lists 2024-2026, people 2023"
    assert re.fullmatch(
        r"4 listed sites in the District of Columbia: \w+ known to offer IV ketamine, \w+ esketamine; \w+ known to take Medicaid"
        r"(, of \d+ the lists do not say)?\. Those that are the nearest for the most adults:",
        told("one county").sites_heading,
    )
    assert "known to offer" not in told("county").sites_heading, "a county names its own sites"


def test_names_of_files_are_plain(tables: Tables) -> None:
    assert said.sheet_name("35013", tables) == f"ketamine-access_dona-ana-county-nm_35013_{tables.version}.pdf"
    names = {said.sheet_name(one, tables) for one in places(tables) if one != "us"}
    assert len(names) == len(places(tables)) - 1
    assert all(one.isascii() for one in names)


@pytest.mark.parametrize("geoid", ["us", "99", "", "48001x"])
def test_what_has_no_sheet_is_a_sentence(geoid: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match="There is no fact sheet of “"):
        fact_sheet(geoid, tables, SITE)
