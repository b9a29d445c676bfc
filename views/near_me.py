"""Near me: a ZIP code or city, the list of sites by distance, what else there is, a sketch, and a call sheet. What is typed stays in this visit's memory.

No name of this module holds an answer: Python keeps the module of the last run, and with it what its names hold.
"""

from __future__ import annotations

import os
from functools import partial
from html import escape

import streamlit as st

from analytics.near import PAYING, WITHIN, Near, near, question
from analytics.near_point import Point
from analytics.query import MODALITIES
from data.bundle import shipped
from maps.labelled import labelled_html
from maps.messages import messages
from maps.near_list import FIRST, beside_html, call_sheet, list_html, report_html
from maps.near_sketch import SIZE, sketch
from maps.near_words import subtitle, title, within_words
from views import address, parts
from views.zip_box import COST, NEAR, ask_back, fill, link_with_zip, zip_box


def show_all() -> None:
    st.session_state[NEAR.all] = True


def choices() -> tuple[str, str, float]:
    """Kind of therapy, way of paying, miles."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="near-controls"):
        modality = st.selectbox(
            say("modality"), list(MODALITIES), format_func=say.under("kind").__getitem__, placeholder=say("choose"), key="near modality"
        )
        paying = st.selectbox(
            say("paying"), list(PAYING), format_func=say.under("pay").__getitem__, placeholder=say("choose"), key="near paying"
        )
        within = st.selectbox(
            say("within"), WITHIN, index=1, format_func=partial(within_words, say=say), placeholder=say("choose"), key="near within"
        )
    return modality, paying, within


def cost_door(point: Point) -> None:
    """To My cost, where nothing need be typed again; it goes along in the memory of the visit."""
    if st.button(say("cost_door")):
        fill(COST, point.label, point.key)
        st.switch_page("my_cost.py", query_params=address.place_address(tables))


def sites(answer: Near, paying: str) -> None:
    """The list, the sheet to print, what else there is, the sketch."""
    many = len(answer.listed) > FIRST and not st.session_state.get(NEAR.all)
    most = FIRST if many else len(answer.listed)
    # The sketch stands beside the list where there is room, beneath it else (maps/page.css).
    with st.container(key="near-stage"):
        listed, picture = st.container(key="near-listed"), st.container(key="near-picture")
    with listed:
        st.html(list_html(answer, most, say))
        if many:
            st.button(say("show_all", count=len(answer.listed)), on_click=show_all)
        with st.container(horizontal=True, key="near-doors"):
            st.download_button(say("sheet"), lambda: call_sheet(answer, paying, say), say("sheet_file"), "text/html", on_click="ignore")
            cost_door(answer.point)
        link_with_zip(NEAR, answer.point, say)
        parts.paragraph(f"{say('how')} {say('incomplete')}")
        st.html(beside_html(answer, say))
    drawn = sketch(answer, parts.scheme(), tables, most, say)
    with picture:
        st.html(
            f'<h2 class="near-heading">{escape(say("sketch"))}</h2><p class="atlas-note">{escape(drawn.note)}</p>'
            f"{labelled_html('near-sketch', drawn.address, drawn.alt, (SIZE, SIZE), drawn.labels)}"
        )
    st.html(report_html(os.environ.get("ATLAS_PUBLIC_URL", ""), say))


def page() -> None:
    """The page from top to bottom; the finding stands above the box."""
    heading = st.container(key="near-heading")
    point, found = zip_box(NEAR, say, tables)
    unclear = st.container(key="near-unclear")
    modality, paying, within = choices()
    if point is None:
        with heading:
            parts.title(say("title"))
            parts.paragraph(say("intro"), "subtitle")
        with unclear:
            ask_back(NEAR, found, say)
    else:
        answer = near(point, question(modality, paying), tables, within)
        with heading:
            parts.title(title(answer, paying, say))
            parts.paragraph(subtitle(answer, paying, say), "subtitle")
        sites(answer, paying)
    parts.paragraph(say("privacy"))
    parts.paragraph(f"{say('crisis')} {say('not_advice')}", "problem")


tables = shipped()
say = messages("near", address.read(tables)[1].lang)
page()
