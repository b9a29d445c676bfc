"""One selection in a real browser: clicked, boxed, ticked, kept in the link, cleared; classes and open panels go along."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.test_explore import COUNTIES, rows_of
from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]

NYE, NEW_MEXICO = "32023", 33
DOUBLE_CLICK_MS = 400
"""Two clicks within 300 ms are a double click for plotly, which selects nothing."""


def at(seen: Visit, geoid: str) -> tuple[float, float]:
    """The middle of a place on the screen, with the map scrolled into view."""
    seen.page.locator(".st-key-map").scroll_into_view_if_needed()
    svg, area = seen.box(".js-plotly-plot .main-svg"), seen.areas()[geoid]
    return svg["x"] + area["x"] + area["width"] / 2, svg["y"] + area["y"] + area["height"] / 2


def outlined(seen: Visit) -> set[str]:
    """The places drawn with an outline in ink over their fill."""
    drawn = seen.page.evaluate(
        "() => document.querySelector('.js-plotly-plot').data.filter(t => t.hoverinfo === 'skip' && t.locations.length < 100)"
        ".flatMap(t => Array.from(t.locations))"
    )
    return set(drawn) - {"us"}


def test_a_researcher_selects_by_hand_and_sends_the_link(visit: Begin) -> None:
    seen = visit("/explore?measure=depression&level=county&place=us&classes=quantiles~4").wait_for_map(COUNTIES)
    seen.page.mouse.click(*at(seen, NYE))
    seen.expect_asked(selected=NYE, place="us")
    seen.wait_for_map(COUNTIES)
    assert NYE in outlined(seen)

    seen.page.get_by_role("button", name="Select places").click()
    seen.page.get_by_label("Or type a place").fill("doña ana")
    seen.page.get_by_label("Or type a place").press("Enter")
    seen.expect_asked(selected=f"{NYE}~35013")
    seen.page.keyboard.press("Escape")
    seen.wait_for_map(COUNTIES)
    seen.page.locator("summary").filter(has_text="Table: ").click()
    seen.expect_asked(open="table")
    table = seen.page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    seen.wait()
    table.click(position={"x": 20, "y": 52})  # the box of the first row, Autauga County, AL
    seen.expect_asked(selected=f"{NYE}~35013~01001")
    seen.wait_for_map(COUNTIES)
    shown = seen.page.locator(".st-key-selection table")
    expect(shown).to_contain_text("Doña Ana County, NM")

    with seen.page.expect_download(timeout=PATIENCE_MS) as event:
        seen.page.get_by_role("button", name="Download the selected rows, CSV").click()
    assert [row["geoid"] for row in rows_of(event.value.path().read_bytes())] == ["01001", NYE, "35013"]
    seen.picture("explore-selected")

    other = visit(seen.page.url).wait_for_map(COUNTIES)
    assert outlined(other) >= {NYE, "35013", "01001"}
    expect(other.page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(other.page.locator(".atlas-note").filter(has_text="Four classes: equal numbers of places.")).to_have_count(1)
    other.page.get_by_role("button", name="Clear the selection (3)").click()
    expect(other.page).not_to_have_url(re.compile("selected="), timeout=PATIENCE_MS)
    other.wait_for_map(COUNTIES)
    assert not outlined(other) & {NYE, "35013", "01001"}
    other.page.go_back()
    other.expect_asked(selected=f"{NYE}~35013~01001")


def test_a_box_on_the_map_and_a_second_click(visit: Begin) -> None:
    seen = visit("/explore?measure=depression&level=county&place=35").wait_for_map(NEW_MEXICO)
    seen.page.get_by_role("button", name="Select places").click()
    seen.page.get_by_text("Drag a box over the map").click()
    seen.wait()
    seen.page.keyboard.press("Escape")
    seen.wait_for_map(NEW_MEXICO)
    left, down = at(seen, "35013")
    seen.page.mouse.move(left - 30, down - 30)
    seen.page.mouse.down()
    seen.page.mouse.move(left, down, steps=4)
    seen.page.mouse.move(left + 30, down + 30, steps=4)
    seen.page.mouse.up()
    seen.expect_asked(selected="35013")
    expect(seen.page.get_by_text("selected (1)", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    seen.wait_for_map(NEW_MEXICO)
    assert "35013" in outlined(seen)
    seen.page.wait_for_timeout(DOUBLE_CLICK_MS)
    seen.page.mouse.click(*at(seen, "35013"))
    expect(seen.page).not_to_have_url(re.compile("selected="), timeout=PATIENCE_MS)
