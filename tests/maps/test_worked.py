"""A worked case as a reader sees it: the small map, the sums as in the file, and how exact the number beside them is."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from html import unescape

import pytest

from data.examples import Example, Row, examples
from maps import worked


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("example", examples().values(), ids=list(examples()))
def test_every_sum_of_the_file_stands_on_the_page(example: Example) -> None:
    said = words(worked.example_html(example))
    assert example.plain in said
    for row in example.steps + example.results:
        assert row.what in said
        assert row.why in said
        assert worked.sum_words(row.sum) in said
    for place, _ in example.places:
        assert f" {place} " in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("A", 0.005, "2 / (100 + 300)"), "A: 2 / (100 + 300) = 0.005 sites"),
        (Row("A", 2 / 304, "1 * 2 / (100 + 204)"), "A: 1 × 2 / (100 + 204) ≈ 0.00657895 sites"),
        (Row("A", 4, "4"), "A: 4 sites"),
        (Row("C", math.inf, why="no road leads there"), "C: infinite, no road leads there"),
        (Row("C", 0, why="no site"), "C: 0, no site"),
    ],
)
def test_a_row_says_whether_its_number_is_exact(row: Row, said: str) -> None:
    assert worked.row_words(row, "sites") == said


def test_the_small_map_shows_what_leads_where() -> None:
    html = worked.map_table(examples()["two_sfca"])
    assert "Minutes to Site 1 (supply 2)" in html
    assert html.count("no way") == 3


def test_each_decay_is_said_in_words() -> None:
    said = {worked.decay_words(one) for one in examples().values() if one.decay}
    assert "A site counts 1 up to 20, 0.68 up to 40, 0.22 up to 60 minutes, and nothing beyond." in said
    assert "A site within 30 minutes counts in full, and nothing beyond." in said
    assert "A site counts exp(−0.03 × minutes), and nothing beyond 60 minutes." in said
    kinds = {one.decay["kind"]: worked.decay_words(one) for one in examples().values() if one.decay}
    assert all(kinds.values()), "a decay without words"
    assert worked.decay_words(examples()["raam"]) == "60 minutes weigh as much as one unit of crowding."
    assert worked.decay_words(examples()["nearest"]) == ""


def test_what_is_given_by_name_is_a_table_and_a_list() -> None:
    said = words(worked.given_html(examples()["road_minutes"]))
    assert "8 miles 8 1 1 35 miles 35 1 8 80 miles 80 8 8" in said
    assert "Detour index: near: 1.417; near miles: 10; far: 1.2; far miles: 60" in said


def test_texts_are_shown_as_text() -> None:
    one = replace(examples()["two_sfca"], plain="<b>x</b>", results=(Row("<b>", 1, "1 - 0"),))
    assert "<b>" not in worked.example_html(one)
