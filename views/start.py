"""Start: the finding in words with its doubt, the map drawn beforehand, the door to Explore."""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.model import answer
from analytics.places import places
from data.bundle import shipped
from maps import words
from maps.classes import classify
from maps.legend import legend
from maps.paper import START, start_picture
from maps.view import View
from views import address, parts

tables = shipped()
colours = parts.scheme()
result = answer(START, tables)
picture = start_picture(colours, tables)

parts.title(words.title(result, tables))
parts.paragraph(words.subtitle(result), "subtitle")
st.html(legend(classify(result.frame, result.indicator, colours), result.indicator, colours, sites=False))
st.html(f'<img class="atlas-picture" src="{picture.address}" alt="{escape(picture.alt)}" width="975" height="610">')
asked, view, _ = address.read(tables)
with st.container(horizontal=True, key="door"):
    if asked.place != START.place:
        st.page_link(
            "explore.py", label=f"Go on with {places(tables)[asked.place].name}", query_params=address.address_of(asked, view, tables)
        )
    st.page_link("explore.py", label="Explore this map in detail", query_params=address.address_of(START, View(), tables))
for note in result.notes:
    parts.paragraph(note)
parts.paragraph(words.source_line(result), "source")
