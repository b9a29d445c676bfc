"""Which sites count: lists, kinds of therapy, and whom they serve. Unknown is not no."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.query import DEFAULT_LAYERS, LAYERS, MODALITIES, Query
from analytics.supply import choose, on_lists, stated
from data.bundle import Tables

# Five sites, written out: which list, whether for veterans only, what the record says of esketamine and of Medicaid.
SITES = pd.DataFrame(
    {
        "samhsa_2024": [True, True, False, True, False],
        "named_2026": [False, False, True, True, False],
        "own_pages": [False] * 5,
        "medicare_claims_2024": [False] * 5,
        "samhsa_2023": [False, False, False, False, True],
        "samhsa_2022": [False] * 5,
        "veterans_only": [False, True, False, False, False],
        "civilian_outpatient": [True, False, True, True, True],
        "esketamine": pd.Series([True, True, None, False, None], dtype=object),
        "takes_medicaid": pd.Series([None, None, True, True, False], dtype=object),
    }
)


def chosen(**changes: object) -> tuple[list[int], list[int]]:
    supply = choose(Query().with_(**changes), SITES)
    return supply.known.nonzero()[0].tolist(), supply.possible.nonzero()[0].tolist()


def test_a_site_on_two_lists_counts_once_and_old_lists_only_when_asked() -> None:
    assert on_lists(SITES, DEFAULT_LAYERS).tolist() == [True, True, True, True, False]
    assert on_lists(SITES, ("samhsa_2023",)).tolist() == [False, False, False, False, True]


def test_anyone_is_offered_what_is_not_for_veterans_only() -> None:
    assert chosen() == ([0, 2, 3], [0, 2, 3])


def test_veterans_are_offered_their_own_sites() -> None:
    assert chosen(population="veteran") == ([1], [1])


def test_an_unknown_kind_of_therapy_is_possible_but_not_known() -> None:
    assert chosen(modality="esketamine") == ([0], [0, 2])  # 2 is silent, 3 says no


def test_unknown_payment_too() -> None:
    assert chosen(population="medicaid") == ([2, 3], [0, 2, 3])
    assert chosen(population="medicaid", modality="esketamine") == ([], [0, 2])


def test_a_column_says_yes_no_or_nothing() -> None:
    yes, maybe = stated(pd.Series([True, False, None], dtype=object))
    assert yes.tolist() == [True, False, False]
    assert maybe.tolist() == [True, False, True]
    yes, maybe = stated(pd.Series([True, False, pd.NA], dtype="boolean"))
    assert yes.tolist() == [True, False, False]
    assert maybe.tolist() == [True, False, True]


def test_the_given_table_is_left_as_it_was() -> None:
    before = SITES.copy(deep=True)
    chosen(modality="esketamine", population="medicaid")
    pd.testing.assert_frame_equal(SITES, before)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("modality", MODALITIES)
def test_what_is_known_is_possible_and_never_for_veterans_only(layer: str, modality: str, tables: Tables) -> None:
    providers = tables["providers"]
    supply = choose(Query(layers=(layer,), modality=modality), providers)
    assert not (supply.known & ~supply.possible).any()
    assert not (supply.possible & providers["veterans_only"].to_numpy()).any()
    assert not (supply.possible & providers["closed"].to_numpy()).any()


def test_the_default_directory_is_94_sites_open_to_civilians_and_16_are_for_veterans(tables: Tables) -> None:
    directory = ("samhsa_2024",)
    assert choose(Query(layers=directory), tables["providers"]).known.sum() == 94
    assert choose(Query(layers=directory, population="veteran"), tables["providers"]).known.sum() == 16
    assert choose(Query(layers=directory, population="medicaid"), tables["providers"]).known.sum() == 62
