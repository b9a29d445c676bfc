"""The pages without a browser: AppTest on views/main.py (on app.py it would see nothing and pass)."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from analytics.indicators import indicators
from analytics.query import LEVELS
from maps.messages import messages
from tests.views.page import MAIN, texts, visited

SECONDS = 60


def explore(**words: str) -> AppTest:
    return visited("explore.py", **words)


def test_apptest_sees_the_page() -> None:
    page = AppTest.from_file(MAIN, default_timeout=SECONDS).run()
    assert not page.exception
    assert '<h1 class="atlas-title">' in texts(page), "nothing was seen, so nothing would be tested"


def test_start_tells_the_finding_with_its_doubt_and_shows_the_map() -> None:
    said = texts(AppTest.from_file(MAIN, default_timeout=SECONDS).run())
    title = said.split('<h1 class="atlas-title">')[1].split("</h1>")[0]
    assert "depending on the list" in title
    assert "over 30 miles from a provider and in costly counties" in title
    assert '<img class="atlas-picture" src="/pictures/start-light-en-' in said
    assert "Sources: " in said
    for heading in ("Who is far", "Who is priced out", "Where both meet"):
        assert f'<h2 class="start-heading">{heading}</h2>' in said


def all_words(page: AppTest) -> str:
    """What the page says in its own HTML, on its controls and on its links."""
    labels = [one.proto.label for kind in ("page_link", "button", "text_input") for one in page.get(kind)]
    return " ".join([texts(page), *labels])


def test_start_speaks_spanish_and_leaves_no_english_sentence() -> None:
    page = AppTest.from_file(MAIN, default_timeout=SECONDS)
    page.query_params["lang"] = "es"
    said = all_words(page.run())
    assert not page.exception
    assert "según la lista" in said
    english, spanish = messages("start", "en").texts, messages("start", "es").texts
    for name, text in english.items():
        pieces = [piece.strip(" .,:;()") for piece in re.split(r"\{\w+\}", text)] if text != spanish[name] else []
        left = [piece for piece in pieces if " " in piece and piece in said]
        assert not left, (name, left)


def test_a_zip_code_typed_on_start_goes_to_near_me_by_the_memory_of_the_visit_alone() -> None:
    page = AppTest.from_file(MAIN, default_timeout=SECONDS).run()
    page.text_input(key="start typed").set_value(" ")
    page.button[0].click().run()
    assert "Who is far" in texts(page), "an empty box leads nowhere"
    page.text_input(key="start typed").set_value("59718")
    page.button[0].click().run()
    assert not page.exception
    assert "59718" in texts(page).split('<h1 class="atlas-title">')[1].split("</h1>")[0]
    assert not [value for value in page.query_params.values() if "59718" in str(value)]


def test_explore_opens_without_an_address() -> None:
    page = explore()
    assert page.selectbox(key="measure").value == "within_30_miles"
    assert page.selectbox(key="level").value == "county"
    assert page.selectbox(key="place").value == "us"


@pytest.mark.parametrize("measure", list(indicators()))
def test_every_measure_has_a_page(measure: str) -> None:
    """At the widest of its levels; every level of every measure is asked of the model itself, which is quicker."""
    page = explore(measure=measure, level=indicators()[measure].levels[0], place="us")
    assert page.selectbox(key="measure").value == measure
    said = texts(page)
    assert ("no sound answer" in said) != ("Sources: " in said), "a figure with its sources, or a refusal"


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_that_a_measure_has_not_is_refused_on_the_page_and_all_others_stand(level: str) -> None:
    for measure in ("within_60_minutes", "rucc"):
        page = explore(measure=measure, level=level, place="us")
        assert ("no sound answer" in texts(page)) == (level not in indicators()[measure].levels)


def test_the_address_sets_the_controls_and_a_control_sets_the_address() -> None:
    page = explore(measure="depression", level="state", place="48")
    assert page.selectbox(key="level").value == "state"
    page.selectbox(key="measure").select("uninsured").run()
    assert page.query_params["measure"] == "uninsured"
    assert page.query_params["place"] == "48"


@pytest.mark.parametrize(("name", "word"), [("measure", "happiness"), ("level", "galaxy"), ("place", "99999"), ("modality", "tea")])
def test_an_unknown_word_gets_a_sentence_and_the_default(name: str, word: str) -> None:
    page = explore(**{"measure": "within_30_miles", "level": "county", "place": "us", name: word})
    assert f"“{word}”, which this atlas does not know" in texts(page)


def test_what_an_address_says_is_shown_as_text_only() -> None:
    assert "<script>" not in texts(explore(measure="<script>alert(1)</script>"))


def test_a_measure_that_asks_for_a_rate_takes_the_list_that_bears_one_and_gives_it_back() -> None:
    page = explore(measure="minutes_to_nearest")
    page.selectbox(key="measure").select("e2sfca").run()
    assert page.query_params["layers"] == "samhsa_2024"
    assert "have no listed site within 60 minutes" in texts(page)
    page.selectbox(key="measure").select("within_60_minutes").run()
    assert "layers" not in page.query_params, "the lists are those of before"


def test_who_chose_the_lists_himself_keeps_them_and_is_told() -> None:
    page = explore(measure="minutes_to_nearest", layers="named_2026~samhsa_2024")
    page.selectbox(key="measure").select("e2sfca").run()
    assert page.query_params["layers"] == "samhsa_2024~named_2026"
    assert "would rank states by how it was made" in texts(page)


def test_reach_and_decay_stand_where_the_measure_asks_for_them() -> None:
    page = explore(measure="e2sfca", layers="samhsa_2024")
    before = texts(page)
    page.selectbox(key="reach").select("120").run()
    assert page.query_params["reach"] == "120"
    assert "within 120 minutes" in texts(page)
    assert texts(page) != before
    page.radio(key="decay").set_value("gaussian").run()
    assert page.query_params["decay"] == "gaussian"
    assert not any(box.key == "reach" for box in explore(measure="depression").selectbox)


def test_advanced_measures_are_offered_when_asked_for_and_when_the_address_has_one() -> None:
    page = explore(measure="minutes_to_nearest")
    assert "crowding and way together (RAAM, lower is better)" not in page.selectbox(key="measure").options
    page.toggle(key="advanced").set_value(True).run()
    assert "crowding and way together (RAAM, lower is better)" in page.selectbox(key="measure").options
    assert explore(measure="raam", layers="samhsa_2024").selectbox(key="measure").value == "raam"


def test_an_assumption_of_the_address_changes_the_figure_and_is_said() -> None:
    shipped, slower = explore(measure="minutes_to_nearest"), explore(measure="minutes_to_nearest", assumptions="travel/speed_factor:0.8")
    assert "Changed by you: speeds, as a multiple, 0.8 instead of 1" in texts(slower)
    assert "Changed by you" not in texts(shipped)
    assert "Within 30, 60, 90 and 120 minutes" in texts(slower)
    assert texts(slower) != texts(shipped)


def test_an_assumption_out_of_its_range_gets_a_sentence() -> None:
    page = explore(measure="minutes_to_nearest", assumptions="travel/speed_factor:7")
    assert "can be set from 0.8 to 1.2; 7 is outside of that" in texts(page)
