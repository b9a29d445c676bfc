"""The start page as two people use it: one with a phone and a ZIP code, one who needs a number for a hearing; in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from maps.messages import messages
from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_zip_code_leads_to_the_list_and_a_finding_to_its_map(visit: Begin, lang: str) -> None:
    say = messages("start", lang)
    ours = "/" if lang == "en" else f"/?lang={lang}"
    seen = visit(ours, width=360, height=740)
    assert 1 <= seen.lines_of_title() <= 3
    title, box, picture = seen.box("h1"), seen.box(".st-key-start-zip input"), seen.box(".atlas-picture")
    assert title["y"] < box["y"] < picture["y"] < 480, "title, ZIP box, map"
    assert seen.sideways() <= 0
    seen.expect_accessible()
    seen.page.get_by_label(say("zip")).fill("59718")
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(".near-list li").first).to_contain_text("Bozeman", timeout=PATIENCE_MS)
    expect(seen.title).to_contain_text("59718")
    assert "59718" not in seen.page.url, "a ZIP code is never in the address"
    assert (f"lang={lang}" in seen.page.url) == (lang != "en"), "the language goes along"
    assert not seen.plotly()

    seen.open(ours)
    finding = seen.page.locator(f".st-key-finding-{'far' if lang == 'en' else 'both'}")
    numbers = re.findall(r"[\d,]*\d", finding.locator("p").first.inner_text())
    finding.get_by_role("link").click()
    seen.expect_path("/explore")
    seen.wait_for_map(3_144)
    if lang == "en":
        seen.expect_asked(measure="within_30_miles", level="county", place="us")
        assert re.findall(r"\d+", seen.title.inner_text())[:2] == numbers[:2], "from the least to the most, as in the finding"
    else:
        seen.expect_asked(measure="barrier_class", level="county", place="us")
        table = seen.page.locator(".atlas-table", has_text="Counties without the figure")
        expect(table.get_by_role("row", name="Counties", exact=False).nth(1)).to_contain_text(numbers[0], timeout=PATIENCE_MS)
