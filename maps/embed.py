"""A view as one small page for the frame of another site: what the view shows, source and a link; no script, nothing fetched.

The figure is one map or two (maps/embed_map.py), one map of two measures or a scatter plot (maps/embed_pair.py).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

from analytics.model import Result
from analytics.tables import Tables
from maps.condition_words import FADED
from maps.embed_map import Figure, map_figure, maps_figure
from maps.embed_pair import nine_figure, scatter_figure
from maps.export import link
from maps.messages import Messages
from maps.palette import SCHEMES, Scheme
from maps.together_export import pair_or_why
from maps.together_words import told_of
from maps.view import View
from maps.words import title

STYLE = (Path(__file__).parent / "embed.css").read_text(encoding="utf-8")


# --- Style ---


def style(figure: Figure | None = None) -> str:
    """The whole style sheet: the frame's own rules and the colours of both themes."""
    schemes = (SCHEMES[name] for name in ("light", "dark"))
    light, dark = (colours(one, {} if figure is None else figure.colours(one)) for one in schemes)
    return f"{STYLE}.faded {{ opacity: {FADED} }}\n{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def colours(scheme: Scheme, own: Mapping[str, str]) -> str:
    """The colours of one theme, as variables, and the figure's own, one rule a class."""
    names = {
        "page": scheme.page,
        "ink": scheme.ink,
        "soft": scheme.soft_ink,
        "link": scheme.link,
        "line": scheme.missing,
        "site": scheme.site,
    }
    rules = [f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in names.items())} }}"]
    rules += [f".{name} {{ fill: {colour}; background: {colour} }}" for name, colour in own.items()]
    return "\n".join(rules) + "\n"


def style_hash(text: str) -> str:
    """A style sheet as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- Words ---


def door(address: str, label: str) -> str:
    return f'<p class="door"><a href="{escape(address)}" target="_blank" rel="noopener">{escape(label)}</a></p>'


def document(name: str, body: str, sheet: str, lang: str, canonical: str = "") -> str:
    """A whole page without a script; `body` is HTML, `canonical` the page that it is a piece of."""
    link = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(name)}</title>{link}<style>{sheet}</style></head>\n<body><main>{body}</main></body></html>\n'
    )


def figure_of(result: Result, view: View, tables: Tables, say: Messages) -> Figure:
    """What the view shows: its map, or both its measures in the way that it shows them. ValueError where one of them is refused."""
    if result.refusal is not None:
        raise ValueError(result.refusal.sentence)
    pair, refused = pair_or_why(result, view, tables)
    if refused:
        raise ValueError(refused)
    if pair is None:
        return map_figure(result, view, tables, say)
    match view.together:
        case "bivariate":
            return nine_figure(pair, view, tables)
        case "scatter":
            return scatter_figure(pair, view, tables)
        case _:
            return maps_figure(pair, view, tables, say)


def frame(result: Result, view: View, tables: Tables, address: str, say: Messages, label: str) -> tuple[str, str]:
    """The page of a view, and its style sheet. `address` is the view's own page, `label` the words of the link to it. ValueError where a
    question of the view is refused."""
    figure = figure_of(result, view, tables, say)
    sheet = style(figure)
    english = ' lang="en"' if say.lang != "en" else ""
    beneath = "".join(f'<p class="subtitle"{english}>{escape(said)}</p>' for said in figure.beneath if said)
    body = (
        f'<div class="figure"{english}>{figure.html}</div>{beneath}{door(address, label)}{notes(figure.notes, say, english)}'
        f'<p class="source"{english}>{escape(figure.sources)}</p>'
    )
    return document(figure.title, body, sheet, say.lang, address), sheet


def notes(several: Iterable[str], say: Messages, english: str) -> str:
    """What must be read beside the figures, closed until somebody opens it."""
    said = list(dict.fromkeys(filter(None, several)))
    if not said:
        return ""
    told = "".join(f"<p>{escape(note)}</p>" for note in said)
    more = f"<p>{escape(say('only_english'))}</p>" if english else ""
    return f"<details><summary>{escape(say('about'))}</summary>{more}<div{english}>{told}</div></details>"


def sentence_frame(name: str, sentences: Iterable[str], address: str, say: Messages) -> tuple[str, str]:
    """The page where there is no map: what is so, and a door; and its style sheet."""
    sheet = style()
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return document(name, f"<h1>{escape(name)}</h1>{told}{door(address, say('start'))}", sheet, say.lang), sheet


TALL = {"beside": 1160, "bivariate": 960, "scatter": 960}
"""Height of the frame in pixels by how two measures are shown: on a phone two maps, or the legend and its map, stand one above the other."""


def embed_code(result: Result, view: View, tables: Tables, site: str) -> str:
    """What a person pastes into a page of his own. A second measure that is not shown is not in the frame either."""
    pair, _ = pair_or_why(result, view, tables)
    view = view if pair is not None else replace(view, second=())
    about = title(result, tables) if pair is None else told_of(pair, view, tables).title
    return (
        f'<iframe src="{escape(link(result.query, view, tables, site, "embed/explore"))}" title="{escape(about)}" width="100%" '
        f'height="{780 if pair is None else TALL[view.together]}" style="border: 0; max-width: 1000px" loading="lazy"></iframe>'
    )
