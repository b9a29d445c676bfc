"""CMS: who billed traditional Medicare for esketamine in 2024, by address. No clinician's name or number is read or kept."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "cms/medicare_esketamine_billing_2024_by_address.csv"
ROWS, ADDRESSES, STATES = 89, 73, 19
SERVICES = {"G2082": 604, "G2083": 13_742}

SOURCE = Source(
    id="cms_esketamine_billing_2024",
    publisher="Centers for Medicare & Medicaid Services (CMS)",
    title="Medicare Physician & Other Practitioners by provider and service: esketamine visits (G2082, G2083) by address",
    vintage="2024",
    url="https://data.cms.gov/provider-summary-by-type-of-service/medicare-physician-other-practitioners/medicare-physician-other-practitioners-by-provider-and-service",
    licence=PUBLIC_DOMAIN,
    citation="CMS, Medicare Physician & Other Practitioners, 2024 (G2082, G2083), summed to addresses.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(FILE,),
    note="Clinicians with under 11 beneficiaries are left out by CMS and Medicare Advantage is not in it: nearest and within reach, never rates.",
)


def read_billing(raw: Raw) -> pd.DataFrame:
    """One row an address: street, city, state, zip, services (visits billed, G2082 and G2083)."""
    read = pd.read_csv(raw.path(FILE), dtype={"zip": "str", "street": "str"}, keep_default_na=False)
    expect(len(read) == ROWS, f"{FILE}: {len(read)} rows; {ROWS} were expected.")
    services = read.groupby("hcpcs")["services"].sum().to_dict()
    expect(services == SERVICES, f"{FILE}: {services} services; {SERVICES} were expected.")
    by_address = read.groupby(["street", "city", "state", "zip"])["services"].sum().reset_index()
    expect(len(by_address) == ADDRESSES, f"{FILE}: {len(by_address)} addresses; {ADDRESSES} were expected.")
    expect(by_address["state"].nunique() == STATES, f"{FILE}: {by_address['state'].nunique()} states; {STATES} were expected.")
    return by_address
