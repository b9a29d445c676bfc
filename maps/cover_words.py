"""Cover on the page of costs: the rules of a payer one by one, and people by kind of cover, as HTML and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import pandas as pd

from analytics import status
from analytics.coverage import KINDS, states_by_medicaid_rule
from analytics.indicators import indicators
from analytics.places import places
from analytics.refusal import capital
from analytics.tables import Tables
from maps.charts import Table
from maps.cost_words import records
from maps.coverage_words import AUTHORISATION_WORDS, COVERED_WORDS, GRADE_WORDS
from maps.facts import link
from maps.numbers import MISSING_WORDS, people, spoken

FIRST = 4
"""So many rules stand open; the rest behind a click."""


def rules_html(found: pd.DataFrame) -> str:
    """Each rule with who, where, what, criteria, and who says so and when."""
    return f'<ul class="atlas-rules">{"".join(f"<li>{rule_html(one)}</li>" for one in records(found))}</ul>'


def rule_html(one: Mapping[str, Any]) -> str:
    where = f", {one['state']}" if one["state"] else ""
    failed = f"; after {int(one['failed_antidepressants'])} failed antidepressants" if pd.notna(one["failed_antidepressants"]) else ""
    asked = (
        "; prior authorisation" if AUTHORISATION_WORDS.get(one["prior_authorization"]) == "yes" and one["covered"] != "yes_with_pa" else ""
    )
    criteria = f" {capital(one['criteria'].rstrip('.'))}." if one["criteria"] else ""
    checked = " To be checked: read in an abstract or remembered." if one["check"] else ""
    document = one["document"] or "the page that says so"
    when = f"read {one['date']}" if one["grade"] == "" else one["date"] or "undated"
    return (
        f"<p><strong>{escape(one['entity'])}{escape(where)}</strong>: {escape(COVERED_WORDS[one['covered']] + failed + asked)}.{escape(criteria)}{checked}</p>"
        f'<p class="atlas-source">{escape(one["publisher"])}: {link(one["link"], document)}, {escape(when)}. {grade_words(one["grade"])}.</p>'
    )


def grade_words(grade: str) -> str:
    """ "General rule", "Grade A: the payer or agency itself"."""
    return capital(GRADE_WORDS[grade]) if grade == "" else f"Grade {GRADE_WORDS[grade]}"


def rest_label(found: pd.DataFrame) -> str:
    """What stands behind the click."""
    left = len(found) - FIRST
    return f"{left} more rule{'' if left == 1 else 's'} and report{'' if left == 1 else 's'}"


def people_caption(place: str, tables: Tables) -> str:
    return f"People by kind of cover in {places(tables)[place].name}"


def people_table(found: pd.DataFrame, place: str, tables: Tables) -> Table:
    """People at a place by kind of cover, each with its year."""
    known = places(tables)
    rows = []
    for one in records(found):
        value = spoken(one["value"], one["unit"]) if one["status"] in status.WITH_VALUE else MISSING_WORDS[one["status"]]
        whose = f" ({known[one['of']].name})" if one["of"] != place else ""
        rows.append(
            (capital(one["label"]) + whose, value, one["vintage"], "modelled" if one["status"] == status.MODELLED else "published figure")
        )
    return Table(people_caption(place, tables), ("Kind", "How many", "Year", "Made by"), tuple(rows))


RULES_CAPTION: Final = "States by what Medicaid says of esketamine, and the people it covers there"
RULES_NOTE: Final = (
    "People are counted where they live, whatever their plan: how many of them a rule binds is not known. The two counts have different years "
    "and universes and are never added up."
)
RULES_SOURCES: Final = ("facts_coverage", "census_acs5_c27007", "cms_medicaid_enrollment")


def medicaid_rules_table(tables: Tables) -> Table:
    """States by their Medicaid's rule, with the people who live under each."""
    found = records(states_by_medicaid_rule(tables))
    every = max(one["states"] for one in found)
    rows = [
        (
            capital(one["rule"]),
            f"{one['states']}: all others" if one["states"] == every else f"{one['states']}: {one['names']}",
            people(one["medicaid_people"]),
            people(one["medicaid_adults"]),
        )
        for one in found
    ]
    heads = ("What was read", "States", "People with Medicaid (survey of 2020-2024, all ages)", "Adults enrolled (October 2025)")
    return Table(RULES_CAPTION, heads, tuple(rows))


def people_sources() -> list[str]:
    """Ids of the sources of the kinds of cover."""
    return list(dict.fromkeys(source for measure in KINDS for source in indicators()[measure].sources))
