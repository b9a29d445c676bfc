"""The legend as HTML: one bar of touching blocks, borders under their edges, kinds of missing in words beside it."""

from __future__ import annotations

from html import escape

from analytics.indicator import Indicator
from maps.classes import Classes
from maps.numbers import MISSING_WORDS
from maps.palette import Scheme

ZERO_WORDS = {"share": "0: nobody in reach", "sites": "0: no list names one", "rate": "0: no list names one"}


def legend(classes: Classes, indicator: Indicator, scheme: Scheme, sites: bool) -> str:
    """HTML of the legend. Blocks carry an outline, so that the lightest is seen on the page."""
    blocks = []
    if classes.zero is not None:
        blocks.append((classes.zero, ZERO_WORDS.get(indicator.unit, "0"), "zero"))
    blocks += [(colour, label, "") for colour, label in zip(classes.colours, classes.labels(), strict=True)]
    items = "".join(
        item(kind, f'<span class="block" style="background:{colour};border-color:{scheme.missing}"></span>', label)
        for colour, label, kind in blocks
    )
    for kind, count in classes.missing.items():
        block = f'<span class="block" style="background:{scheme.page};border-color:{scheme.missing}"></span>'
        items += item("missing", block, f"{MISSING_WORDS[kind]} ({count:,})")
    if sites:
        items += item("site", f'<span class="dot" style="background:{scheme.site}"></span>', "listed provider")
    return f'<div class="atlas-legend" role="list" aria-label="Legend: {escape(indicator.unit_words)}">{items}</div>'


def item(kind: str, sign: str, words: str) -> str:
    """One entry: its sign above its words."""
    return f'<div role="listitem" class="item {kind}">{sign}{escape(words)}</div>'
