"""A worked case as HTML: its small map as a table, then every sum as it stands in the file that the tests evaluate."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

from data.examples import Example, Row
from maps.facts import table_html

DIGITS = 6


def amount(value: float) -> str:
    """A number of an example, with few digits."""
    if math.isinf(value):
        return "infinite"
    return f"{value:,.{DIGITS}g}"


def is_exact(value: float) -> bool:
    """Whether those few digits are all it has."""
    return math.isinf(value) or math.isclose(float(f"{value:.{DIGITS}g}"), value, rel_tol=1e-12)


def sum_words(text: str) -> str:
    """Arithmetic as it is written in a book."""
    return text.replace("*", "×").replace("-", "−")


def row_words(row: Row, unit: str = "") -> str:
    """ "A: 2 / (100 + 300) = 0.005 for each adult"."""
    value = f"{amount(row.value)} {unit}".strip()
    if row.why:
        return f"{row.what}: {amount(row.value)}, {row.why}"
    if row.sum == amount(row.value):
        return f"{row.what}: {value}"
    return f"{row.what}: {sum_words(row.sum)} {'=' if is_exact(row.value) else '≈'} {value}"


def decay_words(example: Example) -> str:
    """How much a site counts, in words; "" where the measure has no decay."""
    stated, unit = example.decay, example.cost_unit
    kind = stated.get("kind", "")
    end = f"nothing beyond {stated.get('reach', '')} {unit}"
    if kind == "binary":
        return f"A site within {stated['reach']} {unit} counts in full, and nothing beyond."
    if kind == "steps":
        bands = ", ".join(f"{weight:g} up to {edge}" for edge, weight in stated["weights"].items())
        return f"A site counts {bands} {unit}, and nothing beyond."
    if kind == "gaussian":
        return f"A site counts exp(−0.5 × ({unit} / {stated['scale']:g})²), and {end}."
    if kind == "exponential":
        return f"A site counts exp(−{stated['rate']:g} × {unit}), and {end}."
    if kind == "inverse_power":
        return f"A site counts ({stated['scale']:g} / {unit}) to the power of {stated['power']:g}, at most 1, and {end}."
    if kind == "from_lower_edges":
        bands = ", ".join(f"{weight:g} from {edge}" for edge, weight in stated["weights"].items())
        return f"A site counts {bands} {unit} on, and {end}."
    return f"{example.tau:g} {unit} weigh as much as one unit of crowding." if example.tau else ""


def map_table(example: Example) -> str:
    """The small map: a row a place, a column a site; "no way" where none leads."""
    heads = ("Place", "Adults", *(f"{example.cost_unit.capitalize()} to {site} (supply {supply:g})" for site, supply in example.sites))
    rows = []
    for place, people in example.places:
        ways = [example.cost(place, site) for site, _ in example.sites]
        rows.append((escape(place), f"{people:,.0f}", *("no way" if way is None else f"{way:g}" for way in ways)))
    return table_html("What goes in", heads, rows)


def given_html(example: Example) -> str:
    """What goes in where there is no map: lists with a value for each result as a table, the rest by name."""
    columns = {name: value for name, value in example.given.items() if isinstance(value, list) and len(value) == len(example.results)}
    rows = [(escape(row.what), *(f"{value[position]:,g}" for value in columns.values())) for position, row in enumerate(example.results)]
    table = table_html("What goes in", ("", *(spelled(name) for name in columns)), rows) if columns else ""
    rest = {name: value for name, value in example.given.items() if name not in columns}
    items = "".join(f"<li>{escape(spelled(name))}: {escape(given_words(value))}</li>" for name, value in rest.items())
    return table + (f'<ul class="atlas-sums">{items}</ul>' if items else "")


def spelled(name: str) -> str:
    return name.replace("_", " ").capitalize()


def given_words(value: Any) -> str:
    """One argument: a number, a list, or parts by name."""
    if isinstance(value, Mapping):
        return "; ".join(f"{str(part).replace('_', ' ')}: {given_words(one)}" for part, one in value.items())
    return ", ".join(given_words(one) for one in value) if isinstance(value, list) else f"{value:,g}"


def example_html(example: Example) -> str:
    """The whole case: plain words, what goes in, how sites count, the sums on the way, and what comes out."""
    steps = "".join(f"<li>{escape(row_words(row))}</li>" for row in example.steps)
    results = "".join(f"<li>{escape(row_words(row, example.unit))}</li>" for row in example.results)
    counted = decay_words(example)
    return (
        f'<p class="atlas-text">{escape(example.plain)}</p>'
        + (map_table(example) if example.places else given_html(example))
        + (f'<p class="atlas-text">{escape(counted)}</p>' if counted else "")
        + (f'<p class="atlas-text">On the way:</p><ul class="atlas-sums">{steps}</ul>' if steps else "")
        + f'<p class="atlas-text">What comes out:</p><ul class="atlas-sums">{results}</ul>'
    )
