"""What a person asked, as a value: it decides the numbers, and the address is written from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

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
LAYERS: Final = {
    "samhsa_2024": "SAMHSA directory 2024",
    "named_2026": "named providers 2026",
    "own_pages": "providers' own pages",
    "medicare_claims_2024": "Medicare claims 2024",
    "samhsa_2023": "SAMHSA directory 2023",
    "samhsa_2022": "SAMHSA directory 2022",
}
"""Lists of providers. Those of earlier years are for comparison and not part of the default."""
LAYER_SOURCES: Final = {
    "samhsa_2024": ("samhsa_directory_2024", "samhsa_locator_2020"),
    "named_2026": ("named_providers_2026",),
    "own_pages": ("providers_own_pages", "site_details"),
    "medicare_claims_2024": ("cms_esketamine_billing_2024",),
    "samhsa_2023": ("samhsa_directory_2023", "samhsa_locator_2020"),
    "samhsa_2022": ("samhsa_directory_2022", "samhsa_locator_2020"),
}
"""Ids of the sources behind each list."""
DEFAULT_LAYERS: Final = ("samhsa_2024", "named_2026", "own_pages", "medicare_claims_2024")
QUOTA_LAYERS: Final = frozenset({"named_2026", "own_pages", "medicare_claims_2024"})
"""Lists that are capped by state, gathered from the press, or leave small practices out: they bear
nearest and within reach as lower bounds, never rates per adult nor a ranking of states."""

SEPARATOR: Final = "~"


@dataclass(frozen=True)
class Query:
    """Measure, level and place, whom the sites serve, and which lists of providers count.

    `place` is "us", a state (two digits), a district (four) or a county (five).
    """

    measure: str = "within_30_miles"
    level: str = "county"
    place: str = NATION
    modality: str = "any"
    population: str = "civilian"
    layers: tuple[str, ...] = DEFAULT_LAYERS

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
                texts[field.name] = SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
        return texts


def read_query(address: Mapping[str, str], measures: Mapping[str, Any], places: Mapping[str, Any]) -> tuple[Query, tuple[str, ...]]:
    """The query an address asks for, and a sentence for each word in it that nobody knows.

    What is unknown falls back to the default, so that a mistyped link still opens. `measures` and `places`
    hold the known ids as keys. Words that are not a query's (``v``, ``lang`` and the view's own) are passed over.
    """
    query, problems = Query(), []
    choices: dict[str, tuple[str, Mapping[str, Any]]] = {
        "measure": ("measure", measures),
        "level": ("level", LEVELS),
        "place": ("place", places),
        "modality": ("kind of therapy", MODALITIES),
        "population": ("group of people", POPULATIONS),
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
        known_layers = tuple(layer for layer in LAYERS if layer in asked)
        unknown = [layer for layer in asked if layer not in LAYERS]
        if unknown:
            problems.append(
                f"The address asks for the provider list “{shortened(unknown[0])}”, which this atlas does not know; it is left out."
            )
        if known_layers:
            query = replace(query, layers=known_layers)
        else:
            problems.append("The address names no known provider list; all current lists are used.")
    return query, tuple(problems)


def shortened(text: str) -> str:
    """A word from an address, fit to be shown: printable, at most forty characters."""
    clean = "".join(char for char in text if char.isprintable())
    return clean if len(clean) <= 40 else clean[:39] + "…"


def spoken_default(name: str, known: Mapping[str, Any]) -> str:
    default = getattr(Query(), name)
    chosen = known.get(default, default)
    words = getattr(chosen, "label", None) or getattr(chosen, "short", None) or chosen
    return f"“{words}”"
