"""The composition root: the pages, the addresses beside them, and how all of it travels. `streamlit run app.py` or `uvicorn app:app`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from api.bundle import Bundle, CompressedBundle
from api.head import PageHeads
from api.routes import routes
from api.security import SecurityHeaders
from api.shelf import Shelf
from api.sockets import AtOnce
from api.start import lifespan, opened_or_exit
from data.errors import DataError
from views.visits import forget_ended_visits

tables = opened_or_exit()
shelf = Shelf(tables)
bundle = Bundle(Path(st.__file__).parent / "static")


def failed(error: Exception) -> bool:
    """What a visitor reads when a page breaks; the rest is in the server's log."""
    sentence = (
        str(error)
        if isinstance(error, DataError)
        else "This page could not be drawn: something in the atlas is broken, not in what you asked."
    )
    st.error(f"{sentence} Load the page again; if it fails once more, go to the start page.")
    return True


# Streamlit finds the app by reading this file: the call must stand here as it is.
app = st.App(
    Path(__file__).parent / "views/main.py",
    routes=routes(tables, shelf),
    middleware=[
        Middleware(AtOnce),
        Middleware(SecurityHeaders, document=bundle.document),
        Middleware(PageHeads, document=bundle.document, early=bundle.early_files, tables=tables),
        Middleware(CompressedBundle, bundle=bundle),
    ],
    lifespan=lifespan(tables, shelf, bundle, forget_ended_visits),
    on_script_error=failed,
)
