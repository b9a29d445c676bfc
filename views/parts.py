"""Pieces that several pages share: the frame of the page, the search box, texts with their sizes."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from analytics.places import Hit, search
from analytics.query import Query
from analytics.refusal import Refusal
from analytics.tables import Tables
from maps.geometry import Frame
from maps.palette import SCHEMES, Scheme
from maps.view import View
from views.address import address_of, read

HITS, SAID, GO = "search hits", "search answer", "search go"


def scheme() -> Scheme:
    """The colours of the theme this visitor sees."""
    return SCHEMES["dark" if st.context.theme.type == "dark" else "light"]


def style(colours: Scheme) -> None:
    """The page's own rules, and the colours they use."""
    st.html(Path(__file__).parent / "style.css")
    st.html(
        f"<style>:root {{ --atlas-soft: {colours.soft_ink}; --atlas-missing: {colours.missing}; --atlas-accent: {colours.link}; --atlas-page: {colours.page}; }}</style>"
    )


def title(text: str) -> None:
    st.html(f'<h1 class="atlas-title">{escape(text)}</h1>')


def paragraph(text: str, kind: str = "note") -> None:
    """A paragraph of one of the page's sizes: subtitle, note, source, problem."""
    st.html(f'<p class="atlas-{kind}">{escape(text)}</p>')


def refusal(refused: Refusal, view: View, tables: Tables) -> None:
    """What is not answered, why, and one door to the nearest sound question.

    A button and not a link: a link to the page one is on changes the page but not the browser's address (Streamlit 1.67).
    """
    with st.container(border=True, key="refusal"):
        paragraph(refused.sentence)
        st.button(refused.offer, on_click=st.query_params.from_dict, args=(address_of(refused.query, view, tables),))


def map_frame(frame: Frame) -> None:
    """The map's frame is as tall as the map at every width, and no taller than a screen: rules on its keyed container."""
    st.html(f"<style>.st-key-map {{ --aspect: {frame.aspect:.3f}; --zoom: {frame.zoom:.2f}; }}</style>")


def remember(geoid: str) -> None:
    """A place was chosen: the page goes there when it is drawn, and the typed text is forgotten."""
    st.session_state[GO] = geoid
    st.session_state[HITS], st.session_state[SAID], st.session_state["search"] = [], "", ""


def look_up(tables: Tables) -> None:
    """What was typed becomes a place, a few suggestions, or a sentence."""
    hits, said = search(st.session_state["search"], tables)
    st.session_state[HITS], st.session_state[SAID] = hits, said
    if len(hits) == 1:
        remember(hits[0].geoid)


def search_box(tables: Tables) -> str | None:
    """The one search box. Returns the place that was just chosen, once."""
    st.text_input(
        "Find a place",
        key="search",
        type="search",
        placeholder="ZIP, county, town or state",
        label_visibility="collapsed",
        on_change=look_up,
        args=(tables,),
    )
    hits: list[Hit] = st.session_state.get(HITS, [])
    if st.session_state.get(SAID):
        paragraph(st.session_state[SAID], "problem")
    if hits:
        with st.container(horizontal=True, key="suggestions"):
            for hit in hits:
                st.button(hit.label, key=f"suggestion {hit.label}", on_click=remember, args=(hit.geoid,))
    chosen: str | None = st.session_state.pop(GO, None)
    return chosen


def query_for_place(geoid: str, tables: Tables) -> Query:
    """The question on the page, asked of another place; a district is looked at by district, a county by county."""
    query, _, _ = read(tables)
    level = {4: "district", 5: "county"}.get(len(geoid), "county" if query.level == "state" else query.level)
    return query.with_(place=geoid, level=level)
