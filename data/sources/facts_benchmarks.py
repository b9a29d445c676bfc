"""Published figures about ketamine therapy with their citation: a check on ours and a context for them, never an input to a map."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect
from data.source import FACTS_ONLY, Raw, Source
from data.sources.facts_coverage import REFUSED

SOURCE = Source(
    id="facts_benchmarks",
    publisher="Ketamine Access Atlas, read from the publications named in each row",
    title="Published figures on price, need, use and reach of ketamine therapy",
    vintage="publications of 2017-2026",
    url="",
    licence=FACTS_ONLY,
    citation="Figures as published in the work cited in each row; collected by the Ketamine Access Atlas, 2026.",
    read_on=date(2026, 11, 23),
    stale_after_days=365,
    files=("facts/published_benchmarks.csv",),
    note="Nearly every study of esketamine is funded by its maker; where that is known or likely the row says so.",
)
(FIGURES,) = SOURCE.files

MAKER = ("J Clin Psychiatry 2024;85(2):23m15102", "Zhdanava", "Joshi", "Johnson & Johnson press release")
"""Funded by the maker, written by its authors, or its own words."""

MAKER_LIKELY = ("Karkare", "Liberman", "Harding", "Optum", "J Med Econ 2023;26:691")
"""Studies of claims by authors of the maker, by the abstract: to be checked."""

PLACES = {"US": None, "World": None, "Atlanta GA": "GA", "Madison WI": "WI", "New York NY": "NY", "Spokane WA": "WA"}
"""State of a place that is no state; the nation and the world have none."""

WORDS = {"million": 1e6, "billion": 1e9}


def read_benchmarks(raw: Raw) -> pd.DataFrame:
    """measure, value_text, value, value_low, value_high, unit, year, place, state, maker_funded (yes, check, not_known), citation, source_url.

    `value_text` is the figure as published; `value`, or `value_low` and `value_high`, only where the text is one number or one range.
    """
    frame = pd.read_csv(raw.path(FIGURES), dtype="str")
    expect(len(frame) == 144, f"{FIGURES} has {len(frame)} rows; 144 were expected.")
    refused = frame["source_url"].str.contains(REFUSED, regex=False) | frame["citation"].str.contains("HealingMaps", regex=False)
    # Aguilar's figure for 2020 is 1.9 times what CMS itself reports; CMS's stands in use_national.
    outdone = frame["measure"].eq("Medicaid spending on esketamine") & frame["citation"].str.startswith("Aguilar")
    expect(int(outdone.sum()) == 1, f"{FIGURES}: Aguilar's spending on esketamine was not found, so it can't be left out.")
    frame = frame[~(refused | outdone)]
    numbers = pd.DataFrame(
        [parsed(text) for text in frame["value"]], index=frame.index, columns=["value", "value_low", "value_high"], dtype="float64"
    )
    found = pd.DataFrame(
        {
            "measure": frame["measure"],
            "value_text": frame["value"],
            "value": numbers["value"],
            "value_low": numbers["value_low"],
            "value_high": numbers["value_high"],
            "unit": frame["unit"],
            "year": pd.to_numeric(frame["year"]).astype("Int64"),
            "place": frame["geography"],
            "state": [PLACES.get(place, place) if isinstance(place, str) else None for place in frame["geography"]],
            "maker_funded": [funding(citation) for citation in frame["citation"]],
            "citation": frame["citation"],
            "source_url": frame["source_url"],
        }
    ).astype({"state": "str"})
    found = found.sort_values(["measure", "citation", "value_text", "source_url"], ignore_index=True)
    found.attrs["report"] = [f"{int(refused.sum())} published figures left out: their publisher refuses reuse. One left out for CMS's own."]
    return found


def parsed(text: str) -> tuple[float, float, float]:
    """(value, low, high) of "590", "25.3 million" or "400-800"; all NaN for anything else, which only its text can say.

    >>> parsed("2.8 million")
    (2800000.0, nan, nan)
    >>> parsed("400-800")
    (nan, 400.0, 800.0)
    """
    nothing = float("nan")
    number, _, word = text.partition(" ")
    low, dash, high = number.partition("-")
    try:
        if dash and not word:
            return nothing, float(low), float(high)
        if not word or word in WORDS:
            return float(number) * WORDS.get(word, 1.0), nothing, nothing
    except ValueError:
        pass
    return nothing, nothing, nothing


def funding(citation: str) -> str:
    """Whether the maker of esketamine paid for or wrote the work: yes, check (likely) or not_known."""
    if any(name in citation for name in MAKER):
        return "yes"
    return "check" if any(name in citation for name in MAKER_LIKELY) else "not_known"
