"""Worked cases that can be followed with a pencil: one YAML file each below ``data/examples/``.

The tests evaluate every sum and put the same case to the real function, and the methods page shows the file: so what a reader follows
is what is tested. A case has `title`, `method` (the section of the page), `about` (the part of it, such as a measure; may be left out),
`plain`, `calls` (the function, by its name in analytics/examples.py) and `results`. What goes in is either a small map, with `places`
(people), `sites` (supply), `ways` (origin, destination, cost) and, as the function asks, `decay` or `tau`; or else `given`, by name.
A row of `results` and `steps` has `what`, `value` and the `sum` as text, or, where nothing is to be summed, `why`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data.errors import DataError

FOLDER = Path(__file__).parent / "examples"

REQUIRED = ("title", "method", "plain", "calls", "results")
OPTIONAL = ("about", "places", "sites", "ways", "decay", "tau", "given", "steps")


@dataclass(frozen=True)
class Row:
    """One line of a calculation: `sum` is arithmetic as text, `why` stands where there is none."""

    what: str
    value: float
    sum: str = ""
    why: str = ""


@dataclass(frozen=True)
class Example:
    """One worked case. `places` and `sites` are (name, people or supply) in order, `ways` are (place, site, cost) by name."""

    id: str
    title: str
    method: str
    plain: str
    calls: str
    results: tuple[Row, ...]
    unit: str
    """Of the results."""
    about: str = ""
    places: tuple[tuple[str, float], ...] = ()
    sites: tuple[tuple[str, float], ...] = ()
    ways: tuple[tuple[str, str, float], ...] = ()
    cost_unit: str = ""
    decay: Mapping[str, Any] = field(default_factory=dict)
    tau: float | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Row, ...] = ()

    def cost(self, place: str, site: str) -> float | None:
        """The cost of a way, or None where there is none."""
        return next((cost for one, other, cost in self.ways if (one, other) == (place, site)), None)


@cache
def examples() -> dict[str, Example]:
    """Every case by id, sorted."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def read(path: Path) -> Example:
    """One file, checked; DataError that names the file and the field."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"The example {path.name} is not YAML: {error}") from None
    if not isinstance(given, Mapping):
        raise DataError(f"The example {path.name} holds no fields.")
    missing = [name for name in REQUIRED if not given.get(name)]
    strange = [str(name) for name in given if name not in REQUIRED + OPTIONAL]
    if missing or strange:
        raise DataError(f"The example {path.name} lacks {missing or 'nothing'} and has {strange or 'nothing'} that is not known.")
    if bool(given.get("ways")) == bool(given.get("given")):
        raise DataError(f"The example {path.name} needs either a map with places, sites and ways, or given, and not both.")
    places, sites = (_named(path.name, name, given.get(name, {})) for name in ("places", "sites"))
    ways = given.get("ways", {})
    results = given["results"]
    if not isinstance(results, Mapping) or set(results) != {"unit", "rows"}:
        raise DataError(f"The example {path.name}: results have a unit and rows.")
    return Example(
        id=path.stem,
        title=str(given["title"]),
        method=str(given["method"]),
        plain=" ".join(str(given["plain"]).split()),
        calls=str(given["calls"]),
        results=_rows(path.name, "results", results["rows"]),
        unit=str(results["unit"]),
        about=str(given.get("about", "")),
        places=places,
        sites=sites,
        ways=_ways(path.name, ways, dict(places), dict(sites)),
        cost_unit=str(ways.get("unit", "")),
        decay=given.get("decay", {}),
        tau=given.get("tau"),
        given=given.get("given", {}),
        steps=_rows(path.name, "steps", given.get("steps", [])),
    )


def _named(file: str, name: str, given: object) -> tuple[tuple[str, float], ...]:
    if not isinstance(given, Mapping) or not all(is_number(value) for value in given.values()):
        raise DataError(f"The example {file}: {name} maps names to numbers.")
    return tuple((str(key), float(value)) for key, value in given.items())


def _ways(file: str, given: object, places: Mapping[str, float], sites: Mapping[str, float]) -> tuple[tuple[str, str, float], ...]:
    if not given:
        return ()
    if not isinstance(given, Mapping) or set(given) != {"unit", "pairs"}:
        raise DataError(f"The example {file}: ways have a unit and pairs.")
    for pair in given["pairs"]:
        if len(pair) != 3 or pair[0] not in places or pair[1] not in sites or not is_number(pair[2]):
            raise DataError(f"The example {file}: the way {pair} is no [place, site, cost] of the places and sites named.")
    return tuple((place, site, float(cost)) for place, site, cost in given["pairs"])


def _rows(file: str, name: str, given: object) -> tuple[Row, ...]:
    rows = given if isinstance(given, list) else []
    if not isinstance(given, list) or (name == "results" and not rows):
        raise DataError(f"The example {file}: {name} are a list of rows.")
    for row in rows:
        if not isinstance(row, Mapping) or not row.get("what") or not is_number(row.get("value")):
            raise DataError(f"The example {file}: a row of {name} has what and a value; {row!r} has not.")
        if bool(row.get("sum")) == bool(row.get("why")) or set(row) - {"what", "value", "sum", "why"}:
            raise DataError(f"The example {file}: “{row['what']}” in {name} has either a sum or a why, and nothing else.")
    return tuple(
        Row(str(row["what"]), float(row["value"]), " ".join(str(row.get("sum", "")).split()), str(row.get("why", ""))) for row in rows
    )


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
