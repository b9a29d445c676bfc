"""A change of measure takes the lists that bear it, and gives them back; what somebody chose stays."""

from __future__ import annotations

from analytics.bearing import borne
from analytics.query import DEFAULT_LAYERS, Query
from analytics.refusal import RATE_LAYERS


def test_a_rate_takes_the_list_that_bears_it_and_the_next_measure_gives_it_back() -> None:
    rate = borne(Query(), measure="e2sfca")
    assert rate.layers == RATE_LAYERS
    assert borne(rate, measure="miles_to_nearest").layers == DEFAULT_LAYERS
    assert borne(rate, measure="two_sfca").layers == RATE_LAYERS


def test_what_far_means_may_ask_for_a_rate_too() -> None:
    barriers = Query(measure="barrier_class")
    by_score = borne(barriers, far="e2sfca")
    assert by_score.layers == RATE_LAYERS
    assert borne(by_score, far="miles").layers == DEFAULT_LAYERS


def test_lists_that_somebody_chose_stay() -> None:
    one = Query(layers=RATE_LAYERS)
    assert borne(one, measure="miles_to_nearest").layers == RATE_LAYERS, "no rate asked for them"
    other = Query(layers=("named_2026",))
    assert borne(other, measure="e2sfca").layers == ("named_2026",)
    assert borne(Query(), measure="e2sfca", layers=DEFAULT_LAYERS).layers == DEFAULT_LAYERS


def test_the_kind_of_therapy_and_the_people_of_a_measure_come_and_go_with_it() -> None:
    starts = borne(Query(), measure="use_gradient")
    assert starts.modality == "esketamine"
    assert borne(starts, measure="miles_to_nearest").modality == "any"
    assert borne(starts, measure="miles_to_nearest", modality="esketamine").modality == "esketamine"
    far = borne(Query(), measure="medicaid_far")
    assert far.population == "medicaid"
    assert borne(far, measure="uninsured").population == "civilian"
