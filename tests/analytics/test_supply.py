"""Which sites count: lists, kinds of therapy, and whom they serve. Unknown is not no."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.query import DEFAULT_LAYERS, LAYERS, MODALITIES, PAYMENTS, Query
from analytics.supply import PAYMENT_COLUMNS, choose, on_lists, stated, supply_key
from data.bundle import Tables

# Five sites, written out: which list, whether for veterans only, what the record says of esketamine, Medicaid and a sliding fee.
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
        "sliding_fee": pd.Series([True, True, None, False, None], dtype=object),
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


def test_a_way_of_paying_is_asked_like_the_kind_of_therapy() -> None:
    assert chosen(payment="sliding_fee") == ([0], [0, 2])  # 2 is silent, 3 says no
    assert chosen(payment="sliding_fee", population="medicaid") == ([], [0, 2])
    assert chosen(payment="sliding_fee", population="veteran") == ([1], [1])


def test_all_that_decides_on_sites_is_in_the_key_of_what_is_kept() -> None:
    changed = [
        Query(modality="iv"),
        Query(population="veteran"),
        Query(payment="medicare"),
        Query(layers=("samhsa_2024",)),
    ]
    assert len({supply_key(query) for query in (Query(), *changed)}) == 1 + len(changed)


def test_every_way_of_paying_has_its_column(tables: Tables) -> None:
    assert set(PAYMENT_COLUMNS) == set(PAYMENTS) - {"any"}
    assert set(PAYMENT_COLUMNS.values()) <= set(tables["providers"].columns)


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


def test_payment_codes_of_the_94_sites(tables: Tables) -> None:
    """Counted in the directory's own codes MC, PI, SF, MI, VAF, SI, SS, PA. Every one of the 94 states some: none is silent."""
    said = {"medicare": 78, "private": 93, "self_pay": 93, "military": 71, "veterans": 40, "state_financed": 32}
    said |= {"sliding_fee": 35, "assistance": 15}
    for payment, sites in said.items():
        supply = choose(Query(layers=("samhsa_2024",), payment=payment), tables["providers"])
        assert supply.known.sum() == supply.possible.sum() == sites, payment
    every = choose(Query(payment="sliding_fee"), tables["providers"])
    assert every.known.sum() < every.possible.sum(), "most other lists do not say"
