"""Published prices with one vote a provider: the shipped ones by hand, drawn ones against a slow second way, wrong rows named."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import self_pay, status
from analytics.self_pay import distribution, one_vote_each, price_kinds, published_ranges
from data.bundle import Tables
from data.parameter import load

LEAST = 5
"""prices/least_providers."""

PLAIN: dict[str, Any] = {
    "city": None,
    "state": None,
    "modality": "iv",
    "route": "iv",
    "indication": "depression",
    "unit": "session",
    "sessions": pd.NA,
    "price_high_usd": math.nan,
    "kind": "standard",
    "with_psychotherapy": False,
    "telehealth": False,
    "insurance_note": None,
    "financing_note": None,
    "page_year": pd.NA,
    "grade": "own_page",
    "source_url": "https://clinic.example/prices",
}


def with_prices(tables: Tables, *rows: dict[str, Any]) -> Tables:
    frame = pd.DataFrame([{**PLAIN, **row} for row in rows])[tables["prices_observed"].columns]
    return tables.with_table("prices_observed", frame.astype({"sessions": "Int64", "page_year": "Int64", "price_high_usd": float}))


def five(usd: float = 100.0, **more: Any) -> list[dict[str, Any]]:
    return [{"provider": name, "price_usd": usd, **more} for name in "ABCDE"]


# --- the shipped prices -----------------------------------------------------------------------------------------------


def test_ten_providers_have_an_infusion_price_with_a_median_of_500(tables: Tables) -> None:
    one = distribution("iv", tables)
    assert (one.providers, one.status, one.reason) == (10, status.OBSERVED, "")
    assert one.votes["usd"].tolist() == [365, 375, 425, 440, (375 + 525) / 2, 550, 550, 600, (650 + 700) / 2, 850]
    assert (one.least, one.greatest) == (365, 850)
    # The share p stands at place 9 p among the ten, from 0: a tenth lies nine tenths of the way from the first to the second.
    assert one.percentiles == {
        10: pytest.approx(365 + 0.90 * (375 - 365)),
        25: pytest.approx(425 + 0.25 * (440 - 425)),
        50: 500,
        75: pytest.approx(550 + 0.75 * (600 - 550)),
        90: pytest.approx(675 + 0.10 * (850 - 675)),
    }
    assert one.median == (450 + 550) / 2


def test_the_median_depends_little_on_any_one_provider(tables: Tables) -> None:
    """Left out one at a time, the median is the fifth of nine: 450 or 550. So much doubt is in a median of ten."""
    shipped = tables["prices_observed"]
    medians = {
        distribution("iv", tables.with_table("prices_observed", shipped[shipped["provider"] != provider])).median
        for provider in distribution("iv", tables).votes["provider"]
    }
    assert medians == {450, 550}


@pytest.mark.parametrize(
    ("modality", "providers", "words"),
    [
        ("oral", 1, "needs 5 providers that publish such a price for oral ketamine; 1 provider found."),
        ("im", 1, "for ketamine by injection; 1 provider found."),
        ("assisted_psychotherapy", 4, "for ketamine-assisted psychotherapy; 4 providers found."),
        ("esketamine", 0, "no provider found."),
        ("any", 0, "choose one kind"),
    ],
)
def test_a_kind_of_therapy_with_too_few_providers_has_no_price_and_says_why(
    modality: str, providers: int, words: str, tables: Tables
) -> None:
    one = distribution(modality, tables)
    assert math.isnan(one.median)
    assert (one.providers, one.status) == (providers, status.NO_DATA)
    assert words in one.reason


def test_no_state_has_a_figure_but_its_examples_have_name_date_and_link(tables: Tables) -> None:
    for state in tables["states"]["geoid"]:
        one = distribution("iv", tables, place=state)
        assert one.providers < LEAST == load("prices/least_providers").number()
        assert one.status == status.NO_DATA
        assert all(math.isnan(usd) for usd in (*one.percentiles.values(), one.least, one.greatest))
    california = distribution("iv", tables, place="06")
    assert "4 providers found in California" in california.reason
    assert california.examples["provider"].tolist() == [
        "Kensho Wellbeing",
        "KlearMind Clinics",
        "Phos",
        "Phos",
        "Soft Reboot Wellness",
    ]
    assert california.examples["source_url"].str.startswith("http").all()
    assert (california.examples["read_on"] == "2026-11-23").all()
    assert california.examples["page_year"].tolist()[:2] == [2021, 2025]
    assert "geoid" not in california.examples, "no figure that a map could draw"


def test_what_others_state_is_an_example_and_no_vote(tables: Tables) -> None:
    one = distribution("iv", tables)
    others = one.examples[one.examples["grade"] == "third_party"]["provider"].tolist()
    assert others == ["Mind Spa", "Kalypso Wellness Centers", "Ember Health"]
    assert not set(others) & set(one.votes["provider"])
    assert "GloVive Wellness & MedSpa" not in [*one.votes["provider"], *one.examples["provider"]], "its words have no address to open"


def test_kinds_are_told_apart(tables: Tables) -> None:
    def usd(modality: str, **more: Any) -> list[float]:
        return [float(one) for one in distribution(modality, tables, **more).votes["usd"]]

    assert usd("iv", kind="member") == [400]
    assert usd("iv", kind="guided") == [590]
    assert usd("oral", kind="sliding_scale") == [(150 + 200) / 2]
    assert usd("oral", kind="group") == [200]
    assert usd("oral", kind="with_psychotherapy") == [400, (330 + 495) / 2, (375 + 500) / 2, (400 + 600) / 2]
    assert usd("iv", indication="pain") == [590, 1_000, 1_150, 1_650]
    assert usd("iv", unit="package", sessions=6) == [2_300, 3_025, 3_100]
    assert usd("iv", unit="consult") == [100, 300, 300, 325, 390]


def test_the_table_of_kinds_has_a_figure_for_two(tables: Tables) -> None:
    kinds = price_kinds(tables)
    assert set(kinds[kinds["status"] == status.OBSERVED]["unit"]) == {"session", "consult"}
    (row,) = kinds[(kinds["status"] == status.OBSERVED) & (kinds["unit"] == "session")].to_dict("records")
    assert (row["modality"], row["indication"], row["kind"], row["providers"], row["p50"]) == ("iv", "not_pain", "standard", 10, 500)
    assert (kinds["providers"] < LEAST).equals(kinds["p50"].isna())
    assert (kinds["unit"] == "package").equals(kinds["sessions"].notna())
    assert not kinds.duplicated(["modality", "indication", "unit", "sessions", "kind"]).any()


def test_ranges_by_city_are_examples_of_self_pay(tables: Tables) -> None:
    iv = published_ranges("iv", tables)
    assert len(iv) == 8
    assert iv["source_url"].str.startswith("http").all()
    esketamine = published_ranges("esketamine", tables)
    assert esketamine["price_low_usd"].tolist() == [800, 700], "what insured people pay is no price"
    assert len(published_ranges("any", tables)) == 17 - 4
    with pytest.raises(ValueError, match="kind of therapy “tea”"):
        published_ranges("tea", tables)


# --- one vote a provider ----------------------------------------------------------------------------------------------


def slow_votes(rows: list[tuple[str, float, float | None]]) -> list[float]:
    """Provider by provider: the middle of each range, then the middle one of the provider's own prices."""
    of_provider: dict[str, list[float]] = {}
    for provider, low, high in rows:
        of_provider.setdefault(provider, []).append(low if high is None else (low + high) / 2)
    return sorted(middle(sorted(own)) for own in of_provider.values())


def middle(ordered: list[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def slow_percentile(ordered: list[float], percent: int) -> float:
    """Walk along the sorted votes, which stand at equal steps from 0 to 100 per cent, and go straight from one to the next."""
    step = 100 / (len(ordered) - 1)
    for position in range(len(ordered) - 1):
        if percent <= (position + 1) * step:
            return ordered[position] + (percent - position * step) / step * (ordered[position + 1] - ordered[position])
    return ordered[-1]


usd = st.integers(50, 3_000).map(float)
price_rows = st.lists(st.tuples(st.sampled_from("ABCDEFGHIJ"), usd, st.none() | usd), min_size=1, max_size=40).map(
    lambda rows: [(provider, low, None if high is None else low + high) for provider, low, high in rows]
)


def laid_over(tables: Tables, rows: list[tuple[str, float, float | None]]) -> Tables:
    return with_prices(
        tables,
        *[{"provider": who, "price_usd": low, "price_high_usd": math.nan if high is None else high} for who, low, high in rows],
    )


@given(price_rows)
def test_percentiles_are_those_of_the_slow_way(tables: Tables, rows: list[tuple[str, float, float | None]]) -> None:
    votes = slow_votes(rows)
    one = distribution("iv", laid_over(tables, rows))
    assert one.providers == len(votes) == len({who for who, _, _ in rows})
    assert one.votes["usd"].tolist() == votes
    assert (one.least, one.greatest) == (votes[0], votes[-1])
    if len(votes) < LEAST:
        assert one.status == status.NO_DATA
        assert all(math.isnan(figure) for figure in one.percentiles.values())
        return
    assert one.status == status.OBSERVED
    for percent, figure in one.percentiles.items():
        assert figure == pytest.approx(slow_percentile(votes, percent))
    figures = list(one.percentiles.values())
    assert votes[0] <= figures[0]
    assert figures == sorted(figures)
    assert figures[-1] <= votes[-1]


@given(price_rows, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(tables: Tables, rows: list[tuple[str, float, float | None]], random: Any) -> None:
    one = distribution("iv", laid_over(tables, rows))
    again = [*rows, *rows]
    random.shuffle(again)
    other = distribution("iv", laid_over(tables, again))
    np.testing.assert_array_equal(list(one.percentiles.values()), list(other.percentiles.values()))
    pd.testing.assert_frame_equal(one.votes, other.votes)


def test_a_provider_with_many_prices_has_one_vote(tables: Tables) -> None:
    loud = [{"provider": "A", "price_usd": 900.0 + more} for more in range(0, 210, 10)]
    prices = with_prices(tables, *loud, *[{"provider": who, "price_usd": 400.0} for who in "BCDE"])
    one = distribution("iv", prices)
    assert one.providers == 5
    assert one.median == 400
    assert one.greatest == 1_000, "the middle of 900, 910 ... 1,100"


def test_five_providers_of_a_state_make_a_figure_four_do_not(tables: Tables) -> None:
    iowa = with_prices(tables, *five(state="IA"))
    assert distribution("iv", iowa, place="19").median == 100
    assert distribution("iv", iowa, place="17").providers == 0
    four = with_prices(tables, *five(state="IA")[:4])
    assert distribution("iv", four, place="19").status == status.NO_DATA
    assert distribution("iv", four).least == 100, "the nation's least and greatest are facts, however few they are"


def test_an_empty_choice_has_no_votes(tables: Tables) -> None:
    votes = one_vote_each(self_pay.offers(tables).head(0))
    assert votes.empty
    assert list(votes.columns) == ["provider", "usd"]


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"unit": None}, r"Row 2 of the prices \(Calm, 450.0 USD\) has no unit"),
        ({"unit": math.nan}, "has no unit; say whether"),
        ({"unit": "night"}, "has no unit"),
        ({"price_usd": -450.0}, r"Row 2 of the prices \(Calm, -450.0 USD\) is no price above 0"),
        ({"price_usd": 0.0}, "no price above 0"),
        ({"price_usd": math.nan}, "no price above 0"),
        ({"price_high_usd": 300.0}, "a range that ends at 300, below its start"),
    ],
)
def test_a_wrong_row_is_named(wrong: dict[str, Any], words: str, tables: Tables) -> None:
    prices = with_prices(tables, {"provider": "Ease", "price_usd": 400.0}, {"provider": "Calm", "price_usd": 450.0, **wrong})
    with pytest.raises(ValueError, match=words):
        distribution("iv", prices)


@pytest.mark.parametrize(
    ("modality", "more", "words"),
    [
        ("tea", {}, "kind of therapy “tea”"),
        ("iv", {"indication": "boredom"}, "indication “boredom”"),
        ("iv", {"unit": "night"}, "unit “night”"),
        ("iv", {"kind": "Tuesday"}, "kind of price “Tuesday”"),
        ("iv", {"place": "17031"}, "not for “17031”"),
        ("iv", {"place": "Iowa"}, "not for “Iowa”"),
        ("iv", {"unit": "package"}, "say how many"),
        ("iv", {"sessions": 6}, "say how many"),
    ],
)
def test_an_unknown_word_gets_a_sentence(modality: str, more: dict[str, Any], words: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match=words):
        distribution(modality, tables, **more)


def test_the_table_of_prices_is_left_as_it_is(tables: Tables) -> None:
    before = tables["prices_observed"].copy()
    price_kinds(tables)
    pd.testing.assert_frame_equal(tables["prices_observed"], before)
