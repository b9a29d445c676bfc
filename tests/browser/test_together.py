"""What a researcher does with two measures: side by side, as one map, as a scatter plot; conditions; and the link opened anew."""

from __future__ import annotations

import csv
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]
START = "/explore?measure=minutes_to_nearest&level=county&place=35"
COUNTIES = 33


def opened(seen: Visit, panel: str) -> Visit:
    seen.page.get_by_text(panel, exact=True).click()
    return seen.wait()


def everybody_can_read(seen: Visit) -> None:
    seen.expect_accessible()


def test_a_second_measure_is_seen_three_ways_and_its_link_gives_the_same(visit: Begin) -> None:
    seen = opened(visit(START).wait_for_map(COUNTIES), "Compare with a second measure")
    seen.choose("Second measure", "adults 18-64 without insurance")
    seen.expect_asked(second="measure%3Auninsured")
    expect(seen.page.locator(".st-key-map-second path.choroplethlocation").nth(COUNTIES - 1)).to_be_attached(timeout=PATIENCE_MS)
    left, right = seen.box(".st-key-map"), seen.box(".st-key-map-second")
    assert left["x"] + left["width"] <= right["x"], "side by side"
    seen.choose("Shown as", "one map of both")
    seen.expect_asked(together="bivariate")
    expect(seen.page.locator(".st-key-map-both path.choroplethlocation").nth(COUNTIES - 1)).to_be_attached(timeout=PATIENCE_MS)
    cells = [int(text) for text in seen.page.locator(".atlas-nine tbody td").all_inner_texts()]
    assert len(cells) == 9
    assert sum(cells) == COUNTIES
    everybody_can_read(seen)
    with seen.page.expect_download(timeout=PATIENCE_MS) as event:
        seen.page.get_by_role("button", name="Download what is drawn, CSV").click()
    rows = list(csv.DictReader(event.value.path().read_text(encoding="utf-8").splitlines()))
    assert len(rows) == COUNTIES
    worst = [row for row in rows if row["third_minutes_to_nearest_modelled"] == row["third_uninsured_modelled"] == "high"]
    assert len(worst) == cells[2], "the file says what the legend counts"
    typed = "&".join(word for word in urlsplit(seen.page.url).query.split("&") if not word.startswith("open="))
    again = visit(f"/explore?{typed}")  # as one writes it by hand: the map of both is seen without its panel being named
    expect(again.page.locator(".atlas-nine")).to_be_visible(timeout=PATIENCE_MS)
    assert [int(text) for text in again.page.locator(".atlas-nine tbody td").all_inner_texts()] == cells
    again.choose("Shown as", "a scatter plot")
    expect(again.page.locator(".scatterlayer .point").nth(COUNTIES - 1)).to_be_attached(timeout=PATIENCE_MS)
    expect(again.page.get_by_text("Spearman's rank correlation").first).to_be_visible()
    again.picture("together-scatter")
    again.page.go_back()
    expect(again.page.locator(".atlas-nine")).to_be_visible(timeout=PATIENCE_MS)


def test_conditions_light_the_places_that_meet_them_on_a_phone_too(visit: Begin) -> None:
    seen = visit(
        f"{START}&conditions=minutes_to_nearest:over:60~uninsured:over:0.1&open=conditions~ranking", width=360, height=740, dark=True
    )
    seen.wait_for_map(COUNTIES)
    seen.page.get_by_role("button", name="Add a condition").click()
    expect(seen.page.locator("p", has_text="meet all three: ").first).to_be_visible(timeout=PATIENCE_MS)
    seen.wait()
    with seen.page.expect_download(timeout=PATIENCE_MS) as event:
        seen.page.get_by_role("button", name="Download all places with their values").click()
    rows = list(csv.DictReader(event.value.path().read_text(encoding="utf-8").splitlines()))
    met = {row["geoid"] for row in rows if row["meets_all"] == "met"}
    assert 0 < len(met) < COUNTIES
    said = seen.page.locator("p", has_text="meet all three: ").first.inner_text()
    assert said.startswith(f"{len(met)} of {COUNTIES} counties, where ")
    areas = seen.areas()
    assert {geoid for geoid, area in areas.items() if area["opacity"] == 1} >= met
    assert all(areas[geoid]["opacity"] < 0.3 for geoid in set(areas) - met)
    seen.page.get_by_role("button", name="Remove").nth(2).click()
    expect(seen.page.locator("p", has_text="meet both: ").first).to_be_visible(timeout=PATIENCE_MS)
    seen.wait()
    everybody_can_read(seen)
    assert seen.sideways() == 0
    seen.picture("together-conditions-360-dark")
