"""The address and the controls, kept the same without a trap for Back.

The address is read first. Where it differs from the one this visit wrote last (a link, Back, Forward, reload) the
controls are set from it; then the controls are drawn; and only if they now say something else than the address is
the address written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analytics.query import Query
from analytics.tables import Tables, version_without_sites
from maps.selection import asked_in
from maps.view import View

WRITTEN, SEEDED, READ = "address this visit wrote last", "controls set from it", "address read"


def read(tables: Tables) -> tuple[Query, View, tuple[str, ...]]:
    """What the address asks for, and a sentence for each word in it that means nothing here. Read once for all who ask in a run."""
    texts = dict(st.query_params)
    before = st.session_state.get(READ)
    if before is None or before[0] != (texts, tables.version):
        before = st.session_state[READ] = ((texts, tables.version), _read(texts, tables))
    found: tuple[Query, View, tuple[str, ...]] = before[1]
    return found


def _read(texts: Mapping[str, str], tables: Tables) -> tuple[Query, View, tuple[str, ...]]:
    query, view, problems = asked_in(texts, tables)
    version = texts.get("v")
    if version and version != version_without_sites(tables):
        problems += ("This link was made with an earlier version of the data; the figures shown are today's.",)
    return query, view, problems


def address_of(query: Query, view: View, tables: Tables) -> dict[str, str]:
    """The whole address of a view: query, view and the version of the shipped data; nothing of what a visitor laid over them."""
    return {**query.to_address(), **view.to_address(), "v": version_without_sites(tables)}


def text_of(query: Query, view: View, tables: Tables) -> str:
    """The same as one string, as it stands after the question mark."""
    return urlencode(address_of(query, view, tables), safe="~")


def seed(values: Mapping[str, Any]) -> None:
    """Set the controls from the address: all of them when it changed behind our back or another page set its own from it last, else those
    that are not there yet.

    Every control is written back to itself, since Streamlit forgets those that a run did not draw.
    """
    changed = st.session_state.get(WRITTEN) != dict(st.query_params) or st.session_state.get(SEEDED) != tuple(values)
    st.session_state[SEEDED] = tuple(values)
    for key, value in values.items():
        st.session_state[key] = value if changed or key not in st.session_state else st.session_state[key]


def settle(read_: tuple[Query, View], chosen: tuple[Query, View], tables: Tables) -> None:
    """Write the address if the controls say something else than it does, and remember what it is now."""
    if read_ != chosen:
        st.query_params.from_dict(address_of(*chosen, tables))
    st.session_state[WRITTEN] = dict(st.query_params)


def place_address(tables: Tables) -> dict[str, str]:
    """What goes along from page to page: the place, and the measure and level it is looked at with."""
    query, view, _ = read(tables)
    return view.to_address() if query == Query() else address_of(query, view, tables)
