"""Named ketamine providers of 2026, compiled from the atlas of the Elevated States Project: facts only, town by town."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect
from data.source import FACTS_ONLY, Raw, Source

FILE = "directories/ketamine_providers_2026.csv"
ROWS = 397
LARGEST_STATE = 15
"""At most so many a state: a quota sample, never a basis for rates or for rankings of states."""

SOURCE = Source(
    id="named_providers_2026",
    publisher="Elevated States Project (compiled)",
    title="Named ketamine providers by town",
    vintage="2026",
    url="",
    licence=FACTS_ONLY,
    citation="Names, towns and web addresses of ketamine providers, 2026, compiled from the Elevated States Project's atlas.",
    read_on=date(2026, 11, 23),
    stale_after_days=365,
    files=(FILE,),
    note="Compiled from the Elevated States Project's atlas, whose address the file does not give. At most 15 a state. Routes that are not ticked are unknown, not refused.",
)


def read_named_providers(raw: Raw) -> pd.DataFrame:
    """One row a provider: name, city, state, website ("" where the address is a third party's listing), and the routes it names.

    iv, esketamine, oral, assisted_psychotherapy: True or missing, never False. The file's "im or other racemic" is kept
    out of `im`, as it does not say which.
    """
    read = pd.read_csv(raw.path(FILE), dtype="str", keep_default_na=False)
    expect(len(read) == ROWS, f"{FILE}: {len(read)} providers; {ROWS} were expected.")
    largest = int(read["state"].value_counts().max())
    expect(largest <= LARGEST_STATE, f"{FILE}: a state has {largest} providers; the quota was {LARGEST_STATE}.")
    listing = read["url_is_third_party_listing"] == "True"
    expect(int(listing.sum()) == 8, f"{FILE}: {int(listing.sum())} addresses of third parties; 8 were expected.")
    routes = {"iv": "iv", "esketamine": "spravato", "oral": "oral_sublingual", "assisted_psychotherapy": "kap"}
    return pd.DataFrame(
        {
            "name": read["name"].str.strip(),
            "city": read["city"].str.strip(),
            "state": read["state"],
            "website": read["url"].where(~listing, ""),
            **{ours: (read[theirs] == "True").astype("boolean").where(read[theirs] == "True", pd.NA) for ours, theirs in routes.items()},
        }
    )
