"""The sketch: it is SVG, its miles are true, its numbers are those of the list."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, product
from xml.etree import ElementTree

import numpy as np
import pytest

from analytics.near import Near, near, question
from analytics.near_point import find
from data.bundle import Tables
from maps.messages import messages
from maps.near_sketch import SIZE, box_of, extent_of, marks_of, meet, placed, sketch
from maps.palette import DARK, LIGHT, SCHEMES

EN = messages("near", "en")


def asked(typed: str, tables: Tables, within: float = 30) -> Near:
    point = find(typed, tables).point
    assert point is not None
    return near(point, question("any", "any"), tables, within)


@pytest.mark.parametrize("typed", ["60601", "59718", "99801", "96766", "06510"])
@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_it_is_a_small_svg_with_lines_rings_and_words(typed: str, scheme: object, tables: Tables) -> None:
    drawn = sketch(asked(typed, tables), scheme, tables, 12, EN)  # type: ignore[arg-type]
    root = ElementTree.fromstring(drawn.svg)
    assert root.find(".//{*}path") is not None
    assert root.findall(".//{*}circle")
    assert len(drawn.svg) < 30_000
    assert drawn.address.startswith("data:image/svg+xml;base64,")
    assert "with rings at 10" in drawn.alt


def test_miles_from_the_middle_are_true(tables: Tables) -> None:
    found = asked("06510", tables, 60)
    extent = extent_of(found, 100)
    sites = found.sites[found.sites["point_quality"] != "city"]
    x, y = placed(found.point, sites["longitude"], sites["latitude"], extent)
    np.testing.assert_allclose(np.hypot(x - SIZE / 2, y - SIZE / 2) * extent / (SIZE / 2), sites["miles"], rtol=1e-6, atol=1e-6)
    north, east = placed(found.point, [found.point.longitude], [found.point.latitude + 0.1], extent)
    assert north[0] == pytest.approx(SIZE / 2)
    assert east[0] < SIZE / 2, "north is up"


def test_every_site_in_the_frame_is_marked_once(tables: Tables) -> None:
    found = asked("60601", tables, 30)
    count = 0
    for _, _, words, _ in marks_of(found, extent_of(found, 12), 12):
        match = re.fullmatch(r"(\d+)(?: \+(\d+))?", words)
        assert match
        count += 1 + int(match[2] or 0)
    assert count == 12


@pytest.mark.parametrize("typed", ["60601", "59718", "96813", "99501"])
def test_no_words_lie_on_others_nor_beyond_the_edge(typed: str, tables: Tables) -> None:
    drawn = sketch(asked(typed, tables), LIGHT, tables, 12, EN)
    boxes = [box_of(one) for one in drawn.labels if one.kind != "strong"]
    numbers = [box_of(one) for one in drawn.labels if one.kind == "strong"]
    assert all(left >= 0 and right <= SIZE for left, _, right, _ in boxes + numbers)
    assert not [pair for pair in combinations(boxes, 2) if meet(*pair)]
    assert not [pair for pair in product(boxes, numbers) if meet(*pair)]
    assert not [pair for pair in combinations(numbers, 2) if meet(*pair)]


def test_light_and_dark_differ_and_words_are_escaped(tables: Tables) -> None:
    found = asked("06510", tables)
    assert LIGHT.page in sketch(found, LIGHT, tables, 12, EN).svg
    assert DARK.page in sketch(found, DARK, tables, 12, EN).svg
    named = replace(found, point=replace(found.point, label="<b>&"))
    ElementTree.fromstring(sketch(named, LIGHT, tables, 12, EN).svg)


def test_nothing_farther_than_two_hours_miles_is_drawn(tables: Tables) -> None:
    found = asked("99801", tables)
    assert extent_of(found, 12) < 150
    assert marks_of(found, extent_of(found, 12), 12) == []
    assert "too far away" in sketch(found, LIGHT, tables, 12, EN).note
    assert "not for finding the way" in sketch(asked("60601", tables), LIGHT, tables, 12, EN).note


def test_rings_and_words_are_in_the_language(tables: Tables) -> None:
    drawn = sketch(asked("60601", tables), LIGHT, tables, 12, messages("near", "es"))
    assert "10 millas" in [one.words for one in drawn.labels]
    assert "<text" not in drawn.svg, "words are the page's, in its type"
    assert "con círculos a 10" in drawn.alt
