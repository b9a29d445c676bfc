"""Facts that change, each dated and cited: one YAML file a parameter below ``data/parameters/<area>/``.

A file has `label`, `description`, `unit`, `values` (by the first day each holds), `reference` (title, and link or DOI) and `verified`
(the year in which somebody last read the reference). Where they apply: `range` (lowest and highest sensible value, for controls and
tornado bars), `parts` (what each part of a value is called, where its name does not say it), `check` (read in an abstract or
remembered: shown, and open to change), `expires` (the last day it holds), `funding` (who paid for the study) and `note`. Numbers stand there and not in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from data.errors import DataError

FOLDER = Path(__file__).parent / "parameters"

REQUIRED = ("label", "description", "unit", "values", "reference", "verified")
OPTIONAL = ("range", "parts", "check", "expires", "funding", "note")


@dataclass(frozen=True)
class Reference:
    """Where a value was read; `link` is an address or https://doi.org/..., or empty where the title says all there is."""

    title: str
    link: str = ""


def is_share(unit: str) -> bool:
    """Whether a number of this unit is a share and nothing else: "share of adults", but not "share of the reach, or a number"."""
    return unit.startswith("share") and ", or" not in unit


@dataclass(frozen=True)
class Parameter:
    """One dated, cited value; `id` is its path, such as ``travel/detour_index``."""

    id: str
    label: str
    description: str
    unit: str
    values: tuple[tuple[date, Any], ...]
    """(first day, value), earliest first. A value is a number, a text, a list or a read-only mapping."""
    references: tuple[Reference, ...]
    verified: int
    low: float | None = None
    high: float | None = None
    check: bool = False
    expires: date | None = None
    funding: str = ""
    note: str = ""
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Words for parts of the value, by their names or, in a list, by their positions from 1."""

    @property
    def is_share(self) -> bool:
        """Whether its numbers are shares of something, which people read and type in per cent."""
        return is_share(self.unit)

    def part_words(self, part: object) -> str:
        """What a part of the value is called: "in or near poverty"."""
        return self.parts.get(str(part), str(part).replace("_", " "))

    def at(self, day: date) -> Any:
        """The value in force on `day`; DataError before the first one."""
        held = [value for start, value in self.values if start <= day]
        if not held:
            raise DataError(
                f"The parameter {self.id} has no value before {self.values[0][0].isoformat()}; {day.isoformat()} was asked for."
            )
        return held[-1]

    @property
    def latest(self) -> Any:
        """The value that came into force last."""
        return self.values[-1][1]

    def number(self, day: date | None = None) -> float:
        """The latest value, or the one of `day`, as a number; DataError where it is none."""
        value = self.latest if day is None else self.at(day)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise DataError(f"The parameter {self.id} is not a single number; read its parts with .latest or .at(day).")
        return float(value)

    def has_expired(self, today: date) -> bool:
        """Whether its last day lies before `today`."""
        return self.expires is not None and self.expires < today


@cache
def load(name: str) -> Parameter:
    """The parameter by its path, for example ``load("travel/detour_index")``; DataError with the nearest area if there is none."""
    path = FOLDER / f"{name}.yaml"
    if name not in names():
        area = name.split("/")[0]
        there = ", ".join(other for other in names() if other.startswith(f"{area}/")) or ", ".join(
            sorted({other.split("/")[0] for other in names()})
        )
        raise DataError(f"There is no parameter {name}; there are {there}.")
    return read(path, name)


@cache
def names() -> tuple[str, ...]:
    """The paths of all parameters, sorted. Files directly in ``data/parameters/`` are lists of places and belong to other modules."""
    return tuple(sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/**/*.yaml")))


def all_parameters() -> tuple[Parameter, ...]:
    return tuple(load(name) for name in names())


def expiring(today: date, within_days: int | None = None) -> tuple[Parameter, ...]:
    """Parameters with a last day, soonest first, those already past included; all of them, or those that end within `within_days`."""
    dated = [(one.expires, one) for one in all_parameters() if one.expires is not None]
    chosen = [(end, one) for end, one in dated if within_days is None or (end - today).days <= within_days]
    return tuple(one for _, one in sorted(chosen, key=lambda pair: (pair[0], pair[1].id)))


def warnings(today: date, within_days: int = 60) -> tuple[str, ...]:
    """A sentence for each parameter that has ended or ends within `within_days`, for the build to print."""
    said: list[str] = []
    for one in expiring(today, within_days):
        if one.expires is not None:
            verb = "ended" if one.has_expired(today) else "ends"
            said.append(f"{one.label} {verb} on {one.expires.isoformat()}: read it again and mend data/parameters/{one.id}.yaml.")
    return tuple(said)


def read(path: Path, name: str) -> Parameter:
    """One file, checked; DataError that names the file and the field."""
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise DataError(f"The parameter file {name}.yaml is not YAML: {error}") from None
    if not isinstance(given, dict):
        raise DataError(f"The parameter file {name}.yaml holds no fields.")
    missing = [field for field in REQUIRED if field not in given]
    strange = [str(field) for field in given if field not in REQUIRED + OPTIONAL]
    if missing or strange:
        raise DataError(f"The parameter file {name}.yaml lacks {missing or 'nothing'} and has {strange or 'nothing'} that is not known.")
    low, high = _range(name, given.get("range"))
    return Parameter(
        id=name,
        label=_text(name, "label", given["label"]),
        description=_text(name, "description", given["description"]),
        unit=_text(name, "unit", given["unit"]),
        values=_values(name, given["values"]),
        references=_references(name, given["reference"]),
        verified=_year(name, given["verified"]),
        low=low,
        high=high,
        check=given.get("check", False) is True,
        expires=_day(name, "expires", given["expires"]) if "expires" in given else None,
        funding=_text(name, "funding", given["funding"]) if "funding" in given else "",
        note=_text(name, "note", given["note"]) if "note" in given else "",
        parts=_parts(name, given.get("parts", {})),
    )


def _text(name: str, field: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"The parameter file {name}.yaml: {field} must be text.")
    return " ".join(value.split())


def _parts(name: str, given: object) -> Mapping[str, str]:
    if not isinstance(given, dict):
        raise DataError(f"The parameter file {name}.yaml: parts must map names of parts to words.")
    return MappingProxyType({str(part): _text(name, "parts", words) for part, words in given.items()})


def _day(name: str, field: str, value: object) -> date:
    if type(value) is not date:
        raise DataError(f"The parameter file {name}.yaml: {field} has {value!r}, which is no date such as 2026-01-01.")
    return value


def _year(name: str, value: object) -> int:
    if type(value) is not int or not 2019 <= value <= 2100:
        raise DataError(f"The parameter file {name}.yaml: verified must be the year in which the reference was read.")
    return value


def _values(name: str, given: object) -> tuple[tuple[date, Any], ...]:
    if not isinstance(given, dict) or not given:
        raise DataError(f"The parameter file {name}.yaml: values must map days to values.")
    days = [_day(name, "values", day) for day in given]
    if days != sorted(set(days)):
        raise DataError(f"The parameter file {name}.yaml: the days of values must rise.")
    return tuple((day, _frozen(value)) for day, value in zip(days, given.values(), strict=True))


def _frozen(value: Any) -> Any:
    """The same value, closed to change: parameters are shared by all visitors."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(part) for key, part in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    return value


def _references(name: str, given: object) -> tuple[Reference, ...]:
    if not isinstance(given, list) or not given:
        raise DataError(f"The parameter file {name}.yaml: reference must be a list with at least one title.")
    found: list[Reference] = []
    for one in given:
        if not isinstance(one, dict) or not one.get("title") or set(one) - {"title", "link"}:
            raise DataError(f"The parameter file {name}.yaml: each reference has a title and may have a link, nothing else.")
        link = str(one.get("link", ""))
        if link and not link.startswith("https://"):
            raise DataError(f"The parameter file {name}.yaml: the link {link} must begin with https://.")
        found.append(Reference(str(one["title"]), link))
    return tuple(found)


def _range(name: str, given: object) -> tuple[float | None, float | None]:
    if given is None:
        return None, None
    if not isinstance(given, list) or len(given) != 2 or not all(type(part) in (int, float) for part in given) or given[0] > given[1]:
        raise DataError(f"The parameter file {name}.yaml: range must be [lowest, highest].")
    return float(given[0]), float(given[1])
