"""The picture of a link: 1,200 by 630 pixels, as places where people share links show it, with type that is read at half that size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analytics.model import Result
from analytics.refusal import capital
from analytics.tables import Tables
from analytics.together import Pair
from maps import words
from maps.classes import classify
from maps.messages import Messages
from maps.palette import LIGHT
from maps.print import draw_map, entries, ground, legend_list, site_points
from maps.print_beside import beside_drawing
from maps.print_together import bivariate_drawing, scatter_drawing
from maps.sheet import Face, Sheet, balanced, first_fit, wrapped, written
from maps.view import View

PIXELS = (1200, 630)
DOTS_PER_INCH = 100
WIDTH, HEIGHT = (side / DOTS_PER_INCH for side in PIXELS)
MARGIN = 0.5
INNER = WIDTH - 2 * MARGIN
LEGEND_WIDTH = 3.1
BRAND = Face(17, True)
LEGEND_SIZES = (15.0, 13.5, 12.0, 10.5)
TITLE_SIZES = ((34.0, 2), (30.0, 2), (27.0, 3), (23.0, 4))
"""Points, with how many lines a title of that size may have."""


def heading(sheet: Sheet, title: str, subtitle: str, width: float) -> float:
    """Title and what stands below it, from the upper left corner; returns where they end. A long title is in smaller type; of the subtitle
    two lines are shown."""
    sizes = ((Face(size, True), most) for size, most in TITLE_SIZES)
    face, _ = first_fit(sizes, lambda one: len(balanced(title, one[0], width)) <= one[1])
    lines = balanced(title, face, width)
    y = sheet.write(lines, face, MARGIN, 0.7 * MARGIN, LIGHT.ink)
    small = Face(17)
    below = wrapped(subtitle, small, width)
    shown = below[:2] if len(below) <= 2 else [below[0], f"{below[1].rstrip('.,')} …"]
    return sheet.write(shown, small, MARGIN, y + 0.06, LIGHT.soft_ink)


def foot(sheet: Sheet, say: Messages) -> float:
    """Whose picture it is, in the lower left corner; returns where that begins."""
    top = HEIGHT - MARGIN - BRAND.line + 0.1
    sheet.write([say("brand")], BRAND, MARGIN, top, LIGHT.link)
    return top


def finished(draw: Callable[[], Sheet], title: str, description: str) -> bytes:
    return written(draw, "png", DOTS_PER_INCH, title, description, "Ketamine Access Atlas")


@dataclass(frozen=True)
class Told:
    """The words of a picture: title, subtitle, what stands for it, and those of the classes where they are not the legend's usual ones."""

    title: str
    subtitle: str
    description: str
    labels: tuple[str, ...] = ()


def finding(result: Result, tables: Tables) -> Told:
    """The words of any view. ValueError for a refusal, which has no picture."""
    if result.refusal is not None:
        raise ValueError(result.refusal.sentence)
    subtitle = f"{capital(words.unit_words(result))}. {capital(words.vintage_words(result.query, result.indicator))}."
    return Told(words.title(result, tables), subtitle, words.alt_text(result, tables))


def view_card(result: Result, view: View, tables: Tables, say: Messages, told: Told) -> bytes:
    """A view as PNG: its finding, its legend, its map."""
    classes = classify(result.frame, result.indicator, LIGHT, view.classing)
    items = entries(result, classes, view, LIGHT)
    own = iter(told.labels)
    items = [replace(one, label=next(own)) if told.labels and one.kind == "class" else one for one in items]

    def draw() -> Sheet:
        sheet = Sheet(WIDTH, HEIGHT, LIGHT.page)
        top = heading(sheet, told.title, told.subtitle, INNER) + 0.25
        bottom = foot(sheet, say)
        faces = (Face(size) for size in LEGEND_SIZES)
        face = first_fit(faces, lambda one: legend_list(None, items, one, LIGHT, MARGIN, top, LEGEND_WIDTH) < bottom)
        legend_list(sheet, items, face, LIGHT, MARGIN, top, LEGEND_WIDTH)
        left = MARGIN + LEGEND_WIDTH + 0.2
        draw_map(sheet, result, classes, view, LIGHT, tables, (left, top, WIDTH - MARGIN - left, HEIGHT - 0.3 - top))
        return sheet

    return finished(draw, told.title, told.description)


def pair_card(pair: Pair, view: View, tables: Tables, say: Messages) -> bytes:
    """Two measures as PNG, as the view shows them: one map of both, a scatter plot, or two maps."""
    ways = {
        "bivariate": lambda: bivariate_drawing(pair, view, tables),
        "scatter": lambda: scatter_drawing(pair, view, tables, by_people=False),
    }
    one = ways.get(view.together, lambda: beside_drawing(pair, view, tables))()

    def draw() -> Sheet:
        sheet = Sheet(WIDTH, HEIGHT, LIGHT.page)
        top = heading(sheet, one.title, one.subtitle, INNER) + 0.2
        one.draw(sheet, (MARGIN, top, INNER, foot(sheet, say) - 0.1 - top), Face(13), LIGHT)
        return sheet

    return finished(draw, one.title, one.alt)


def page_card(title: str, description: str, listed: Result, tables: Tables, say: Messages, site: str) -> bytes:
    """A page that is no map, as PNG: its title, what it is for, and where the sites of `listed` stand; `site` says what a dot is."""

    def draw() -> Sheet:
        sheet = Sheet(WIDTH, HEIGHT, LIGHT.page)
        top = heading(sheet, title, description, INNER) + 0.2
        foot(sheet, say)
        on = ground("state", "", tables)
        west, north, east, south = on.box
        height = HEIGHT - 0.3 - top
        scale = min(height / (south - north), 7.6 / (east - west))
        shift = np.array([WIDTH - MARGIN - scale * east, top - scale * north])
        look: dict[str, Any] = {"facecolor": LIGHT.ramps["distance"][0], "edgecolor": LIGHT.page, "linewidth": 0.8, "joinstyle": "round"}
        for points, codes in on.areas.values():
            sheet.axes.add_artist(PathPatch(Path(points * scale + shift, codes), **look))
        x, y = on.place(*site_points(listed, tables))
        dots: dict[str, Any] = {"marker": "o", "color": LIGHT.site, "markeredgecolor": LIGHT.page, "linestyle": "none"}
        sheet.axes.plot(x * scale + shift[0], y * scale + shift[1], markersize=4.5, markeredgewidth=0.6, **dots)
        legend = Face(15)
        sheet.axes.plot([MARGIN + 0.08], [top + 0.35], markersize=9, markeredgewidth=0.8, **dots)
        sheet.write([site], legend, MARGIN + 0.28, top + 0.35 - 0.6 * legend.line, LIGHT.ink)
        return sheet

    return finished(draw, title, description)
