"""What far and costly mean in this question, who lives where, and what else is near: sentences and tables, plain before exact."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
import pandas as pd

from analytics.assumptions import assumed
from analytics.barriers import BURDEN, CLASSES, COSTLY_SHARE, DISTANCE, FAR_SHARE, WORST, People
from analytics.care_nearby import Beside
from analytics.make_up import WHOLES
from analytics.places import Place
from analytics.query import LAYERS, Query
from data.parameter import load
from maps.agreement_words import note, table_html
from maps.barrier_headline import far_away, share
from maps.numbers import one_or_both, people, percent

THRESHOLDS: Final = {
    "barriers/far_miles": "Far: beyond so many miles",
    "barriers/far_minutes": "Far: beyond so many minutes",
    "barriers/far_share": "for over so many % of adults",
    "barriers/costly_share": "Costly: for at least so many % of households",
    "affordability/burden_share.others": "over so many % of income",
    "affordability/burden_share.under_poverty_multiple": "or, in or near poverty, over so many %",
}
"""The numbers behind the class as they stand over their controls, to be read in this order."""

ALONG_LABELS: Final = {"distance": "how far is far", "share": "how many households make it costly"}


def thresholds(query: Query) -> dict[str, str]:
    """The numbers behind the class of this question, with the words over their controls."""
    other = {name for unit, name in DISTANCE.items() if unit != query.far} | ({FAR_SHARE} if query.far not in DISTANCE else set())
    return {name: words for name, words in THRESHOLDS.items() if name not in other}


PRESETS: Final = {
    "miles": "{miles} miles",
    "minutes": "{minutes} minutes",
    "e2sfca": "Access score zero or in the lowest fifth",
    "burden": "{burden} of income for every household",
}
"""The usual ways to draw the lines, on buttons."""

LIMITS: Final = (
    "Lists of providers are not complete, so that more is called far than is. A county is one class, but has people of several: here they "
    "are counted by their own block group. One trait at a time: no table here says whether those who are far are those with little income."
)


def preset_words() -> dict[str, str]:
    """The words of each preset, with the shipped numbers."""
    numbers = {unit: f"{load(name).number():g}" for unit, name in DISTANCE.items()}
    return {name: words.format(**numbers, burden=share(load(BURDEN).latest["others"])) for name, words in PRESETS.items()}


# --- People by class ---


def counted(count: float) -> str:
    """ "38.9 million", "4,310"; people, but no thinner than a thousand of many."""
    return f"{count / 1e6:,.1f} million" if count >= 1e6 else people(count)


def between(least: float, most: float) -> str:
    """ "1.2 million to 1.8 million", or one number where both read the same."""
    return one_or_both(counted(least), counted(most))


def people_rows(found: People) -> list[tuple[str, ...]]:
    """Class, adults, their share, the range over the lists, and that under prices, open brackets and silent records."""
    total = float(found.adults.sum())
    rows: list[tuple[str, ...]] = []
    for position, name in enumerate(CLASSES):
        adults = float(found.adults[position])
        least, most = found.list_range(position)
        lists = between(least, most) if found.lists else "one list alone"
        bounds = between(float(found.low[position]), float(found.high[position]))
        rows.append((name, counted(adults), percent(adults / total) if total else "", lists, bounds))
    return rows


PEOPLE_HEADS: Final = ("Class", "Adults", "Share", "Over the provider lists", "Over prices, open brackets and silent records")


def people_html(found: People, place: Place) -> str:
    """Adults by class as a table, then list by list."""
    caption = f"Adults in {place.name} by class: far by their own block group, costly by their county (1 July 2023, modelled)"
    lines = "".join(f"<li>{escape(line)}</li>" for line in list_lines(found))
    by_list = note("Far and in a costly county, list by list:") + f'<ul class="atlas-lists">{lines}</ul>' if lines else ""
    unknown = f" About {counted(found.unknown)} adults nothing can be said; they are in no class." if round(found.unknown) else ""
    return table_html(caption, PEOPLE_HEADS, people_rows(found)) + by_list + note(LIMITS + unknown)


def list_lines(found: People) -> list[str]:
    """One line for each step of the lists: which comes in, and how many adults are then far and in a costly county."""
    lines: list[str] = []
    before: tuple[str, ...] = ()
    for one in found.lists:
        grown = bool(before) and set(before) <= set(one.layers)
        names = ", ".join(LAYERS[layer] for layer in one.layers if not grown or layer not in before)
        sites = f"{one.sites:,} site{'' if one.sites == 1 else 's'}"
        lines.append(f"{'and ' if grown else ''}{names}: {counted(float(one.adults[WORST]))} adults, with {sites}")
        before = one.layers
    return lines


# --- Who lives in the counties of each class ---


def make_up_rows(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """A row a trait, a cell a class: the count with its share of the class where there is a whole of its kind."""
    rows = []
    for (section, group), part in frame.groupby(["section", "group"], sort=False):
        first = part.iloc[0]
        cells = [cell(row["number"], row["share"]) for _, row in part.iterrows() if row["class"]]
        rows.append((str(section if group == "all" else group), *cells, missing_words(part), str(first["vintage"])))
    return rows


def cell(number: float, part: float) -> str:
    """ "1.5 million (12 %)", or what there is of both."""
    said = [people(number)] if np.isfinite(number) else []
    if np.isfinite(part):
        said.append(f"({percent(part)})" if said else percent(part))
    return " ".join(said) or "none"


def missing_words(part: pd.DataFrame) -> str:
    """How many counties do not have the figure, and how many adults live there."""
    counties = int(part["missing"].sum())
    return f"{counties:,} ({people(float(part['missing_adults'].sum()))} adults)" if counties else "none"


MAKE_UP_HEADS: Final = ("Group", *(name.capitalize() for name in CLASSES), "Counties without the figure", "Year")


def make_up_html(frame: pd.DataFrame, section: str, where: str) -> str:
    """The make-up of the counties of each class by one trait, and what must be read beside it."""
    shown = frame[frame["section"].isin([*WHOLES, section])]
    return table_html(f"{section}, in the counties of each class in {where}", MAKE_UP_HEADS, make_up_rows(shown)) + note(BESIDE_MAKE_UP)


BESIDE_MAKE_UP: Final = (
    "Shares are of the people or households of the class, those of adults of all. Kinds of cover overlap, have different years and are never "
    "added up; those as surveyed are published shares, weighed by people. Rural-urban codes run from 1, metropolitan, to 9, remote."
)


def sections(frame: pd.DataFrame) -> list[str]:
    """The traits, to choose from."""
    return [str(one) for one in frame["section"].unique() if one not in WHOLES]


# --- What else is near ---


def care_sentence(found: Beside, query: Query, place: Place, providers: str) -> str:
    """Half of a place's adults, and half of those who are far, have other care within so many miles."""
    counts = {str(row["kind"]): int(row["facilities"]) for _, row in found.care.iterrows()}
    source = (
        "Straight-line miles; outpatient facilities for adults in the federal directory of 2024, which is not complete: "
        f"{counts['any']:,}, of which {counts['tms']:,} offer TMS and {counts['ect']:,} ECT."
    )
    listed = miles_words(found.care)
    if not listed:
        return f"No road leads from {place.name} to any such facility. {source}"
    site = f", and within {found.site_miles:,.0f} of {providers}" if np.isfinite(found.site_miles) else ""
    unreached = [str(row["words"]) for _, row in found.care.iterrows() if not np.isfinite(row["median_miles"])]
    no_road = f"; no road leads to {' or '.join(unreached)}" if unreached else ""
    said = f"Half of adults in {place.name} live within {listed}{site}{no_road}."
    if far_ := miles_words(found.care_of_the_far):
        said += f" Of those who live {far_away(query, providers)}, half live within {far_}."
    if float(found.care_of_the_far["median_miles"].iloc[0]) < found.site_miles_of_the_far / 2:
        said += " Far from ketamine is not far from care."
    return f"{said} {source}"


def miles_words(care: pd.DataFrame) -> str:
    """ "7 miles of a mental-health facility, 103 of TMS (magnetic stimulation) and 84 of ECT (...)"; "" where nothing is reached."""
    parts: list[str] = []
    for _, row in care.iterrows():
        miles = float(row["median_miles"])
        if np.isfinite(miles):
            number = "a mile" if round(miles) <= 1 else f"{miles:,.0f}{'' if parts else ' miles'}"
            parts.append(f"{number} of {row['words']}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


# --- People against a threshold ---

ALONG: Final = {
    "distance": ("Beyond", "Adults beyond it", "of them in costly counties", "the same over the provider lists"),
    "share": ("Share of households", "Adults in costly counties", "of them far from a provider", "the same over the provider lists"),
}


def threshold_words(value: float, along: str, query: Query) -> str:
    return share(value) if along == "share" else f"{value:g} {query.far}"


def curve_rows(curve: pd.DataFrame, along: str, query: Query) -> list[tuple[str, ...]]:
    """Threshold, adults past it, those for whom the other half holds too, and the range of these over the lists."""
    return [
        (
            threshold_words(float(row["threshold"]), along, query),
            counted(float(row["alone"])),
            counted(float(row["both"])),
            between(float(row["least"]), float(row["most"])),
        )
        for _, row in curve.iterrows()
    ]


def curve_html(curve: pd.DataFrame, along: str, query: Query, place: Place) -> str:
    what = "how far is far" if along == "distance" else "how many households make a county costly"
    return table_html(f"Adults in {place.name} by {what}, all else as chosen", ALONG[along], curve_rows(curve, along, query))


def own_row(curve: pd.DataFrame, along: str, query: Query) -> int:
    """The row of the question's own threshold."""
    own = float(assumed(DISTANCE[query.far] if along == "distance" else COSTLY_SHARE, query.assumptions))
    return int(np.abs(curve["threshold"].to_numpy() - own).argmin())


def curve_sentence(curve: pd.DataFrame, along: str, query: Query) -> str:
    """From the first threshold over the question's own to the last."""
    at = dict.fromkeys((0, own_row(curve, along, query), len(curve) - 1))
    rows = [curve.iloc[one] for one in at]
    said = ", ".join(f"{counted(float(row['both']))} at {threshold_words(float(row['threshold']), along, query)}" for row in rows)
    return f"Adults who live far and in a costly county: {said}."
