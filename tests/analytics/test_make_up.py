"""Who lives in the counties of each class: sums of observed columns, what is missing counted apart, one trait at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.barriers import CLASSES
from analytics.make_up import (
    AGE,
    COVER,
    COVER_SHARES,
    INCOME,
    INSURED,
    MADE_UP_COLUMNS,
    RACE,
    RURAL,
    SURVEYED,
    TRAITS,
    Trait,
    counted_by_class,
    make_up,
)
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables

QUERY = Query(measure="barrier_class")
HOUSEHOLDS = 127_482_865


def by_class(frame: pd.DataFrame, section: str, group: str) -> pd.DataFrame:
    return frame[(frame["section"] == section) & (frame["group"] == group)].set_index("class")


FIVE = pd.DataFrame(
    {
        "adults": [10, 20, 30, 40, 50],
        "people": [12.0, 24.0, 36.0, 48.0, 60.0],
        "some": [1.0, 2.0, np.nan, 4.0, 5.0],
        "part": [0.5, 0.25, 0.0, 1.0, np.nan],
        "rucc": [1, 4, 9, 5, 2],
    }
)
CODE = np.array([0, 0, 3, 3, 4])
"""Two counties within reach, two far and costly, one without a class."""


def rows(trait: Trait) -> pd.DataFrame:
    return pd.DataFrame(counted_by_class(trait, FIVE, CODE), columns=list(MADE_UP_COLUMNS)).set_index("class")


def test_a_count_and_its_share_by_hand() -> None:
    found = rows(Trait("People", "some", "people", "2022", ("some",), ("people",)))
    assert list(found.index) == [*CLASSES, ""]
    assert found.loc["within reach", ["number", "share", "missing", "missing_adults"]].tolist() == [1 + 2, (1 + 2) / (12 + 24), 0, 0]
    # The county without the figure is in neither part of the share, and is said to be missing.
    assert found.loc["far and costly", ["number", "share", "missing", "missing_adults"]].tolist() == [4, 4 / 48, 1, 30]
    assert found.loc["costly", "number"] == 0
    assert np.isnan(found.loc["costly", "share"])
    assert found.loc["", "number"] == 5


def test_a_count_without_a_whole_has_no_share() -> None:
    found = rows(Trait("Cover", "some", "people", "2025", ("some",)))
    assert found["number"].tolist() == [3, 0, 0, 4, 5]
    assert found["share"].isna().all()


def test_a_published_share_is_weighed_and_is_no_count() -> None:
    found = rows(Trait("Cover", "part", "people", "2022", ("part",), ("people",), published_share=True))
    assert found["number"].isna().all()
    assert found.loc["within reach", "share"] == (0.5 * 12 + 0.25 * 24) / (12 + 24)
    assert found.loc["", "missing"] == 1


def test_adults_of_a_code_and_all_adults() -> None:
    code = rows(Trait("Codes", "remote", "adults", "2023", ("adults",), ("adults",), rucc=(4, 9)))
    assert code["number"].tolist() == [20, 0, 0, 30, 0]
    assert code.loc["within reach", "share"] == 20 / 30
    everybody = rows(Trait("Adults", "all", "adults", "2023", ("adults",), ("adults",)))
    assert everybody["share"].tolist() == [30 / 150, 0, 0, 70 / 150, 50 / 150]


def test_the_classes_hold_all_there_is(tables: Tables) -> None:
    frame = make_up(QUERY, tables)
    assert set(frame["class"]) == set(CLASSES)
    counties = tables["counties"]
    totals = frame.groupby(["section", "group"], sort=False)["number"].sum()
    assert totals["Counties", "all"] == 3_144
    assert totals["Adults", "all"] == counties["adults"].sum()
    assert totals[INCOME].sum() == HOUSEHOLDS
    assert totals[AGE].sum() == totals[RURAL].sum() == counties["adults"].sum()
    assert totals[INSURED, "Medicaid"] == 68_918_083
    shares = frame[frame["section"] == RACE].groupby("class")["share"].sum()
    assert shares.to_numpy() == pytest.approx(1, abs=0.001)
    assert answer(QUERY, tables).frame["value"].value_counts()[3] == by_class(frame, "Counties", "all").loc["far and costly", "number"]


def test_what_is_missing_is_said_kind_by_kind(tables: Tables) -> None:
    missing = make_up(QUERY, tables).groupby(["section", "group"])["missing"].sum()
    # Medicare: 23 withheld, Kalawao, and the two pairs of Connecticut; marketplace: the counties of 19 states; surveyed: Connecticut's nine and three.
    assert missing[INSURED, "Medicare Advantage"] == 23 + 1 + 4
    assert missing[INSURED, "marketplace plans chosen"] > 800
    assert missing[SURVEYED, "VA care"] == 9 + 3
    assert missing[INSURED, "Medicaid"] == 0


def test_a_group_against_a_loop(tables: Tables) -> None:
    query = QUERY.with_(place="28")
    value = dict(zip(*(answer(query, tables).frame[name] for name in ("geoid", "value")), strict=True))
    black = dict.fromkeys(CLASSES, 0)
    for geoid, people in zip(tables["counties"]["geoid"], tables["counties"]["black_people"], strict=True):
        if geoid in value:
            black[CLASSES[int(value[geoid])]] += people
    frame = make_up(query, tables)
    assert by_class(frame, RACE, "Black, not Hispanic")["number"].to_dict() == black
    assert frame.equals(make_up(QUERY.with_(place="28011"), tables)), "of a county the state's counties are shown"


def test_no_trait_crosses_two_and_kinds_of_cover_are_not_added(tables: Tables) -> None:
    """Each row adds up columns of one kind: brackets of income together, everything else one column alone."""
    for trait in TRAITS:
        assert len(trait.columns) <= 1 or trait.section == INCOME
        assert not trait.rucc or trait.columns == ("adults",)
        assert set(trait.columns) | set(trait.of) <= set(tables["counties"].columns)
    for groups in (COVER, COVER_SHARES):
        assert not any("all" in group or "any cover" in group for group in groups)
    assert all(trait.vintage for trait in TRAITS)


def test_what_is_refused_is_a_sentence(tables: Tables) -> None:
    with pytest.raises(ValueError, match="rate per adult"):
        make_up(QUERY.with_(far="e2sfca"), tables)
