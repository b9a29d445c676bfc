"""Methods: how every number is made, written from the measures, texts, parameters and tables themselves."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.indicator import Indicator
from data.bundle import shipped
from data.examples import Example
from maps import method_tables, methods
from maps.facts import parameters_html
from maps.worked import example_html
from views import address, parts

tables = shipped()
today = date.today()
query, view, _ = address.read(tables)


def words(html: str) -> None:
    """HTML by way of markdown: it stands at once, while st.html is fetched apart and would push what stands below from under a click."""
    st.markdown(html, unsafe_allow_html=True)


def worked(several: tuple[Example, ...]) -> None:
    """Each worked case behind its title."""
    for one in several:
        with st.expander(f"Worked example: {one.title}", key=f"example {one.id}", on_change="rerun") as opened:
            if opened.open:
                words(example_html(one))


def measure(indicator: Indicator) -> None:
    with st.expander(methods.measure_label(indicator), key=f"measure {indicator.id}", on_change="rerun") as opened:
        if opened.open:
            words(methods.measure_html(indicator, tables, today))
            for one in methods.examples_about(indicator.method, indicator.id):
                words(methods.example_heading(one) + example_html(one))
            asked = methods.sound_query(indicator, query.place, tables)
            st.page_link("explore.py", label="Show it on the map", query_params=address.address_of(asked, view, tables))


with st.container(key="methods"):
    parts.title(methods.TITLE)
    parts.paragraph(methods.LEAD, "subtitle")
    wanted = st.text_input(
        "Find a measure or parameter", key="find in methods", placeholder="such as RAAM, detour or deductible", width=420
    )
    if wanted.strip():
        parts.paragraph(methods.found_words(wanted))
        if several := methods.found_parameters(wanted):
            with st.expander(methods.found_label(several), expanded=True):
                words(parameters_html(several, today))
    else:
        words(methods.contents_html())

    slots = []
    for chapter in methods.found(wanted):
        words(methods.chapter_html(chapter))
        for section in chapter.sections:
            slots.append((st.container(), section))
            worked(methods.examples_about(section.anchor))
            for part in section.parts:
                with st.expander(part.title, key=f"part {part.id}", on_change="rerun") as about:
                    if about.open:
                        words(methods.text_html(part) + method_tables.after_html(part.id, tables, today))
                        for one in methods.examples_about(section.anchor, part.id):
                            words(methods.example_heading(one) + example_html(one))
            for one_measure in section.measures:
                measure(one_measure)
            if section.anchor == "parameters":
                for area, several in methods.areas().items():
                    with st.expander(methods.area_label(area, several), key=f"area {area}", on_change="rerun") as listed:
                        if listed.open:
                            words(parameters_html(several, today))

    # A link such as /methods#catchment scrolls as soon as that heading stands; so the words come when the rest of the page is there.
    for slot, section in slots:
        with slot:
            words(methods.section_html(section) + method_tables.after_html(section.anchor, tables, today))
