"""What payers cover, in one sentence and in a table: silence is said as silence."""

from __future__ import annotations

import pytest

from analytics.coverage import COVERED, rules
from analytics.query import MODALITIES, PAYERS
from data.bundle import Tables
from maps.coverage_words import COVERED_WORDS, GRADE_WORDS, OVERLAP, summary


@pytest.mark.parametrize("place", ["us", "48", "39", "55", "08", "05119"])
@pytest.mark.parametrize("payer", PAYERS)
def test_every_question_has_one_sentence(payer: str, place: str, tables: Tables) -> None:
    for modality in MODALITIES:
        said = summary(payer, modality, place, tables)
        assert said.endswith(".")
        assert said[0].isupper()
        assert ". " not in said.replace(" no. ", " ").replace("E. ", ""), said
        assert "nan" not in said.lower().split()
        assert "  " not in said
        assert "()" not in said


def test_the_default_of_a_state_is_the_federal_rule_never_a_no(tables: Tables) -> None:
    said = summary("medicaid", "esketamine", "01", tables)
    assert said.startswith("In Alabama the federal rule applies: ")
    assert said.endswith("the state's own text was not read.")
    assert summary("medicaid", "esketamine", "01001", tables) == said, "a county has its state's"


def test_the_nation_counts_what_was_read(tables: Tables) -> None:
    said = summary("medicaid", "esketamine", "us", tables)
    assert said.startswith("In 8 of 51 jurisdictions ")
    assert "in the other 43 the federal rule applies" in said
    assert "not a no" in said


def test_a_document_is_named_with_publisher_date_and_grade(tables: Tables) -> None:
    said = summary("medicaid", "esketamine", "48", tables)
    assert said == (
        "Esketamine is covered by Texas Medicaid (TMHP for HHSC) with prior authorisation "
        "(Texas Medicaid & Healthcare Partnership, 2025-05-01, grade A)."
    )


def test_a_plans_word_is_that_plans(tables: Tables) -> None:
    said = summary("medicaid", "esketamine", "04", tables)
    assert "after 2 failed antidepressants" in said
    assert "undated, grade B" in said
    assert said.endswith("binds that plan or contractor alone; for the rest of Arizona the federal rule applies.")


def test_what_others_say_of_infusions_is_reported(tables: Tables) -> None:
    said = summary("medicaid", "iv", "55", tables)
    assert said.startswith("Ketamine by infusion for depression is off label and hardly ever covered; others report")
    assert "grade D" in said
    assert summary("medicaid", "iv", "01", tables) == "Ketamine by infusion for depression is off label and hardly ever covered."


def test_commercial_plans_are_counted_not_averaged(tables: Tables) -> None:
    said = summary("commercial", "esketamine", "us", tables)
    rows = rules("commercial", "esketamine", "us", tables)
    insurers = rows[rows["entity_type"] == "payer"]
    insurers = insurers[~insurers["entity"].str.contains("parity")]
    yes = insurers["covered"].isin(["yes", "yes_with_pa", "reported_yes"]).sum()
    assert f"say yes ({yes})" in said
    assert "maker's programme" not in said
    assert "maker's programme" in summary("commercial_copay", "esketamine", "us", tables)


def test_without_cover_the_price_is_the_patients(tables: Tables) -> None:
    assert summary("self", "any", "08", tables) == "Without cover the whole price is the patient's."
    assert "Path4EMS" in summary("self", "iv", "08", tables)


def test_an_unknown_payer_is_a_sentence(tables: Tables) -> None:
    with pytest.raises(ValueError, match="There is no payer “nobody”"):
        summary("nobody", "iv", "us", tables)


def test_every_answer_and_grade_has_words() -> None:
    assert set(COVERED_WORDS) == set(COVERED)
    assert set(GRADE_WORDS) == {"A", "B", "C", "D", ""}
    assert "never added up" in OVERLAP
