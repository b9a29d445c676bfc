"""The findings as sentences: one and several, none and all, ties, what is not known, and no English word in the Spanish."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from analytics.findings import FAR, PRICED_OUT, START, Both, Far, PricedOut, findings
from data.bundle import Tables
from maps import finding_words as words
from maps.messages import messages

EN, ES = messages("start", "en"), messages("start", "es")
SOME_FAR = Far(FAR, 0.76, 0.32, 0.76, 64e6, 177e6)
SOME_OUT = PricedOut(PRICED_OUT, 0.29, 0.28, 0.29, 3_000, 2_244, 4_155)
SOME_BOTH = Both(START, 1_548, 3_144, 1_548, 1_793, 1_293)
EVERYBODY = Far(FAR, 1.0, 1.0, 1.0, 0.0, 0.0)


def test_who_is_far() -> None:
    assert words.far(SOME_FAR, EN) == (
        "Between 32 and 76 % of adults live within 30 miles of a provider, depending on the list. 64 to 177 million adults live farther away."
    )
    assert words.far(SOME_FAR, ES).startswith("Entre 32 y 76 % de los adultos viven a 30 millas o menos")
    assert words.far(SOME_FAR, ES).endswith("De 64 a 177 millones de adultos viven más lejos.")
    tie = replace(SOME_FAR, least_share=0.7601, most_share=0.7604, least_adults=63.8e6, most_adults=64.2e6)
    assert words.far(tie, EN) == "76 % of adults live within 30 miles of a provider. 64 million adults live farther away."
    assert words.far(EVERYBODY, EN) == "Every adult lives within 30 miles of a provider."
    assert words.far(replace(EVERYBODY, least_share=0.0, most_share=0.0), EN).startswith("No adult lives within 30 miles")
    assert words.far(replace(SOME_FAR, share=math.nan), EN).endswith("is not known.")


def test_who_is_priced_out() -> None:
    said = words.priced_out(SOME_OUT, EN)
    assert said.startswith(
        "For 29 % of households, a first course of IV ketamine, paid by oneself, takes more than 10 % of a year's income"
    )
    assert said.endswith("It is between 28 and 29 % over the prices we found, from $2,244 to $4,155.")
    assert "we found" not in words.priced_out(replace(SOME_OUT, least_share=0.2901), EN), "a tie has no range"
    assert words.priced_out(replace(SOME_OUT, share=0.0, least_share=0.0, most_share=0.0), EN).startswith("For no household does")
    assert words.priced_out(replace(SOME_OUT, share=math.nan), EN).endswith("is not known.")


def test_where_both_meet() -> None:
    assert words.both(SOME_BOTH, EN) == (
        "In 1,548 of 3,144 counties both meet, from 1,548 to 1,793 depending on the list. 1,293 of them lie outside the metropolitan areas."
    )
    assert words.both(Both(START, 2, 9, 2, 2, 1), EN) == "In 2 of 9 counties both meet. 1 of them lies outside the metropolitan areas."
    assert words.both(Both(START, 2, 9, 2, 2, 2), EN).endswith("All of them lie outside the metropolitan areas.")
    assert words.both(Both(START, 2, 9, 2, 2, 0), ES) == "En 2 de 9 condados se juntan las dos cosas."
    assert words.both(Both(START, 0, 9, 0, 0, 0), EN) == "In no county do both meet."
    assert words.both(Both(START, 0, 9, 0, 4, 0), EN) == "In 0 of 9 counties both meet, from 0 to 4 depending on the list."
    assert words.both(Both(START, 9, 9, 9, 9, 4), EN).startswith("In all 9 counties both meet.")
    assert words.both(Both(START, 0, 0, 0, 0, 0), EN).endswith("is not known.")


@pytest.mark.parametrize(
    ("low", "high", "said", "dicho"),
    [
        (1, 1, "1 adult", "1 adulto"),
        (0, 812, "0 to 812 adults", "de 0 a 812 adultos"),
        (812, 1.4e6, "812 to 1.4 million adults", "de 812 a 1.4 millones de adultos"),
        (1.41e6, 1.42e6, "1.4 million adults", "1.4 millones de adultos"),
        (48_200, 48_300, "48,000 adults", "48,000 adultos"),
    ],
)
def test_adults_are_counted_in_both_languages(low: float, high: float, said: str, dicho: str) -> None:
    assert words.adults(low, high, EN) == said
    assert words.adults(low, high, ES) == dicho


def test_each_has_a_door_with_its_own_words(tables: Tables) -> None:
    for say in (EN, ES):
        told = words.told(findings(tables), say)
        assert [one.id for one in told] == ["far", "priced_out", "both"]
        assert [one.door for one in told] == [FAR, PRICED_OUT, START]
        assert [one.panels for one in told] == [(), (), ("barriers",)]
        for one in told:
            assert re.search(r"\d", one.sentence), "a finding has a number"
            assert "{" not in one.sentence + one.heading + one.door_words
            assert "nan" not in one.sentence.lower().split()
    assert len({one.door_words for one in told}) == 3


def test_a_share_that_is_almost_none_is_no_english_in_spanish() -> None:
    few = replace(SOME_FAR, least_share=0.004, most_share=0.004)
    assert words.far(few, EN).startswith("Under 1 % of adults")
    assert words.far(few, ES).startswith("Menos del 1 % de los adultos")
    out = words.priced_out(replace(SOME_OUT, share=0.004, least_share=0.004, most_share=0.02), ES)
    assert "menos del 1 %" in out
    assert "under" not in out
