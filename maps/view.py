"""How a person chose to see the answer: nothing in it changes a number of the first question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from analytics.assumptions import shortened
from analytics.bearing import borne
from analytics.conditions import MOST as MOST_CONDITIONS
from analytics.conditions import Condition
from analytics.indicators import indicators
from analytics.query import CHOICES, SEPARATOR, Query
from maps.messages import DEFAULT, LANGUAGES

SCHEMES: Final = {
    "subject": "the subject's own classes",
    "quantiles": "equal numbers of places",
    "natural": "natural breaks",
    "own": "borders of your own",
}
"""How places are put into classes; zero always stands apart."""
FEWEST, MOST = 2, 7
COUNTS: Final = tuple(range(FEWEST, MOST + 1))
"""Classes: under two there is no map, over seven neighbours are no longer told apart (maps/palette.py)."""
TOGETHER: Final = {
    "beside": "two maps side by side",
    "bivariate": "one map of both",
    "scatter": "a scatter plot",
}
"""How a second question is shown with the first."""
SIGNS: Final = {"over": "over", "under": "under"}
MOST_SELECTED = 60
GEOID = re.compile(r"\d{2}|\d{4,5}")
PANEL = re.compile(r"[a-z_]{1,30}")
SECOND_PANEL, NONE_OPEN = "second", "none"
SECOND_FIELDS: Final = ("measure", "modality", "population", "payment", "payer", "schedule", "reach")
"""What of a second question may differ from the first; level, place, lists and assumptions are shared."""


@dataclass(frozen=True)
class Classing:
    """How places are classed: a scheme, how many classes, and a person's own borders in the measure's unit."""

    scheme: str = "subject"
    count: int = 5
    borders: tuple[float, ...] = ()

    def to_text(self) -> str:
        parts = [f"{one:g}" for one in self.borders] if self.scheme == "own" else [str(self.count)]
        return SEPARATOR.join([self.scheme, *parts])


def with_borders(borders: tuple[float, ...]) -> Classing:
    """Classes between these borders, rising."""
    return Classing("own", len(borders) + 1, borders)


@dataclass(frozen=True)
class View:
    """Classes, what else is drawn, a second question and how both are shown, conditions, selection, open panels, language."""

    sites: bool = True
    """Whether the providers stand on the map."""
    classing: Classing = Classing()
    second: tuple[tuple[str, str], ...] = ()
    """The fields in which a second question differs from the first, with their values; empty where there is none."""
    together: str = "beside"
    conditions: tuple[Condition, ...] = ()
    selected: tuple[str, ...] = ()
    """The places that are marked on every panel, in the order in which they were chosen."""
    open: tuple[str, ...] = ()
    """Panels that stand open, by their names."""
    lang: str = DEFAULT

    def to_address(self) -> dict[str, str]:
        """Word to text; what stands at its default is left out."""
        texts = {
            "sites": "" if self.sites else "off",
            "classes": "" if self.classing == Classing() else self.classing.to_text(),
            "second": SEPARATOR.join(f"{field}:{value}" for field, value in self.second),
            "together": self.together if self.second and self.together != "beside" else "",
            "conditions": SEPARATOR.join(one.to_text() for one in self.conditions),
            "selected": SEPARATOR.join(self.selected),
            "open": "" if self.open == implied(self.second, self.together) else SEPARATOR.join(self.open) or NONE_OPEN,
            "lang": "" if self.lang == DEFAULT else self.lang,
        }
        return {word: text for word, text in texts.items() if text}


def unopened(view: View) -> View:
    """The same view with no panel open but what it would open by itself: what stands open shows in no picture."""
    return replace(view, open=implied(view.second, view.together))


def second_question(query: Query, view: View) -> Query | None:
    """The second question of a view, with the lists that bear its measure; None where there is none."""
    return borne(query, **dict(view.second)) if view.second else None


def second_classing(view: View) -> Classing:
    """How the second question is classed: as the first, but borders of one's own are of the first measure and its unit."""
    return Classing() if view.classing.scheme == "own" else view.classing


def read_view(address: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view an address asks for, and a sentence for each value in it that means nothing.

    Places of `selected` are taken by their form alone; which of them exist is known where the tables are.
    """
    problems: list[str] = []
    sites = address.get("sites", "on")
    if sites not in ("on", "off"):
        problems.append("The address says neither “on” nor “off” for the providers on the map; they are shown.")
    together = address.get("together", "beside")
    if together not in TOGETHER:
        problems.append(f"The address asks for two measures shown as “{shortened(together)}”; two maps side by side are shown instead.")
        together = "beside"
    lang = address.get("lang", DEFAULT)
    if lang not in LANGUAGES:
        problems.append(f"The address asks for the language “{shortened(lang)}”; there is English (en) and Spanish (es).")
        lang = DEFAULT
    second = read_second(address.get("second", ""), problems)
    view = View(
        sites=sites != "off",
        classing=read_classing(address.get("classes", ""), problems),
        second=second,
        together=together,
        conditions=read_conditions(address.get("conditions", ""), problems),
        selected=matching(address.get("selected", ""), GEOID, MOST_SELECTED, "selected places", problems),
        open=read_open(address.get("open", ""), problems) if address.get("open") else implied(second, together),
        lang=lang,
    )
    return view, tuple(problems)


def implied(second: tuple[tuple[str, str], ...], together: str) -> tuple[str, ...]:
    """What stands open where an address names no panel: one map of both and a scatter plot are drawn in theirs; two maps side by side are not."""
    return (SECOND_PANEL,) if second and together != "beside" else ()


def read_open(text: str, problems: list[str]) -> tuple[str, ...]:
    """The panels named; `none` where a person closed the one that would stand open."""
    return () if text == NONE_OPEN else matching(text, PANEL, 12, "open panels", problems)


def number(text: str) -> float | None:
    """A finite number, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def read_classing(text: str, problems: list[str]) -> Classing:
    """`quantiles~5`, `natural~4`, `own~10~20~30`; the subject's own classes, with a sentence, where the text is none of these."""
    if not text:
        return Classing()
    scheme, *rest = text.split(SEPARATOR)
    if scheme == "own":
        borders, said = own_borders(rest)
        problems += [said] if said else []
        return with_borders(borders) if borders else Classing()
    count = number(rest[0]) if len(rest) == 1 else None
    if scheme in SCHEMES and count is not None and FEWEST <= count <= MOST and count == int(count):
        return Classing(scheme, int(count))
    problems.append(
        f"The address asks for the classes “{shortened(text)}”; there are {', '.join(SCHEMES)}, with {FEWEST} to {MOST} classes. The subject's own classes are shown."
    )
    return Classing()


def own_borders(texts: Iterable[str]) -> tuple[tuple[float, ...], str]:
    """A person's own class borders, and a sentence where they can't be used: no numbers, out of order, too many."""
    given = [text.strip() for text in texts if text.strip()]
    values = [number(text) for text in given]
    if not given:
        return (), "Own classes need at least one border between them, such as 10, 20, 30."
    if None in values:
        return (), f"“{shortened(given[values.index(None)])}” is no number; write the borders of your classes such as 10, 20, 30."
    borders = tuple(float(value) for value in values if value is not None)
    if len(borders) > MOST - 1:
        return (), f"{len(borders)} borders make {len(borders) + 1} classes; at most {MOST} are told apart on a map."
    for before, after in itertools.pairwise(borders):
        if after <= before:
            return (), f"The borders of your classes must rise: {after:g} does not come after {before:g}."
    return borders, ""


def read_second(text: str, problems: list[str]) -> tuple[tuple[str, str], ...]:
    """`measure:uninsured~modality:esketamine`; nothing, with a sentence, where a field or value is unknown."""
    changes: list[tuple[str, str]] = []
    for part in filter(None, text.split(SEPARATOR)):
        field, _, value = part.partition(":")
        known: Mapping[str, Any] = indicators() if field == "measure" else CHOICES[field][1] if field in CHOICES else {}
        if field not in SECOND_FIELDS or value not in known:
            problems.append(
                f"The address asks for “{shortened(part)}” as a second measure, which this atlas does not know; it is left out."
            )
            return ()
        changes.append((field, value))
    return tuple(changes)


def read_conditions(text: str, problems: list[str]) -> tuple[Condition, ...]:
    """`minutes_to_nearest:over:60~uninsured:over:0.1`, at most five."""
    found: list[Condition] = []
    for part in filter(None, text.split(SEPARATOR)):
        measure, _, rest = part.partition(":")
        sign, _, amount = rest.partition(":")
        value = number(amount)
        if measure not in indicators() or sign not in SIGNS or value is None:
            problems.append(
                f"The address asks for the condition “{shortened(part)}”, which this atlas does not understand; it is left out."
            )
        else:
            found.append(Condition(measure, sign, value))
    if len(found) > MOST_CONDITIONS:
        problems.append(f"The address asks for {len(found)} conditions; the first {MOST_CONDITIONS} are used.")
    return tuple(found[:MOST_CONDITIONS])


def matching(text: str, form: re.Pattern[str], most: int, words: str, problems: list[str]) -> tuple[str, ...]:
    """The parts that have the form, each once, at most so many; a sentence where some have not or are too many."""
    asked = tuple(dict.fromkeys(filter(None, text.split(SEPARATOR))))
    good = tuple(one for one in asked if form.fullmatch(one))
    if len(good) < len(asked):
        problems.append(f"The address names {words} that this atlas does not know; they are left out.")
    if len(good) > most:
        problems.append(f"The address names {len(good)} {words}; the first {most} are used.")
    return good[:most]
