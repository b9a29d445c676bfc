"""A second measure, conditions and a ranking on the real page: closed nothing is sent, each control moves the view and its address."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.views.page import asked, explored, texts


def explore(**words: str) -> AppTest:
    return explored(**{"measure": "minutes_to_nearest", "place": "35", **words})


def test_a_second_measure_is_chosen_shown_three_ways_and_left() -> None:
    page = explore(open="second")
    page.selectbox(key="second measure").select("uninsured").run()
    assert not page.exception
    assert asked(page, "second") == "measure:uninsured"
    assert "of people aged 18–64 in New Mexico had no health insurance" in texts(page), "the second map's own finding"
    page.selectbox(key="second shown").select("bivariate").run()
    assert not page.exception
    assert asked(page, "together") == "bivariate"
    assert "atlas-nine" in texts(page)
    page.selectbox(key="second shown").select("scatter").run()
    assert not page.exception
    assert "Spearman" in texts(page)
    page.selectbox(key="second measure").select("").run()
    assert not page.exception
    assert asked(page, "second") == ""


def test_a_second_measure_may_be_of_another_therapy_the_same_or_refused() -> None:
    page = explore(second="measure:miles_to_nearest", open="second")
    page.selectbox(key="second modality").select("esketamine").run()
    assert not page.exception
    assert asked(page, "second") == "measure:miles_to_nearest~modality:esketamine"
    same = explore(second="measure:minutes_to_nearest", open="second")
    assert "choose another one to set beside it" in texts(same)
    for way in ("beside", "bivariate", "scatter"):
        refused = explore(second="measure:sites_per_100k", together=way, open="second")
        assert "must not be averaged into other places" in texts(refused)
    uneven = explore(second="measure:e2sfca", open="second", assumptions="access/e2sfca_weights.1:0.1")
    assert "must not count more" in texts(uneven)
    one_place = explore(place="11", level="state", second="measure:uninsured", together="bivariate", open="second~ranking")
    assert "the same in all these states" in texts(one_place) or "at least 9 places" in texts(one_place)
    assert "A ranking needs at least two states" in texts(one_place)


def test_conditions_are_added_changed_and_taken_away() -> None:
    page = explore(open="conditions")
    page.button(key="condition add").click().run()
    page.button(key="condition add").click().run()
    assert not page.exception
    first, second = asked(page, "conditions").split("~")
    assert first.startswith("minutes_to_nearest:over:")
    assert second.startswith("uninsured:over:0.")
    page.number_input(key="condition 1 value").set_value(5.0).run()
    assert asked(page, "conditions").endswith("uninsured:over:0.05")
    assert "live, meet both: " in texts(page)
    page.selectbox(key="condition 1 sign").select("under").run()
    assert "No county meets both" in texts(page)
    assert "leaves most out" in texts(page)
    page.button(key="condition 0 remove").click().run()
    assert not page.exception
    assert asked(page, "conditions") == "uninsured:under:0.05"
    for _ in range(4):
        page.button(key="condition add").click().run()
    assert page.button(key="condition add").disabled, "five at most"


def test_a_ranking_stands_with_its_rule_and_a_closed_one_is_not_sent() -> None:
    page = explore(measure="median_income", open="ranking", selected="35013")
    for said in ("The worst tenth is at or under $", "In the intervals: the survey", "stands first with $"):
        assert said in texts(page)
    assert "The worst tenth is at" not in texts(explore(measure="median_income"))
