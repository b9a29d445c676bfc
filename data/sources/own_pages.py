"""Sites read one by one from practices' own pages, hospitals, chains' lists and press; and details of sites (street, phone)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect
from data.source import FACTS_ONLY, Raw, Source

PAGES_FILE = "providers/providers_from_own_pages.csv"
DETAILS_FILE = "providers/site_details.csv"

AGARIKON = "Agarikon index (CC BY 4.0, doi 10.5281/zenodo.23090788)"

PAGES = Source(
    id="providers_own_pages",
    publisher="Providers' own pages, hospitals, chains and press",
    title="Ketamine and esketamine sites read one by one from public pages",
    vintage="2017-2026, most without a year",
    url="",
    licence=FACTS_ONLY,
    citation="Single facts from public pages, each with its address in the column source_url.",
    read_on=date(2026, 11, 23),
    stale_after_days=365,
    files=(PAGES_FILE,),
    note="Leans to California, Texas, Florida and New York; press of 2016-2020 may be stale, so the year is shown. Nothing here was verified. Each row names its page.",
)

DETAILS = Source(
    id="site_details",
    publisher="Practices' own pages and website sources; Agarikon",
    title="Street, phone, routes and payers of single sites",
    vintage="2023-2026",
    url="https://doi.org/10.5281/zenodo.23090788",
    licence="Single facts, each with its source; those from Agarikon under CC BY 4.0",
    citation=f"Single facts from practices' own pages; {AGARIKON} where it is named as the source.",
    read_on=date(2026, 11, 23),
    stale_after_days=365,
    files=(DETAILS_FILE,),
)

FACTS = {
    "iv": "iv",
    "im": "im",
    "esketamine": "esketamine",
    "oral": "oral_sublingual",
    "assisted_psychotherapy": "kap",
    "takes_medicaid": "accepts_medicaid",
    "takes_medicare": "accepts_medicare",
    "takes_private": "accepts_private",
    "takes_self_pay": "self_pay",
}

KINDS = {
    "own_page": "Practice's own page",
    "press": "Press",
    "chain_list": "Chain's own list",
    "chain_page": "Chain's own list",
    "hospital_page": "Hospital's own page",
    "repo_site_source": "Practice's own website source",
    "repository": "Practice's own website source",
    "directory": "Directory",
}


def stated(values: pd.Series) -> pd.Series:
    """ "True", "False" and "" (not stated) as a nullable boolean."""
    return values.map({"True": True, "False": False}).astype("boolean")


def common(read: pd.DataFrame) -> pd.DataFrame:
    """The columns that both files have, in the project's names."""
    return pd.DataFrame(
        {
            "name": read["name"].str.strip(),
            "street": read["street"].str.strip(),
            "city": read["city"].str.strip(),
            "state": read["state"],
            "zip": read["zip"],
            "website": read["url"],
            "source_url": read["source_url"].str.extract(r"(https?://[^\s;()]+)")[0].fillna(""),
            "source_name": read["source_kind"].map(KINDS).mask(read["source_url"].str.contains("Agarikon"), AGARIKON),
            "year": pd.to_numeric(read["source_year"], errors="coerce").astype("Int64"),
            **{ours: stated(read[theirs]) for ours, theirs in FACTS.items()},
        }
    )


def read_own_pages(raw: Raw) -> pd.DataFrame:
    """240 sites: the columns of `common`, and overlaps (tuple of (layer, name, city) that the file says are the same site)."""
    read = pd.read_csv(raw.path(PAGES_FILE), dtype="str", keep_default_na=False)
    expect(len(read) == 240, f"{PAGES_FILE}: {len(read)} sites; 240 were expected.")
    new = int((read["overlaps"] == "none").sum())
    expect(new == 187, f"{PAGES_FILE}: {new} sites in no other list; 187 were expected.")
    same = read["overlaps_with"].where(read["overlaps"] != "none", "")
    return common(read).assign(overlaps=same.map(parse_overlaps))


def parse_overlaps(text: str) -> tuple[tuple[str, str, str], ...]:
    """What a row says it equals.

    >>> parse_overlaps("named_2026: Ki Ketamine | Stamford; samhsa: McLean Hospital | Belmont (probable)")
    (('named_2026', 'Ki Ketamine', 'Stamford'), ('samhsa', 'McLean Hospital', 'Belmont'))
    """
    found = []
    for part in text.replace("(probable)", "").split(";"):
        layer, _, rest = part.strip().partition(": ")
        name, _, city = rest.partition(" | ")
        if city:
            found.append((layer, " ".join(name.split()), city.strip()))
    return tuple(found)


def read_site_details(raw: Raw) -> pd.DataFrame:
    """131 sites: the columns of `common`, phone, closed, and overlaps (at most one (layer, name, city))."""
    read = pd.read_csv(raw.path(DETAILS_FILE), dtype="str", keep_default_na=False)
    expect(len(read) == 131, f"{DETAILS_FILE}: {len(read)} sites; 131 were expected.")
    layers = read["matches_layer"].value_counts().to_dict()
    expect(
        layers == {"new": 87, "named_2026": 25, "own_pages": 19},
        f"{DETAILS_FILE}: matches {layers}; 25 of the named list, 19 of the own pages and 87 new were expected.",
    )
    filled = int((read["street"] != "").sum()), int((read["phone"] != "").sum())
    expect(filled == (97, 93), f"{DETAILS_FILE}: {filled} streets and phones; (97, 93) were expected.")
    closed = read["status"] == "closed"
    expect(int(closed.sum()) == 3, f"{DETAILS_FILE}: {int(closed.sum())} closed sites; 3 were expected.")
    matches = zip(read["matches_layer"], read["matches_name"], read["matches_city"], strict=True)
    overlaps = [((layer, name, city),) if layer != "new" else () for layer, name, city in matches]
    return common(read).assign(phone=read["phone"], closed=closed, overlaps=pd.Series(overlaps, index=read.index, dtype="object"))
