"""The page on costs in a real browser: a question answered from the start page, every number followed to its source, nothing cut on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit

Begin = Callable[..., Visit]

YEAR = "/costs?measure=within_30_miles&level=county&place=17031&modality=esketamine&payer=medicare&schedule=label_year_low"
MINUTE_MS = 60_000


def line(seen: Visit, words: str) -> Locator:
    """The button of a line of the bill."""
    return seen.page.locator(".st-key-bill").get_by_role("button", name=words)


def opened(seen: Visit, words: str) -> None:
    seen.page.get_by_test_id("stExpander").filter(has_text=words).locator("summary").first.click()
    seen.wait()


def test_a_year_of_esketamine_in_cook_county_in_under_a_minute(visit: Begin) -> None:
    seen = visit("/")
    clock = "() => performance.now()"
    begun = seen.page.evaluate(clock)
    seen.page.get_by_role("link", name="Costs", exact=True).click()
    seen.expect_path("/costs")
    seen.search("60601")
    seen.expect_asked(place="17031")
    seen.choose("who pays", "Medicare, no supplement")
    seen.expect_asked(payer="medicare")
    seen.choose("over", "a year per label, fewest visits")
    seen.expect_asked(schedule="label_year_low")
    seen.wait()
    # What it costs, from what, how sure, and for what share of households it is over a tenth of income.
    expect(seen.title).to_have_text(
        "A first year of esketamine per label costs $9,434 to $15,444 on traditional Medicare in Cook County, IL"
    )
    expect(seen.page.get_by_text("worked out by rule from Medicare's amounts for visits in an office")).to_be_visible()
    expect(seen.page.get_by_text("the label leaves open how often one comes from week 9 on")).to_be_visible()
    said = "For 56 % of households in Cook County, IL at 34 visits, and for 70 to 100 % at 56, this alone takes more than 10 % of a year's income"
    expect(seen.page.get_by_text(said)).to_be_visible()
    assert seen.page.evaluate(clock) - begun < MINUTE_MS


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Visits at Medicare's allowed amount", "https://www.cms.gov/medicare/payment/fee-schedules/physician"),
        ("Part B deductible of the year", "https://"),
        ("Coinsurance of what is above it", "https://"),
        ("Hours on site", "https://"),
    ],
)
def test_each_number_leads_to_its_source_in_two_clicks(visit: Begin, words: str, address: str) -> None:
    seen = visit(YEAR)
    line(seen, words).click()  # the first
    source = seen.page.get_by_test_id("stPopoverBody").get_by_role("link").first  # and the second
    expect(source).to_be_visible()
    assert (source.get_attribute("href") or "").startswith(address)
    expect(seen.page.get_by_test_id("stPopoverBody").get_by_text(re.compile("read 20|Read in 20"))).to_be_visible()


def test_every_line_of_the_bill_can_be_opened(visit: Begin) -> None:
    seen = visit(YEAR)
    buttons = seen.page.locator(".st-key-bill [data-testid=stPopover] button")
    for number in range(buttons.count()):
        buttons.nth(number).click()
        expect(seen.page.get_by_test_id("stPopoverBody").locator("p, dd").first).to_be_visible()
        seen.page.keyboard.press("Escape")
        expect(seen.page.get_by_test_id("stPopoverBody")).to_have_count(0)


def assume(seen: Visit, words: str, value: str) -> None:
    """Another number behind a line of the bill, typed where the line says what it is from."""
    line(seen, words).click()
    box = seen.page.get_by_test_id("stPopoverBody").get_by_role("spinbutton")
    box.fill(value)
    box.press("Enter")


def test_an_assumption_is_changed_at_its_line_and_stands_in_the_address(visit: Begin) -> None:
    seen = visit(YEAR)
    assume(seen, "Part B deductible of the year", "300")
    seen.expect_asked(assumptions="medicare%2Fpart_b_deductible%3A300")
    expect(seen.title).to_contain_text("costs $9,447 to ")
    expect(seen.page.get_by_text("Changed by you: Part B deductible, $300 instead of $283.")).to_be_visible()
    seen.page.reload()
    seen.wait()
    expect(seen.title).to_contain_text("costs $9,447 to ")


def test_an_assumption_out_of_its_range_gets_a_sentence_there(visit: Begin) -> None:
    seen = visit(YEAR)
    assume(seen, "Coinsurance of what is above it", "120")
    expect(seen.page.get_by_test_id("stPopoverBody").get_by_text("120 % is outside of that")).to_be_visible()
    expect(seen.title).to_contain_text("costs $9,434 to ")


def test_back_and_forward_go_through_what_was_asked(visit: Begin) -> None:
    seen = visit("/costs")
    seen.choose("who pays", "Medicaid")
    expect(seen.title).to_contain_text("on Medicaid")
    seen.choose("in", "Mississippi")
    expect(seen.title).to_contain_text("in Mississippi")
    seen.page.go_back()
    expect(seen.title).to_contain_text("on Medicaid in the US")
    seen.page.go_back()
    expect(seen.title).to_contain_text("paying oneself in the US")
    expect(seen.control("who pays")).to_have_value("oneself")
    seen.page.go_forward()
    expect(seen.title).to_contain_text("on Medicaid in the US")


def test_place_and_treatment_stay_when_pages_change(visit: Begin) -> None:
    seen = visit("/explore?measure=miles_to_nearest&level=county&place=28").wait_for_map(50)
    seen.page.get_by_role("link", name="Costs", exact=True).click()
    seen.expect_path("/costs")
    expect(seen.title).to_contain_text("in Mississippi")
    seen.choose("in", "Texas")
    expect(seen.title).to_contain_text("in Texas")
    seen.choose("Cost of", "esketamine (nasal spray)")
    seen.expect_asked(modality="esketamine")
    seen.wait()
    seen.page.get_by_role("link", name="Explore", exact=True).click()
    seen.expect_path("/explore")
    seen.expect_asked(place="48", modality="esketamine", measure="miles_to_nearest")
    expect(seen.control("in")).to_have_value("Texas")
    expect(seen.control("for")).to_have_value("esketamine (nasal spray)")
    seen.choose("in", "Ohio")
    seen.expect_asked(place="39")
    seen.wait()
    seen.page.get_by_role("link", name="Costs", exact=True).click()
    seen.expect_path("/costs")
    expect(seen.title).to_contain_text("in Ohio")
    expect(seen.control("Cost of")).to_have_value("esketamine (nasal spray)")


def test_what_has_no_cost_has_one_door(visit: Begin) -> None:
    seen = visit("/costs?modality=iv&payer=medicare")
    expect(seen.title).to_have_text("A first course of IV ketamine on traditional Medicare: there is no figure")
    expect(seen.page.get_by_text("off label and hardly ever covered").first).to_be_visible()
    seen.page.get_by_role("button", name="Show what a first course of IV ketamine costs who pays oneself").click()
    expect(seen.title).to_contain_text("paying oneself")
    seen.expect_asked(measure="within_30_miles")


def test_the_states_lead_to_the_map(visit: Begin) -> None:
    seen = visit(YEAR)
    seen.page.get_by_role("link", name="See it on the map, county by county").click()
    seen.expect_path("/explore")
    seen.expect_measure("patient_cost")
    seen.expect_asked(payer="medicare", schedule="label_year_low", place="17031")


DRAW = "Draw all that is in doubt at once, 1,000 times"


def test_all_that_is_in_doubt_is_drawn_when_asked_for(visit: Begin) -> None:
    seen = visit(YEAR)
    opened(seen, "Which assumption moves that share most?")
    seen.page.get_by_role("button", name=DRAW).click()
    expect(seen.page.get_by_text("in nine of ten draws")).to_be_visible(timeout=MINUTE_MS)


PRESS_STOP = """() => new MutationObserver((_, self) => {
  const stop = Array.from(document.querySelectorAll('button')).find(e => e.textContent.trim() === 'Stop');
  const bar = document.querySelector('[data-testid=stProgress]');
  if (stop && bar) { self.disconnect(); window.__progress = bar.textContent; stop.click(); }
}).observe(document.body, {childList: true, subtree: true, characterData: true})"""
"""In the page, as soon as the button stands: over the wire a press might come after the last draw."""


def test_drawing_shows_its_progress_and_can_be_ended(visit: Begin) -> None:
    seen = visit("/costs?place=us&payer=commercial_copay&schedule=label_year_high")
    opened(seen, "Which assumption moves that share most?")
    seen.page.evaluate(PRESS_STOP)
    seen.page.get_by_role("button", name=DRAW).click()
    seen.page.wait_for_function("() => window.__progress")
    assert "of 1,000 drawn" in seen.page.evaluate("() => window.__progress")
    expect(seen.page.get_by_role("button", name=DRAW)).to_be_visible()
    seen.wait()
    expect(seen.page.get_by_text("in nine of ten draws")).to_have_count(0)


def test_the_bill_can_be_taken_along(visit: Begin) -> None:
    seen = visit(YEAR + "&assumptions=medicare%2Fpart_b_deductible%3A300")
    with seen.page.expect_download() as taken:
        seen.page.get_by_role("button", name=re.compile("Download the bill, CSV")).click()
    assert taken.value.suggested_filename.startswith("ketamine-cost_esketamine_label_year_low_medicare_17031_")
    text = taken.value.path().read_text(encoding="utf-8")
    assert "medicare/part_b_deductible:300" in text
    assert ",total," in text
    opened(seen, "Copy the sentence, with its sources and link")
    expect(seen.page.get_by_test_id("stCode")).to_contain_text("/costs?measure=within_30_miles&level=county&place=17031")


def test_charts_say_in_words_what_they_show(visit: Begin) -> None:
    seen = visit(YEAR)
    charts = seen.page.locator('[data-testid="stPlotlyChart"]')
    expect(charts).to_have_count(9)
    for chart in charts.all():
        assert re.search(r"\d", chart.get_attribute("aria-label") or "")


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_what_opens_can_be_read_by_everybody(visit: Begin, width: int, dark: bool) -> None:
    seen = visit(YEAR, width=width, dark=dark)
    for words in (
        "The same treatment under each payer",
        "The bill beside each group's median income",
        "Table: Households by income",
        "Which assumption moves that share most?",
        "Assumptions",
        "The prices one by one",
        "Ranges that others publish",
        "Table: People by kind of cover",
        "Copy the sentence",
    ):
        opened(seen, words)
    line(seen, "Coinsurance of what is above it").click()
    expect(seen.page.get_by_test_id("stPopoverBody")).to_be_visible()
    seen.wait()
    seen.picture(f"costs-open-{width}")
    assert seen.sideways() <= 0
    seen.expect_accessible()


def test_on_a_phone_nothing_is_cut_and_the_title_is_first(visit: Begin) -> None:
    seen = visit(YEAR, width=360, height=740)
    assert seen.lines_of_title() <= 3
    assert seen.box("h1")["y"] < seen.box(".st-key-cost-controls")["y"]
    for payer in ("commercial, maker's programme", "Medicare and full Medicaid", "Medicare, no supplement"):
        seen.choose("who pays", payer)
        seen.wait()
        assert not seen.cut()
        assert seen.sideways() <= 0
