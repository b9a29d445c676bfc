"""Pictures of two measures and of a ranking: of the size asked for, the same bytes twice, their words in them, nothing cut."""

from __future__ import annotations

import io
import re

import matplotlib.image
import pytest

from analytics.model import answer
from analytics.query import Query
from analytics.ranking import ranking
from analytics.together import Pair, paired
from data.bundle import Tables
from maps.dots import ticks
from maps.print import PRESETS
from maps.print_together import lay, scatter_drawing
from maps.together_export import beside_picture, bivariate_picture, ranking_picture, scatter_picture
from maps.together_files import pair_csv, together_name
from maps.together_words import bivariate_title
from maps.view import View

WHERE = "https://atlas.example.org/explore?measure=uninsured"


@pytest.fixture(scope="module")
def pair(tables: Tables) -> Pair:
    query = Query(measure="minutes_to_nearest", place="35")
    return paired(answer(query, tables), answer(query.with_(measure="uninsured"), tables))


@pytest.mark.parametrize("preset", ["slide", "square", "column", "grey"])
def test_a_picture_has_the_size_of_its_use(preset: str, pair: Pair, tables: Tables) -> None:
    pixels = PRESETS[preset].pixels()
    bodies = [
        beside_picture(pair, View(), tables, "png", preset, WHERE),
        bivariate_picture(pair, View(together="bivariate"), tables, "png", preset, WHERE),
        scatter_picture(pair, View(together="scatter", selected=("35013",)), tables, False, "png", preset, WHERE),
        ranking_picture(ranking(pair.second), View(), "png", preset, WHERE),
    ]
    for body in bodies:
        tall, wide = matplotlib.image.imread(io.BytesIO(body)).shape[:2]
        assert (wide, tall) == (pixels or (1050, tall))
        assert tall < 3 * wide


def test_the_same_picture_is_the_same_bytes_with_its_words_in_it(pair: Pair, tables: Tables) -> None:
    once, twice = (bivariate_picture(pair, View(together="bivariate"), tables, "svg", "slide", WHERE) for _ in range(2))
    assert once == twice
    assert bivariate_title(pair, *pair.thirds, "New Mexico") in once.decode()
    pdf = scatter_picture(pair, View(together="scatter"), tables, True, "pdf", "slide", WHERE)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_the_page_leaves_the_chart_its_share(pair: Pair, tables: Tables) -> None:
    at = lay(scatter_drawing(pair, View(together="scatter"), tables, False), PRESETS["slide"], WHERE, 1)
    assert at.box[3] > 0.42 * PRESETS["slide"].height
    assert at.height <= PRESETS["slide"].height + 0.01


def test_the_numbers_along_a_side_are_round() -> None:
    assert ticks(0.03, 0.41) == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert ticks(0, 476) == [0, 100, 200, 300, 400]
    assert ticks(3, 3) == [3]


def test_the_file_has_what_is_drawn(pair: Pair) -> None:
    lines = pair_csv(pair, with_thirds=True).decode().splitlines()
    head = lines[0].split(",")
    assert head[:3] == ["geoid", "name", "minutes_to_nearest_modelled"]
    assert "third_uninsured_modelled" in head
    assert len(lines) == 1 + len(pair.frame)
    assert "third_" not in pair_csv(pair, with_thirds=False).decode()
    assert together_name("scatter", pair.first, "csv", pair.second).startswith("ketamine-access_minutes_to_nearest_county_35_")
    assert together_name("scatter", pair.first, "csv", pair.second).endswith("_scatter_with-uninsured.csv")
