"""A drawing with words over it: the drawing is an image, the words are HTML in the page's type, as large at every width of the drawing."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Label:
    """Words at a point of the drawing, in its units: `anchor` (start, middle, end) says which part of the line is there; `kind` is how it looks
    (strong, soft, ring)."""

    x: float
    y: float
    words: str
    kind: str
    anchor: str = "middle"


def as_address(svg: str) -> str:
    """The drawing as an address that asks no server."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def labelled_html(name: str, address: str, alt: str, size: tuple[float, float], labels: Sequence[Label]) -> str:
    """The drawing (width and height in `size`) with its labels. Who does not see it is told `alt` alone, as by any image."""
    width, height = size
    words = "".join(
        f'<span class="{one.kind} {one.anchor}" style="left:{100 * one.x / width:.2f}%;top:{100 * one.y / height:.2f}%">{escape(one.words)}</span>'
        for one in labels
    )
    return (
        f'<div class="atlas-labelled {name}"><img src="{address}" alt="{escape(alt)}" width="{width:.0f}" height="{height:.0f}">'
        f'<div aria-hidden="true">{words}</div></div>'
    )
