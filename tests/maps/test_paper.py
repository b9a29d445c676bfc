"""Maps drawn beforehand: well-formed SVG, every county in it, small enough for a slow phone, the same bytes twice."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from analytics.findings import START
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps.classes import classify
from maps.messages import LANGUAGES
from maps.palette import DARK, LIGHT, SCHEMES, Scheme
from maps.paper import HEIGHT, WIDTH, _start_picture, draw, page_shapes, path, pictures, project, start_picture

SVG = "{http://www.w3.org/2000/svg}"
schemes = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module")
def drawing(tables: Tables) -> ElementTree.Element:
    return ElementTree.fromstring(gzip.decompress(start_picture(LIGHT, tables).body))


def test_it_is_well_formed_and_speaks(drawing: ElementTree.Element, tables: Tables) -> None:
    assert drawing.tag == f"{SVG}svg"
    assert drawing.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert drawing.get("role") == "img"
    title = drawing.find(f"{SVG}title")
    assert title is not None
    assert title.text == drawing.get("aria-label")
    assert "over 30 miles from a provider and in costly counties" in str(title.text)


def test_one_path_a_class_then_states_and_coast(drawing: ElementTree.Element, tables: Tables) -> None:
    land = drawing.find(f"{SVG}g")
    assert land is not None
    marks = land.findall(f"{SVG}g/{SVG}path")
    codes = classify(answer(START, tables).frame, answer(START, tables).indicator, LIGHT).code
    assert len(marks) == len(set(codes.tolist()))
    assert len(land.findall(f"{SVG}path")) == 2
    starts = [(int(x), int(y)) for area in marks for x, y in re.findall(r"M(-?\d+) (-?\d+)", str(area.get("d")))]
    assert len(starts) >= 3_144, "tenths of a unit, one ring a county at least"
    assert all(0 <= x <= 10 * WIDTH and 0 <= y <= 10 * HEIGHT for x, y in starts)


def test_every_county_has_its_area_and_lies_on_the_page(tables: Tables) -> None:
    shapes = page_shapes("county", tables)
    assert set(shapes) == set(tables["counties"]["geoid"])
    too_small = [geoid for geoid, shape in shapes.items() if not path(shape)]
    assert not too_small
    bounds = np.array([shape.bounds for shape in shapes.values()])
    assert bounds[:, :2].min() >= 0
    assert bounds[:, 2].max() <= WIDTH
    assert bounds[:, 3].max() <= HEIGHT


def test_a_path_is_whole_tenths_with_a_sign_for_a_blank() -> None:
    square = shapely.Polygon([(1, 1), (3, 1), (3, 2.5), (1, 2.5)])
    assert path(square) == "M10 10l20 0 0 15-20 0z"
    assert path(shapely.Polygon([(1, 1), (1.01, 1), (1, 1.01)])) == "", "smaller than a tenth: left out"
    assert path(shapely.MultiPolygon([square, square])) == path(square) * 2


def test_insets_do_not_touch_the_lower_48(tables: Tables) -> None:
    states = page_shapes("state", tables)
    mainland = shapely.union_all([shape for geoid, shape in states.items() if geoid not in {"02", "15"}])
    for inset in ("02", "15"):
        assert shapely.distance(states[inset], mainland) > 3
    assert shapely.distance(states["02"], states["15"]) > 3


def test_places_lie_where_an_atlas_has_them() -> None:
    x, y = project(np.array([-122.33, -80.19, -96.0]), np.array([47.61, 25.76, 37.5]), "53")
    assert x[0] < 250 < 700 < x[1]  # Seattle left, Miami right
    assert y[0] < 150 < 500 < y[1]  # Seattle above, Miami below
    assert (x[2], y[2]) == (pytest.approx(WIDTH / 2, abs=1), pytest.approx(HEIGHT / 2, abs=1))  # the middle of the lower 48
    attu, _ = project(np.array([172.5, -172.5]), np.array([52.9, 52.9]), "02")
    assert attu[0] < attu[1], "Attu lies west of the date line and of what is east of it"


@schemes
def test_it_is_small_and_the_same_twice(scheme: Scheme, tables: Tables) -> None:
    first = start_picture(scheme, tables)
    assert len(first.body) < 120_000
    assert _start_picture(scheme, tables) == first
    assert re.fullmatch(rf"/pictures/start-{scheme.name}-en-[0-9a-f]{{12}}\.svg", first.address)


def test_both_themes_are_served_in_every_language(tables: Tables) -> None:
    assert set(pictures(tables)) == {start_picture(scheme, tables, lang).address for scheme in SCHEMES.values() for lang in LANGUAGES}
    assert len(pictures(tables)) == 2 * len(LANGUAGES)


def test_only_the_words_differ_between_languages(tables: Tables) -> None:
    english, spanish = (gzip.decompress(start_picture(LIGHT, tables, lang).body).decode() for lang in ("en", "es"))
    assert "viven a más de 30 millas" in spanish
    drawn = [text[text.index("<g ") :] for text in (english, spanish)]
    assert drawn[0] == drawn[1]
    assert "Mapa de 3,144 condados" in start_picture(LIGHT, tables, "es").alt


@schemes
def test_a_place_without_a_value_has_the_pages_colour_and_an_outline(scheme: Scheme, tables: Tables) -> None:
    text = draw(answer(Query(measure="medicare_people"), tables), scheme, tables)
    assert f'<path fill="{scheme.page}" stroke="{scheme.missing}"' in text


def test_words_in_a_picture_are_text_only(tables: Tables) -> None:
    for measure in ("median_income", "uninsured", "rucc"):
        ElementTree.fromstring(draw(answer(Query(measure=measure), tables), LIGHT, tables))
