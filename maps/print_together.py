"""For print: one map of two measures, a scatter plot, a ranking, on the same page as every picture: finding, chart, notes, sources, address."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from analytics.places import places
from analytics.ranking import BY_VALUE, NO_TENTH, NOT_BY_VALUE, Ranking
from analytics.refusal import capital
from analytics.tables import Tables
from analytics.together import THIRDS, Pair
from maps import ranking_chart, together_words
from maps.dots import NAMED, SEEN_THROUGH, diameters, dot, tick_words, ticks
from maps.nine import directions, legend_rows
from maps.numbers import rank_span
from maps.palette import GREY, Scheme
from maps.print import PRESETS, SHRINK, Preset, draw_areas, ground, spoken_svg
from maps.sheet import POINTS, Face, Sheet, balanced, first_fit, link_of, width_of, wrapped, written
from maps.together_words import border, cells
from maps.view import View
from maps.words import source_line, subtitle

PATTERNS = ("", "....", "////")
"""On a grey printer the second measure is told by a pattern: none, dots, stripes; the first by three greys."""
Box = tuple[float, float, float, float]
"""x, y, width, height in inches."""


@dataclass(frozen=True)
class Drawing:
    """What stands on a page: its texts, and how the chart is drawn into a box of so many inches."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    sources: str
    alt: str
    tall: float
    """Height over width where the page is as tall as its content."""
    draw: Callable[[Sheet, Box, Face, Scheme], None]
    least: float = 0.42
    """Type is made smaller before the chart has less than this share of the page's height."""


@dataclass(frozen=True)
class Laid:
    """Where the lines of a page begin, in inches, and in which faces."""

    faces: tuple[Face, Face, Face, Face]
    lines: tuple[list[str], list[str], list[str], list[str]]
    box: Box
    height: float


def lay(one: Drawing, preset: Preset, address: str, shrink: float) -> Laid:
    """The page with type at `shrink` of its size: title, subtitle, chart, notes with sources, address."""
    title, under = Face(preset.title * shrink, True), Face(preset.text * 1.1 * shrink)
    legend, small = Face(preset.text * shrink), Face(preset.text * 0.86 * shrink)
    margin = 0.035 * preset.width + 0.05
    inner = preset.width - 2 * margin
    titles, subtitles = balanced(one.title, title, inner), wrapped(one.subtitle, under, inner)
    notes = [line for note in one.notes if note for line in wrapped(note, small, inner)]
    notes += wrapped(f"Ketamine Access Atlas. {one.sources}", small, inner)
    where = wrapped(address, small, inner)
    top = margin + len(titles) * title.line + 0.3 * under.line + len(subtitles) * under.line + 0.9 * legend.line
    foot = (len(notes) + len(where) + 1) * small.line
    room = preset.height - margin - foot - top if preset.height else one.tall * inner
    return Laid((title, under, legend, small), (titles, subtitles, notes, where), (margin, top, inner, room), top + room + foot + margin)


def drawn(one: Drawing, preset: Preset, address: str) -> Sheet:
    """The whole page in the largest type that leaves the chart its share."""
    pages = (lay(one, preset, address, shrink) for shrink in SHRINK)
    at = first_fit(pages, lambda page: not preset.height or page.box[3] >= one.least * preset.height)
    scheme = preset.scheme
    title, under, legend, small = at.faces
    titles, subtitles, notes, where = at.lines
    left, top, _, room = at.box
    sheet = Sheet(preset.width, preset.height or at.height, scheme.page)
    one.draw(sheet, at.box, legend, scheme)
    y = sheet.write(titles, title, left, 0.035 * preset.width + 0.05, scheme.ink)
    sheet.write(subtitles, under, left, y + 0.3 * under.line, scheme.soft_ink)
    y = sheet.write(notes, small, left, top + room + 0.5 * small.line, scheme.ink)
    sheet.write(where, small, left, y + 0.3 * small.line, scheme.soft_ink, url=link_of(address))
    return sheet


def picture(one: Drawing, kind: str, preset: str, address: str) -> bytes:
    """The page as png, svg or pdf; the same drawing is the same bytes."""
    size = PRESETS[preset]
    body = written(lambda: drawn(one, size, address), kind, size.dots_per_inch, one.title, one.alt, address)
    return spoken_svg(body, one.title, one.alt) if kind == "svg" else body


# --- One map of two measures ---


def bivariate_drawing(pair: Pair, view: View, tables: Tables) -> Drawing:
    thirds, told = pair.thirds, together_words.told_of(pair, view, tables)
    west, north, east, south = ground(pair.first.query.level, places(tables)[pair.first.query.place].state, tables).box

    def draw(sheet: Sheet, box: Box, face: Face, scheme: Scheme) -> None:
        broad = nine(None, pair, face, scheme, box[0], box[1])
        beside = box[2] > 2.4 * broad
        map_box = (box[0] + broad, box[1], box[2] - broad, box[3]) if beside else box
        if not beside:
            deep = 6.2 * 1.5 * face.line + 2 * face.line
            map_box = (box[0], box[1] + deep, box[2], box[3] - deep)
        nine_map(sheet, pair, view, scheme, tables, map_box)
        nine(sheet, pair, face, scheme, box[0], box[1])

    return Drawing(
        told.title,
        together_words.by_chance(pair, *thirds),
        (together_words.missing_words(pair),),
        told.sources,
        told.alt,
        min((south - north) / (east - west), 1.2) + 0.55,
        draw,
    )


def filled(scheme: Scheme, cell: int) -> tuple[str, str]:
    """The colour of one of the nine classes, and its pattern where there is no colour."""
    row, column = divmod(cell, THIRDS)
    return scheme.bivariate[row][column], PATTERNS[row] if scheme is GREY else ""


def nine_map(sheet: Sheet, pair: Pair, view: View, scheme: Scheme, tables: Tables, box: Box) -> None:
    """The nine classes on the ground of the view, those without both values as page-coloured areas with an outline."""
    query = pair.first.query
    on = ground(query.level, places(tables)[query.place].state, tables)
    scale, shift = on.fitted(box)
    patch = partial(draw_areas, sheet, scale=scale, shift=shift)
    code = cells(pair, *pair.thirds)
    fine = min(1.0, box[2] / 6)
    for cell in sorted(set(code.tolist()), reverse=True):
        here = [on.areas[geoid] for geoid in pair.frame["geoid"][code == cell] if geoid in on.areas]
        if cell < 0:
            patch(here, facecolor=scheme.page, edgecolor=scheme.missing, linewidth=0.3 * fine)
        else:
            colour, pattern = filled(scheme, cell)
            edge = scheme.ink if pattern else scheme.page
            patch(here, facecolor=colour, edgecolor=edge, linewidth=fine * (0.15 if len(code) > 500 else 0.4), hatch=pattern or None)
    if query.level != "state":
        patch([on.lines], fill=False, edgecolor=scheme.page, linewidth=0.9 * fine)
    patch([on.coast], fill=False, edgecolor=scheme.missing, linewidth=0.7 * fine)
    marked = [on.areas[geoid] for geoid in dict.fromkeys((query.place, *view.selected)) if geoid in on.areas]
    patch(marked, fill=False, edgecolor=scheme.page, linewidth=3.2 * fine)
    patch(marked, fill=False, edgecolor=scheme.ink, linewidth=1.4 * fine)


def nine(sheet: Sheet | None, pair: Pair, face: Face, scheme: Scheme, x: float, y: float) -> float:
    """The legend: three by three blocks with their numbers of places, class borders and directions; returns how broad it is."""
    columns, rows = legend_rows(pair, *pair.thirds)
    along, up = (capital(one) for one in directions(pair))
    narrow = 13 * face.line
    side = max(width_of(words, face) for words, _ in rows) + 0.5 * face.line
    heads = [wrapped(words, face, 4.2 * face.line) for words in columns]
    cell = max(max(width_of(line, face) for lines in heads for line in lines) + 0.4 * face.line, 3 * face.line)
    broad = max(side + THIRDS * cell, narrow) + face.line
    if sheet is None:
        return broad
    # The file of the type has no arrows: the directions are told in words.
    y = sheet.write(wrapped(f"Upwards: {up.removeprefix('↑ ')}", face, broad - face.line), face, x, y, scheme.ink) + 0.3 * face.line
    high = 1.5 * face.line
    for at, (words, counts) in zip(reversed(range(THIRDS)), rows, strict=True):
        sheet.write([words], face, x, y + 0.1 * face.line, scheme.ink)
        for column, count in enumerate(counts):
            colour, pattern = filled(scheme, THIRDS * at + column)
            sheet.block(
                x + side + column * cell, y, 1.2 * face.line, 1.1 * face.line, colour, scheme.ink if pattern else scheme.missing, pattern
            )
            sheet.write([f"{count:,}"], face, x + side + column * cell + 1.4 * face.line, y + 0.05 * face.line, scheme.ink)
        y += high
    for column, lines in enumerate(heads):
        sheet.write(lines, face, x + side + column * cell, y, scheme.ink)
    y += max(len(lines) for lines in heads) * face.line + 0.2 * face.line
    sheet.write(wrapped(f"To the right: {along.removesuffix(' →')}", face, broad - face.line), face, x, y, scheme.ink)
    return broad


# --- Scatter ---


def scatter_drawing(pair: Pair, view: View, tables: Tables, by_people: bool) -> Drawing:
    told = together_words.told_of(pair, view, tables)

    def draw(sheet: Sheet, box: Box, face: Face, scheme: Scheme) -> None:
        dots(sheet, pair, view.selected, face, scheme, box, by_people)

    area = "The area of a dot stands for its adults." if by_people else ""
    return Drawing(
        told.title,
        together_words.correlation_words(pair),
        (together_words.medians_words(pair), area, together_words.missing_words(pair)),
        told.sources,
        told.alt,
        0.8,
        draw,
    )


def dots(sheet: Sheet, pair: Pair, selected: tuple[str, ...], face: Face, scheme: Scheme, box: Box, by_people: bool) -> None:
    """Dots with round numbers along both sides, lines at the medians, the selected named."""
    rows = pair.frame[pair.both]
    units = pair.first.indicator.unit, pair.second.indicator.unit
    values = rows[["x", "y"]].to_numpy(dtype=float)
    low, high = values.min(axis=0), values.max(axis=0)
    spread = np.where(high > low, high - low, 1.0)
    marks = [ticks(float(low[at]), float(high[at])) for at in (0, 1)]
    side = max(width_of(tick_words(one, units[1]), face) for one in marks[1]) + 0.5 * face.line
    left, top = box[0] + side, box[1] + 1.6 * face.line
    width, height = box[2] - side, box[3] - 4.4 * face.line
    pad = 0.03

    def place(points: Any) -> Any:
        share = (np.atleast_2d(points) - low) / spread * (1 - 2 * pad) + pad
        return np.column_stack([left + width * share[:, 0], top + height * (1 - share[:, 1])])

    faint: dict[str, Any] = {"color": scheme.missing, "linewidth": 0.5, "alpha": 0.5}
    for at, several in enumerate(marks):
        for one in several:
            x, y = place([one if at == 0 else low[0], one if at == 1 else low[1]])[0]
            words = tick_words(one, units[at])
            if at == 0:
                sheet.axes.plot([x, x], [top, top + height], **faint)
                sheet.write([words], face, x - width_of(words, face) / 2, top + height + 0.2 * face.line, scheme.soft_ink)
            else:
                sheet.axes.plot([left, left + width], [y, y], **faint)
                sheet.write([words], face, left - width_of(words, face) - 0.3 * face.line, y - 0.55 * face.line, scheme.soft_ink)
    x, y = place(pair.medians)[0]
    dotted: dict[str, Any] = {"color": scheme.soft_ink, "linewidth": 1, "linestyle": "dotted"}
    sheet.axes.plot([x, x], [top, top + height], **dotted)
    sheet.axes.plot([left, left + width], [y, y], **dotted)
    at = place(values)
    fine = min(1.0, box[2] / 6)
    sizes = (diameters(rows["people"]) if by_people else np.full(len(rows), dot(len(rows)))) * 0.75 * fine
    sheet.axes.scatter(at[:, 0], at[:, 1], s=sizes**2, color=scheme.ramps["distance"][4], alpha=SEEN_THROUGH, linewidths=0)
    chosen = rows["geoid"].isin(selected).to_numpy()
    for (across, down), name in list(zip(at[chosen], rows["name"][chosen], strict=True))[:NAMED]:
        sheet.axes.plot([across], [down], marker="o", markersize=8 * fine, color=scheme.ramps["cost"][-2], markeredgecolor=scheme.ink)
        words, gap = str(name), 0.09 * fine + 0.03
        start = across + gap if across < left + width / 2 else across - gap - width_of(words, face)
        sheet.write([words], face, start, down - face.points / POINTS / 1.4, scheme.ink)
    sheet.write(wrapped(f"Upwards: {pair.labels[1]}", face, box[2])[:1], face, box[0], box[1], scheme.ink)
    below = wrapped(f"To the right: {pair.labels[0]}", face, box[2])[:1]
    sheet.write(below, face, left, top + height + 1.5 * face.line, scheme.ink)


# --- Ranking ---


def ranking_drawing(found: Ranking, view: View) -> Drawing:
    """The worst twenty and the selected with their intervals."""
    rows = ranking_chart.drawn_rows(found, view.selected)

    def draw(sheet: Sheet, box: Box, face: Face, scheme: Scheme) -> None:
        whiskers(sheet, found, rows, view.selected, face, scheme, box)

    return Drawing(
        ranking_chart.title(found),
        subtitle(found.result),
        (ranking_chart.rule_words(found), ranking_chart.uncertainty(found), ranking_chart.missing_words(found)),
        source_line(found.result),
        ranking_chart.alt(found, view.selected),
        0.055 * len(rows) + 0.08,
        draw,
    )


def whiskers(sheet: Sheet, found: Ranking, rows: Any, selected: tuple[str, ...], face: Face, scheme: Scheme, box: Box) -> None:
    """A line a place: rank and name at the left, dot and interval, value and verdict at the right."""
    unit = found.result.indicator.unit
    step = box[3] / (len(rows) + 1.2)
    own = Face(min(face.points, 0.78 * step * POINTS))
    labels = [f"{rank_span(one['rank'], one['last_rank'])}. {one['name']}" for one in rows.to_dict("records")]
    verdicts = [
        border(one["value"], unit)
        + ("" if one["verdict"] in (BY_VALUE, NOT_BY_VALUE, NO_TENTH) else f", {ranking_chart.WORDS[one['verdict']]}")
        for one in rows.to_dict("records")
    ]
    left = box[0] + max(width_of(one, own) for one in labels) + own.line
    right = box[0] + box[2] - max(width_of(one, own) for one in verdicts) - own.line
    numbers = rows[["value", "low", "high"]].to_numpy(dtype=float)
    ends = [*numbers[np.isfinite(numbers)], *([found.border] if math.isfinite(found.border) else [])]
    low, high = min(ends), max(ends)

    def across(value: float) -> float:
        return float(left + (right - left) * (value - low) / (high - low or 1.0))

    bottom = box[1] + step * len(rows)
    for one in ticks(low, high):
        sheet.axes.plot([across(one)] * 2, [box[1], bottom], color=scheme.missing, linewidth=0.4, alpha=0.5)
        words = tick_words(one, unit)
        sheet.write([words], own, across(one) - width_of(words, own) / 2, bottom + 0.1 * own.line, scheme.soft_ink)
    if math.isfinite(found.border):
        sheet.axes.plot([across(found.border)] * 2, [box[1], bottom], color=scheme.soft_ink, linewidth=1, linestyle="dotted")
    fine = min(1.0, box[2] / 6)
    for at, (geoid, (value, down, up)) in enumerate(zip(rows["geoid"], numbers, strict=True)):
        y = box[1] + step * (at + 0.5)
        strong = Face(own.points, geoid in selected)
        if math.isfinite(down) and math.isfinite(up):
            sheet.axes.plot([across(down), across(up)], [y, y], color=scheme.ink, linewidth=1.2 * fine)
        edge = scheme.ink if geoid in selected else scheme.page
        sheet.axes.plot([across(value)], [y], marker="o", markersize=7 * fine, color=scheme.ramps["cost"][-2], markeredgecolor=edge)
        sheet.write([labels[at]], strong, box[0], y - 0.55 * own.line, scheme.ink)
        sheet.write([verdicts[at]], strong, right + own.line, y - 0.55 * own.line, scheme.ink)
