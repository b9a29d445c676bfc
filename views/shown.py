"""How a panel changes the view of a page, and by that the address.

A page seeds its `View` from the address under one key of the visit's memory, `address.seed({..., VIEW: view})`, and gives `shown()` to
`address.settle`. Whatever stands on the page reads the view with `shown()` and changes it in callbacks, which run before the page is
drawn anew:

    st.button("Clear", on_click=edit, kwargs={"conditions": ()})

    st.selectbox("Shown as", list(TOGETHER), key=control("together as", shown().together), on_change=take, args=("together as", "together"))

    with panel("Scatter plot", "scatter") as opened:  # stands open where the address says `open=scatter`
        if opened.open:
            ...

Nothing else writes the view, so the page never says something else than its address, and Back is never a trap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from maps.view import View

VIEW = "view"


def shown() -> View:
    """The view of the page as its controls have left it."""
    view: View = st.session_state.get(VIEW, View())
    return view


def edit(**changes: Any) -> None:
    """Change fields of the view; a callback, or part of one."""
    st.session_state[VIEW] = replace(shown(), **changes)


def control(key: str, value: Any) -> str:
    """The key of a control that says what the view says, whatever it was left at. To be called where the control is drawn."""
    st.session_state[key] = value
    return key


def take(key: str, field: str, made: Callable[[Any], Any] = lambda value: value) -> None:
    """A control was changed: its value, or what is made of it, stands in this field of the view."""
    edit(**{field: made(st.session_state[key])})


def panel(label: str, name: str) -> Any:
    """An expander that stands open where the view says so; what is closed is neither computed nor sent (ask `.open`).

    `name` stands in the address: small letters and underscores.
    """
    key = control(f"panel {name}", name in shown().open)
    return st.expander(label, key=key, on_change=turn, args=(name,))


def turn(name: str) -> None:
    """A panel was opened or closed."""
    others = tuple(one for one in shown().open if one != name)
    edit(open=(*others, name) if st.session_state[f"panel {name}"] else others)
