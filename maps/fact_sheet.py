"""A fact sheet: one page of US Letter on a county, district or state, fit to be handed out at a hearing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.model import Result, answer
from analytics.near_place import sites_inside, sites_near
from analytics.places import places
from analytics.profile import line, question
from analytics.query import Query
from analytics.tables import Tables
from maps import fact_sheet_words as said
from maps import words
from maps.classes import classify
from maps.cost_words import way_with_cost
from maps.palette import LIGHT
from maps.print import draw_map, entries, ground, legend_list
from maps.sheet import POINTS, Face, Sheet, balanced, width_of, wrapped, written
from maps.view import View

WIDTH, HEIGHT, MARGIN = 8.5, 11.0, 0.55
"""Inches: US Letter, upright."""
INNER = WIDTH - 2 * MARGIN
GUTTER, MAP_WIDTH = 0.35, 3.75
MOST_SITES = 9
LEAST_BAND = 3.2
"""Inches of height that map and figures keep: sites at the end of the list are left out before they have less."""
SHRINK, LEAST_SITES = (1.0, 0.85, 0.7, 0.6), 3
"""The type of name and finding is made smaller before fewer sites than these are named."""
NAME, FINDING, HEAD, TEXT, SMALL = Face(21, True), Face(14, True), Face(10.5, True), Face(9.5), Face(7.8)
VALUE = Face(18, True)


@dataclass(frozen=True)
class Facts:
    """All that stands on a sheet, as texts; `view` and `result` are what its map shows."""

    name: str
    finding: str
    subtitle: str
    figures: tuple[said.Told, ...]
    journey: str
    sites_heading: str
    sites: tuple[tuple[str, str, str, str], ...]
    map_words: str
    sources: str
    address: str
    result: Result


def facts(geoid: str, tables: Tables, site: str) -> Facts:
    """What there is to say of a place. ValueError for the nation and for a place nobody knows."""
    if not said.is_told(geoid, tables):
        raise ValueError(f"There is no fact sheet of “{geoid}”; there is one of every state, congressional district and county, by its id.")
    place, query = places(tables)[geoid], question(geoid, Query())
    shown = answer(query.with_(level="county"), tables)
    five, near = said.five(lambda measure: line(geoid, measure, tables)), sites_near(query, tables, MOST_SITES)
    adults = next((one.figure.people for one in five if one.figure is not None), float("nan"))
    return Facts(
        name=place.short,
        finding=words.title(shown, tables),
        subtitle=said.subtitle(place, adults),
        figures=tuple(said.told(one, tables) for one in five),
        journey=way_with_cost(query, tables),
        sites_heading=said.sites_heading(near, place, said.kinds_words(sites_inside(query, tables)) if near.by_people else ""),
        sites=tuple(said.site_row(row) for _, row in near.sites.iterrows()),
        map_words=said.map_words(shown, place),
        sources=said.sources(query, tuple(one.indicator.id for one in five), shown, tables),
        address=f"{site}/place?place={geoid}&v={tables.version}",
        result=shown,
    )


def drawn(told: Facts, tables: Tables) -> Sheet:
    """The page, laid out from both ends: name and finding from above, limits, sites and journey from below, map and figures between."""
    sheet = Sheet(WIDTH, HEIGHT, LIGHT.page)
    foot_top, journey = foot(sheet, told), wrapped(told.journey, TEXT, INNER)
    least = max(LEAST_BAND, sum(figure(None, one, 0, 0) for one in told.figures))
    journey_height = len(journey) * TEXT.line + 0.2
    for shrink, count in fits(len(told.sites)):
        top, sites_top = head(None, told, shrink) + 0.2, foot_top - 0.2 - sites(None, told, count, 0)
        if sites_top - journey_height - 0.25 - top >= least:
            break
    head(sheet, told, shrink)
    sites(sheet, told, count, sites_top)
    sheet.write(journey, TEXT, MARGIN, sites_top - journey_height, LIGHT.ink)
    band(sheet, told, tables, top, sites_top - journey_height - 0.25)
    return sheet


def fits(most: int) -> Iterator[tuple[float, int]]:
    """How small the type of the head, and how many sites, in the order in which they are tried: first fewer sites, then smaller type."""
    for shrink in SHRINK:
        for count in range(most, min(most, LEAST_SITES) - 1, -1):
            yield shrink, count
    yield SHRINK[-1], 0


def head(sheet: Sheet | None, told: Facts, shrink: float) -> float:
    """Name, finding and people at the top of the page; returns where they end. Without a sheet nothing is drawn."""
    y = MARGIN - 0.1
    name, finding = Face(NAME.points * shrink, True), Face(FINDING.points * shrink, True)
    above = [
        (["Ketamine Access Atlas: fact sheet"], SMALL, LIGHT.soft_ink),
        (balanced(told.name, name, INNER), name, LIGHT.ink),
        (balanced(told.finding, finding, INNER), finding, LIGHT.ink),
        ([told.subtitle], TEXT, LIGHT.soft_ink),
    ]
    for lines, face, colour in above:
        if sheet is not None:
            sheet.write(lines, face, MARGIN, y, colour)
        y += len(lines) * face.line + 0.04
    return y


def foot(sheet: Sheet, told: Facts) -> float:
    """Limits, sources and address at the foot of the page; returns where they begin."""
    limits, sources, where = (wrapped(text, SMALL, INNER) for text in (said.NOT_ADVICE, told.sources, told.address))
    top = HEIGHT - MARGIN - (len(limits) + len(sources) + len(where)) * SMALL.line
    y = sheet.write(limits, SMALL, MARGIN, top, LIGHT.ink)
    y = sheet.write(sources, SMALL, MARGIN, y + 0.05, LIGHT.soft_ink)
    link = told.address if told.address.startswith(("https://", "http://")) else ""
    sheet.write(where, SMALL, MARGIN, y + 0.05, LIGHT.soft_ink, url=link)
    return top


def sites(sheet: Sheet | None, told: Facts, count: int, y: float) -> float:
    """The first `count` sites as a table from `y` downwards; returns where it ends. Without a sheet nothing is drawn."""
    with_miles = any(row[2] for row in told.sites)
    starts = (0.0, 3.0, 4.5, 5.4) if with_miles else (0.0, 3.3, 5.1, 5.1)
    heading = wrapped(told.sites_heading, HEAD, INNER)
    if sheet is not None:
        sheet.write(heading, HEAD, MARGIN, y, LIGHT.ink)
    y += len(heading) * HEAD.line + 0.05
    for row in told.sites[:count]:
        cells = [
            wrapped(text, TEXT, end - start - 0.12) if text else []
            for text, start, end in zip(row, starts, (*starts[1:], INNER + 0.12), strict=True)
        ]
        if sheet is not None:
            for lines, start in zip(cells, starts, strict=True):
                sheet.write(lines, TEXT, MARGIN + start, y, LIGHT.ink)
        y += max(len(lines) for lines in cells) * TEXT.line
    return y


def figure(sheet: Sheet | None, one: said.Told, x: float, y: float) -> float:
    """A figure from (x, y) downwards: what it is, the number with its doubt, and the same of state and nation; returns where it ends."""
    wide = INNER - MAP_WIDTH - GUTTER
    value, doubt = wrapped(one.value, VALUE, wide), wrapped(one.doubt, TEXT, wide)
    after = width_of(one.value, VALUE) + 0.12
    if one.doubt and after + width_of(one.doubt, TEXT) <= wide:
        if sheet is not None:
            sheet.write(
                doubt,
                TEXT,
                x + after,
                y + len(wrapped(one.label, HEAD, wide)) * HEAD.line + (VALUE.points - TEXT.points) / POINTS,
                LIGHT.ink,
            )
        doubt = []
    parts = [(wrapped(one.label, HEAD, wide), HEAD), (value, VALUE), (doubt, TEXT), (wrapped(one.beside, TEXT, wide), TEXT)]
    for lines, face in parts:
        if sheet is not None:
            sheet.write(lines, face, x, y, LIGHT.ink)
        y += len(lines) * face.line
    kind = wrapped(one.kind, SMALL, wide)
    if sheet is not None:
        sheet.write(kind, SMALL, x, y, LIGHT.soft_ink)
    return y + len(kind) * SMALL.line + 0.12


def band(sheet: Sheet, told: Facts, tables: Tables, top: float, bottom: float) -> None:
    """The map with its legend on the left, the figures on the right, spread over the same height."""
    result, view = told.result, View()
    classes = classify(result.frame, result.indicator, LIGHT)
    items = entries(result, classes, view, LIGHT)
    caption = wrapped(told.map_words, SMALL, MAP_WIDTH)
    legend = legend_list(None, items, SMALL, LIGHT, 0, 0, MAP_WIDTH)
    map_top = sheet.write(caption, SMALL, MARGIN, top, LIGHT.soft_ink) + 0.1
    room = bottom - map_top - legend - 0.1
    draw_map(sheet, result, classes, view, LIGHT, tables, (MARGIN, map_top, MAP_WIDTH, room))
    legend_list(sheet, items, SMALL, LIGHT, MARGIN, map_top + min(room, flat(result, tables)) + 0.1, MAP_WIDTH)
    heights = [figure(None, one, 0, 0) for one in told.figures]
    spare = max(0.0, bottom - top - sum(heights)) / max(1, len(heights) - 1)
    y = top
    for one, height in zip(told.figures, heights, strict=True):
        figure(sheet, one, MARGIN + MAP_WIDTH + GUTTER, y)
        y += height + min(spare, 0.3)


def flat(result: Result, tables: Tables) -> float:
    """Inches that the map is tall in its whole width: of a wide state less than the room, and the legend stands close under it."""
    west, top, east, bottom = ground(result.query.level, places(tables)[result.query.place].state, tables).box
    return MAP_WIDTH * (bottom - top) / (east - west)


def fact_sheet(geoid: str, tables: Tables, site: str) -> bytes:
    """The sheet of a place as PDF of one page, the same bytes twice. `site` is the atlas's public address, which stands on it."""
    told = facts(geoid, tables, site)
    return written(lambda: drawn(told, tables), "pdf", 150, f"{told.name}: fact sheet", told.finding, told.address)
