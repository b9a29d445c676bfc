"""The printed picture, opened again: its size, its words, its marks, the same bytes twice, nothing outside its edges."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.patches import PathPatch
from PIL import Image
from pypdf import PdfReader

from analytics.model import Result, answer
from analytics.query import Query
from analytics.supply import choose
from data.bundle import Tables, shipped
from maps import words
from maps.classes import classify
from maps.palette import GREY, LIGHT
from maps.print import PRESETS, drawn_sheet, entries, fitting, ground, picture, site_points
from maps.view import View
from tests.maps.test_palette import apart

ADDRESS = "https://atlas.example.org/explore?measure=within_30_miles&level=county&place=us&v=23e7f2715b"
SVG = "{http://www.w3.org/2000/svg}"
VIEWS = {
    "nation": Query(),
    "texas": Query(place="48"),
    "alaska": Query(place="02"),
    "hawaii": Query(measure="depression", place="15"),
    "rule": Query(measure="medicaid_rule", level="state"),
    "dona_ana": Query(place="35013"),
    "prince_georges": Query(place="24033"),
    "district": Query(level="district", place="0601"),
    "missing": Query(measure="medicare_people"),
}
PLACES = ("nation", "texas", "alaska", "hawaii", "rule", "dona_ana")


@cache
def result_of(view: str) -> Result:
    return answer(VIEWS[view], shipped())


@cache
def file(view: str, kind: str, preset: str = "slide") -> bytes:
    return picture(result_of(view), View(), shipped(), kind, preset, ADDRESS)


def text_of_pdf(body: bytes) -> str:
    """The words of a PDF of one page, as a reader's search finds them."""
    pages = PdfReader(io.BytesIO(body)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


@pytest.mark.parametrize("preset", ["slide", "square", "grey"])
def test_a_png_has_the_size_asked_for(preset: str) -> None:
    one = Image.open(io.BytesIO(file("texas", "png", preset)))
    assert one.size == PRESETS[preset].pixels()
    assert one.info["Title"].startswith("Between ")
    assert one.info["Source"] == ADDRESS
    if preset == "grey":
        pixels = np.asarray(one.convert("RGB")).astype(int)
        assert np.ptp(pixels, axis=2).max() == 0, "nothing in it has a colour"


def test_a_column_has_its_width_and_the_height_it_needs() -> None:
    tall, flat = (Image.open(io.BytesIO(file(view, "png", "column"))) for view in ("texas", "rule"))
    assert tall.width == flat.width == 3.5 * 300
    assert tall.height > flat.height > 900
    assert PRESETS["column"].pixels() is None


@pytest.mark.parametrize("view", PLACES)
def test_a_pdf_is_one_page_whose_words_can_be_found(view: str, tables: Tables) -> None:
    body = file(view, "pdf")
    assert body.startswith(b"%PDF-")
    assert b"/FontFile2" in body, "TrueType, embedded (Type 42)"
    assert b"/Type3" not in body
    assert b"CreationDate" not in body
    said, result = text_of_pdf(body), result_of(view)
    for text in (words.title(result, tables), words.subtitle(result), words.source_line(result), *result.notes):
        assert text in said
    assert ADDRESS in said.replace(" ", "")
    for label in classify(result.frame, result.indicator, LIGHT).labels():
        assert label in said


@pytest.mark.parametrize("view", PLACES)
def test_an_svg_speaks_and_its_text_is_outlines(view: str, tables: Tables) -> None:
    tree = ElementTree.fromstring(file(view, "svg"))
    assert tree.get("role") == "img"
    title, description = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == words.title(result_of(view), tables)
    assert description.text == words.alt_text(result_of(view), tables)
    assert tree.find(f".//{SVG}text") is None
    assert tree.find(f".//{SVG}script") is None
    assert b"<dc:date" not in file(view, "svg")


def test_the_svg_holds_every_class_and_every_site(tables: Tables) -> None:
    text = file("nation", "svg").decode()
    result = result_of("nation")
    classes = classify(result.frame, result.indicator, LIGHT)
    used = {classes.colours[code] if code >= 0 else classes.zero for code in set(classes.code.tolist()) if code != -2}
    for colour in used:
        assert f"fill: {colour}" in text
    marks = re.findall(rf"<use [^>]*style=\"fill: {LIGHT.site}", text)
    assert len(marks) == int(choose(result.query, tables["providers"]).known.sum()) + 1, "the sites, and one in the legend"
    bare = picture(result, View(sites=False), tables, "svg", "slide", ADDRESS).decode()
    assert LIGHT.site not in bare


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_view_is_the_same_bytes(kind: str, tables: Tables) -> None:
    assert picture(result_of("alaska"), View(), tables, kind, "slide", ADDRESS) == file("alaska", kind)
    assert file("alaska", kind) != file("texas", kind)


def test_a_name_with_an_accent_or_an_apostrophe_stands_as_it_is_written() -> None:
    assert "Doña Ana County, NM" in text_of_pdf(file("dona_ana", "pdf"))
    assert "Prince George's County, MD" in text_of_pdf(file("prince_georges", "pdf"))


def test_the_legend_has_every_class_and_every_kind_of_missing(tables: Tables) -> None:
    result = result_of("missing")
    classes = classify(result.frame, result.indicator, LIGHT)
    items = entries(result, classes, View(), LIGHT)
    assert [one.kind for one in items] == ["class"] * 5 + ["missing"] * 2
    assert [one.label for one in items[5:]] == [f"no data ({classes.missing['no data']})", f"withheld by the publisher ({classes.missing['suppressed']})"]  # fmt: skip
    assert items[5].hatch != items[6].hatch, "told apart on the map as well"
    said = text_of_pdf(file("missing", "pdf"))
    assert all(one.label in said for one in items)
    listed = entries(result_of("nation"), classify(result_of("nation").frame, result_of("nation").indicator, LIGHT), View(), LIGHT)
    assert listed[0].label == "0: nobody in reach"
    assert listed[-1].label == "listed provider"


LONG = "{doubt} " + "The share of adults who live within a very long way indeed of a listed provider in {place} is {value} " * 8


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("view", ["nation", "alaska", "rule", "long"])
def test_nothing_runs_out_of_the_picture_nor_into_the_map(view: str, preset: str, tables: Tables) -> None:
    result = result_of("texas" if view == "long" else view)
    if view == "long":
        result = replace(result, indicator=replace(result.indicator, finding=LONG), notes=result.notes * 4)
    sheet = drawn_sheet(result, View(), tables, PRESETS[preset], ADDRESS)
    sheet.figure.set_dpi(100)
    sheet.figure.canvas.draw()
    for one in sheet.axes.texts:
        box = one.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= 100 * sheet.width
        assert box.y0 >= -1
        assert box.y1 <= 100 * sheet.height
    at = fitting(result, tables, PRESETS[preset], entries(result, classify(result.frame, result.indicator, LIGHT), View(), LIGHT), ADDRESS)
    x, y, width, height = at.map_box
    areas = [one for one in sheet.axes.artists + list(sheet.axes.patches) if isinstance(one, PathPatch)]
    assert areas
    for one in areas:
        vertices = one.get_path().vertices
        assert vertices[:, 0].min() >= x - 0.01
        assert vertices[:, 0].max() <= x + width + 0.01
        assert vertices[:, 1].min() >= y - 0.01
        assert vertices[:, 1].max() <= y + height + 0.01
    if view != "long":
        assert at.title.points >= 0.7 * PRESETS[preset].title


def test_every_place_has_an_area_on_the_ground(tables: Tables) -> None:
    assert set(ground("county", "", tables).areas) == set(tables["counties"]["geoid"])
    texas = ground("county", "48", tables)
    assert len(texas.areas) == 254
    west, top, east, bottom = ground("county", "02", tables).box
    assert 1 < (east - west) / (bottom - top) < 3, "Alaska is not torn apart at the date line"
    x, y = texas.place(np.array([-95.37]), np.array([29.76]), np.array(["48"], dtype=object))
    west, top, east, bottom = texas.box
    assert west < x[0] < east
    assert top < y[0] < bottom


def test_a_state_shows_its_own_sites_alone(tables: Tables) -> None:
    longitude, latitude, states = site_points(result_of("texas"), tables)
    assert set(states) == {"48"}
    assert ((longitude > -107) & (longitude < -93) & (latitude > 25) & (latitude < 37)).all()


def test_a_refusal_has_no_picture_but_its_sentence(tables: Tables) -> None:
    refused = answer(Query(measure="sites_per_100k", level="state"), tables)
    assert refused.refusal is not None
    with pytest.raises(ValueError, match=re.escape(refused.refusal.sentence)):
        picture(refused, View(), tables, "png", "slide", ADDRESS)
    with pytest.raises(ValueError, match="no preset “poster”"):
        picture(result_of("rule"), View(), tables, "png", "poster", ADDRESS)


def test_greys_are_told_apart_and_run_one_way() -> None:
    for name, ramp in [*GREY.ramps.items(), ("barrier", GREY.barrier), ("difference", GREY.difference)]:
        assert len(ramp) == len(LIGHT.ramps.get(name, ramp))
        lightness = [int(colour[1:3], 16) for colour in ramp]
        assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
        assert min(apart(one, other, "grey") for one, other in pairwise(ramp)) > 0.1
