"""Pieces of the page on costs: headings, charts with their tables, and the bill whose every number leads to its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from html import escape

import streamlit as st

from analytics.assumptions import changeable
from analytics.cache import CACHE
from analytics.model import Result
from analytics.query import Query
from analytics.tables import Tables
from analytics.tornado import draws
from data.parameter import load
from maps import assumption_words, bill_words, cost_words
from maps.chart_files import Printed, sources_of
from maps.charts import CONFIG, Chart, Table, table_html
from maps.facts import parameters_html
from maps.palette import Scheme
from views import parts
from views.address import text_of
from views.assumptions import number
from views.shown import shown
from views.take_away import chart_away

DRAWING, DRAWS = "costs drawing", 1_000
"""The question whose draws were asked for, and how many."""


def section(title: str) -> None:
    """The heading of a part of the page: a finding with its number."""
    st.markdown(f"<h2>{escape(title)}</h2>", unsafe_allow_html=True)


def closed_table(caption: str, make: Callable[[], Table], key: str, note: str = "", source: Callable[[], str] = str) -> None:
    """A table that is made and sent when somebody opens it, with a note and a line of sources under it."""
    with st.expander(f"Table: {caption}", key=f"table {key}", on_change="rerun") as panel:
        if panel.open:
            st.html(table_html(make()))
            if note:
                parts.paragraph(note)
            if line := source():
                st.html(line)


def chart(one: Chart, key: str, colours: Scheme) -> None:
    """A chart, with what it shows in words for those who do not see it."""
    with st.container(key=f"chart-{key}"):
        st.plotly_chart(one.figure, key=f"chart {key} {colours.name}", theme=None, config=CONFIG, alt=one.alt)


def away(
    key: str, title: str, sources: Iterable[str], make: Callable[[Scheme], Chart | None], table: Table, query: Query, tables: Tables
) -> None:
    """The button that gives a chart of this page as picture and numbers; the table's caption stands under its title."""

    def drawn(scheme: Scheme) -> Chart:
        one = make(scheme)
        assert one is not None, "what stands on the page can be drawn in another scheme"
        return one

    def printed() -> Printed:
        return Printed(f"costs-{key}-{query.place}", title, table.caption, sources_of(sources, tables), drawn, table)

    chart_away(printed, key, tables, f"/costs?{text_of(query, shown(), tables)}")


def chart_and_table(one: Chart, key: str, colours: Scheme) -> None:
    chart(one, key, colours)
    closed_table(one.table.caption, lambda: one.table, key)


def bill_lines(result: Result, roles: tuple[str, ...], tables: Tables) -> None:
    """The lines of a bill, each with a button that opens where its number is from; an assumption can be changed there."""
    for _, line in result.frame.iterrows():
        if line["role"] not in roles:
            continue
        with st.container(horizontal=True, wrap=False, vertical_alignment="top", key=f"line-{line['line']}"):
            with st.popover(bill_words.label(line), type="tertiary", wrap=True, key=f"source {line['line']}", on_change="rerun") as about:
                if about.open:
                    source(line["source"], bill_words.source_html(line, result, tables), is_sum=line["role"] == "total")
            st.html(bill_words.amount_html(line))


def all_at_once(query: Query, tables: Tables) -> None:
    """Everything uncertain drawn at once, when somebody asks for it: with progress, and a button that ends it. Any other control ends it
    too, and it begins anew; what was drawn to its end is kept."""
    key = (tables.version, "draws", query)

    def wanted(this: Query | None) -> None:
        st.session_state[DRAWING] = this

    if st.session_state.get(DRAWING) != query:
        st.button(cost_words.draws_label(DRAWS), on_click=wanted, args=(query,), key="draw")
        return
    slot = st.empty()
    with slot.container():
        bar = st.progress(*cost_words.progress(0, DRAWS))
        st.button("Stop", on_click=wanted, args=(None,), key="stop drawing")

    def tell(done: int, asked: int) -> None:
        bar.progress(*cost_words.progress(done, asked))

    found = CACHE.get(key, lambda: draws(query, tables, query.place, DRAWS, progress=tell))
    slot.empty()
    parts.paragraph(cost_words.draws_sentence(found))


def source(name: str, told: str, is_sum: bool) -> None:
    """What is behind a line: the sum, and the source; of a parameter its own words and the controls of those of its numbers that may be changed."""
    if told:
        st.html(told)
    if "/" in name and not is_sum:
        st.html(parameters_html((load(name),), date.today()))
        with st.container(horizontal=True):
            for one in changeable().values():
                if one.parameter.id == name:
                    number(one, assumption_words.label(one), place="assume here")
