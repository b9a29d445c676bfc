"""Pieces that several pages share: the frame of the page, the search box, texts with their sizes."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from analytics.places import Hit, places, search
from analytics.query import NATION, Query
from analytics.refusal import Refusal
from analytics.tables import Tables
from maps.geometry import Frame
from maps.look import FILE as STYLE_SHEET
from maps.messages import LANGUAGES, Messages, messages
from maps.palette import SCHEMES, Scheme
from maps.previews import page_of, window
from maps.view import View
from views.address import address_of, read

HITS, SAID, GO = "search hits", "search answer", "search go"


def scheme() -> Scheme:
    """The colours of the theme this visitor sees."""
    return SCHEMES["dark" if st.context.theme.type == "dark" else "light"]


def style(colours: Scheme) -> None:
    """The colours that the page's rules use. The document asks for the rules themselves, but for a path that is no page of ours."""
    if page_of(urlsplit(st.context.url or "/").path) is None:
        st.html(STYLE_SHEET)
    st.html(
        f"<style>:root {{ --atlas-soft: {colours.soft_ink}; --atlas-missing: {colours.missing}; --atlas-accent: {colours.link}; --atlas-page: {colours.page}; }}</style>"
    )


def window_title(path: str, tables: Tables) -> str:
    """The title of the browser's window, as the head of the page's document has it too."""
    query, view, _ = read(tables)
    return window(page_of(f"/{path}") or "start", query, view, tables)


def title(text: str) -> None:
    st.html(f'<h1 class="atlas-title">{escape(text)}</h1>')


def heading(text: str, anchor: str = "") -> None:
    """The name of a part of the page; `anchor` is where `link_down` leads."""
    mark = f' id="{escape(anchor)}"' if anchor else ""
    st.html(f'<h2 class="atlas-heading"{mark}>{escape(text)}</h2>')


def link_down(text: str, anchor: str) -> None:
    """A link to a part further down on this page."""
    st.html(f'<p class="atlas-note"><a href="#{escape(anchor)}">{escape(text)}</a></p>', width="content")


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


def place_door(query: Query, view: View, tables: Tables) -> None:
    """The door to the page of the chosen place; none for the nation, which has no page."""
    if query.place != NATION:
        st.page_link(
            "place.py",
            label=f"Open the page of {places(tables)[query.place].name}, with its fact sheet",
            query_params=address_of(query, view, tables),
        )


def map_frame(frame: Frame) -> None:
    """The map's frame is as tall as the map at every width, and no taller than a screen: rules on its keyed container, on those of
    further maps of the same place, and on what holds the map and the words beside it."""
    st.html(
        f"<style>:is(.st-key-stage, .st-key-map, .st-key-map-second, .st-key-map-both) {{ --aspect: {frame.aspect:.3f}; --zoom: {frame.zoom:.2f}; --beside: {frame.beside}; }}</style>"
    )


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
        st.session_state[SAID] = said


def other_languages(lang: str) -> None:
    """A link to this page in each other language: a whole load, so that the page's head says the language too."""
    asked = {word: text for word, text in st.query_params.items() if word != "lang"}
    links = [
        f'<a href="?{escape(urlencode({**asked, "lang": tag}, safe="~"))}" target="_self" lang="{tag}" hreflang="{tag}">{messages("head", tag)("language")}</a>'
        for tag in LANGUAGES
        if tag != lang
    ]
    st.html(f'<p class="atlas-languages">{" ".join(links)}</p>', width="content")


def search_box(tables: Tables, say: Messages) -> str | None:
    """The one search box. Returns the place that was just chosen, once."""
    st.text_input(
        say("search"),
        key="search",
        type="search",
        placeholder=say("search_hint"),
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
