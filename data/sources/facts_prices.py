"""Self-pay prices that providers publish themselves, prices others state of them, and price ranges by city. Single facts, each cited.

One provider often publishes several prices: a standard one, one for members, a sliding scale, a group. They are told apart here, because
a median over them all would be the price of nothing. No state has five providers for one modality and unit: no map, no state median.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect
from data.source import FACTS_ONLY, Raw, Source

SOURCE = Source(
    id="facts_prices",
    publisher="Ketamine Access Atlas, read from the pages named in each row",
    title="Prices of ketamine therapy that providers and others publish",
    vintage="pages of 2018-2026; most without a year",
    url="",
    licence=FACTS_ONLY,
    citation="Prices as published on the page named in each row; collected by the Ketamine Access Atlas, 2026.",
    read_on=date(2026, 11, 23),
    stale_after_days=180,
    files=("facts/observed_prices.csv", "facts/thirdparty_prices.csv", "facts/metro_prices.csv"),
    note="About two dozen providers that chose to publish: no sample, no map, no figure for a state.",
)
OWN, THIRD, METRO = SOURCE.files

MODALITIES = {
    "iv": "iv",
    "im": "im",
    "sublingual": "oral",
    "oral": "oral",
    "oral_at_home": "oral",
    "intranasal_compounded": "intranasal",
    "esketamine": "esketamine",
}
UNITS = {"per_session": "session", "package": "package", "consult": "consult", "monthly": "month"}
KINDS = ("standard", "member", "established_patient", "sliding_scale", "group", "guided", "maintenance", "follow_up", "medicine_only")
GRADES = ("own_page", "own_page_source", "unlocated", "third_party")
"""From the provider's page at an address; from that page's source in a public repository; its own words without an address; from others."""

QUALIFIERS: dict[str, tuple[str, bool]] = {
    "sliding scale, intern": ("sliding_scale", False),
    "group KAP": ("group", True),
    "guided": ("guided", False),
    "membership rate": ("member", False),
    "membership": ("member", False),
    "established patients": ("established_patient", False),
    "maintenance": ("maintenance", False),
    "follow-up visit": ("follow_up", False),
    "refill, up to 6 doses": ("medicine_only", False),
    "with therapy": ("standard", True),
    "telehealth": ("standard", False),
    "national telehealth": ("standard", False),
    "national telehealth prescriber for KAP": ("standard", False),
    "Journey Clinical partner": ("standard", False),
    "private-pay practice": ("standard", False),
    "IV, mood and psychiatric; site source": ("standard", False),
    "prepaid series; site source": ("standard", False),
    "Dr. Jackson, ketamine-tn.com": ("standard", False),
}
"""What the brackets after a name say of the price: its kind, and whether psychotherapy is in it. Clinicians' names are dropped with them."""

LEFT_OUT = {
    "at-home telehealth; site may be pre-launch template": "perhaps a template that never opened, and no address to follow",
    "practice site source; status not checked": "status unknown, and no address to follow",
}

COLUMNS = [
    "provider",
    "city",
    "state",
    "modality",
    "route",
    "indication",
    "unit",
    "sessions",
    "price_usd",
    "price_high_usd",
    "kind",
    "with_psychotherapy",
    "telehealth",
    "insurance_note",
    "financing_note",
    "page_year",
    "grade",
    "source_url",
]


def read_prices(raw: Raw) -> pd.DataFrame:
    """One row a published price, COLUMNS; `attrs["report"]` says what was left out and why.

    `unit` is session, package, consult or month; `sessions` those in a package; `price_high_usd` only where a range is published;
    `with_psychotherapy` and `telehealth` are True where the page says so, else False for "not said".
    """
    own = pd.read_csv(raw.path(OWN), dtype="str")
    third = pd.read_csv(raw.path(THIRD), dtype="str")
    expect(len(own) == 79, f"{OWN} has {len(own)} rows; 79 were expected.")
    expect(len(third) == 19, f"{THIRD} has {len(third)} rows; 19 were expected.")
    own, repaired = repair_quoting(own)
    expect(repaired == 3, f"{OWN}: {repaired} rows needed their quoting repaired; three of Phos were expected.")
    frame = pd.concat([own.assign(third=False), third.assign(third=True)], ignore_index=True)
    kept, report = leave_out(frame)
    found = told_apart(kept)
    found = found.sort_values(["provider", "modality", "unit", "kind", "sessions", "price_usd"], ignore_index=True)
    found.attrs["report"] = report
    return found


def repair_quoting(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Three rows have an unquoted comma in their address, so that its end stands as the year. The frame mended, and how many rows."""
    broken = frame["page_year_if_known"].notna() & ~frame["page_year_if_known"].fillna("").str.strip().str.fullmatch(r"\d{4}")
    mended = frame.assign(page_year_if_known=frame["page_year_if_known"].mask(broken).str.strip())
    return mended, int(broken.sum())


def leave_out(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Without rows that can't be stood behind; the reasons as sentences."""
    brackets = frame["clinic_name"].str.extract(r"\(([^()]*)\)$")[0]
    doubtful = brackets.isin(LEFT_OUT)
    # "6 sessions for 89 USD, weekly payments": the figure is the instalment, not the package.
    instalment = frame["financing_note"].eq("weekly payments")
    reasons = brackets.map(LEFT_OUT).mask(instalment, "an instalment, not the price of the package")
    names = frame["clinic_name"].str.split(" (", regex=False).str[0]
    report = sorted(
        {f"Price of {name} left out: {reason}." for name, reason in zip(names, reasons, strict=True) if isinstance(reason, str)}
    )
    return frame[~(doubtful | instalment)], report


def told_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with provider, kind, modality, unit and grade each in its own column."""
    names = frame["clinic_name"].str.extract(r"^(?P<provider>[^()]*?)\s*(?:\((?P<bracket>[^()]*)\))?$")
    brackets = names["bracket"]
    unknown = sorted(set(brackets.dropna()) - set(QUALIFIERS))
    expect(not unknown, f"The prices have names with {unknown} in brackets; say in QUALIFIERS what kind of price that is.")
    for column, known in (("modality", set(MODALITIES)), ("unit", set(UNITS))):
        strange = sorted(set(frame[column].dropna()) - known)
        expect(not strange, f"The prices have the {column} {strange}, which is not known.")
    expect(bool(frame["unit"].notna().all()), "A price has no unit; without one it can't be compared with anything.")
    kinds = [QUALIFIERS[bracket][0] if isinstance(bracket, str) else "standard" for bracket in brackets]
    therapy = [QUALIFIERS[bracket][1] if isinstance(bracket, str) else False for bracket in brackets]
    address = frame["source_url"]
    on_therapy_page = address.str.contains(r"/kap\b|assisted-psychotherapy", case=False, regex=True)
    found = pd.DataFrame(
        {
            "provider": names["provider"],
            "city": frame["city"],
            "state": frame["state"],
            "modality": frame["modality"].map(MODALITIES).astype("str"),
            "route": frame["modality"],
            "indication": frame["indication"],
            "unit": frame["unit"].map(UNITS).astype("str"),
            "sessions": pd.to_numeric(frame["sessions_in_package"]).astype("Int64"),
            "price_usd": frame["price_usd"].astype("float64"),
            "price_high_usd": frame["price_usd_high"].astype("float64"),
            "kind": pd.Series(kinds, index=frame.index, dtype="str").mask(
                frame["insurance_note"].eq("medication fee not covered"), "medicine_only"
            ),
            "with_psychotherapy": pd.Series(therapy, index=frame.index) | on_therapy_page,
            "telehealth": brackets.fillna("").str.contains("telehealth"),
            "insurance_note": said(frame["insurance_note"]),
            "financing_note": said(frame["financing_note"]),
            "page_year": pd.to_numeric(frame["page_year_if_known"]).astype("Int64"),
            "grade": grades(frame),
            "source_url": address.str.extract(r"^(https?://\S+)")[0],
        }
    )
    return found.loc[:, COLUMNS]


def said(notes: pd.Series) -> pd.Series:
    """Notes, with "none" as missing."""
    return notes.mask(notes.eq("none"))


def grades(frame: pd.DataFrame) -> pd.Series:
    """How near to the provider's own words each row is; one of GRADES."""
    address = frame["source_url"]
    grade = pd.Series("own_page", index=frame.index, dtype="str")
    grade = grade.mask(address.str.contains("github.com|site source", regex=True), "own_page_source")
    grade = grade.mask(~address.str.startswith("http"), "unlocated")
    return grade.mask(frame["third"], "third_party")


def read_examples(raw: Raw) -> pd.DataFrame:
    """Price ranges by city or state: city, state, modality, payment, unit, price_low_usd, price_high_usd, year, publisher, grade, source_url.

    `unit` differs from row to row: choose one before any comparison.
    """
    frame = pd.read_csv(raw.path(METRO), dtype="str")
    expect(len(frame) == 17, f"{METRO} has {len(frame)} rows; 17 were expected.")
    grades_of = {"published_compilation": "compilation", "newspaper": "newspaper", "clinic_own_page": "own_page"}
    strange = sorted(set(frame["grade"]) - set(grades_of)) + sorted(set(frame["modality"]) - set(MODALITIES))
    expect(not strange, f"{METRO}: {strange} are no known grade or modality.")
    found = pd.DataFrame(
        {
            "city": frame["metro"],
            "state": frame["state"],
            "modality": frame["modality"].map(MODALITIES).astype("str"),
            "payment": frame["payment"],
            "unit": frame["unit"].str.removeprefix("per_"),
            "price_low_usd": frame["price_low_usd"].astype("float64"),
            "price_high_usd": frame["price_high_usd"].astype("float64"),
            "year": pd.to_numeric(frame["year"]).astype("Int64"),
            "publisher": frame["source_name"],
            "grade": frame["grade"].map(grades_of).astype("str"),
            "source_url": frame["source_url"],
        }
    )
    wrong = found[found["price_high_usd"] < found["price_low_usd"]]
    expect(wrong.empty, f"{METRO}: {len(wrong)} ranges end below their start.")
    return found.sort_values(["state", "city", "modality", "unit", "price_low_usd"], ignore_index=True)
