"""For print: two maps of the same place on one page, each with its own name, legend and missing kinds."""

from __future__ import annotations

from dataclasses import replace

from analytics.model import Result
from analytics.places import places
from analytics.refusal import capital
from analytics.tables import Tables
from analytics.together import Pair
from maps import together_words, words
from maps.classes import classify
from maps.palette import Scheme
from maps.print import SHRINK, Entry, draw_map, entries, ground, legend_bar
from maps.print_together import Box, Drawing
from maps.sheet import Face, Sheet, first_fit, width_of
from maps.view import View, second_classing


def beside_drawing(pair: Pair, view: View, tables: Tables) -> Drawing:
    """Side by side on a broad page, one under the other on a narrow one."""
    query, told = pair.first.query, together_words.told_of(pair, view, tables)
    west, north, east, south = ground(query.level, places(tables)[query.place].state, tables).box
    shape = (south - north) / (east - west)

    def draw(sheet: Sheet, box: Box, face: Face, scheme: Scheme) -> None:
        x, y, width, height = box
        above = 5 * face.line
        broad = min(width / 2, (height - above) / shape) >= min(width, (height / 2 - above) / shape)
        across, down = ((width - face.line) / 2, height) if broad else (width, (height - face.line) / 2)
        one(sheet, pair.first, view, tables, (x, y, across, down), face, scheme)
        start = (x + across + face.line, y) if broad else (x, y + down + face.line)
        one(sheet, pair.second, replace(view, classing=second_classing(view)), tables, (*start, across, down), face, scheme)

    return Drawing(
        told.title,
        f"{words.subtitle(pair.first)} {words.subtitle(pair.second)}",
        (*dict.fromkeys((*pair.first.notes, *pair.second.notes)), together_words.correlation_words(pair)),
        told.sources,
        told.alt,
        min(2 * shape + 0.5, 1.9),
        draw,
        0.52,
    )


def fitting(items: list[Entry], face: Face, width: float) -> Face:
    """The type in which the words of the classes fit under one bar, not under two thirds of its size."""

    def fits(small: Face) -> bool:
        classes = [width_of(one.label, small) + 0.6 * small.line for one in items if one.kind == "class"]
        return max(classes, default=0.0) * len(classes) <= width

    return first_fit((Face(face.points * shrink) for shrink in SHRINK), fits)


def one(sheet: Sheet, result: Result, view: View, tables: Tables, box: Box, face: Face, scheme: Scheme) -> None:
    """A map in its half of the page under its name and its legend."""
    x, y, width, height = box
    classes = classify(result.frame, result.indicator, scheme, view.classing)
    strong = Face(face.points, True)
    top = sheet.write([capital(result.indicator.label)], strong, x, y, scheme.ink) + 0.3 * face.line
    items = entries(result, classes, view, scheme)
    small = fitting(items, face, width)
    top = legend_bar(sheet, items, small, scheme, x, top, width) + 0.3 * face.line
    draw_map(sheet, result, classes, view, scheme, tables, (x, top, width, y + height - top))
