"""The legend as HTML: one bar of touching blocks, borders under their edges, kinds of missing in words beside it."""

from __future__ import annotations

from html import escape

from analytics.indicator import Indicator
from maps.classes import Classes
from maps.numbers import MISSING_WORDS
from maps.palette import Scheme

ZERO_WORDS = {"share": "0: nobody within reach of a listed site", "sites": "0: no list names one", "rate": "0: no list names one"}


def legend(classes: Classes, indicator: Indicator, scheme: Scheme, sites: bool) -> str:
    """HTML of the legend. Blocks carry an outline, so that the lightest is seen on the page."""
    blocks = []
    if classes.zero is not None:
        blocks.append((classes.zero, ZERO_WORDS.get(indicator.unit, "0"), "zero"))
    blocks += [(colour, label, "") for colour, label in zip(classes.colours, classes.labels(), strict=True)]
    items = "".join(
        f'<li class="{kind}"><span class="block" style="background:{colour};border-color:{scheme.missing}"></span>{escape(label)}</li>'
        for colour, label, kind in blocks
    )
    for kind, count in classes.missing.items():
        items += f'<li class="missing"><span class="block" style="background:{scheme.page};border-color:{scheme.missing}"></span>{escape(MISSING_WORDS[kind])} ({count:,})</li>'
    if sites:
        items += f'<li class="site"><span class="dot" style="background:{scheme.site}"></span>listed provider</li>'
    return f'<ul class="atlas-legend" aria-label="Legend: {escape(indicator.unit_words)}">{items}</ul>'
