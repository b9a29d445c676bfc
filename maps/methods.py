"""The methods page as HTML, written from the measures' own declarations, the texts, the parameters and the tables: nothing is said twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Final

from analytics.indicator import GROUPS, Indicator
from analytics.indicators import indicators
from analytics.model import provenance
from analytics.query import REACHES, Query
from analytics.refusal import refuse
from analytics.tables import Tables
from data.examples import Example, examples
from data.methods import Text, texts
from data.parameter import Parameter, all_parameters
from maps.facts import parameters_html, references, sources_html
from maps.words import asked_words

TITLE: Final = "How every number here is made"
LEAD: Final = (
    "Each measure in plain words first, then in the field's, with its formula, its sources and what it assumes. "
    "The worked examples are the tests: what you can follow with a pencil is what the code is checked against."
)
GENERAL: Final = (
    "adding-up",
    "agreement",
    "ranking",
    "ranks-and-likeness",
    "statuses",
    "districts",
    "checks",
    "expires",
    "parameters",
    "unknown",
)
"""Sections that belong to no measure, in their order."""
AREAS: Final = {
    "access": "Access",
    "affordability": "Affordability",
    "barriers": "Far and costly",
    "commercial": "Commercial insurance",
    "copay_programme": "The maker's programme",
    "coverage": "Coverage",
    "medicaid": "Medicaid",
    "medicare": "Medicare",
    "need": "Need",
    "prices": "Prices",
    "rules": "Rules",
    "supply": "Supply",
    "travel": "Travel",
    "treatment": "Treatment",
    "va": "Veterans Affairs (VA)",
}
"""What the areas of parameters are called; one that is not here goes by its own name."""


@dataclass(frozen=True)
class Section:
    """One anchor: its words, the measures that rest on it, and the parts that explain something else than a measure."""

    anchor: str
    text: Text
    measures: tuple[Indicator, ...]
    parts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Chapter:
    title: str
    anchor: str
    sections: tuple[Section, ...]


def asked_for(wanted: str, *said: str) -> bool:
    """Whether every word that was typed stands somewhere in what is said."""
    whole = " ".join(said).casefold()
    return all(word in whole for word in wanted.casefold().split())


def said_by(text: Text) -> str:
    """All words of a text, for the search."""
    parts = " ".join(said_by(part) for part in text.parts)
    titles = " ".join(one.title for one in text.references)
    return " ".join((text.title, *text.plain, text.term, *text.points, titles, parts))


def said_of(measure: Indicator) -> str:
    """All words of a measure, those of its own part included."""
    part = section_text(measure.method).part(measure.id)
    own = (measure.label, measure.question, measure.why, measure.unit_words, measure.universe, measure.caveat, measure.id)
    return " ".join((*own, said_by(part) if part else "", *(one.label for one in assumed_by(measure))))


def section_text(anchor: str) -> Text:
    """The words of a section; one without a file of its own is named by its anchor and lets its measures speak."""
    return texts().get(anchor) or Text(anchor, anchor.replace("-", " ").capitalize(), ())


@cache
def chapters() -> tuple[Chapter, ...]:
    """The measures' groups in their order; a method stands in the group of its first measure, once."""
    found = []
    taken: set[str] = set()
    for group in GROUPS:
        anchors = dict.fromkeys(one.method for one in indicators().values() if one.group == group and one.method not in taken)
        taken |= set(anchors)
        if anchors:
            found.append(Chapter(group, group.lower().replace(" ", "-") + "-measures", tuple(section(anchor) for anchor in anchors)))
    general = tuple(section(anchor) for anchor in GENERAL)
    return (*found, Chapter("What holds for all", "for-all", general))


def section(anchor: str) -> Section:
    text = section_text(anchor)
    return Section(
        anchor,
        text,
        tuple(one for one in indicators().values() if one.method == anchor),
        tuple(part for part in text.parts if part.id not in indicators()),
    )


def found(wanted: str) -> tuple[Chapter, ...]:
    """The chapters with what was asked for alone: a section whose own words have it keeps all of its measures."""
    if not wanted.strip():
        return chapters()
    kept = []
    for chapter in chapters():
        sections = [narrowed(one, wanted) for one in chapter.sections if one.anchor != "parameters"]
        if several := tuple(one for one in sections if one is not None):
            kept.append(Chapter(chapter.title, chapter.anchor, several))
    return tuple(kept)


def narrowed(one: Section, wanted: str) -> Section | None:
    own = " ".join((one.text.title, *one.text.plain, one.text.term, *one.text.points))
    if asked_for(wanted, own):
        return one
    measures = tuple(measure for measure in one.measures if asked_for(wanted, said_of(measure)))
    parts = tuple(part for part in one.parts if asked_for(wanted, said_by(part)))
    return Section(one.anchor, one.text, measures, parts) if measures or parts else None


def found_parameters(wanted: str) -> tuple[Parameter, ...]:
    """The parameters in whose name, label, description or source every word stands."""
    return tuple(
        one
        for one in all_parameters()
        if asked_for(wanted, one.id, one.id.replace("_", " "), one.label, one.description, one.note, *(ref.title for ref in one.references))
    )


def found_words(wanted: str) -> str:
    """How much the search found, as a sentence with one thing to do where it is nothing."""
    measures = len({measure.id for chapter in found(wanted) for one in chapter.sections for measure in one.measures})
    parameters = len(found_parameters(wanted))
    sections = sum(not one.measures for chapter in found(wanted) for one in chapter.sections)
    if not (measures or parameters or sections):
        return f"Nothing here says “{wanted.strip()}”. Try one word of it, or empty the box to see everything."
    counts = ((measures, "measure"), (parameters, "parameter"), (sections, "other section"))
    return "Found: " + ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count) + "."


def areas() -> dict[str, tuple[Parameter, ...]]:
    """The parameters by area, in the order of their names."""
    by_area: dict[str, list[Parameter]] = {}
    for one in all_parameters():
        by_area.setdefault(one.id.split("/")[0], []).append(one)
    return {area: tuple(several) for area, several in by_area.items()}


def found_label(several: tuple[Parameter, ...]) -> str:
    return f"{len(several)} parameter{'' if len(several) == 1 else 's'} found"


def area_label(area: str, several: tuple[Parameter, ...]) -> str:
    return f"{AREAS.get(area, area.replace('_', ' ').capitalize())}: {len(several)} parameter{'' if len(several) == 1 else 's'}"


def assumed_by(measure: Indicator) -> tuple[Parameter, ...]:
    """The parameters a measure rests on, whole areas written out."""
    return tuple(
        one
        for one in all_parameters()
        if any(one.id == name or (name.endswith("/") and one.id.startswith(name)) for name in measure.assumes)
    )


def examples_about(anchor: str, about: str = "") -> tuple[Example, ...]:
    """The worked cases of a section, or of one of its parts or measures."""
    return tuple(one for one in examples().values() if one.method == anchor and one.about == about)


def sound_query(measure: Indicator, place: str, tables: Tables) -> Query:
    """The measure asked of a place, with the lists and the kind of therapy that bear it."""
    asked = Query(measure=measure.id, place=place)
    refused = refuse(asked, measure, tables)
    return asked if refused is None else refused.query


# --- HTML ---


def contents_html() -> str:
    """The way to each section, a line a chapter."""
    lines = "".join(
        f"<li><span>{escape(chapter.title)}</span> "
        + " ".join(f'<a href="#{escape(one.anchor)}">{escape(one.text.title)}</a>' for one in chapter.sections)
        + "</li>"
        for chapter in chapters()
    )
    return f'<nav class="atlas-contents" aria-label="On this page"><ul>{lines}</ul></nav>'


def chapter_html(chapter: Chapter) -> str:
    return heading("h2", chapter.anchor, chapter.title)


def section_html(one: Section) -> str:
    """Heading with its anchor, plain words, the field's words."""
    return heading("h3", one.anchor, one.text.title) + text_html(one.text)


def heading(tag: str, anchor: str, title: str) -> str:
    """A heading to which links lead. Streamlit makes the id of `data-anchor`, and scrolls to it when a link opens the page."""
    return f'<{tag} data-anchor="{escape(anchor)}">{escape(title)}</{tag}>'


def text_html(text: Text) -> str:
    """Plain words first, then points, then the field's term, formula and references."""
    plain = "".join(f'<p class="atlas-text">{escape(one)}</p>' for one in text.plain)
    points = "".join(f"<li>{escape(one)}</li>" for one in text.points)
    return plain + (f'<ul class="atlas-lists">{points}</ul>' if points else "") + field_html(text)


def field_html(text: Text) -> str:
    term = f"In the field's words: {escape(text.term)}" if text.term else ""
    read = f" {references(text.references)}." if text.references else ""
    formula = "".join(f'<p class="atlas-formula">{escape(one.strip())}</p>' for one in text.formula.split(";") if one)
    return (f'<p class="atlas-text term">{term}{read}</p>' if term or read else "") + formula


def example_heading(example: Example) -> str:
    """A heading over a worked case that stands inside something else."""
    return f'<h4 class="atlas-small">Worked example: {escape(example.title)}</h4>'


def measure_label(measure: Indicator) -> str:
    """What its expander is called."""
    return measure.label[:1].upper() + measure.label[1:] + (" (advanced)" if measure.advanced else "")


def measure_html(measure: Indicator, tables: Tables, today: date) -> str:
    """Everything about a measure: question, plain words, unit, who is counted, when, how far to trust it, what it assumes, who says it."""
    part = section_text(measure.method).part(measure.id)
    facts = [
        ("Unit", blanks(measure.unit_words)),
        ("Counted", measure.universe),
        ("Years", measure.vintage),
        ("Made by", "a model" if measure.modelled else "a publisher's count or estimate, or a sum of them"),
        ("Beside it", measure.caveat),
    ]
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(said[:1].upper() + said[1:])}{'' if said.endswith('.') else '.'}</dd>" for name, said in facts if said
    )
    assumed = assumed_by(measure)
    return (
        f'<p class="atlas-text"><strong>{escape(measure.question)}</strong> {escape(measure.why)}</p>'
        + (text_html(part) if part else "")
        + f'<dl class="atlas-about">{rows}</dl>'
        + (f'<h4 class="atlas-small">What it assumes</h4>{parameters_html(assumed, today)}' if assumed else "")
        + f'<h4 class="atlas-small">Sources</h4>{sources_html(provenance(Query(measure=measure.id), measure, tables))}'
    )


def blanks(words: str) -> str:
    """The unit's words with the blanks filled as they are unless something else is chosen."""
    default = Query()
    own = {
        "reach": f"the reach ({REACHES[default.reach]} unless chosen)",
        "treatment": "the chosen treatment",
        "payer": "in the chosen payer situation",
    }
    return words.format(**asked_words(default) | own)
