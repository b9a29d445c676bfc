"""Near me in a real browser, as a person with a phone would use it: by touch, by keyboard, and with nothing of the ZIP code left behind."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.test_looks import WIDTHS
from tests.browser.visit import ARTEFACTS, PATIENCE_MS, Visit

Begin = Callable[..., Visit]

ZIPS = {"60601": "Chicago", "59718": "Bozeman", "99501": "Anchorage", "96813": "Honolulu", "06103": "South Windsor"}
"""A big city, a small town, Alaska, Hawaii, Connecticut, each with a town of its list."""
LABELS = {"en": "ZIP code or city", "es": "Código ZIP o ciudad"}
SEEN = [(width, dark) for width in WIDTHS for dark in (False, True)]


def box(seen: Visit) -> Locator:
    return seen.page.get_by_label("ZIP code or city")


def typed(seen: Visit, text: str) -> Visit:
    """Type, and wait for what comes of it."""
    box(seen).fill(text)
    expect(seen.page.locator(".near-list, .atlas-problem[role=status]").first).to_be_visible(timeout=PATIENCE_MS)
    return seen.wait()


def tab_to(seen: Visit, reached: str) -> None:
    """Press Tab until a condition on the focused element holds."""
    for _ in range(24):
        seen.page.keyboard.press("Tab")
        if seen.page.evaluate(f"() => {{ const e = document.activeElement; return {reached} }}"):
            return
    raise AssertionError(f"the keyboard does not reach {reached}")


@pytest.mark.parametrize("lang", LABELS)
def test_five_zip_codes_end_in_a_useful_answer_on_a_phone_by_keyboard(visit: Begin, lang: str) -> None:
    seen = visit(f"/near-me?lang={lang}", width=360, height=740)
    page, keys = seen.page, seen.page.keyboard
    tab_to(seen, f"e.getAttribute('aria-label') === {LABELS[lang]!r}")
    for zip_code, town in ZIPS.items():
        keys.press("Control+A")
        keys.type(zip_code)
        expect(seen.title).to_contain_text(zip_code, timeout=PATIENCE_MS)
        expect(page.locator(".near-list")).to_contain_text(town, timeout=PATIENCE_MS)
        expect(page.locator(".near-beside li").first).to_be_visible()
        page.wait_for_function(
            "() => { const i = document.querySelector('.near-sketch img'); return i && i.complete && i.naturalWidth > 0 }"
        )
        assert seen.lines_of_title() <= 3
        assert seen.box(".near-list")["y"] < seen.box(".near-sketch")["y"], "the list comes first"
        assert seen.sideways() <= 0
    seen.picture(f"near-me-phone-{lang}")
    tab_to(seen, "e.tagName === 'SUMMARY' && e.closest('.near-list')")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is seen"
    keys.press("Enter")
    expect(page.locator(".near-list details[open]")).to_contain_text({"en": "Source: ", "es": "Fuente: "}[lang])
    seen.expect_accessible()
    assert not seen.plotly()


@pytest.mark.parametrize(("width", "dark"), SEEN)
def test_axe_finds_nothing_in_an_answer(visit: Begin, width: int, dark: bool) -> None:
    seen = typed(visit("/near-me", width=width, height=WIDTHS[width], dark=dark), "06510")
    seen.page.locator(".near-list summary").first.click()
    seen.picture(f"near-me-answer-{width}-{'dark' if dark else 'light'}")
    seen.expect_accessible()


def test_axe_finds_nothing_where_something_is_unclear(visit: Begin) -> None:
    seen = typed(visit("/near-me", width=360, height=740), "Springfield")
    seen.expect_accessible()


def test_a_suggestion_is_pressed_by_touch(visit: Begin) -> None:
    seen = typed(visit("/near-me", width=360, height=740), "Springfield")
    seen.page.get_by_role("button", name="Springfield, MO (Greene County)").tap()
    expect(seen.title).to_contain_text("Springfield, MO", timeout=PATIENCE_MS)


def test_nothing_of_the_zip_code_is_left_behind(visit: Begin) -> None:
    seen = typed(visit("/near-me"), "96766")
    with seen.page.expect_download(timeout=PATIENCE_MS) as event:
        seen.page.get_by_role("button", name="Download a call sheet").click()
    sheet = event.value.path().read_text(encoding="utf-8")
    assert "What does a whole course cost me" in sheet
    assert "96766" not in sheet
    assert "96766" not in seen.page.url
    assert not [url for url in seen.sent if "96766" in url]
    if not os.environ.get("ATLAS_SITE"):
        assert "96766" not in (ARTEFACTS / "server.log").read_text(encoding="utf-8")


def test_text_that_looks_like_markup_is_shown_as_text(visit: Begin) -> None:
    seen = typed(visit("/near-me"), "<img src=x onerror=alert(7)>")
    expect(seen.page.locator(".atlas-problem[role=status]")).to_contain_text("<img src=x")
    assert seen.page.locator('img[src="x"]').count() == 0
