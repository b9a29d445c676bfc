"""Take it away, on the real tables: closed nothing is sent, open every file and every text is there and says what it is."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps import cite, words
from maps.__main__ import main
from maps.export import PUBLIC_URL, link
from maps.together_export import shown_pair
from maps.together_words import told_of
from maps.view import TOGETHER, View
from tests.views.page import texts

SECONDS = 60
SITE = "https://atlas.example.org"
PAGE = """
from dataclasses import replace
import streamlit as st
from analytics.model import answer
from data.bundle import shipped
from views import address
from views.take_away import take_away

tables = shipped()
query, view, _ = address.read(tables)
result = answer(query, tables)
if "kept" in st.session_state:
    result = replace(result, indicator=replace(result.indicator, downloadable=False))
if "own" in st.session_state:
    result = replace(result, data_version=result.data_version + "+providers-1f")
take_away(result, view, tables)
"""


@pytest.fixture(autouse=True)
def _public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC_URL, SITE)


def panel(*state: str, opened: bool = True, **asked: str) -> AppTest:
    page = AppTest.from_string(PAGE, default_timeout=SECONDS)
    for name, value in {"measure": "within_30_miles", "level": "county", "place": "35013", "sites": "off", **asked}.items():
        page.query_params[name] = value
    page.session_state["view"] = View(open=("take_away",) if opened else ())
    for name in state:
        page.session_state[name] = True
    page.run()
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [one.proto.label for one in page.get("download_button")]


def test_a_closed_panel_sends_nothing() -> None:
    page = panel(opened=False)
    assert page.expander[0].label == "Take it away"
    assert not labels(page)
    assert not page.code


def test_buttons_say_what_comes() -> None:
    page = panel()
    assert labels(page) == [
        "Download the picture, PNG, 1,920 × 1,080",
        "Download the picture, SVG",
        "Download the picture, PDF",
        "Download picture and table, HTML",
        "Download the fact sheet, PDF",
        "Download the table, CSV, 33 counties",
        "Download as GeoJSON, 33 counties",
        "Download as GeoParquet, 33 counties",
        "Download what the columns mean, JSON",
    ]
    page.get("button_group")[0].set_value("square").run()
    assert not page.exception
    assert labels(page)[0] == "Download the picture, PNG, 1,080 × 1,080"


def test_the_texts_are_there_to_copy(tables: Tables) -> None:
    page, query = panel(), Query(place="35013")
    result, address = answer(query, tables), link(query, View(sites=False), tables, SITE)
    more = {
        "Citation": "Ketamine Access Atlas (",
        "BibTeX": "@misc{",
        "Alt text": words.alt_text(result, tables),
        **{language: cite.snippet(cite.finding(result, tables), tables, SITE, language).strip() for language in cite.LANGUAGES},
    }
    assert "not in the link" not in texts(page)
    for name, begins in more.items():
        page.get("button_group")[1].set_value(name).run()
        assert not page.exception
        linked, finding, chosen = (one.value for one in page.code)
        assert linked == address
        assert finding.startswith(words.title(result, tables))
        assert address in finding
        assert chosen.startswith(begins)


def test_figures_that_may_only_be_shown_give_their_picture_alone() -> None:
    page = panel("kept")
    able = [one.proto.label for one in page.get("download_button") if not one.proto.disabled]
    pictures = ["Download the picture, PNG, 1,920 × 1,080", "Download the picture, SVG", "Download the picture, PDF"]
    assert able == [*pictures, "Download the fact sheet, PDF"]
    assert "not hand them on" in texts(page)
    assert page.get("button_group")[1].options == ["Citation", "BibTeX", "Alt text", "Embed"]


def test_ones_own_data_are_not_in_the_link_and_it_says_so() -> None:
    assert "Your own data are not in the link" in texts(panel("own"))


SECOND = "measure:uninsured"
BOTH = [
    "Download both measures, PNG, 1,920 × 1,080",
    "Download both measures, SVG",
    "Download both measures, PDF",
    "Download both measures, CSV, 33 counties",
]


@pytest.mark.parametrize("together", TOGETHER)
def test_both_measures_stand_before_the_first_alone_and_are_spoken_of(together: str, tables: Tables) -> None:
    page = panel(second=SECOND, together=together)
    given = labels(page)
    assert given[:3] == BOTH[:3]
    assert given.index(BOTH[3]) == given.index("Download the table, CSV, 33 counties") - 1
    assert len(given) == 9 + 4, "what the first measure has stays"
    assert f"Both measures, as {TOGETHER[together]}:" in texts(page)
    view = View(sites=False, second=(("measure", "uninsured"),), together=together)
    result = answer(Query(place="35013"), tables)
    pair = shown_pair(result, view, tables)
    assert pair is not None
    told = told_of(pair, view, tables)
    linked, finding, citation = (one.value for one in page.code)
    assert dict(parse_qsl(urlsplit(linked).query))["second"] == SECOND
    assert finding.startswith(f"{told.title}. {told.sources}")
    assert told.title in citation
    begins = {"Alt text": told.alt, "Alt text, first map": words.alt_text(result, tables), "Embed": "<iframe", "Python": f"# {told.title}"}
    for name, begin in begins.items():
        page.get("button_group")[1].set_value(name).run()
        assert not page.exception
        assert page.code[2].value.startswith(begin)
        assert name != "Embed" or escape(told.title) in page.code[2].value


def test_a_button_of_both_gives_the_bytes_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, tuple[Callable[[], bytes], str]] = {}
    monkeypatch.setattr("views.take_away.file_button", lambda label, data, name, *_: given.update({label: (data, name)}))
    panel(second=SECOND, together="bivariate", selected="35001")
    address = (
        "/explore?measure=within_30_miles&level=county&place=35013&sites=off&second=measure:uninsured&together=bivariate&selected=35001"
    )
    for label in BOTH[1:]:
        data, name = given[label]
        kind = name.rsplit(".", 1)[1]
        assert "_bivariate_with-uninsured." in name
        output = tmp_path / name
        assert main(["export", address, "--chart", "second", "--format", kind, "--output", str(output)]) == 0
        assert output.read_bytes() == data(), label


def test_a_second_measure_that_is_not_shown_is_no_file_and_it_says_why() -> None:
    page = panel(second="measure:within_30_miles", together="scatter")
    assert len(labels(page)) == 9
    assert "There is no file of both measures together. Both measures are “adults within 30 miles of a provider”" in texts(page)
    assert "no file of both" not in texts(panel())


CHART = """
from data.bundle import shipped
from maps.chart_files import Printed
from maps.charts import Bar, Chart, Table, bars
from views.take_away import chart_away

table = Table("Places", ("Place", "Share"), (("Texas", "45 %"),))

def drawn(scheme):
    return Chart(bars([Bar("Texas", "45 %", 0, 45)], scheme, (0, 100)), "A bar.", table)

chart_away(lambda: Printed("a chart", "45 % do", "Share", "Sources: us.", drawn, table), "one", shipped(), "/costs?place=48")
"""


def test_a_chart_is_made_when_it_is_asked_for(tables: Tables) -> None:
    page = AppTest.from_string(CHART, default_timeout=SECONDS).run()
    assert not page.exception
    assert not labels(page)
    page.session_state["away one"] = True
    page.run()
    assert not page.exception
    pictures = ["Download the picture, PNG, 1,920 × 1,080", "Download the picture, SVG", "Download the picture, PDF"]
    assert labels(page) == [*pictures, "Download the numbers, CSV"]
