"""The words of the methods page: one YAML file a section below ``data/methods/``, named by its anchor.

A section has `title` and `plain` (paragraphs in plain words, which come first), and where they apply `term` (the same in the field's
words), `formula`, `points` (a list), `reference` and `parts`: pieces of the same make with an `id`, which is a measure's id where the piece
explains one measure. A number that is a dated parameter stands as its name in braces, ``{travel/detour_index.near}``, with ``:%`` behind
it where it is read as per cent: so text and parameter cannot part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data.errors import DataError
from data.parameter import Reference, load, names

FOLDER = Path(__file__).parent / "methods"

FIELDS = ("title", "plain", "term", "formula", "points", "reference")
BLANK = re.compile(r"\{([a-z0-9_]+/[a-z0-9_]+)(?:\.(\w+))?(:%)?\}")
"""A parameter's name in braces, with the part behind a dot and `:%` for per cent."""


@dataclass(frozen=True)
class Text:
    """A section of the page, or a part of one."""

    id: str
    title: str
    plain: tuple[str, ...]
    term: str = ""
    formula: str = ""
    points: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    parts: tuple[Text, ...] = ()

    def part(self, name: str) -> Text | None:
        """The part that explains a measure, if there is one."""
        return next((one for one in self.parts if one.id == name), None)


@cache
def texts() -> dict[str, Text]:
    """Every section by its anchor, sorted."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.yaml"))}


def read(path: Path) -> Text:
    """One file, checked and with its numbers filled in; DataError that names the file and the field."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"The text {path.name} is not YAML: {error}") from None
    return _text(path.name, path.stem, given, ("parts",))


def _text(file: str, name: str, given: object, also: tuple[str, ...]) -> Text:
    if not isinstance(given, Mapping) or not given.get("title") or not given.get("plain"):
        raise DataError(f"The text {file} needs a title and plain words in “{name}”.")
    strange = [str(field) for field in given if field not in FIELDS + also]
    if strange:
        raise DataError(f"The text {file} has {strange} in “{name}”, which are not known; there may be {', '.join(FIELDS + also)}.")
    parts = given.get("parts", ())
    if not all(isinstance(part, Mapping) and part.get("id") for part in parts):
        raise DataError(f"The text {file} has a part without an id.")
    return Text(
        id=name,
        title=filled(file, given["title"]),
        plain=_paragraphs(file, given["plain"]),
        term=filled(file, given.get("term", "")),
        formula=filled(file, given.get("formula", "")),
        points=_paragraphs(file, given.get("points", ())),
        references=tuple(Reference(str(one["title"]), str(one.get("link", ""))) for one in given.get("reference", ())),
        parts=tuple(_text(file, str(part["id"]), part, ("id",)) for part in parts),
    )


def _paragraphs(file: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise DataError(f"The text {file}: paragraphs and points are lists of texts.")
    return tuple(filled(file, one) for one in given)


def filled(file: str, text: object) -> str:
    """The text on one line, with the parameters it names put in; DataError where there is no such parameter or part."""
    if not isinstance(text, str):
        raise DataError(f"The text {file} has {text!r} where words belong.")
    return BLANK.sub(lambda blank: _number(file, *blank.groups()), " ".join(text.split()))


def _number(file: str, name: str, part: str | None, per_cent: str | None) -> str:
    if name not in names():
        raise DataError(f"The text {file} names the parameter {name}, which there is not.")
    value: Any = load(name).latest
    if part is not None:
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value, 1) if isinstance(value, tuple) else ()
        value = {str(key): one for key, one in pairs}.get(part)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(f"The text {file} needs a number from {name}{f'.{part}' if part else ''}, and there is none.")
    return f"{100 * value:.3g} %" if per_cent else f"{value:,.10g}"
