"""CDC WONDER: deaths by suicide, drugs and alcohol by county, 2011-2020 together, with suppression kept."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties
from data.reading import numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "cdc/CDC_WONDER_county_suicide_drug_alcohol_deaths_2011-2020.csv"

SOURCE = Source(
    id="cdc_wonder",
    publisher="Centers for Disease Control and Prevention, National Center for Health Statistics",
    title="WONDER, underlying cause of death: suicide, drug poisoning, alcohol-induced",
    vintage="2011-2020",
    url="https://wonder.cdc.gov/ucd-icd10.html",
    licence=PUBLIC_DOMAIN,
    citation="CDC, National Center for Health Statistics. Underlying Cause of Death 1999-2020 on CDC WONDER; deaths of 2011-2020.",
    read_on=date(2026, 11, 23),
    stale_after_days=3650,
    files=(FILE,),
    note="Counts under ten are suppressed, not zero. Not available on Connecticut's planning regions and two areas of Alaska.",
)

CAUSES = {"drugpoisoning": "drug", "suicide": "suicide", "alcohol": "alcohol"}

SUPPRESSED = 4.5
"""What the file writes for a count under ten; no count, and never to be added."""

RENAMED = {"02270": "02158", "46113": "46102"}
"""Wade Hampton is Kusilvak since 2015, Shannon is Oglala Lakota: the same areas under another name."""

JOINED = frozenset({"51515", "51560"})
"""Independent cities that went into Bedford (51019) and Alleghany (51005). The first is suppressed, the second blank: they are left
out together with their person-years, so that the county keeps the deaths and the person-years of one and the same area."""

SPLIT = frozenset({"02201", "02232", "02261", "02280"})
"""Census areas of Alaska that were divided; their deaths cannot be told apart on today's areas."""

OLD_CONNECTICUT = frozenset({"09001", "09003", "09005", "09007", "09009", "09011", "09013", "09015"})

NOT_AVAILABLE = frozenset({"02063", "02066", *(f"091{tens}0" for tens in range(1, 10))})
"""Today's counties for which there is no figure."""


def on_todays_counties(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with today's codes: renamed areas recoded, areas that are no county any more left out."""
    frame = frame[~frame["County.Code"].isin(JOINED | SPLIT | OLD_CONNECTICUT)]
    return frame.assign(geoid=frame["County.Code"].replace(RENAMED))


def read_deaths(raw: Raw) -> pd.DataFrame:
    """geoid and for drug, suicide and alcohol: _deaths, _person_years, _deaths_suppressed; 3,144 counties, eleven without figures."""
    needs = [f"{cause}mortality_{kind}" for cause in CAUSES for kind in ("pop", "denom_pop")]
    frame = on_todays_counties(read_text(raw.path(FILE), needs=("County.Code", *needs)))
    expect_counties(frame["geoid"], "WONDER", missing=NOT_AVAILABLE)
    found = pd.DataFrame({"geoid": frame["geoid"]})
    for cause, name in CAUSES.items():
        deaths = numbers(frame[f"{cause}mortality_pop"], f"{name} deaths")
        suppressed = deaths == SUPPRESSED
        expect(bool((deaths[~suppressed] >= 10).all()), f"WONDER: a count of {name} deaths under ten is not marked as suppressed.")
        found[f"{name}_deaths"] = deaths.mask(suppressed)
        found[f"{name}_person_years"] = numbers(frame[f"{cause}mortality_denom_pop"], f"{name} person-years")
        found[f"{name}_deaths_suppressed"] = suppressed
        expect(bool((found[f"{name}_deaths"].isna() == suppressed).all()), f"WONDER: {name} deaths are blank without being suppressed.")
    unknown = pd.DataFrame({"geoid": sorted(NOT_AVAILABLE)} | {f"{name}_deaths_suppressed": False for name in CAUSES.values()})
    return pd.concat([found, unknown]).sort_values("geoid", ignore_index=True)
