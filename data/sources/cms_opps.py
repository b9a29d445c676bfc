"""CMS hospital outpatient payment rates: the same esketamine visit in a hospital's outpatient department."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect
from data.source import PUBLIC_DOMAIN, Raw, Source

SOURCE = Source(
    id="cms_opps",
    publisher="Centers for Medicare & Medicaid Services",
    title="Hospital Outpatient Prospective Payment System, Addendum B",
    vintage="2025",
    url="https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient/addendum-a-b-updates",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Medicare & Medicaid Services, Hospital Outpatient Prospective Payment System, Addendum B, 2025.",
    read_on=date(2026, 11, 23),
    stale_after_days=365,
    files=("cms/opps_2025_addendumB_selected.csv",),
    note="National rates before the wage index; stands beside the office amount, each with its year, no difference computed.",
)
(RATES,) = SOURCE.files


def read_opps(raw: Raw) -> pd.DataFrame:
    """G-codes only: year, hcpcs, name (CMS's own words), payment_usd, minimum_copayment_usd."""
    frame = pd.read_csv(raw.path(RATES), dtype={"hcpcs": "str", "apc": "str"})
    expect(len(frame) == 7, f"{RATES} has {len(frame)} rows; 7 were expected.")
    # Five-digit codes belong to the American Medical Association; nothing of theirs is shipped.
    frame = frame[frame["hcpcs"].str.fullmatch(r"G\d{4}")]
    frame = frame.rename(
        columns={
            "descriptor_level2_only": "name",
            "payment_rate_usd": "payment_usd",
            "minimum_unadjusted_copayment_usd": "minimum_copayment_usd",
        }
    )
    rates = frame.set_index("hcpcs")["payment_usd"]
    expect(rates["G2082"] == 1_150.50 and rates["G2083"] == 1_450.50, f"{RATES}: G2082 and G2083 are not 1,150.50 and 1,450.50 USD.")
    columns = ["year", "hcpcs", "name", "payment_usd", "minimum_copayment_usd"]
    return frame.loc[:, columns].sort_values(["year", "hcpcs"], ignore_index=True)
