"""The small pictures of a place: what is filled, what is ringed, and a line whose points are where their values say."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

import pytest

from analytics.trend import Step
from data.bundle import Tables
from maps.palette import DARK, LIGHT
from maps.place_pictures import Drawn, locator, trend


def svg(drawn: Drawn) -> str:
    return base64.b64decode(drawn.address.removeprefix("data:image/svg+xml;base64,")).decode()


@pytest.mark.parametrize(
    ("geoid", "alt", "ringed"),
    [
        ("35013", "Map of New Mexico with Doña Ana County, NM marked", False),
        ("35", "Map of the United States with New Mexico marked", False),
        ("11", "Map of the United States with District of Columbia marked", True),
        ("11001", "Map of the District of Columbia with District of Columbia, DC marked", False),
        ("51610", "Map of Virginia with Falls Church city, VA marked", True),
        ("5600", "Map of Wyoming with Wyoming at large marked", False),
    ],
)
def test_the_place_is_filled_and_ringed_where_it_is_too_small_to_be_seen(geoid: str, alt: str, ringed: bool, tables: Tables) -> None:
    drawn = locator(geoid, LIGHT, tables)
    assert drawn.alt == alt
    text = svg(drawn)
    ElementTree.fromstring(text)
    assert text.count(f'fill="{LIGHT.site}"') == 1
    assert ("<circle" in text) == ringed
    assert len(drawn.address) < 150_000
    assert DARK.site in svg(locator(geoid, DARK, tables))


def test_a_trend_stands_on_zero_and_says_its_ends() -> None:
    """From 0 at the foot (68) to the most (24): half of it is in the middle (46)."""
    drawn = trend((Step(2022, 0.5), Step(2023, 1.0), Step(2024, 0.0)), "share", "Line", LIGHT)
    text = svg(drawn)
    points = re.search(r'points="([^"]+)"', text)
    assert points is not None
    assert points.group(1) == "30.0,46.0 150.0,24.0 270.0,68.0"
    assert [one.words for one in drawn.labels] == ["50 %", "0 %", "2022", "2023", "2024"]
    assert "<text" not in text, "words are the page's, in its type"


def test_a_trend_of_nothing_lies_at_the_foot() -> None:
    assert 'points="30.0,68.0 270.0,68.0"' in svg(trend((Step(2022, 0.0), Step(2024, 0.0)), "share", "Line", LIGHT))
