"""The controls of the page on costs, and what a change of one means for the others."""

from __future__ import annotations

import streamlit as st

from analytics import schedules
from analytics.places import places
from analytics.query import MODALITIES, NATION, PAYERS, SCHEDULES, Query
from analytics.tables import Tables
from maps.cost_words import PAYER_CHOICES, SCHEDULE_CHOICES, TREATMENTS
from views import address


def offered(treatment: str) -> list[str]:
    """Schedules of a treatment: infusions have a first course and no year."""
    return [one for one in SCHEDULES if not schedules.no_schedule(treatment, one)]


def bear_the_treatment() -> None:
    """A treatment was chosen: a schedule that it does not have becomes a first course."""
    state = st.session_state
    if state["schedule"] not in offered(state["treatment"]):
        state["schedule"] = "course"


def bear_the_payer(tables: Tables) -> None:
    """A payer was chosen: where nobody chose a treatment it is the payer's usual one. Whoever chose one keeps it, and is told where it has no cost."""
    asked, _, _ = address.read(tables)
    if asked.modality == "any":
        st.session_state["treatment"] = schedules.treatment_of(asked.with_(payer=st.session_state["payer"]))
        bear_the_treatment()


def modality(query: Query) -> str:
    """What the controls say, as the address holds it: "any" as long as it is the payer's usual treatment and nobody chose another."""
    state = st.session_state
    usual = schedules.treatment_of(query.with_(payer=state["payer"])) == state["treatment"]
    return query.modality if usual else str(state["treatment"])


def sentence(query: Query, tables: Tables) -> None:
    """Cost of (treatment) over (schedule), who pays (payer), in (place)."""
    state, known = st.session_state, places(tables)
    there = [NATION, *tables["states"]["geoid"]]
    if query.place not in there:
        there.insert(0, query.place)
    treatments = [*TREATMENTS, *([state["treatment"]] if state["treatment"] not in TREATMENTS else [])]
    with st.container(horizontal=True, vertical_alignment="bottom", key="cost-controls"):
        st.selectbox(
            "Cost of",
            treatments,
            format_func=lambda one: TREATMENTS.get(one, MODALITIES.get(one, one)),
            key="treatment",
            width=220,
            on_change=bear_the_treatment,
        )
        spans = offered(state["treatment"])
        spans += [state["schedule"]] if state["schedule"] not in spans else []
        st.selectbox("over", spans, format_func=SCHEDULE_CHOICES.__getitem__, key="schedule", width=275)
        st.selectbox(
            "who pays",
            list(PAYERS),
            format_func=PAYER_CHOICES.__getitem__,
            key="payer",
            width=265,
            on_change=bear_the_payer,
            args=(tables,),
        )
        st.selectbox("in", there, format_func=lambda one: known[one].short, key="place", width=220)
