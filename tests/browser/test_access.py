"""Reach, decay, people, own data and assumptions on Explore in a real browser, and the panels beneath the map."""

from __future__ import annotations

import csv
import io
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]

SCORE = "/explore?measure=e2sfca&level=county&place=us&layers=samhsa_2024"
OWN_LIST = "name,latitude,longitude,esketamine\nA made-up site in Boise,43.6,-116.2,yes\nA site at sea,10,10,yes\n"


def opened(seen: Visit, label: str) -> None:
    """Open one of the closed panels, as a person would."""
    seen.page.locator("summary").filter(has_text=label).click()
    seen.wait()


def test_another_reach_redraws_the_map_and_a_link_reopens_it(visit: Begin) -> None:
    seen = visit(SCORE).wait_for_map(3_144)
    hour = {geoid: area["fill"] for geoid, area in seen.areas().items()}
    seen.choose("within", "120 minutes")
    seen.expect_asked(measure="e2sfca", reach="120")
    seen.wait_for_map(3_144)
    expect(seen.title).to_contain_text("within 120 minutes")
    two_hours = {geoid: area["fill"] for geoid, area in seen.areas().items()}
    assert sum(two_hours[geoid] != hour[geoid] for geoid in hour) > 300
    said = seen.title.inner_text()
    again = visit(seen.page.url).wait_for_map(3_144)
    assert again.title.inner_text() == said
    assert {geoid: area["fill"] for geoid, area in again.areas().items()} == two_hours


def test_back_undoes_a_reach(visit: Begin) -> None:
    seen = visit(SCORE).wait_for_map(3_144)
    said = seen.title.inner_text()
    seen.choose("within", "90 minutes")
    seen.expect_asked(reach="90")
    seen.wait()
    seen.page.go_back()
    expect(seen.title).to_have_text(said, timeout=PATIENCE_MS)
    expect(seen.control("within")).to_have_value("60 minutes")


def test_a_decay_is_chosen_under_advanced(visit: Begin) -> None:
    seen = visit(SCORE).wait_for_map(3_144)
    seen.page.get_by_role("button", name="Advanced").click()
    seen.page.get_by_text("a Gaussian", exact=True).click()
    seen.expect_asked(decay="gaussian")


def test_an_assumption_is_read_with_its_source_changed_and_put_back(visit: Begin) -> None:
    seen = visit("/explore?measure=minutes_to_nearest&level=county&place=us").wait_for_map(3_144)
    shipped = seen.title.inner_text()
    opened(seen, "Assumptions")
    expect(seen.page.get_by_role("link", name="Boscoe, Henry & Zdeb 2012")).to_be_visible()
    factor = seen.page.get_by_label("factor (shipped: 1)")
    factor.fill("0.8")
    factor.press("Enter")
    seen.expect_asked(assumptions="travel%2Fspeed_factor%3A0.8")
    expect(seen.page.get_by_text("Changed by you: speeds, as a multiple, 0.8 instead of 1")).to_be_visible(timeout=PATIENCE_MS)
    with urllib.request.urlopen(f"{seen.site}/api/v1/data.csv?{urlsplit(seen.page.url).query}", timeout=30) as answer:
        row = next(csv.DictReader(io.StringIO(answer.read().decode())))
    assert row["assumptions"] == "travel/speed_factor:0.8"
    seen.page.get_by_role("button", name="Back to the shipped values").click()
    expect(seen.title).to_have_text(shipped, timeout=PATIENCE_MS)


def test_a_list_of_ones_own_counts_for_this_visit_alone(visit: Begin) -> None:
    seen = visit("/explore?measure=miles_to_nearest&level=county&place=16").wait_for_map(44)
    seen.page.get_by_role("button", name="Your own data").click()
    seen.page.locator('input[type="file"]').first.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": OWN_LIST.encode()})
    expect(seen.page.get_by_text("line 3", exact=False).first).to_be_visible(timeout=PATIENCE_MS)
    seen.expect_asked(layers="own")
    expect(seen.page.get_by_role("listitem").filter(has_text="your own list: ")).to_be_visible(timeout=PATIENCE_MS)
    other = visit("/explore?measure=miles_to_nearest&level=county&place=16").wait_for_map(44)
    expect(other.page.get_by_role("listitem").filter(has_text="your own list: ")).to_have_count(0)
    other.page.get_by_role("button", name="Provider lists").click()
    expect(other.page.get_by_role("button", name="SAMHSA directory 2024")).to_be_visible()
    expect(other.page.get_by_role("button", name="your own list")).to_have_count(0)


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, True)])
def test_panels_open_and_everybody_can_read_them(visit: Begin, width: int, dark: bool) -> None:
    seen = visit("/explore?measure=e2sfca&level=county&place=06037&layers=samhsa_2024", width=width, dark=dark).wait_for_map(58)
    for label in ("Why this number?", "Do the measures agree here?", "Assumptions", "Sources and method"):
        opened(seen, label)
    seen.picture(f"explore-panels-{width}-{'dark' if dark else 'light'}")
    assert seen.sideways() <= 0
    seen.expect_accessible()
