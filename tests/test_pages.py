"""The pages without a browser: AppTest on views/main.py (on app.py it would see nothing and pass)."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.indicators import indicators
from analytics.query import LEVELS

MAIN = str(Path(__file__).resolve().parents[1] / "views" / "main.py")
SECONDS = 60


def texts(page: AppTest) -> str:
    """All that the page says in its own HTML."""
    return " ".join(element.proto.body for element in page.get("html"))


def explore(**asked: str) -> AppTest:
    """Explore with this in its address."""
    page = AppTest.from_file(MAIN, default_timeout=SECONDS)
    for name, value in asked.items():
        page.query_params[name] = value
    return page.switch_page("explore.py").run()


def test_apptest_sees_the_page() -> None:
    page = AppTest.from_file(MAIN, default_timeout=SECONDS).run()
    assert not page.exception
    assert '<h1 class="atlas-title">' in texts(page), "nothing was seen, so nothing would be tested"


def test_start_tells_the_finding_with_its_doubt_and_shows_the_map() -> None:
    said = texts(AppTest.from_file(MAIN, default_timeout=SECONDS).run())
    title = said.split('<h1 class="atlas-title">')[1].split("</h1>")[0]
    assert "depending on the list" in title
    assert "within 30 miles" in title
    assert '<img class="atlas-picture" src="/pictures/start-light-' in said
    assert "Sources: " in said


def test_explore_opens_without_an_address() -> None:
    page = explore()
    assert not page.exception
    assert page.selectbox(key="measure").value == "within_30_miles"
    assert page.selectbox(key="level").value == "county"
    assert page.selectbox(key="place").value == "us"


@pytest.mark.parametrize("measure", list(indicators()))
def test_every_measure_has_a_page_at_each_of_its_levels(measure: str) -> None:
    for level in LEVELS:
        page = explore(measure=measure, level=level, place="us")
        assert not page.exception, (measure, level)
        assert page.selectbox(key="measure").value == measure
        said = texts(page)
        assert ("no sound answer" in said) != ("Sources: " in said), "a figure with its sources, or a refusal"


def test_the_address_sets_the_controls_and_a_control_sets_the_address() -> None:
    page = explore(measure="depression", level="state", place="48")
    assert page.selectbox(key="level").value == "state"
    page.selectbox(key="measure").select("uninsured").run()
    assert page.query_params["measure"] == "uninsured"
    assert page.query_params["place"] == "48"


@pytest.mark.parametrize(("name", "word"), [("measure", "happiness"), ("level", "galaxy"), ("place", "99999"), ("modality", "tea")])
def test_an_unknown_word_gets_a_sentence_and_the_default(name: str, word: str) -> None:
    page = explore(**{"measure": "within_30_miles", "level": "county", "place": "us", name: word})
    assert not page.exception
    assert f"“{word}”, which this atlas does not know" in texts(page)


def test_what_an_address_says_is_shown_as_text_only() -> None:
    assert "<script>" not in texts(explore(measure="<script>alert(1)</script>"))
