"""Start: what is near you, the one map drawn beforehand, three findings with their doors, and how far all of it can be doubted."""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.barriers import people
from analytics.care_nearby import beside
from analytics.findings import START, findings
from analytics.model import answer
from analytics.places import places
from data.bundle import shipped
from maps import start_words as words
from maps.classes import classify
from maps.finding_words import told
from maps.messages import messages
from maps.paper import start_picture
from maps.view import View
from maps.words import plain_list
from views import address, parts
from views.zip_box import NEAR, fill

tables = shipped()
colours = parts.scheme()
asked, view, _ = address.read(tables)
say = messages("start", view.lang)
result, found = answer(START, tables), people(START, tables)
picture = start_picture(colours, tables, view.lang)

parts.title(words.title(found, START, say))
with st.form("start-zip", border=False), st.container(horizontal=True, vertical_alignment="bottom", key="start-zip"):
    typed = st.text_input(say("zip"), key="start typed", placeholder=say("zip_hint"), autocomplete="off")
    sent = st.form_submit_button(say("zip_go"))
if sent and typed.strip():
    # Near me says what it takes for a place, and asks back where it is unclear; nothing of it goes into the address.
    fill(NEAR, typed)
    st.switch_page("near_me.py", query_params=address.place_address(tables))

parts.paragraph(words.subtitle(result, say), "subtitle")
st.html(words.legend(classify(result.frame, result.indicator, colours), colours, say))
st.html(f'<img class="atlas-picture" src="{picture.address}" alt="{escape(picture.alt)}" width="975" height="610">')

here = View(lang=view.lang)
for column, one in zip(st.columns(3, gap="medium"), told(findings(tables), say), strict=True):
    with column, st.container(key=f"finding-{one.id}"):
        st.html(f'<h2 class="start-heading">{escape(one.heading)}</h2><p class="atlas-note">{escape(one.sentence)}</p>')
        opened = View(lang=view.lang, open=one.panels)
        st.page_link("explore.py", label=one.door_words, query_params=address.address_of(one.door, opened, tables))
with st.container(horizontal=True, key="door"):
    if asked.place != START.place:
        name = places(tables)[asked.place].name
        st.page_link("explore.py", label=say("door.place", place=name), query_params=address.address_of(asked, view, tables))
    st.page_link("explore.py", label=say("door.explore"), query_params=address.address_of(START, here, tables))
    st.page_link("my_cost.py", label=say("door.my_cost"), query_params=here.to_address())
    st.page_link("costs.py", label=say("door.costs"), query_params=here.to_address())
    st.page_link("about.py", label=say("door.about"), query_params=here.to_address())

parts.paragraph(words.lines(START, say))
parts.paragraph(say("note"))
parts.paragraph(say("lists"))
st.html(plain_list(words.list_lines(found, say)))
with st.expander(say("care"), key="start care", on_change="rerun") as other_care:
    if other_care.open:  # the only thing here that takes long to work out
        parts.paragraph(words.care(beside(START, tables), START, say))
parts.paragraph(words.sources(result, say), "source")
