"""A sheet to print on: text measured and wrapped in inches, blocks, and one page drawn the same way twice.

Type is Source Sans Pro (Adobe, SIL Open Font License, maps/type/OFL.txt), the family of the pages: its Latin letters cut out as fonts of
their own (scripts/make_type.py), since a PDF takes half a second less to make from these, and the whole for a line with other letters.
"""

from __future__ import annotations

import gc
import io
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

Way = TypeVar("Way")
TYPE = Path(__file__).parent / "type"
STYLES = {False: "Regular", True: "Semibold"}
POINTS = 72.0

SAME_TWICE: Any = {
    "svg.hashsalt": "ketamine-access-atlas",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "hatch.linewidth": 0.5,
    "path.simplify": False,
}
"""matplotlib's settings for a file: ids that don't change, SVG text as outlines, PDF text in TrueType. (matplotlib 3.11 asks the setting of
PostScript how many letters a PDF's font may have; with its default a dash would be a font of its own.)"""

ONE_AT_A_TIME = threading.Lock()
"""matplotlib's settings belong to the process, so two pictures are drawn one after the other."""


@dataclass(frozen=True)
class Face:
    """A size of type, in points."""

    points: float
    bold: bool = False

    @property
    def line(self) -> float:
        """From one line to the next, in inches."""
        return self.points * (1.2 if self.bold else 1.3) / POINTS

    def font(self, text: str) -> FontProperties:
        """The font for a text: the Latin letters alone where these are enough."""
        style = STYLES[self.bold]
        name = "AtlasSans" if latin(style).issuperset(map(ord, text)) else "SourceSansPro"
        return FontProperties(fname=str(TYPE / f"{name}-{style}.ttf"), size=self.points)


@cache
def latin(style: str) -> frozenset[int]:
    """The letters of a cut font, as code points."""
    return frozenset(get_font(str(TYPE / f"AtlasSans-{style}.ttf")).get_charmap())


@lru_cache(maxsize=16384)
def width_of(text: str, face: Face) -> float:
    """Inches from end to end, in outlines; a screen's grid may round it by a hundredth."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, face.font(text), False)
    return float(width) / POINTS


def wrapped(text: str, face: Face, width: float) -> list[str]:
    """Lines that fit into `width` inches. What has no blank to break at, such as an address, breaks between two characters."""
    lines: list[str] = []
    line, long = "", 0.0
    for word in text.split():
        # Word by word, since words come again from sheet to sheet and lines do not.
        longer = long + width_of(" ", face) + width_of(word, face) if line else width_of(word, face)
        if longer <= width:
            line, long = f"{line} {word}" if line else word, longer
            continue
        if line:
            lines.append(line)
        while width_of(word, face) > width and len(word) > 1:
            fits = next(end for end in range(len(word) - 1, 0, -1) if end == 1 or width_of(word[:end], face) <= width)
            lines.append(word[:fits])
            word = word[fits:]
        line, long = word, width_of(word, face)
    return [*lines, line] if line else lines


def balanced(text: str, face: Face, width: float) -> list[str]:
    """As many lines as `wrapped` needs, of about the same length, so that no single word stands alone."""
    lines = wrapped(text, face, width)
    for narrower in (0.5, 0.6, 0.7, 0.8, 0.9):
        if len(found := wrapped(text, face, narrower * width)) == len(lines):
            return found
    return lines


class Line(Text):
    """One line of text that begins on its baseline. matplotlib measures a text before it draws it, to set it in place: this one stands where
    it is, and a page of eighty lines takes a tenth less to draw."""

    def draw(self, renderer: Any) -> None:
        if not (self.get_visible() and self.get_text()):
            return
        x, y = self.get_transform().transform(self.get_position())
        look = renderer.new_gc()
        look.set_foreground(self.get_color())
        look.set_url(self.get_url())
        renderer.open_group("text", self.get_gid())
        y = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(look, x, y, self.get_text(), self.get_fontproperties(), 0.0, ismath=False, mtext=self)
        look.restore()
        renderer.close_group("text")

    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        """A line is clipped by nothing; what gives it to its axes would work out a path for that."""


def first_fit(ones: Iterable[Way], fits: Callable[[Way], bool]) -> Way:
    """The first way to lay out a page that fits, or the last where none does; ways come largest first and are tried one by one."""
    for one in ones:
        if fits(one):
            break
    return one


def link_of(address: str) -> str:
    """What a click on an address opens: it without what follows a blank; "" where it has no host."""
    return address.partition(" ")[0] if address.startswith(("https://", "http://")) else ""


class Sheet:
    """One page of so many inches; x runs to the right and y down, from the upper left corner."""

    def __init__(self, width: float, height: float, page: str) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height), facecolor=page)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_axis_off()

    def write(self, lines: list[str], face: Face, x: float, y: float, colour: str, url: str = "") -> float:
        """Lines of text from (x, y) downwards; returns where they end."""
        for number, line in enumerate(lines):
            base, font = y + number * face.line + face.points / POINTS, face.font(line)
            self.axes.add_artist(Line(x, base, line, font=font, color=colour, parse_math=False, url=url or None, clip_on=False))
        return y + len(lines) * face.line

    def block(self, x: float, y: float, width: float, height: float, colour: str, edge: str, hatch: str = "") -> None:
        self.axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=0.6, hatch=hatch or None))

    def file(self, kind: str, dots_per_inch: float, title: str, description: str, address: str) -> bytes:
        """The sheet as png, svg or pdf; no date and no name of a machine in it, so that the same sheet is the same bytes."""
        words: dict[str, dict[str, Any]] = {
            "png": {"Title": title, "Description": description, "Source": address, "Software": None},
            "svg": {"Title": title, "Description": description, "Source": address, "Creator": "Ketamine Access Atlas", "Date": None},
            "pdf": {"Title": title, "Subject": description, "Keywords": address, "Author": "Ketamine Access Atlas", "CreationDate": None},
        }
        buffer = io.BytesIO()
        with matplotlib.rc_context(SAME_TWICE):
            self.figure.savefig(buffer, format=kind, dpi=dots_per_inch, metadata=words[kind])
        return buffer.getvalue()


def written(draw: Callable[[], Sheet], kind: str, dots_per_inch: float, title: str, description: str, address: str) -> bytes:
    """A page as png, svg or pdf, drawn while no other is."""
    with ONE_AT_A_TIME:
        body = draw().file(kind, dots_per_inch, title, description, address)
        settle(kind)
    return body


@cache
def settle(kind: str) -> None:
    """Once a kind: what drew the first file of it stays as long as the process, out of the collector's sight. Streamlit sends that through
    all objects after every run of every visitor, who would wait 20 ms and more for what they did not ask for."""
    gc.collect()
    gc.freeze()
