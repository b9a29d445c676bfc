"""Buttons that give a chart of two measures or a ranking as picture and as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from analytics.model import Result
from analytics.tables import Tables
from maps.export import KINDS, printed_address, public_url
from views import parts
from views.shown import shown
from views.take_away import PRINTED, file_button, for_use


def downloads(
    name: str,
    picture: Callable[..., bytes],
    table: Callable[[], bytes],
    file_name: Callable[[str], str],
    results: Sequence[Result],
    tables: Tables,
) -> None:
    """The picture for a chosen use, `picture(kind, preset, address)`, and the table; each is made when its button is pressed."""
    preset = for_use("The picture, made for", f"{name} preset")
    where = printed_address(results, shown(), tables, public_url())
    kept = [one.indicator.label for one in results if not one.indicator.downloadable]
    if kept:
        parts.paragraph(f"The licence of {' and '.join(kept)} lets the atlas show these figures but not hand them on.")
    with st.container(horizontal=True):
        for kind in PRINTED:
            label = f"Download the picture, {KINDS[kind].words}"
            file_button(label, partial(picture, kind, preset, where), file_name(f"{preset}.{KINDS[kind].ending}"), kind, f"{name} {kind}")
        file_button("Download what is drawn, CSV", table, file_name("csv"), "csv", f"{name} csv", disabled=bool(kept))
