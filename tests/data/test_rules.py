"""What payers say, and what may be said of a state: graded, dated, and silence is never a no."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pandas as pd
import pytest

from data.build import validate
from data.errors import DataError
from data.source import Raw
from data.sources import facts_benchmarks, facts_coverage
from data.tables import rules

RAW = Raw(Path(os.environ.get("ATLAS_RAW") or Path(__file__).resolve().parents[3] / "shared" / "raw"))
with_raw = pytest.mark.skipif(
    not (RAW.root / facts_coverage.MEDICAID).is_file(),
    reason=f"{facts_coverage.MEDICAID} is not in the raw folder; set ATLAS_RAW to the folder of official files",
)

STATES = pd.DataFrame(
    {"geoid": ["01", "04", "19", "30", "36", "37", "39", "48", "10"], "state": ["AL", "AZ", "IA", "MT", "NY", "NC", "OH", "TX", "DE"]}
)


def rule(
    state: str, covered: str, grade: str, entity: str = "the agency", effective: str = "2024", latest: bool = True
) -> dict[str, object]:
    return {
        "payer_type": "medicaid",
        "state": state,
        "entity": entity,
        "entity_type": "plan" if grade == "B" else "state",
        "product": "esketamine",
        "covered": covered,
        "grade": grade,
        "effective": effective,
        "latest": latest,
        "failed_antidepressants": pd.NA,
        "source_url": "https://example.org",
    }


def eight() -> list[dict[str, object]]:
    return [rule(state, "yes", "A") for state in ("NY", "NC", "MT", "TX")] + [
        rule(state, "yes_with_pa", "B") for state in ("AZ", "DE", "IA", "OH")
    ]


def by_state(rows: list[dict[str, object]]) -> pd.DataFrame:
    return facts_coverage.medicaid_by_state(pd.DataFrame(rows), STATES).set_index("state")


def test_a_state_without_a_text_read_has_the_federal_rule_not_a_no() -> None:
    found = by_state([*eight(), rule("AL", "not_stated", "A"), rule("AL", "yes", "D")])
    assert found.loc["AL", "rule"] == "federal_rule"
    assert pd.isna(found.loc["AL", "grade"])
    assert found.loc["NY", "rule"] == "stated"
    assert found.loc["AZ", ["rule", "stated_by"]].tolist() == ["stated_with_authorisation", "plan"]


def test_the_agencys_own_word_goes_before_a_plans() -> None:
    found = by_state([*eight(), rule("TX", "yes_with_pa", "B", entity="a plan", effective="2026")])
    assert found.loc["TX", "entity"] == "the agency"


def test_a_change_in_the_number_of_states_is_noticed() -> None:
    with pytest.raises(DataError, match="7 states have a document"):
        by_state(eight()[1:])


@with_raw
def test_cover_is_stated_by_a_document_in_eight_states() -> None:
    states = pd.read_csv(RAW.path(facts_coverage.OLDER), dtype="str")[["state"]].assign(geoid=lambda frame: frame["state"])
    found = facts_coverage.medicaid_by_state(facts_coverage.read_rules(RAW), states).set_index("state")
    assert len(found) == 51
    by_agency = set(found.index[found["grade"] == "A"])
    for_agency = set(found.index[found["grade"] == "B"])
    assert by_agency == {"TX", "NC", "MT", "NY"}
    assert for_agency == {"AZ", "DE", "IA", "OH"}
    assert (found["rule"] == "federal_rule").sum() == 51 - 4 - 4
    # Secondary sources only: not shown as the state's rule.
    assert (found.loc[["CO", "NJ", "UT", "VA", "MA"], "rule"] == "federal_rule").all()
    assert found.loc["TX", "effective"] == "2025-05-01", "the newest of three notices"


@with_raw
def test_the_later_file_adds_montana_to_the_older_one() -> None:
    """Seven of the eight states were "yes" in the older table too, which had five more on secondary word alone."""
    older = facts_coverage.older_reading(RAW)
    found = facts_coverage.read_rules(RAW)
    best = found[(found["payer_type"] == "medicaid") & found["grade"].isin(["A", "B"]) & found["covered"].str.startswith("yes")]
    assert set(best["state"]) - set(older.index[older == "yes"]) == {"MT"}
    assert (older == "yes").sum() == 12


@with_raw
def test_no_cover_of_infusions_is_stated_by_a_states_own_document() -> None:
    found = facts_coverage.read_rules(RAW)
    infusions = found[(found["payer_type"] == "medicaid") & (found["product"] == "iv_ketamine") & found["covered"].str.startswith("yes")]
    assert set(infusions["grade"]) == {"D"}
    assert "WI" in set(infusions["state"])


@with_raw
def test_nothing_comes_from_a_publisher_that_refuses() -> None:
    found = facts_coverage.read_rules(RAW)
    figures = facts_benchmarks.read_benchmarks(RAW)
    # 39 by entity and 78 - 23 of other payers, less 2; 144 figures less 7, and less Aguilar's spending.
    assert len(found) == 39 + 55 - 2
    assert len(figures) == 144 - 7 - 1
    assert not found["source_url"].str.contains("healingmaps", case=False).any()
    for column in ("source_url", "citation"):
        assert not figures[column].str.contains("healingmaps", case=False).any()


@with_raw
def test_a_publisher_is_who_speaks_not_the_host_of_the_file() -> None:
    found = facts_coverage.read_rules(RAW)
    assert not found["publisher"].isin(["github.com", "doi.org", "zenodo.org", "fill.io"]).any()
    ohio = found[(found["state"] == "OH") & (found["entity_type"] == "pbm")]
    assert ohio["publisher"].tolist() == ["Gainwell, Ohio Medicaid's single pharmacy benefit manager"]


def test_an_unnamed_publisher_is_asked_for() -> None:
    assert facts_coverage.publisher("https://github.com/gainwell-ohio/spbm").startswith("Gainwell")
    with pytest.raises(DataError, match=r"say in MEDICAID_PUBLISHERS who stands behind github.com/somebody"):
        facts_coverage.publisher("https://github.com/somebody/else")


@with_raw
def test_one_entity_under_two_names_has_one_newest_rule() -> None:
    found = facts_coverage.read_rules(RAW)
    dakota = found[found["entity"] == "BCBS North Dakota"].sort_values("effective")
    assert dakota["effective"].tolist() == ["2022", "2024"]
    assert dakota["latest"].tolist() == [False, True]
    york = found[found["entity"] == "New York State Medicaid (DOH)"]
    assert york.loc[york["latest"], "grade"].tolist() == ["A"]


@with_raw
def test_medicaid_rules_come_from_the_later_file_only() -> None:
    found = facts_coverage.read_rules(RAW)
    assert (found["payer_type"] == "medicaid").sum() == 39 - 2
    makers = found[found["payer_type"] == "maker_programme"]
    assert len(makers) == 4
    assert makers["entity"].str.contains("J&J").all()


@with_raw
def test_the_tables_fit_their_schemas() -> None:
    frames: dict[str, pd.DataFrame] = {}
    for table in rules.TABLES:
        if "counties" not in table.needs:
            frames[table.name] = table.build(RAW, frames)
            validate(table, frames[table.name])


# --- published figures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("590", 590.0, math.nan, math.nan),
        ("8.9 million", 8_900_000.0, math.nan, math.nan),
        ("3.1 billion", 3.1e9, math.nan, math.nan),
        ("400-800", math.nan, 400.0, 800.0),
        ("300-550 (most about 450)", math.nan, math.nan, math.nan),
        ("about 25", math.nan, math.nan, math.nan),
        ("23800 / 40800", math.nan, math.nan, math.nan),
        ("75 of 165 (45.5%)", math.nan, math.nan, math.nan),
        ("more than 500", math.nan, math.nan, math.nan),
    ],
)
def test_only_one_number_or_one_range_is_read_as_such(text: str, value: float, low: float, high: float) -> None:
    assert facts_benchmarks.parsed(text) == pytest.approx((value, low, high), nan_ok=True)


@with_raw
def test_figures_paid_for_by_the_maker_say_so() -> None:
    figures = facts_benchmarks.read_benchmarks(RAW)
    zhdanava = figures[figures["citation"].str.contains("Zhdanava")]
    assert set(zhdanava["maker_funded"]) == {"yes"}
    share = zhdanava[zhdanava["measure"].str.startswith("Share")]
    assert share["value"].tolist() == [30.9]
    drops = figures[figures["measure"].str.startswith("Drop in esketamine initiation")]
    assert sorted(drops["value"]) == [11.9, 50.8, 68.1, 75.9, 92.8]
    assert set(drops["maker_funded"]) == {"yes"}
    assert set(figures.loc[figures["citation"].str.startswith("Ross and Soeteman"), "maker_funded"]) == {"not_known"}


@with_raw
def test_cmss_own_spending_stands_instead_of_twice_as_much() -> None:
    figures = facts_benchmarks.read_benchmarks(RAW)
    assert figures[figures["value"].eq(25_300_000)].empty
