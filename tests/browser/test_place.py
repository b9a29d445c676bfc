"""An advocate's way in a real browser: a county is typed on the start page, its page is read, a place like it is looked at, and Back leads back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]


def test_an_advocate_reads_of_a_county_why_and_of_one_like_it(visit: Begin) -> None:
    seen = visit("/")
    seen.search("Doña Ana County, NM")
    seen.expect_path("/place")
    seen.expect_asked(place="35013")
    expect(seen.title).to_contain_text("Doña Ana County, NM", timeout=PATIENCE_MS)
    seen.wait()
    locator = seen.page.locator(".place-locator")
    seen.page.wait_for_function(
        "() => { const i = document.querySelector('.place-locator'); return i && i.complete && i.naturalWidth > 0 }"
    )
    assert "Doña Ana County, NM marked" in (locator.get_attribute("alt") or "")
    expect(seen.page.locator(".place-figures tbody tr")).to_have_count(14 + 5)
    assert not seen.plotly(), "a page of words and lines"

    seen.page.get_by_text("Why this number?", exact=True).click()
    seen.expect_asked(open="why")
    expect(seen.page.get_by_test_id("stDataFrame").first).to_be_visible(timeout=PATIENCE_MS)

    like = seen.page.locator(".st-key-alike button").first
    name = like.inner_text().strip()
    like.click()
    expect(seen.title).to_contain_text(name, timeout=PATIENCE_MS)
    seen.wait()
    seen.page.go_back()
    seen.expect_asked(place="35013")
    expect(seen.title).to_contain_text("Doña Ana County, NM", timeout=PATIENCE_MS)
    seen.wait()

    seen.page.get_by_role("link", name="Open in Explore").click()
    seen.expect_path("/explore")
    seen.wait_for_map(33)
    seen.page.get_by_role("link", name="Open the page of Doña Ana County, NM").click()
    seen.expect_path("/place")
    expect(seen.page.locator(".place-figures")).to_be_visible(timeout=PATIENCE_MS)
