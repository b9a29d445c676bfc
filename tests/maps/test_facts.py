"""Parameters and sources as HTML: values read as people read them, doubt and money said, everything escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from data.parameter import Reference, all_parameters, load
from maps import facts

TODAY = date(2026, 11, 26)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (283, "USD a calendar year", "$283 a calendar year"),
        (0.205, "USD a road mile", "$0.205 a road mile"),
        (10600, "USD a plan year", "$10,600 a plan year"),
        (0.2, "share of the allowed amount", "20 % of the allowed amount"),
        (0.346, "share", "34.6 %"),
        (60, "minutes", "60 minutes"),
        (1, "visits", "1 visit"),
        (2, "times the guideline", "2 times the guideline"),
        (33.4009, "USD a relative value unit", "$33.4009 a relative value unit"),
        (True, "true or false", "yes"),
        ("Read it.", "sentence", "Read it."),
        ((1.0, 0.68, 0.22), "weight by third of the reach", "1, 0.68, 0.22 (weight by third of the reach)"),
        (("MA", "MN"), "state codes", "MA, MN"),
        ({"low": 0, "high": 8}, "USD a visit", "low: $0; high: $8 (a visit)"),
        ({"gates": ({"name": "x"},) * 3}, "points", "gates: (3 entries) (points)"),
        ({"outpatient": True}, "true or false", "outpatient: yes"),
    ],
)
def test_a_value_reads_as_its_unit_says(value: object, unit: str, said: str) -> None:
    assert facts.value_words(value, unit) == said


@pytest.mark.parametrize("one", all_parameters(), ids=[one.id for one in all_parameters()])
def test_every_parameter_can_be_written(one: facts.Parameter) -> None:
    said = words(facts.parameter_html(one, TODAY))
    assert one.label in said
    assert one.id in said
    assert facts.day(one.values[-1][0]) in said
    assert all(reference.title in said for reference in one.references)
    assert ("To be checked" in said) == one.check
    assert ("Who paid" in said) == bool(one.funding)
    assert ("May be changed between" in said) == (one.low is not None)
    assert ".." not in said


def test_what_ends_says_whether_it_has() -> None:
    one = load("medicare/part_b_deductible")
    assert "Ends on 31 December 2026." in words(facts.parameter_html(one, TODAY))
    assert "Ended on 31 December 2026." in words(facts.parameter_html(one, date(2027, 1, 1)))
    assert "$283 a calendar year , from 1 January 2026. Before: $257 from 1 January 2025" in words(facts.parameter_html(one, TODAY))


def test_texts_are_shown_as_text() -> None:
    one = replace(load("travel/speed_factor"), label="<b>x</b>", note="<i>", references=(Reference("<u>", 'https://x.org/"<'),))
    html = facts.parameter_html(one, TODAY)
    assert not re.search(r"<[biu]>", html)
    source = {"publisher": "<b>", "title": "<b>", "url": "", "vintage": "<b>", "licence": "<b>"}
    assert "<b>" not in facts.sources_html((source,))
    assert "<a " not in facts.sources_html((source,)), "no empty link"


def test_a_table_has_a_caption_and_heads() -> None:
    html = facts.table_html("All & none", ("One", "Two"), [("a", "b")])
    assert "<caption>All &amp; none</caption>" in html
    assert html.count('scope="col"') == 2
    assert '<th scope="row">a</th><td>b</td>' in html
