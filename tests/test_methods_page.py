"""The methods page without a browser: it stands, finds, opens, and computes only what is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.indicators import indicators
from data.parameter import load

MAIN = str(Path(__file__).resolve().parents[1] / "views" / "main.py")
SECONDS = 60


def opened(**state: object) -> AppTest:
    """The page, with these pieces of its state set before."""
    page = AppTest.from_file(MAIN, default_timeout=SECONDS).switch_page("methods.py")
    for key, value in state.items():
        page.session_state[key] = value
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join([element.proto.body for element in page.get("html")] + [element.value for element in page.markdown])


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.expander]


def test_every_anchor_that_a_measure_names_is_on_the_page() -> None:
    text = said(opened())
    assert '<h1 class="atlas-title">How every number here is made</h1>' in text
    for anchor in {one.method for one in indicators().values()}:
        assert f'<h3 data-anchor="{anchor}">' in text, f"/methods#{anchor} leads nowhere"


def test_the_sections_that_hold_for_all_are_there() -> None:
    text = said(opened())
    for heading in ("What a list can bear", "Congressional districts", "Missing is not zero", "What expires when", "What is not known"):
        assert f">{heading}</h3>" in text
    assert load("rules/dea_telehealth").label in text
    assert "valid to 3 January 2027" in text


def test_what_is_closed_is_not_sent() -> None:
    text = said(opened())
    assert indicators()["raam"].question not in text
    assert "Name: <code>" not in text, "parameters come when their area is opened"
    assert len(text) < 60_000


def test_an_open_measure_shows_itself_with_its_worked_example() -> None:
    page = opened(**{"measure raam": True})
    text = said(page)
    assert indicators()["raam"].question in text
    assert load("access/raam_tau").label in text
    assert "(10 − 2 − 30 / 60) / 2 = 3.75" in text


def test_an_open_area_shows_its_parameters() -> None:
    text = said(opened(**{"area medicare": True}))
    assert "Name: <code>medicare/part_b_deductible</code>" in text
    assert "Name: <code>travel/speed</code>" not in text


def test_the_search_leaves_what_was_asked_for() -> None:
    page = opened()
    page.text_input(key="find in methods").set_value("detour index").run()
    assert not page.exception
    assert "Minutes to the nearest provider" in labels(page)
    assert "Adults 18-64 without insurance" not in labels(page)
    assert "Name: <code>travel/detour_index</code>" in said(page)


@pytest.mark.parametrize("text", ["zebra crossing", "<script>alert(1)</script>"])
def test_a_search_that_finds_nothing_says_what_to_do(text: str) -> None:
    page = opened()
    page.text_input(key="find in methods").set_value(text).run()
    assert not page.exception
    assert "Nothing here says" in said(page)
    assert "<script>" not in said(page)
    assert not labels(page)
