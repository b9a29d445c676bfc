"""The parts of the page on costs, one after another as they stand on it. What is closed is neither computed nor sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from analytics import coverage, schedules
from analytics.cache import CACHE
from analytics.indicators import indicators
from analytics.model import Result
from analytics.prices import allowed_trend
from analytics.query import Query
from analytics.self_pay import distribution, price_kinds, published_ranges
from analytics.tables import Tables
from analytics.tornado import bars
from maps import bill_file, bill_words, cost_charts, cost_words, cover_words, coverage_words, payment_charts, payment_words
from maps.charts import table_html
from maps.palette import Scheme
from maps.view import View
from views import address, parts
from views.assumptions import assumptions_panel
from views.cost_parts import all_at_once, away, bill_lines, chart, chart_and_table, closed_table, section
from views.take_away import file_button


def finding(bills: Sequence[Result], query: Query, tables: Tables) -> None:
    """What it costs, from what, how sure, and for how many households that is too much."""
    parts.title(cost_words.title(bills, tables))
    if bills[0].refusal is None:
        parts.paragraph(cost_words.subtitle(bills, tables), "subtitle")
        parts.paragraph(cost_words.households_sentence(bills, tables))
        for changed in cost_words.changed_words(query):
            parts.paragraph(changed, "problem")


def refusal(bill: Result, query: Query, view: View, tables: Tables) -> None:
    """Why there is no cost, and one door. The measure that Explore shows stays: the refusal is about who pays for what."""
    assert bill.refusal is not None
    parts.refusal(replace(bill.refusal, query=bill.refusal.query.with_(measure=query.measure)), view, tables)


def the_bill(bill: Result, query: Query, colours: Scheme, tables: Tables) -> None:
    """From what the visits come to, to what the patient pays; each line leads to its source."""
    section(cost_words.bill_title(bill, tables))
    left, right = st.columns(2, gap="medium")
    with left:
        one = cost_charts.bill_chart(bill, colours, tables)
        chart(one, "bill", colours)
        made_from = [source["id"] for source in bill.provenance]
        away(
            "bill",
            cost_words.bill_title(bill, tables),
            made_from,
            lambda scheme: cost_charts.bill_chart(bill, scheme, tables),
            one.table,
            query,
            tables,
        )
    with right, st.container(key="bill", gap=None):
        parts.paragraph(cost_words.PRESS, "source")
        bill_lines(bill, ("charge", "payer", "part", "total"), tables)
        parts.paragraph(cost_words.BESIDE, "source")
        bill_lines(bill, ("beside", "travel"), tables)
    for sentence in (cost_words.beside_sentence(query, tables), cost_words.way_sentence(query, tables)):
        if sentence:
            parts.paragraph(sentence)
    parts.paragraph(" ".join(bill.notes))


def payers(bill: Result) -> None:
    with st.expander("The same treatment under each payer", key="payers", on_change="rerun") as panel:
        if panel.open:
            st.html(table_html(bill_words.payers_table(bill)))


def groups(bill: Result) -> None:
    """The bill beside the median income of groups; districts have no medians."""
    if "groups" not in bill.more:
        return
    with st.expander("The bill beside each group's median income", key="groups", on_change="rerun") as panel:
        if panel.open:
            st.html(table_html(bill_words.groups_table(bill)))
            parts.paragraph(bill_words.GROUPS_NOTE)


def households(bill: Result, query: Query, colours: Scheme, tables: Tables) -> None:
    """For how many households it is too much, what moves that, and every assumption."""
    section(cost_words.households_title(bill, tables))
    one, title = cost_charts.households_chart(bill, colours, tables), cost_words.households_title(bill, tables)
    chart_and_table(one, "households", colours)
    incomes = ("census_acs5_2023", "census_acs5_b01003")
    away("households", title, incomes, lambda scheme: cost_charts.households_chart(bill, scheme, tables), one.table, query, tables)
    for note in cost_words.HOUSEHOLDS_NOTES:
        parts.paragraph(note)
    st.html(cost_words.sources_html(incomes, tables))
    with st.expander("Which assumption moves that share most?", key="tornado", on_change="rerun") as panel:
        if panel.open:
            found = CACHE.get((tables.version, "bars", query), lambda: bars(query, query.place, tables))
            moved = cost_charts.tornado_chart(found, colours)
            if moved is None:
                parts.paragraph(cost_words.NOTHING_MOVES)
            else:
                parts.paragraph(cost_words.TORNADO_NOTE)
                chart(moved, "tornado", colours)
                away("tornado", title, incomes, lambda scheme: cost_charts.tornado_chart(found, scheme), moved.table, query, tables)
                st.html(table_html(moved.table))
                all_at_once(query, tables)
    assumptions_panel(bill, only=cost_words.rested_on(query))


def states(query: Query, view: View, colours: Scheme, tables: Tables) -> None:
    """The states side by side, and the door to the map."""
    heading = st.container()
    measure = st.segmented_control(
        "Compare states by",
        list(cost_words.STATE_MEASURES),
        format_func=cost_words.STATE_MEASURES.__getitem__,
        default="patient_cost",
        required=True,
        key="states by",
    )
    with heading:
        section(cost_charts.states_title(measure, query, tables))
    drawn = cost_charts.states_chart(measure, query, colours, tables)
    if drawn is not None:
        chart_and_table(drawn, "states", colours)
        title, named = cost_charts.states_title(measure, query, tables), indicators()[measure].sources
        away("states", title, named, lambda scheme: cost_charts.states_chart(measure, query, scheme, tables), drawn.table, query, tables)
    st.html(cost_words.sources_html(indicators()[measure].sources, tables))
    with st.container(key="door"):
        asked = query.with_(measure=measure, level="county")
        st.page_link("explore.py", label="See it on the map, county by county", query_params=address.address_of(asked, view, tables))


def medicare(query: Query, colours: Scheme, tables: Tables) -> None:
    """What Medicare allows, year by year."""
    trend = CACHE.get((tables.version, "trend", query.place), lambda: allowed_trend(query.place, tables))
    section(payment_words.trend_title(trend, query.place, tables))
    one, title = payment_charts.trend_chart(trend, query.place, colours, tables), payment_words.trend_title(trend, query.place, tables)
    chart_and_table(one, "trend", colours)
    fees = ("cms_fee_schedule", "cms_opps")
    away("trend", title, fees, lambda scheme: payment_charts.trend_chart(trend, query.place, scheme, tables), one.table, query, tables)
    for note in payment_words.trend_notes(trend, tables):
        parts.paragraph(note)
    at_zip(tables)
    st.html(cost_words.sources_html(fees, tables))


def at_zip(tables: Tables) -> None:
    """The amount at a ZIP code, which stays in the visit's memory: it is in no address."""
    typed = st.text_input(
        "Medicare's amount at a ZIP code", key="amount at zip", placeholder="43215", width=260, autocomplete="off"
    ).strip()
    if not typed:
        return
    try:
        parts.paragraph(payment_words.zip_sentence(typed, tables))
    except ValueError as error:
        parts.paragraph(str(error), "problem")


def prices(query: Query, colours: Scheme, tables: Tables) -> None:
    """What providers publish for those who pay themselves."""
    published = distribution("iv", tables)
    section(payment_words.prices_title(published))
    drawn = payment_charts.prices_chart(published, colours)
    if drawn is not None:
        chart_and_table(drawn, "prices", colours)
        title = payment_words.prices_title(published)
        away("prices", title, ("facts_prices",), lambda scheme: payment_charts.prices_chart(published, scheme), drawn.table, query, tables)
    for note in payment_words.PRICES_NOTES:
        parts.paragraph(note)
    st.html(cost_words.sources_html(("facts_prices",), tables))
    with st.expander("The prices one by one, with date and link", key="examples", on_change="rerun") as examples:
        if examples.open:
            st.html(payment_words.examples_html(published))
    with st.expander("Ranges that others publish, by town or state", key="ranges", on_change="rerun") as ranges:
        if ranges.open:
            for route in cost_words.TREATMENTS:
                st.html(payment_words.ranges_html(route, published_ranges(route, tables)))
    closed_table(payment_words.KINDS_CAPTION, lambda: payment_charts.kinds_table(price_kinds(tables)), "kinds")


def cover(query: Query, tables: Tables) -> None:
    """What the payer says it covers here, rule by rule; and how many people have which kind of cover."""
    treatment = schedules.treatment_of(query)
    section(cost_words.cover_title(query))
    asked = (query.payer, treatment, query.place, tables)
    said, rules = CACHE.get((tables.version, "cover", *asked[:3]), lambda: (coverage_words.summary(*asked), coverage.rules(*asked)))
    parts.paragraph(said)
    st.html(cover_words.rules_html(rules[: cover_words.FIRST]))
    if len(rules) > cover_words.FIRST:
        with st.expander(cover_words.rest_label(rules), key="rules", on_change="rerun") as panel:
            if panel.open:
                st.html(cover_words.rules_html(rules[cover_words.FIRST :]))
    if query.payer == "medicaid":
        closed_table(
            cover_words.RULES_CAPTION,
            lambda: cover_words.medicaid_rules_table(tables),
            "medicaid",
            cover_words.RULES_NOTE,
            lambda: cost_words.sources_html(cover_words.RULES_SOURCES, tables),
        )
    closed_table(
        cover_words.people_caption(query.place, tables),
        lambda: cover_words.people_table(coverage.people_by_kind(query.place, tables), query.place, tables),
        "people",
        source=lambda: cost_words.sources_html(cover_words.people_sources(), tables),
    )
    parts.paragraph(coverage_words.OVERLAP)


def paid_for(query: Query, colours: Scheme, tables: Tables) -> None:
    """Claims and gross spending by year, with their caveats beside them."""
    section(payment_words.use_title(tables))
    for column, payer in zip(st.columns(2, gap="medium"), payment_words.PROGRAMMES, strict=True):
        with column:
            for measure in payment_words.MEASURES:
                one = payment_charts.use_chart(payer, measure, colours, tables)
                parts.paragraph(one.table.caption)
                chart(one, f"{payer}-{measure}", colours)
                make = partial(payment_charts.use_chart, payer, measure, tables=tables)
                away(f"{payer}-{measure}", one.table.caption, payment_words.use_sources(tables), make, one.table, query, tables)
                for caveat in payment_words.caveats(payment_words.use_rows(payer, measure, tables)):
                    parts.paragraph(caveat, "source")
    parts.paragraph(payment_words.part_b_sentence(tables))
    st.html(cost_words.sources_html(payment_words.use_sources(tables), tables))
    closed_table(payment_words.USE_CAPTION, lambda: payment_charts.use_table(tables), "use")


def take_along(bills: Sequence[Result], bill: Result, query: Query, view: View, tables: Tables) -> None:
    """The bill as a file, and the finding as a text with its sources and link."""
    section("Take it with you")
    file_button(bill_file.bill_label(bill), lambda: bill_file.bill_csv(bill), bill_file.bill_name(bill), "csv", "bill file")
    with st.expander("Copy the sentence, with its sources and link", key="copy", on_change="rerun") as panel:
        if panel.open:
            here = f"{(st.context.url or '').partition('?')[0]}?{address.text_of(query, view, tables)}"
            st.code(cost_words.to_copy(bills, here, tables), language=None, wrap_lines=True)
