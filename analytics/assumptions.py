"""What a person assumes instead of a shipped value: dated parameters that may be changed, each within its own range.

An assumption goes by the parameter's id, with the part behind a dot where the value has several: ``travel/speed_factor``,
``travel/detour_index.near``, ``access/e2sfca_weights.2`` (positions from 1). Changed ones are part of the query and of every file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from data.parameter import Parameter, all_parameters, load

LEFT = "The address changes an assumption that is left as it was. "
"""What a page says before the reason."""

Assumptions = tuple[tuple[str, float], ...]
"""(id, value) in the order of the ids, without those that stand at their shipped value."""


@dataclass(frozen=True)
class Changeable:
    """One number that may be changed: its parameter, the part of it (or ""), its shipped value and its range."""

    id: str
    parameter: Parameter
    part: str
    value: float
    low: float
    high: float

    @property
    def label(self) -> str:
        """ "Detour index: on short ways"."""
        return self.parameter.label + (f": {self.part_words}" if self.part else "")

    @property
    def part_words(self) -> str:
        """What the part is called; "" where the parameter is one number."""
        return self.parameter.part_words(self.part) if self.part else ""

    def outside(self, value: float, said: Callable[[float], str] = "{:g}".format) -> str:
        """The sentence on a value out of the range, its numbers as an address has them or as `said` writes them; "" for one within."""
        if self.low <= value <= self.high:
            return ""
        return f"“{self.label}” can be set from {said(self.low)} to {said(self.high)}; {said(value)} is outside of that."


@cache
def changeable() -> dict[str, Changeable]:
    """Every number that may be changed, by id: those of parameters that state a range."""
    found = {}
    for parameter in all_parameters():
        if parameter.low is None or parameter.high is None:
            continue
        for part, value in parts(parameter.latest).items():
            # A part that lies outside the stated range is of another kind (miles beside an index), and stays as it is.
            if parameter.low <= value <= parameter.high:
                name = f"{parameter.id}.{part}" if part else parameter.id
                found[name] = Changeable(name, parameter, part, value, parameter.low, parameter.high)
    return found


def parts(value: Any) -> dict[str, float]:
    """The numbers in a parameter's value by part: one number has the part "", a list counts from 1."""
    if isinstance(value, bool):
        return {}
    if isinstance(value, int | float):
        return {"": float(value)}
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value, 1) if isinstance(value, tuple) else ()
    return {str(part): float(one) for part, one in pairs if isinstance(one, int | float) and not isinstance(one, bool)}


def assumed(name: str, assumptions: Assumptions) -> Any:
    """The value of a parameter under these assumptions: the latest shipped one, with what was changed laid over it."""
    value = load(name).latest
    changed = {one.removeprefix(f"{name}."): number for one, number in assumptions if one == name or one.startswith(f"{name}.")}
    if not changed:
        return value
    if isinstance(value, Mapping):
        return {part: changed.get(str(part), one) for part, one in value.items()}
    if isinstance(value, tuple):
        return tuple(changed.get(str(position), one) for position, one in enumerate(value, 1))
    return changed[name]


def ordered(given: Mapping[str, float]) -> Assumptions:
    """Assumptions as a query holds them. ValueError that names one that is not known or out of its range."""
    kept = []
    for name, value in sorted(given.items()):
        known = changeable().get(name)
        if known is None:
            raise ValueError(f"There is no assumption “{shortened(name)}” that can be changed; /methods lists those that can.")
        if outside := known.outside(value):
            raise ValueError(outside)
        if value != known.value:
            kept.append((name, float(value)))
    return tuple(kept)


def read_assumptions(text: str) -> tuple[Assumptions, list[str]]:
    """The assumptions of an address, such as ``travel/speed_factor:0.9~access/raam_tau:45``, and a sentence for each that means nothing."""
    found: dict[str, float] = {}
    said: list[str] = []
    for one in filter(None, text.split("~")):
        name, _, number = one.rpartition(":")
        try:
            found |= dict(ordered({name: float(number)}))
        except ValueError as error:
            reason = str(error) if name in changeable() and is_number(number) else f"“{shortened(one)}” is not one that this atlas knows."
            said.append(f"{LEFT}{reason}")
    return ordered(found), said


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def shortened(text: str) -> str:
    """A word from an address, fit to be shown: printable, at most forty characters."""
    clean = "".join(char for char in text if char.isprintable())
    return clean if len(clean) <= 40 else clean[:39] + "…"
