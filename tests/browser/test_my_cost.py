"""My cost in a real browser, on a phone and by keyboard alone, in both languages; and nothing of the answers is left behind."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from maps.messages import messages
from tests.browser.test_near_me import tab_to
from tests.browser.visit import ARTEFACTS, PATIENCE_MS, Visit

Begin = Callable[..., Visit]

ZIP_CODE, INCOME = "59801", "45"
"""Missoula, in a ZIP code and a step of income that no other test types."""


def choose_by_keyboard(seen: Visit, label: str, option: str) -> None:
    tab_to(seen, f"e.getAttribute('role') === 'combobox' && (e.getAttribute('aria-label') || '').includes({label!r})")
    seen.page.keyboard.type(option)
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("combobox", name=label)).to_have_value(option, timeout=PATIENCE_MS)
    seen.wait()


def radio(label: str) -> str:
    """That the focused element is a choice of the question with that label."""
    return f"e.type === 'radio' && e.closest('[role=radiogroup]').getAttribute('aria-label') === {label!r}"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_keyboard_alone_leads_to_an_answer_on_a_phone_and_leaves_nothing_behind(visit: Begin, lang: str) -> None:
    say = messages("my_cost", lang)
    seen = visit(f"/my-cost?lang={lang}", width=360, height=740)
    page, keys = seen.page, seen.page.keyboard
    expect(page.locator(".atlas-grid").first).to_be_visible()  # an answer stands before anything is said
    tab_to(seen, f"e.getAttribute('aria-label') === {messages('near', lang)('box')!r}")
    keys.type(ZIP_CODE)
    expect(page.locator(".atlas-subtitle")).to_contain_text(ZIP_CODE, timeout=PATIENCE_MS)
    seen.wait()
    tab_to(seen, radio(say("therapy")))
    keys.press("ArrowRight")
    expect(page.get_by_role("radio", name=say("therapy.esketamine"))).to_be_checked(timeout=PATIENCE_MS)
    seen.wait()
    choose_by_keyboard(seen, say("payer"), say("payer.commercial"))
    expect(page.get_by_role("radiogroup", name=say("detail"))).to_be_visible(
        timeout=PATIENCE_MS
    )  # a question that the answer before brings
    tab_to(seen, radio(say("detail")))
    keys.press("ArrowDown")
    expect(page.get_by_role("radio", name=say("detail.deductible_met"))).to_be_checked(timeout=PATIENCE_MS)
    seen.wait()
    choose_by_keyboard(seen, say("income"), say(f"income.{INCOME}"))
    expect(seen.title).to_contain_text(say("name.esketamine"), timeout=PATIENCE_MS)
    expect(page.locator("#root")).to_contain_text({"en": "of a year's income", "es": "de un año de ingresos"}[lang])
    expect(page.locator(".atlas-journey").first).to_contain_text(ZIP_CODE)
    expect(page.get_by_role("img", name="$").locator(".band").first).to_be_visible()
    assert seen.lines_of_title() <= 3
    assert seen.sideways() <= 0
    tab_to(seen, "e.tagName === 'SUMMARY' && e.closest('.my-cost-sources')")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is seen"
    keys.press("Enter")
    expect(page.locator(".my-cost-sources[open]")).to_be_visible()
    seen.picture(f"my-cost-phone-{lang}")
    seen.expect_accessible()
    assert not seen.plotly()
    typed = (ZIP_CODE, say(f"income.{INCOME}"), "deductible_met")
    assert not [text for text in typed for url in (page.url, *seen.sent) if text in url]
    if not os.environ.get("ATLAS_SITE"):
        log = (ARTEFACTS / "server.log").read_text(encoding="utf-8")
        assert not [text for text in typed if text in log]
        for path in ARTEFACTS.rglob("*"):
            if path.suffix in {".log", ".txt", ".json"}:
                assert ZIP_CODE not in path.read_text(encoding="utf-8", errors="replace"), path.name
