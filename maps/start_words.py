"""What the start page says beside its three findings: title, legend, alt text, notes, sources, in the language asked for."""

from __future__ import annotations

import re
from html import escape

import numpy as np

from analytics.assumptions import assumed
from analytics.barriers import CLASSES, COSTLY_SHARE, DISTANCE, FAR_SHARE, WORST, People
from analytics.care_nearby import Beside
from analytics.model import Result
from analytics.query import Query
from analytics.refusal import capital
from maps.barrier_headline import share
from maps.classes import Classes
from maps.finding_words import adults, burdens
from maps.legend import item
from maps.messages import Messages
from maps.numbers import people
from maps.palette import Scheme


def miles_of(query: Query) -> str:
    """From where on a person is far."""
    return f"{float(assumed(DISTANCE[query.far], query.assumptions)):g}"


def title(found: People, query: Query, say: Messages) -> str:
    """How many adults are far and in a costly county, with the range over the lists."""
    low, high = found.list_range()
    if not round(high):
        return say("title.nobody", miles=miles_of(query))
    counted = adults(low, high, say)
    form = "exact" if counted == adults(high, high, say) else "range"
    return say(f"title.{form}", adults=capital(counted), miles=miles_of(query))


def subtitle(result: Result, say: Messages) -> str:
    """Of what years the figures are."""
    years = dict(re.findall(r"(\w+) (\d{4}(?:-\d{4})?)", result.indicator.vintage))
    listed = sorted(re.findall(r"\d{4}", " ".join(result.query.layers)))
    return say("subtitle", **{**years, "lists": span(listed)})


def span(years: list[str]) -> str:
    """ "2024-2026", or the one year that there is."""
    return "-".join(dict.fromkeys((min(years), max(years)))) if years else ""


def lines(query: Query, say: Messages) -> str:
    """What makes a county far, and what costly."""
    far, costly = (float(assumed(name, query.assumptions)) for name in (FAR_SHARE, COSTLY_SHARE))
    whom = say("half") if far == 0.5 else share(far)
    return say("lines", miles=miles_of(query), far_share=whom, costly_share=share(costly), **burdens(query))


def legend(classes: Classes, scheme: Scheme, say: Messages) -> str:
    """HTML of the legend: each class in words under its colour, and what has none."""
    edge = f"border-color:{scheme.missing}"
    blocks = [("", colour, say(f"class.{position}")) for position, colour in enumerate(classes.colours)]
    missing = sum(classes.missing.values())
    blocks += [("missing", scheme.page, f"{say('no_class')} ({missing:,})")] if missing else []
    items = "".join(item(kind, f'<span class="block" style="background:{colour};{edge}"></span>', words) for kind, colour, words in blocks)
    return f'<div class="atlas-legend" role="list" aria-label="{escape(say("legend"))}">{items}</div>'


def alt_text(result: Result, found: People, say: Messages) -> str:
    """What a reader who cannot see the map needs: the finding, and how many counties are in each class."""
    value = result.frame["value"].to_numpy(dtype=float)
    near, costly, far, both = (f"{int((value == position).sum()):,}" for position in range(len(CLASSES)))
    said = say("alt", counties=f"{len(value):,}", title=title(found, result.query, say), both=both, far=far, costly=costly, near=near)
    missing = int(np.isnan(value).sum())
    return f"{said} {say('alt.no_class', count=f'{missing:,}')}" if missing else said


def list_lines(found: People, say: Messages) -> list[str]:
    """One line for each step of the lists: which comes in, and how many adults are then far and in a costly county."""
    said: list[str] = []
    before: tuple[str, ...] = ()
    for one in found.lists:
        grown = bool(before) and set(before) <= set(one.layers)
        names = ", ".join(say(f"list.{layer}") for layer in one.layers if not grown or layer not in before)
        counted = float(one.adults[WORST])
        said.append(
            say.counted("lists.next" if grown else "lists.first", one.sites, list=names, adults=adults(counted, counted, say, tenths))
        )
        before = one.layers
    return said


def tenths(count: float) -> str:
    """Millions with a tenth, so that lists which differ by little are told apart."""
    return f"{count / 1e6:,.1f} million" if count >= 1e6 else people(count)


def care(found: Beside, query: Query, say: Messages) -> str:
    """Other care near half of adults, and near half of those who are far."""
    everybody, distant = (
        {str(row["kind"]): float(row["median_miles"]) for _, row in part.iterrows()} for part in (found.care, found.care_of_the_far)
    )
    if not np.isfinite([*everybody.values(), found.site_miles]).all():
        return say("care.unknown")
    said = [say("care.all", **words({**everybody, "site": found.site_miles}, say))]
    if np.isfinite(list(distant.values())).all():
        said.append(say("care.far", **{**words(distant, say), "miles": miles_of(query)}))
        said += [say("care.not_far")] if distant["any"] < found.site_miles_of_the_far / 2 else []
    counts = {str(row["kind"]): f"{int(row['facilities']):,}" for _, row in found.care.iterrows()}
    return " ".join([*said, say("care.source", **counts)])


def words(miles: dict[str, float], say: Messages) -> dict[str, str]:
    """Distances with their unit."""
    return {name: say.counted("care.miles", value) for name, value in miles.items()}


def sources(result: Result, say: Messages) -> str:
    """Who says it, with the years; the titles and addresses stand on the page of the map."""
    names = say.under("source")
    years: dict[str, list[str]] = {}
    for source in result.provenance:
        name = next((name for start, name in names.items() if str(source["id"]).startswith(start)), str(source["publisher"]))
        years.setdefault(name, []).extend(re.findall(r"\d{4}", str(source["vintage"])))
    said = "; ".join(f"{name} ({span(own)})" if own else name for name, own in years.items())
    return say("sources", sources=said, version=result.data_version)
