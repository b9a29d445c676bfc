"""The maps of a frame for another site: SVG with title and legend, one map or two of the same place.

One drawing serves both themes: areas of one class are one path, and the style sheet says its colour by day and by night. Of two
questions the boundaries are written once, one path for each pair of classes that occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from analytics.conditions import MET, Meeting
from analytics.model import Result
from analytics.places import level_of, places
from analytics.supply import choose
from analytics.tables import Tables
from analytics.together import Pair
from maps import words
from maps.classes import MISSING_CLASS, ZERO_CLASS, Classes, classify
from maps.condition_words import on_map, said_of_map
from maps.messages import Messages
from maps.numbers import MISSING_WORDS, UNITS
from maps.palette import SCHEMES, Scheme
from maps.plane import Plane, plane
from maps.together_words import told_of
from maps.view import View, second_classing

MANY = 500
"""Places, over which their lines are drawn finer."""


@dataclass(frozen=True)
class Figure:
    """What a frame shows of a view: its title in words and its HTML, sentences beneath it, what must be read beside it, and sources."""

    title: str
    html: str
    beneath: tuple[str, ...]
    notes: tuple[str, ...]
    sources: str
    colours: Callable[[Scheme], Mapping[str, str]]
    """Class in the style sheet -> colour, in a theme."""


@dataclass(frozen=True)
class Shown:
    """One question of a frame: its answer, its classes by theme, and the letter that its colours begin with in the style sheet."""

    result: Result
    classes: dict[str, Classes]
    letter: str

    @property
    def codes(self) -> dict[str, int]:
        """geoid -> class"""
        return dict(zip(self.result.frame["geoid"], self.classes["light"].code.tolist(), strict=True))

    def colours(self, scheme: Scheme) -> dict[str, str]:
        """Class in the style sheet -> colour, in a theme."""
        classes = self.classes[scheme.name]
        zero = {"z": classes.zero} if classes.zero is not None else {}
        return {
            f"{self.letter}{name}": colour for name, colour in {**{mark(at): one for at, one in enumerate(classes.colours)}, **zero}.items()
        }


def shown(result: Result, view: View, letter: str) -> Shown:
    return Shown(
        result, {name: classify(result.frame, result.indicator, scheme, view.classing) for name, scheme in SCHEMES.items()}, letter
    )


def mark(code: int) -> str:
    """The class of places in the style sheet: 0, 1, ..., z for zero, m for missing."""
    return {ZERO_CLASS: "z", MISSING_CLASS: "m"}.get(code, str(code))


@dataclass(frozen=True)
class Alike:
    """Places that share a path: its id, their class in every question, and what that adds to the class name: " lit" or " faded" where conditions are asked, else ""."""

    id: str
    classes: tuple[int, ...]
    look: str


def areas(codes: Sequence[Mapping[str, int]], on: Plane, met: Meeting | None = None) -> tuple[str, list[Alike]]:
    """Paths of places that look alike in every question, with the lines of states and the coast; and the former one by one. `codes` has
    the class of each place, question by question."""
    grouped: dict[tuple[tuple[int, ...], str], list[str]] = {}
    lit = None if met is None else set(met.of(MET)["geoid"])
    for geoid, path in on.paths.items():
        look = "" if lit is None else " lit" if geoid in lit else " faded"
        grouped.setdefault((tuple(known.get(geoid, MISSING_CLASS) for known in codes), look), []).append(path)
    # The missing and the lit come last, so that no neighbour's line lies on their outline.
    ordered = sorted(grouped, key=lambda one: ([code == MISSING_CLASS for code in one[0]], one[1] == " lit"))
    drawn = {f"p{number}": "".join(grouped[one]) for number, one in enumerate(ordered)} | {"lines": on.lines, "coast": on.coast}
    paths = "".join(f'<path id="{name}" d="{path}"/>' for name, path in drawn.items() if path)
    return paths, [Alike(f"p{number}", *one) for number, one in enumerate(ordered)]


def map_of(one: Shown, position: int, paths: str, uses: list[Alike], on: Plane, view: View, tables: Tables) -> str:
    """The map of one question. `paths` are the boundaries, "" where an earlier map of the page holds them. Conditions show on the first map,
    as on the page."""
    filled = [(place.id, f"{one.letter}{mark(place.classes[position])}{'' if position else place.look}") for place in uses]
    over = outlined(one.result, view, tables) + sites(one, view, on, tables)
    return drawing(on, words.alt_text(one.result, tables), paths, filled, over)


def drawing(on: Plane, alt: str, paths: str, filled: Iterable[tuple[str, str]], over: str) -> str:
    """A map in SVG: the paths named in `filled`, each with its class in the style sheet, lines of states, the coast, and what lies over them."""
    fills = "".join(f'<use href="#{name}" class="{look}"/>' for name, look in filled)
    fine = "many" if len(on.paths) > MANY else "few"
    lines = '<use href="#lines" class="state"/>' if on.lines else ""
    return (
        f'<svg viewBox="0 0 {on.width} {on.height}" role="img" aria-label="{escape(alt)}">'
        f'{f"<defs>{paths}</defs>" if paths else ""}<g transform="scale(.1)" class="map"><g class="{fine}">{fills}</g>{lines}'
        f'<use href="#coast" class="coast"/>{over}</g></svg>'
    )


def outlined(result: Result, view: View, tables: Tables) -> str:
    """The chosen place and the selected ones, in ink on a light rim."""
    state = places(tables)[result.query.place].state
    chosen = [result.query.place] if len(result.query.place) > 2 else []
    found = []
    for geoid in dict.fromkeys((*chosen, *view.selected)):
        path = plane(level_of(geoid), state, tables).paths.get(geoid, "") if geoid in places(tables) else ""
        found += [path] if path else []
    return "".join(f'<path class="{look}" d="{"".join(found)}"/>' for look in ("rim", "chosen")) if found else ""


def sites(one: Shown, view: View, on: Plane, tables: Tables) -> str:
    """A dot for every site that counts, two strokes of one path of points."""
    result = one.result
    if not (view.sites and result.indicator.uses_providers):
        return ""
    providers, state = tables["providers"], places(tables)[result.query.place].state
    of = providers["county"].str[:2].to_numpy(dtype=object)
    rows = choose(result.query, providers).known & ((of == state) if state else True)
    if not rows.any():
        return ""
    there = providers[rows]
    x, y = on.place(there["longitude"].to_numpy(dtype=float), there["latitude"].to_numpy(dtype=float), of[rows])
    points = sorted(set(zip(np.rint(10 * x).astype(int).tolist(), np.rint(10 * y).astype(int).tolist(), strict=True)))
    path = "".join(f"M{left} {top}h0" for left, top in points)
    name = f"{one.letter}-sites"
    return f'<g class="sites{" large" if state else ""}"><path id="{name}" d="{path}"/><use href="#{name}"/></g>'


def legend(one: Shown, view: View, say: Messages) -> str:
    """Every class, every kind of missing with how many places it has, and the sites."""
    classes, indicator = one.classes["light"], one.result.indicator
    entries = [("z", UNITS[indicator.unit].zero or "0", "zero")] if classes.zero is not None else []
    entries += [(mark(code), label, "class") for code, label in enumerate(classes.labels())]
    items = [f'<li class="{kind}"><i class="{one.letter}{name}"></i>{escape(label)}</li>' for name, label, kind in entries]
    items += [f'<li class="missing"><i></i>{escape(MISSING_WORDS[kind])} ({count:,})</li>' for kind, count in classes.missing.items()]
    if view.sites and indicator.uses_providers:
        items.append(f'<li class="site"><i></i>{escape(say("site"))}</li>')
    return f'<ul class="legend" aria-label="{escape(say("legend", measure=indicator.label))}">{"".join(items)}</ul>'


# --- One map, or two ---


def section(one: Shown, drawn: str, heading: str, view: View, tables: Tables, say: Messages) -> str:
    """A map with its finding, what it counts and its legend."""
    return (
        f"<section><{heading}>{escape(words.title(one.result, tables))}</{heading}>"
        f'<p class="subtitle">{escape(words.subtitle(one.result))}</p>{legend(one, view, say)}{drawn}</section>'
    )


def map_figure(result: Result, view: View, tables: Tables, say: Messages) -> Figure:
    """The map of a view alone."""
    return figure_of([shown(result, view, "a")], words.title(result, tables), words.source_line(result), view, tables, say)


def maps_figure(pair: Pair, view: View, tables: Tables, say: Messages) -> Figure:
    """Both measures as two maps of the same place."""
    told = told_of(pair, view, tables)
    second = shown(pair.second, replace(view, classing=second_classing(view)), "b")
    return figure_of([shown(pair.first, view, "a"), second], told.title, told.sources, view, tables, say)


def figure_of(questions: Sequence[Shown], title: str, sources: str, view: View, tables: Tables, say: Messages) -> Figure:
    query = questions[0].result.query
    on = plane(query.level, places(tables)[query.place].state, tables)
    met = on_map(query, view, tables)
    paths, uses = areas([one.codes for one in questions], on, met)
    parts = [
        section(one, map_of(one, at, "" if at else paths, uses, on, view, tables), f"h{at + 1}", view, tables, say)
        for at, one in enumerate(questions)
    ]
    notes = [note for one in questions for note in (one.classes["light"].said, *one.result.notes)]
    return Figure(
        title,
        f'<div class="maps">{"".join(parts)}</div>',
        tuple(said_of_map(met)),
        tuple(notes),
        sources,
        lambda scheme: {name: colour for one in questions for name, colour in one.colours(scheme).items()},
    )
