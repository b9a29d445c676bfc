"""The sentence of controls: what may be asked, and what a change of one control means for the others."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.bearing import borne
from analytics.indicators import indicators
from analytics.own import layers_of
from analytics.places import places
from analytics.query import (
    DECAYS,
    FAR_BY,
    LAYERS,
    LEVELS,
    MODALITIES,
    NATION,
    PAYERS,
    PAYMENTS,
    POPULATIONS,
    REACHES,
    SCHEDULES,
    WEIGHTS,
    Query,
)
from analytics.tables import Tables
from data.bundle import Tables as Bundle
from maps.view import Classing
from views import parts
from views.own import own_popover
from views.shown import control, edit, shown, take

WORDS = ("measure", "modality", "population", "payment", "level", "place", "weights", "reach", "decay", "payer", "schedule", "far")
"""Fields of the question whose control holds one word; the key of the control is the field's name."""


def choice(label: str, key: str, words: Mapping[str, str], width: int, only: tuple[str, ...] = ()) -> None:
    """One word out of a few, as a list to choose from; `only` narrows it to what the measure is defined for, and what is chosen now."""
    options = [one for one in words if not only or one in only or one == st.session_state[key]]
    st.selectbox(label, options, format_func=words.__getitem__, key=key, width=width)


def sentence(query: Query, shipped: Bundle, tables: Tables) -> None:
    """Show what, for which therapy, open to whom, by which level, in which place; then what stands behind it."""
    state = st.session_state
    offered = [one.id for one in indicators().values() if not one.advanced or state["advanced"] or one.id == state["measure"]]
    labels = {one: indicators()[one].label for one in offered}
    # What the controls say now: the address is written at the end of a run, so that `query` may still be the question before it.
    now = query.with_(measure=state["measure"], far=state["far"])
    st.selectbox("Show", offered, format_func=labels.__getitem__, key="measure", width=330, on_change=bear_the_measure, args=(now,))
    one = indicators()[state["measure"]]
    if "far" in one.asks:
        st.selectbox("far by", list(FAR_BY), format_func=FAR_BY.__getitem__, key="far", width=260, on_change=bear_the_measure, args=(now,))
    if "modality" in one.asked:
        choice("for", "modality", MODALITIES, 205, one.modalities)
    if "population" in one.asked:
        choice("open to", "population", POPULATIONS, 170, one.populations)
    if "payer" in one.asks:
        choice("paid by", "payer", PAYERS, 230)
    if "schedule" in one.asks:
        choice("over", "schedule", SCHEDULES, 230)
    if "reach" in one.asks:
        choice("within", "reach", REACHES, 125)
    choice("by", "level", LEVELS, 105)
    known = places(tables)
    options = [*({} if query.place in [NATION, *tables["states"]["geoid"]] else {query.place: 1}), NATION, *tables["states"]["geoid"]]
    st.selectbox("in", options, format_func=lambda place: known[place].short, key="place", width=215)
    if one.uses_providers:
        provider_lists(tables)
    advanced(one.asks)
    if one.uses_providers:
        own_popover(shipped)


def provider_lists(tables: Tables) -> None:
    """Which lists count, what their sites take, and whether they stand on the map."""
    with st.popover("Provider lists"):
        st.pills("Lists that count", list(layers_of(tables)), format_func=LAYERS.__getitem__, selection_mode="multi", key="layers")
        st.selectbox("Sites that", list(PAYMENTS), format_func=PAYMENTS.__getitem__, key="payment")
        st.toggle("Show providers on the map", key=control("sites", shown().sites), on_change=take, args=("sites", "sites"))
        parts.paragraph(
            "No list is complete. Lists of 2022 and 2023 are for comparison; add an earlier year to see what left the directory."
        )


def advanced(asks: tuple[str, ...]) -> None:
    """For those who know the field: its other measures, whom they count, and how a site counts with distance."""
    with st.popover("Advanced"):
        st.toggle("Offer the field's other measures too", key="advanced")
        if "weights" in asks:
            st.radio("Whom it counts", list(WEIGHTS), format_func=WEIGHTS.__getitem__, key="weights")
        if "decay" in asks:
            st.radio("How a site counts with distance", list(DECAYS), format_func=DECAYS.__getitem__, key="decay")
        parts.paragraph("What a figure rests on stands under “Assumptions”, below the map, and can be changed there.")


def bear_the_measure(before: Query) -> None:
    """A measure was chosen, or what far means: the lists, the kind of therapy and the people follow it where it asks for its own
    (analytics/bearing.py). Whoever chose the lists himself keeps them, and is told where they cannot bear the measure.
    """
    state = st.session_state
    if shown().classing.scheme == "own":  # borders are of a measure and its unit
        edit(classing=Classing())
    now = before.with_(layers=tuple(state["layers"]), modality=state["modality"], population=state["population"])
    asked = borne(now, measure=state["measure"], far=state["far"])
    state["layers"], state["modality"], state["population"] = list(asked.layers), asked.modality, asked.population
