"""Which counties are far and costly, and how many people live there: from the start page, as a person would ask."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.test_explore import downloaded, rows_of
from tests.browser.visit import PATIENCE_MS, Visit

Begin = Callable[..., Visit]


def test_which_counties_of_mississippi_are_far_and_costly_and_how_many_live_there(visit: Begin) -> None:
    seen = visit("/")
    seen.page.get_by_role("link", name="Explore this map in detail").click()
    seen.expect_path("/explore")
    seen.wait_for_map(3_144)
    seen.search("Mississippi")
    seen.page.get_by_role("button", name="Mississippi", exact=True).click()
    seen.expect_asked(measure="barrier_class", place="28")
    seen.wait_for_map(82)
    expect(seen.title).to_contain_text("Mississippi", timeout=PATIENCE_MS)
    assert re.search(r"\d", seen.title.inner_text()), "how many adults"
    rows = rows_of(downloaded(seen))
    assert len(rows) == 82
    value = next(name for name in rows[0] if name.startswith("barrier_class"))
    named = [row["name"] for row in rows if row[value] == "far and costly"]
    assert 20 < len(named) < 82
    assert sum(int(row["adults_2023"]) for row in rows if row[value] == "far and costly") > 500_000
