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

from analytics.indicators import indicators
from analytics.places import places
from analytics.query import Query, read_query
from analytics.tables import Tables
from maps.view import View, read_view

WRITTEN = "address this visit wrote last"


def read(tables: Tables) -> tuple[Query, View, tuple[str, ...]]:
    """What the address asks for, and a sentence for each word in it that means nothing here."""
    texts = dict(st.query_params)
    query, unknown = read_query(texts, indicators(), places(tables))
    view, unclear = read_view(texts)
    problems = unknown + unclear
    version = texts.get("v")
    if version and version != tables.version:
        problems += ("This link was made with an earlier version of the data; the figures shown are today's.",)
    return query, view, problems


def address_of(query: Query, view: View, tables: Tables) -> dict[str, str]:
    """The whole address of a view: query, view and data version."""
    return {**query.to_address(), **view.to_address(), "v": tables.version}


def text_of(query: Query, view: View, tables: Tables) -> str:
    """The same as one string, as it stands after the question mark."""
    return urlencode(address_of(query, view, tables), safe="~")


def seed(values: Mapping[str, Any]) -> None:
    """Set the controls from the address: all of them when it changed behind our back, else those that are not there yet.

    Every control is written back to itself, since Streamlit forgets those that a run did not draw.
    """
    changed = st.session_state.get(WRITTEN) != dict(st.query_params)
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
    return {} if query == Query() and view == View() else address_of(query, view, tables)
