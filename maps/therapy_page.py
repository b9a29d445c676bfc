"""The page about ketamine therapy as HTML: each statement with the numbers of its sources, trials as a table, the sources. Words are `say`'s."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Final

from analytics.model import Result
from data.parameter import load
from data.therapy import Section, Statement, Trial, Work, cited, sections
from maps.messages import Messages
from maps.spoken import day, spoken

SPEAKS_OF_SUICIDE: Final = frozenset({"approved", "risks"})
"""Sections that end with the crisis line; a test reads their words."""
LAST: Final = ("barriers", "sources")
"""Sections of the page that are no list of statements."""


def filled(numbers: Mapping[str, float | date]) -> dict[str, str]:
    """Numbers and dates as the blanks of a message: years and shares as they are, people with thousands parted."""
    return {name: f"{value:,}" if name == "people" else f"{value:g}" for name, value in numbers.items() if not isinstance(value, date)}


def blanks(numbers: Mapping[str, float | date], lang: str) -> dict[str, str]:
    return {**filled(numbers), **{name: day(value, lang) for name, value in numbers.items() if isinstance(value, date)}}


def heading(name: str, say: Messages) -> str:
    """A heading to which the contents lead; Streamlit makes its id of `data-anchor`."""
    return f'<h2 data-anchor="{name}">{escape(say(f"head.{name}"))}</h2>'


def contents_html(say: Messages) -> str:
    links = " ".join(f'<a href="#{name}">{escape(say(f"head.{name}"))}</a>' for name in (*(section.name for section in sections()), *LAST))
    return f'<nav class="atlas-contents" aria-label="{escape(say("contents"))}"><p>{links}</p></nav>'


def mark(work: Work, say: Messages) -> str:
    """The small number that leads to a source."""
    number = cited().index(work) + 1
    label = f"{say('source_note', number=number, citation=work.citation.partition('.')[0])} ({say('opens')})"
    return f'<sup><a href="{escape(work.link)}" aria-label="{escape(label)}" rel="noopener noreferrer" target="_blank">{number}</a></sup>'


def tied(text: str) -> str:
    """Text for HTML in which no line ends between a number and its per cent sign."""
    return escape(text).replace(" %", "&nbsp;%")


def statement_html(section: str, one: Statement, say: Messages) -> str:
    words = say(f"{section}.{one.name}", **blanks(one.numbers, say.lang))
    return f"<li>{tied(words)}&nbsp;{'&nbsp;'.join(mark(work, say) for work in one.works)}</li>"


def section_html(section: Section, say: Messages) -> str:
    """Heading, statements, trials, and the crisis line where suicide is spoken of."""
    points = "".join(statement_html(section.name, one, say) for one in section.statements)
    crisis = f'<p class="atlas-problem">{escape(say("crisis"))}</p>' if section.name in SPEAKS_OF_SUICIDE else ""
    return f'{heading(section.name, say)}<ul class="about-points">{points}</ul>{trials_html(section.trials, say)}{crisis}'


def trials_html(trials: tuple[Trial, ...], say: Messages) -> str:
    """A table of three columns that becomes one column on a phone; roles keep it a table for those who hear it."""
    if not trials:
        return ""
    names = (say("trial_who"), say("trial_against"), say("trial_found"))
    head = "".join(f'<th role="columnheader" scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(trial_html(one, say) for one in trials)
    return (
        f'<table class="about-trials" role="table"><caption>{escape(say("trials"))}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def trial_html(one: Trial, say: Messages) -> str:
    who = f"{one.work.citation.partition(' ')[0]} {one.name[-4:]}"
    paid = f" {say(f'paid.{one.work.paid}')}" if one.work.paid else ""
    against, found = (say(f"{part}.{one.name}", **blanks(one.numbers, say.lang)) for part in ("against", "found"))
    return (
        f'<tr role="row"><th role="rowheader" scope="row">{escape(who)} {mark(one.work, say)}<br>'
        f"{escape(say.counted('people', one.people))}</th>"
        f'<td role="cell">{tied(against + paid)}</td><td role="cell"><strong>{tied(found)}</strong></td></tr>'
    )


def sources_html(say: Messages) -> str:
    """The works in the order of their numbers, each with the year in which it was read."""
    items = "".join(
        f'<li><span lang="en">{escape(one.citation)}.</span> <a href="{escape(one.link)}" rel="noopener noreferrer" target="_blank">'
        f"{escape(one.link.removeprefix('https://'))}</a>. {escape(say('check') if one.check else say('read', year=one.verified))}</li>"
        for one in cited()
    )
    return f'<p class="atlas-note">{escape(say("sources_note"))}</p><ol class="about-sources">{items}</ol>'


def visits_line(say: Messages) -> str:
    """Why it is hard to get to: the visits that the label asks for in a first year."""
    visits = load("treatment/esketamine_label").latest
    return say("barriers.how", low=visits["first_year_low"], high=visits["first_year_high"])


def reach_line(result: Result, say: Messages) -> str:
    """How many live near a listed site, by the provider list: the same figure that the map shows."""
    span = result.list_range
    assert span is not None
    low, high = (spoken(value, "share", say.lang) for value in span)
    return say("barriers.reach", low=low, high=high)


def visit_line(result: Result, say: Messages) -> str:
    assert result.figure is not None
    return say("barriers.visit", amount=spoken(result.figure.value, "usd", say.lang), year=result.indicator.vintage)


def course_line(result: Result, say: Messages) -> str:
    """What a first course of infusions costs who pays it himself, with the tenth and the ninetieth per cent of published prices."""
    assert result.figure is not None
    amount, low, high = (spoken(value, "usd", say.lang) for value in (result.figure.value, result.figure.low, result.figure.high))
    return say("barriers.course", amount=amount, low=low, high=high)
