"""The sentences about a result: title with its number and its doubt, subtitle, source line, alt text. Plain text, no markup."""

from __future__ import annotations

from html import escape

import numpy as np

from analytics import status
from analytics.model import Result
from analytics.places import Place, places
from analytics.query import LAYERS, LEVELS, MODALITIES, POPULATIONS
from analytics.refusal import LEVEL_PLURALS
from analytics.tables import Tables
from maps.numbers import MISSING_WORDS, people, spoken, spoken_range

SERVED = {"any": "a provider", "esketamine": "an esketamine site", "iv": "a site for IV ketamine"}


FOOT = (
    "Ketamine Access Atlas: where in the United States people can reach ketamine therapy, what it costs them, and what would change that. "
    "Not medical advice. No list of providers is complete, and none is ranked for money. This site keeps nothing of your visit and asks nobody else for anything."
)
"""What stands at the foot of every page."""


def provider_words(result: Result) -> str:
    """Whom the distance is to: "a listed site for veterans", "a listed esketamine site known to take Medicaid"."""
    query = result.query
    base = SERVED.get(query.modality, f"a site for {MODALITIES[query.modality]}")
    if query.population == "veteran":
        return "a site for veterans"
    return base + (" known to take Medicaid" if query.population == "medicaid" else "")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def title(result: Result, tables: Tables) -> str:
    """The finding as one sentence, with the range over provider lists where the figure rests on them."""
    place = places(tables)[result.query.place]
    if result.refusal is not None:
        return "This question has no sound answer"
    if result.figure is None:
        return capital(_between_places(result, tables))
    if result.figure.status not in status.WITH_VALUE:
        return f"{capital(place.name)}: {result.indicator.label}, {MISSING_WORDS[result.figure.status]}"
    return capital(_finding(result, place))


def _finding(result: Result, place: Place) -> str:
    assert result.figure is not None
    unit = result.indicator.unit
    value, doubt = spoken(result.figure.value, unit), ""
    if (span := result.list_range) is not None and spoken(span[0], unit) != spoken(span[1], unit):
        value, doubt = spoken_range(*span, unit), ", depending on the list,"
    sentence = result.indicator.finding.format(value=value, place=place.name, doubt=doubt, providers=provider_words(result))
    return sentence.replace("0 % of adults", "no adults", 1) if sentence.startswith("0 % of adults") else sentence


def _between_places(result: Result, tables: Tables) -> str:
    """From the least to the most over the places drawn: those of the nation, or of the state that the chosen place lies in."""
    frame = result.frame[result.frame["status"].isin(list(status.WITH_VALUE))]
    state = places(tables)[result.query.place].state
    where = f" in {places(tables)[state].name}" if state else ""
    if frame.empty:
        return f"there is no figure of {result.indicator.label}{where}"
    unit = result.indicator.unit
    least, most = frame.iloc[int(frame["value"].argmin())], frame.iloc[int(frame["value"].argmax())]
    if least["value"] == most["value"]:
        return f"{result.indicator.label}{where}: {spoken(least['value'], unit)} everywhere"
    return f"{result.indicator.label}{where}: from {spoken(least['value'], unit)} ({least['name']}) to {spoken(most['value'], unit)} ({most['name']})"


def subtitle(result: Result) -> str:
    """Measure, unit, year, and whom and what it counts."""
    query, indicator = result.query, result.indicator
    parts = [capital(indicator.unit_words), f"by {LEVELS[query.level]}"]
    if indicator.uses_providers:
        parts += [MODALITIES[query.modality], POPULATIONS[query.population]]
    return (
        ", ".join(parts) + f". {indicator.vintage[:1].upper() + indicator.vintage[1:]}. {'Modelled' if result.modelled else 'Published'}."
    )


def list_lines(result: Result) -> list[str]:
    """One line a step of the lists: which list comes in, how many sites there are then, and what the figure is."""
    lines: list[str] = []
    before: tuple[str, ...] = ()
    for one in result.lists:
        added = [LAYERS[layer] for layer in one.layers if layer not in before]
        grown = bool(before) and set(before) <= set(one.layers)
        names = ("and " if grown else "") + ", ".join(added if grown else [LAYERS[layer] for layer in one.layers])
        lines.append(f"{names}: {spoken(one.value, result.indicator.unit)}, with {one.sites:,} site{'' if one.sites == 1 else 's'}")
        before = one.layers
    return lines


def source_line(result: Result) -> str:
    """Who says it and when; the titles and addresses stand under "Sources and method"."""
    by_publisher: dict[str, list[str]] = {}
    for source in result.provenance:
        vintages = by_publisher.setdefault(source["publisher"], [])
        if source["vintage"] not in vintages:
            vintages.append(source["vintage"])
    said = "; ".join(f"{publisher} ({', '.join(vintages)})" for publisher, vintages in by_publisher.items())
    return f"Sources: {said}. Data version {result.data_version}."


def _link(url: str) -> str:
    """A link to a source's one address; nothing where it was gathered from many pages, each named in its row."""
    return f'<a href="{escape(url)}" rel="noopener noreferrer" target="_blank">{escape(url)}</a>' if url else ""


def about_html(result: Result) -> str:
    """What the measure asks, why it matters, and every source with its title, year, licence and address."""
    indicator = result.indicator
    sources = "".join(
        f"<li>{escape(source['publisher'])}, {escape(source['title'])}, {escape(source['vintage'])}. {escape(source['licence'])}. "
        f"{_link(source['url'])}</li>"
        for source in result.provenance
    )
    return (
        f'<p class="atlas-note"><strong>{escape(indicator.question)}</strong> {escape(indicator.why)}</p>'
        f'<p class="atlas-note">Counted: {escape(indicator.universe)}.</p><ul class="atlas-lists">{sources}</ul>'
    )


def alt_text(result: Result, tables: Tables) -> str:
    """What a reader who cannot see the map needs: the finding, the range over the places, and what is missing."""
    if result.refusal is not None:
        return result.refusal.sentence
    frame = result.frame
    known = frame[frame["status"].isin(list(status.WITH_VALUE))]
    missing = len(frame) - len(known)
    text = f"Map of {rows_words(result)}. {title(result, tables)}. "
    if len(known) > 1 and result.figure is not None:
        text += f"{capital(_between_places(result, tables))}. "
    zeros = int((known["status"] == status.ZERO).sum())
    if zeros:
        text += f"{zeros:,} stand{'s' if zeros == 1 else ''} at zero, with {people(float(np.nansum(known.loc[known['status'] == status.ZERO, 'people'])))} adults. "
    return text + (f"{missing:,} {'has' if missing == 1 else 'have'} no value." if missing else "None is missing.")


def lists_html(result: Result) -> str:
    """How far the figure depends on the list of providers, as a short list."""
    items = "".join(f"<li>{escape(line)}</li>" for line in list_lines(result))
    return f'<p class="atlas-note">The same figure, list by list:</p><ul class="atlas-lists">{items}</ul>'


def rows_words(result: Result) -> str:
    """How many rows the table has, in words."""
    return f"{len(result.frame):,} {LEVEL_PLURALS[result.query.level] if len(result.frame) != 1 else LEVELS[result.query.level]}"


def download_label(result: Result) -> str:
    """What the button gives."""
    return f"Download the table, CSV, {rows_words(result)}"
