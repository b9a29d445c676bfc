"""The methods page is written from what measures, texts and examples declare: nothing is missing, nothing stands twice, all is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from analytics.indicators import indicators
from data.bundle import Tables
from data.examples import examples
from data.methods import Text, texts
from data.parameter import Reference, all_parameters, load
from maps import method_tables, methods

TODAY = date(2026, 11, 26)

every_measure = pytest.mark.parametrize("measure", indicators().values(), ids=list(indicators()))


def sections() -> list[methods.Section]:
    return [one for chapter in methods.chapters() for one in chapter.sections]


def words(html: str) -> str:
    """What a reader sees."""
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_every_measure_stands_once_under_its_anchor() -> None:
    placed = [(measure.id, one.anchor) for one in sections() for measure in one.measures]
    assert sorted(placed) == sorted((measure.id, measure.method) for measure in indicators().values())


def test_every_anchor_stands_once_in_the_page() -> None:
    html = "".join(
        methods.chapter_html(chapter) + "".join(methods.section_html(one) for one in chapter.sections) for chapter in methods.chapters()
    )
    anchors = re.findall(r'<h[23] data-anchor="([^"]+)">', html)
    assert len(anchors) == len(set(anchors))
    assert {measure.method for measure in indicators().values()} <= set(anchors)
    linked = re.findall(r'href="#([^"]+)"', methods.contents_html())
    assert set(linked) == {one.anchor for one in sections()}


def test_every_text_and_part_is_used() -> None:
    assert set(texts()) == {one.anchor for one in sections() if one.anchor in texts()}
    for one in sections():
        ours = {measure.id for measure in one.measures}
        strays = [part.id for part in one.text.parts if part.id in indicators() and part.id not in ours]
        assert not strays, "a part explains a measure of another section"


def test_every_example_stands_where_a_reader_finds_it() -> None:
    known = {one.anchor: {"", *(part.id for part in one.parts), *(measure.id for measure in one.measures)} for one in sections()}
    for one in examples().values():
        assert one.about in known[one.method], one.id


def test_plain_words_come_before_the_fields() -> None:
    html = methods.text_html(texts()["catchment"].parts[1])
    assert html.index("counts as much as one next door") < html.index("In the field's words") < html.index("R(j) = supply of j")


@every_measure
def test_a_measure_says_all_that_it_declares(measure: methods.Indicator, tables: Tables) -> None:
    said = words(methods.measure_html(measure, tables, TODAY))
    for text in (measure.question, measure.why, measure.universe[1:], measure.vintage[1:], measure.caveat):
        assert text in said
    assert "{" not in said
    for one in methods.assumed_by(measure):
        assert one.label in said
        assert one.references[0].title in said
    for source in methods.provenance(methods.Query(measure=measure.id), measure, tables):
        assert source["publisher"] in said
        assert source["licence"] in said


@every_measure
def test_the_door_to_the_map_opens_on_a_sound_question(measure: methods.Indicator, tables: Tables) -> None:
    for place in ("us", "48"):
        asked = methods.sound_query(measure, place, tables)
        assert (asked.measure, asked.place) == (measure.id, place)
        assert methods.refuse(asked, measure, tables) is None


def test_an_area_that_a_measure_assumes_is_written_out() -> None:
    measure = replace(indicators()["raam"], assumes=("travel/", "access/raam_tau"))
    found = {one.id for one in methods.assumed_by(measure)}
    assert found == {one.id for one in all_parameters() if one.id.startswith("travel/")} | {"access/raam_tau"}


def test_an_advanced_measure_is_marked() -> None:
    assert methods.measure_label(indicators()["raam"]).endswith("(advanced)")
    assert "advanced" not in methods.measure_label(indicators()["e2sfca"])


def test_a_method_without_a_text_lets_its_measures_speak() -> None:
    assert methods.section_text("what-nobody-wrote").title == "What nobody wrote"
    assert methods.section_html(methods.section("what-nobody-wrote")) == '<h3 data-anchor="what-nobody-wrote">What nobody wrote</h3>'


def test_texts_are_shown_as_text() -> None:
    bad = "<b>bold</b> & <script>"
    text = Text("x", bad, (bad,), bad, bad, (bad,), (Reference(bad, 'https://example.org/"><script>'),))
    html = methods.section_html(methods.Section("x", text, ())) + methods.text_html(text)
    assert "<b>" not in html
    assert "<script>" not in html
    assert html.count("&lt;b&gt;bold&lt;/b&gt; &amp;") == 1 + 2 * 5


def test_no_blank_line_ends_the_html_where_it_goes_by_way_of_markdown(tables: Tables) -> None:
    for one in sections():
        assert "\n" not in methods.section_html(one) + method_tables.after_html(one.anchor, tables, TODAY)


# --- Finding ---


def test_a_measure_is_found_by_its_name_by_a_word_of_its_text_and_by_what_it_assumes() -> None:
    def measures(wanted: str) -> set[str]:
        return {measure.id for chapter in methods.found(wanted) for one in chapter.sections for measure in one.measures}

    assert "raam" in measures("RAAM")
    assert "raam" in measures("saxon snow")
    assert {"minutes_to_nearest", "e2sfca"} <= measures("detour")
    assert "uninsured" not in measures("detour")
    assert measures("") == set(indicators())
    assert measures("zebra crossing") == set()


def test_a_parameter_is_found_by_its_name_and_its_source() -> None:
    assert load("medicare/part_b_deductible") in methods.found_parameters("part b deductible")
    assert load("travel/detour_index") in methods.found_parameters("boscoe")
    assert methods.found_parameters("zebra crossing") == ()


def test_what_was_found_is_counted_and_nothing_found_says_what_to_do() -> None:
    assert methods.found_words("raam") == "Found: 1 measure, 1 parameter."
    assert methods.found_words(" zebra ") == "Nothing here says “zebra”. Try one word of it, or empty the box to see everything."


def test_the_areas_hold_every_parameter_once() -> None:
    listed = [one.id for several in methods.areas().values() for one in several]
    assert listed == sorted(one.id for one in all_parameters())
    assert methods.area_label("travel", methods.areas()["travel"][:1]) == "Travel: 1 parameter"
