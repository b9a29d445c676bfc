"""About ketamine therapy: what is known and what is not, each statement with its source; and two numbers of the atlas with their doors."""

from __future__ import annotations

from typing import Final

import streamlit as st

from analytics.model import answer
from analytics.query import Query
from data.bundle import shipped
from data.therapy import cited, sections
from maps import therapy_page as page
from maps.messages import messages
from maps.view import View
from views import address, parts

REACH: Final = Query(measure="within_30_miles")
VISIT: Final = Query(measure="medicare_amount")
COURSE: Final = Query(measure="patient_cost", modality="iv")

tables = shipped()
lang = address.read(tables)[1].lang
say = messages("about", lang)


def words(html: str) -> None:
    """HTML by way of markdown: a link such as /about#risks finds its heading, which st.html would fetch too late."""
    st.markdown(html, unsafe_allow_html=True)


def door(name: str, page_file: str, query: Query) -> None:
    st.page_link(page_file, label=say(f"door.{name}"), query_params=address.address_of(query, View(lang=lang), tables))


with st.container(key="about"):
    parts.title(say("title"))
    parts.paragraph(say("intro"), "subtitle")
    parts.paragraph(say("crisis"), "problem")
    words(page.contents_html(say))
    for section in sections():
        words(page.section_html(section, say))
    words(page.heading("barriers", say))
    parts.paragraph(page.visits_line(say))
    parts.paragraph(page.reach_line(answer(REACH, tables), say))
    door("reach", "explore.py", REACH)
    parts.paragraph(page.visit_line(answer(VISIT, tables), say))
    door("visit", "explore.py", VISIT)
    parts.paragraph(page.course_line(answer(COURSE, tables), say))
    door("course", "costs.py", COURSE)
    st.page_link("my_cost.py", label=say("door.my_cost"), query_params=View(lang=lang).to_address())
    st.page_link("near_me.py", label=say("door.near"), query_params=View(lang=lang).to_address())
    words(page.heading("sources", say))
    with st.expander(say("all_sources", count=len(cited()))):
        words(page.sources_html(say))
