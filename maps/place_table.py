"""The figures of a place beside its state's and the nation's: a table whose rows have a line with a dot for each. HTML, all texts escaped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Final

from analytics.model import Figure
from analytics.places import places
from analytics.profile import Line, Profile
from analytics.refusal import capital
from analytics.tables import Tables
from maps.numbers import spoken
from maps.place_words import doubt_words, figure_words, rank_words
from maps.words import asked_words, value_words

KINDS: Final = ("place", "state", "nation")
ROOM: Final = 1.08
"""A line ends a little beyond the greatest of its dots."""


@dataclass(frozen=True)
class Dots:
    """Where the dots of a line stand, in per cent of its length from 0; None where there is no figure. `band` is what the place's own leaves open."""

    end: float
    at: dict[str, float | None]
    band: tuple[float, float] | None


def dots(line: Line) -> Dots | None:
    """The line of a measure from 0 to a little over its greatest figure (a share ends at 1 at most); None where there is nothing to draw."""
    if line.indicator.categories or line.indicator.unit == "code" or not line.has_value:
        return None
    band = line.ends if line.ends[0] < line.ends[1] and math.isfinite(line.ends[1]) else None
    figures = {"place": line.figure, "state": line.state, "nation": line.nation}
    values = {kind: one.value if one is not None and math.isfinite(one.value) else None for kind, one in figures.items()}
    greatest = max([one for one in values.values() if one is not None] + list(band or ()))
    if greatest <= 0:
        greatest = 1.0
    end = min(ROOM * greatest, 1.0) if line.indicator.unit == "share" else ROOM * greatest

    def place(value: float) -> float:
        return round(min(100 * value / end, 100.0), 2)

    at = {kind: None if one is None else place(one) for kind, one in values.items()}
    return Dots(end, at, None if band is None else (place(band[0]), place(band[1])))


def track(line: Line) -> str:
    """The line with its dots; what it shows stands in the cells beside it, so that it is hidden from readers who hear the page."""
    drawn = dots(line)
    if drawn is None:
        return ""
    band = ""
    if drawn.band is not None:
        left, right = drawn.band
        band = f'<span class="band" style="left:{left}%;width:{right - left:.2f}%"></span>'
    marks = "".join(
        f'<span class="dot {kind}" style="left:{at}%"></span>' for kind in reversed(KINDS) if (at := drawn.at[kind]) is not None
    )
    end = spoken(drawn.end, line.indicator.unit)
    return (
        f'<div class="place-track" aria-hidden="true"><span class="rail">{band}{marks}</span><span class="end">{escape(end)}</span></div>'
    )


def beside(one: Figure | None, line: Line) -> str:
    """The figure of the state or the nation; a dash where the measure is not made there."""
    if one is None:
        return '<span aria-label="not made">–</span>'
    return escape(value_words(one.value, line.indicator)) if math.isfinite(one.value) else '<span aria-label="no data">–</span>'


def row(line: Line, columns: int, tables: Tables) -> str:
    """One measure."""
    rank, doubt = rank_words(line, tables), doubt_words(line)
    said = f"<small>{escape(rank)}</small>" if rank else ""
    open_ = f"<small>{escape(doubt)}</small>" if doubt else ""
    others = "".join(f"<td>{beside(one, line)}</td>" for one in (line.state, line.nation)[2 - columns :])
    return (
        f'<tr><th scope="row">{escape(capital(line.indicator.label))}{said}</th><td class="own">{escape(figure_words(line))}{open_}</td>'
        f'{others}<td class="drawn">{track(line)}</td></tr>'
    )


def figures_html(found: Profile, tables: Tables) -> str:
    """The table, group by group, with its key. A state has the nation beside it; a county and a district their state too."""
    place = found.place
    heads = [place.short] + ([places(tables)[place.state].short] if place.level != "state" else []) + ["United States"]
    columns = len(heads) - 1
    top = "".join(
        f'<th scope="col"><span class="dot {kind}" aria-hidden="true"></span>{escape(head)}</th>'
        for kind, head in zip(("place", *(KINDS[3 - columns :])), heads, strict=True)
    )
    groups: dict[str, list[str]] = {}
    for line in found.lines:
        groups.setdefault(line.indicator.group, []).append(row(line, columns, tables))
    body = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="{columns + 3}" class="group">{escape(group)}</th></tr>{"".join(rows)}</tbody>'
        for group, rows in groups.items()
    )
    cost = asked_words(found.line("households_over").query)
    caption = (
        f"Too much cost: {cost['treatment']}, {cost['payer']}, over {cost['burden']}. "
        "A line starts at 0 and ends where its number says; the pale bar is what the figure leaves open, over the provider lists or by its survey. "
        "Of two ranks the one from the nearer end is told."
    )
    return f'<table class="place-figures"><caption>{escape(caption)}</caption><thead><tr><td></td>{top}<td></td></tr></thead>{body}</table>'
