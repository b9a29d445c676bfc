"""Panels that open beneath a figure. What is closed is neither computed nor sent."""

from __future__ import annotations

import streamlit as st

from analytics.agreement import agreement, layers_agreement, measures_for, usual_measures
from analytics.model import Result
from analytics.query import Query
from analytics.tables import Tables
from maps import agreement_words
from maps.words import about_html
from views import parts
from views.address import address_of
from views.shown import panel, shown

KINDS = {"measures": "measures", "lists": "provider lists"}
KIND, MEASURES, PAIR = "agreement of", "agreement measures", "agreement pair"


def agreement_panel(result: Result, tables: Tables) -> None:
    """Do the measures agree here? For measures that rest on provider lists; the place and everything else stay the page's own."""
    if not result.indicator.uses_providers:
        return
    with panel("Do the measures agree here?", "agreement") as opened:
        if not opened.open:
            return
        kind = st.segmented_control("Compare", list(KINDS), format_func=KINDS.__getitem__, default="measures", required=True, key=KIND)
        found = layers_agreement(result.query, tables) if kind == "lists" else agreement(result.query, chosen(result.query, tables), tables)
        if found.refusal is not None:
            parts.paragraph(found.refusal.sentence)
            st.button(found.refusal.offer, on_click=take_offer, args=(found.refusal.query, tables), key="agreement offer")
            return
        st.html(agreement_words.agreement_html(found, tables))
        pairs = agreement_words.pairs(found)
        if st.session_state.get(PAIR) not in pairs:
            st.session_state[PAIR] = next(iter(pairs))
        pair = st.selectbox("Where these two part most", list(pairs), format_func=pairs.__getitem__, key=PAIR)
        st.html(agreement_words.parting_html(found, pair))


def chosen(query: Query, tables: Tables) -> tuple[str, ...]:
    """The measures to compare: the usual ones until a person chooses others. One that does not bear the question is not on offer."""
    offered, usual = measures_for(query, tables), usual_measures(query, tables)
    if not set(usual) <= set(offered):
        return usual
    before = st.session_state.get(MEASURES)
    if before is None or not set(before) <= set(offered):
        st.session_state[MEASURES] = list(usual)
    picked = st.pills("Measures", list(offered), format_func=agreement_words.option, selection_mode="multi", key=MEASURES)
    return tuple(one for one in offered if one in picked)


def take_offer(query: Query, tables: Tables) -> None:
    """The page asks what was offered, and the panel compares the usual measures again."""
    st.session_state.pop(MEASURES, None)
    st.query_params.from_dict(address_of(query, shown(), tables))


def sources_panel(result: Result) -> None:
    """Where the figures are from, and how the measure is made."""
    with panel("Sources and method", "about") as opened:
        if opened.open:
            st.html(about_html(result))
