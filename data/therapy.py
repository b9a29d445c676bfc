"""What the page about ketamine therapy says and on what it rests: ``data/therapy/sections.yaml`` and the works it cites, ``works.yaml``.

Words are in the message catalogue (maps/messages/about.*.yaml); here are names, numbers, dates and citations, so that a claim in two
languages has one number and one source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from data.errors import DataError

FOLDER = Path(__file__).parent / "therapy"
PAID = ("", "maker", "public")
"""Who paid for a study: not noted, the maker of the drug, public money."""


@dataclass(frozen=True)
class Work:
    """A publication or official paper. `check` where it was written down from memory and is to be read again."""

    id: str
    citation: str
    link: str
    verified: int
    check: bool = False
    paid: str = ""


@dataclass(frozen=True)
class Statement:
    """One claim of a section with the works it rests on; `numbers` are numbers and dates for the blanks of its words."""

    name: str
    works: tuple[Work, ...]
    numbers: Mapping[str, float | date]


@dataclass(frozen=True)
class Trial:
    """One study with the number of people whom its result is about; its name is that of its work."""

    name: str
    work: Work
    people: int
    numbers: Mapping[str, float | date]


@dataclass(frozen=True)
class Section:
    """A section of the page, by its anchor."""

    name: str
    statements: tuple[Statement, ...]
    trials: tuple[Trial, ...]


@cache
def works() -> Mapping[str, Work]:
    """Every work by its id; DataError for one without citation, https address or year, or paid for by somebody unknown."""
    found = {name: Work(id=name, **fields) for name, fields in _yaml("works").items()}
    for one in found.values():
        if not (one.citation and one.link.startswith("https://") and one.verified >= 2026 and one.paid in PAID):
            raise DataError(f"The work {one.id} in data/therapy/works.yaml lacks a citation, an https address, a year or a known payer.")
    return MappingProxyType(found)


@cache
def sections() -> tuple[Section, ...]:
    """The sections in the order of the page; DataError for a work that is not in works.yaml."""
    return tuple(_section(name, fields) for name, fields in _yaml("sections").items())


@cache
def cited() -> tuple[Work, ...]:
    """The works in the order in which the page first cites them; a work's number is its place, from 1."""
    found: dict[str, Work] = {}
    for section in sections():
        for work in (*(work for one in section.statements for work in one.works), *(one.work for one in section.trials)):
            found.setdefault(work.id, work)
    return tuple(found.values())


def _section(name: str, fields: Mapping[str, Any]) -> Section:
    statements = tuple(
        Statement(one["name"], tuple(_work(work) for work in one["works"]), _numbers(one)) for one in fields.get("statements", ())
    )
    trials = tuple(Trial(one["name"], _work(one["name"]), int(one["people"]), _numbers(one)) for one in fields.get("trials", ()))
    return Section(name, statements, trials)


def _work(name: str) -> Work:
    if name not in works():
        raise DataError(f"data/therapy/sections.yaml cites {name}, which is not in works.yaml.")
    return works()[name]


def _numbers(fields: Mapping[str, Any]) -> Mapping[str, float | date]:
    return MappingProxyType(dict(fields.get("numbers", {})))


def _yaml(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
