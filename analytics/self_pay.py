"""Self-pay prices that providers publish: a distribution with one vote a provider, and named examples. Never a map.

The providers are a handful that chose to publish, so there is one figure for the nation, none for a state with too few of them, and no
adjustment to local costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics import status
from analytics.cache import CACHE
from analytics.places import level_of, places
from analytics.query import MODALITIES, NATION
from analytics.tables import Tables
from data.parameter import load

ROUTES: Final = MappingProxyType({**MODALITIES, "intranasal": "compounded nasal ketamine"})
INDICATIONS: Final = MappingProxyType(
    {
        "not_pain": ("anything but pain", ("depression", "unspecified")),
        "depression": ("depression", ("depression",)),
        "unspecified": ("no stated indication", ("unspecified",)),
        "pain": ("pain", ("pain",)),
    }
)
"""Infusions for pain take hours and cost twice as much: they are never in one figure with the others."""
UNITS: Final = MappingProxyType({"session": "a session", "package": "a package", "consult": "a first consultation", "month": "a month"})
KINDS: Final = MappingProxyType(
    {
        "standard": "standard price",
        "with_psychotherapy": "with psychotherapy in it",
        "sliding_scale": "sliding scale",
        "group": "in a group",
        "member": "for members",
        "established_patient": "for established patients",
        "guided": "guided",
        "maintenance": "maintenance",
        "follow_up": "follow-up",
        "medicine_only": "medicine only",
    }
)
"""Kinds of price. A provider often publishes several; a median over them all would be the price of nothing."""
VOTING: Final = ("own_page", "own_page_source")
"""Grades of source that vote: the provider's own words at an address that can be opened. The others are examples."""
PERCENTILES: Final = (10, 25, 50, 75, 90)
KIND_COLUMNS: Final = ("modality", "indication", "unit", "sessions", "kind", "providers", "least", "greatest", "status", "reason")
EXAMPLE_COLUMNS: Final = ("provider", "city", "state", "price_usd", "price_high_usd", "page_year", "read_on", "grade", "source_url")


@dataclass(frozen=True)
class Distribution:
    """Published prices of one kind, one vote a provider: USD, as published, not brought to one year.

    `percentiles` maps 10, 25, 50, 75 and 90 to USD. With fewer providers than prices/least_providers there are none, the status is
    "no data" and the `reason` says why; `least` and `greatest` then are the nation's only. `votes` has provider and usd; `examples` every
    such price with a link, those that others state of a provider too (grade "third_party").
    """

    modality: str
    indication: str
    unit: str
    sessions: int | None
    kind: str
    place: str
    providers: int
    percentiles: dict[int, float]
    least: float
    greatest: float
    status: str
    reason: str
    votes: pd.DataFrame
    examples: pd.DataFrame

    @property
    def median(self) -> float:
        return self.percentiles[50]


def offers(tables: Tables) -> pd.DataFrame:
    """The published prices with `kind` as in KINDS and `usd`, the middle where a range is published. ValueError that names a wrong row."""
    return CACHE.get((tables.version, "offers"), lambda: _offers(tables["prices_observed"]))


def _offers(prices: pd.DataFrame) -> pd.DataFrame:
    for number, row in enumerate(prices.to_dict("records"), start=1):
        named = f"Row {number} of the prices ({row['provider']}, {row['price_usd']} USD)"
        if row["unit"] not in UNITS:
            raise ValueError(f"{named} has no unit; say whether it is a price by session, package, consult or month, or leave it out.")
        if not row["price_usd"] > 0:
            raise ValueError(f"{named} is no price above 0; mend it or leave it out.")
        if row["price_high_usd"] < row["price_usd"]:
            raise ValueError(f"{named} is a range that ends at {row['price_high_usd']:g}, below its start; mend it or leave it out.")
    middle = (prices["price_usd"] + prices["price_high_usd"].fillna(prices["price_usd"])) / 2
    told = prices["kind"].mask((prices["kind"] == "standard") & prices["with_psychotherapy"], "with_psychotherapy")
    return prices.assign(usd=middle, kind=told)


def distribution(
    modality: str,
    tables: Tables,
    *,
    indication: str = "not_pain",
    unit: str = "session",
    sessions: int | None = None,
    kind: str = "standard",
    place: str = NATION,
) -> Distribution:
    """How published prices of one kind are spread in the nation or a state.

    A provider's vote is the median of its own prices of that kind. Packages are compared with packages of as many `sessions`. Psychotherapy
    assisted by ketamine is every route whose price has the psychotherapy in it, whatever `kind` says. ValueError for an unknown word.
    """
    for word, value, known in (
        ("kind of therapy", modality, ROUTES),
        ("indication", indication, INDICATIONS),
        ("unit", unit, UNITS),
        ("kind of price", kind, KINDS),
    ):
        if value not in known:
            raise ValueError(f"There are no prices for the {word} “{value}”; there are some for {', '.join(known)}.")
    if place != NATION and not (place in places(tables) and level_of(place) == "state"):
        raise ValueError(f"Self-pay prices are had for the nation or a state, not for “{place}”: too few providers publish theirs.")
    if (unit == "package") != (sessions is not None):
        raise ValueError("A package is compared with packages of as many sessions: say how many for a package, and for nothing else.")
    return CACHE.get(
        (tables.version, "self pay", modality, indication, unit, sessions, kind, place),
        lambda: _distribution(modality, tables, indication, unit, sessions, kind, place),
    )


def _distribution(modality: str, tables: Tables, indication: str, unit: str, sessions: int | None, kind: str, place: str) -> Distribution:
    assisted = modality == "assisted_psychotherapy"
    kind = "with_psychotherapy" if assisted else kind
    found = offers(tables)
    chosen = found[(found["unit"] == unit) & (found["kind"] == kind) & found["indication"].isin(INDICATIONS[indication][1])]
    if not assisted:
        chosen = chosen[chosen["modality"] == modality]
    if sessions is not None:
        chosen = chosen[chosen["sessions"].eq(sessions).fillna(False)]
    if place != NATION:
        postal = str(tables["states"].set_index("geoid").loc[place, "state"])
        chosen = chosen[chosen["state"].eq(postal).fillna(False)]
    votes = one_vote_each(chosen[chosen["grade"].isin(VOTING)])
    usd = votes["usd"].to_numpy(dtype=float)
    least_providers = int(load("prices/least_providers").number())
    enough = len(usd) >= least_providers
    bounds = len(usd) > 0 and (enough or place == NATION)
    where = "" if place == NATION else f" in {places(tables)[place].name}"
    return Distribution(
        modality=modality,
        indication=indication,
        unit=unit,
        sessions=sessions,
        kind=kind,
        place=place,
        providers=len(usd),
        percentiles={one: float(np.quantile(usd, one / 100)) if enough else np.nan for one in PERCENTILES},
        least=float(usd.min()) if bounds else np.nan,
        greatest=float(usd.max()) if bounds else np.nan,
        status=status.OBSERVED if enough else status.NO_DATA,
        reason="" if enough else too_few(modality, len(usd), least_providers, where),
        votes=votes,
        examples=examples_of(chosen, tables),
    )


def one_vote_each(chosen: pd.DataFrame) -> pd.DataFrame:
    """provider and usd, the median of its prices, cheapest first."""
    votes = chosen.groupby("provider")["usd"].median().reset_index()
    return votes.sort_values(["usd", "provider"], ignore_index=True)


def too_few(modality: str, providers: int, least: int, where: str) -> str:
    if modality == "any":
        return "Prices of different kinds of ketamine therapy make no figure together: choose one kind."
    counted = f"{providers or 'no'} provider{'s' if providers > 1 else ''}"
    return f"A figure needs {least} providers that publish such a price for {ROUTES[modality]}; {counted} found{where}."


def examples_of(chosen: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """EXAMPLE_COLUMNS of the prices with a link. `page_year` is empty where the page has no date; `read_on` is when it was read."""
    dates = [str(source["read_on"]) for source in tables.sources_of("prices_observed")]
    linked = chosen[chosen["source_url"].notna()].assign(read_on=max(dates, default=""))
    return linked.sort_values(["usd", "provider"])[list(EXAMPLE_COLUMNS)].reset_index(drop=True)


def price_kinds(tables: Tables) -> pd.DataFrame:
    """One row for each modality, indication (pain or not), unit, sessions in a package and kind that is published at all in the nation.

    Columns as in KIND_COLUMNS, then p10, p25, p50, p75, p90 (USD). Packages that don't say
    how many sessions they hold, and prices that don't say what is given, are left out: they compare with nothing.
    """
    found = offers(tables)
    found = found[found["modality"].notna() & ((found["unit"] != "package") | found["sessions"].notna())]
    found = found.assign(
        indication=np.where(found["indication"] == "pain", "pain", "not_pain"), sessions=found["sessions"].astype("Int64").fillna(0)
    )
    names = ["modality", "indication", "unit", "sessions", "kind"]
    rows: list[dict[str, Any]] = []
    for key in found[names].drop_duplicates().sort_values(names).to_dict("records"):
        choice = {name: str(key[name]) for name in ("indication", "unit", "kind")}
        one = distribution(str(key["modality"]), tables, sessions=int(key["sessions"]) or None, **choice)
        figures = {f"p{share}": usd for share, usd in one.percentiles.items()}
        rows.append({**{name: getattr(one, name) for name in KIND_COLUMNS}, **figures})
    return pd.DataFrame(rows).astype({"sessions": "Int64"})


def published_ranges(modality: str, tables: Tables) -> pd.DataFrame:
    """Price ranges by city or state as others published them, self-pay only: city, state, unit, price_low_usd, price_high_usd, year,
    publisher, grade, source_url. Units differ from row to row: examples, and nothing to take a mean or a median of.
    """
    if modality not in ROUTES:
        raise ValueError(f"There are no prices for the kind of therapy “{modality}”; there are some for {', '.join(ROUTES)}.")
    ranges = tables["price_examples"]
    chosen = ranges[(ranges["payment"] == "self_pay") & ((ranges["modality"] == modality) | (modality == "any"))]
    return chosen.drop(columns=["payment", "modality"] if modality != "any" else ["payment"]).reset_index(drop=True)
