"""CDC PLACES 2024 release (BRFSS 2022): adults ever told they have depression, and adults in frequent mental distress."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_interval, expect_share
from data.reading import read_text, share_of_percent
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "cdc/PLACES_county_gis_friendly_2024_release.csv"

SOURCE = Source(
    id="cdc_places",
    publisher="Centers for Disease Control and Prevention",
    title="PLACES: local data for better health, counties, 2024 release",
    vintage="BRFSS 2022",
    url="https://data.cdc.gov/resource/i46a-9kgh.csv",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Disease Control and Prevention. PLACES: County Data, GIS-Friendly Format, 2024 release.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(FILE,),
    note="Modelled from a telephone survey; not for evaluating programmes and not for trends. Intervals are 95 %, adults of 18 and over.",
)

MEASURES = {
    "DEPRESSION_CrudePrev": ("DEPRESSION_Crude95CI", "depression"),
    "DEPRESSION_AdjPrev": ("DEPRESSION_Adj95CI", "depression_adjusted"),
    "MHLTH_CrudePrev": ("MHLTH_Crude95CI", "distress"),
}
INTERVAL = r"^\(\s*(\d+\.?\d*)\s*,\s*(\d+\.?\d*)\s*\)$"


def read_mental_health(raw: Raw) -> pd.DataFrame:
    """geoid, depression_share and distress_share (crude), depression_adjusted_share (for age), each with
    its 95 % interval (depression_low, depression_high and so on).

    Depression is "ever told by a health professional"; distress is 14 or more of 30 days of poor mental health.
    """
    frame = read_text(raw.path(FILE), needs=("CountyFIPS", *MEASURES, *(interval for interval, _ in MEASURES.values())))
    frame = frame.assign(geoid=frame["CountyFIPS"].str.zfill(5)).sort_values("geoid", ignore_index=True)
    expect_counties(frame["geoid"], "PLACES")
    found = pd.DataFrame({"geoid": frame["geoid"]})
    for value, (interval, name) in MEASURES.items():
        bounds = frame[interval].str.extract(INTERVAL)
        expect(bool(bounds.notna().all(axis=None)), f"PLACES: not every {interval} reads like (14.0, 19.9).")
        found[f"{name}_share"] = share_of_percent(frame[value], value)
        found[f"{name}_low"] = share_of_percent(bounds[0], interval)
        found[f"{name}_high"] = share_of_percent(bounds[1], interval)
        expect(bool(found[f"{name}_share"].notna().all()), f"PLACES: {value} is not complete.")
        expect_share(found[f"{name}_share"], f"PLACES {value}")
        expect_interval(found, f"{name}_low", f"{name}_share", f"{name}_high", f"PLACES {value}")
    return found
