"""Dated parameters and sources as HTML: the value with its unit, since when, who says so, and what is to be said against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from data.parameter import Parameter, Reference, is_share

LONGEST = 12
"""A list of more entries, or one of lists, is counted and not written out."""


def day(when: date) -> str:
    """ "3 January 2027"."""
    return f"{when.day} {when:%B %Y}"


def link(address: str, words: str) -> str:
    """A link that opens apart, or the words alone where there is no address. The words are text, not HTML."""
    if not address:
        return escape(words)
    return f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">{escape(words)}</a>'


def references(given: tuple[Reference, ...]) -> str:
    return "; ".join(link(one.link, one.title) for one in given)


def number(value: float, unit: str) -> str:
    """A number as its unit reads: 12.5 % for a share, $283 for dollars, else with as many digits as it has."""
    if is_share(unit) and 0 <= value <= 1:
        return f"{100 * value:.4g} %"
    if unit.startswith("USD"):
        whole = float(value).is_integer() or value >= 1000
        return f"${value:,.0f}" if whole else f"${value:,.10g}"
    return f"{value:,.4g}" if abs(value) < 1 else f"{value:,.10g}"


def unit_words(unit: str) -> str:
    """What stands behind the number: a share's and a dollar's sign is at the number already."""
    if unit in ("share", "factor", "sentence", "true or false", "state codes"):
        return ""
    return unit.removeprefix("share ").removeprefix("USD").strip()


def spaced(part: object) -> str:
    """The name of a part as words."""
    return str(part).replace("_", " ")


def value_words(value: Any, unit: str, part: Callable[[object], str] = spaced) -> str:
    """A parameter's value in words: number with unit, yes or no, parts by name; what is long is counted."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{number(value, unit)} {unit_words(unit).removesuffix('s') if value == 1 and ' ' not in unit else unit_words(unit)}".strip()
    if isinstance(value, Mapping):
        return with_unit("; ".join(f"{part(name)}: {part_words(one, unit)}" for name, one in value.items()), unit)
    if isinstance(value, tuple):
        return with_unit(part_words(value, unit), unit)
    return str(value)


def part_words(value: Any, unit: str) -> str:
    """A value inside a value."""
    if isinstance(value, Mapping) or (
        isinstance(value, tuple) and (len(value) > LONGEST or any(isinstance(one, Mapping | tuple) for one in value))
    ):
        return f"({len(value)} entries)"
    if isinstance(value, tuple):
        return ", ".join(part_words(one, unit) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value, unit) if isinstance(value, int | float) else str(value)


def with_unit(words: str, unit: str) -> str:
    """The unit in brackets behind several numbers."""
    said = unit_words(unit)
    return f"{words} ({said})" if said else words


def earlier_words(value: Any, unit: str) -> str:
    """An earlier value beside today's, which has the unit."""
    return number(value, unit) if isinstance(value, int | float) and not isinstance(value, bool) else value_words(value, unit)


def remarks(one: Parameter, today: date) -> tuple[str, ...]:
    """What is to be known beside the value: doubt, who paid, between what it may be changed, when it ends, what was noted."""
    said = []
    if one.check:
        said.append("To be checked: read in an abstract or remembered.")
    if one.funding:
        said.append(f"Who paid: {one.funding.rstrip('.')}.")
    if one.low is not None and one.high is not None:
        said.append(f"May be changed between {number(one.low, one.unit)} and {number(one.high, one.unit)}.")
    if one.expires is not None:
        said.append(f"{'Ended' if one.has_expired(today) else 'Ends'} on {day(one.expires)}.")
    if one.note:
        said.append(one.note.rstrip(".") + ".")
    return tuple(said)


def parameter_html(one: Parameter, today: date) -> str:
    """A term and its descriptions, for a list of definitions: label, value and since when, what it is, remarks, source."""
    earlier = "; ".join(f"{earlier_words(value, one.unit)} from {day(start)}" for start, value in reversed(one.values[:-1]))
    before = f". Before: {earlier}" if earlier else ""
    start, value = one.values[-1]
    told = escape(" ".join((one.description, *remarks(one, today))))
    return (
        f"<dt>{escape(one.label)}</dt>"
        f'<dd><span class="value">{escape(value_words(value, one.unit, one.part_words))}</span>, from {day(start)}{escape(before)}</dd>'
        f"<dd>{told}</dd>"
        f'<dd class="from">Source: {references(one.references)}. Read in {one.verified}. Name: <code>{escape(one.id)}</code></dd>'
    )


def parameters_html(several: tuple[Parameter, ...], today: date) -> str:
    return f'<dl class="atlas-facts">{"".join(parameter_html(one, today) for one in several)}</dl>'


def sources_html(several: tuple[Mapping[str, Any], ...]) -> str:
    """Publisher, title, vintage and licence of each source, with its address where it has one."""
    items = "".join(
        f"<li>{escape(one['publisher'])}: {link(one['url'], one['title'])}, {escape(one['vintage'])}. {escape(one['licence'])}.</li>"
        for one in several
    )
    return f'<ul class="atlas-lists">{items}</ul>'


def paragraph(text: str) -> str:
    return f'<p class="atlas-text">{escape(text)}</p>'


def table_html(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table with a caption and a heading over each column; the first cell of a row heads the row. Cells are HTML, heads are text."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows)
    return f'<table class="atlas-grid"><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
