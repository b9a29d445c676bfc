"""Explore: one sentence of controls, the finding, the map, and beneath it, closed, the table behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analytics.assumptions import ordered
from analytics.indicators import indicators
from analytics.inside import shares_within
from analytics.model import answer
from analytics.places import places
from analytics.query import DEFAULT_LAYERS, LAYERS
from data.bundle import shipped
from maps import words
from maps.classes import classes_of
from maps.figure import CONFIG, written_map
from maps.geometry import frame_of
from maps.legend import legend
from maps.ready import Ready
from maps.selection import outlined_sentence, positions, selected
from maps.table import column_config, shown_table
from views import address, controls, parts
from views.assumptions import assumptions_panel
from views.barriers_panel import barriers_panel
from views.classing import classes_popover
from views.conditions_panel import conditions_panel, conditions_said, meeting
from views.own import laid_over
from views.panels import agreement_panel, sources_panel
from views.ranking_panel import ranking_panel
from views.selection import ROWS, boxing, pick, selection_panel, tick
from views.shown import VIEW, control, panel, shown
from views.take_away import take_away
from views.together import columns, second_map, second_panel
from views.why import journey_line, why_panel

FILES = "files"
"""Where on the page the table and the files are."""
tables = laid_over(shipped())
colours = parts.scheme()
known = places(tables)
query, view, problems = address.read(tables)
address.seed(
    {
        **{name: getattr(query, name) for name in controls.WORDS},
        "layers": list(query.layers),
        "assumptions": dict(query.assumptions),
        VIEW: view,
        "advanced": indicators()[query.measure].advanced,
    }
)

for problem in problems:
    parts.paragraph(problem, "problem")

figure = st.container(key="figure")
with figure:
    title = st.container()

    row = st.container(horizontal=True, vertical_alignment="bottom", key="controls")

with row:
    controls.sentence(query, shipped(), tables)

state = st.session_state
chosen = query.with_(
    **{name: state[name] for name in controls.WORDS},
    assumptions=ordered(state["assumptions"]),
    layers=tuple(layer for layer in LAYERS if layer in state["layers"]) or DEFAULT_LAYERS,
)
view_chosen = shown()
address.settle((query, view), (chosen, view_chosen), tables)

try:
    result = answer(chosen, tables)
except ValueError as error:  # assumptions that do not go together, such as weights that rise with distance
    parts.paragraph(f"{error} The shipped values are used instead.", "problem")
    chosen = chosen.with_(assumptions=())
    result = answer(chosen, tables)
listed = result.indicator.uses_providers
with title:
    parts.title(words.title(result, tables))
    parts.paragraph(words.subtitle(result), "subtitle")

if result.refusal is not None:
    with figure:
        parts.refusal(result.refusal, view_chosen, tables)
    st.stop()

classes = classes_of(result, colours, view_chosen.classing)
with row:
    classes_popover(result.indicator, classes)
# The picture, and what is said of it: side by side where a state leaves the room (maps/page.css), one beneath the other else.
with figure, st.container(key="stage"):
    picture, said = st.container(key="picture"), st.container(key="said")
first, beside = columns(picture, result, view_chosen)
met = meeting(chosen, view_chosen, tables)
with first:
    st.html(legend(classes, result.indicator, colours, listed and view_chosen.sites, len(selected(view_chosen, result).here)))
    if classes.said:
        parts.paragraph(classes.said)

rows = result.frame["geoid"]  # made a list of when somebody clicks
key = f"map {address.text_of(chosen, replace(view_chosen, open=()), tables)} {colours.name}"
alt = f"{words.kept_alt_text(result, tables)} {outlined_sentence(view_chosen, result, known)}"
parts.map_frame(frame_of(known[chosen.place].state, tables))
with first, st.container(key="map"):
    st.plotly_chart(
        Ready(written_map(result, view_chosen, colours, tables, boxing(), met)),
        key=key,
        theme=None,
        config=CONFIG,
        on_select=partial(pick, key, rows),
        selection_mode=("points", "box"),
        height="stretch",
        alt=alt,
    )
second_map(beside, result, view_chosen, tables)
with picture:
    selection_panel(result, view_chosen, tables)
    conditions_said(met)

with said:
    if (inside := words.inside_sentence(result, shares_within(chosen, tables) if listed else ())) != "":
        parts.paragraph(inside)
    if listed:
        journey_line(result, tables)
    for note in result.notes:
        parts.paragraph(note)
    if result.lists:
        st.html(words.lists_html(result))
    with st.container(horizontal=True, vertical_alignment="center", key="door"):
        parts.place_door(chosen, view_chosen, tables)
        parts.link_down("Take it away: picture, data, link", FILES)
    parts.paragraph(words.source_line(result), "source")

parts.heading("What is behind it")
with st.container(key="panels-behind"):
    barriers_panel(result, tables)
    why_panel(result, tables)
    agreement_panel(result, tables)
parts.heading("Compare, and find places")
with st.container(key="panels-compare"):
    second_panel(result, view_chosen, tables)
    conditions_panel(result, met, tables)
    ranking_panel(result, view_chosen, tables)
parts.heading("Numbers, files and sources", FILES)
with st.container(key="panels-files"):
    table = panel(f"Table: {words.rows_words(result)}", "table")
    if table.open:
        with table:
            st.dataframe(
                shown_table(result),
                column_config=column_config(result),
                hide_index=True,
                alt=alt,
                key=control(ROWS, {"selection": {"rows": positions(result, view_chosen)}}),
                on_select=partial(tick, rows),
                selection_mode="multi-row",
            )
    take_away(result, view_chosen, tables)
    sources_panel(result)
    assumptions_panel(result)
