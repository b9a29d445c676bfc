"""Two measures in a frame for another site: one map of nine classes with its legend, or a scatter plot; no script, both themes.

The scatter plot has no page of its own that would be scaled: what lies in it is placed in per cent of its sides, so that its type and
its dots keep their size from a phone to a wide screen.
"""

from __future__ import annotations

from html import escape

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.places import places
from analytics.refusal import capital
from analytics.tables import Tables
from analytics.together import MISSING, Pair
from maps.classes import MISSING_CLASS
from maps.dots import NAMED, SEEN_THROUGH, dot, dot_colour, tick_words, ticks
from maps.embed_map import Figure, areas, drawing, mark, outlined
from maps.nine import table
from maps.palette import Scheme
from maps.plane import plane
from maps.together_words import by_chance, cells, correlation_words, medians_words, missing_words, told_of
from maps.view import View

PAD = 0.03
"""Share of a side that is left free at both of its ends."""


def heading(title: str, subtitle: str) -> str:
    return f'<h1>{escape(title)}</h1><p class="subtitle">{escape(subtitle)}</p>'


def notes(pair: Pair) -> tuple[str, ...]:
    return (*pair.first.notes, *pair.second.notes)


# --- One map of both ---


def nine_figure(pair: Pair, view: View, tables: Tables) -> Figure:
    """Nine classes on the ground of the view. Sites and conditions are not on it, as on the page."""
    query, told = pair.first.query, told_of(pair, view, tables)
    on = plane(query.level, places(tables)[query.place].state, tables)
    code = cells(pair, *pair.thirds)
    known = np.where(code == MISSING, MISSING_CLASS, code).tolist()
    paths, uses = areas([dict(zip(pair.frame["geoid"], known, strict=True))], on)
    filled = [(place.id, f"n{mark(place.classes[0])}") for place in uses]
    drawn = drawing(on, told.alt, paths, filled, outlined(pair.first, view, tables))
    key = table(pair, lambda cell: f'<i class="n{cell}"></i>')
    if missing := len(pair.frame) - pair.places:
        key += f'<ul class="legend"><li class="missing"><i></i>without both values ({missing:,})</li></ul>'
    return Figure(
        told.title,
        f'{heading(told.title, by_chance(pair, *pair.thirds))}<div class="nine"><div class="key">{key}</div>{drawn}</div>',
        (missing_words(pair),),
        notes(pair),
        told.sources,
        nine_colours,
    )


def nine_colours(scheme: Scheme) -> dict[str, str]:
    """The nine classes, row by row, the strongest last."""
    return {f"n{cell}": colour for cell, colour in enumerate(colour for row in scheme.bivariate for colour in row)}


# --- Scatter plot ---


def scatter_figure(pair: Pair, view: View, tables: Tables) -> Figure:
    """A dot a place, lines at the middle places, the selected ones ringed and named."""
    told = told_of(pair, view, tables)
    return Figure(
        told.title,
        heading(told.title, correlation_words(pair)) + plot(pair, view.selected, told.alt),
        (medians_words(pair), missing_words(pair)),
        notes(pair),
        told.sources,
        lambda scheme: {"dots": dot_colour(scheme), "picked": scheme.ramps["cost"][-2]},
    )


class Side:
    """One side of the plot: how far along it a value stands, in per cent, and its round numbers."""

    def __init__(self, values: pd.Series, unit: str, upward: bool) -> None:
        self.low, self.high, self._unit, self._upward = float(values.min()), float(values.max()), unit, upward

    def at(self, values: npt.ArrayLike) -> list[str]:
        span = self.high - self.low if self.high > self.low else 1.0
        share = PAD + (1 - 2 * PAD) * (np.asarray(values, dtype=float) - self.low) / span
        return [f"{one:.2f}".rstrip("0").rstrip(".") for one in (100 * (1 - share if self._upward else share)).tolist()]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """(how far along, the number in words)"""
        round_ones = ticks(self.low, self.high)
        return list(zip(self.at(round_ones), (tick_words(one, self._unit) for one in round_ones), strict=True))


def plot(pair: Pair, selected: tuple[str, ...], alt: str) -> str:
    """The plot with its numbers at the left and below, and what its sides mean in words."""
    rows = pair.frame[pair.both]
    across = Side(rows["x"], pair.first.indicator.unit, upward=False)
    up = Side(rows["y"], pair.second.indicator.unit, upward=True)
    (middle,), (level,) = across.at([pair.medians[0]]), up.at([pair.medians[1]])
    grid = "".join(vertical(x) for x, _ in across.numbers) + "".join(horizontal(y) for y, _ in up.numbers)
    round_ = f'r="{dot(len(rows)) / 2:g}"'
    dots = "".join(f'<circle cx="{x}%" cy="{y}%" {round_}/>' for x, y in zip(across.at(rows["x"]), up.at(rows["y"]), strict=True))
    chosen = rows[rows["geoid"].isin(selected)]
    at = list(zip(across.at(chosen["x"]), up.at(chosen["y"]), strict=True))
    rings = "".join(f'<circle class="picked" cx="{x}%" cy="{y}%" r="5.5"/>' for x, y in at)
    names = "".join(named(str(name), x, y) for name, (x, y) in list(zip(chosen["name"], at, strict=True))[:NAMED])
    widest = max((words for _, words in up.numbers), key=len)
    left = "".join(f'<text x="100%" y="{y}%" dy=".35em">{escape(words)}</text>' for y, words in up.numbers)
    below = "".join(f'<text x="{x}%" y="1em">{escape(words)}</text>' for x, words in across.numbers)
    first, second = (capital(one) for one in pair.labels)
    return (
        f'<div class="plot"><p class="up">↑ {escape(second)}</p>'
        f'<div class="left" aria-hidden="true"><span>{escape(widest)}</span><svg>{left}</svg></div>'
        f'<svg class="field" role="img" aria-label="{escape(alt)}"><g class="grid">{grid}</g><g class="middle">{vertical(middle)}{horizontal(level)}</g>'
        f'<g class="dots" fill-opacity="{SEEN_THROUGH}">{dots}</g>{rings}{names}</svg>'
        f'<svg class="below" aria-hidden="true">{below}</svg><p class="along">{escape(first)} →</p></div>'
    )


def vertical(x: str) -> str:
    return f'<line x1="{x}%" x2="{x}%" y1="0" y2="100%"/>'


def horizontal(y: str) -> str:
    return f'<line x1="0" x2="100%" y1="{y}%" y2="{y}%"/>'


def named(name: str, x: str, y: str) -> str:
    """The name of a dot, on the side where there is room."""
    shift, anchor = ("9", "start") if float(x) <= 50 else ("-9", "end")
    return f'<text x="{x}%" y="{y}%" dx="{shift}" dy=".35em" text-anchor="{anchor}">{escape(name)}</text>'
