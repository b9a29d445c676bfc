"""Explore in a real browser: the map is there, whole, and what a person does with it stays true."""

from __future__ import annotations

import csv
import io
import json
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from analytics.indicators import indicators
from analytics.query import LAYERS
from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]

COUNTIES = 3_144
CONNECTICUT = {f"09{region}" for region in (110, 120, 130, 140, 150, 160, 170, 180, 190)}
REFUSAL = ".st-key-refusal"
MEASURE = "/explore?measure={}&level=county&place=us"


def fetched(visit: Visit, path: str) -> bytes:
    with urllib.request.urlopen(visit.site + path, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"))))


def downloaded(visit: Visit) -> bytes:
    """The file behind the page's own button, which stands under "Take it away"."""
    button = visit.page.get_by_role("button", name="Download the table, CSV")
    if button.count() == 0:
        visit.page.get_by_text("Take it away", exact=True).click()
    with visit.page.expect_download(timeout=PATIENCE_MS) as event:
        button.click()
    return event.value.path().read_bytes()


def test_every_county_is_drawn_and_connecticut_is_filled(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(COUNTIES)
    areas = seen.areas()
    assert len(areas) >= COUNTIES
    assert set(areas) >= CONNECTICUT
    for region in CONNECTICUT:
        assert areas[region]["colour"], f"{region} has no class"
        assert areas[region]["opacity"] == 1
        assert areas[region]["fill"] not in {"none", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    seen.picture("explore-1440-light")


def test_alaska_and_hawaii_are_on_the_map(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(COUNTIES)
    frame = seen.box(".js-plotly-plot .main-svg")
    areas = seen.areas().values()
    for state in ("02", "15"):
        boxes = [area for area in areas if area["geoid"].startswith(state)]
        assert boxes
        for box in boxes:
            assert 0 <= box["x"] <= frame["width"], box
            assert frame["height"] / 2 <= box["y"] <= frame["height"], "lower left"


def test_the_ids_of_map_boundaries_and_file_are_the_same(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(COUNTIES)
    traces = seen.figure()
    shown = {geoid for trace in traces for geoid in trace["locations"]}
    (address,) = {trace["geojson"] for trace in traces}
    drawable = {feature["id"] for feature in json.loads(fetched_geometry(seen, address))["features"]}
    filed = {row["geoid"] for row in rows_of(fetched(seen, f"/api/v1/data.csv?{urlsplit(seen.page.url).query}"))}
    assert shown == drawable
    assert shown == filed
    assert len(shown) == COUNTIES


def fetched_geometry(visit: Visit, address: str) -> str:
    """As the browser itself gets it, unpacked."""
    return str(visit.page.evaluate("address => fetch(address).then(answer => answer.text())", address))


def test_changing_the_measure_changes_title_map_and_address(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(COUNTIES)
    before = seen.title.inner_text()
    fills = {geoid: area["fill"] for geoid, area in seen.areas().items()}
    seen.choose("Show", indicators()["depression"].label)
    seen.expect_measure("depression")
    expect(seen.title).not_to_have_text(before)
    seen.page.wait_for_function("() => document.querySelector('.js-plotly-plot').data[0].hovertemplate.includes('modelled')")
    seen.wait_for_map(COUNTIES)
    after = {geoid: area["fill"] for geoid, area in seen.areas().items()}
    assert sum(fills[geoid] != after[geoid] for geoid in fills) > COUNTIES / 2
    seen.picture("explore-depression")


def test_a_measure_of_every_subject_opens(visit: Begin) -> None:
    """One of each subject, and one of classes; tests/test_pages.py opens every measure without a browser."""
    kinds = {(one.subject, bool(one.categories)): one.id for one in indicators().values()}
    for measure in kinds.values():
        seen = visit(MEASURE.format(measure))
        seen.expect_measure(measure)
        assert seen.page.locator(".atlas-subtitle").inner_text()
        if seen.page.locator(REFUSAL).count() == 0:
            seen.wait_for_map(COUNTIES)
            expect(seen.page.locator(".atlas-source").filter(has_text="Sources: ")).to_have_count(1)
        seen.close()


@pytest.mark.parametrize(("level", "places"), [("state", 51), ("district", 436)])
def test_other_levels(visit: Begin, level: str, places: int) -> None:
    seen = visit(f"/explore?measure=depression&level={level}&place=us").wait_for_map(places)
    assert len({geoid for trace in seen.figure() for geoid in trace["locations"]}) == places


@pytest.mark.parametrize(("state", "counties"), [("48", 254), ("02", 30), ("15", 5), ("09", 9)])
def test_a_state_shows_its_counties_within_the_frame(visit: Begin, state: str, counties: int) -> None:
    seen = visit(f"/explore?measure=depression&level=county&place={state}").wait_for_map(counties)
    areas = seen.areas()
    assert len(areas) == counties
    frame = seen.box(".js-plotly-plot .main-svg")
    assert min(area["x"] for area in areas.values()) >= -1
    assert min(area["y"] for area in areas.values()) >= -1
    assert max(area["x"] + area["width"] for area in areas.values()) <= frame["width"] + 1
    assert max(area["y"] + area["height"] for area in areas.values()) <= frame["height"] + 1
    spread = max(area["x"] + area["width"] for area in areas.values()) - min(area["x"] for area in areas.values())
    tall = max(area["y"] + area["height"] for area in areas.values()) - min(area["y"] for area in areas.values())
    assert max(spread / frame["width"], tall / frame["height"]) > 0.7, "the state fills its frame"
    seen.picture(f"explore-state-{state}")


# --- Back, Forward, reload, links ---


def test_back_and_forward_across_measures_and_pages(visit: Begin) -> None:
    seen = visit("/")
    first = seen.title.inner_text()
    seen.page.get_by_role("link", name="Explore this map").click()
    seen.expect_path("/explore")
    seen.wait_for_map(COUNTIES)
    seen.choose("Show", indicators()["uninsured"].label)
    seen.expect_measure("uninsured")
    seen.choose("Show", indicators()["depression"].label)
    seen.expect_measure("depression")

    seen.page.go_back()
    seen.expect_measure("uninsured")
    seen.page.go_back()
    seen.expect_measure("barrier_class")
    seen.page.go_back()
    seen.expect_path("/")
    expect(seen.title).to_have_text(first)

    seen.page.go_forward()
    seen.expect_measure("barrier_class")
    seen.page.go_forward()
    seen.expect_measure("uninsured")
    seen.page.go_forward()
    seen.expect_measure("depression")


def test_a_reload_shows_the_same(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(COUNTIES)
    seen.choose("Show", indicators()["uninsured"].label)
    seen.expect_measure("uninsured")
    before = seen.title.inner_text(), seen.page.url
    seen.page.reload()
    seen.wait_for_map(COUNTIES)
    assert (seen.title.inner_text(), seen.page.url) == before


def test_a_link_opened_in_a_new_visit_shows_the_same(visit: Begin) -> None:
    first = visit("/explore").wait_for_map(COUNTIES)
    first.choose("Show", indicators()["miles_to_nearest"].label)
    first.expect_measure("miles_to_nearest")
    first.choose("for", "esketamine (nasal spray)")
    first.expect_asked(modality="esketamine")
    first.choose("in", "Texas")
    first.expect_asked(place="48")
    first.wait_for_map(254)
    second = visit(first.page.url).wait_for_map(254)
    for one in (first, second):
        expect(one.title).to_contain_text("Texas")
    assert second.title.inner_text() == first.title.inner_text()
    assert second.page.url == first.page.url
    assert {geoid: area["fill"] for geoid, area in second.areas().items()} == {geoid: area["fill"] for geoid, area in first.areas().items()}
    assert fetched(second, f"/api/v1/data.csv?{urlsplit(second.page.url).query}") == downloaded(first)


# --- Table and file ---


@pytest.mark.parametrize(
    "address", ["/explore", "/explore?measure=depression&level=state&place=us", "/explore?measure=uninsured&level=county&place=22"]
)
def test_the_file_is_the_table_and_the_route(visit: Begin, address: str) -> None:
    seen = visit(address).wait_for_map(1)
    file = downloaded(seen)
    assert file == fetched(seen, f"/api/v1/data.csv?{urlsplit(seen.page.url).query}")
    rows = rows_of(file)
    assert {row["geoid"] for row in rows} == {geoid for trace in seen.figure() for geoid in trace["locations"]}

    seen.page.get_by_text("Table: ").click()
    table = seen.page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    seen.wait()
    cells = table.locator("[role=gridcell]")
    expect(cells.first).to_be_attached()
    columns = int(table.locator("[role=grid]").first.get_attribute("aria-colcount") or 0)
    assert int(table.locator("[role=grid]").first.get_attribute("aria-rowcount") or 0) == len(rows) + 1
    texts = [cell.strip() for cell in cells.all_inner_texts()]
    for line, row in enumerate(rows[:5]):
        shown = texts[line * columns : (line + 1) * columns]
        assert shown[:2] == [row["geoid"], row["name"].lstrip("'")]
        value = row[next(name for name in row if name not in {"geoid", "name", "low", "high", "status", "adults_2023"})]
        assert float(shown[2]) == pytest.approx(100 * float(value), abs=0.005), (
            "per cent on the screen, parts of one with four digits in the file"
        )


def test_the_file_is_safe_in_a_spreadsheet(visit: Begin) -> None:
    seen = visit("/explore")
    for row in rows_of(fetched(seen, "/api/v1/data.csv")):
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for cell in row.values() if cell and not cell.replace(".", "").lstrip("-").isdigit()
        )


# --- What else a person touches ---


def test_a_click_selects_a_county_and_a_button_asks_about_it(visit: Begin) -> None:
    seen = visit("/explore?measure=depression&level=county&place=us").wait_for_map(COUNTIES)
    svg, area = seen.box(".js-plotly-plot .main-svg"), seen.areas()["32023"]
    assert area["width"] > 10, "Nye County, Nevada, is large enough to hit"
    seen.page.mouse.click(svg["x"] + area["x"] + area["width"] / 2, svg["y"] + area["y"] + area["height"] / 2)
    seen.expect_asked(selected="32023", place="us")
    seen.page.get_by_role("button", name="Go to Nye County, NV").click()
    seen.expect_asked(place="32023")
    seen.wait_for_map(17)
    expect(seen.title).to_contain_text("Nye County, NV")
    seen.page.go_back()
    seen.expect_asked(place="us")
    seen.wait_for_map(COUNTIES)


def test_a_provider_list_taken_away_changes_the_figure(visit: Begin) -> None:
    seen = visit("/explore").wait_for_map(COUNTIES)
    seen.page.get_by_role("button", name="Provider lists").click()
    seen.page.get_by_role("button", name=LAYERS["named_2026"]).click()
    seen.expect_asked(layers="samhsa_2024~own_pages~medicare_claims_2024")
    seen.wait_for_map(COUNTIES)
    file = rows_of(fetched(seen, f"/api/v1/data.csv?{urlsplit(seen.page.url).query}"))
    default = rows_of(fetched(seen, "/api/v1/data.csv"))
    assert sum(row != other for row, other in zip(file, default, strict=True)) > 100


def test_the_hover_has_name_and_number(visit: Begin) -> None:
    seen = visit("/explore?measure=depression&level=county&place=us").wait_for_map(COUNTIES)
    svg, area = seen.box(".js-plotly-plot .main-svg"), seen.areas()["32023"]
    seen.page.mouse.move(svg["x"] + area["x"] + area["width"] / 2, svg["y"] + area["y"] + area["height"] / 2)
    hover = seen.page.locator(".hoverlayer .hovertext")
    expect(hover).to_contain_text("Nye County, NV")
    row = next(row for row in rows_of(fetched(seen, "/api/v1/data.csv?measure=depression")) if row["geoid"] == "32023")
    expect(hover).to_contain_text(f"{float(row['depression_modelled']):.0%}")
    expect(hover).to_contain_text(f"{float(row['low']):.0%} to {float(row['high']):.0%}")
    expect(hover).to_contain_text("modelled")


# --- Bad addresses ---


def test_unknown_words_in_the_address_get_a_sentence_each_and_the_default(visit: Begin) -> None:
    seen = visit("/explore?measure=%3Cscript%3Ealert(1)%3C%2Fscript%3E&level=galaxy&place=99999&layers=yellow_pages").wait_for_map(COUNTIES)
    for word in ("alert(1)", "galaxy", "99999", "yellow_pages"):
        said = seen.page.locator(".atlas-problem").filter(has_text=word)
        expect(said).to_have_count(1)
        expect(said).to_contain_text("this atlas does not know")
    expect(seen.page.get_by_text("Traceback")).to_have_count(0)
    expect(seen.page.get_by_test_id("stException")).to_have_count(0)


def test_a_refusal_is_a_sentence_with_one_door_that_works(visit: Begin) -> None:
    seen = visit("/explore?measure=sites_per_100k&level=state&place=us")
    refusal = seen.page.locator(REFUSAL)
    expect(refusal).to_contain_text("would rank states by how it was made")
    seen.page.get_by_role("button", name="Show the rate with the SAMHSA directory alone").click()
    seen.expect_asked(layers="samhsa_2024")
    seen.wait_for_map(51)
    expect(refusal).to_have_count(0)


# --- Places ---


def test_a_zip_code_becomes_its_county_and_stays_across_pages(visit: Begin) -> None:
    seen = visit("/")
    seen.search("60601")
    seen.expect_path("/place")
    seen.expect_asked(place="17031")
    expect(seen.title).to_contain_text("Cook County, IL")
    assert "60601" not in seen.page.url, "a ZIP code is never in the address"
    seen.page.get_by_role("link", name="Start").click()
    seen.expect_path("/")
    seen.expect_asked(place="17031")
    seen.wait()
    seen.page.get_by_role("link", name="Explore", exact=True).click()
    seen.expect_path("/explore")
    seen.expect_asked(place="17031")
    expect(seen.title).to_contain_text("Cook County, IL")
    seen.choose("Show", indicators()["uninsured"].label)
    seen.expect_measure("uninsured")
    seen.expect_asked(place="17031")


def test_the_search_finds_names_and_zip_codes(visit: Begin) -> None:
    seen = visit("/explore")
    for text, place in (("Doña Ana County, NM", "35013"), ("90210", "06037")):
        seen.search(text)
        seen.expect_asked(place=place)
        seen.wait()


def test_a_name_of_several_places_brings_suggestions(visit: Begin) -> None:
    seen = visit("/explore")
    seen.search("Cook")
    for state in ("GA", "IL", "MN"):
        expect(seen.page.get_by_role("button", name=f"Cook County, {state}")).to_be_visible()
    seen.page.get_by_role("button", name="Cook County, MN").click()
    seen.expect_asked(place="27031")
    seen.wait_for_map(87)


def test_a_state_is_found_by_its_two_letters(visit: Begin) -> None:
    seen = visit("/explore")
    seen.search("TX")
    seen.page.get_by_role("button", name="Texas", exact=True).click()
    seen.expect_asked(place="48")
    seen.wait_for_map(254)


def test_a_search_without_a_hit_says_so(visit: Begin) -> None:
    seen = visit("/explore")
    seen.search("1234")
    expect(seen.page.locator(".atlas-problem")).to_contain_text("A ZIP code has five digits")
