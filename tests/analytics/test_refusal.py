"""What is refused, why, and that what is offered instead is always answered."""

from __future__ import annotations

from itertools import product

import pytest

from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, POPULATIONS, QUOTA_LAYERS, Query
from analytics.refusal import RATE_LAYERS, refuse
from data.bundle import Tables

LISTS = (DEFAULT_LAYERS, *((layer,) for layer in LAYERS), ("samhsa_2023", "samhsa_2022"), tuple(LAYERS))
ON_LISTS = [one for one in indicators().values() if one.uses_providers]


def asked(**changes: object) -> Query:
    return Query().with_(**changes)


@pytest.mark.parametrize("indicator", ON_LISTS, ids=lambda one: one.id)
def test_every_offer_is_itself_answered(indicator: object, tables: Tables) -> None:
    for level, modality, population, layers in product(LEVELS, MODALITIES, POPULATIONS, LISTS):
        query = asked(measure=indicator.id, level=level, modality=modality, population=population, layers=layers, place="48")
        refusal = refuse(query, indicator, tables)
        if refusal is not None:
            assert refuse(refusal.query, indicators()[refusal.query.measure], tables) is None, query
            assert refusal.query.place == "48", "the place stays"
            assert refusal.sentence.endswith(".")
            assert refusal.offer[0].isupper()


@pytest.mark.parametrize("payment", ["medicare", "assistance"])
@pytest.mark.parametrize("indicator", ON_LISTS, ids=lambda one: one.id)
def test_every_offer_is_answered_whatever_is_taken_as_payment(indicator: object, payment: str, tables: Tables) -> None:
    for modality, population, layers in product(MODALITIES, POPULATIONS, (DEFAULT_LAYERS, ("named_2026",))):
        query = asked(measure=indicator.id, modality=modality, population=population, layers=layers, payment=payment)
        refusal = refuse(query, indicator, tables)
        if refusal is not None:
            assert refuse(refusal.query, indicators()[refusal.query.measure], tables) is None, query


def test_a_list_that_is_silent_on_payment_is_asked_without_it(tables: Tables) -> None:
    refusal = refuse(asked(payment="assistance", modality="im"), indicators()["within_30_miles"], tables)
    assert refusal is not None
    assert "ketamine by injection and to help with payment" in refusal.sentence
    assert refusal.query == asked(modality="im")
    assert refusal.offer == "Show sites whatever they take as payment, with all current lists"


@pytest.mark.parametrize("quota", sorted(QUOTA_LAYERS))
def test_a_sample_bears_no_rate_and_no_ranking_of_states(quota: str, tables: Tables) -> None:
    for measure in ("sites_per_100k", "sites"):
        query = asked(measure=measure, level="state", layers=("samhsa_2024", quota))
        refusal = refuse(query, indicators()[measure], tables)
        assert refusal is not None
        assert LAYERS[quota] in refusal.sentence
        assert refusal.query.layers == RATE_LAYERS
        assert refuse(query.with_(layers=RATE_LAYERS), indicators()[measure], tables) is None


@pytest.mark.parametrize("measure", ["within_10_miles", "within_30_miles", "within_60_miles", "sites_per_100k"])
def test_sixteen_sites_bear_no_share_and_no_rate_of_veterans(measure: str, tables: Tables) -> None:
    query = asked(measure=measure, level="state", population="veteran", layers=RATE_LAYERS)
    refusal = refuse(query, indicators()[measure], tables)
    assert refusal is not None
    assert "16 sites" in refusal.sentence
    assert refusal.query.population == "veteran"
    assert refuse(query.with_(measure="miles_to_nearest"), indicators()["miles_to_nearest"], tables) is None


def test_a_list_that_does_not_say_is_not_a_no(tables: Tables) -> None:
    refusal = refuse(asked(modality="im", layers=("samhsa_2024",)), indicators()["within_30_miles"], tables)
    assert refusal is not None
    assert "not the same as no" in refusal.sentence
    assert refusal.query == asked(modality="im"), "the nearest sound question keeps the kind of therapy"


def test_a_level_that_is_not_had_is_not_averaged(tables: Tables) -> None:
    refusal = refuse(asked(measure="rucc", level="state"), indicators()["rucc"], tables)
    assert refusal is not None
    assert "must not be averaged" in refusal.sentence
    assert refusal.query.level == "county"


def test_what_is_sound_is_not_refused(tables: Tables) -> None:
    assert refuse(Query(), indicators()["within_30_miles"], tables) is None
    assert refuse(asked(measure="depression", population="veteran"), indicators()["depression"], tables) is None, "rests on no list"


@pytest.mark.parametrize("modality", ["esketamine", "assisted_psychotherapy", "oral", "im"])
@pytest.mark.parametrize("measure", ["e2sfca", "two_sfca", "three_sfca", "raam", "sites_in_reach", "sites_per_100k"])
def test_what_no_even_list_states_bears_no_score_and_no_count(measure: str, modality: str, tables: Tables) -> None:
    """The directory knows infusions; the few esketamine sites on it are known from the samples alone."""
    query = Query(measure=measure, modality=modality, layers=("samhsa_2024",), level="state" if measure == "sites_per_100k" else "county")
    refusal = answer(query, tables).refusal
    assert refusal is not None
    assert refusal.query.measure == "within_60_minutes"
    assert refusal.query.modality == modality
    assert answer(refusal.query, tables).refusal is None


def test_infusions_are_what_the_directory_states(tables: Tables) -> None:
    assert answer(Query(measure="e2sfca", modality="iv", layers=("samhsa_2024",)), tables).refusal is None


@pytest.mark.parametrize("measure", ["sites", "sites_in_reach"])
def test_what_may_not_rank_states_is_not_told_one_by_one(measure: str, tables: Tables) -> None:
    assert answer(Query(measure=measure, place="48"), tables).figure is None, "the samples would rank the states, link by link"
    assert answer(Query(measure=measure, place="48", layers=("samhsa_2024",)), tables).figure is not None
    assert answer(Query(measure=measure, place="48201"), tables).figure is not None
