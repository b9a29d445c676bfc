"""What is paid for: esketamine in Medicaid and Medicare by year, from five federal publications, and what others counted.

None of them is the whole: a claim is a dispensing or a visit, not a person; spending is before rebates; small cells are suppressed;
Part D leaves out what clinics bill under Part B. So the rows stand side by side with their caveat and are never added up.
"""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd

from data.checks import expect, expect_total, without_territories
from data.source import FACTS_ONLY, PUBLIC_DOMAIN, Raw, Source
from data.sources import medicare_claims

READ = date(2026, 11, 23)
CMS = "Centers for Medicare & Medicaid Services"

MEDICAID_DRUG = Source(
    id="cms_medicaid_spending_by_drug",
    publisher=CMS,
    title="Medicaid Spending by Drug: Spravato",
    vintage="2019-2023",
    url="https://data.cms.gov/summary-statistics-on-use-and-payments/medicare-medicaid-spending-by-drug/medicaid-spending-by-drug",
    licence=PUBLIC_DOMAIN,
    citation=f"{CMS}, Medicaid Spending by Drug, 2019-2023.",
    read_on=READ,
    stale_after_days=365,
    files=("use/medicaid_spending_by_drug_spravato_2019_2023.csv",),
)
PART_D = Source(
    id="cms_part_d_spending_by_drug",
    publisher=CMS,
    title="Medicare Part D Spending by Drug: Spravato",
    vintage="2019-2023",
    url="https://data.cms.gov/summary-statistics-on-use-and-payments/medicare-medicaid-spending-by-drug/medicare-part-d-spending-by-drug",
    licence=PUBLIC_DOMAIN,
    citation=f"{CMS}, Medicare Part D Spending by Drug, 2019-2023.",
    read_on=READ,
    stale_after_days=365,
    files=("use/medicare_partd_spending_by_drug_spravato_2019_2023.csv",),
)
STATE_DRUG = Source(
    id="cms_state_drug_utilization",
    publisher=CMS,
    title="Medicaid State Drug Utilization Data: Spravato",
    vintage="2025, first three quarters",
    url="https://data.medicaid.gov/",
    licence=PUBLIC_DOMAIN,
    citation=f"{CMS}, Medicaid State Drug Utilization Data, 2025.",
    read_on=READ,
    stale_after_days=180,
    files=("use/medicaid_sdud_spravato_2025_q1_q3_national.csv",),
)
MEDICAID_PROVIDERS = Source(
    id="hhs_medicaid_provider_spending",
    publisher="Department of Health and Human Services",
    title="Medicaid Provider Spending: esketamine codes",
    vintage="2018-2024",
    url="https://opendata.hhs.gov/datasets/medicaid-provider-spending/",
    licence=PUBLIC_DOMAIN,
    citation="Department of Health and Human Services, Medicaid Provider Spending, 2018-2024.",
    read_on=READ,
    stale_after_days=365,
    files=("use/medicaid_provider_spending_esketamine_2018_2024_national.csv",),
    note="The list of who billed is not shipped: most of it is people.",
)
NMHSS = Source(
    id="samhsa_nmhss_2020",
    publisher="Substance Abuse and Mental Health Services Administration",
    title="National Mental Health Services Survey 2020: facilities that report ketamine infusion therapy",
    vintage="2020",
    url="https://www.samhsa.gov/data/data-we-collect/n-sumhss-national-substance-use-and-mental-health-services-survey",
    licence=PUBLIC_DOMAIN,
    citation="Substance Abuse and Mental Health Services Administration, National Mental Health Services Survey (N-MHSS), 2020.",
    read_on=READ,
    stale_after_days=1500,
    files=("use/samhsa_nmhss_2020_ketamine_by_state.csv",),
    note="Another frame than the directories of 2022 to 2024: no trend between them.",
)
PUBLISHED = Source(
    id="facts_use_counts",
    publisher="Ketamine Access Atlas, read from the publications named in each row",
    title="Published counts of clinics, prescriptions and use",
    vintage="2019-2025",
    url="",
    licence=FACTS_ONLY,
    citation="Counts as published in the work cited in each row; collected by the Ketamine Access Atlas, 2026.",
    read_on=READ,
    stale_after_days=365,
    files=("use/published_use_counts.csv",),
)

GROSS = "Gross: before the maker's rebates, never a net price."
CLAIM = "A claim is a dispensing, not a person or a visit."
UNIT = "A unit looks like one 28 mg device; to be checked."
CLINICS = "Leaves out what clinics bill under Part B and claims of Medicare Advantage under the medical benefit."
SUPPRESSED = "Too low by the cells under 11 that states suppress; three quarters of a year; Puerto Rico included."
MONTHS = "Provider-months under 12 claims are left out. Medicaid pays for esketamine mostly through pharmacies, which are not in it."
SMALL = "Traditional Medicare only; clinicians with under 11 people are left out."

COLUMNS = ["payer", "period", "year", "code", "measure", "value", "unit", "complete_year", "caveat", "source"]


def read_use(raw: Raw) -> pd.DataFrame:
    """One row a figure, COLUMNS: claims, people, units or USD of one payer and period; `code` where it is of one billing code.

    `year` is the last of the period; `complete_year` False where the period is not one whole calendar year; `source` a source's id.
    """
    parts = [by_drug(raw, MEDICAID_DRUG, "medicaid"), by_drug(raw, PART_D, "medicare_part_d")]
    parts += [state_drug(raw), medicaid_providers(raw), part_b(raw)]
    frame = pd.concat(parts, ignore_index=True)
    twice = frame.duplicated(["payer", "period", "code", "measure"])
    expect(not twice.any(), "The use statistics have a figure twice.")
    return frame.loc[:, COLUMNS].sort_values(["payer", "year", "period", "code", "measure"], ignore_index=True)


def figure(
    payer: str, period: str, measure: str, value: float, unit: str, caveat: str, source: Source, code: str | None = None
) -> dict[str, object]:
    """One row of the table."""
    return {
        "payer": payer,
        "period": period,
        "year": int(period[:4] if len(period) == 4 or " " in period else period[-4:]),
        "code": code,
        "measure": measure,
        "value": float(value),
        "unit": unit,
        "complete_year": len(period) == 4,
        "caveat": caveat,
        "source": source.id,
    }


def table(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"code": "str"})


def by_drug(raw: Raw, source: Source, payer: str) -> pd.DataFrame:
    """CMS spending by drug and year, of Medicaid or Part D."""
    (file,) = source.files
    frame = pd.read_csv(raw.path(file))
    expect(
        frame["year"].tolist() == [2019, 2020, 2021, 2022, 2023],
        f"{file}: the years are {frame['year'].tolist()}; 2019 to 2023 were expected.",
    )
    known = {"medicaid": (2_734, 82_389, 102.9), "medicare_part_d": (6_173, 56_477, 80.5)}[payer]
    ends = (frame["claims"].iloc[0], frame["claims"].iloc[-1])
    expect(ends == known[:2], f"{file}: claims run from {ends[0]:,} to {ends[1]:,}; {known[0]:,} to {known[1]:,} were expected.")
    expect_total(frame["total_spending_usd"].tail(1) / 1e6, known[2], f"{file}: millions of USD in 2023", tolerance=0.06)
    other = f" {CLINICS}" if payer == "medicare_part_d" else ""
    rows: list[dict[str, object]] = []
    for row in frame.to_dict("records"):
        year = str(row["year"])
        rows.append(figure(payer, year, "claims", row["claims"], "claims", CLAIM + other, source))
        rows.append(figure(payer, year, "units", row["dosage_units"], "units", UNIT + other, source))
        rows.append(figure(payer, year, "spending", row["total_spending_usd"], "USD", GROSS + other, source))
        if "beneficiaries" in row:
            rows.append(figure(payer, year, "people", row["beneficiaries"], "people", CLINICS, source))
    return table(rows)


def state_drug(raw: Raw) -> pd.DataFrame:
    """Medicaid State Drug Utilization, all product names together: they are cut at ten letters and are no doses."""
    (file,) = STATE_DRUG.files
    frame = pd.read_csv(raw.path(file))
    parts = frame[frame["product_name_as_reported"] != "ALL SPRAVATO NAMES"]
    total = frame[frame["product_name_as_reported"] == "ALL SPRAVATO NAMES"].iloc[0]
    expect_total(parts["prescriptions"], float(total["prescriptions"]), f"{file}: prescriptions by name")
    expect_total(parts["total_reimbursed_usd"], float(total["total_reimbursed_usd"]), f"{file}: dollars by name", tolerance=0.02)
    expect(total["prescriptions"] == 134_625, f"{file}: {total['prescriptions']:,} prescriptions; 134,625 were expected.")
    period = "2025 Q1-Q3"
    return table(
        [
            figure("medicaid", period, "claims", total["prescriptions"], "prescriptions", f"{CLAIM} {SUPPRESSED}", STATE_DRUG),
            figure("medicaid", period, "units", total["units"], "units", f"{UNIT} {SUPPRESSED}", STATE_DRUG),
            figure("medicaid", period, "spending", total["total_reimbursed_usd"], "USD", f"{GROSS} {SUPPRESSED}", STATE_DRUG),
        ]
    )


def medicaid_providers(raw: Raw) -> pd.DataFrame:
    """What Medicaid paid to providers by code, all years together: little, because it pays mostly through pharmacies."""
    (file,) = MEDICAID_PROVIDERS.files
    frame = pd.read_csv(raw.path(file)).set_index("hcpcs")
    expect(
        frame["claims"].to_dict() == {"S0013": 10_359, "G2083": 3_313},
        f"{file}: claims are {frame['claims'].to_dict()}; 10,359 and 3,313 were expected.",
    )
    rows: list[dict[str, object]] = []
    for code in ("G2083", "S0013"):
        row = partial(figure, "medicaid_providers", "2018-2024", caveat=MONTHS, source=MEDICAID_PROVIDERS, code=code)
        rows.append(row("claims", float(frame["claims"][code]), "claims"))
        rows.append(row("spending", float(frame["paid_usd"][code]), "USD"))
    return table(rows)


def read_payments(raw: Raw) -> pd.DataFrame:
    """What Medicare paid for esketamine visits in 2024, one row a clinician and code, without name, number or street.

    Columns zip, state, hcpcs, services, beneficiaries, average_payment_usd.
    """
    (file,) = medicare_claims.SOURCE.files
    frame = pd.read_csv(raw.path(file), dtype={"zip": "str"})
    expect(len(frame) == 89, f"{file} has {len(frame)} rows; 89 were expected.")
    services = frame.groupby("hcpcs")["services"].sum().to_dict()
    expect(services == {"G2082": 604, "G2083": 13_742}, f"{file}: services are {services}; 604 and 13,742 were expected.")
    expect(int(frame["beneficiaries"].min()) >= 11, f"{file}: a row with under 11 people; CMS leaves those out, and so must we.")
    frame = frame.rename(columns={"average_medicare_payment_usd": "average_payment_usd"})
    columns = ["zip", "state", "hcpcs", "services", "beneficiaries", "average_payment_usd"]
    return frame.loc[:, columns].sort_values(["state", "zip", "hcpcs", "services", "average_payment_usd"], ignore_index=True)


def part_b(raw: Raw) -> pd.DataFrame:
    """What clinicians billed traditional Medicare in 2024, by code."""
    rows: list[dict[str, object]] = []
    for code, group in read_payments(raw).groupby("hcpcs"):
        row = partial(figure, "medicare_part_b", "2024", caveat=SMALL, source=medicare_claims.SOURCE, code=str(code))
        paid = float((group["services"] * group["average_payment_usd"]).sum())
        rows.append(row("visits", float(group["services"].sum()), "visits"))
        rows.append(row("spending", paid, "USD paid by Medicare"))
    return table(rows)


def read_facilities_2020(raw: Raw) -> pd.DataFrame:
    """Facilities of N-MHSS 2020 by state: geoid, state, facilities, those with ketamine and their payers, TMS and ECT facilities."""
    (file,) = NMHSS.files
    frame = pd.read_csv(raw.path(file), dtype={"state_fips": "str"})
    expect(len(frame) == 53, f"{file} has {len(frame)} rows; 53 were expected.")
    expect_total(frame["kit_facilities"], 134, f"{file}: facilities with ketamine")
    # ZZ are facilities without a state; none of them has ketamine.
    frame = without_territories(frame[frame["state"] != "ZZ"], "state_fips")
    expect_total(frame["kit_facilities"], 134, f"{file}: facilities with ketamine in the states")
    expect(len(frame) == 51, f"{file}: {len(frame)} states; 51 were expected.")
    frame = frame.rename(columns=lambda name: name.replace("kit_", "ketamine_")).rename(columns={"state_fips": "geoid"})
    columns = [
        "geoid",
        "state",
        "facilities",
        "ketamine_facilities",
        "ketamine_outpatient",
        "ketamine_medicaid",
        "ketamine_medicare",
        "ketamine_self_pay",
    ]
    return frame.loc[:, [*columns, "tms_facilities", "ect_facilities"]].sort_values("geoid", ignore_index=True)


def read_published(raw: Raw) -> pd.DataFrame:
    """Published counts, grade D left out: measure, value_text, unit, period, place, grade, note, citation, source_url."""
    (file,) = PUBLISHED.files
    frame = pd.read_csv(raw.path(file), dtype="str")
    expect(len(frame) == 15, f"{file} has {len(frame)} rows; 15 were expected.")
    hidden = frame["grade"] == "D"
    found = frame[~hidden].rename(columns={"value": "value_text", "geography": "place"})
    columns = ["measure", "value_text", "unit", "period", "place", "grade", "note", "citation", "source_url"]
    found = found.loc[:, columns].sort_values(["measure", "period"], ignore_index=True)
    found.attrs["report"] = [f"{int(hidden.sum())} published counts left out: grade D is never shown."]
    return found
