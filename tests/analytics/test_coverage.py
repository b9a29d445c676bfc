"""What payers say, with silence never read as a no; and observed cover, kind by kind, with the publishers' own totals."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics import status
from analytics.coverage import (
    COLUMNS,
    COVERED,
    KINDS,
    MEDICAID_CLASSES,
    medicaid_class,
    medicare_split,
    people_by_kind,
    rules,
    states_by_medicaid_rule,
)
from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import MODALITIES, PAYERS, Query
from data.bundle import Tables

PAIRS = (("09120", "09190"), ("09140", "09170"))
WITHOUT_TYPES = {"02063", "02066", "51019", *(f"091{tens}0" for tens in range(1, 10))}
BY_TYPE = ("employer_share", "direct_purchase_share", "medicaid_share", "tricare_share", "va_share")

# --- Rules ---


@pytest.mark.parametrize("place", ["us", "48", "55", "17031", "0901"])
@pytest.mark.parametrize("payer", PAYERS)
def test_every_question_has_rows_a_page_can_show(payer: str, place: str, tables: Tables) -> None:
    for modality in MODALITIES:
        found = rules(payer, modality, place, tables)
        assert tuple(found.columns) == COLUMNS
        assert len(found) or payer == "self", "only those without cover have no rule"
        assert set(found["covered"]) <= set(COVERED)
        assert set(found["grade"]) <= {"A", "B", "C", "D", ""}
        assert set(found["modality"]) <= (set(MODALITIES) - {"any"} if modality == "any" else {modality})
        assert found["publisher"].str.strip().ne("").all()
        assert found["link"].str.startswith("http").all()
        assert found[list(set(COLUMNS) - {"failed_antidepressants"})].notna().all(axis=None)
        reported = found["grade"] == "D"
        assert not found.loc[reported, "covered"].isin(["yes", "yes_with_pa", "partial", "no"]).any(), "what others say is reported"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"payer": "my uncle"}, "There is no payer “my uncle”; known are self, medicare,"),
        ({"modality": "tea"}, "There is no kind of therapy “tea”; known are any, iv,"),
        ({"place": "99"}, "There is no place “99”; a place is us,"),
    ],
)
def test_what_nobody_knows_is_named(change: dict[str, str], sentence: str, tables: Tables) -> None:
    asked = {"payer": "medicaid", "modality": "esketamine", "place": "us"} | change
    with pytest.raises(ValueError, match=sentence):
        rules(**asked, tables=tables)


def test_a_state_without_a_text_read_has_the_federal_rule_first(tables: Tables) -> None:
    found = rules("medicaid", "esketamine", "01", tables)
    assert found.loc[0, "covered"] == "federal_rule"
    assert "the state's own text was not read" in found.loc[0, "criteria"]
    assert found.loc[0, "document"] == "42 USC 1396r-8(d), (k)"
    assert found.loc[0, "check"], "remembered, and shown so"
    assert not found["covered"].isin(["no", "reported_no"]).any()


def test_silence_in_a_states_list_stands_behind_the_federal_rule(tables: Tables) -> None:
    """Illinois: its preferred drug list was read and gives a status only."""
    found = rules("medicaid", "esketamine", "17", tables)
    assert found["covered"].tolist()[:2] == ["federal_rule", "not_stated"]
    assert found.loc[1, "grade"] == "A"


def test_a_states_own_newest_document_goes_first_and_alone(tables: Tables) -> None:
    found = rules("medicaid", "esketamine", "48", tables)
    first = found.iloc[0]
    assert (first["grade"], first["state"], first["date"]) == ("A", "TX", "2025-05-01")
    assert first["prior_authorization"] == "yes"
    assert first["publisher"] == "Texas Medicaid & Healthcare Partnership"
    assert (found["entity"] == first["entity"]).sum() == 1, "the notices of 2019 and 2021 are superseded"
    assert "federal_rule" not in set(found["covered"])


def test_a_plans_document_binds_that_plan_and_the_federal_rule_stays_beside_it(tables: Tables) -> None:
    found = rules("medicaid", "esketamine", "39", tables)
    assert found["covered"].tolist()[:3] == ["yes_with_pa", "federal_rule", "yes"]
    assert found.loc[0, "failed_antidepressants"] == 2
    assert found.loc[0, "grade"] == "B"
    assert found.loc[2, "grade"] == "C", "formularies reviewed in a journal"


def test_infusions_under_medicaid_are_never_cover_without_the_states_own_document(tables: Tables) -> None:
    found = rules("medicaid", "iv", "us", tables)
    assert set(found.loc[found["covered"].isin(["yes", "yes_with_pa"]), "grade"]) <= {"A"}
    assert {"DC", "NH", "WI"} == set(found.loc[found["covered"] == "reported_yes", "state"])
    assert rules("medicaid", "iv", "55", tables)["covered"].tolist()[0] == "hardly_ever"


def test_medicare_in_four_shares_part_b_and_keeps_plans_apart(tables: Tables) -> None:
    four = {one: rules(one, "esketamine", "09", tables) for one in PAYERS if one.startswith("medicare")}
    assert len(four) == 4
    assert all("Medicare Part B" in set(found["entity"]) for found in four.values())
    plans = {one for one, found in four.items() if found["entity"].str.startswith("CarePartners").any()}
    assert plans == {"medicare_advantage"}
    assert four["medicare_advantage"].loc[0, "entity"] == "Medicare Advantage plans"
    assert four["medicare_supplement"].loc[0, "entity"].startswith("Medicare supplement")
    assert four["medicare_medicaid"].loc[0, "entity"] == "Medicare with full Medicaid"


def test_commercial_has_parity_laws_and_the_programme_only_where_asked(tables: Tables) -> None:
    plain, helped = (rules(payer, "esketamine", "25", tables) for payer in ("commercial", "commercial_copay"))
    assert plain["entity"].str.contains("parity").sum() == 1
    assert not plain["entity_type"].eq("maker").any()
    assert helped["entity_type"].eq("maker").any()
    assert not rules("tricare", "esketamine", "25", tables)["entity"].str.contains("parity").any()


def test_a_state_sees_its_rules_and_the_nations_a_county_its_states(tables: Tables) -> None:
    texas = rules("commercial", "any", "48", tables)
    assert set(texas["state"]) <= {"", "TX"}
    pd.testing.assert_frame_equal(rules("commercial", "any", "48201", tables), texas)
    assert len(rules("commercial", "any", "us", tables)) > len(texas)


def test_only_the_newest_rule_of_an_entity_is_shown(tables: Tables) -> None:
    dakota = rules("commercial", "esketamine", "38", tables)
    own = dakota[dakota["entity"].str.startswith("BCBS North Dakota")]
    assert own["date"].tolist() == ["2024"]


# --- States by rule ---


def test_a_class_for_every_state_none_of_them_a_no(tables: Tables) -> None:
    found = medicaid_class(tables)
    assert len(found) == 51
    assert found.value_counts().to_dict() == {2: 51 - 4 - 4, 0: 4, 1: 4}
    assert not any(" no " in words or words.startswith("no") for words in MEDICAID_CLASSES)
    result = answer(Query(measure="medicaid_rule", level="county"), tables)
    by_state = result.frame.groupby(result.frame["geoid"].str[:2])["value"].agg(["min", "max"])
    assert (by_state["min"] == by_state["max"]).all()
    assert (by_state["min"] == found.reindex(by_state.index)).all()
    assert set(result.frame["status"]) == {status.OBSERVED}, "the first class is no zero"


def test_states_by_rule_share_out_all_people_with_medicaid(tables: Tables) -> None:
    found = states_by_medicaid_rule(tables)
    assert found["states"].tolist() == [4, 4, 43]
    assert found["medicaid_people"].sum() == 68_918_083
    assert found["medicaid_adults"].sum() == 40_151_019  # 40.15 million adults in October 2025
    assert found.loc[0, "names"] == "Montana, New York, North Carolina, Texas"


# --- People by kind ---


@pytest.mark.parametrize(
    ("measure", "counties", "nation"),
    [
        ("medicaid_people", 68_918_083, 68_918_083),
        # The two pairs of Connecticut's regions and Kalawao are in no county's row.
        ("medicare_people", 68_343_524 - 397_163, 68_343_524),
        ("marketplace_people", 16_363_114, 21_446_150),
    ],
)
def test_the_publishers_own_totals_come_out(measure: str, counties: int, nation: int, tables: Tables) -> None:
    assert answer(Query(measure=measure, level="county"), tables).frame["value"].sum() == counties
    states = answer(Query(measure=measure, level="state"), tables)
    assert states.figure is not None
    assert states.figure.value == states.frame["value"].sum() == nation


def test_advantage_is_half_of_medicare(tables: Tables) -> None:
    states = answer(Query(measure="medicare_advantage_share", level="state"), tables)
    assert states.figure is not None
    assert states.figure.value == pytest.approx(34_941_232 / (34_941_232 + 33_393_281))
    assert states.figure.value == pytest.approx(34_941_232 / 68_343_524, abs=1e-4), "the suppressed are 9,011 people"
    counties = answer(Query(measure="medicare_advantage_share", level="county"), tables).frame
    assert (counties["status"] == status.SUPPRESSED).sum() == 23 + 1
    assert counties["value"].isna().sum() == 24
    traditional = answer(Query(measure="medicare_traditional_people", level="state"), tables).figure
    assert traditional is not None
    assert traditional.value == 33_393_281


@pytest.mark.parametrize("pair", PAIRS)
def test_both_of_a_connecticut_pair_have_the_pairs_share_and_say_so(pair: tuple[str, str], tables: Tables) -> None:
    shares = answer(Query(measure="medicare_advantage_share", level="county"), tables).frame.set_index("geoid").loc[list(pair), "value"]
    row = tables["counties"].set_index("geoid").loc[pair[0]]
    assert shares.tolist() == pytest.approx([row["medicare_combined_advantage_people"] / row["medicare_combined_people"]] * 2)
    assert "have the pair's share" in indicators()["medicare_advantage_share"].caveat
    people = answer(Query(measure="medicare_traditional_people", level="county"), tables).frame.set_index("geoid")
    assert set(people.loc[list(pair), "status"]) == {status.NO_DATA}


def test_the_split_of_the_pairs_adds_up_to_what_is_published(tables: Tables) -> None:
    advantage, traditional = medicare_split(tables)
    assert np.nansum(advantage) == pytest.approx(34_941_232)
    assert np.nansum(traditional) == pytest.approx(33_393_281)
    assert np.isnan(advantage).sum() == np.isnan(traditional).sum() == 24


@pytest.mark.parametrize("measure", BY_TYPE)
def test_twelve_counties_are_not_in_the_tables_of_types(measure: str, tables: Tables) -> None:
    counties = answer(Query(measure=measure, level="county"), tables).frame.set_index("geoid")
    assert set(counties.index[counties["status"] == status.NO_DATA]) == WITHOUT_TYPES
    states = answer(Query(measure=measure, level="state"), tables).frame.set_index("geoid")
    assert states.index[states["status"] == status.NO_DATA].tolist() == ["09"]
    assert "Connecticut" in indicators()[measure].caveat


def test_a_states_share_is_its_counties_weighed_by_people(tables: Tables) -> None:
    counties = tables["counties"]
    here = counties[counties["state"] == "VA"].dropna(subset=["medicaid_any_share"])
    by_hand = sum(share * people for share, people in zip(here["medicaid_any_share"], here["svi_population"], strict=True))
    found = answer(Query(measure="medicaid_share", level="state"), tables).frame.set_index("geoid").loc["51"]
    assert found["value"] == pytest.approx(by_hand / here["svi_population"].sum())
    assert found["status"] == status.MODELLED


def test_the_marketplace_is_never_zero_where_states_sell_themselves(tables: Tables) -> None:
    frame = answer(Query(measure="marketplace_people", level="county"), tables).frame
    california = frame[frame["geoid"].str[:2] == "06"]
    assert set(california["status"]) == {status.NO_DATA}
    assert not (frame["status"] == status.ZERO).any()
    has_figure = frame.dropna(subset="value")["geoid"].str[:2].unique()
    assert len(has_figure) == 32


def test_kinds_at_a_place_stand_each_for_themselves(tables: Tables) -> None:
    found = people_by_kind("06037", tables).set_index("measure")
    assert tuple(found.index) == KINDS
    assert found.loc["marketplace_people", ["of", "value"]].tolist() == ["06", 1_784_653], "the state's figure, named as such"
    assert (found.drop(index="marketplace_people")["of"] == "06037").all()
    assert found["vintage"].str.contains(r"20\d\d").all()
    pair = people_by_kind("09190", tables).set_index("measure")
    assert math.isnan(pair.loc["employer_share", "value"])
    assert pair.loc["employer_share", "status"] == status.NO_DATA
    with pytest.raises(ValueError, match="There is no place “99999”"):
        people_by_kind("99999", tables)


@pytest.mark.parametrize("measure", [one for one in KINDS if one not in {"uninsured", "medicare_advantage_share"}])
def test_each_says_that_kinds_are_never_added_up(measure: str) -> None:
    assert "never added up" in indicators()[measure].caveat
