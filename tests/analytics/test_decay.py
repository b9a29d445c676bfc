"""Decays: what they weigh, where they end, and which are refused."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import decay
from tests.analytics import slow

COSTS = st.lists(st.floats(0, 200) | st.sampled_from([0.0, 10.0, 20.0, 30.0, 30.000001, 60.0]), max_size=20)
EVERY = {
    "binary": (decay.binary(30), slow.binary(30)),
    "steps": (decay.steps({10: 1.0, 20: 0.68, 30: 0.22}), slow.steps({10: 1.0, 20: 0.68, 30: 0.22})),
    "gaussian": (decay.gaussian(12.5, 30), slow.gaussian(12.5, 30)),
    "exponential": (decay.exponential(0.05, 30), slow.exponential(0.05, 30)),
    "inverse_power": (decay.inverse_power(5, 1.5, 30), slow.inverse_power(5, 1.5, 30)),
}


def test_the_examples_in_the_texts_hold() -> None:
    assert doctest.testmod(decay).failed == 0


@pytest.mark.parametrize("name", EVERY)
@given(costs=COSTS)
def test_weights_are_those_worked_out_one_by_one(name: str, costs: list[float]) -> None:
    fast, plain = EVERY[name]
    np.testing.assert_allclose(fast(np.array(costs)), [plain(cost) for cost in costs], rtol=1e-12)


@pytest.mark.parametrize("name", EVERY)
def test_the_reach_is_inclusive_and_beyond_it_nothing_counts(name: str) -> None:
    fast, _ = EVERY[name]
    at, beyond, never = fast([30.0, np.nextafter(30.0, 31.0), math.inf])
    assert at > 0
    assert beyond == never == 0


@pytest.mark.parametrize("name", EVERY)
def test_weights_never_rise_and_are_never_negative(name: str) -> None:
    weights = EVERY[name][0](np.linspace(0, 40, 4001))
    assert (np.diff(weights) <= 0).all()
    assert (weights >= 0).all()


def test_costs_kept_narrow_are_compared_in_double_precision() -> None:
    third = np.array([100 / 3], dtype=np.float32)  # 33.333332..., as float32 just above or below the double
    assert decay.binary(100 / 3)(third)[0] == float(float(third[0]) <= 100 / 3)
    assert decay.binary(60)(third).dtype == np.float64


def test_thirds_of_the_reach() -> None:
    assert decay.thirds(60, (1.0, 0.68, 0.22))([20, 20.1, 40, 40.1, 60, 60.1]).tolist() == [1.0, 0.68, 0.68, 0.22, 0.22, 0.0]


def test_published_bands_belong_to_their_lower_edge() -> None:
    fall = {0: 1 - 0.0, 10: 1 - 0.119, 20: 1 - 0.508, 30: 1 - 0.681, 40: 1 - 0.759, 50: 1 - 0.928}
    weights = decay.from_lower_edges(fall, reach=100)([0, 9.99, 10, 49.9, 50, 100, 100.1])
    np.testing.assert_allclose(weights, [1, 1, 0.881, 0.241, 0.072, 0.072, 0])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: decay.binary(math.inf), "outer limit"),
        (lambda: decay.binary(math.nan), "outer limit"),
        (lambda: decay.binary(None), "outer limit"),
        (lambda: decay.binary(-1), "0 or more"),
        (lambda: decay.binary("60"), "outer limit; the reach is '60'"),
        (lambda: decay.binary(True), "outer limit"),
        (lambda: decay.Decay("bare", math.inf, np.ones_like), "outer limit; the reach is inf"),
        (lambda: decay.Decay("bare", -1, np.ones_like), "The reach is -1; it must be a number, 0 or more"),
        (lambda: decay.steps({"near": 1.0}), "edge of a step at position 0 is 'near'"),
        (lambda: decay.steps({10: 1.0, 20: "few"}), "weight of a step at position 1 is 'few'"),
        (lambda: decay.gaussian("wide", 60), "scale of a Gaussian decay is 'wide'"),
        (lambda: decay.exponential(None, 60), "rate of an exponential decay is None"),
        (lambda: decay.inverse_power(5, "2", 60), "power of an inverse-power decay is '2'"),
        (lambda: decay.custom("own", lambda cost: ["much"] * len(cost), 60), "weight by the decay “own” at position 0 is 'much'"),
        (lambda: decay.steps({}), "empty"),
        (lambda: decay.steps({10: 0.5, 20: 0.6}), "rise from 0.5 at 10 to 0.6 at 20"),
        (lambda: decay.steps({10: 1.0, 20: -0.1}), "-0.1 at 20"),
        (lambda: decay.steps({10: 1.0, 20: math.nan}), "nan at 20"),
        (lambda: decay.steps({10: 1.0, math.inf: 0.1}), "outer limit"),
        (lambda: decay.steps({-5: 1.0}), "edge -5"),
        (lambda: decay.from_lower_edges({5: 1.0}, 100), "begin at 0"),
        (lambda: decay.gaussian(0, 60), "above 0"),
        (lambda: decay.gaussian(30, math.inf), "outer limit"),
        (lambda: decay.exponential(-0.1, 60), "rise with distance"),
        (lambda: decay.exponential(0.1, None), "outer limit"),
        (lambda: decay.inverse_power(0, 1, 60), "above 0"),
        (lambda: decay.inverse_power(5, -1, 60), "rise with distance"),
        (lambda: decay.inverse_power(5, 1, math.inf), "outer limit"),
        (lambda: decay.custom("own", lambda cost: cost, 60), "rise"),
        (lambda: decay.custom("own", lambda cost: 1 - cost, 60), "negative"),
        (lambda: decay.custom("own", lambda cost: np.ones_like(cost), math.inf), "outer limit"),
        (lambda: decay.custom("own", lambda cost: 1.0, 60), "one for each"),
    ],
)
def test_what_is_no_decay_is_refused_with_its_reason(make, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        make()


def test_a_decay_of_ones_own() -> None:
    straight = decay.custom("straight line", lambda cost: 1 - cost / 60, 60)
    np.testing.assert_allclose(straight([0, 30, 60, 90]), [1, 0.5, 0, 0])
