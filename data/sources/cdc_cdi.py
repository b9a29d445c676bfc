"""CDC Chronic Disease Indicators: depression as the states' own survey finds it, a check on the modelled counties."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_interval
from data.reading import NATION, read_text, share_of_percent
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "cdc/CDI_2022_states.csv"

SOURCE = Source(
    id="cdc_cdi",
    publisher="Centers for Disease Control and Prevention",
    title="Chronic Disease Indicators: depression among adults, age-adjusted, by state",
    vintage="BRFSS 2022",
    url="https://data.cdc.gov/resource/hksd-2xuw.csv",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Disease Control and Prevention. U.S. Chronic Disease Indicators, depression among adults (BRFSS 2022).",
    read_on=date(2026, 11, 23),
    stale_after_days=800,
    files=(FILE,),
    note="Survey values, adjusted for age: to be compared with PLACES' age-adjusted depression, not with the crude one.",
)

NAME = "depression_survey"


def read_depression(raw: Raw) -> pd.DataFrame:
    """geoid (51 states and `us`), depression_survey_share, depression_survey_low and _high (95 %), adjusted for age."""
    frame = read_text(raw.path(FILE), needs=("LocationAbbr", "LocationID", "Question", "DataValueType", "Stratification1", "DataValue"))
    wanted = (
        (frame["Question"] == "Depression among adults")
        & (frame["DataValueType"] == "Age-adjusted Prevalence")
        & (frame["Stratification1"] == "Overall")
        & ~frame["LocationAbbr"].isin(["PR", "GU", "VI"])
    )
    frame = frame[wanted]
    geoid = frame["LocationID"].str.zfill(2).where(frame["LocationAbbr"] != "US", NATION)
    found = pd.DataFrame(
        {
            "geoid": geoid,
            f"{NAME}_share": share_of_percent(frame["DataValue"], "CDI depression"),
            f"{NAME}_low": share_of_percent(frame["LowConfidenceLimit"], "CDI lower bound"),
            f"{NAME}_high": share_of_percent(frame["HighConfidenceLimit"], "CDI upper bound"),
        }
    ).sort_values("geoid", ignore_index=True)
    expect(
        len(found) == 52 and found["geoid"].is_unique, f"CDI: depression for {len(found)} places; 51 states and the nation were expected."
    )
    expect_interval(found, f"{NAME}_low", f"{NAME}_share", f"{NAME}_high", "CDI depression")
    return found
