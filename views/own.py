"""Your own data: a list of providers and travel times that a person brings, laid over the tables for this visit alone.

They stand in the visit's memory and nowhere else: in no file, in no address, in nobody else's tables; what was worked out from
them goes when the visit does.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from analytics.cache import CACHE
from analytics.own import OWN, OWN_TRAVEL, OwnTravel, check_travel
from data.bundle import Tables
from data.own_providers import OwnList, read_own_list, template_csv
from data.travel_table import TravelFile, read_travel_table
from data.user_file import BadRow, bad_rows_csv, told
from views.parts import paragraph

LIST, LIST_FILE, LIST_PROBLEM = "own list", "own list file", "own list problem"
TRAVEL, TRAVEL_FILE, TRAVEL_USED, TRAVEL_PROBLEM = "own travel", "own travel file", "own travel used", "own travel problem"
TABLES = "own tables"
LAYERS_CONTROL = "layers"
"""The key of Explore's control for lists of providers: a list just brought is chosen there, one taken away is not."""


def laid_over(tables: Tables) -> Tables:
    """The shipped tables with what this visit brought; the shipped ones themselves where it brought nothing."""
    own: Tables = st.session_state.get(TABLES, tables)
    return own


def own_popover(tables: Tables) -> Tables:
    """Draws the popover, and returns the tables to use. `tables` are the shipped ones."""
    with st.popover("Your own data", key="own data"):
        paragraph(
            "A list of providers or travel times of your own. They stay in the memory of this visit, nobody else sees them, "
            "and they are not in the link: whoever opens it sees the atlas without them."
        )
        _list(tables)
        _travel(tables)
    return laid_over(tables)


def _list(tables: Tables) -> None:
    own: OwnList | None = st.session_state.get(LIST)
    if own is None:
        st.file_uploader("Providers (CSV)", type="csv", key=LIST_FILE, on_change=_take_list, args=(tables,))
        _problem(LIST_PROBLEM)
        st.download_button("Template for providers, CSV", template_csv, "own-providers-template.csv", "text/csv", on_click="ignore")
        return
    paragraph(f"Your list {own.name}: {own.said} Under Provider lists it is called “your own list”.")
    _bad_rows(own.bad, "own-providers-unused-rows.csv")
    st.download_button("The rows as they are used, with ids, CSV", own.used_csv, "own-providers-used.csv", "text/csv", on_click="ignore")
    st.button("Remove the list", on_click=_drop_list, args=(tables,))


def _travel(tables: Tables) -> None:
    if TRAVEL not in st.session_state:
        st.file_uploader(
            "Travel times: origin, destination, minutes (CSV or Parquet)",
            type=["csv", "parquet"],
            key=TRAVEL_FILE,
            on_change=_take_travel,
            args=(tables,),
        )
        _problem(TRAVEL_PROBLEM)
        return
    used: OwnTravel | None = st.session_state.get(TRAVEL_USED)
    if used is None:
        _problem(TRAVEL_PROBLEM)
    else:
        paragraph(f"Travel times: {used.said} They stand in place of modelled minutes; miles stay as they are.")
        _bad_rows(used.bad, "own-travel-times-unused-rows.csv")
    st.button("Remove the travel times", on_click=_drop_travel, args=(tables,))


def _problem(key: str) -> None:
    if key in st.session_state:
        paragraph(st.session_state[key], "problem")


def _bad_rows(bad: tuple[BadRow, ...], file_name: str) -> None:
    """The rows that are not used, each with its line and reason; all of them as a file."""
    if not bad:
        return
    items = "".join(f"<li>{escape(line)}</li>" for line in told(bad))
    st.html(f'<p class="atlas-note">Not used:</p><ul class="atlas-lists">{items}</ul>')
    st.download_button("All rows that are not used, CSV", lambda: bad_rows_csv(bad), file_name, "text/csv", on_click="ignore")


def _brought(kept: str, file_key: str, problem: str, read: Callable[[bytes, str], OwnList | TravelFile]) -> bool:
    """A file was brought, or taken back: whether it could be read. Why not is told beside the control."""
    state = st.session_state
    state.pop(problem, None)
    file = state[file_key]
    if file is None:
        return False
    try:
        state[kept] = read(file.getvalue(), file.name)
    except ValueError as error:
        state[problem] = str(error)
        return False
    return True


def _take_list(tables: Tables) -> None:
    if not _brought(LIST, LIST_FILE, LIST_PROBLEM, partial(read_own_list, tables=tables)):
        return
    state = st.session_state
    _lay_over(tables)
    if LAYERS_CONTROL in state and laid_over(tables) is not tables:
        state[LAYERS_CONTROL] = [OWN]


def _drop_list(tables: Tables) -> None:
    state = st.session_state
    state.pop(LIST, None)
    _lay_over(tables)
    if LAYERS_CONTROL in state:
        state[LAYERS_CONTROL] = [layer for layer in state[LAYERS_CONTROL] if layer != OWN]


def _take_travel(tables: Tables) -> None:
    if _brought(TRAVEL, TRAVEL_FILE, TRAVEL_PROBLEM, read_travel_table):
        _lay_over(tables)


def _drop_travel(tables: Tables) -> None:
    for key in (TRAVEL, TRAVEL_PROBLEM):
        st.session_state.pop(key, None)
    _lay_over(tables)


def _lay_over(tables: Tables) -> None:
    """The tables of this visit anew: first its list, then its travel times, which may name the list's ids."""
    state = st.session_state
    own: OwnList | None = state.get(LIST)
    brought: TravelFile | None = state.get(TRAVEL)
    for key in (TABLES, TRAVEL_USED):
        state.pop(key, None)
    found = tables if own is None or own.sites.empty else own.laid_over(tables)
    if brought is not None:
        state.pop(TRAVEL_PROBLEM, None)
        try:
            used = check_travel(brought.frame, found, brought.bad)
        except ValueError as error:
            state[TRAVEL_PROBLEM] = str(error)
        else:
            state[TRAVEL_USED] = used
            found = found.with_table(OWN_TRAVEL, used.table)
    if found is not tables:
        # When the visit ends, its tables go, and with them all that was worked out from them.
        weakref.finalize(found, CACHE.forget, found.version)
        state[TABLES] = found
