"""Explore: one sentence of controls, the finding, the map, and beneath it, closed, the table behind it."""

from __future__ import annotations

import streamlit as st

from analytics.indicators import indicators
from analytics.model import answer
from analytics.places import places
from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, NATION, POPULATIONS
from data.bundle import shipped
from maps import words
from maps.classes import classify
from maps.figure import CONFIG, clicked_place, drawn_map
from maps.files import data_csv, file_name
from maps.geometry import frame_of
from maps.legend import legend
from maps.table import column_config, shown_table
from maps.view import View
from views import address, parts

tables = shipped()
colours = parts.scheme()
known = places(tables)
query, view, problems = address.read(tables)
address.seed(
    {
        "measure": query.measure,
        "modality": query.modality,
        "population": query.population,
        "level": query.level,
        "place": query.place,
        "layers": list(query.layers),
        "sites": view.sites,
    }
)

for problem in problems:
    parts.paragraph(problem, "problem")

figure = st.container(key="figure")
with figure:
    title = st.container()

options = [NATION, *tables["states"]["geoid"]]
if query.place not in options:
    options.insert(0, query.place)

with figure, st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    measure = st.selectbox("Show", list(indicators()), format_func=lambda one: indicators()[one].label, key="measure", width=300)
    listed = indicators()[measure].uses_providers
    if listed:
        st.selectbox("for", list(MODALITIES), format_func=MODALITIES.__getitem__, key="modality", width=200)
        st.selectbox("open to", list(POPULATIONS), format_func=POPULATIONS.__getitem__, key="population", width=165)
    st.selectbox("by", list(LEVELS), format_func=LEVELS.__getitem__, key="level", width=115)
    st.selectbox("in", options, format_func=lambda one: known[one].short, key="place", width=215)
    if listed:
        with st.popover("Provider lists"):
            st.pills("Lists that count", list(LAYERS), format_func=LAYERS.__getitem__, selection_mode="multi", key="layers")
            st.toggle("Show providers on the map", key="sites")
            parts.paragraph(
                "No list is complete. Lists of 2022 and 2023 are for comparison; add an earlier year to see what left the directory."
            )

state = st.session_state
chosen = query.with_(
    measure=state["measure"],
    modality=state["modality"],
    population=state["population"],
    level=state["level"],
    place=state["place"],
    layers=tuple(layer for layer in LAYERS if layer in state["layers"]) or DEFAULT_LAYERS,
)
view_chosen = View(sites=state["sites"])
address.settle((query, view), (chosen, view_chosen), tables)

result = answer(chosen, tables)
with title:
    parts.title(words.title(result, tables))
    parts.paragraph(words.subtitle(result), "subtitle")

if result.refusal is not None:
    with figure:
        parts.refusal(result.refusal, view_chosen, tables)
    st.stop()

with figure:
    st.html(legend(classify(result.frame, result.indicator, colours), result.indicator, colours, sites=listed and view_chosen.sites))

key = f"map {address.text_of(chosen, view_chosen, tables)} {colours.name}"


def follow_click() -> None:
    """A click on a place asks the same question of it."""
    place = clicked_place(st.session_state[key], known)
    if place:
        st.session_state[parts.GO] = place


parts.map_frame(frame_of(known[chosen.place].state, tables))
with figure, st.container(key="map"):
    st.plotly_chart(
        drawn_map(result, view_chosen, colours, tables),
        key=key,
        theme=None,
        config=CONFIG,
        on_select=follow_click,
        selection_mode="points",
        height="stretch",
        alt=words.alt_text(result, tables),
    )

for note in result.notes:
    parts.paragraph(note)
if result.lists:
    st.html(words.lists_html(result))
parts.paragraph(words.source_line(result), "source")

with st.expander("Sources and method", key="about", on_change="rerun") as about:
    if about.open:
        st.html(words.about_html(result))
table = st.expander(f"Table: {words.rows_words(result)}", key="table", on_change="rerun")
if table.open:
    with table:
        st.dataframe(shown_table(result), column_config=column_config(result), hide_index=True, alt=words.alt_text(result, tables))
st.download_button(
    words.download_label(result),
    data=lambda: data_csv(result),
    file_name=file_name(result, "csv"),
    mime="text/csv",
    on_click="ignore",
    disabled=not result.indicator.downloadable,
)
