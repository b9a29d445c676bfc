"""The inner script: which pages there are, and what stands on all of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import streamlit as st

ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from analytics.query import NATION  # noqa: E402
from data.bundle import shipped  # noqa: E402
from maps.messages import DEFAULT, messages  # noqa: E402
from maps.previews import SPEAKS_SPANISH, page_of  # noqa: E402
from views import address, parts  # noqa: E402
from views.own import laid_over  # noqa: E402

HERE = Path(__file__).parent
START = st.Page(HERE / "start.py", title="Start", default=True)
EXPLORE = st.Page(HERE / "explore.py", title="Explore", url_path="explore")
COSTS = st.Page(HERE / "costs.py", title="Costs", url_path="costs")
NEAR_ME = st.Page(HERE / "near_me.py", title="Near me", url_path="near-me")
MY_COST = st.Page(HERE / "my_cost.py", title="My cost", url_path="my-cost")
ABOUT = st.Page(HERE / "about.py", title="About ketamine therapy", url_path="about")
PLACE = st.Page(HERE / "place.py", title="Place", url_path="place")
METHODS = st.Page(HERE / "methods.py", title="Methods", url_path="methods")
PAGES = {"start": START, "near-me": NEAR_ME, "my-cost": MY_COST, "explore": EXPLORE, "costs": COSTS, "about": ABOUT, "methods": METHODS}
"""The pages of the header, by the name that the catalogue has for each."""

tables = shipped()
lang = address.read(tables)[1].lang
say = messages("head", lang)
page = st.navigation([*PAGES.values(), PLACE], position="hidden")
st.set_page_config(page_title=parts.window_title(page.url_path, laid_over(tables)), layout="wide")
parts.style(parts.scheme())


def link(where: Any, name: str) -> Any:
    """The way to a page, with what was asked: written into `where`, or over the link that stands there."""
    return where.page_link(PAGES[name], label=say(f"page.{name}"), query_params=along)


with st.container(horizontal=True, vertical_alignment="center", key="header"):
    st.html(f'<p class="atlas-brand">{say("brand")}</p>', width="content")
    along = address.place_address(tables)
    with st.container(horizontal=True, width="content", key="nav"):
        links = {name: link(st, name) for name in PAGES}
        parts.other_languages(lang)
    chosen = parts.search_box(tables, say)

if chosen:
    query = parts.query_for_place(chosen, tables)
    asked = address.address_of(query, address.read(tables)[1], tables)
    if page in (EXPLORE, COSTS, PLACE):
        st.query_params.from_dict(asked)
    else:
        st.switch_page(EXPLORE if chosen == NATION else PLACE, query_params=asked)

# The foot is written first: a page may stop early, and what it says holds on every page.
body, foot = st.container(), st.container(key="foot")
with foot:
    if page_of(f"/{page.url_path}") not in SPEAKS_SPANISH and lang != DEFAULT:
        parts.paragraph(say("english_only"), "problem")
    parts.paragraph(say("foot"), "foot")
with body:
    try:
        page.run()
    finally:
        st.set_page_config(page_title=parts.window_title(page.url_path, laid_over(tables)))
        # A control that was just changed is in the address by now: the links to other pages take it along too.
        now = address.place_address(tables)
        if now != along:
            along = now
            for name, there in links.items():
                link(there, name)
