"""A view as one small page for the frame of another site: SVG with title, legend, source and a link; no script, nothing fetched.

One drawing serves both themes: areas of one class are one path, and the style sheet says its colour by day and by night. Of two
questions the boundaries are written once, one path for each pair of classes that occurs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import numpy as np

from analytics.conditions import MET, Meeting
from analytics.model import Result
from analytics.places import level_of, places
from analytics.supply import choose
from analytics.tables import Tables
from maps import words
from maps.classes import MISSING_CLASS, ZERO_CLASS, Classes, classify
from maps.condition_words import FADED, on_map, said_of_map
from maps.export import link
from maps.messages import Messages
from maps.numbers import MISSING_WORDS, UNITS
from maps.palette import SCHEMES, Scheme
from maps.plane import Plane, plane
from maps.view import View, second_classing

STYLE = (Path(__file__).parent / "embed.css").read_text(encoding="utf-8")
MANY = 500
"""Places, over which their lines are drawn finer."""


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


def shown(result: Result, view: View, letter: str) -> Shown:
    return Shown(
        result, {name: classify(result.frame, result.indicator, scheme, view.classing) for name, scheme in SCHEMES.items()}, letter
    )


def mark(code: int) -> str:
    """The class of places in the style sheet: 0, 1, ..., z for zero, m for missing."""
    return {ZERO_CLASS: "z", MISSING_CLASS: "m"}.get(code, str(code))


# --- Style ---


def style(questions: list[Shown]) -> str:
    """The whole style sheet: the frame's own rules and the colours of both themes."""
    light, dark = (colours(questions, SCHEMES[name]) for name in ("light", "dark"))
    return f"{STYLE}.faded {{ opacity: {FADED} }}\n{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def colours(questions: list[Shown], scheme: Scheme) -> str:
    """The colours of one theme, as variables and one rule a class."""
    names = {
        "page": scheme.page,
        "ink": scheme.ink,
        "soft": scheme.soft_ink,
        "link": scheme.link,
        "line": scheme.missing,
        "site": scheme.site,
    }
    rules = [f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in names.items())} }}"]
    for one in questions:
        classes = one.classes[scheme.name]
        zero = {"z": classes.zero} if classes.zero is not None else {}
        for name, colour in {**{mark(code): colour for code, colour in enumerate(classes.colours)}, **zero}.items():
            rules.append(f".{one.letter}{name} {{ fill: {colour}; background: {colour} }}")
    return "\n".join(rules) + "\n"


def style_hash(text: str) -> str:
    """A style sheet as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- The map ---


@dataclass(frozen=True)
class Alike:
    """Places that share a path: its id, their class in every question, and what that adds to the class name: " lit" or " faded" where conditions are asked, else ""."""

    id: str
    classes: tuple[int, ...]
    look: str


def areas(questions: list[Shown], on: Plane, met: Meeting | None) -> tuple[str, list[Alike]]:
    """Paths of places that look alike in every question, with the lines of states and the coast; and the former one by one."""
    grouped: dict[tuple[tuple[int, ...], str], list[str]] = {}
    codes = [one.codes for one in questions]
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
    filled = "".join(
        f'<use href="#{place.id}" class="{one.letter}{mark(place.classes[position])}{"" if position else place.look}"/>' for place in uses
    )
    fine = "many" if len(on.paths) > MANY else "few"
    over = '<use href="#lines" class="state"/>' if on.lines else ""
    return (
        f'<svg viewBox="0 0 {on.width} {on.height}" role="img" aria-label="{escape(words.alt_text(one.result, tables))}">'
        f'{f"<defs>{paths}</defs>" if paths else ""}<g transform="scale(.1)" class="map"><g class="{fine}">{filled}</g>{over}'
        f'<use href="#coast" class="coast"/>{outlined(one.result, view, tables)}{sites(one, view, on, tables)}</g></svg>'
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


# --- Words ---


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


def door(address: str, label: str) -> str:
    return f'<p class="door"><a href="{escape(address)}" target="_blank" rel="noopener">{escape(label)}</a></p>'


def document(title: str, body: str, sheet: str, lang: str, canonical: str = "") -> str:
    """A whole page without a script; `body` is HTML, `canonical` the page that it is a piece of."""
    link = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{link}<style>{sheet}</style></head>\n<body><main>{body}</main></body></html>\n'
    )


def frame(results: list[Result], view: View, tables: Tables, address: str, say: Messages, label: str) -> tuple[str, str]:
    """The page of one question or two (of one level and place), and its style sheet. `address` is the view's own page, `label` the words of
    the link to it. ValueError where a question is refused."""
    for result in results:
        if result.refusal is not None:
            raise ValueError(result.refusal.sentence)
    own = (view, replace(view, classing=second_classing(view)))
    questions = [shown(result, one, letter) for result, one, letter in zip(results, own, "ab", strict=False)]
    query = results[0].query
    on = plane(query.level, places(tables)[query.place].state, tables)
    met = on_map(query, view, tables)
    paths, uses = areas(questions, on, met)
    parts = []
    for position, one in enumerate(questions):
        heading = f"h{position + 1}" if len(questions) > 1 and position else "h1"
        drawn = map_of(one, position, "" if position else paths, uses, on, view, tables)
        parts.append(
            f"<section><{heading}>{escape(words.title(one.result, tables))}</{heading}>"
            f'<p class="subtitle">{escape(words.subtitle(one.result))}</p>{legend(one, view, say)}{drawn}</section>'
        )
    sheet = style(questions)
    english = ' lang="en"' if say.lang != "en" else ""
    conditions = "".join(f'<p class="subtitle"{english}>{escape(said)}</p>' for said in said_of_map(met))
    body = (
        f'<div class="maps"{english}>{"".join(parts)}</div>{conditions}{door(address, label)}{notes(questions, say, english)}'
        f'<p class="source"{english}>{escape(" ".join(dict.fromkeys(words.source_line(one) for one in results)))}</p>'
    )
    return document(words.title(results[0], tables), body, sheet, say.lang, address), sheet


def notes(questions: Iterable[Shown], say: Messages, english: str) -> str:
    """What must be read beside the figures, closed until somebody opens it."""
    told_of = [note for one in questions for note in (one.classes["light"].said, *one.result.notes)]
    said = list(dict.fromkeys(filter(None, told_of)))
    if not said:
        return ""
    told = "".join(f"<p>{escape(note)}</p>" for note in said)
    more = f"<p>{escape(say('only_english'))}</p>" if english else ""
    return f"<details><summary>{escape(say('about'))}</summary>{more}<div{english}>{told}</div></details>"


def sentence_frame(title: str, sentences: Iterable[str], address: str, say: Messages) -> tuple[str, str]:
    """The page where there is no map: what is so, and a door; and its style sheet."""
    sheet = style([])
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return document(title, f"<h1>{escape(title)}</h1>{told}{door(address, say('start'))}", sheet, say.lang), sheet


def embed_code(result: Result, view: View, tables: Tables, site: str) -> str:
    """What a person pastes into a page of his own. Two maps stand one above the other on a phone, so their frame is taller."""
    address = link(result.query, view, tables, site, "embed/explore")
    height = 1160 if view.second else 780
    return (
        f'<iframe src="{escape(address)}" title="{escape(words.title(result, tables))}" width="100%" height="{height}" '
        f'style="border: 0; max-width: 1000px" loading="lazy"></iframe>'
    )
