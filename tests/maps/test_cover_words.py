"""Cover on the page of costs: rules one by one, each with who says so and when, and tables."""

from __future__ import annotations

import re

from analytics.coverage import rules
from analytics.query import PAYERS
from data.bundle import Tables
from maps.cover_words import RULES_SOURCES, medicaid_rules_table, rules_html


def test_every_rule_is_told_in_words_with_its_source(tables: Tables) -> None:
    for payer in PAYERS:
        found = rules(payer, "any", "us", tables)
        told = rules_html(found).split("<li>")[1:]
        assert len(told) == len(found)
        for one in told:
            assert re.search(r'<a [^>]*href="https?://', one)
            assert re.search(r"(read )?(\d{4}|undated)", one)
            assert re.search(r"(Grade [A-D]: |General rule)", one)
            assert "nan" not in one
    alabama = rules_html(rules("medicaid", "esketamine", "01", tables).head(1))
    assert "generally, by federal law; the state&#x27;s own text was not read" in alabama
    assert "To be checked: " in alabama
    assert "read 2026. General rule." in alabama


def test_states_by_medicaids_rule_stand_beside_the_people_under_it(tables: Tables) -> None:
    table = medicaid_rules_table(tables)
    assert [row[1] for row in table.rows] == [
        "4: Montana, New York, North Carolina, Texas",
        "4: Arizona, Delaware, Iowa, Ohio",
        "43: all others",
    ]
    # 12,554,552 + 4,774,282 + 51,589,249 = 68,918,083 people; 6,574,504 + 3,013,982 + 30,562,533 = 40,151,019 adults
    assert [row[2] for row in table.rows] == ["13 million", "4.8 million", "52 million"]
    assert [row[3] for row in table.rows] == ["6.6 million", "3.0 million", "31 million"]
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert not any(row[0].lower().startswith(("no", "not")) for row in table.rows), "not read is not a no"
    assert all(tables.sources_of(one) for one in RULES_SOURCES)
