"""The methods page in a real browser: its anchors are there, a link goes to one, all of it can be opened and read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from analytics.indicators import indicators
from tests.browser.visit import Visit

Begin = Callable[..., Visit]


def test_every_anchor_that_a_measure_names_is_an_element(visit: Begin) -> None:
    seen = visit("/methods")
    ids = seen.page.evaluate("() => Array.from(document.querySelectorAll('.st-key-methods [id]')).map(e => e.id)")
    assert {one.method for one in indicators().values()} <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("anchor", ["catchment", "expires"])
def test_a_link_opens_the_page_at_its_section(visit: Begin, anchor: str) -> None:
    seen = visit(f"/methods#{anchor}")
    seen.page.wait_for_function(
        "anchor => { const e = document.getElementById(anchor); return e && Math.abs(e.getBoundingClientRect().top) < 250 }", arg=anchor
    )


def test_the_contents_lead_down_the_page(visit: Begin) -> None:
    seen = visit("/methods")
    seen.page.get_by_role("navigation", name="On this page").get_by_role("link", name="What expires when").click()
    seen.page.wait_for_function("() => Math.abs(document.getElementById('expires').getBoundingClientRect().top) < 250")


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_what_opens_can_be_read_by_everybody(visit: Begin, width: int, dark: bool) -> None:
    seen = visit("/methods", width=width, dark=dark)
    for name in ("Crowding and way together", "How much a site counts", "Water and missing roads", "Medicare:"):
        seen.page.get_by_test_id("stExpander").filter(has_text=name).locator("summary").first.click()
        seen.wait()
    expect(seen.page.get_by_text("Name: medicare/part_b_deductible")).to_be_visible()
    expect(seen.page.get_by_text("(10 − 2 − 30 / 60) / 2 = 3.75")).to_be_visible()
    seen.picture(f"methods-open-{width}")
    assert seen.sideways() <= 0
    seen.expect_accessible()


def test_a_measure_opens_on_the_map(visit: Begin) -> None:
    seen = visit("/methods")
    seen.page.get_by_test_id("stExpander").filter(has_text="Adults 18-64 without insurance").locator("summary").click()
    expect(seen.page.get_by_role("link", name="Show it on the map")).to_be_visible()
    seen.wait().page.get_by_role("link", name="Show it on the map").click()
    seen.expect_path("/explore")
    seen.expect_measure("uninsured")


def test_the_search_finds_a_parameter(visit: Begin) -> None:
    seen = visit("/methods")
    box = seen.page.get_by_label("Find a measure or parameter")
    box.fill("deductible")
    box.press("Enter")
    expect(seen.page.get_by_text("Name: medicare/part_b_deductible")).to_be_visible()
    expect(seen.page.get_by_role("heading", name="Signs of need")).to_have_count(0)
