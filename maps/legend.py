"""The legend as HTML: one bar of touching blocks, borders under their edges, kinds of missing in words beside it."""

from __future__ import annotations

from html import escape

from analytics.indicator import Indicator
from maps.classes import Classes
from maps.numbers import MISSING_WORDS, UNITS
from maps.palette import Scheme


def legend(classes: Classes, indicator: Indicator, scheme: Scheme, sites: bool, selected: int = 0) -> str:
    """HTML of the legend; `selected` places are outlined on the map. Blocks carry an outline, so that the lightest is seen on the page."""
    blocks = []
    if classes.zero is not None:
        blocks.append((classes.zero, UNITS[indicator.unit].zero or "0", "zero"))
    blocks += [(colour, label, "") for colour, label in zip(classes.colours, classes.labels(), strict=True)]
    items = "".join(
        item(kind, f'<span class="block" style="background:{colour};border-color:{scheme.missing}"></span>', label)
        for colour, label, kind in blocks
    )
    for kind, count in classes.missing.items():
        block = f'<span class="block" style="background:{scheme.page};border-color:{scheme.missing}"></span>'
        items += item("missing", block, f"{MISSING_WORDS[kind]} ({count:,})")
    if selected:
        block = f'<span class="block" style="border: 2px solid {scheme.ink}"></span>'
        items += item("missing", block, f"selected ({selected:,})")
    if sites:
        items += item("site", f'<span class="dot" style="background:{scheme.site}"></span>', "listed provider")
    return f'<div class="atlas-legend" role="list" aria-label="Legend: {escape(indicator.label)}">{items}</div>'


def item(kind: str, sign: str, words: str) -> str:
    """One entry: its sign above its words."""
    return f'<div role="listitem" class="item {kind}">{sign}{escape(words)}</div>'
