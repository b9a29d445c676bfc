"""Small Area Income and Poverty Estimates: modelled poverty and median household income with 90 % intervals."""

from __future__ import annotations

from datetime import date

import pandas as pd
import xlrd

from data.checks import expect, expect_counties, expect_interval, expect_share
from data.errors import DataError
from data.reading import counties_of, numbers, place_codes, states_of
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "census/saipe_est23all.xls"

SOURCE = Source(
    id="census_saipe",
    publisher="US Census Bureau",
    title="Small Area Income and Poverty Estimates: counties, states and nation",
    vintage="2023",
    url="https://www2.census.gov/programs-surveys/saipe/datasets/2023/2023-state-and-county/est23all.xls",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. Small Area Income and Poverty Estimates 2023 (December 2024).",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(FILE,),
    note="Modelled by the Census Bureau; intervals are 90 %. Kalawao County, Hawaii, is not estimated.",
)

KALAWAO = "15005"
HEADER = "State FIPS Code"
POVERTY = "Poverty Percent, All Ages"
POOR = "Poverty Estimate, All Ages"
INCOME = "Median Household Income"


def read_sheet(raw: Raw) -> pd.DataFrame:
    """The first sheet as text below its header row. Interval columns share one name, so columns are numbered, not named."""
    path = raw.path(FILE)
    try:
        sheet = xlrd.open_workbook(str(path)).sheet_by_index(0)
    except xlrd.XLRDError as error:
        raise DataError(f"{path.name} cannot be opened as an Excel 97 workbook ({error}); download it again.") from None
    rows = [[str(cell).strip() for cell in sheet.row_values(row)] for row in range(sheet.nrows)]
    heads = [number for number, row in enumerate(rows) if row[0] == HEADER]
    expect(len(heads) == 1, f"{path.name} has no header row that begins with {HEADER!r}.")
    frame = pd.DataFrame(rows[heads[0] + 1 :], dtype="str")
    frame.attrs["header"] = rows[heads[0]]
    return frame[frame[0].str.fullmatch(r"\d\d")].reset_index(drop=True)


def read_poverty_and_income(raw: Raw) -> pd.DataFrame:
    """geoid, people_in_poverty, poverty_share (poverty_low, poverty_high), saipe_median_income_usd (_low, _high); nation, states, counties."""
    sheet = read_sheet(raw)
    header: list[str] = sheet.attrs["header"]
    for name in (POOR, POVERTY, INCOME):
        expect(name in header, f"SAIPE has no column {name!r}; its layout is not the one this reader knows.")
    poor, poverty, income = header.index(POOR), header.index(POVERTY), header.index(INCOME)
    found = pd.DataFrame({"geoid": place_codes(sheet[0], sheet[1]), "people_in_poverty": numbers(sheet[poor], POOR)})
    for suffix, step in (("", 0), ("_low", 1), ("_high", 2)):  # an estimate is followed by its lower and its upper bound
        found[f"poverty{suffix or '_share'}"] = (numbers(sheet[poverty + step], POVERTY) / 100).round(6)
        found[f"saipe_median_income_usd{suffix}"] = numbers(sheet[income + step], INCOME)
    found = found.sort_values("geoid", ignore_index=True)
    expect_counties(counties_of(found)["geoid"], "SAIPE")
    expect(len(states_of(found)) == 51, "SAIPE: 50 states and DC were expected.")
    unknown = found.loc[found["poverty_share"].isna() | found["saipe_median_income_usd"].isna(), "geoid"].tolist()
    expect(unknown == [KALAWAO], f"SAIPE: estimates are missing for {unknown}; only Kalawao {KALAWAO} was expected.")
    expect_share(found["poverty_share"], "SAIPE poverty")
    expect_interval(found, "poverty_low", "poverty_share", "poverty_high", "SAIPE poverty")
    expect_interval(found, "saipe_median_income_usd_low", "saipe_median_income_usd", "saipe_median_income_usd_high", "SAIPE income")
    return found
