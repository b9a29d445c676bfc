"""The popover for data of one's own: what is used, what is not, what a file does wrong, and that nobody else sees any of it."""

from __future__ import annotations

import gc
from html import unescape
from io import BytesIO

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.cache import CACHE
from analytics.query import Query
from analytics.reach import nearest_miles
from data.bundle import Tables
from tests.views.page import texts

LIST, TRAVEL = "own list file", "own travel file"
GOOD = b"name,latitude,longitude\nMy clinic,45.68,-111.04\nSwapped,-111.04,45.68\n"


def page() -> None:
    import streamlit as st

    from data.bundle import shipped
    from views.own import laid_over, own_popover

    st.session_state.setdefault("layers", ["samhsa_2024"])
    before = laid_over(shipped())
    tables = own_popover(shipped())
    assert tables is before, "the tables are known before the popover is drawn"
    st.session_state["seen"] = tables
    st.text(tables.version)


def visit() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def bring(seen: AppTest, key: str, name: str, content: bytes) -> AppTest:
    found = seen.file_uploader(key=key).set_value((name, content, "")).run()
    assert not found.exception
    return found


def button(seen: AppTest, label: str) -> AppTest:
    found = next(one for one in seen.button if one.label == label).click().run()
    assert not found.exception
    return found


def labels(seen: AppTest) -> list[str]:
    return [one.proto.label for one in seen.get("download_button")]


def test_nothing_brought_is_nothing_laid_over(tables: Tables) -> None:
    seen = visit()
    assert not seen.exception
    assert seen.session_state["seen"] is tables
    assert "not in the link" in texts(seen)
    assert labels(seen) == ["Template for providers, CSV"]


def test_a_list_is_used_its_bad_rows_named_and_it_can_be_taken_away(tables: Tables) -> None:
    seen = bring(visit(), LIST, "mine.csv", GOOD)
    assert "1 of 2 rows is used" in texts(seen)
    assert "Line 3: latitude -111.04 and longitude 45.68 are swapped." in texts(seen)
    assert seen.session_state["layers"] == ["own"], "what was brought is what is shown"
    over = seen.session_state["seen"]
    assert over["providers"]["own"].sum() == 1
    assert "own" not in tables["providers"]
    assert labels(seen) == ["All rows that are not used, CSV", "The rows as they are used, with ids, CSV"]
    gone = button(seen, "Remove the list")
    assert gone.session_state["seen"] is tables
    assert gone.session_state["layers"] == []
    assert gone.file_uploader(key=LIST).value is None
    again = bring(gone, LIST, "other.csv", GOOD.replace(b"My clinic", b"Another"))
    assert again.session_state["seen"]["providers"]["name"].iloc[-1] == "Another"


def test_what_a_file_says_is_shown_as_text_only() -> None:
    seen = bring(visit(), LIST, "<b>.csv", b"name,zip,<script>\n<script>alert(1)</script>,59715,\nA clinic,<i>x</i>,\n")
    assert "<script>" not in texts(seen)
    assert "&lt;i&gt;x&lt;/i&gt; has not five digits" in texts(seen)


@pytest.mark.parametrize(
    ("key", "name", "content", "words"),
    [
        (LIST, "a.csv", b"", "is empty"),
        (LIST, "a.csv", b"name,zip\n", "no rows"),
        (LIST, "a.csv", b"name,phone\nA clinic,1\n", "needs latitude and longitude"),
        (LIST, "a.csv", "name,zip\nMünchen,59715\n".encode("latin-1"), "not in UTF-8"),
        (LIST, "a.csv", b"name,zip\n" + b"x" * 10_500_000, "MB; a file may have 10"),
        (TRAVEL, "a.csv", b"origin,minutes\n30031,1\n", "no column destination"),
        (TRAVEL, "a.parquet", b"nonsense", "can't be read as Parquet"),
        (TRAVEL, "a.csv", b"origin,destination,minutes\n30031,nobody,1\n", "the destination nobody is not known"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence_and_the_page_stays(
    key: str, name: str, content: bytes, words: str, tables: Tables
) -> None:
    seen = bring(visit(), key, name, content)
    problem = next(element.proto.body for element in seen.get("html") if "atlas-problem" in element.proto.body)
    assert words in unescape(problem)
    assert seen.session_state["seen"] is tables
    better = bring(seen, LIST, "b.csv", GOOD)
    assert "1 of 2 rows is used" in texts(better)


def test_travel_times_may_name_the_list_and_are_checked_anew_when_it_goes(tables: Tables) -> None:
    seen = bring(visit(), LIST, "mine.csv", GOOD)
    (own,) = seen.session_state["seen"]["providers"].query("own")["id"]
    buffer = BytesIO()
    pd.DataFrame({"origin": ["30031", "99999"], "destination": [own, own], "minutes": [12.0, 1.0]}).to_parquet(buffer)
    both = bring(seen, TRAVEL, "times.parquet", buffer.getvalue())
    assert "1 of 2 rows is used" in texts(both)
    assert "Line 3: the origin 99999 is not known." in texts(both)
    assert "own_travel" in both.session_state["seen"]
    without = button(both, "Remove the list")
    assert "None of the 2 rows of travel times can be used" in texts(without)
    assert without.session_state["seen"] is tables
    neither = button(without, "Remove the travel times")
    assert "None of the 2" not in texts(neither)


def test_travel_times_may_come_before_the_list_that_they_name() -> None:
    over = bring(visit(), LIST, "mine.csv", GOOD).session_state["seen"]["providers"]
    (own,) = over.loc[over["own"], "id"]
    first = bring(visit(), TRAVEL, "times.csv", f"origin,destination,minutes\n30031,{own},12\n".encode())
    assert f"the destination {own} is not known" in texts(first)
    both = bring(first, LIST, "mine.csv", GOOD)
    assert "is not known" not in texts(both)
    assert "1 of 1 rows is used" in texts(both)
    assert "own_travel" in both.session_state["seen"]


def test_a_problem_of_one_file_stays_when_the_other_comes() -> None:
    seen = bring(bring(visit(), TRAVEL, "a.csv", b"origin,minutes\n30031,1\n"), LIST, "mine.csv", GOOD)
    assert "no column destination" in texts(seen)


def test_two_visits_do_not_see_each_other(tables: Tables) -> None:
    first, second = bring(visit(), LIST, "mine.csv", GOOD), visit()
    assert second.session_state["seen"] is tables
    second = bring(second, LIST, "theirs.csv", GOOD.replace(b"My clinic", b"Their clinic"))
    names = [one.run().session_state["seen"]["providers"]["name"].iloc[-1] for one in (first, second)]
    assert names == ["My clinic", "Their clinic"]
    assert first.session_state["seen"].version != second.session_state["seen"].version


def test_what_was_worked_out_from_a_list_goes_with_it() -> None:
    seen = bring(visit(), LIST, "mine.csv", GOOD)
    over = seen.session_state["seen"]
    version = over.version
    nearest_miles(Query(layers=("own",)), over)
    assert any(key[0] == version for key in CACHE._values)
    del over, seen
    gc.collect()
    assert not any(key[0] == version for key in CACHE._values)
