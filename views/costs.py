"""Costs: what a treatment comes to here, what its patient pays of it, and for how many households that is too much."""

from __future__ import annotations

import streamlit as st

from analytics import schedules
from analytics.assumptions import ordered
from data.bundle import shipped
from maps import cost_words
from views import address, cost_controls, cost_sections, parts
from views.shown import VIEW, shown

tables = shipped()
colours = parts.scheme()
query, view, problems = address.read(tables)
address.seed(
    {
        "treatment": schedules.treatment_of(query),
        "payer": query.payer,
        "schedule": query.schedule,
        "place": query.place,
        "assumptions": dict(query.assumptions),
        VIEW: view,
    }
)
for problem in problems:
    parts.paragraph(problem, "problem")

page = st.container(key="costs")
with page:
    finding = st.container()
    cost_controls.sentence(query, tables)

state = st.session_state
asked = query.with_(
    modality=cost_controls.modality(query),
    payer=state["payer"],
    schedule=state["schedule"],
    place=state["place"],
    assumptions=ordered(state["assumptions"]),
)
address.settle((query, view), (asked, shown()), tables)

bills, bill = cost_words.asked_bills(asked, tables), cost_words.asked_bill(asked, tables)
with finding:
    cost_sections.finding(bills, asked, tables)
with page:
    if bill.refusal is not None:
        cost_sections.refusal(bill, asked, shown(), tables)
        cost_sections.payers(bill)
    else:
        cost_sections.the_bill(bill, asked, colours, tables)
        cost_sections.payers(bill)
        cost_sections.groups(bill)
        cost_sections.households(bill, asked, colours, tables)
        cost_sections.states(asked, shown(), colours, tables)
    cost_sections.medicare(asked, colours, tables)
    cost_sections.prices(asked, colours, tables)
    cost_sections.cover(asked, tables)
    cost_sections.paid_for(asked, colours, tables)
    if bill.refusal is None:
        cost_sections.take_along(bills, bill, asked, shown(), tables)
