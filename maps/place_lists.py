"""Lists of the page of a place as HTML: the nearest sites by kind, and the figures in which places are alike. All texts are escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from analytics.near_place import Inside
from analytics.nearest_kinds import Nearest
from analytics.similar import Similar, Trait
from maps.numbers import spoken
from maps.place_words import INSIDE_KINDS, KIND_WORDS, TRAIT_HEADS, inside_words, nearest_words


def nearest_html(found: tuple[Nearest, ...]) -> str:
    """A line for each kind of therapy, and one for Medicaid."""
    items = "".join(
        f"<li><strong>{escape(KIND_WORDS[one.kind])}</strong>: {escape(nearest_words(one))}"
        + (f' <span class="place-lists">{escape(", ".join(one.lists))}</span>' if one.lists else "")
        + "</li>"
        for one in found
    )
    return f'<ul class="place-nearest">{items}</ul>'


def inside_html(found: tuple[Inside, ...]) -> str:
    """A line for each kind of therapy, and one for Medicaid: how many sites are known to offer or take it."""
    items = "".join(
        f"<li><strong>{escape(INSIDE_KINDS[one.kind])}</strong>: {escape(inside_words(one))}</li>"
        for one in found
        if one.kind in INSIDE_KINDS
    )
    return f'<ul class="place-nearest">{items}</ul>'


def trait_words(trait: Trait, value: float) -> str:
    """A figure of one of the four traits: "22 %", "$55,663", "3"."""
    return f"{value:.0f}" if trait.unit == "code" and value == value else spoken(value, trait.unit)


def traits_html(figures: Mapping[str, float], found: Similar, distance: float | None) -> str:
    """The four figures of one place, each under its name, and its distance where it is another place."""
    cells = [(TRAIT_HEADS[trait.id], trait_words(trait, figures[trait.id])) for trait in found.traits]
    cells += [("Distance", f"{distance:.2f}")] if distance is not None else []
    body = "".join(f"<span><small>{escape(name)}</small> {escape(value)}</span>" for name, value in cells)
    return f'<p class="place-traits">{body}</p>'


METHOD = '<p class="atlas-note"><a href="/methods#ranks-and-likeness">How ranks, and places like one, are made</a></p>'
