"""The nine classes of two measures: their legend as a table, for page, print and frame."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import numpy as np

from analytics.together import THIRDS, Pair, Thirds
from maps.palette import Scheme
from maps.together_words import cells, higher, third_words


def legend_rows(pair: Pair, first: Thirds, second: Thirds) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """(columns better to worse, [(row in words, places in its cells)] with the worse row first): the legend, for page and print."""
    counts = np.bincount(cells(pair, first, second)[pair.both], minlength=THIRDS * THIRDS).reshape(THIRDS, THIRDS)
    columns, rows = (
        list(words[::-1] if result.indicator.worse == "low" else words)
        for words, result in (
            (third_words(one, one_of.indicator.unit), one_of) for one, one_of in ((first, pair.first), (second, pair.second))
        )
    )
    return columns, [(rows[at], counts[at].tolist()) for at in reversed(range(THIRDS))]


def directions(pair: Pair) -> tuple[str, str]:
    """What the two directions of the legend mean: "lower → adults within 30 miles", in words with their arrow."""
    across, up = pair.labels
    return f"{across}, {higher(pair.first.indicator)} →", f"↑ {up}, {higher(pair.second.indicator)}"


def legend(pair: Pair, scheme: Scheme) -> str:
    """HTML of the legend on a page, its blocks in the colours of the scheme."""
    colours = [colour for line in scheme.bivariate for colour in line]

    def block(cell: int) -> str:
        return f'<span class="block" style="background:{colours[cell]};border-color:{scheme.missing}"></span>'

    return f'<div class="atlas-nine">{table(pair, block)}</div>'


def table(pair: Pair, block: Callable[[int], str]) -> str:
    """The legend: a table with class borders, the number of places in each class beside its `block`, and what both directions mean."""
    columns, rows = legend_rows(pair, *pair.thirds)
    along, up = directions(pair)
    body = ""
    for at, (words, counts) in zip(reversed(range(THIRDS)), rows, strict=True):
        blocks = "".join(f"<td>{block(THIRDS * at + column)}{count:,}</td>" for column, count in enumerate(counts))
        body += f'<tr><th scope="row">{escape(words)}</th>{blocks}</tr>'
    heads = "".join(f'<th scope="col">{escape(words)}</th>' for words in columns)
    return (
        f'<p>{escape(up)}</p><table aria-label="Places in each of nine classes">'
        f'<tbody>{body}</tbody><tfoot><tr><td></td>{heads}</tr></tfoot></table><p class="along">{escape(along)}</p>'
    )
