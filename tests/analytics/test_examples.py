"""The worked cases of the methods page: every sum is reckoned as it stands in the file, and the real function must give the same."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analytics import examples as solving
from analytics.indicators import indicators
from data.examples import Example, Row, examples

EXACT = 1e-12

OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

every_example = pytest.mark.parametrize("example", examples().values(), ids=list(examples()))


def reckoned(text: str) -> float:
    """The value of a sum: numbers, + - * / ( ) and exp, and nothing else. ValueError for anything more."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return float(node.value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
            return OPERATIONS[type(node.op)](value(node.left), value(node.right))
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "exp"
            and len(node.args) == 1
            and not node.keywords
        ):
            return math.exp(value(node.args[0]))
        raise ValueError(f"“{ast.unparse(node)}” is no plain arithmetic.")

    return value(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize("text", ["2 ** 3", "sum(x)", "__import__('os')", "a + 1", "True", "exp(1, 2)", "'1'"])
def test_only_plain_arithmetic_is_reckoned(text: str) -> None:
    with pytest.raises(ValueError, match="is no plain arithmetic"):
        reckoned(text)


def test_sums_are_reckoned_as_at_school() -> None:
    assert reckoned("2 / (100 + 300) + 3 / 300") == 2 / 400 + 3 / 300
    assert reckoned("exp(-0.5 * 2)") == math.exp(-1)


def wrong_rows(rows: tuple[Row, ...]) -> list[str]:
    """Rows whose sum does not come to the value beside it. Where there is no sum nothing is reached: 0, or infinitely far."""
    return [
        f"{row.what}: {row.sum or row.why} is not {row.value}"
        for row in rows
        if not (math.isclose(reckoned(row.sum), row.value, rel_tol=EXACT) if row.sum else row.value in (0.0, math.inf))
    ]


@every_example
def test_every_sum_comes_to_its_value(example: Example) -> None:
    assert not wrong_rows(example.steps + example.results)


def test_a_wrong_sum_is_seen() -> None:
    assert wrong_rows((Row("A", 0.005, "2 / (100 + 301)"),))
    assert wrong_rows((Row("A", 0.005, why="no site within reach"),))


@every_example
def test_the_real_function_gives_the_same(example: Example) -> None:
    np.testing.assert_allclose(solving.solve(example), [row.value for row in example.results], rtol=EXACT, atol=0)


@every_example
def test_a_case_that_is_not_the_one_reckoned_gives_something_else(example: Example) -> None:
    """The comparison can fail: with every cost twice as high, or the longest way alone, something comes out differently."""
    if example.ways:
        other = replace(example, ways=tuple((place, site, 2 * cost + 1) for place, site, cost in example.ways))
    elif "straight_miles" in example.given:
        other = replace(example, given={**example.given, "straight_miles": [2 * miles for miles in example.given["straight_miles"]]})
    else:
        pytest.skip("this case rests on no ways")
    assert not np.allclose(solving.solve(other), [row.value for row in example.results], rtol=EXACT, atol=0)


def test_every_function_is_called_by_some_case() -> None:
    assert {example.calls for example in examples().values()} == set(solving.CALLS)


def test_every_measure_of_catchment_and_every_smooth_decay_has_its_case() -> None:
    shown = {example.about for example in examples().values()}
    assert {one.id for one in indicators().values() if one.method == "catchment"} <= shown
    assert {example.decay.get("kind") for example in examples().values()} >= set(solving.DECAYS)


def test_what_no_case_may_call_is_named() -> None:
    one = examples()["two_sfca"]
    with pytest.raises(ValueError, match="The example two_sfca calls a_wish; there are nearest"):
        solving.solve(replace(one, calls="a_wish"))
    with pytest.raises(ValueError, match="has the decay “cliff”; there are binary"):
        solving.solve(replace(one, decay={"kind": "cliff"}))
