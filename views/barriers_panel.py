"""Under the map of barriers: the thresholds, how many live in each class and who, what moves with a threshold, and what other care is near."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics.assumptions import changeable
from analytics.barriers import CURVES, DISTANCE, MEASURE, curve, people, presets
from analytics.care_nearby import beside
from analytics.make_up import make_up
from analytics.model import Result
from analytics.places import places
from analytics.tables import Tables
from maps import barrier_charts as charts
from maps import barrier_prints
from maps import barrier_words as words
from maps.export import link
from maps.words import provider_words
from views import parts
from views.address import address_of
from views.assumptions import number
from views.shown import panel, shown
from views.take_away import chart_away

SECTION, ALONG, NUMBERS = "barriers trait", "barriers along", "barriers numbers"


def barriers_panel(result: Result, tables: Tables) -> None:
    """Only under the measure of barriers; closed nothing is computed."""
    if result.indicator.id != MEASURE:
        return
    with panel("What is far, what is costly, and who lives there", "barriers") as opened:
        if not opened.open:
            return
        lines(result, tables)
        who_lives_where(result, tables)
        against_a_threshold(result, tables)
        parts.paragraph(
            words.care_sentence(beside(result.query, tables), result.query, places(tables)[result.query.place], provider_words(result))
        )


def lines(result: Result, tables: Tables) -> None:
    """Where the lines are drawn: each threshold as a control, and the usual ones on a button."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, label in words.thresholds(result.query).items():
            number(changeable()[name], label, place="barriers", width=250)
    with st.container(horizontal=True):
        for name, query in presets(result.query, tables).items():
            st.button(
                words.preset_words()[name],
                key=f"preset {name}",
                on_click=st.query_params.from_dict,
                args=(address_of(query, shown(), tables),),
                disabled=query == result.query,
            )


def who_lives_where(result: Result, tables: Tables) -> None:
    """Adults by class, then the make-up of the counties of each class by one trait."""
    colours, place = parts.scheme(), places(tables)[result.query.place]
    found = people(result.query, tables)
    chart(charts.people_chart(found, colours), "barriers people")
    away = link(result.query, shown(), tables, "")
    chart_away(lambda: barrier_prints.people_print(found, result, tables), "barriers people", tables, away)
    st.html(words.people_html(found, place))
    made_up = make_up(result.query, tables)
    section = st.selectbox("Who lives in the counties of each class", words.sections(made_up), key=SECTION)
    if charts.has_counts(made_up, section):
        st.html(charts.class_legend(colours))
        chart(charts.make_up_chart(made_up, section, colours), "barriers make-up")
        chart_away(lambda: barrier_prints.make_up_print(made_up, section, result, tables), "barriers make-up", tables, away)
    st.html(words.make_up_html(made_up, section, places(tables)[place.state].name if place.state else place.name))


def against_a_threshold(result: Result, tables: Tables) -> None:
    """How many adults there are as a line moves."""
    query = result.query
    offered = [one for one in CURVES if one != "distance" or query.far in DISTANCE]
    if st.session_state.get(ALONG) not in offered:
        st.session_state[ALONG] = offered[0]
    along = (
        st.segmented_control("Adults as a line moves", offered, format_func=words.ALONG_LABELS.__getitem__, required=True, key=ALONG)
        or offered[0]
    )
    moved = curve(query, tables, along)
    parts.paragraph(words.curve_sentence(moved, along, query))
    st.html(charts.curve_legend(along, parts.scheme()))
    chart(charts.curve_chart(moved, along, query, parts.scheme()), "barriers curve")
    printed = partial(barrier_prints.curve_print, moved, along, result)
    chart_away(printed, "barriers curve", tables, link(query, shown(), tables, ""))
    if st.toggle("Show the numbers of this curve", key=NUMBERS):
        st.html(words.curve_html(moved, along, query, places(tables)[query.place]))


def chart(drawn: charts.Drawn, key: str) -> None:
    st.plotly_chart(drawn.figure, key=key, theme=None, config=charts.CONFIG, alt=drawn.alt)
