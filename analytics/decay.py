"""How much a site counts with distance. A decay is a function of cost with an outer limit; it never rises and is never negative.

Costs may be minutes or miles: a decay has the unit of the costs it is used with. The reach is inclusive (`<=`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.checked import above_zero, is_number, numbers, said, zero_or_more

Floats = npt.NDArray[np.float64]

NOT_RISING = "a number, 0 or more, or the weights would rise with distance"
PROBES = 1001
"""Points between 0 and the reach at which a decay of one's own is looked at."""


@dataclass(frozen=True)
class Decay:
    """Weights by cost: ``decay(cost)`` has the shape of `cost`, float64, and is 0 beyond `reach`. ValueError for a reach that is no limit.

    What a shape of one's own says is looked at where it is used (`TravelCosts.weights`).
    """

    name: str
    reach: float
    shape: Callable[[Floats], Floats]
    """Weights within the reach; what it says beyond is not asked."""

    def __post_init__(self) -> None:
        limit(self.reach)

    def __call__(self, cost: npt.ArrayLike) -> Floats:
        # Costs kept as float32 are widened first, so that every comparison is made in double precision.
        wide = np.asarray(cost, dtype=np.float64)
        return np.where(wide <= self.reach, self.shape(wide), 0.0)


def binary(reach: float) -> Decay:
    """1 up to the reach, 0 beyond: the catchment of 2SFCA (Luo & Wang 2003). Raises ValueError for a reach that is no limit.

    >>> binary(30)([0, 30, 30.1]).tolist()
    [1.0, 1.0, 0.0]
    """
    limit(reach)
    return Decay(f"binary within {reach:g}", float(reach), np.ones_like)


def steps(weights: Mapping[float, float]) -> Decay:
    """Weights by upper edge of the band, inclusive: the bands of E2SFCA (Luo & Qi 2009, doi 10.1016/j.healthplace.2009.06.002).

    The last edge is the reach. Raises ValueError where there is no band, an edge is no distance, or weights rise or are negative.

    >>> steps({10: 1.0, 20: 0.68, 30: 0.22})([10, 10.5, 30, 31]).tolist()
    [1.0, 0.68, 0.22, 0.0]
    """
    edges, values = bands(weights)

    def shape(cost: Floats) -> Floats:
        # Counting the edges that lie below is several times faster than searching them, few as they are.
        band = np.zeros(cost.shape, dtype=np.intp)
        for edge in edges[:-1]:
            band += cost > edge
        return values[band]

    return Decay(f"steps to {edges[-1]:g}", float(edges[-1]), shape)


def thirds(reach: float, weights: Sequence[float]) -> Decay:
    """Bands of equal width up to the reach: with three weights, the thirds in which E2SFCA is used here."""
    limit(reach)
    return steps({reach * (band + 1) / len(weights): weight for band, weight in enumerate(weights)})


def from_lower_edges(weights: Mapping[float, float], reach: float) -> Decay:
    """Weights by lower edge of the band, which belongs to it (0-9, 10-19 ...), as use by distance is published; 0 beyond the reach.

    >>> from_lower_edges({0: 1.0, 10: 0.881}, reach=100)([9.9, 10, 100, 101]).tolist()
    [1.0, 0.881, 0.881, 0.0]
    """
    edges, values = bands(weights)
    if edges[0] != 0:
        raise ValueError(f"The first band must begin at 0; it begins at {edges[0]:g}.")
    limit(reach)
    return Decay(f"bands to {reach:g}", float(reach), lambda cost: values[np.searchsorted(edges, cost, side="right") - 1])


def gaussian(scale: float, reach: float) -> Decay:
    """exp(-(cost / scale)^2 / 2) up to the reach: one of the decays of the 2SFCA family (Wang 2012, doi 10.1080/00045608.2012.657146).

    It is truncated at the reach, where it still weighs something; Dai's form (2010, doi 10.1016/j.healthplace.2010.06.012) is shifted
    so that it comes to 0 there. Raises ValueError for a scale that is not above 0 or a missing reach.

    >>> gaussian(30, 60)([0.0, 61.0]).tolist()
    [1.0, 0.0]
    """
    above_zero(scale, "scale of a Gaussian decay")
    limit(reach)
    return Decay(f"Gaussian of {scale:g} within {reach:g}", float(reach), lambda cost: np.exp(-0.5 * np.square(cost / scale)))


def exponential(rate: float, reach: float) -> Decay:
    """exp(-rate x cost) up to the reach: one of the decays of the 2SFCA family (Wang 2012, doi 10.1080/00045608.2012.657146).

    Raises ValueError for a rate below 0, with which the weights would rise.

    >>> exponential(0.0, 60)([0.0, 60.0, 61.0]).tolist()
    [1.0, 1.0, 0.0]
    """
    zero_or_more(rate, "rate of an exponential decay", NOT_RISING)
    limit(reach)
    return Decay(f"exponential of {rate:g} within {reach:g}", float(reach), lambda cost: np.exp(-rate * cost))


def inverse_power(scale: float, power: float, reach: float) -> Decay:
    """(scale / cost)^power up to the reach, and 1 up to the scale, where the bare power would grow without limit.

    The impedance of the gravity model (Hansen 1959, doi 10.1080/01944365908978307).
    Raises ValueError for a scale that is not above 0, or a power below 0, with which the weights would rise.

    >>> inverse_power(10, 2, 60)([0, 10, 20, 61]).tolist()
    [1.0, 1.0, 0.25, 0.0]
    """
    above_zero(scale, "scale of an inverse power")
    zero_or_more(power, "power of an inverse-power decay", NOT_RISING)
    limit(reach)
    return Decay(
        f"inverse power {power:g} from {scale:g} within {reach:g}", float(reach), lambda cost: (scale / np.maximum(cost, scale)) ** power
    )


def custom(name: str, shape: Callable[[Floats], npt.ArrayLike], reach: float) -> Decay:
    """A decay of one's own, looked at from 0 to the reach. Raises ValueError where weights rise, are negative or are no numbers."""
    probe = np.linspace(0, limit(reach), PROBES)
    weights = numbers(shape(probe), f"weight by the decay “{name}”")
    if weights.shape != probe.shape:
        raise ValueError(f"The decay “{name}” gives {weights.size} weights for {probe.size} costs; it must give one for each.")
    never_rising(weights, probe, f"the decay “{name}”")
    return Decay(name, float(reach), lambda cost: np.asarray(shape(cost), dtype=np.float64))


def limit(reach: object) -> float:
    """The reach, if it is one."""
    if not is_number(reach):
        raise ValueError(f"A decay needs an outer limit; the reach is {said(reach)}. Give a number of minutes or miles.")
    return zero_or_more(reach, "reach")


def bands(weights: Mapping[float, float]) -> tuple[Floats, Floats]:
    """(edges, weights) in the order of the edges, checked."""
    if not weights:
        raise ValueError("The steps of the decay are empty; give at least one edge with its weight, such as {30: 1.0}.")
    edges = numbers(list(weights), "edge of a step")
    order = np.argsort(edges)
    edges, values = edges[order], numbers(list(weights.values()), "weight of a step")[order]
    if not np.all(np.isfinite(edges)):
        raise ValueError(f"The decay has no outer limit: the edges of its steps are {[float(edge) for edge in edges]}.")
    if edges[0] < 0:
        raise ValueError(f"A step of the decay has the edge {edges[0]:g}; edges must be 0 or more.")
    never_rising(values, edges, "the steps of the decay")
    return edges, values


def never_rising(weights: Floats, at: Floats, what: str) -> None:
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if wrong.size:
        raise ValueError(f"The weight {weights[wrong[0]]} at {at[wrong[0]]:g} is no weight: in {what} none may be negative or missing.")
    rising = np.flatnonzero(np.diff(weights) > 0)
    if rising.size:
        first = rising[0]
        raise ValueError(
            f"The weights of {what} rise from {weights[first]:g} at {at[first]:g} to {weights[first + 1]:g} at {at[first + 1]:g}; "
            "what is farther away must not count more."
        )
