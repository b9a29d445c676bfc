"""The inner script: which pages there are, and what stands on all of them."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from data.bundle import shipped  # noqa: E402
from maps import words  # noqa: E402
from views import address, parts  # noqa: E402

st.set_page_config(page_title="Ketamine Access Atlas", layout="wide")

HERE = Path(__file__).parent
START = st.Page(HERE / "start.py", title="Start", default=True)
EXPLORE = st.Page(HERE / "explore.py", title="Explore", url_path="explore")

tables = shipped()
page = st.navigation([START, EXPLORE], position="hidden")
parts.style(parts.scheme())

with st.container(horizontal=True, vertical_alignment="center", key="header"):
    st.html('<p class="atlas-brand">Ketamine Access Atlas</p>', width="content")
    along = address.place_address(tables)
    st.page_link(START, query_params=along)
    st.page_link(EXPLORE, query_params=along)
    chosen = parts.search_box(tables)

if chosen:
    query = parts.query_for_place(chosen, tables)
    asked = address.address_of(query, address.read(tables)[1], tables)
    if page == EXPLORE:
        st.query_params.from_dict(asked)
    else:
        st.switch_page(EXPLORE, query_params=asked)

# The foot is written first: a page may stop early, and what it says holds on every page.
body, foot = st.container(), st.container(key="foot")
with foot:
    parts.paragraph(words.FOOT, "foot")
with body:
    page.run()
