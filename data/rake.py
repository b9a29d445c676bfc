"""Raking (iterative proportional fitting): shares of rows that reproduce given column totals.

Deming & Stephan 1940, Annals of Mathematical Statistics 11(4), doi 10.1214/aoms/1177731829.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from data.checks import expect

Floats = npt.NDArray[np.float64]


def rake(seed: Floats, people: Floats, totals: Floats, rounds: int = 2_000, tolerance: float = 0.5) -> Floats:
    """Shares (n rows x m columns, each row summing to 1) for which people @ shares comes to `totals`.

    seed: n x m, what is likely before the totals are known, nowhere negative; a zero stays zero.
    people: n, weights of the rows; rows of weight 0 get shares but decide nothing.
    totals: m, scaled to the people where the two differ.
    Stops when every column is within `tolerance` people, or after `rounds`; `residuals` tells how near it came.
    Raises DataError when a row has no possible column, or a column with a total has no possible row.

    >>> rake(np.ones((2, 2)), np.array([10.0, 30.0]), np.array([30.0, 10.0])).round(3).tolist()
    [[0.75, 0.25], [0.75, 0.25]]
    """
    expect(bool((seed >= 0).all() and (seed.sum(axis=1) > 0).all()), "Raking: a row has no column it could belong to.")
    wanted = scaled(totals, people)
    shares: Floats = seed / seed.sum(axis=1, keepdims=True)
    expect(bool(((people @ shares > 0) | (wanted == 0)).all()), "Raking: a column has a total and no row that could belong to it.")
    for _ in range(rounds):
        if np.abs(residuals(shares, people, totals)).max() <= tolerance:
            break
        found = people @ shares
        shares *= np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)
        shares /= shares.sum(axis=1, keepdims=True)
    return shares


def residuals(shares: Floats, people: Floats, totals: Floats) -> Floats:
    """By how many people each column misses its (scaled) total; length m."""
    missed: Floats = people @ shares - scaled(totals, people)
    return missed


def scaled(totals: Floats, people: Floats) -> Floats:
    """The totals in proportion, summing to the people that are there."""
    whole: Floats = totals * (people.sum() / totals.sum())
    return whole


def pruned(shares: Floats, people: Floats, totals: Floats, threshold: float) -> Floats:
    """Raked again without the shares under `threshold`; a row keeps its largest, and a small column the rows that fill it.

    A column of few people in large rows would lose all it has: of each column the largest entries stay, as many as hold 90 % of it.
    """
    weight = people[:, None] * shares
    order = np.argsort(-weight, axis=0, kind="stable")
    before = np.cumsum(np.take_along_axis(weight, order, axis=0), axis=0) - np.take_along_axis(weight, order, axis=0)
    filling = np.zeros(shares.shape, dtype=bool)
    np.put_along_axis(filling, order, before < 0.9 * weight.sum(axis=0), axis=0)
    needed = filling & (np.where(shares >= threshold, weight, 0).sum(axis=0) < 0.9 * weight.sum(axis=0))
    keep = (shares >= threshold) | needed | (shares == shares.max(axis=1, keepdims=True))
    return rake(np.where(keep, shares, 0.0), people, totals)
