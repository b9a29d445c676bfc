"""What is paid for: federal figures to the unit, each with its caveat, nothing that names a person."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from data.build import validate
from data.source import Raw
from data.sources import use_statistics
from data.tables import money, use

RAW = Raw(Path(os.environ.get("ATLAS_RAW") or Path(__file__).resolve().parents[3] / "shared" / "raw"))
with_raw = pytest.mark.skipif(
    bool(RAW.missing(source for table in use.TABLES for source in table.sources)),
    reason="the files of use/ and cms/ are not in the raw folder; set ATLAS_RAW to the folder of official files",
)


def test_the_year_of_a_figure_is_the_last_of_its_period() -> None:
    for period, year, complete in (("2023", 2023, True), ("2025 Q1-Q3", 2025, False), ("2018-2024", 2024, False)):
        row = use_statistics.figure("medicaid", period, "claims", 1, "claims", "caveat", use_statistics.PART_D)
        assert (row["year"], row["complete_year"]) == (year, complete)


@pytest.fixture(scope="module")
def national() -> pd.DataFrame:
    return use_statistics.read_use(RAW)


def value(frame: pd.DataFrame, payer: str, period: str, measure: str, code: str | None = None) -> float:
    chosen = frame[(frame["payer"] == payer) & (frame["period"] == period) & (frame["measure"] == measure)]
    chosen = chosen[chosen["code"].isna()] if code is None else chosen[chosen["code"] == code]
    assert len(chosen) == 1
    return float(chosen["value"].iloc[0])


@with_raw
def test_figures_are_those_of_the_publishers(national: pd.DataFrame) -> None:
    assert value(national, "medicaid", "2019", "claims") == 2_734
    assert value(national, "medicaid", "2023", "claims") == 82_389
    assert value(national, "medicaid", "2020", "spending") == pytest.approx(13.1e6, rel=0.002), "CMS's own, not 25.3 million"
    assert value(national, "medicaid", "2023", "spending") == pytest.approx(102.9e6, rel=0.001)
    assert value(national, "medicare_part_d", "2023", "claims") / value(national, "medicare_part_d", "2023", "people") == pytest.approx(
        14.5, abs=0.05
    )
    assert value(national, "medicaid", "2025 Q1-Q3", "claims") == 50_137 + 2_317 + 12_975 + 69_196 == 134_625
    assert value(national, "medicaid_providers", "2018-2024", "claims", "S0013") == 10_359
    assert value(national, "medicare_part_b", "2024", "visits", "G2083") == 13_742


@with_raw
def test_medicaid_claims_grew_thirtyfold_in_four_years(national: pd.DataFrame) -> None:
    assert value(national, "medicaid", "2023", "claims") / value(national, "medicaid", "2019", "claims") == pytest.approx(30, abs=0.5)


@with_raw
def test_every_figure_has_a_caveat_and_a_known_source(national: pd.DataFrame) -> None:
    assert (national["caveat"].str.len() > 20).all()
    assert set(national["source"]) == {source.id for source in use.TABLES[0].sources}
    spending = national[(national["measure"] == "spending") & national["code"].isna()]
    assert spending["caveat"].str.contains("before the maker's rebates").all()


@pytest.fixture(scope="module")
def payments() -> pd.DataFrame:
    frames = {"medicare_amounts": money.build_amounts(RAW, {}), "zip_localities": money.build_zips(RAW, {})}
    frame = use.build_payments(RAW, frames)
    validate(use.TABLES[2], frame)
    return frame


@with_raw
def test_medicare_paid_at_most_four_fifths_less_sequestration(payments: pd.DataFrame) -> None:
    """The commonest ratio is 0.784; below lie people who had not met their deductible and visits before 9 March 2024."""
    office = payments[payments["office"]]
    ratio = office["average_payment_usd"] / office["allowed_usd"]
    assert len(office) == 89 - 2
    assert ratio.round(3).mode().max() == pytest.approx(0.80 * 0.98)
    assert ratio.median() == pytest.approx(0.773, abs=0.001)
    # 32.7442 / 33.2875 x 0.784: what the earlier conversion factor of 2024 gives.
    assert ratio.between(0.80 * 0.98 * 32.7442 / 33.2875 - 0.01, 0.80 * 0.98 + 0.002).mean() > 0.6


@with_raw
def test_two_payments_are_a_facilitys(payments: pd.DataFrame) -> None:
    facility = payments[~payments["office"]]
    assert facility["average_payment_usd"].round().tolist() == [26, 27]
    assert facility["state"].tolist() == ["CT", "KS"]


@with_raw
def test_visits_a_beneficiary(payments: pd.DataFrame) -> None:
    """The parameter treatment/esketamine_medicare_2024 is that of the 76 rows of G2083."""
    rows = payments[payments["hcpcs"] == "G2083"]
    visits = rows["services"] / rows["beneficiaries"]
    assert len(rows) == 76
    assert visits.quantile([0.25, 0.5, 0.75]).round(1).tolist() == [3.8, 7.2, 12.8]
    assert rows["services"].sum() / rows["beneficiaries"].sum() == pytest.approx(10.3, abs=0.05)


@with_raw
def test_no_name_number_or_street_is_shipped(payments: pd.DataFrame) -> None:
    for table in use.TABLES:
        columns = " ".join(table.schema.to_schema().columns)
        assert not any(word in columns for word in ("npi", "street", "organisation", "clinician"))
    assert payments["beneficiaries"].min() >= 11


@with_raw
def test_facilities_of_2020() -> None:
    frame = use_statistics.read_facilities_2020(RAW)
    validate(use.TABLES[3], frame)
    assert len(frame) == 51
    assert frame["ketamine_facilities"].sum() == 134
    assert frame.set_index("state").loc["CA", "ketamine_facilities"] == 25
    assert (frame["ketamine_facilities"] <= frame["facilities"]).all()


@with_raw
def test_counts_of_grade_d_are_never_shown() -> None:
    frame = use_statistics.read_published(RAW)
    assert len(frame) == 15 - 4
    assert "D" not in set(frame["grade"])
    assert not frame["citation"].str.contains("Rize").any()
