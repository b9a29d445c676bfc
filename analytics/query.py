"""What a person asked, as a value: it decides the numbers, and the address is written from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from analytics.assumptions import LEFT, Assumptions, read_assumptions, shortened
from data.parameter import load

LEVELS: Final = {"state": "state", "county": "county", "district": "district"}
NATION: Final = "us"

MODALITIES: Final = {
    "any": "any ketamine therapy",
    "iv": "IV ketamine",
    "esketamine": "esketamine (nasal spray)",
    "im": "ketamine by injection",
    "oral": "oral ketamine",
    "assisted_psychotherapy": "ketamine-assisted psychotherapy",
}
POPULATIONS: Final = {
    "civilian": "anyone",
    "medicaid": "Medicaid members",
    "veteran": "veterans",
}
PAYMENTS: Final = {
    "any": "take any payment",
    "medicare": "take Medicare",
    "private": "take private insurance",
    "self_pay": "take self-payment",
    "military": "take military insurance",
    "veterans": "take veterans' funds",
    "state_financed": "take state-financed insurance other than Medicaid",
    "sliding_fee": "have a sliding fee",
    "assistance": "help with payment",
}
"""What sites do about payment: "sites that ...", "known to ...". Medicaid is a group of people, above."""
LAYERS: Final = {
    "samhsa_2024": "SAMHSA directory 2024",
    "named_2026": "named providers 2026",
    "own_pages": "providers' own pages",
    "medicare_claims_2024": "Medicare claims 2024",
    "samhsa_2023": "SAMHSA directory 2023",
    "samhsa_2022": "SAMHSA directory 2022",
    "own": "your own list",
}
"""Lists of providers. Those of earlier years are for comparison and not part of the default; one's own is known where it is
laid over the tables (analytics/own.py), and whoever brings it says what it bears."""
LAYER_SOURCES: Final = {
    "samhsa_2024": ("samhsa_directory_2024", "samhsa_locator_2020"),
    "named_2026": ("named_providers_2026",),
    "own_pages": ("providers_own_pages", "site_details"),
    "medicare_claims_2024": ("cms_esketamine_billing_2024",),
    "samhsa_2023": ("samhsa_directory_2023", "samhsa_locator_2020"),
    "samhsa_2022": ("samhsa_directory_2022", "samhsa_locator_2020"),
    "own": (),
}
"""Ids of the sources behind each list."""
DEFAULT_LAYERS: Final = ("samhsa_2024", "named_2026", "own_pages", "medicare_claims_2024")
QUOTA_LAYERS: Final = frozenset({"named_2026", "own_pages", "medicare_claims_2024"})
"""Lists that are capped by state, gathered from the press, or leave small practices out: they bear
nearest and within reach as lower bounds, never rates per adult nor a ranking of states."""

WEIGHTS: Final = {
    "adults": "adults",
    "depression": "adults ever diagnosed with depression",
    "distress": "adults with frequent mental distress",
}
PERSONS: Final = {
    "adults": "adult",
    "depression": "adult ever diagnosed with depression",
    "distress": "adult with frequent mental distress",
}
"""Whom demand counts and means weigh. A county's prevalence is one constant inside it."""
_REACH: Final = load("access/reach_minutes").latest
REACHES: Final = {f"{minutes:g}": f"{minutes:g} minutes" for minutes in _REACH["choices"]}
DECAYS: Final = {
    "bands": "three bands, a third of the reach each",
    "flat": "all within reach alike",
    "gaussian": "a Gaussian",
    "exponential": "an exponential",
    "inverse_power": "an inverse power",
}
"""How much a site counts with distance, within the reach."""
PAYERS: Final = {
    "self": "paying oneself",
    "medicare": "traditional Medicare without a supplement",
    "medicare_supplement": "traditional Medicare with a supplement",
    "medicare_advantage": "Medicare Advantage",
    "medicare_medicaid": "Medicare and full Medicaid",
    "medicaid": "Medicaid",
    "commercial": "commercial insurance",
    "commercial_copay": "commercial insurance with the maker's programme",
    "tricare": "TRICARE",
    "va": "the Department of Veterans Affairs",
}
"""Who pays, as a situation of its own: never a mean over payers."""
SCHEDULES: Final = {
    "course": "a first course",
    "typical_year": "a first year as typically used",
    "label_year_low": "a first year per label, fewest visits",
    "label_year_high": "a first year per label, most visits",
}
FAR_BY: Final = {
    "miles": "straight-line miles to a provider",
    "minutes": "minutes to a provider",
    "e2sfca": "an access score of zero or in the lowest fifth",
}
"""What "far" means in the barrier class; the thresholds are parameters under barriers/."""

SEPARATOR: Final = "~"


@dataclass(frozen=True)
class Query:
    """Measure, level and place, whom the sites serve and what they take for it, which lists of providers count, and how ways are weighed.

    `place` is "us", a state (two digits), a district (four) or a county (five). `assumptions` are the ids of dated parameters
    with the values a person gave them, in order (analytics/assumptions.py).
    """

    measure: str = "within_30_miles"
    level: str = "county"
    place: str = NATION
    modality: str = "any"
    population: str = "civilian"
    payment: str = "any"
    layers: tuple[str, ...] = DEFAULT_LAYERS
    weights: str = "adults"
    reach: str = f"{_REACH['default']:g}"
    decay: str = "bands"
    payer: str = "self"
    schedule: str = "course"
    far: str = "miles"
    assumptions: Assumptions = ()

    def with_(self, **changes: Any) -> Query:
        return replace(self, **changes)

    def to_address(self) -> dict[str, str]:
        """Field to text, in the order of the fields; what stands at its default is left out, but for the measure, level and place."""
        always = {"measure", "level", "place"}
        default = Query()
        texts: dict[str, str] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in always or value != getattr(default, field.name):
                texts[field.name] = text_of(value)
        return texts


def text_of(value: Any) -> str:
    """A field's value as it stands in an address: lists joined by a tilde, an assumption as its id, a colon and its value."""
    if isinstance(value, tuple):
        return SEPARATOR.join(f"{one[0]}:{one[1]:g}" if isinstance(one, tuple) else str(one) for one in value)
    return str(value)


CHOICES: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "level": ("level", LEVELS),
    "modality": ("kind of therapy", MODALITIES),
    "population": ("group of people", POPULATIONS),
    "payment": ("way of paying", PAYMENTS),
    "weights": ("weighting", WEIGHTS),
    "reach": ("reach", REACHES),
    "decay": ("decay", DECAYS),
    "payer": ("payer", PAYERS),
    "schedule": ("schedule", SCHEDULES),
    "far": ("meaning of far", FAR_BY),
}
"""Fields that are one word out of a few: what they are called, and the words."""


def read_query(
    address: Mapping[str, str], measures: Mapping[str, Any], places: Mapping[str, Any], layers: Mapping[str, str] = LAYERS
) -> tuple[Query, tuple[str, ...]]:
    """The query an address asks for, and a sentence for each word in it that nobody knows.

    What is unknown falls back to the default, so that a mistyped link still opens. `measures`, `places` and `layers`
    hold the known ids as keys. Words that are not a query's (``v``, ``lang`` and the view's own) are passed over.
    """
    query, problems = Query(), []
    choices: dict[str, tuple[str, Mapping[str, Any]]] = {
        "measure": ("measure", measures),
        "place": ("place", places),
        **CHOICES,
    }
    for name, (word, known) in choices.items():
        text = address.get(name)
        if text is None:
            continue
        if text in known:
            query = query.with_(**{name: text})
        else:
            problems.append(
                f"The address asks for the {word} “{shortened(text)}”, which this atlas does not know; {spoken_default(name, known)} is shown instead."
            )
    if (text := address.get("layers")) is not None:
        asked = [layer for layer in re.split(r"[~, ]", text) if layer]
        known_layers = tuple(layer for layer in layers if layer in asked)
        unknown = [layer for layer in asked if layer not in layers]
        if unknown and unknown[0] in LAYERS:
            problems.append(
                f"The address asks for {LAYERS[unknown[0]]}, which no link carries and this visit does not have; it is left out."
            )
        elif unknown:
            problems.append(
                f"The address asks for the provider list “{shortened(unknown[0])}”, which this atlas does not know; it is left out."
            )
        if known_layers:
            query = replace(query, layers=known_layers)
        else:
            problems.append("The address names no known provider list; all current lists are used.")
    if (text := address.get("assumptions")) is not None:
        assumptions, said = read_assumptions(text)
        query = replace(query, assumptions=assumptions)
        problems += said
    return query, tuple(problems)


def unknown_words(problems: Iterable[str]) -> list[str]:
    """The sentences of an address without what is shown instead: for whoever shows nothing instead."""
    return [one.removeprefix(LEFT) if one.startswith(LEFT) else f"{one.partition('; ')[0].rstrip('.')}." for one in problems]


def spoken_default(name: str, known: Mapping[str, Any]) -> str:
    default = getattr(Query(), name)
    chosen = known.get(default, default)
    words = getattr(chosen, "label", None) or getattr(chosen, "short", None) or chosen
    return f"“{words}”"
