"""Households of a place by bracket: they add up to all households, and those over the line to the share that the models give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.affordability import share_over
from analytics.brackets import COLUMNS, by_bracket, lines_between
from analytics.out_of_pocket import patient_cost
from analytics.places import level_of
from analytics.query import Query
from data.bundle import Tables

SIX_INFUSIONS = Query(modality="iv")
MOST_VISITS = Query(modality="esketamine", payer="medicare", schedule="label_year_high")


def county(tables: Tables, geoid: str) -> pd.Series:
    counties = tables["counties"]
    return counties[counties["geoid"] == geoid].iloc[0]


def test_the_nation_has_all_its_households(tables: Tables) -> None:
    rows = by_bracket(SIX_INFUSIONS, "us", tables)
    assert tuple(rows.columns) == COLUMNS
    assert rows["households"].sum() == pytest.approx(127_482_865)
    assert list(rows["who"]) == ["all"] * 6 + ["owners", "renters", "owners"]


@pytest.mark.parametrize("query", [SIX_INFUSIONS, MOST_VISITS])
@pytest.mark.parametrize("place", ["us", "28", "17031", "0605", "48301"])
def test_those_over_the_line_are_the_models_own(query: Query, place: str, tables: Tables) -> None:
    rows = by_bracket(query, place, tables)
    cost = patient_cost(query, tables, "county").value
    shares = share_over(cost, cost, cost, level_of(place), tables)
    at = int(np.flatnonzero(shares.geoids == place)[0])
    assert rows["over"].sum() / rows["households"].sum() == pytest.approx(shares.value[at])
    assert rows["over_if_all"].sum() / rows["households"].sum() == pytest.approx(shares.high[at])


def test_a_bracket_is_cut_where_the_line_is(tables: Tables) -> None:
    rows = by_bracket(SIX_INFUSIONS, "17031", tables).set_index("low_usd")
    low, high = lines_between(SIX_INFUSIONS, "17031", tables)
    # Six infusions at $500: ten times the bill is 30,000, twenty times 60,000, twice the guideline lies between.
    size = county(tables, "17031")["population"] / county(tables, "17031")["households"]
    assert low == high == pytest.approx(2 * (14_580 + 5_140 * (size - 1)))
    assert 35_000 < low < 50_000
    cut = rows.loc[35_000.0]
    assert cut["over"] == pytest.approx(cut["households"] * (low - 35_000) / (50_000 - 35_000))
    assert rows.loc[20_000.0, "over"] == rows.loc[20_000.0, "households"]
    assert rows.loc[50_000.0, "over"] == 0


def test_open_brackets_count_none_or_all(tables: Tables) -> None:
    rows = by_bracket(MOST_VISITS, "17031", tables)
    open_ = rows[np.isinf(rows["high_usd"])]
    assert len(open_) == 2
    assert (open_["over"] == 0).all()
    assert (open_["over_if_all"] == open_["households"]).all()
    # 10 x $15,443.60 lies above both open ends
    assert lines_between(MOST_VISITS, "17031", tables)[0] == pytest.approx(10 * 15_443.604)


def test_what_has_no_cost_is_an_error(tables: Tables) -> None:
    with pytest.raises(ValueError, match="no rule"):
        by_bracket(Query(modality="iv", payer="medicaid"), "us", tables)
