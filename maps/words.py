"""The sentences about a result: title with its number and its doubt, subtitle, source line, alt text. Plain text, no markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from analytics import barriers, status
from analytics.assumptions import assumed
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.model import Figure, ListFigure, Result
from analytics.places import Place, places
from analytics.query import LAYERS, LEVELS, MODALITIES, PAYERS, PAYMENTS, PERSONS, POPULATIONS, REACHES, WEIGHTS, Query
from analytics.refusal import LEVEL_PLURALS, capital
from analytics.schedules import words as treatment_words
from analytics.tables import Tables
from maps import barrier_headline
from maps.numbers import MISSING_WORDS, people, percent, spoken, spoken_range, with_doubt

PAYING = {
    "self": PAYERS["self"],
    "medicare_supplement": "with traditional Medicare and a supplement",
    "commercial_copay": "with commercial insurance and the maker's programme",
    "va": f"through {PAYERS['va']}",
}
"""Who pays, as it stands in a sentence; the others are "with ..."."""
SERVED = {"any": "a provider", "esketamine": "an esketamine site", "iv": "a site for IV ketamine"}


def value_words(value: float, indicator: Indicator) -> str:
    """A value as it stands in a sentence: the number with its unit, or the category's own words."""
    if indicator.categories and np.isfinite(value):
        return indicator.categories[int(value)]
    return spoken(value, indicator.unit)


def provider_words(result: Result) -> str:
    """Whom the distance is to: "a listed site for veterans", "a listed esketamine site known to take Medicaid"."""
    query = result.query
    base = SERVED.get(query.modality, f"a site for {MODALITIES[query.modality]}")
    if query.population == "veteran":
        base = "a site for veterans"
    paid = ["take Medicaid"] if query.population == "medicaid" else []
    paid += [PAYMENTS[query.payment]] if query.payment != "any" else []
    return base + (f" known to {' and to '.join(paid)}" if paid else "")


def listed_words(result: Result) -> str:
    """The same where there is none: that holds for those on a list alone, "a listed provider"."""
    return re.sub(r"^an? ", "a listed ", provider_words(result))


def title(result: Result, tables: Tables) -> str:
    """The finding as one sentence, with the range over provider lists where the figure rests on them."""
    place = places(tables)[result.query.place]
    if result.refusal is not None:
        return "This question has no sound answer"
    if result.indicator.id == barriers.MEASURE and place.level in ("nation", "state"):
        # A class counts places; the headline counts the people who live there, block group by block group.
        return barrier_headline.headline(barriers.people(result.query, tables), result.query, place, provider_words(result))
    if result.figure is None:
        return capital(_between_places(result, tables))
    if result.figure.status == status.NO_ROAD:
        return f"No road or ferry leads from {place.name} to {listed_words(result)}"
    if not result.figure.has_value:
        return f"{capital(place.name)}: {result.indicator.label}, {MISSING_WORDS[result.figure.status]}"
    return capital(_finding(result, place))


def _finding(result: Result, place: Place) -> str:
    assert result.figure is not None
    unit = result.indicator.unit
    value, doubt = doubtful(result.figure, result), ""
    span, silent = result.list_range, result.silent_range
    if span is not None and silent is not None:
        span = (min(*span, *silent), max(*span, *silent))
    if span is not None and spoken(span[0], unit) != spoken(span[1], unit):
        doubt = f", depending on {listed(_list_doubts(result))},"
        # Between two classes there is nothing to count: the figure's own is named, and that it depends.
        value = value if result.indicator.categories else spoken_range(*span, unit)
    elif any(one.status == status.NO_ROAD for one in result.lists):  # of minutes there is no range then
        doubt = ", depending on the list,"
    sentence = result.indicator.finding.format(
        value=value,
        place=place.name,
        doubt=doubt,
        providers=listed_words(result) if value == "0 %" else provider_words(result),
        none=spoken(result.figure.none, "share"),
        **asked_words(result.query),
    )
    return sentence.replace("0 % of ", "no ", 1) if sentence.startswith("0 % of ") else sentence


def doubtful(figure: Figure | ListFigure, result: Result) -> str:
    """The figure in words, with the ends of its interval where the measure has one: "19 % (16 to 22 %)"."""
    if figure.status not in status.WITH_VALUE:
        return MISSING_WORDS[figure.status]
    if not result.in_doubt:
        return value_words(figure.value, result.indicator)
    return with_doubt(figure.value, figure.low, figure.high, result.indicator.unit)


def _list_doubts(result: Result) -> list[str]:
    """What a figure that rests on lists of providers depends on besides them."""
    return [
        "the list",
        *(["on silent records"] if result.silent_range is not None else []),
        *(["on where in its town a site stands"] if result.in_doubt else []),
    ]


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def asked_words(query: Query) -> dict[str, str]:
    """The blanks of findings and units that hang on the question alone: whom it weighs, how far it reaches, what is paid for and by whom."""
    burden = assumed("affordability/burden_share", query.assumptions)
    return {
        "people": WEIGHTS[query.weights],
        "person": PERSONS[query.weights],
        "reach": REACHES[query.reach],
        "treatment": treatment_words(query),
        "payer": PAYING.get(query.payer, f"with {PAYERS[query.payer]}"),
        "burden": burden_words(burden["others"], burden["under_poverty_multiple"]),
        **barrier_headline.asked_words(query),
    }


def burden_words(others: float, poor: float) -> str:
    """The line of what is too much. It is lower for the poor, and who leaves that out tells of far fewer households than are counted."""
    return f"{percent(others)} of income" + (f" ({percent(poor)} in or near poverty)" if poor != others else "")


def unit_words(result: Result) -> str:
    """The measure's unit in words, for subtitle, heading and legend."""
    return result.indicator.unit_words.format(**asked_words(result.query))


def _between_places(result: Result, tables: Tables) -> str:
    """From the least to the most over the places drawn, or how many are in the worst class: those of the nation, or of the state that the
    chosen place lies in."""
    frame = result.frame[result.frame["status"].isin(list(status.WITH_VALUE))]
    state = places(tables)[result.query.place].state
    where = f" in {places(tables)[state].name}" if state else ""
    if frame.empty:
        return f"there is no figure of {result.indicator.label}{where}"
    if result.indicator.categories:
        worst = len(result.indicator.categories) - 1
        here = int((frame["value"] == worst).sum())
        if frame["value"].min() == frame["value"].max():
            return f"{result.indicator.label}{where}: {value_words(frame['value'].iloc[0], result.indicator)} everywhere"
        return f"{result.indicator.label}{where}: {result.indicator.categories[worst]}, in {here:,} of {rows_words(result)}"
    least, most = frame.iloc[int(frame["value"].argmin())], frame.iloc[int(frame["value"].argmax())]
    if least["value"] == most["value"]:
        return f"{result.indicator.label}{where}: {value_words(least['value'], result.indicator)} everywhere"
    ends = (f"{value_words(one['value'], result.indicator)} ({whose(frame, one, result)})" for one in (least, most))
    return f"{result.indicator.label}{where}: from {' to '.join(ends)}"


def whose(frame: pd.DataFrame, one: pd.Series, result: Result) -> str:
    """The place with this value, or how many have it: of several that tie none is named before the others."""
    ties = int((frame["value"] == one["value"]).sum())
    return str(one["name"]) if ties == 1 else f"{ties:,} {LEVEL_PLURALS[result.query.level]}"


def inside_sentence(result: Result, within: tuple[Figure, ...]) -> str:
    """How the measure is spread over the people of the place, and how many of them live within each reach; "" where it has no spread."""
    figure = result.figure
    if figure is None or not figure.spread or not figure.has_value:
        return ""
    unit, whom = result.indicator.unit, WEIGHTS[result.query.weights]
    if unit in ("miles", "minutes"):
        whom += " with a road to a site"
    steps = [
        f"{part} {spoken(one, unit)} or less"
        for part, one in zip(("a tenth", "half", "nine tenths"), figure.spread, strict=True)
        if one > 0
    ]
    said = (
        f"Inside {figure.place.name}, of {whom}: " + ", ".join(steps) + "."
        if steps
        else f"Inside {figure.place.name} nine tenths of {whom} have none."
    )
    if any(np.isnan(one) for one in figure.spread):
        said += " Over a tenth reach none." if np.isnan(figure.spread[2]) else ""
    elif 0 < len(steps) < 3:
        said += f" {capital(spoken(figure.none, 'share'))} have none."
    shares = [(one, spoken(one.value, "share")) for one in within if one.has_value]
    if len(shares) == len(within) > 0:
        said += " Within 30, 60, 90 and 120 minutes by road of one of these sites live " + ", ".join(share for _, share in shares) + "."
    return said


def subtitle(result: Result) -> str:
    """Measure, unit, year, and whom and what it counts."""
    query, indicator = result.query, result.indicator
    parts = [capital(unit_words(result)), f"by {LEVELS[query.level]}"]
    if indicator.uses_providers:
        parts += [MODALITIES[query.modality], POPULATIONS[query.population]]
        parts += [f"sites that {PAYMENTS[query.payment]}"] if query.payment != "any" else []
    return ", ".join(parts) + f". {capital(vintage_words(query, indicator))}. {'Modelled' if result.modelled else 'Published'}."


def vintage_words(query: Query, indicator: Indicator) -> str:
    """The measure's years, those of the chosen lists in place of all."""
    years = sorted(re.findall(r"\d{4}", " ".join(query.layers)))
    span = (
        "the chosen lists"
        if not years
        else f"provider lists {years[0]}-{years[-1]}"
        if years[0] < years[-1]
        else f"provider lists {years[0]}"
    )
    return re.sub(r"(?:provider lists|SAMHSA directories|lists) \d{4}-\d{4}", span, indicator.vintage)


def list_lines(result: Result) -> list[str]:
    """One line a step of the lists: which list comes in, how many sites there are then, and what the figure is."""
    lines: list[str] = []
    before: tuple[str, ...] = ()
    for one in result.lists:
        added = [LAYERS[layer] for layer in one.layers if layer not in before]
        grown = bool(before) and set(before) <= set(one.layers)
        names = ("and " if grown else "") + ", ".join(added if grown else [LAYERS[layer] for layer in one.layers])
        lines.append(f"{names}: {doubtful(one, result)}, with {one.sites:,} site{'' if one.sites == 1 else 's'}")
        before = one.layers
    return lines


def source_line(result: Result) -> str:
    """Who says it and when; the titles and addresses stand under "Sources and method"."""
    return sources_words(result.provenance, result.data_version)


def sources_words(several: Iterable[Mapping[str, Any]], version: str) -> str:
    """Publishers with the vintages of what they publish, each once."""
    by_publisher: dict[str, list[str]] = {}
    for source in several:
        vintages = by_publisher.setdefault(source["publisher"], [])
        if source["vintage"] not in vintages:
            vintages.append(source["vintage"])
    said = "; ".join(f"{publisher} ({', '.join(vintages)})" for publisher, vintages in by_publisher.items())
    return f"Sources: {said}. Data version {version}."


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
        f'<p class="atlas-note">Counted: {escape(indicator.universe)}. <a href="/methods#{escape(indicator.method)}">How it is made</a></p>'
        f'<ul class="atlas-lists">{sources}</ul>'
    )


def alt_text(result: Result, tables: Tables) -> str:
    """What a reader who cannot see the map needs: the finding, the range over the places, and what is missing."""
    if result.refusal is not None:
        return result.refusal.sentence
    frame = result.frame
    known = frame[frame["status"].isin(list(status.WITH_VALUE))]
    missing = len(frame) - len(known)
    text = f"Map of {rows_words(result)}. {title(result, tables)}. "
    between = capital(_between_places(result, tables))
    if len(known) > 1 and between not in text:
        text += f"{between}. "
    zeros = int((known["status"] == status.ZERO).sum())
    if zeros:
        text += f"{zeros:,} stand{'s' if zeros == 1 else ''} at zero, with {people(float(np.nansum(known.loc[known['status'] == status.ZERO, 'people'])))} adults. "
    return text + (f"{missing:,} {'has' if missing == 1 else 'have'} no value." if missing else "None is missing.")


def kept_alt_text(result: Result, tables: Tables) -> str:
    """The same of an answer as `answer` gave it, kept for whoever asks again."""
    return CACHE.get((result.data_version, "alt text", result.query), lambda: alt_text(result, tables))


def plain_list(lines: Sequence[str]) -> str:
    """Lines of text as a short list."""
    return f'<ul class="atlas-lists">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def lists_html(result: Result) -> str:
    """How far the figure depends on the list of providers, as a short list."""
    return f'<p class="atlas-note">The same figure, list by list:</p>{plain_list(list_lines(result))}'


def rows_words(result: Result) -> str:
    """How many rows the table has, in words."""
    return f"{len(result.frame):,} {LEVEL_PLURALS[result.query.level] if len(result.frame) != 1 else LEVELS[result.query.level]}"


def download_label(result: Result) -> str:
    """What the button gives."""
    return f"Download the table, CSV, {rows_words(result)}"
