"""The picture to take away: finding, map, legend, notes, sources and address on one page, for a slide, a post or a column of print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analytics.cache import CACHE
from analytics.conditions import MET
from analytics.model import Result
from analytics.places import level_of, places
from analytics.supply import choose
from analytics.tables import Tables, version_without_sites
from maps import words
from maps.classes import MISSING_CLASS, Classes, classify
from maps.condition_words import FADED, on_map, said_of_map
from maps.geometry import outlines, state_projection
from maps.numbers import MISSING_WORDS, UNITS
from maps.palette import GREY, LIGHT, Scheme
from maps.paper import by_inset, fill, page_shapes, project
from maps.selection import outlined_sentence, selected
from maps.sheet import POINTS, Face, Sheet, balanced, first_fit, link_of, width_of, wrapped, written
from maps.view import View

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Preset:
    """A use of the picture: its size in inches (height 0: as tall as its content), how fine, its type, its colours."""

    words: str
    width: float
    height: float
    dots_per_inch: int
    title: float
    text: float
    """Points of the legend; the subtitle is a little larger, notes and sources a little smaller."""
    beside: bool = False
    """Whether legend and notes stand left of the map, and not above and below it."""
    scheme: Scheme = LIGHT

    def pixels(self) -> tuple[int, int] | None:
        """Of the PNG; None where the height follows from the content."""
        return (round(self.width * self.dots_per_inch), round(self.height * self.dots_per_inch)) if self.height else None


PRESETS = {
    "slide": Preset("slide, 16:9", 40 / 3, 7.5, 144, 25, 12.5, beside=True),
    "square": Preset("square", 7.5, 7.5, 144, 18, 10),
    "column": Preset("one column of print", 3.5, 0, 300, 10, 6.8),
    "grey": Preset("grey printer, 16:9", 40 / 3, 7.5, 144, 25, 12.5, beside=True, scheme=GREY),
}
SIGNS = dict(zip(MISSING_WORDS, ("", "....", "\\\\\\\\", "xxxx"), strict=True))
"""The pattern of each kind of missing, so that they are told apart on the map as well: none, dots, stripes, crosses."""
SHRINK = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
LEAST_MAP = 0.42
"""Type is made smaller before the map has less than this share of the page's height."""


# --- Areas ---


@dataclass(frozen=True)
class Ground:
    """What a view is drawn on: the areas of its places on a plane, the lines of states, the coast, and how a point is put there."""

    areas: dict[str, tuple[Points, npt.NDArray[np.uint8]]]
    lines: tuple[Points, npt.NDArray[np.uint8]]
    coast: tuple[Points, npt.NDArray[np.uint8]]
    box: tuple[float, float, float, float]
    """West, top, east, bottom."""
    place: Callable[[Any, Any, npt.NDArray[np.object_]], tuple[Any, Any]]
    """(longitude, latitude, two digits of the state) -> x, y"""

    def fitted(self, box: tuple[float, ...]) -> tuple[float, Points]:
        """(scale, shift) that put the ground into a box (x, y, width, height) as large as it goes, at its top in the middle."""
        west, top, east, bottom = self.box
        scale = min(box[2] / (east - west), box[3] / (bottom - top))
        return scale, np.array([box[0] + (box[2] - scale * (east - west)) / 2 - scale * west, box[1] - scale * top])


def draw_areas(sheet: Sheet, parts: Sequence[tuple[Points, npt.NDArray[np.uint8]]], scale: float, shift: Points, **look: Any) -> None:
    """Areas or lines of a ground as one path."""
    if parts and sum(len(codes) for _, codes in parts):
        path = Path(np.concatenate([points for points, _ in parts]) * scale + shift, np.concatenate([codes for _, codes in parts]))
        # Not add_patch: it would look for the limits of axes that are set, a second long.
        sheet.axes.add_artist(PathPatch(path, joinstyle="round", **look))


def outline(shapes: Sequence[Any]) -> tuple[Points, npt.NDArray[np.uint8]]:
    """Vertices and codes of one matplotlib path round all of these; holes run the other way round."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(np.asarray(shapes, dtype=object))))
    if not len(rings):
        return np.empty((0, 2)), np.empty(0, dtype=np.uint8)
    counts = shapely.get_num_points(rings)
    codes = np.full(counts.sum(), Path.LINETO, dtype=np.uint8)
    ends = np.cumsum(counts)
    codes[ends - counts], codes[ends - 1] = Path.MOVETO, Path.CLOSEPOLY
    return shapely.get_coordinates(rings), codes


def ground(level: str, state: str, tables: Tables) -> Ground:
    """The nation in Albers with Alaska and Hawaii set in, or a state ("48") in the conic frame of its page."""
    return CACHE.get((version_without_sites(tables), "print ground", level, state), lambda: _ground(level, state, tables))


def _ground(level: str, state: str, tables: Tables) -> Ground:
    if state:
        return _ground_of_state(level, state, tables)
    states = page_shapes("state", tables)
    coast = outline([shapely.coverage_union_all(group) for group in by_inset(states)])

    def place(longitude: Any, latitude: Any, states_of: npt.NDArray[np.object_]) -> tuple[Any, Any]:
        x, y = np.full(len(states_of), np.nan), np.full(len(states_of), np.nan)
        for inset in ("02", "15", ""):
            rows = states_of == inset if inset else ~np.isin(states_of, ["02", "15"])
            x[rows], y[rows] = project(longitude[rows], latitude[rows], inset)
        return x, y

    areas = {geoid: outline([shape]) for geoid, shape in page_shapes(level, tables).items()}
    return Ground(areas, outline(list(states.values())), coast, box_of(coast[0]), place)


def _ground_of_state(level: str, state: str, tables: Tables) -> Ground:
    place = state_projection(state, tables)

    def placed(one: Any) -> Any:
        return shapely.transform(one, lambda points: np.column_stack(place(points[:, 0], points[:, 1])))

    areas = {geoid: outline([placed(one)]) for geoid, one in outlines(level, tables).items() if geoid[:2] == state}
    coast = outline([placed(outlines("state", tables)[state])])
    return Ground(areas, outline([]), coast, box_of(coast[0]), lambda longitude, latitude, _: place(longitude, latitude))


def box_of(points: Points) -> tuple[float, float, float, float]:
    west, top = points.min(axis=0)
    east, bottom = points.max(axis=0)
    return float(west), float(top), float(east), float(bottom)


def draw_map(sheet: Sheet, result: Result, classes: Classes, view: View, scheme: Scheme, tables: Tables, box: tuple[float, ...]) -> None:
    """The map within `box` (x, y, width, height in inches), as large as it goes."""
    query = result.query
    state = places(tables)[query.place].state
    on = ground(query.level, state, tables)
    scale, shift = on.fitted(box)
    patch = partial(draw_areas, sheet, scale=scale, shift=shift)
    areas: dict[tuple[int, str], list[tuple[Points, npt.NDArray[np.uint8]]]] = {}
    for geoid, code, said in zip(result.frame["geoid"], classes.code, result.frame["status"].astype(str), strict=True):
        if geoid in on.areas:
            areas.setdefault((int(code), said if code == MISSING_CLASS else ""), []).append(on.areas[geoid])
    fine = min(1.0, box[2] / 6)  # lines and dots of a small map are finer
    thin = fine * (0.15 if len(result.frame) > 500 else 0.4)
    for (code, said), parts in sorted(areas.items(), key=lambda one: -one[0][0]):
        edge, width = (scheme.missing, 0.3 * fine) if code == MISSING_CLASS else (scheme.page, thin)
        patch(parts, facecolor=fill(code, classes, scheme), edgecolor=edge, linewidth=width, hatch=SIGNS.get(said) or None)
    if (met := on_map(query, view, tables)) is not None:
        lit = set(met.of(MET)["geoid"])
        patch([one for geoid, one in on.areas.items() if geoid not in lit], facecolor=scheme.page, alpha=1 - FADED, linewidth=0)
        patch([one for geoid, one in on.areas.items() if geoid in lit], fill=False, edgecolor=scheme.ink, linewidth=0.6 * fine)
    if query.level != "state":
        patch([on.lines], fill=False, edgecolor=scheme.page, linewidth=0.9 * fine)
    patch([on.coast], fill=False, edgecolor=scheme.missing, linewidth=0.7 * fine)
    if len(query.place) > 2:
        own = ground(level_of(query.place), state, tables).areas[query.place]
        patch([own], fill=False, edgecolor=scheme.page, linewidth=3.2 * fine)
        patch([own], fill=False, edgecolor=scheme.ink, linewidth=1.4 * fine)
    if here := [on.areas[geoid] for geoid in selected(view, result).here if geoid in on.areas]:
        patch(here, fill=False, edgecolor=scheme.page, linewidth=2.6 * fine)
        patch(here, fill=False, edgecolor=scheme.ink, linewidth=1.2 * fine)
    if shows_sites(result, view):
        longitude, latitude, states = site_points(result, tables)
        x, y = on.place(longitude, latitude, states)
        size = fine * (4.2 if state else 3.0)
        look: dict[str, Any] = {
            "marker": "o",
            "markersize": size,
            "color": scheme.site,
            "markeredgecolor": scheme.page,
            "markeredgewidth": size / 7,
        }
        sheet.axes.plot(x * scale + shift[0], y * scale + shift[1], linestyle="none", **look)


def shows_sites(result: Result, view: View) -> bool:
    return view.sites and result.indicator.uses_providers


def site_points(result: Result, tables: Tables) -> tuple[Points, Points, npt.NDArray[np.object_]]:
    """Longitude, latitude and state of the sites that count, those of the drawn state alone where there is one."""
    providers, state = tables["providers"], places(tables)[result.query.place].state
    states = providers["county"].str[:2].to_numpy(dtype=object)
    shown = choose(result.query, providers).known & ((states == state) if state else True)
    rows = providers[shown]
    return rows["longitude"].to_numpy(dtype=float), rows["latitude"].to_numpy(dtype=float), states[shown]


# --- Legend ---


@dataclass(frozen=True)
class Entry:
    """One line of the legend: a block of a class, a block of a kind of missing, or the dot of the sites."""

    label: str
    colour: str
    kind: str
    """zero, class, missing or site"""
    hatch: str = ""


def entries(result: Result, classes: Classes, view: View, scheme: Scheme) -> list[Entry]:
    """Every class, every kind of missing with how many places it has, and the sites where they are drawn."""
    zero = [Entry(UNITS[classes.unit].zero or "0", classes.zero, "zero")] if classes.zero is not None else []
    shown = [Entry(label, colour, "class") for label, colour in zip(classes.labels(), classes.colours, strict=True)]
    missing = [Entry(f"{MISSING_WORDS[kind]} ({count:,})", scheme.page, "missing", SIGNS[kind]) for kind, count in classes.missing.items()]
    return [*zero, *shown, *missing, *([Entry("listed provider", scheme.site, "site")] if shows_sites(result, view) else [])]


def legend_list(sheet: Sheet | None, items: list[Entry], face: Face, scheme: Scheme, x: float, y: float, width: float) -> float:
    """One entry below the other, classes touching; returns where it ends. Without a sheet nothing is drawn."""
    before = items[0].kind
    for one in items:
        lines = wrapped(one.label, face, width - 2.6 * face.line)
        height = max(len(lines), 1) * face.line + 0.25 * face.line
        y += 0.45 * face.line if one.kind != before else 0
        before = one.kind
        if sheet is not None:
            sign(sheet, one, x, y, 2 * face.line, height if one.kind == "class" else height - 0.15 * face.line, scheme)
            sheet.write(lines, face, x + 2.6 * face.line, y + 0.1 * face.line, scheme.ink)
        y += height
    return y


def sign(sheet: Sheet, one: Entry, x: float, y: float, width: float, height: float, scheme: Scheme) -> None:
    if one.kind == "site":
        look: dict[str, Any] = {"marker": "o", "markersize": 0.5 * height * POINTS, "color": one.colour, "markeredgecolor": scheme.page}
        sheet.axes.plot([x + width / 2], [y + height / 2], linestyle="none", **look)
    else:
        sheet.block(x, y, width, height, one.colour, scheme.missing, one.hatch)


def legend_bar(sheet: Sheet | None, items: list[Entry], face: Face, scheme: Scheme, x: float, y: float, width: float) -> float:
    """One bar of touching blocks with words beneath; zero, the missing and the sites stand apart, in a further row where there is no
    room. Falls back to a list where the words of the classes are too long for a bar."""
    gap, block = 1.1 * face.line, 0.8 * face.line
    broadest = max(width_of(one.label, face) for one in items if one.kind == "class") + 0.6 * face.line
    bar = sum(broadest for one in items if one.kind == "class")
    if bar > width:
        return legend_list(sheet, items, face, scheme, x, y, width)
    across, before = x, items[0].kind
    for one in items:
        own = broadest if one.kind == "class" else max(width_of(one.label, face), 2 * face.line)
        across += gap if one.kind != before else 0
        needed = bar if one.kind == "class" and before != "class" else own
        if across > x and across + needed > x + width and not (one.kind == before == "class"):
            across, y = x, y + block + 1.75 * face.line
        before = one.kind
        if sheet is not None:
            sign(sheet, one, across, y, own if one.kind == "class" else 2 * face.line, block, scheme)
            sheet.write([one.label], face, across, y + block + 0.1 * face.line, scheme.ink)
        across += own if one.kind == "class" else own + (gap if one.kind == "missing" else 0)
    return y + block + 1.4 * face.line


# --- The page ---


@dataclass(frozen=True)
class Laid:
    """A page before it is drawn: its faces, its lines and where they begin, in inches."""

    title: Face
    subtitle: Face
    legend: Face
    small: Face
    margin: float
    title_lines: list[str]
    subtitle_lines: list[str]
    legend_top: float
    notes_top: float
    note_lines: list[str]
    source_lines: list[str]
    address_lines: list[str]
    map_box: tuple[float, float, float, float]
    height: float


def lay(result: Result, tables: Tables, preset: Preset, items: list[Entry], address: str, shrink: float, said: Sequence[str] = ()) -> Laid:
    """Where everything stands when type is `shrink` of its size. `said` tells of classes and selection, before the notes."""
    title, subtitle = Face(preset.title * shrink, True), Face(preset.text * 1.15 * shrink)
    legend, small = Face(preset.text * shrink), Face(preset.text * 0.86 * shrink)
    margin = 0.035 * preset.width + 0.05
    inner = preset.width - 2 * margin
    title_lines = balanced(words.title(result, tables), title, inner)
    subtitle_lines = wrapped(words.subtitle(result), subtitle, inner)
    top = margin + len(title_lines) * title.line + 0.3 * subtitle.line + len(subtitle_lines) * subtitle.line + 1.0 * legend.line
    side = 0.29 * inner if preset.beside else inner
    notes = [line for note in (*said, *result.notes) for line in wrapped(note, small, side)]
    sources = wrapped(f"Ketamine Access Atlas. {words.source_line(result)}", small, side)
    where = wrapped(address, small, side)
    foot = (len(notes) + len(sources) + len(where)) * small.line + 1.0 * small.line
    if preset.beside:
        legend_end = legend_list(None, items, legend, LIGHT, margin, top, side)
        notes_top = max(legend_end + legend.line, preset.height - margin - foot)
        left = margin + side + 0.03 * inner
        box = (left, top, preset.width - margin - left, preset.height - margin - top)
        return Laid(title, subtitle, legend, small, margin, title_lines, subtitle_lines, top, notes_top, notes, sources, where, box, notes_top + foot + margin)  # fmt: skip
    map_top = legend_bar(None, items, legend, LIGHT, margin, top, inner) + 0.4 * legend.line
    west, north, east, south = ground(result.query.level, places(tables)[result.query.place].state, tables).box
    tall = inner * (south - north) / (east - west)
    # A tall state in a page as tall as its content is at most a fifth taller than wide.
    room = min(tall, 1.2 * inner) if not preset.height else preset.height - margin - foot - 0.6 * small.line - map_top
    box = (margin, map_top, inner, room)
    notes_top = map_top + room + 0.6 * small.line
    return Laid(title, subtitle, legend, small, margin, title_lines, subtitle_lines, top, notes_top, notes, sources, where, box, notes_top + foot + margin)  # fmt: skip


def said_of(result: Result, view: View, classes: Classes, tables: Tables) -> list[str]:
    """What a person chose to see, in sentences: how places are classed, which meet conditions, and which are outlined."""
    met = said_of_map(on_map(result.query, view, tables))
    return [one for one in (classes.said, *met, outlined_sentence(view, result, places(tables))) if one]


def fitting(result: Result, tables: Tables, preset: Preset, items: list[Entry], address: str, said: Sequence[str] = ()) -> Laid:
    """The page in the largest type that leaves the map its share and runs over no edge."""
    pages = (lay(result, tables, preset, items, address, shrink, said) for shrink in SHRINK)
    return first_fit(
        pages,
        lambda at: not preset.height or (at.height <= preset.height + 0.01 and at.map_box[3] >= LEAST_MAP * preset.height),
    )


def drawn_sheet(result: Result, view: View, tables: Tables, preset: Preset, address: str) -> Sheet:
    """The whole page. `address` is where the view is found, as it shall be read; what follows a blank is no part of the link."""
    scheme = preset.scheme
    classes = classify(result.frame, result.indicator, scheme, view.classing)
    items = entries(result, classes, view, scheme)
    at = fitting(result, tables, preset, items, address, said_of(result, view, classes, tables))
    sheet = Sheet(preset.width, preset.height or at.height, scheme.page)
    draw_map(sheet, result, classes, view, scheme, tables, at.map_box)
    y = sheet.write(at.title_lines, at.title, at.margin, at.margin, scheme.ink)
    sheet.write(at.subtitle_lines, at.subtitle, at.margin, y + 0.3 * at.subtitle.line, scheme.soft_ink)
    legend = legend_list if preset.beside else legend_bar
    legend(sheet, items, at.legend, scheme, at.margin, at.legend_top, at.map_box[0] - 2 * at.margin if preset.beside else at.map_box[2])
    y = sheet.write(at.note_lines, at.small, at.margin, at.notes_top, scheme.ink)
    y = sheet.write(at.source_lines, at.small, at.margin, y + 0.5 * at.small.line, scheme.soft_ink)
    sheet.write(at.address_lines, at.small, at.margin, y + 0.3 * at.small.line, scheme.soft_ink, url=link_of(address))
    return sheet


def picture(result: Result, view: View, tables: Tables, kind: str, preset: str, address: str) -> bytes:
    """The picture as png, svg or pdf. ValueError for a refusal, which has no picture but its sentence, and for a preset nobody knows."""
    if result.refusal is not None:
        raise ValueError(result.refusal.sentence)
    if preset not in PRESETS:
        raise ValueError(f"There is no preset “{preset}”; there is {', '.join(PRESETS)}.")
    title, description = words.title(result, tables), words.alt_text(result, tables)
    size = PRESETS[preset]
    body = written(lambda: drawn_sheet(result, view, tables, size, address), kind, size.dots_per_inch, title, description, address)
    return spoken_svg(body, title, description) if kind == "svg" else body


def spoken_svg(body: bytes, title: str, description: str) -> bytes:
    """The SVG with its title and description as the elements that readers of the screen speak; matplotlib writes the title alone."""
    head, _, rest = body.decode("utf-8").partition("<metadata>")
    start, _, _ = head.partition("<title>")
    start = start.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    return f'{start}<title id="title">{escape(title)}</title>\n <desc id="desc">{escape(description)}</desc>\n <metadata>{rest}'.encode()
