"""Take it away in a real browser: each button gives the bytes of the route, and nothing is cut or spilled on a phone."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from analytics.model import answer
from data.bundle import Tables
from maps.export import PRESET_WORDS, PUBLIC_URL, public_url, read_address
from maps.together_export import chart_file
from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]
ADDRESS = "/explore?measure=depression&level=county&place=35013"
BUTTONS = {
    "Download the picture, PNG": "picture.png",
    "Download the picture, SVG": "picture.svg",
    "Download the picture, PDF": "picture.pdf",
    "Download picture and table, HTML": "picture.html",
    "Download the fact sheet, PDF": "fact-sheet.pdf",
    "Download the table, CSV": "data.csv",
    "Download as GeoJSON": "data.geojson",
    "Download as GeoParquet": "data.parquet",
    "Download what the columns mean": "datapackage.json",
}


def opened(seen: Visit) -> Visit:
    seen.page.get_by_text("Take it away", exact=True).click()
    expect(seen.page.get_by_role("button", name="Download the picture, PNG")).to_be_visible(timeout=PATIENCE_MS)
    return seen.wait()


def test_every_button_gives_the_bytes_of_its_route(visit: Begin) -> None:
    seen = opened(visit(ADDRESS).wait_for_map(33))
    seen.page.get_by_text(PRESET_WORDS["square"], exact=True).click()
    expect(seen.page.get_by_role("button", name="Download the picture, PNG, 1,080 × 1,080")).to_be_visible(timeout=PATIENCE_MS)
    seen.wait()
    for name, route in BUTTONS.items():
        # The route first: what a server has yet to make ready for the first fact sheet is no part of how long a button may take.
        address = f"{seen.site}/api/v1/{route}?{urlsplit(seen.page.url).query}&preset=square"
        with urllib.request.urlopen(address, timeout=120) as answer:
            body = answer.read()
        with seen.page.expect_download(timeout=PATIENCE_MS) as event:
            seen.page.get_by_role("button", name=name).click()
        assert "35013" in event.value.suggested_filename
        assert event.value.path().read_bytes() == body, name


def test_on_a_phone_no_button_is_cut_and_the_page_does_not_spill(visit: Begin) -> None:
    seen = opened(visit("/explore?measure=depression&level=county&place=35", width=360, height=740, dark=True).wait_for_map(33))
    for name in BUTTONS:
        words = seen.page.get_by_role("button", name=name).locator("p").first
        assert words.evaluate("one => one.scrollWidth <= one.clientWidth + 1"), f"{name} is cut"
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not seen.complaints
    seen.picture("take-away-360-dark")


def test_both_measures_are_taken_away_as_the_command_line_gives_them(visit: Begin, tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = f"{ADDRESS}&second=measure:uninsured&together=bivariate"
    seen = opened(visit(asked, width=360, height=740).wait_for_map(33))
    query, view, _ = read_address(seen.page.url.removeprefix(seen.site), tables)
    monkeypatch.setenv(PUBLIC_URL, "")
    for name, kind in (("Download both measures, SVG", "svg"), ("Download both measures, CSV", "csv")):
        button = seen.page.get_by_role("button", name=name)
        assert button.locator("p").first.evaluate("one => one.scrollWidth <= one.clientWidth + 1"), f"{name} is cut"
        with seen.page.expect_download(timeout=PATIENCE_MS) as event:
            button.click()
        assert f"_bivariate_with-uninsured.{'slide.svg' if kind == 'svg' else kind}" in event.value.suggested_filename
        assert event.value.path().read_bytes() == chart_file("second", answer(query, tables), view, tables, kind, "slide", public_url())
    assert seen.sideways() == 0
