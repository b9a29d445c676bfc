"""Visits of every schedule, and when they lie."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.query import MODALITIES, PAYERS, SCHEDULES, Query
from analytics.schedules import PRICED, by_calendar_year, days, no_schedule, parameters, treatment_of, visits, words
from data.parameter import load

VISITS = {
    ("esketamine", "course"): 8,
    ("esketamine", "typical_year"): round(11.8 * 12 / 11.8),
    ("esketamine", "label_year_low"): 8 + 4 + 22,
    ("esketamine", "label_year_high"): 8 + 4 + 44,
    ("iv", "course"): 6,
}


@pytest.mark.parametrize(("modality", "schedule"), VISITS)
def test_visits_of_a_schedule(modality: str, schedule: str) -> None:
    found = visits(modality, schedule)
    assert found.number == pytest.approx(VISITS[modality, schedule])
    assert found.at_56_mg == (1 if modality == "esketamine" else 0)
    for name in parameters(modality, schedule):
        assert load(name).references


def test_there_is_no_year_of_infusions_and_no_course_of_the_rest() -> None:
    for schedule in SCHEDULES:
        assert bool(no_schedule("iv", schedule)) == (schedule != "course")
        with pytest.raises(ValueError, match="injection"):
            visits("im", schedule)
    with pytest.raises(ValueError, match="gives a maintenance schedule"):
        visits("iv", "label_year_low")
    with pytest.raises(ValueError, match="no schedule “forever”"):
        visits("esketamine", "forever")


def test_any_is_the_usual_treatment_of_who_pays() -> None:
    for payer in PAYERS:
        assert treatment_of(Query(payer=payer)) == ("iv" if payer == "self" else "esketamine")
    assert treatment_of(Query(payer="self", modality="esketamine")) == "esketamine"


def test_a_treatment_in_words() -> None:
    assert words(Query()) == "a first course of IV ketamine"
    assert words(Query(payer="medicare", schedule="typical_year")) == "a first year of esketamine as typically used"
    assert words(Query(payer="medicare", schedule="label_year_low")) == "a first year of esketamine per label, fewest visits"
    for modality in MODALITIES:
        for schedule in SCHEDULES:
            assert "  " not in words(Query(modality=modality, schedule=schedule))


def test_changed_visits_are_used() -> None:
    assert visits("iv", "course", (("treatment/iv_infusion.course", 8.0),)).number == 8
    changed = visits("esketamine", "course", (("treatment/visits_at_56_mg", 3.0),))
    assert (changed.at_56_mg, changed.others) == (3, 5)


def test_days_of_the_label() -> None:
    low, high = days("esketamine", "label_year_low"), days("esketamine", "label_year_high")
    assert days("esketamine", "course").tolist() == [0, 3, 7, 10, 14, 17, 21, 24], "twice a week for four weeks"
    assert low[8:12].tolist() == high[8:12].tolist() == [28, 35, 42, 49], "then weekly"
    assert np.diff(high[12:]).tolist() == [7] * 43, "and weekly again"
    assert np.diff(low[12:]).tolist() == [14] * 21, "or every two weeks"
    assert high[-1] < 52 * 7
    assert days("iv", "course")[-1] < 3 * 7
    for modality, schedule in VISITS:
        at = days(modality, schedule)
        assert len(at) == VISITS[modality, schedule]
        assert at[0] == 0
        assert (np.diff(at) > 0).all()


def test_a_course_over_new_year_lies_in_two_years() -> None:
    # Days 0, 3, 7 and 10 from 21 December are in December; day 14 is 4 January.
    split = by_calendar_year("esketamine", "course", date(2026, 12, 21))
    assert {year: (part.at_56_mg, part.others) for year, part in split.items()} == {2026: (1, 3), 2027: (0, 4)}
    assert list(by_calendar_year("esketamine", "course", date(2026, 1, 1))) == [2026]


@given(
    st.sampled_from(list(VISITS)),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.floats(0, 8),
    st.floats(4, 34),
)
def test_no_visit_is_lost_between_the_years(of: tuple[str, str], start: date, at_56_mg: float, typical: float) -> None:
    assumptions = (("treatment/esketamine_typical", typical), ("treatment/visits_at_56_mg", at_56_mg))
    whole = visits(*of, assumptions)
    parts = by_calendar_year(*of, start, assumptions).values()
    assert 1 <= len(parts) <= 2
    assert sum(part.number for part in parts) == pytest.approx(whole.number)
    assert sum(part.at_56_mg for part in parts) == pytest.approx(whole.at_56_mg)
    assert all(part.at_56_mg >= 0 and part.others >= -1e-9 for part in parts)


def test_priced_treatments_are_kinds_of_therapy() -> None:
    assert set(PRICED) <= set(MODALITIES)
