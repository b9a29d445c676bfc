"""A view as one HTML file: map, finding, legend, notes, sources and table, for an archive, an attachment or a reader who hears it.

Nothing in it runs and nothing in it is fetched: the map is SVG within the page, the colours are its own style, light, dark and on paper.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.conditions import MET
from analytics.model import Result
from analytics.places import level_of, places
from analytics.refusal import capital
from analytics.tables import Tables
from maps import words
from maps.cite import ATLAS, based_on
from maps.classes import MISSING_CLASS, ZERO_CLASS, Classes, classify
from maps.condition_words import FADED, on_map
from maps.descriptor import column_fields
from maps.files import data_csv
from maps.numbers import MISSING_WORDS
from maps.palette import DARK, LIGHT, Scheme
from maps.print import Entry, Points, entries, ground, said_of, shows_sites, site_points
from maps.selection import selected
from maps.view import View

WIDTH, TALLEST = 975, 1100
"""Units of the drawing, of which paths count tenths: the customary width of the nation; a state that is tall is drawn smaller."""
MISSING_IDS = {kind: f"m{number}" for number, kind in enumerate(MISSING_WORDS)}
PATTERNS = {
    1: '<circle cx="3" cy="3" r="1.1" fill="var(--missing)"/>',
    2: '<path d="M0 6L6 0" stroke="var(--missing)"/>',
    3: '<path d="M0 6L6 0M0 0L6 6" stroke="var(--missing)"/>',
}
"""What tells the kinds of missing apart, by their place in MISSING_WORDS: none, dots, stripes, crosses, as in print."""
STYLE = """
:root{color-scheme:light dark}
body{margin:0 auto;padding:1.5rem 1rem;max-width:62rem;background:var(--page);color:var(--ink);font:1rem/1.5 "Source Sans 3","Source Sans Pro",system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.25;font-weight:600;margin:0 0 .3rem}
h2{font-size:1.15rem;font-weight:600;margin:2rem 0 .3rem}
p{max-width:70ch;margin:.3rem 0}
.soft{color:var(--soft)}
figure{margin:1rem 0}
svg{display:block;width:100%;height:auto;max-height:85vh}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:0 0 .8rem;padding:0;list-style:none}
.legend svg{display:inline-block;width:1.8em;height:.9em;margin-right:.4em;vertical-align:-.05em}
a{color:var(--link);overflow-wrap:anywhere}
a:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.3rem 0}
th,td{padding:.2rem .7rem .2rem 0;text-align:left;vertical-align:top;font-weight:400;border-bottom:1px solid var(--rule)}
thead th{font-weight:600;vertical-align:bottom;border-bottom-color:var(--missing)}
.n{text-align:right}
@media print{body{padding:0;max-width:none;font-size:9pt}.scroll{overflow:visible}thead{display:table-header-group}tr,figure{break-inside:avoid}}
"""


def colours(scheme: Scheme, classes: Classes) -> str:
    """The page's colours as custom properties, those of the classes with them."""
    said = {
        "page": scheme.page,
        "ink": scheme.ink,
        "soft": scheme.soft_ink,
        "link": scheme.link,
        "missing": scheme.missing,
        "rule": scheme.panel,
        "site": scheme.site,
        "z": classes.zero or scheme.page,
        **{f"c{number}": colour for number, colour in enumerate(classes.colours)},
    }
    return "".join(f"--{name}:{colour};" for name, colour in said.items())


def style(by_day: Classes, by_night: Classes) -> str:
    return f":root{{{colours(LIGHT, by_day)}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{colours(DARK, by_night)}}}}}{STYLE}"


# --- The map ---


def path_of(points: Points, codes: npt.NDArray[np.uint8]) -> str:
    """Rings of a plane as one SVG path in whole tenths of a unit, relative moves; rings that shrink to nothing are left out."""
    whole = np.rint(points * 10).astype(int)
    starts = np.flatnonzero(codes == 1)
    parts = []
    for ring in np.split(whole, starts[1:]) if len(starts) else ():
        ring = ring[np.r_[True, np.any(np.diff(ring, axis=0) != 0, axis=1)]]
        if len(ring) < 4:
            continue
        # A minus sign parts two numbers as well as a blank does, and takes no room of its own.
        moves = "".join(f" {step}" if step >= 0 else f"{step}" for step in np.diff(ring[:-1], axis=0).ravel().tolist())
        parts.append(f"M{ring[0, 0]} {ring[0, 1]}l{moves.removeprefix(' ')}z")
    return "".join(parts)


def fill_of(code: int, said: str) -> str:
    """The paint of a class, of zero, or of a kind of missing, as the style names it."""
    if code == MISSING_CLASS:
        return f"url(#{MISSING_IDS[said]})" if said in MISSING_IDS else "var(--page)"
    return "var(--z)" if code == ZERO_CLASS else f"var(--c{code})"


def patterns() -> str:
    return "".join(
        f'<pattern id="{one}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="scale(10)"><rect width="6" height="6" fill="var(--page)"/>{PATTERNS.get(number, "")}</pattern>'
        for number, one in enumerate(MISSING_IDS.values())
    )


def map_svg(result: Result, classes: Classes, view: View, tables: Tables) -> str:
    """The map: one path a class and kind of missing, the lines of states, the coast, the chosen place, the sites."""
    query, state = result.query, places(tables)[result.query.place].state
    on = ground(query.level, state, tables)
    scale, shift = on.fitted((0, 2, WIDTH, TALLEST))
    height = scale * (on.box[3] - on.box[1]) + 4

    def drawn(part: tuple[Points, npt.NDArray[np.uint8]]) -> str:
        return path_of(part[0] * scale + shift, part[1])

    areas: dict[tuple[int, str], list[str]] = {}
    for geoid, code, said in zip(result.frame["geoid"], classes.code, result.frame["status"].astype(str), strict=True):
        if geoid in on.areas:
            areas.setdefault((int(code), said if code == MISSING_CLASS else ""), []).append(drawn(on.areas[geoid]))
    thin = 2.5 if len(result.frame) > 500 else 6
    body = "".join(
        f'<path fill="{fill_of(code, said)}" stroke="var(--{"missing" if code == MISSING_CLASS else "page"})" stroke-width="{thin}" d="{"".join(parts)}"/>'
        for (code, said), parts in sorted(areas.items(), key=lambda one: -one[0][0])
    )
    if (met := on_map(query, view, tables)) is not None:
        lit = set(met.of(MET)["geoid"])
        others = "".join(drawn(one) for geoid, one in on.areas.items() if geoid not in lit)
        body += f'<path fill="var(--page)" fill-opacity="{1 - FADED}" d="{others}"/>'
        body += f'<path fill="none" stroke="var(--ink)" stroke-width="8" d="{"".join(drawn(one) for geoid, one in on.areas.items() if geoid in lit)}"/>'
    if query.level != "state":
        body += f'<path fill="none" stroke="var(--page)" stroke-width="10" d="{drawn(on.lines)}"/>'
    body += f'<path fill="none" stroke="var(--missing)" stroke-width="8" d="{drawn(on.coast)}"/>'
    if len(query.place) > 2:
        own = drawn(ground(level_of(query.place), state, tables).areas[query.place])
        body += "".join(
            f'<path fill="none" stroke="var(--{ink})" stroke-width="{width}" d="{own}"/>' for ink, width in (("page", 50), ("ink", 22))
        )
    if here := [on.areas[geoid] for geoid in selected(view, result).here if geoid in on.areas]:
        rings = "".join(drawn(one) for one in here)
        body += "".join(
            f'<path fill="none" stroke="var(--{ink})" stroke-width="{width}" d="{rings}"/>' for ink, width in (("page", 36), ("ink", 16))
        )
    if shows_sites(result, view):
        x, y = on.place(*site_points(result, tables))
        size = 80 if state else 30
        spots = np.rint(np.column_stack([x, y]) * scale * 10 + shift * 10)
        # A line of no length with round ends is a dot, in a fifth of what circles take.
        dots = "".join(f"M{left:.0f} {down:.0f}h0" for left, down in spots[np.isfinite(spots).all(axis=1)])
        body += "".join(
            f'<path stroke="var(--{ink})" stroke-width="{width}" stroke-linecap="round" d="{dots}"/>'
            for ink, width in (("page", size + 12), ("site", size))
        )
    name, description = escape(words.title(result, tables)), escape(words.alt_text(result, tables))
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-labelledby="map-title map-description"><title id="map-title">{name}</title>'
        f'<desc id="map-description">{description}</desc><defs>{patterns()}</defs>'
        f'<g transform="scale(.1)" stroke-linejoin="round">{body}</g></svg>'
    )


# --- The legend ---


def legend(result: Result, classes: Classes, view: View) -> str:
    """Every class, kind of missing and the sites, each with its sign."""
    kinds = iter(classes.missing)
    number = iter(range(len(result.frame)))

    def sign(one: Entry) -> str:
        if one.kind == "site":
            return '<circle cx="90" cy="50" r="40" fill="var(--site)"/>'
        paint = (
            "var(--z)"
            if one.kind == "zero"
            else fill_of(MISSING_CLASS, next(kinds))
            if one.kind == "missing"
            else f"var(--c{next(number)})"
        )
        return f'<rect x="5" y="5" width="170" height="90" fill="{paint}" stroke="var(--missing)" stroke-width="10"/>'

    items = "".join(
        f'<li><svg viewBox="0 0 180 100" aria-hidden="true">{sign(one)}</svg>{escape(one.label)}</li>'
        for one in entries(result, classes, view, LIGHT)
    )
    return f'<ul class="legend" aria-label="Legend: {escape(result.indicator.label)}">{items}</ul>'


# --- The table ---


def cell(text: str, share: bool) -> str:
    """A number of the file as it is read: a share in per cent, every digit kept; else the file's own text."""
    return f"{Decimal(text) * 100:f} %" if text and share else text


def rows_html(result: Result, fields: list[dict[str, Any]]) -> Iterator[str]:
    """One row a place, headed by its name; where a value is empty its status says why."""
    reader = csv.reader(io.StringIO(data_csv(result).decode("utf-8"), newline=""))
    next(reader)
    is_share = result.indicator.unit == "share"
    shown = [(one["type"] != "string", one["type"] == "number" and (is_share or one["name"] == "none")) for one in fields[2:]]
    for row in reader:
        cells = [
            f"<td{' class=n' if numeric else ''}>{escape(cell(text, share))}</td>"
            for text, (numeric, share) in zip(row[2:], shown, strict=True)
        ]
        yield f'<tr><td>{escape(row[0])}</td><th scope="row">{escape(row[1])}</th>{"".join(cells)}</tr>'


def table_html(result: Result) -> str:
    fields = column_fields(result)
    heads = "".join(
        f'<th scope="col"{"" if one["type"] == "string" else " class=n"}>{escape(capital(one["title"]))}</th>' for one in fields
    )
    caption = f"{capital(result.indicator.label)}, {words.rows_words(result)}. The status says why a value is empty; missing is not zero."
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="Table"><table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows_html(result, fields))}\n</tbody></table></div>"
    )


# --- The page ---


def linked(address: str) -> str:
    """The address as a link where it is one; what follows a blank is no part of it."""
    link, blank, more = address.partition(" ")
    shown = f'<a href="{escape(link)}">{escape(link)}</a>' if link.startswith(("https://", "http://")) else escape(link)
    return shown + escape(blank + more)


def html_file(result: Result, view: View, tables: Tables, address: str) -> bytes:
    """The page as UTF-8; the same view is the same bytes. `address` is where the view is found, as it shall be read.

    ValueError for a refusal, which has no file but its sentence.
    """
    if result.refusal is not None:
        raise ValueError(result.refusal.sentence)
    title = words.title(result, tables)
    classes, by_night = (classify(result.frame, result.indicator, scheme, view.classing) for scheme in (LIGHT, DARK))
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in (*said_of(result, view, classes, tables), *result.notes))
    cited = f"{ATLAS}. {title}. Data version {result.data_version}. "
    body = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(words.alt_text(result, tables))}">
<title>{escape(title)}</title>
<style>
{style(classes, by_night)}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<p class="soft">{escape(words.subtitle(result))}</p>
<figure>
{legend(result, classes, view)}
{map_svg(result, classes, view, tables)}
</figure>
{notes}<p class="soft">{escape(words.source_line(result))}</p>
<h2>The table</h2>
{table_html(result)}
<h2>How to cite it</h2>
<p>{escape(cited)}{linked(address)}. Based on: {escape(based_on([result]))}.</p>
<p class="soft">Lists of providers are a lower bound, never complete. This is not medical advice.</p>
</main>
</body>
</html>
"""
    return body.encode()
