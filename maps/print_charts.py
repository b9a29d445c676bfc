"""Any chart of the pages for print. A plotly figure is data: its bars, lines, points, words and lines of the scale are read and drawn anew.

Only what maps/charts.py and the barrier charts use is known here; anything else is an error, not a gap in the picture.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from maps.chart_files import LOWER_BOUND, Printed
from maps.dots import ticks
from maps.palette import LIGHT, Scheme
from maps.print_together import Box, Drawing, picture
from maps.sheet import POINTS, Face, Sheet, width_of

PIXELS_WIDE = 760
"""So wide the page draws a chart on a desk: type and marks have the proportions of that."""
UPWARDS = {"top": 0.0, "middle": 0.5, "bottom": 1.0, "auto": 0.5}
LEFTWARDS = {"left": 0.0, "center": 0.5, "right": 1.0, "auto": 0.5}


@dataclass(frozen=True)
class Frame:
    """Where a chart stands on the sheet: its box and inches a pixel, and what its axes span."""

    left: float
    top: float
    width: float
    height: float
    pixel: float
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: Any, ref: str = "x") -> Any:
        start, end = (0.0, 1.0) if ref == "paper" else self.across
        return self.left + self.width * (np.asarray(value, dtype=float) - start) / (end - start)

    def y(self, value: Any, ref: str = "y") -> Any:
        start, end = (0.0, 1.0) if ref == "paper" else self.up
        return self.top + self.height * (1 - (np.asarray(value, dtype=float) - start) / (end - start))

    def points(self, pixels: float) -> float:
        return pixels * self.pixel * POINTS


def chart_picture(one: Printed, kind: str, preset: str, address: str) -> bytes:
    """A chart as png, svg or pdf; the same chart is the same bytes."""
    return picture(chart_drawing(one), kind, preset, address)


def chart_drawing(one: Printed) -> Drawing:
    light = one.make(LIGHT)

    def draw(sheet: Sheet, box: Box, face: Face, scheme: Scheme) -> None:
        top = legend(sheet, one.legend(scheme), face, scheme, box) if one.legend else box[1]
        drawn(sheet, one.make(scheme).figure.to_plotly_json(), (box[0], top, box[2], box[1] + box[3] - top), scheme)

    tall = float(light.figure.layout.height) / PIXELS_WIDE + (0.12 if one.legend else 0)
    return Drawing(one.title, one.subtitle, (LOWER_BOUND,), one.sources, light.alt, tall, draw)


def legend(sheet: Sheet, items: tuple[tuple[str, str], ...], face: Face, scheme: Scheme, box: Box) -> float:
    """Blocks with their words in rows; returns where the chart begins."""
    x, y = box[0], box[1]
    for text, colour in items:
        wide = 1.4 * face.line + width_of(text, face) + face.line
        if x > box[0] and x + wide > box[0] + box[2]:
            x, y = box[0], y + 1.3 * face.line
        area(sheet, *corners(x, y + 0.2 * face.line, 1.1 * face.line, 0.75 * face.line), colour, scheme.missing, 0.6)
        sheet.write([text], face, x + 1.4 * face.line, y, scheme.ink)
        x += wide
    return y + 1.8 * face.line


def corners(x: float, y: float, width: float, height: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return (x, x + width, x + width, x), (y, y, y + height, y + height)


# --- Drawing ---


def drawn(sheet: Sheet, figure: dict[str, Any], box: Box, scheme: Scheme) -> None:
    """The figure as large as it goes within the box."""
    layout = figure["layout"]
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, **layout.get("margin", {})}
    pixel = min(box[2] / PIXELS_WIDE, box[3] / float(layout["height"]))
    frame = Frame(
        box[0] + margin["l"] * pixel,
        box[1] + margin["t"] * pixel,
        box[2] - (margin["l"] + margin["r"]) * pixel,
        (float(layout["height"]) - margin["t"] - margin["b"]) * pixel,
        pixel,
        *(span(figure, name) for name in "xy"),
    )
    shapes = layout.get("shapes", ())
    for one in (one for one in shapes if one.get("layer") == "below"):
        shape(sheet, one, frame)
    for trace in stacked(figure) if layout.get("barmode") == "stack" else figure["data"]:
        TRACES[trace["type"]](sheet, trace, frame)
    for one in (one for one in shapes if one.get("layer") != "below"):
        shape(sheet, one, frame)
    for one in layout.get("annotations", ()):
        words(sheet, one, frame, scheme)
    for name, axis in (("x", layout["xaxis"]), ("y", layout["yaxis"])):
        if axis.get("visible", True):
            scale(sheet, name, axis, frame, scheme)


def span(figure: dict[str, Any], name: str) -> tuple[float, float]:
    """What an axis spans: what it says, else what the marks take."""
    given = figure["layout"][f"{name}axis"].get("range")
    if given is not None:
        return float(given[0]), float(given[1])
    values = np.concatenate([numbers(trace[name]) for trace in figure["data"]])
    return float(np.nanmin(values)), float(np.nanmax(values))


def stacked(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Bars that lie one behind another: each begins where those before it end."""
    ends: dict[float, float] = {}
    found = []
    for trace in figure["data"]:
        at, long = numbers(trace["y"]).tolist(), numbers(trace["x"]).tolist()
        found.append({**trace, "base": [ends.get(place, 0.0) for place in at]})
        for place, value in zip(at, long, strict=True):
            ends[place] = ends.get(place, 0.0) + value
    return found


def paint(given: Any) -> Any:
    """A colour of plotly's as matplotlib takes it: "rgba(1,2,3,0.5)" is four parts of one."""
    found = re.fullmatch(r"rgba\(([\d.]+), ?([\d.]+), ?([\d.]+), ?([\d.]+)\)", str(given))
    if found is None:
        return given
    red, green, blue, opacity = (float(one) for one in found.groups())
    return red / 255, green / 255, blue / 255, opacity


def area(sheet: Sheet, xs: Sequence[float], ys: Sequence[float], fill: Any, edge: Any, width: float) -> None:
    vertices = np.column_stack([[*xs, xs[0]], [*ys, ys[0]]])
    codes = [Path.MOVETO, *[Path.LINETO] * (len(xs) - 1), Path.CLOSEPOLY]
    look = {"facecolor": paint(fill), "edgecolor": paint(edge) if width else "none", "linewidth": width}
    sheet.axes.add_artist(PathPatch(Path(vertices, codes), **look))


def line(sheet: Sheet, xs: Any, ys: Any, look: dict[str, Any], frame: Frame) -> None:
    colour = paint(look.get("color"))
    opacity = colour[3] if isinstance(colour, tuple) else 1
    dash = {"dot": "dotted", "dash": "dashed"}.get(look.get("dash", ""), "solid")
    width = frame.points(float(look.get("width", 2)))
    sheet.axes.plot(xs, ys, color=colour[:3] if isinstance(colour, tuple) else colour, alpha=opacity, linewidth=width, linestyle=dash)


def each(given: Any, count: int) -> list[Any]:
    """One value a mark: a list as it is, a single one for all; plotly packs arrays of numbers as base64."""
    if isinstance(given, dict):
        return list(np.frombuffer(b64decode(given["bdata"]), dtype=given["dtype"]).tolist())
    return list(given) if isinstance(given, list | tuple | np.ndarray) else [given] * count


def numbers(given: Any) -> Any:
    return np.array([np.nan if one is None else one for one in each(given, 1)], dtype=float)


def bars(sheet: Sheet, trace: dict[str, Any], frame: Frame) -> None:
    """Bars that lie or stand, each from its base (0 where none is said)."""
    lies = trace.get("orientation") == "h"
    long, at = numbers(trace["x"] if lies else trace["y"]), numbers(trace["y"] if lies else trace["x"])
    base = numbers(trace.get("base", [0.0] * len(long)))
    marker = trace["marker"]
    widths = numbers(each(trace.get("width", 0.8), len(long)))
    fills = each(marker["color"], len(long))
    edges = each(marker.get("line", {}).get("color", "none"), len(long))
    strokes = each(marker.get("line", {}).get("width", 0), len(long))
    for value, place, start, wide, fill, edge, stroke in zip(
        long, at, np.broadcast_to(base, len(long)), widths, fills, edges, strokes, strict=True
    ):
        if not np.isfinite(value):
            continue
        first = place + float(trace.get("offset", -wide / 2))
        ends, sides = (start, start + value), (first, first + wide)
        (x0, x1), (y0, y1) = (frame.x(ends), frame.y(sides)) if lies else (frame.x(sides), frame.y(ends))
        area(sheet, (x0, x1, x1, x0), (y0, y0, y1, y1), fill, edge, frame.points(float(stroke)))


def scatter(sheet: Sheet, trace: dict[str, Any], frame: Frame) -> None:
    """A band, a line, points, or a line with points."""
    xs, ys = frame.x(numbers(trace["x"])), frame.y(numbers(trace["y"]))
    mode = trace.get("mode", "lines")
    if trace.get("fill") == "toself":
        area(sheet, xs.tolist(), ys.tolist(), trace["fillcolor"], "none", 0)
    elif trace.get("fill", "none") != "none":
        raise ValueError(f"maps/print_charts.py does not know the fill “{trace['fill']}”.")
    if "lines" in mode and float(trace.get("line", {}).get("width", 2)):
        line(sheet, xs, ys, trace.get("line", {}), frame)
    if "markers" in mode:
        marker, count = trace["marker"], len(xs)
        edge = marker.get("line", {})
        looks = zip(xs, ys, each(marker.get("size", 6), count), each(marker["color"], count), strict=True)
        for x, y, size, colour in looks:
            sheet.axes.plot(
                [x],
                [y],
                marker="o",
                linestyle="none",
                markersize=frame.points(float(size)),
                markerfacecolor=paint(colour),
                markeredgecolor=paint(edge.get("color", colour)),
                markeredgewidth=frame.points(float(edge.get("width", 0))),
            )
    if "text" in mode:
        raise ValueError("maps/print_charts.py draws words as annotations only.")


TRACES = {"bar": bars, "scatter": scatter}


def shape(sheet: Sheet, one: dict[str, Any], frame: Frame) -> None:
    xs, ys = frame.x([one["x0"], one["x1"]], one.get("xref", "x")), frame.y([one["y0"], one["y1"]], one.get("yref", "y"))
    if one["type"] == "line":
        line(sheet, xs, ys, one["line"], frame)
    elif one["type"] == "rect":
        edge = one.get("line", {})
        x, y = (xs[0], xs[1], xs[1], xs[0]), (ys[0], ys[0], ys[1], ys[1])
        area(sheet, x, y, one.get("fillcolor", "none"), edge.get("color", "none"), frame.points(float(edge.get("width", 0))))
    else:
        raise ValueError(f"maps/print_charts.py does not know the shape “{one['type']}”.")


def plain(text: str) -> list[str]:
    """The lines of a text of plotly's, without its marks."""
    return [unescape(re.sub(r"<[^>]+>", "", part)) for part in re.split(r"<br ?/?>", text)]


def put(sheet: Sheet, text: str, face: Face, x: float, y: float, left: float, up: float, colour: str) -> None:
    """Lines of text about a point: `left` and `up` say which part of their width and height lies before it. They stay on the sheet."""
    lines = plain(text)
    top = y - up * len(lines) * face.line
    for number, one in enumerate(lines):
        wide = width_of(one, face)
        start = min(max(x - left * wide, 0.05), max(sheet.width - wide - 0.05, 0.05))
        sheet.write([one], face, start, top + number * face.line, colour)


def words(sheet: Sheet, one: dict[str, Any], frame: Frame, scheme: Scheme) -> None:
    font = one.get("font", {})
    face = Face(frame.points(float(font.get("size", 13))), float(font.get("weight", 400)) >= 600)
    x = float(frame.x(one["x"], one.get("xref", "x"))) + one.get("xshift", 0) * frame.pixel
    y = float(frame.y(one["y"], one.get("yref", "y"))) - one.get("yshift", 0) * frame.pixel
    left, up = LEFTWARDS[one.get("xanchor", "auto")], UPWARDS[one.get("yanchor", "auto")]
    put(sheet, one["text"], face, x, y, left, up, font.get("color", scheme.ink))


def scale(sheet: Sheet, name: str, axis: dict[str, Any], frame: Frame, scheme: Scheme) -> None:
    """The words of a scale under it or at its left."""
    font = axis.get("tickfont", {})
    face = Face(frame.points(float(font.get("size", 13))))
    values = axis.get("tickvals")
    if values is None:
        values = ticks(*(frame.across if name == "x" else frame.up), most=int(axis.get("nticks", 5)))
    values = each(values, 1)
    form = (lambda one: f"{100 * one:g} %") if axis.get("tickformat") == ".0%" else (lambda one: f"{one:g}{axis.get('ticksuffix', '')}")
    for value, text in zip(values, axis.get("ticktext") or [form(one) for one in values], strict=True):
        if name == "x":
            put(
                sheet,
                text,
                face,
                float(frame.x(value)),
                frame.top + frame.height + 3 * frame.pixel,
                0.5,
                0,
                font.get("color", scheme.soft_ink),
            )
        else:
            put(sheet, text, face, frame.left - 4 * frame.pixel, float(frame.y(value)), 1, 0.5, font.get("color", scheme.soft_ink))
