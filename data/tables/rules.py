"""What payers say they cover, what may be said of each state's Medicaid, and published figures to hold ours against."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from data.checks import STATES, expect
from data.source import Raw
from data.sources import facts_benchmarks, facts_coverage
from data.table import Frames, Schema, Table


class CoverageRules(Schema):
    """One rule a row. `not_stated` is not "no"; grade D is secondary."""

    payer_type: Series[str] = pa.Field(isin=facts_coverage.PAYERS)
    state: Series[str] = pa.Field(str_length=2, nullable=True)
    entity: Series[str]
    entity_type: Series[str] = pa.Field(isin=("state", "plan", "pbm", "payer", "maker"))
    product: Series[str] = pa.Field(isin=facts_coverage.PRODUCTS)
    covered: Series[str] = pa.Field(isin=facts_coverage.COVERED)
    prior_authorization: Series[str] = pa.Field(isin=("yes", "not_stated"))
    failed_antidepressants: Series[pd.Int64Dtype] = pa.Field(ge=1, le=6, nullable=True)
    criteria: Series[str] = pa.Field(nullable=True)
    effective: Series[str] = pa.Field(str_matches=r"^\d{4}(-\d{2}){0,2}$", nullable=True)
    year: Series[pd.Int64Dtype] = pa.Field(ge=2010, nullable=True)
    grade: Series[str] = pa.Field(isin=facts_coverage.GRADES)
    publisher: Series[str]
    document: Series[str] = pa.Field(nullable=True)
    read_as: Series[str] = pa.Field(isin=("full", "excerpt"))
    latest: Series[bool]
    source_url: Series[str] = pa.Field(str_startswith="http")


class MedicaidByState(Schema):
    """What may be said of each state's Medicaid and esketamine."""

    geoid: Series[str] = pa.Field(str_matches=r"^\d{2}$", unique=True)
    state: Series[str] = pa.Field(str_length=2, unique=True)
    rule: Series[str] = pa.Field(isin=("stated_with_authorisation", "stated", "federal_rule"))
    stated_by: Series[str] = pa.Field(isin=("state", "plan", "pbm"), nullable=True)
    grade: Series[str] = pa.Field(isin=("A", "B"), nullable=True)
    entity: Series[str] = pa.Field(nullable=True)
    failed_antidepressants: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    effective: Series[str] = pa.Field(nullable=True)
    source_url: Series[str] = pa.Field(str_startswith="http", nullable=True)


class Benchmarks(Schema):
    """Published figures; the number only where the text is one number or one range."""

    measure: Series[str]
    value_text: Series[str]
    value: Series[float] = pa.Field(nullable=True)
    value_low: Series[float] = pa.Field(nullable=True)
    value_high: Series[float] = pa.Field(nullable=True)
    unit: Series[str]
    year: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    place: Series[str] = pa.Field(nullable=True)
    state: Series[str] = pa.Field(str_length=2, nullable=True)
    maker_funded: Series[str] = pa.Field(isin=("yes", "check", "not_known"))
    citation: Series[str]
    source_url: Series[str] = pa.Field(str_startswith="http")


def build_rules(raw: Raw, frames: Frames) -> pd.DataFrame:
    return facts_coverage.read_rules(raw)


def build_medicaid(raw: Raw, frames: Frames) -> pd.DataFrame:
    counties = frames["counties"]
    states = pd.DataFrame({"geoid": counties["geoid"].str[:2], "state": counties["state"]}).drop_duplicates(ignore_index=True)
    expect(len(states) == STATES, f"The counties lie in {len(states)} states; {STATES} were expected.")
    return facts_coverage.medicaid_by_state(frames["coverage_rules"], states)


def build_benchmarks(raw: Raw, frames: Frames) -> pd.DataFrame:
    return facts_benchmarks.read_benchmarks(raw)


TABLES = (
    Table(
        name="coverage_rules",
        title="What payers say they cover, by state agency, plan and payer",
        stands_for="No official file: rules read one by one from the documents named in each row",
        schema=CoverageRules,
        sources=(facts_coverage.SOURCE,),
        build=build_rules,
    ),
    Table(
        name="medicaid_by_state",
        title="What may be said of each state's Medicaid and esketamine",
        stands_for="No official file: the best document read for each state, else the federal rule",
        schema=MedicaidByState,
        sources=(facts_coverage.SOURCE,),
        build=build_medicaid,
        needs=("coverage_rules", "counties"),
    ),
    Table(
        name="benchmarks",
        title="Published figures on price, need, use and reach, each with its citation",
        stands_for="No official file: figures read one by one from the works cited in each row",
        schema=Benchmarks,
        sources=(facts_benchmarks.SOURCE,),
        build=build_benchmarks,
    ),
)
